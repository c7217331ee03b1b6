//! What doc comments say.

use syn::{Attribute, Expr, Lit, Meta};

/// The lines of a doc comment, trimmed on the right and freed of the one leading blank.
fn doc_lines(attrs: &[Attribute]) -> Vec<String> {
    let text = attrs.iter().filter_map(|a| match &a.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    text.map(|line| {
        line.strip_prefix(' ')
            .unwrap_or(&line)
            .trim_end()
            .to_owned()
    })
    .collect()
}

/// The first paragraph, on one line.
pub(crate) fn summary(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let paragraph = lines.iter().take_while(|line| !line.is_empty());
    paragraph
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first block of code marked `text`.
pub(crate) fn formula(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let block = lines.iter().skip_while(|line| *line != "```text").skip(1);
    let block = block.take_while(|line| *line != "```");
    block.map(String::as_str).collect::<Vec<_>>().join("\n")
}
