//! The loss of each run.

use super::{ConfiguredFigure, CurveAxis, FigureInput, FigureStyle, Scaling};
use crate::parts::curves::Curves;
use crate::prelude::*;

/// How the loss of each run comes down, epoch by epoch or by what the steps cost, with the target.
#[derive(Clone, Debug, Describe)]
#[entry(id = "loss", title = "Loss of each run")]
pub struct LossFigure {
    /// What the curves run over: epochs, or evaluations of the loss, its gradient and Hessian.
    #[param(default = "epochs")]
    pub over: CurveAxis,
    /// How the losses are spread: auto is log where all are above 0 and far apart.
    #[param(default = "auto")]
    pub scale: Scaling,
    /// How the epochs or evaluations are spread.
    #[param(default = "linear")]
    pub x_scale: Scaling,
    /// Whether the names of the runs are listed.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for LossFigure {
    fn follows(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on article --with gradient-descent:learning_rate=3 --with momentum --with rprop --with irprop-plus"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        let curves = Curves {
            quantity: "loss",
            over: self.over,
            scales: [self.x_scale, self.scale],
            numbers: &|trace| trace.losses.clone(),
            target: subject.contest.budget.target,
            legend: self.legend,
        };
        Ok(curves.scene(subject, look))
    }
}
