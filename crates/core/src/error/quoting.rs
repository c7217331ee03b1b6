//! Given texts in messages: short, and without control characters.

use std::borrow::Cow;

/// Returns the text with at most `most` characters and without control characters, for messages.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", printable(&text[..end])),
        None => printable(text).into_owned(),
    }
}

/// Returns the text with its control characters escaped. They could change the colors, the title, or the content of a
/// terminal, and characters that change the direction of writing could hide what the text contains.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|c| match c {
        c if is_hidden(c) => c.escape_default().to_string(),
        c => c.to_string(),
    });
    Cow::Owned(escaped.collect())
}

fn is_hidden(c: char) -> bool {
    let changes_direction = matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || changes_direction || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(printable("x² \u{2212} é"), "x² \u{2212} é");
        assert_eq!(printable("a\u{1b}[31m\tb\n"), r"a\u{1b}[31m\tb\n");
        assert_eq!(
            printable("a\u{202e}b\u{7f}\u{9b}"),
            r"a\u{202e}b\u{7f}\u{9b}"
        );
    }

    #[test]
    fn only_the_beginning_of_a_long_text_is_shown() {
        assert_eq!(shortened("é\u{7}abc", 3), r"é\u{7}a...");
        assert_eq!(shortened("abc", 3), "abc");
    }
}
