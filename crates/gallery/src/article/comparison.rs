//! The article's figures beside ours, as a page of Markdown: what each showed, and what ours teaches.

use super::summary;
use crate::figures::article::{ArticleRuns, FIGURES};
use std::fmt::Write as _;

/// Descriptions of the original figures in the order of [`FIGURES`]; the pictures themselves are the author's.
const ORIGINALS: &str = include_str!("originals.txt");

/// The page; the pictures lie in `folder`, seen from it.
pub fn comparison(study: &ArticleRuns, folder: &str) -> String {
    let mut out = "\
# The article's figures, and ours

The project began with one article. Its sixteen figures are retold here: what each showed, in our words, beside the figure
that `thalweg article` draws, and what ours teaches. Every number below was read from the runs that drew the figures.

"
    .to_owned();
    out += &summary::markdown(study);
    for (i, (figure, original)) in FIGURES.iter().zip(ORIGINALS.lines()).enumerate() {
        let (n, name) = (i + 1, figure.name);
        let story = figure.story(study);
        let _ = write!(
            out,
            "\n## {n}. {name}\n\n\
             | the article's | ours |\n|---|---|\n| {original} | ![{name}]({folder}/{name}.svg) |\n\n{story}\n"
        );
    }
    out
}
