//! Writes values as JSON. All JSON of the program is written here.
//!
//! `serde_json` would make the page much larger, mostly because of its parser and its number formatting, which the
//! standard library also provides.

use std::{
    borrow::Cow,
    fmt::{self, Formatter, Write as _},
};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Null. Numbers that are not finite are written as null as well.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number.
    Number(f64),
    /// A count.
    Whole(u64),
    /// A text.
    Text(String),
    /// An array of numbers, which may contain millions.
    Numbers(Vec<f64>),
    /// An array of values.
    List(Vec<Json>),
    /// An object whose values keep their order.
    Object(Vec<(Cow<'static, str>, Json)>),
}

/// Creates an object: `object! {"name": value}`.
#[macro_export]
macro_rules! object {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::json::Json::Object(vec![$(($key.into(), $crate::json::Json::from($value))),*])
    };
}
pub use object;

impl Json {
    /// Adds a value to an object.
    pub fn push(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Self>) {
        if let Self::Object(values) = self {
            values.push((key.into(), value.into()));
        }
    }

    /// Writes the value in one line, or on several lines with this indentation depth.
    fn write(&self, out: &mut Formatter<'_>, depth: Option<usize>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Switch(switch) => write!(out, "{switch}"),
            Self::Number(v) => number(out, *v),
            Self::Whole(count) => write!(out, "{count}"),
            Self::Text(text) => quoted(out, text),
            Self::Numbers(values) => parts(out, "[]", values, None, |out, v, _| number(out, *v)),
            Self::List(values) => {
                let has_parts = |value: &Self| {
                    matches!(value, Self::Numbers(_) | Self::List(_) | Self::Object(_))
                };
                // A list of plain values is written in one line.
                let depth = depth.filter(|_| values.iter().any(has_parts));
                parts(out, "[]", values, depth, |out, value, depth| {
                    value.write(out, depth)
                })
            }
            Self::Object(values) => parts(out, "{}", values, depth, |out, (key, value), depth| {
                quoted(out, key)?;
                out.write_str(if depth.is_some() { ": " } else { ":" })?;
                value.write(out, depth)
            }),
        }
    }
}

/// Writes the value in one line, or with `{:#}` on indented lines.
impl fmt::Display for Json {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.write(out, out.alternate().then_some(0))
    }
}

/// Writes values between brackets, each on its own line if a depth is given.
fn parts<T>(
    out: &mut Formatter<'_>,
    brackets: &str,
    values: &[T],
    depth: Option<usize>,
    write: impl Fn(&mut Formatter<'_>, &T, Option<usize>) -> fmt::Result,
) -> fmt::Result {
    let (open, close) = brackets.split_at(1);
    let line = |out: &mut Formatter<'_>, depth: Option<usize>| match depth {
        Some(depth) => write!(out, "\n{:1$}", "", 2 * depth),
        None => Ok(()),
    };
    let inner = depth.map(|depth| depth + 1);
    out.write_str(open)?;
    for (i, value) in values.iter().enumerate() {
        out.write_str(if i == 0 { "" } else { "," })?;
        line(out, inner)?;
        write(out, value, inner)?;
    }
    line(out, depth.filter(|_| !values.is_empty()))?;
    out.write_str(close)
}

/// Writes the shortest digits that are read as the same number, with a point or an exponent; null if it is not finite.
fn number(out: &mut Formatter<'_>, v: f64) -> fmt::Result {
    if v.is_finite() {
        write!(out, "{v:?}")
    } else {
        out.write_str("null")
    }
}

fn quoted(out: &mut Formatter<'_>, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            '\n' => out.write_str("\\n")?,
            c if c < ' ' => write!(out, "\\u{:04x}", u32::from(c))?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}

/// Converts plain values.
macro_rules! values {
    ($($kind:ty => $value:expr),* $(,)?) => {
        $(impl From<$kind> for Json {
            fn from(plain: $kind) -> Self {
                $value(plain)
            }
        })*
    };
}

values! {
    bool => Self::Switch,
    f64 => Self::Number,
    u64 => Self::Whole,
    usize => |count| Self::Whole(count as u64),
    &str => |text: &str| Self::Text(text.to_owned()),
    String => Self::Text,
    Cow<'static, str> => |text: Cow<'static, str>| Self::Text(text.into_owned()),
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().map(Into::into).collect()
    }
}

impl<T: Clone + Into<Json>> From<&[T]> for Json {
    fn from(values: &[T]) -> Self {
        values.to_vec().into()
    }
}

impl<T: Into<Json>, const N: usize> From<[T; N]> for Json {
    fn from(values: [T; N]) -> Self {
        Vec::from(values).into()
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(values: I) -> Self {
        Self::List(values.into_iter().collect())
    }
}

/// Parses the text with an independent parser.
#[cfg(test)]
pub(crate) fn read(json: &Json) -> serde_json::Value {
    serde_json::from_str(&json.to_string()).expect("the text is valid JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_independent_parser_reads_the_same_values() {
        let text = "a \"b\" \\ \n\r\t\u{1}\u{7f} \u{2028} é 🙂 </script>";
        let json = object! {
            "text": text,
            "numbers": [0.1, -0.0, 1e300, 5e-324, 3.0],
            "none": Json::Numbers(vec![f64::NAN, f64::INFINITY, 0.5]),
            "count": u64::MAX,
            "switches": vec![true, false],
            "empty": Vec::<String>::new(),
            "inner": object! {},
            "maybe": None::<f64>,
        };
        assert_eq!(
            read(&json),
            serde_json::json!({
                "text": text,
                "numbers": [0.1, -0.0, 1e300, 5e-324, 3.0],
                "none": [null, null, 0.5],
                "count": u64::MAX,
                "switches": [true, false],
                "empty": [],
                "inner": {},
                "maybe": null,
            })
        );
    }

    #[test]
    fn indented_text_has_the_same_values() {
        let json = object! {"a": vec![1.0, 2.0], "b": [object! {"c": object! {}}], "d": Json::Null};
        let text = "{\n  \"a\": [1.0,2.0],\n  \"b\": [\n    {\n      \"c\": {}\n    }\n  ],\n  \"d\": null\n}";
        assert_eq!(format!("{json:#}"), text);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(text).unwrap(),
            read(&json)
        );
    }
}
