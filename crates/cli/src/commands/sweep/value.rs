//! Values of a TOML file, read with errors that say where they are.

use crate::failure::Failure;
use std::ops::Range;
use thalweg::{
    Error,
    error::nearest,
    number::Shortest,
    spec::{self, ExperimentSpec, Field},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value and where it stands in the text, in bytes.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// What is wrong in the text, and where, if it is in one place.
pub(super) struct Wrong {
    pub(super) span: Option<Range<usize>>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

pub(super) type Read<T> = Result<T, Wrong>;

impl Wrong {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>, help: &str) -> Self {
        Self {
            span: Some(span),
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
        }
    }

    /// The failure of the file that has this name and text.
    pub(super) fn in_file(self, file: &str, text: &str) -> Failure {
        Failure::InFile {
            file: file.to_owned(),
            text: text.to_owned(),
            span: self.span,
            message: self.message,
            help: self.help,
        }
    }
}

/// An error of the library, where its text stands in the file.
pub(super) fn within(text: &str, span: Range<usize>, error: &Error) -> Wrong {
    let mut wrong = Wrong {
        message: error.to_string(),
        help: error.help(),
        span: Some(span.clone()),
    };
    if let Error::In {
        text: pick,
        span: part,
        error: inner,
    } = error
    {
        let begin = span.start + 1;
        let literal = text.get(begin..span.end.saturating_sub(1));
        if literal == Some(pick) {
            wrong.span = Some(begin + part.start..begin + part.end);
        } else if !matches!(**inner, Error::Table { .. })
            && literal.is_none_or(|l| !pick.ends_with(l))
        {
            // The sweep has put its settings into the pick, so that it stands nowhere in the file.
            wrong.message = format!("`{pick}`: {}", wrong.message);
        }
    }
    wrong
}

/// Refuses keys other than these.
pub(super) fn only(table: &DeTable, allowed: &[&str]) -> Read<()> {
    let mut unknown = table
        .keys()
        .filter(|key| !allowed.contains(&&**key.get_ref()));
    let Some(key) = unknown.next() else {
        return Ok(());
    };
    let help = match nearest(key.get_ref(), allowed) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", allowed.join(", ")),
    };
    Err(Wrong::new(
        key.span(),
        format!("there is no key `{}`", key.get_ref()),
        &help,
    ))
}

/// What a value is, in words.
fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The error that says what a key's value must be.
pub(super) fn must_be(key: &str, what: &str, value: &Value) -> Wrong {
    let message = format!(
        "`{key}` must be {what}, and this is {}",
        kind(value.get_ref())
    );
    Wrong::new(value.span(), message, "")
}

/// The items of a list.
pub(super) fn list<'v, 't>(key: &str, what: &str, value: &'v Value<'t>) -> Read<&'v [Value<'t>]> {
    match value.get_ref() {
        DeValue::Array(items) => Ok(items),
        _ => Err(must_be(key, what, value)),
    }
}

/// A finite number.
pub(super) fn number(key: &str, value: &Value) -> Read<f64> {
    let text = match value.get_ref() {
        DeValue::Integer(_) => return Ok(whole(key, value, i64::MIN)? as f64),
        DeValue::Float(float) => float.as_str(),
        _ => return Err(must_be(key, "a number", value)),
    };
    let number = text.parse().ok().filter(|v: &f64| v.is_finite());
    number.ok_or_else(|| {
        Wrong::new(
            value.span(),
            format!("`{key}`: {text} is no finite number"),
            "",
        )
    })
}

/// A number as it stands in a pick, or a text as it is.
pub(super) fn setting(key: &str, value: &Value) -> Read<String> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Ok(Shortest(number(key, value)?).to_string()),
    }
}

/// A whole number of at least `least`.
pub(super) fn whole(key: &str, value: &Value, least: i64) -> Read<i64> {
    let DeValue::Integer(integer) = value.get_ref() else {
        return Err(must_be(key, "a whole number", value));
    };
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
    number.filter(|number| *number >= least).ok_or_else(|| {
        let message = format!(
            "`{key}` must be a whole number from {least} to {}",
            i64::MAX
        );
        Wrong::new(value.span(), message, "")
    })
}

/// The value of a field of an experiment as text.
pub(super) fn field_text(field: &Field, key: &str, value: &Value) -> Read<String> {
    use spec::Value as Kind;
    match (
        (field.value)(&mut ExperimentSpec::default()),
        value.get_ref(),
    ) {
        (Kind::Whole(_), _) => Ok(whole(key, value, 0)?.to_string()),
        (Kind::Positive(_), _) => Ok(whole(key, value, 1)?.to_string()),
        (Kind::Switch(_), DeValue::Boolean(switch)) => Ok(switch.to_string()),
        (Kind::Switch(_), _) => Err(must_be(key, "true or false", value)),
        (Kind::Target(_), DeValue::String(word)) if word == "none" => Ok(word.to_string()),
        (Kind::Target(_), DeValue::String(_)) => Err(must_be(key, "a number or \"none\"", value)),
        _ => Ok(Shortest(number(key, value)?).to_string()),
    }
}
