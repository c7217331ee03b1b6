//! The other points of optimizers: weights in their inner state that move beside the path, such as an average.

use super::FigureInput;
use crate::prelude::*;
use thalweg::{
    inspect::{Quantity, Shape},
    trace::Series,
};
use thalweg_plot::marks::DashedPath;

impl FigureInput<'_> {
    /// Returns the paths of the other points of all runs on the plane, each with the selected steps up to the playhead.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub(crate) fn other_paths(&self, theme: &Theme) -> Result<Vec<DashedPath>, Error> {
        let runs = self.view()?.traces.iter().zip(self.labels());
        let runs = runs.zip(self.styles(theme)).enumerate();
        let paths = runs.flat_map(|(run, ((trace, name), style))| {
            let others = trace.inner.iter().filter(|series| is_other(series, trace));
            let rows = self.path_epochs(run);
            others.enumerate().map(move |(pattern, series)| DashedPath {
                points: rows.clone().map(|row| pair(series.at(row))).collect(),
                color: style.color,
                pattern,
                label: format!("{name}: {}", series.channel.words()),
            })
        });
        Ok(paths.collect())
    }
}

/// Returns whether a channel is a point that moves, but not along the path: neither the initial weights, nor the weights before
/// or after the step.
fn is_other(series: &Series, trace: &Trace) -> bool {
    let channel = &series.channel;
    let is_point = channel.shape == Shape::Vector && channel.quantity == Quantity::Position;
    let on_path = |row: usize| {
        let at = series.at(row);
        at == trace.at(row) || at == trace.at(row.saturating_sub(1))
    };
    let mut rows = 1..=trace.last_row();
    let mut later = rows.clone();
    is_point && later.any(|row| series.at(row) != series.at(0)) && !rows.all(on_path)
}

fn pair(w: &[f64]) -> [f64; 2] {
    [w[0], w[1]]
}
