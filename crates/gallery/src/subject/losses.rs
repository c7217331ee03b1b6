//! The losses along the paths on a map.

use super::FigureInput;
use crate::prelude::*;

/// Number of points of a projected path whose losses on the map are computed.
const POINTS: usize = 200;

impl FigureInput<'_> {
    /// Returns the losses of the map along the shown epochs of all paths inside of a field.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn losses_along_paths(&self, field: &Field) -> Result<Vec<f64>, Error> {
        let view = self.view()?;
        let ends = |side: &[f64]| [side[0], side[side.len() - 1]];
        let window = Window {
            w1: ends(&field.xs),
            w2: ends(&field.ys),
        };
        let losses = view.traces.iter().flat_map(|trace| {
            let shown = self.shown_rows(trace);
            let stride = if view.leaves_plane() {
                shown.clone().count().div_ceil(POINTS)
            } else {
                1
            };
            let epochs = shown.clone().step_by(stride).chain([*shown.end()]);
            epochs.filter_map(move |epoch| {
                let w = trace.at(epoch);
                window.contains(w).then(|| {
                    if view.leaves_plane() {
                        view.objective.value(w)
                    } else {
                        trace.losses[epoch]
                    }
                })
            })
        });
        Ok(losses.collect())
    }
}
