//! Reads doc comments.

use syn::{Attribute, Expr, Lit, Meta};

/// Returns the lines of a doc comment without trailing white space and without the one leading space.
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

/// Returns the first paragraph on one line.
pub(crate) fn summary(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let paragraph = lines.iter().take_while(|line| !line.is_empty());
    paragraph
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the paragraphs after the first one, without code blocks: one per line.
pub(crate) fn details(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let mut paragraphs = vec![String::new()];
    let mut is_code = false;
    for line in lines.iter().skip_while(|line| !line.is_empty()) {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        match paragraphs.last_mut() {
            Some(last) if !is_code && !is_fence && !line.is_empty() => {
                let space = if last.is_empty() { "" } else { " " };
                last.push_str(space);
                last.push_str(line.trim());
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n")
}

/// Returns the first code block marked `text`.
pub(crate) fn formula(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let block = lines.iter().skip_while(|line| *line != "```text").skip(1);
    let block = block.take_while(|line| *line != "```");
    block.map(String::as_str).collect::<Vec<_>>().join("\n")
}
