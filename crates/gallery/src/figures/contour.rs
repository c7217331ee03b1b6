//! Paths on a map of the loss.

use super::{ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle};
use crate::map::{LossMap, SAMPLES};
use crate::prelude::*;

/// The paths of all runs on a map of the loss, with the initial point and the target.
#[derive(Clone, Debug, Describe)]
#[entry(id = "contour", title = "Paths on a map of the loss")]
pub struct ContourFigure {
    /// Whether the legend lists the runs.
    #[param(default = true)]
    pub legend: bool,
    /// Whether the points, the simplex, or the covariance in the state of an optimizer is drawn at the last epoch of its path.
    #[param(default = true)]
    pub state: bool,
    /// Whether thin dashed paths show other points in the state of the optimizers, such as an average or the slow weights.
    #[param(default = false)]
    pub other_points: bool,
}

impl ConfiguredFigure for ContourFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Plane]
    }

    fn is_map(&self) -> bool {
        true
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::Path
    }

    fn example(&self) -> &'static str {
        "--on article --with gradient-descent --with momentum --with rprop"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let view = subject.view()?;
        let field = view.field(view.window(), SAMPLES);
        let labels = subject.path_labels();
        let elapsed = subject.elapsed_traces()?;
        let mut paths = subject.paths(&labels, look.theme)?;
        for (path, trace) in paths.iter_mut().zip(&elapsed) {
            path.trace = trace;
        }
        let state = if self.state {
            subject.search_states(look.theme)?
        } else {
            Vec::new()
        };
        let other_paths = if self.other_points {
            subject.other_paths(look.theme)?
        } else {
            Vec::new()
        };
        let others = other_paths.iter().map(|path| path.label.clone());
        let all: Vec<String> = labels.iter().cloned().chain(others).collect();
        let map = LossMap {
            description: if all.is_empty() {
                "A map of the loss.".to_owned()
            } else {
                format!("Paths on a map of the loss: {}.", all.join(", "))
            },
            paths,
            state,
            other_paths,
            legend: self.legend,
            ..look.map(subject, &field)?
        };
        Ok(map.scene(look.theme))
    }
}
