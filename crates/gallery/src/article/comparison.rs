//! The article's figures beside ours, as a page of Markdown: what each showed, and what ours teaches.

use super::summary;
use crate::figures::article::{FIGURES, Study};
use std::fmt::Write as _;

/// What the article's figures show, in the order of [`FIGURES`]; the pictures themselves are the author's.
const ORIGINALS: [&str; FIGURES.len()] = [
    "A scatter plot of the six points, coloured by class.",
    "A filled contour in 20 blues over weights from -6 to 6 with a colour bar; a cross at the start.",
    "All steps as one thin black curve on that contour.",
    "A close look at some of those steps, single arrows at right angles to the contour lines.",
    "The path of momentum in green on the contour.",
    "A close look at its beginning: the arrows point the same way and grow.",
    "A close look at its turn: the arrows shrink up the slope and point back.",
    "The error as a surface of lines with the path as a thick red line, like a ball in a half-pipe.",
    "The path of RPROP in magenta, 20 arrows.",
    "A close look at its first steps, three of them numbered.",
    "A close look at its 11th to 14th step, where the second weight begins to hesitate.",
    "The path of iRPROP+ in red, 17 arrows.",
    "A close look at its second part, steps 12 to 17 numbered.",
    "The path of gradient descent with golden search in yellow: two long arrows and a legend.",
    "The five paths on one contour, with a legend that names the steps of each.",
    "A bar chart of the numbers of epochs.",
];

/// The page; the pictures lie in `folder`, seen from it.
pub fn comparison(study: &Study, folder: &str) -> String {
    let mut out = "\
# The article's figures, and ours

The project began with one article. Its sixteen figures are retold here: what each showed, in our words, beside the figure
that `thalweg article` draws, and what ours teaches. Every number below was read from the runs that drew the figures.

"
    .to_owned();
    out += &summary::markdown(study);
    for (i, (figure, original)) in FIGURES.iter().zip(ORIGINALS).enumerate() {
        let (n, name) = (i + 1, figure.name);
        let story = (figure.story)(study);
        let _ = write!(
            out,
            "\n## {n}. {name}\n\n\
             | the article's | ours |\n|---|---|\n| {original} | ![{name}]({folder}/{name}.svg) |\n\n{story}\n"
        );
    }
    out
}
