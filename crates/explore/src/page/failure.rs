//! Error messages of the page, with the wrong part of a text.

use crate::answer::answers;
use thalweg::{Error, pick::Pick};

answers! {
    /// An error with the wrong part of a value.
    pub struct MarkedError {
        /// What is wrong.
        pub message: String,
        /// The value before the wrong part, or the end of it.
        pub before: String,
        /// The wrong part, or the beginning of it.
        pub wrong: String,
        /// The value after the wrong part, or the beginning of it.
        pub after: String,
    }

    /// An error.
    pub struct Failure {
        /// What is wrong. A syntax error begins with the text before its position.
        pub message: String,
        /// The error with the wrong part, if it is a part of a value.
        pub marked: Option<MarkedError>,
    }
}

/// Returns an error for the page.
pub fn failure(error: &Error) -> Failure {
    Failure {
        message: message(error),
        marked: marked(error),
    }
}

/// Returns an error message with its help. A syntax error begins with the text before its position.
pub fn message(error: &Error) -> String {
    const MAX_CHARS: usize = 12;
    let place = match error {
        Error::In { text, span, error } if matches!(**error, Error::Grammar(_)) => {
            let until = text.get(..span.end).unwrap_or_default();
            let given = until.split_once(':').map_or(until, |(_, given)| given);
            last_characters(value_of(given), MAX_CHARS)
        }
        _ => "",
    };
    let words = with_help(error);
    if place.is_empty() {
        words
    } else {
        format!("at `{place}`: {words}")
    }
}

fn with_help(error: &Error) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}

/// Returns an error with the wrong part of a value, if only a part of the value is wrong.
fn marked(error: &Error) -> Option<MarkedError> {
    const MAX_CHARS: usize = 30;
    let Error::In { text, span, .. } = error else {
        return None;
    };
    let pick: Pick = text.parse().ok()?;
    let mut settings = pick.settings.iter();
    let setting = settings.find(|s| s.span.start <= span.start && span.end <= s.span.end)?;
    // Only a quote and spaces can follow the value.
    let begin = setting.span.start + text.get(setting.span.clone())?.rfind(&setting.value)?;
    let part = span.start.checked_sub(begin)?..span.end - begin;
    let value = &*setting.value;
    let (before, wrong, after) = (
        value.get(..part.start)?,
        value.get(part.clone())?,
        value.get(part.end..)?,
    );
    let shown = |whole: &str, part: &str, [left, right]: [&str; 2]| {
        if part.len() < whole.len() {
            format!("{left}{part}{right}")
        } else {
            whole.to_owned()
        }
    };
    let is_part = wrong.len() < value.len() && !wrong.is_empty();
    is_part.then(|| MarkedError {
        message: with_help(error),
        before: shown(before, last_characters(before, MAX_CHARS), ["\u{2026}", ""]),
        wrong: shown(wrong, first_characters(wrong, MAX_CHARS), ["", "\u{2026}"]),
        after: shown(after, first_characters(after, MAX_CHARS), ["", "\u{2026}"]),
    })
}

/// Returns the text after a key and an opening quote, if it begins with them.
fn value_of(text: &str) -> &str {
    let key = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '.'));
    let value = key.and_then(|end| text[end..].strip_prefix('='));
    value.unwrap_or(text).trim_start_matches(['\'', '"'])
}

/// Returns the last characters of a text.
fn last_characters(text: &str, count: usize) -> &str {
    let mut ends = text.char_indices().rev();
    ends.nth(count - 1).map_or(text, |(end, _)| &text[end..])
}

/// Returns the first characters of a text.
fn first_characters(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::Address, session::Session};

    fn error(address: &str) -> Error {
        let address: Address = address.parse().unwrap();
        Session::new(&address, &[]).err().unwrap()
    }

    #[test]
    fn a_syntax_error_begins_with_its_position() {
        let message = |on: &str| message(&error(&format!("on={on}")));
        let words = message("formula:x^2%2B");
        assert!(words.starts_with("at `x^2+`: the formula ends"), "{words}");
        let words = message("formula:100*(y-x^2)^2%2B)");
        assert!(words.starts_with("at `*(y-x^2)^2+)`: "), "{words}");
        let words = message("formula:formula='$x'");
        assert!(words.starts_with("at `$`: "), "{words}");
        let words = message("formula:foo(x)");
        assert!(words.starts_with("there is no weight"), "{words}");
    }

    #[test]
    fn the_wrong_part_of_a_value_is_marked() {
        let rule = |text: &str| {
            let marked = failure(&error(&format!("on=article&with={text}"))).marked;
            marked.map(|marked| [marked.before, marked.wrong, marked.after])
        };
        let parts = |before: &str, wrong: &str, after: &str| {
            Some([before, wrong, after].map(str::to_owned))
        };
        assert_eq!(
            rule("rule:text='w := w - gg*g; v := g'"),
            parts("w := w - ", "gg", "*g; v := g")
        );
        assert_eq!(
            rule("lookahead:of=rule,of.text='w := w -',of.batch=2"),
            None
        );
        assert_eq!(
            rule("lookahead:of=rule,of.text='w := w -'"),
            parts("w := w ", "-", "")
        );
        let long = "0*g%2B".repeat(20);
        assert_eq!(
            rule(&format!("rule:text='w := w - {long}µ*g'")),
            parts("\u{2026}g+0*g+0*g+0*g+0*g+0*g+0*g+0*g+", "µ", "*g")
        );
        // The whole value is wrong.
        assert_eq!(rule("adam:beta1=2"), None);
        assert_eq!(rule("adam:beta=2"), None);
    }
}
