//! The tokens of a formula.

use super::dual::Operator;
use crate::Error;
use std::ops::Range;

/// A token of a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Operator(Operator),
    Power,
    Open {
        square: bool,
    },
    Close,
    /// `|`, which opens or closes an absolute value.
    Bar,
    Comma,
    Compare(Comparison),
}

/// Comparisons of two numbers, in the condition of `where`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A token with its range in the text, in bytes.
pub(super) type PlacedToken<'a> = (Token<'a>, Range<usize>);

/// The range of the invalid part of the text, in bytes, and the error.
pub type FormulaError = (Range<usize>, Error);

/// Splits a text into tokens.
///
/// # Errors
/// A character is not allowed in a formula, or digits are not a finite number.
pub(super) fn tokens(text: &str) -> Result<Vec<PlacedToken<'_>>, FormulaError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '0'..='9' | '.' => number_length(rest),
            _ if superscript(c).is_some() => rest
                .find(|c| superscript(c).is_none())
                .unwrap_or(rest.len()),
            _ if c.is_alphabetic() => name_length(rest),
            '*' if rest.starts_with("**") => 2,
            '<' | '>' if rest[1..].starts_with('=') => 2,
            _ => c.len_utf8(),
        };
        let (word, place) = (&rest[..length], at..at + length);
        let token = match (word, c) {
            ("(" | "[", _) => Token::Open { square: c == '[' },
            (")" | "]", _) => Token::Close,
            (",", _) => Token::Comma,
            ("<", _) => Token::Compare(Comparison::Less),
            ("<=" | "\u{2264}", _) => Token::Compare(Comparison::LessOrEqual),
            (">", _) => Token::Compare(Comparison::Greater),
            (">=" | "\u{2265}", _) => Token::Compare(Comparison::GreaterOrEqual),
            ("|", _) => Token::Bar,
            ("+", _) => Token::Operator(Operator::Add),
            ("-" | "\u{2212}", _) => Token::Operator(Operator::Subtract),
            ("*" | "\u{b7}", _) => Token::Operator(Operator::Multiply),
            ("/", _) => Token::Operator(Operator::Divide),
            ("^" | "**", _) => Token::Power,
            (_, '0'..='9' | '.') => number(word, word, &place)?,
            (_, c) if superscript(c).is_some() => {
                let exponent: String = word.chars().filter_map(superscript).collect();
                tokens.push((Token::Power, place.clone()));
                number(&exponent, word, &place)?
            }
            (_, c) if c.is_alphabetic() => Token::Name(word),
            _ => {
                let message = format!("`{word}` is not allowed in a formula: remove it");
                return Err((place, Error::Grammar(message)));
            }
        };
        tokens.push((token, place));
        at += length;
    }
    Ok(tokens)
}

/// Returns the number that `digits` represent. The error shows the `word` in the formula.
fn number<'a>(digits: &str, word: &str, place: &Range<usize>) -> Result<Token<'a>, FormulaError> {
    match digits.parse() {
        Ok(number) if f64::is_finite(number) => Ok(Token::Number(number)),
        _ => {
            let message = format!("`{word}` is not a finite number");
            Err((place.clone(), Error::Grammar(message)))
        }
    }
}

/// Returns the length of the name at the beginning of a text.
fn name_length(text: &str) -> usize {
    let inside = |c: char| (c.is_alphanumeric() || c == '_') && superscript(c).is_none();
    let end = |from: usize| {
        let end = text[from..].find(|c| !inside(c));
        end.map_or(text.len(), |end| from + end)
    };
    let mut last = end(0);
    // The key of a setting of a component contains a dot: `auxiliary.learning_rate`.
    while let Some(more) = text[last..].strip_prefix('.')
        && more.starts_with(char::is_alphabetic)
    {
        last = end(last + 1);
    }
    last
}

/// Returns the digit or the sign that a superscript character represents, as in x².
fn superscript(c: char) -> Option<char> {
    const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    let position = SUPERSCRIPTS.chars().position(|known| known == c)?;
    "0123456789-".chars().nth(position)
}

/// Returns the length of the number at the beginning of a text, including its exponent. `2e3` is a number; `2e` is 2 times e.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let dotted = |c: char| !c.is_ascii_digit() && c != '.';
    let mantissa = text.find(dotted).unwrap_or(text.len());
    let Some(exponent) = text[mantissa..].strip_prefix(['e', 'E']) else {
        return mantissa;
    };
    let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    match digits(unsigned) {
        0 => mantissa,
        count => text.len() - unsigned.len() + count,
    }
}
