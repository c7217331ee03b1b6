//! Several maps of the same loss with different marks.

use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    map::{BANDS, SAMPLES, aspect, base_marks, spans},
    subject::FigureInput,
};
use thalweg_plot::panels::{Panel, Panels};

/// Draws maps side by side with shared axes and colors, each with the marks of a panel.
///
/// The caller provides the title and the `keys` of the marks; this function adds the target to the legend. `along` are
/// the losses along the paths of the panels; `None` means the paths of all runs.
///
/// # Errors
/// The problem does not have two weights, and no plane was given.
pub(crate) fn side_by_side<'a>(
    subject: &FigureInput,
    look: FigureStyle,
    title: String,
    description: String,
    panels: impl Iterator<Item = Panel<'a>>,
    mut keys: Vec<LegendEntry>,
    along: Option<Vec<f64>>,
) -> Result<Scene, Error> {
    let view = subject.view()?;
    let field = view.field(view.window(), SAMPLES);
    let target = subject.contest.budget.target;
    let along = along.map_or_else(|| subject.losses_along_paths(&field), Ok)?;
    let levels = look.levels.of(&field, &along, BANDS);
    let base = || base_marks(&field, levels.clone(), look.loss, target, look.theme);
    let panels = panels.map(|panel| {
        let (mut marks, _) = base();
        marks.extend(panel.marks);
        Panel { marks, ..panel }
    });
    let panels = panels.collect();
    let (marks, color_bar) = base();
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
        height: look.height(),
    };
    Ok(figure.scene(look.theme))
}
