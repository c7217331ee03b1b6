//! A failure as it is printed: without control characters, and with the wrong part of a long argument only.

use crate::{failure::Failure, terminal::print::escaped_lines};
use miette::{Diagnostic, LabeledSpan, SourceCode};
use std::{fmt, ops::Range};
use thalweg::error::printable;

/// The texts of a failure.
#[derive(Debug)]
pub(super) struct PrintedFailure {
    message: String,
    help: Option<String>,
    /// The argument or file with the range of its wrong part.
    source: Option<(String, Range<usize>)>,
}

/// Limits of the parts of a text in bytes: before the wrong part, the wrong part, and after it.
const MAX_BEFORE: usize = 60;
const MAX_PART: usize = 100;
const MAX_AFTER: usize = 40;

impl From<&Failure> for PrintedFailure {
    fn from(failure: &Failure) -> Self {
        let help = failure.help().map(|help| escaped_lines(&help.to_string()));
        let source = failure.input_span().map(|(text, span)| match failure {
            // The lines of a file are shown as they are.
            Failure::InFile { .. } => excerpt(text, span, escaped_lines),
            _ => excerpt(text, span, |part| printable(part).into_owned()),
        });
        Self {
            message: in_part(&escaped_lines(&failure.to_string())),
            help,
            source,
        }
    }
}

/// Omits the middle of a long message.
fn in_part(message: &str) -> String {
    const MAX_BEGIN: usize = 700;
    const MAX_END: usize = 300;
    if message.len() <= MAX_BEGIN + MAX_END {
        return message.to_owned();
    }
    let begin = &message[..message.floor_char_boundary(MAX_BEGIN)];
    let end = &message[message.ceil_char_boundary(message.len() - MAX_END)..];
    format!("{begin}...{end}")
}

/// Returns the surroundings of the part `span` of a text, written by `write`, and the range of this part in them.
fn excerpt(text: &str, span: &Range<usize>, write: fn(&str) -> String) -> (String, Range<usize>) {
    if text.len() <= MAX_BEFORE + MAX_PART + MAX_AFTER || text.get(span.clone()).is_none() {
        let part = |range: Range<usize>| write(text.get(range).unwrap_or_default());
        let before = part(0..span.start);
        let wrong = part(span.clone());
        let whole = format!("{before}{wrong}{}", part(span.end..text.len()));
        let begin = before.len().min(whole.len());
        return (whole, begin..begin + wrong.len());
    }
    let dots = |omitted: bool| if omitted { "..." } else { "" };
    let begin = text.ceil_char_boundary(span.start.saturating_sub(MAX_BEFORE));
    let part_end = text.floor_char_boundary(span.end.min(span.start + MAX_PART));
    let end = match part_end {
        cut if cut < span.end => cut,
        _ => text.floor_char_boundary(text.len().min(span.end + MAX_AFTER)),
    };
    let before = format!("{}{}", dots(begin > 0), write(&text[begin..span.start]));
    let wrong = write(&text[span.start..part_end]);
    let after = format!("{}{}", write(&text[part_end..end]), dots(end < text.len()));
    let range = before.len()..before.len() + wrong.len();
    (format!("{before}{wrong}{after}"), range)
}

impl fmt::Display for PrintedFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for PrintedFailure {}

impl Diagnostic for PrintedFailure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let (text, _) = self.source.as_ref()?;
        Some(text)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span) = self.source.as_ref()?;
        let label = LabeledSpan::at(span.clone(), "here");
        Some(Box::new(std::iter::once(label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(part: &str) -> String {
        printable(part).into_owned()
    }

    #[test]
    fn the_marked_part_moves_with_escaped_characters() {
        let (text, span) = excerpt("a\u{1b}b=c", &(3..5), escaped);
        assert_eq!((&*text, &text[span]), (r"a\u{1b}b=c", "=c"));
    }

    #[test]
    fn a_long_text_is_shown_in_part() {
        let long = format!("{}wrong{}", "é".repeat(500), "y".repeat(500));
        let (text, span) = excerpt(&long, &(1000..1005), escaped);
        assert_eq!(&text[span], "wrong");
        assert!(text.len() < 200 && text.starts_with("...é") && text.ends_with("y..."));
        let (text, span) = excerpt(&long, &(0..long.len()), escaped);
        assert!(
            text.len() < 200 && span.start == 0 && text.ends_with("..."),
            "{text}"
        );
        assert!(in_part(&"é".repeat(9999)).len() < 1010);
    }
}
