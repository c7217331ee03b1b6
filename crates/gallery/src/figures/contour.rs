//! Paths over the map of the loss.

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle};
use crate::map::{LossMap, SAMPLES};
use crate::prelude::*;

/// The paths of all runs over the map of the loss, with the start and the target.
#[derive(Clone, Debug, Describe)]
#[entry(id = "contour", title = "Paths on the map of the loss")]
pub struct ContourFigure {
    /// Whether the names of the runs are listed.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for ContourFigure {
    fn asks(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Plane]
    }

    fn is_map(&self) -> bool {
        true
    }

    fn follows(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with gradient-descent --with momentum --with rprop"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let view = subject.view()?;
        let field = view.field(view.window(), SAMPLES);
        let labels = subject.long_labels();
        let gone = subject.gone_traces()?;
        let mut paths = subject.paths(&labels, look.theme)?;
        for (path, trace) in paths.iter_mut().zip(&gone) {
            path.trace = trace;
        }
        let map = LossMap {
            description: if labels.is_empty() {
                "The map of the loss.".to_owned()
            } else {
                format!("Paths on the map of the loss: {}.", labels.join(", "))
            },
            paths,
            legend: self.legend,
            ..look.map(subject, &field)?
        };
        Ok(map.scene(look.theme))
    }
}
