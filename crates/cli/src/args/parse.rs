//! Parsers of argument values.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use thalweg::spec;

/// Parses a finite number of an option that accepts no negative ones. Its range is checked later.
pub(super) fn parse_unsigned(text: &str) -> Result<f64, String> {
    spec::unsigned_number(text).map_err(|e| e.to_string())
}

/// Parses a nonnegative whole number.
pub(super) fn parse_count(text: &str) -> Result<u64, String> {
    spec::count(text, 0).map_err(|e| e.to_string())
}

/// Parses a positive whole number.
pub(super) fn positive_count(text: &str) -> Result<u64, String> {
    spec::count(text, 1).map_err(|e| e.to_string())
}

/// Returns a parser of whole numbers from 1 to `most`.
pub(super) fn bounded_count(most: usize) -> impl Fn(&str) -> Result<usize, String> + Clone {
    move |text| {
        let count = text.parse().ok().filter(|n| (1..=most).contains(n));
        count
            .ok_or_else(|| format!("`{text}` is not allowed; give a whole number from 1 to {most}"))
    }
}

/// Parses a number of threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    /// More threads would not speed up any run.
    const MAX_THREADS: usize = 1024;
    bounded_count(MAX_THREADS)(text)
}

/// Parses two sides separated by `x`, each from `least` to `most`.
pub(super) fn sides(text: &str, least: u32, most: u32) -> Option<[u32; 2]> {
    let side = |text: &str| {
        text.parse()
            .ok()
            .filter(|side| (least..=most).contains(side))
    };
    let (first, second) = text.split_once('x')?;
    Some([side(first)?, side(second)?])
}

/// Returns a parser of these words. Each word has a help text and a value.
pub(super) fn choice_parser<T: Copy + Send + Sync + 'static>(
    words: &'static [(&'static str, &'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let possible = words
        .iter()
        .map(|(word, help, _)| PossibleValue::new(*word).help(*help));
    PossibleValuesParser::new(possible).map(move |given| {
        let found = words.iter().find(|(word, ..)| *word == given);
        found.expect("clap accepts only these words").2
    })
}

/// Joins words as in "one, two, or three".
pub(crate) fn join_alternatives(words: &[impl AsRef<str>]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, [one])) => format!("{one} or {last}"),
        Some((last, others)) if !others.is_empty() => format!("{}, or {last}", others.join(", ")),
        _ => words.concat(),
    }
}
