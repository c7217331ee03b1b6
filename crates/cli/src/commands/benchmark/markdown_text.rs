//! Texts of a benchmark file as plain text in a Markdown report.

use std::fmt;

/// A text in one line without markup, also inside of a table: marks of Markdown and HTML are escaped, and line breaks are spaces.
pub(super) struct MarkdownText<'a>(pub(super) &'a str);

impl fmt::Display for MarkdownText<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut before = ' ';
        let mut letters = words.chars().peekable();
        while let Some(letter) = letters.next() {
            let is_escaped = match letter {
                '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '|' | '~' => true,
                // An underscore inside of a word, as in `learning_rate`, is no markup.
                '_' => {
                    let after = letters.peek().copied().unwrap_or(' ');
                    !(before.is_alphanumeric() && after.is_alphanumeric())
                }
                _ => false,
            };
            if is_escaped {
                write!(out, "\\")?;
            }
            write!(out, "{letter}")?;
            before = letter;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        for (given, expected) in [
            ("noisy ravine (2-D)", "noisy ravine (2-D)"),
            ("adam:learning_rate=0.1", "adam:learning_rate=0.1"),
            ("a|b\n\n# c", "a\\|b # c"),
            ("<b> & _x_ [y](z)", "\\<b\\> \\& \\_x\\_ \\[y\\](z)"),
            ("w:=w-a*g*b", "w:=w-a\\*g\\*b"),
        ] {
            assert_eq!(MarkdownText(given).to_string(), expected);
        }
    }
}
