//! Writes the article's figures beside the figures of this project as a Markdown page.

use super::summary;
use crate::figures::article::{ArticleRuns, FIGURES};
use std::fmt::Write as _;

/// Descriptions of the original figures in the order of [`FIGURES`]. The original pictures belong to their author.
const ORIGINALS: &str = include_str!("originals.txt");

/// Returns the page. `folder` is the relative path to the pictures.
pub fn comparison(study: &ArticleRuns, folder: &str) -> String {
    let mut out = "\
# The article's figures, and ours

The project began with one article. This page describes each of its sixteen figures, shows the figure that
`thalweg article` draws instead, and explains it. Every number below was computed by the runs that drew the figures.

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
