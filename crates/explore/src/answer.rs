//! Answers to the page: plain structs that are written as JSON, and whose TypeScript types are generated.

use crate::json::Json;

/// A type whose values the page receives as JSON.
pub trait TypeScript {
    /// Returns the type in TypeScript.
    fn name() -> String;
}

/// Declares structs with their JSON and their types in TypeScript.
macro_rules! answers {
    ($(
        $(#[doc = $about:literal])*
        pub struct $name:ident {
            $(
                $(#[doc = $help:literal])*
                pub $field:ident: $kind:ty,
            )*
        }
    )*) => {
        $(
            $(#[doc = $about])*
            #[derive(Clone, Debug, PartialEq)]
            pub struct $name {
                $(
                    $(#[doc = $help])*
                    pub $field: $kind,
                )*
            }

            impl From<$name> for $crate::json::Json {
                fn from(answer: $name) -> Self {
                    Self::Object(vec![
                        $((stringify!($field).into(), answer.$field.into())),*
                    ])
                }
            }

            impl $crate::answer::TypeScript for $name {
                fn name() -> String {
                    stringify!($name).to_owned()
                }
            }

            impl $name {
                /// Returns the declaration of the type in TypeScript.
                pub(crate) fn declaration() -> String {
                    $crate::answer::interface(
                        stringify!($name),
                        &[$($about),*],
                        &[$((
                            stringify!($field),
                            <$kind as $crate::answer::TypeScript>::name(),
                            &[$($help),*],
                        )),*],
                    )
                }
            }
        )*
    };
}
pub(crate) use answers;

/// Writes a declaration with the doc comments of the struct and its fields.
pub(crate) fn interface(name: &str, about: &[&str], fields: &[(&str, String, &[&str])]) -> String {
    let comment = |indent: &str, lines: &[&str]| {
        let text: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        format!("{indent}/** {} */\n", text.join(" "))
    };
    let mut text = comment("", about) + &format!("export interface {name} {{\n");
    for (field, kind, help) in fields {
        text += &comment("  ", help);
        text.extend(["  ", *field, ": ", kind, ";\n"]);
    }
    text + "}\n"
}

macro_rules! plain {
    ($($kind:ty => $name:literal),* $(,)?) => {
        $(impl TypeScript for $kind {
            fn name() -> String {
                $name.to_owned()
            }
        })*
    };
}

plain! {
    bool => "boolean",
    u64 => "number",
    usize => "number",
    // A number that is not finite becomes null.
    f64 => "number | null",
    String => "string",
    Finite => "number",
}

/// A number that is always finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finite(pub f64);

impl From<Finite> for Json {
    fn from(Finite(v): Finite) -> Self {
        v.into()
    }
}

impl<T: TypeScript> TypeScript for Option<T> {
    fn name() -> String {
        let name = T::name();
        if name.ends_with("| null") {
            name
        } else {
            format!("{name} | null")
        }
    }
}

impl<T: TypeScript> TypeScript for Vec<T> {
    fn name() -> String {
        let name = T::name();
        if name.contains('|') {
            format!("({name})[]")
        } else {
            format!("{name}[]")
        }
    }
}

impl<T: TypeScript, const N: usize> TypeScript for [T; N] {
    fn name() -> String {
        format!("[{}]", vec![T::name(); N].join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    answers! {
        /// An answer
        /// of a test.
        pub struct Sample {
            /// Whether it is one.
            pub is_one: bool,
            /// Losses.
            pub losses: Vec<f64>,
            /// An optional pair.
            pub pair: Option<[Finite; 2]>,
        }
    }

    #[test]
    fn an_answer_has_the_fields_of_its_type() {
        let json = Json::from(Sample {
            is_one: true,
            losses: vec![0.5, f64::INFINITY],
            pair: None,
        });
        assert_eq!(
            json.to_string(),
            r#"{"is_one":true,"losses":[0.5,null],"pair":null}"#
        );
        let expected = "/** An answer of a test. */\nexport interface Sample {\n  /** Whether it is one. */\n  is_one: boolean;\n  \
            /** Losses. */\n  losses: (number | null)[];\n  /** An optional pair. */\n  pair: [number, number] | null;\n}\n";
        assert_eq!(Sample::declaration(), expected);
    }
}
