//! What a page is told, as JSON.
//!
//! One would take `serde_json` for it. Carried by the page it is large, most of it for reading and for numbers, which the
//! standard library writes as well.

use std::fmt::{self, Write as _};

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Nothing; a number that is not finite, too.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number.
    Number(f64),
    /// A count.
    Whole(u64),
    /// A text.
    Text(String),
    /// Values in their order.
    List(Vec<Json>),
    /// Values by name, in their order.
    Object(Vec<(&'static str, Json)>),
}

/// An object from its values: `object! {"name": value}`.
macro_rules! object {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::json::Json::Object(vec![$(($key, $crate::json::Json::from($value))),*])
    };
}
pub(crate) use object;

impl Json {
    /// Adds a value to an object.
    pub(crate) fn push(&mut self, key: &'static str, value: impl Into<Self>) {
        if let Self::Object(values) = self {
            values.push((key, value.into()));
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(switch) => write!(out, "{switch}"),
            // The fewest digits that read back to the same bits, with a point or an exponent.
            Self::Number(v) if v.is_finite() => write!(out, "{v:?}"),
            Self::Whole(count) => write!(out, "{count}"),
            Self::Text(text) => quoted(text, out),
            Self::List(values) => {
                let mut before = "[";
                for value in values {
                    write!(out, "{before}{value}")?;
                    before = ",";
                }
                out.write_str(if values.is_empty() { "[]" } else { "]" })
            }
            Self::Object(values) => {
                let mut before = '{';
                for (key, value) in values {
                    out.write_char(before)?;
                    quoted(key, out)?;
                    write!(out, ":{value}")?;
                    before = ',';
                }
                out.write_str(if values.is_empty() { "{}" } else { "}" })
            }
            Self::Null | Self::Number(_) => out.write_str("null"),
        }
    }
}

fn quoted(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
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

impl From<bool> for Json {
    fn from(switch: bool) -> Self {
        Self::Switch(switch)
    }
}

impl From<f64> for Json {
    fn from(v: f64) -> Self {
        Self::Number(v)
    }
}

impl From<u64> for Json {
    fn from(count: u64) -> Self {
        Self::Whole(count)
    }
}

impl From<usize> for Json {
    fn from(count: usize) -> Self {
        Self::Whole(count as u64)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
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
        values.iter().cloned().map(Into::into).collect()
    }
}

impl<T: Into<Json>, const N: usize> From<[T; N]> for Json {
    fn from(values: [T; N]) -> Self {
        values.into_iter().map(Into::into).collect()
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(values: I) -> Self {
        Self::List(values.into_iter().collect())
    }
}

/// The same as another reader reads it.
#[cfg(test)]
pub(crate) fn read(json: &Json) -> serde_json::Value {
    serde_json::from_str(&json.to_string()).expect("what is written is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reader_finds_what_was_written() {
        let text = "a \"b\" \\ \n\r\t\u{1}\u{7f} \u{2028} é 🙂 </script>";
        let json = object! {
            "text": text,
            "numbers": [0.1, -0.0, 1e300, 5e-324, 3.0],
            "none": [f64::NAN, f64::INFINITY],
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
                "none": [null, null],
                "count": u64::MAX,
                "switches": [true, false],
                "empty": [],
                "inner": {},
                "maybe": null,
            })
        );
    }
}
