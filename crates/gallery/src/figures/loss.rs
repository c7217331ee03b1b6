//! The loss of each run.

use super::{ConfiguredFigure, CurveAxis, FigureInput, FigureStyle, Scaling};
use crate::parts::curves::Curves;
use crate::prelude::*;

/// The loss of each run and the target, by epoch or by number of evaluations. Logs of other programs (`--log`) lie beside them.
#[derive(Clone, Debug, Describe)]
#[entry(id = "loss", title = "Loss of each run")]
pub struct LossFigure {
    /// Horizontal axis: epochs, or evaluations of the loss, its gradient, and its Hessian.
    #[param(default = "epochs")]
    pub over: CurveAxis,
    /// Scale of the losses. `auto` is `log` if all are above 0 and span a wide range.
    #[param(default = "auto")]
    pub scale: Scaling,
    /// Scale of the epochs or evaluations.
    #[param(default = "linear")]
    pub x_scale: Scaling,
    /// Whether the legend lists the runs.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for LossFigure {
    fn follows_playhead(&self) -> bool {
        true
    }

    fn shows_logs(&self) -> bool {
        self.over == CurveAxis::Epochs
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
            logs: &subject.logs,
            target: subject
                .contest
                .budget
                .target
                .filter(|_| !subject.traces.is_empty()),
            legend: self.legend,
        };
        Ok(curves.scene(subject, look))
    }
}
