//! The map of the loss again and again, with other marks on each.

use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    map::{SAMPLES, aspect, ground, spans},
    subject::FigureInput,
};
use thalweg_plot::panels::{Panel, Panels};

/// Maps side by side with the same axes and the same colours, the marks of a panel on each.
///
/// The title and the `keys` of the marks are given; the target is added to the legend.
///
/// # Errors
/// The problem has other than two weights, and no plane was named.
pub(crate) fn side_by_side<'a>(
    subject: &FigureInput,
    look: FigureStyle,
    title: String,
    description: String,
    panels: impl Iterator<Item = Panel<'a>>,
    mut keys: Vec<LegendEntry>,
) -> Result<Scene, Error> {
    let view = subject.view()?;
    let field = view.field(view.window(), SAMPLES);
    let target = subject.contest.budget.target;
    let ground = || ground(&field, look.levels, look.loss, target, look.theme);
    let panels = panels.map(|panel| {
        let (mut marks, _) = ground();
        marks.extend(panel.marks);
        Panel { marks, ..panel }
    });
    let panels = panels.collect();
    let (marks, color_bar) = ground();
    keys.extend(marks.iter().filter_map(|mark| mark.key(look.theme)));
    let axes = spans(&field, [&view.names[0], &view.names[1]]);
    let aspect = aspect(&axes);
    let [x, y] = axes;
    let figure = Panels {
        title: look.title(|| title),
        description,
        x,
        y,
        aspect,
        panels,
        color_bar,
        keys,
        width: look.size.map(|size| size[0]),
    };
    Ok(figure.scene(look.theme))
}
