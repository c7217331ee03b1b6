//! Reads values of a TOML file. Errors contain the position of the value.

use crate::{failure::DescriptionError, runs::input};
use std::ops::Range;
use thalweg::{
    Error,
    error::nearest,
    number::ShortestFloat,
    pick::Pick,
    spec::{self, ExperimentField, ExperimentSpec},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value and its position in the text, in bytes.
pub(in crate::commands) type TomlValue<'t> = Spanned<DeValue<'t>>;

pub(in crate::commands) type ParseResult<T> = Result<T, DescriptionError>;

/// Parses the text of a file.
pub(in crate::commands) fn document(text: &str) -> ParseResult<DeTable<'_>> {
    let table = DeTable::parse(text).map_err(|e| {
        let end = text.len();
        let message = e.message().lines().collect::<Vec<_>>().join(", ");
        DescriptionError::at(e.span().unwrap_or(end..end), message)
    })?;
    Ok(table.into_inner())
}

/// Adds the position in the file to an error of the library.
pub(in crate::commands) fn error_at(
    text: &str,
    span: Range<usize>,
    error: &Error,
) -> DescriptionError {
    let mut wrong = DescriptionError::at(span.clone(), error.to_string()).with_help(error.help());
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
        } else if !inner.is_in_file() && literal.is_none_or(|l| !pick.ends_with(l)) {
            // The pick contains the settings of the sweep, so the file does not contain its text.
            wrong.message = format!("`{pick}`: {}", wrong.message);
        }
    }
    wrong
}

/// Rejects a field that has no effect, because another one is missing in the table and in the settings of the optimizers.
pub(in crate::commands) fn check_needs(
    table: &DeTable,
    spec: &ExperimentSpec,
    with: &[Pick],
) -> ParseResult<()> {
    let Some([key, other]) = input::missing_need(spec, with) else {
        return Ok(());
    };
    let value = table.get(key).map_or(0..0, Spanned::span);
    let message = format!("`{key}` has no effect without `{other}`");
    let help = format!("add `{other}`, or remove `{key}`");
    Err(DescriptionError::at(value, message).with_help(help))
}

/// Rejects unknown keys.
pub(in crate::commands) fn check_known_keys(table: &DeTable, allowed: &[&str]) -> ParseResult<()> {
    let mut unknown = table
        .keys()
        .filter(|key| !allowed.contains(&&**key.get_ref()));
    let Some(key) = unknown.next() else {
        return Ok(());
    };
    let help = match nearest(key.get_ref(), allowed) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", allowed.join(", ")),
    };
    let message = format!("there is no key `{}`", key.get_ref());
    Err(DescriptionError::at(key.span(), message).with_help(help))
}

/// Describes the type of a value.
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

/// Returns the error for a value of the wrong type.
pub(in crate::commands) fn type_error(
    key: &str,
    what: &str,
    value: &TomlValue,
) -> DescriptionError {
    let kind = kind(value.get_ref());
    let message = format!("`{key}` must be {what}, but this is {kind}");
    DescriptionError::at(value.span(), message)
}

/// Returns the items of a list.
pub(in crate::commands) fn expect_list<'v, 't>(
    key: &str,
    what: &str,
    value: &'v TomlValue<'t>,
) -> ParseResult<&'v [TomlValue<'t>]> {
    match value.get_ref() {
        DeValue::Array(items) => Ok(items),
        _ => Err(type_error(key, what, value)),
    }
}

/// Reads a finite number.
pub(in crate::commands) fn expect_number(key: &str, value: &TomlValue) -> ParseResult<f64> {
    let text = match value.get_ref() {
        DeValue::Integer(_) => return Ok(expect_integer(key, value, i64::MIN)? as f64),
        DeValue::Float(float) => float.as_str(),
        _ => return Err(type_error(key, "a number", value)),
    };
    let number = text.parse().ok().filter(|v: &f64| v.is_finite());
    let message = || format!("`{key}` must be finite, but this is {text}");
    number.ok_or_else(|| DescriptionError::at(value.span(), message()))
}

/// Formats a number as in a pick, or returns a text unchanged.
pub(in crate::commands) fn setting_text(key: &str, value: &TomlValue) -> ParseResult<String> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        _ => Ok(ShortestFloat(expect_number(key, value)?).to_string()),
    }
}

/// Reads a whole number that is at least `least`.
pub(in crate::commands) fn expect_integer(
    key: &str,
    value: &TomlValue,
    least: i64,
) -> ParseResult<i64> {
    let DeValue::Integer(integer) = value.get_ref() else {
        return Err(type_error(key, "a whole number", value));
    };
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
    number.filter(|number| *number >= least).ok_or_else(|| {
        let most = i64::MAX;
        let message = format!("`{key}` must be a whole number from {least} to {most}");
        DescriptionError::at(value.span(), message)
    })
}

/// Returns the value of a field of an experiment as text.
pub(in crate::commands) fn field_text(
    field: &ExperimentField,
    key: &str,
    value: &TomlValue,
) -> ParseResult<String> {
    use spec::FieldValueMut as Kind;
    let mut scratch = ExperimentSpec::default();
    match ((field.value)(&mut scratch), value.get_ref()) {
        (Kind::Whole(_), _) => Ok(expect_integer(key, value, 0)?.to_string()),
        (Kind::Positive(_), _) => Ok(expect_integer(key, value, 1)?.to_string()),
        (Kind::Switch(_), DeValue::Boolean(switch)) => Ok(switch.to_string()),
        (Kind::Switch(_), _) => Err(type_error(key, "true or false", value)),
        (Kind::Target(_), DeValue::String(word)) if word == "none" => Ok(word.to_string()),
        (Kind::Target(_), DeValue::String(_)) => {
            Err(type_error(key, "a number or \"none\"", value))
        }
        _ => Ok(ShortestFloat(expect_number(key, value)?).to_string()),
    }
}
