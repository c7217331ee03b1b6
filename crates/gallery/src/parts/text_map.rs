//! Maps made of characters for a terminal.

use crate::prelude::*;
use crate::{drawing::FigureStyle, map::BANDS, subject::FigureInput};
use thalweg_plot::{
    formats::blocks::ColorDepth,
    text_map::{TextMap, TextMapPath, samples},
};

/// Draws the paths on the map as lines of text with this number of columns and rows, followed by the legend.
///
/// Without a color depth, the map consists of plain characters.
///
/// # Errors
/// The problem does not have two weights, and no plane was given.
pub fn text_map(
    subject: &FigureInput,
    look: FigureStyle,
    cells: [usize; 2],
    depth: Option<ColorDepth>,
) -> Result<String, Error> {
    let view = subject.view()?;
    let window = view.window();
    // A half block shows two samples.
    let per_row = if depth.is_some() { 2 } else { 1 };
    let field = Field::sample(&*view.objective, window, samples(window, cells, per_row));
    let labels = subject.path_labels();
    let elapsed = subject.elapsed_traces()?;
    let paths = subject.paths(&labels, look.theme)?.into_iter();
    let paths = paths.zip(&elapsed).map(|(path, trace)| TextMapPath {
        trace,
        label: path.label,
        color: path.style.color,
    });
    let map = TextMap {
        field: &field,
        bands: BANDS,
        levels: look.levels,
        along: subject.losses_along_paths(&field)?,
        start: view.start,
        paths: paths.collect(),
        names: [&view.names[0], &view.names[1]],
    };
    Ok(match depth {
        Some(depth) => map.colored(look.theme, depth),
        None => map.plain(),
    })
}
