//! The grammar of picks.

use super::{Assignment, Pick};
use crate::Error;
use std::{ops::Range, str::FromStr};

impl FromStr for Pick {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let grammar = |message: &str, span: Range<usize>| {
            Err(Error::Grammar(message.to_owned()).within(text, span))
        };
        let (id, rest) = text
            .split_once(':')
            .map_or((text, None), |(id, rest)| (id, Some(rest)));
        if id.is_empty() {
            return grammar(
                "the id is missing; expected id:key=value,key=value",
                0..text.len(),
            );
        }
        let mut settings: Vec<Assignment> = Vec::new();
        if let Some(rest) = rest {
            let begin = id.len() + 1;
            let Some(parts) = parts(rest, true) else {
                return grammar(
                    "a quote is not closed; add the closing quote",
                    begin..text.len(),
                );
            };
            for part in parts {
                let span = begin + part.start..begin + part.end;
                let assignment = assignment(&rest[part], span.clone());
                if assignment.value.ends_with(',') {
                    return grammar("no setting follows the comma; remove the comma", span);
                }
                if assignment.key.is_empty() && assignment.value.starts_with('=') {
                    return grammar("no key precedes the `=`; expected key=value", span);
                }
                if assignment.key.is_empty() && !settings.is_empty() {
                    return grammar("this setting has no key; expected key=value", span);
                }
                if assignment.value.is_empty() {
                    return grammar("the value is missing; expected key=value", span);
                }
                if settings.iter().any(|s| s.key == assignment.key) {
                    return grammar(
                        &format!("`{}` is given twice; remove one", assignment.key),
                        span,
                    );
                }
                settings.push(assignment);
            }
        }
        Ok(Self {
            text: text.to_owned(),
            id: id.to_owned(),
            settings,
            files: Vec::new(),
            library_defaults: Vec::new(),
        })
    }
}

/// Returns the ranges of the settings of a pick, or `None` if a quote is not closed.
///
/// A quote character only opens a quote at the beginning of a value. Brackets that do not match have no effect.
fn parts(rest: &str, brackets: bool) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::new();
    let (mut begin, mut depth, mut quote) = (0, 0_usize, None);
    for (i, c) in rest.char_indices() {
        let before = rest[begin..i].trim_end();
        let begins_value = before.is_empty() || before.ends_with('=');
        match (quote, c) {
            (Some(q), _) => quote = (c != q).then_some(q),
            (None, '\'' | '"') if begins_value => quote = Some(c),
            (None, '(' | '[') if brackets => depth += 1,
            (None, ')' | ']') if brackets => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 && begins_with_key(&rest[i + 1..]) => {
                parts.push(begin..i);
                begin = i + 1;
            }
            _ => {}
        }
    }
    parts.push(begin..rest.len());
    match (quote, depth) {
        (Some(_), _) => None,
        (None, 0) => Some(parts),
        // The brackets do not match: split again and ignore them.
        (None, _) => self::parts(rest, false),
    }
}

/// Splits `key=value` at the `=`, or returns `None` if the text does not begin with a key. Spaces around the key are ignored. A
/// key of another library can end with an index, as in `betas[0]`.
fn split_key(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once('=')?;
    let key = key.trim();
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = match key.strip_suffix(']').and_then(|key| key.split_once('[')) {
        Some((name, index)) if index.parse::<u8>().is_ok() => name,
        _ => key,
    };
    let whole = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(letter);
    whole.then_some((key, value))
}

fn begins_with_key(text: &str) -> bool {
    split_key(text).is_some()
}

fn assignment(part: &str, span: Range<usize>) -> Assignment {
    let (key, value) = split_key(part).unwrap_or(("", part));
    let value = value.trim();
    let quoted = |q| value.len() >= 2 && value.starts_with(q) && value.ends_with(q);
    let value = if quoted('\'') || quoted('"') {
        &value[1..value.len() - 1]
    } else {
        value
    };
    Assignment {
        key: key.to_owned(),
        value: value.to_owned(),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Vec<(String, String)> {
        let pick: Pick = text.parse().unwrap();
        let pairs = pick.settings.into_iter();
        pairs.map(|s| (s.key, s.value)).collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn parses_id_and_settings() {
        assert_eq!(settings("momentum"), []);
        assert_eq!(
            settings("gradient-descent:search=golden-section,search.tolerance=0.1"),
            [
                pair("search", "golden-section"),
                pair("search.tolerance", "0.1")
            ]
        );
    }

    #[test]
    fn values_may_contain_commas_and_quotes() {
        assert_eq!(
            settings("csv:path=a,b.csv,target=label"),
            [pair("path", "a,b.csv"), pair("target", "label")]
        );
        assert_eq!(
            settings("csv:path='x,target=y'"),
            [pair("path", "x,target=y")]
        );
        assert_eq!(
            settings("f:min(x,y=2),k=1"),
            [pair("", "min(x,y=2)"), pair("k", "1")]
        );
        assert_eq!(settings("csv:data.csv"), [pair("", "data.csv")]);
        assert_eq!(
            settings("csv:path=it's.csv,target=y"),
            [pair("path", "it's.csv"), pair("target", "y")]
        );
        assert_eq!(
            settings("csv:path=a(b.csv,target=y"),
            [pair("path", "a(b.csv"), pair("target", "y")]
        );
        assert_eq!(settings("m:a = 1, b = 2"), [pair("a", "1"), pair("b", "2")]);
        assert_eq!(
            settings("m:c=(0.9,0.99),b[1]=2"),
            [pair("c", "(0.9,0.99)"), pair("b[1]", "2")]
        );
    }

    #[test]
    fn reports_the_position_of_an_error() {
        let span = |text: &str| match text.parse::<Pick>() {
            Err(Error::In { span, .. }) => span,
            other => panic!("{other:?}"),
        };
        assert_eq!(span(":a=1"), 0..4);
        assert_eq!(span("m:a=1,a=2"), 6..9);
        assert_eq!(span("m:a="), 2..4);
        assert_eq!(span("m:"), 2..2);
        assert_eq!(span("m:a=1,"), 2..6);
        assert_eq!(span("m:=5"), 2..4);
        assert_eq!(span("m:a='x"), 2..6);
    }
}
