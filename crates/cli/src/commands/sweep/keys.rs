//! Reads the values of the keys in a sweep's description.

use super::value::{
    ParseResult, TomlValue, check_known_keys, error_at, expect_integer, expect_list, expect_number,
    setting_text, type_error,
};
use crate::failure::DescriptionError;
use std::ops::Range;
use thalweg::{
    over::SettingValues,
    sweep::{Seeds, Starts},
};
use toml::de::DeValue;

const STARTS: &str = "a list of starts such as [[-4, -4], [0, 1]], or { random = 10 }";
const SEEDS: &str = "a list of whole numbers, or { from = 1, count = 10 }";

/// Reads the texts of picks: a single one or a list.
pub(in crate::commands) fn picks(
    key: &str,
    value: &TomlValue,
    places: &mut Vec<Range<usize>>,
) -> ParseResult<Vec<String>> {
    let what = "a list of ids such as [\"article\"]";
    let items = match value.get_ref() {
        DeValue::String(_) => std::slice::from_ref(value),
        _ => expect_list(key, what, value)?,
    };
    if items.is_empty() {
        let message = format!("`{key}` is empty, so there is nothing to run");
        return Err(DescriptionError::at(value.span(), message).with_help(format!("give {what}")));
    }
    let pick = |item: &TomlValue| match item.get_ref() {
        DeValue::String(text) => {
            places.push(item.span());
            Ok(text.to_string())
        }
        _ => Err(type_error(key, what, item)),
    };
    items.iter().map(pick).collect()
}

/// Reads the settings with several values, in the order of the file.
pub(in crate::commands) fn over(
    value: &TomlValue,
    places: &mut Vec<Range<usize>>,
    text: &str,
) -> ParseResult<Vec<SettingValues>> {
    let mut found = Vec::new();
    collect("", value, text, &mut found)?;
    found.sort_by_key(|(span, _)| span.start);
    let (spans, overs): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    *places = spans;
    Ok(overs)
}

/// Collects the settings of a table. An inner table contains the settings of a component, whose keys have a dot.
fn collect(
    prefix: &str,
    value: &TomlValue,
    text: &str,
    found: &mut Vec<(Range<usize>, SettingValues)>,
) -> ParseResult<()> {
    let DeValue::Table(table) = value.get_ref() else {
        let what = "a table of settings such as learning_rate = \"0.1..10:log:5\"";
        return Err(type_error("over", what, value));
    };
    for (key, value) in table {
        let key = format!("{prefix}{}", key.get_ref());
        if matches!(value.get_ref(), DeValue::Table(_)) {
            collect(&format!("{key}."), value, text, found)?;
            continue;
        }
        found.push((value.span(), one_over(&key, value, text)?));
    }
    Ok(())
}

/// Reads the values of one setting: a range or a list as text, a number, or a list of numbers and texts.
fn one_over(key: &str, value: &TomlValue, text: &str) -> ParseResult<SettingValues> {
    let wrong = |message: String| DescriptionError::at(value.span(), message);
    let letter = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if key.is_empty() || !key.chars().all(letter) {
        let allowed = "use letters, digits, `_`, `-`, and `.`";
        return Err(wrong(format!(
            "`{key}` is not a valid name of a setting; {allowed}"
        )));
    }
    let over = if let DeValue::String(values) = value.get_ref() {
        let over = format!("{key}={values}").parse();
        over.map_err(|error| error_at(text, value.span(), &error))?
    } else {
        let items: &[TomlValue] = match value.get_ref() {
            DeValue::Array(items) => items,
            _ => std::slice::from_ref(value),
        };
        let values = items.iter().map(|item| setting_text(key, item));
        SettingValues {
            key: key.to_owned(),
            values: values.collect::<ParseResult<_>>()?,
            span: None,
        }
    };
    if over.values.is_empty() || over.values.iter().any(|v| v.trim().is_empty()) {
        return Err(wrong(format!(
            "`{key}` has an empty value; give at least one number or word"
        )));
    }
    // Each row of the table is one line.
    if over.values.iter().any(|v| v.contains(char::is_control)) {
        return Err(wrong(format!(
            "a value of `{key}` contains a line break; write the value in one line"
        )));
    }
    Ok(over)
}

/// Returns the error for a table without the key `missing`.
fn missing_key(key: &str, what: &str, missing: &str, value: &TomlValue) -> DescriptionError {
    let message = format!("`{key}` must be {what}, but `{missing}` is missing");
    DescriptionError::at(value.span(), message)
}

pub(in crate::commands) fn starts(value: &TomlValue) -> ParseResult<Starts> {
    if let DeValue::Table(table) = value.get_ref() {
        check_known_keys(table, &["random"])?;
        let count = table
            .get("random")
            .ok_or_else(|| missing_key("starts", STARTS, "random", value))?;
        return Ok(Starts::Random(expect_integer("random", count, 1)? as u64));
    }
    let start = |item: &TomlValue| -> ParseResult<Vec<f64>> {
        let weights = expect_list("starts", STARTS, item)?;
        weights.iter().map(|w| expect_number("starts", w)).collect()
    };
    let starts = expect_list("starts", STARTS, value)?.iter().map(start);
    Ok(Starts::Given(starts.collect::<ParseResult<_>>()?))
}

pub(in crate::commands) fn seeds(value: &TomlValue) -> ParseResult<Seeds> {
    if let DeValue::Table(table) = value.get_ref() {
        check_known_keys(table, &["from", "count"])?;
        let part = |key| {
            table
                .get(key)
                .ok_or_else(|| missing_key("seeds", SEEDS, key, value))
        };
        return Ok(Seeds::Span {
            from: expect_integer("from", part("from")?, 0)? as u64,
            count: expect_integer("count", part("count")?, 1)? as u64,
        });
    }
    let seeds = expect_list("seeds", SEEDS, value)?
        .iter()
        .map(|seed| Ok(expect_integer("seeds", seed, 0)? as u64));
    let seeds: Vec<u64> = seeds.collect::<ParseResult<_>>()?;
    // The notation of the seeds must not change the identity of the experiment.
    let in_a_row = seeds
        .windows(2)
        .all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    Ok(match seeds.first() {
        Some(first) if in_a_row => Seeds::Span {
            from: *first,
            count: seeds.len() as u64,
        },
        _ => Seeds::List(seeds),
    })
}
