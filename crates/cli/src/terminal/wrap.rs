//! Wrapping of text at blanks, because a terminal would break words.

use crate::terminal::host::Host;
use std::io::{self, IsTerminal as _};
use terminal_size::{Width, terminal_size, terminal_size_of};

/// Text is at least this wide, because narrower text is illegible.
pub(super) const MIN_WIDTH: u16 = 40;

/// Wraps text at blanks if standard output is a terminal.
pub(crate) fn wrapped(text: &str) -> String {
    wrap_for(text, output_width())
}

/// Returns the width of the terminal to which standard output is connected.
pub(super) fn output_width() -> Option<Width> {
    if Host::current().is_some() || !io::stdout().is_terminal() {
        return None;
    }
    terminal_size().map(|(width, _)| width)
}

/// Wraps text at blanks if standard error is a terminal.
pub(super) fn wrapped_for_stderr(text: &str) -> String {
    let size = terminal_size_of(io::stderr()).filter(|_| io::stderr().is_terminal());
    wrap_for(text, size.map(|(width, _)| width))
}

fn wrap_for(text: &str, width: Option<Width>) -> String {
    match width {
        Some(Width(width)) => wrap(text, usize::from(width.max(MIN_WIDTH))),
        None => text.to_owned(),
    }
}

/// Wraps each line at blanks to at most `width` characters. A line with control sequences, and a word that is longer,
/// stay as they are.
fn wrap(text: &str, width: usize) -> String {
    let lines = text.split('\n').map(|line| {
        if line.chars().count() <= width || line.contains('\u{1b}') {
            line.to_owned()
        } else {
            wrap_line(line, width)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Wraps one line. The further lines have the indentation of the first.
fn wrap_line(line: &str, width: usize) -> String {
    let words = line.trim_start_matches(' ');
    let indent = " ".repeat(line.len() - words.len());
    let mut text = indent.clone();
    let mut length = indent.len();
    for (i, word) in words.split(' ').enumerate() {
        let count = word.chars().count();
        if i > 0 && length + 1 + count > width {
            text.push('\n');
            text.push_str(&indent);
            length = indent.len();
        } else if i > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += count;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_at_blanks() {
        assert_eq!(wrap("one two three\nfour\n", 8), "one two\nthree\nfour\n");
        assert_eq!(
            wrap("  a: one, two, three", 10),
            "  a: one,\n  two,\n  three"
        );
        assert_eq!(wrap("incomprehensible word", 8), "incomprehensible\nword");
        assert_eq!(
            wrap("\u{1b}[0m one two three", 8),
            "\u{1b}[0m one two three"
        );
        assert_eq!(wrap("exactly 8", 9), "exactly 8");
    }
}
