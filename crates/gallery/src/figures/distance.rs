//! How far each run is from the nearest minimum.

use super::{ConfiguredFigure, CurveAxis, FigureInput, FigureStyle, Scaling};
use crate::parts::curves::Curves;
use crate::prelude::*;

/// How far each run is from the nearest known minimum, epoch by epoch or by what the steps cost.
#[derive(Clone, Debug, Describe)]
#[entry(id = "distance", title = "Distance to the nearest minimum")]
pub struct DistanceFigure {
    /// What the curves run over: epochs, or evaluations of the loss, its gradient and Hessian.
    #[param(default = "epochs")]
    pub over: CurveAxis,
    /// How the distances are spread: auto is log where all are above 0 and far apart.
    #[param(default = "log")]
    pub scale: Scaling,
    /// How the epochs or evaluations are spread.
    #[param(default = "linear")]
    pub x_scale: Scaling,
    /// Whether the names of the runs are listed.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for DistanceFigure {
    fn follows(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on himmelblau --with gradient-descent --with rprop --with adam:learning_rate=0.3 --with bfgs"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let problem = &subject.contest.problem;
        if problem.minima.is_empty() {
            return Err(Error::Settings(format!(
                "of this problem, {}, no minimum is known, so there is no distance to one: the figure of the \
                 loss of each run, `loss`, shows how far the runs come down",
                problem.title
            )));
        }
        let distance = |w: &[f64]| problem.distance(w).unwrap_or(f64::NAN);
        let curves = Curves {
            quantity: "distance to the nearest minimum",
            over: self.over,
            scales: [self.x_scale, self.scale],
            numbers: &|trace| trace.path().map(distance).collect(),
            target: None,
            legend: self.legend,
        };
        Ok(curves.scene(subject, look))
    }
}
