//! The tokens of a formula.

/// A token with its position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'a> {
    /// Its characters.
    pub(super) text: &'a str,
    /// Its kind.
    pub(super) kind: Kind,
    /// Position of its first character in the text.
    pub(super) start: usize,
    /// Whether a space separates it from the token before.
    pub(super) is_separate: bool,
}

impl Token<'_> {
    /// Returns the position after its last character.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number without a sign.
    Number,
    /// A name of letters, digits, and underscores.
    Name,
    /// An operator, or a parenthesis.
    Symbol,
}

/// Symbols of two characters.
const PAIRS: [&str; 3] = ["<-", "<=", ">="];

/// Divides a text into tokens. A character that does not occur in formulas is a symbol that no parser expects.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = 0;
    while let Some(c) = text[start..].chars().next() {
        if c.is_whitespace() {
            start += c.len_utf8();
            continue;
        }
        let rest = &text[start..];
        let (kind, length) = if c.is_ascii_digit() {
            (Kind::Number, number(rest))
        } else if c.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            (Kind::Name, end.unwrap_or(rest.len()))
        } else if PAIRS.iter().any(|pair| rest.starts_with(pair)) {
            (Kind::Symbol, 2)
        } else {
            (Kind::Symbol, c.len_utf8())
        };
        let is_separate = tokens.last().is_none_or(|last| last.end() < start);
        tokens.push(Token {
            text: &rest[..length],
            kind,
            start,
            is_separate,
        });
        start += length;
    }
    tokens
}

/// Returns the length of the number at the start of a text, such as `0.25`, `1e-8`, or `10⁻⁸`.
fn number(text: &str) -> usize {
    let digits = |from: usize| {
        let end = text[from..].find(|c: char| !c.is_ascii_digit());
        end.map_or(text.len(), |end| from + end)
    };
    let has_digit = |at: usize| text[at..].starts_with(|c: char| c.is_ascii_digit());
    let mut end = digits(0);
    if text[end..].starts_with('.') && has_digit(end + 1) {
        end = digits(end + 1);
    }
    for exponent in ["e-", "e"] {
        if text[end..].starts_with(exponent) && has_digit(end + exponent.len()) {
            return digits(end + exponent.len());
        }
    }
    let after = text[end..].trim_start_matches(|c: char| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
    text.len() - after.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_names_and_symbols_are_separated() {
        let texts = |text| tokens(text).iter().map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(
            texts("w <- w-1e-8 x.y"),
            ["w", "<-", "w", "-", "1e-8", "x", ".", "y"]
        );
        assert_eq!(texts("2.5e v_hat>=0"), ["2.5", "e", "v_hat", ">=", "0"]);
        assert_eq!(texts("3.x"), ["3", ".", "x"]);
        assert_eq!(texts("−2×10⁻⁵ = y"), ["−", "2", "×", "10⁻⁵", "=", "y"]);
        assert!(tokens("a b")[1].is_separate && !tokens("a(b")[1].is_separate);
    }
}
