//! A writer of XML: one element per line, indented by depth.

use std::fmt::{Display, Write};

/// The text so far.
#[derive(Default)]
pub(super) struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    /// Begins an element. Call methods for its attributes next, then a method that ends it.
    pub(super) fn open(&mut self, tag: &str) {
        self.indent();
        let _ = write!(self.out, "<{tag}");
    }

    /// Writes an attribute whose value does not need escaping: a number, an id, or a keyword.
    pub(super) fn attribute(&mut self, name: &str, value: impl Display) {
        let _ = write!(self.out, " {name}=\"{value}\"");
    }

    /// Ends an element without content.
    pub(super) fn end(&mut self) {
        self.out.push_str("/>\n");
    }

    /// Ends an element whose content is a text, on one line.
    pub(super) fn end_with_text(&mut self, tag: &str, text: &str) {
        self.out.push('>');
        text.chars().for_each(|c| push_escaped(&mut self.out, c));
        let _ = writeln!(self.out, "</{tag}>");
    }

    /// Ends an element whose content is a text with preserved line breaks.
    pub(super) fn end_with_exact_text(&mut self, tag: &str, text: &str) {
        let _ = writeln!(self.out, ">{}</{tag}>", escaped(text));
    }

    /// Begins the children of an element; [`Self::end_children`] ends them.
    pub(super) fn begin_children(&mut self) {
        self.out.push_str(">\n");
        self.depth += 1;
    }

    pub(super) fn end_children(&mut self, tag: &str) {
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Escapes a text for XML and preserves its line breaks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' => out.push_str("&#13;"),
            _ => push_escaped(&mut out, c),
        }
    }
    out
}

/// Appends an escaped character. A character that is not allowed in XML becomes a replacement character.
fn push_escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\n' | '\r' | '\t' => out.push(' '),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
        _ => out.push(c),
    }
}
