//! The distance of each run from the nearest minimum.

use super::{ConfiguredFigure, CurveAxis, FigureInput, FigureStyle, Scaling};
use crate::parts::curves::Curves;
use crate::prelude::*;

/// The distance of each run from the nearest known minimum, by epoch or by number of evaluations.
#[derive(Clone, Debug, Describe)]
#[entry(id = "distance", title = "Distance to the nearest minimum")]
pub struct DistanceFigure {
    /// Horizontal axis: epochs, or evaluations of the loss, its gradient, and its Hessian.
    #[param(default = "epochs")]
    pub over: CurveAxis,
    /// Scale of the distances. `auto` is `log` if all are above 0 and span a wide range.
    #[param(default = "log")]
    pub scale: Scaling,
    /// Scale of the epochs or evaluations.
    #[param(default = "linear")]
    pub x_scale: Scaling,
    /// Whether the legend lists the runs.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for DistanceFigure {
    fn follows_playhead(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with rprop --with adam:learning_rate=0.3 --with bfgs"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let problem = &subject.contest.problem;
        if problem.minima.is_empty() {
            return Err(Error::Settings(format!(
                "the problem `{}` has no known minimum, but this figure shows the distance to one: use the figure `loss` instead",
                problem.title
            )));
        }
        let distance = |w: &[f64]| problem.distance(w).unwrap_or(f64::NAN);
        let curves = Curves {
            quantity: "distance to the nearest minimum",
            over: self.over,
            scales: [self.x_scale, self.scale],
            numbers: &|trace| trace.path().map(distance).collect(),
            logs: &[],
            target: None,
            legend: self.legend,
        };
        Ok(curves.scene(subject, look))
    }
}
