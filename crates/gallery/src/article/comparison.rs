//! The article's figures beside ours, as a page of Markdown: what each showed, and what ours teaches.

use super::summary;
use crate::figures::article::{FIGURES, Study};
use std::fmt::Write as _;

/// The page; the pictures lie in `folder`, seen from it.
pub fn comparison(study: &Study, folder: &str) -> String {
    let mut out = "\
# The article's figures, and ours

The project began with one article. Its sixteen figures are retold here: what each showed, in our words, beside the figure
that `thalweg article` draws, and what ours teaches. Every number below was read from the runs that drew the figures.

"
    .to_owned();
    out += &summary::markdown(study);
    for (i, figure) in FIGURES.iter().enumerate() {
        let (n, name, original) = (i + 1, figure.name, figure.original());
        let story = figure.story(study);
        let _ = write!(
            out,
            "\n## {n}. {name}\n\n\
             | the article's | ours |\n|---|---|\n| {original} | ![{name}]({folder}/{name}.svg) |\n\n{story}\n"
        );
    }
    out
}
