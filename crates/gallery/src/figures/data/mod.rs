//! The data of a network, and what the runs predict.

mod boundaries;
mod colors;
mod curve;

use super::{ConfiguredFigure, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use crate::{
    map::outcome,
    parts::{data_content::DataContent, moments::EpochList, samples::span},
};
use thalweg::network::Network;
use thalweg_plot::theme::PathStyle;

/// The data and the predictions of each run.
///
/// It requires a network with one or two features. With one feature, the prediction is a curve over it. With two
/// features and classes as targets, the decision boundary of each run is shown; if it is the only one, the regions on its
/// sides have the colors of their classes. With two features and numbers as targets, the prediction is shown as a color,
/// with one map per run and epoch.
#[derive(Clone, Debug, Describe)]
#[entry(id = "data", title = "Data and predictions")]
pub struct DataFigure {
    /// Epochs whose predictions are shown, such as `0|5|20|end`; `end` is the last epoch that is shown.
    #[param(default = "end")]
    pub epochs: EpochList,
    /// Whether the axes are extended to the origin of the features.
    #[param(default = false)]
    pub origin: bool,
    /// Whether the legend lists classes and runs.
    #[param(default = true)]
    pub legend: bool,
}

impl ConfiguredFigure for DataFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[FigureRequirement::Data]
    }

    fn follows_playhead(&self) -> bool {
        true
    }

    fn shows_single_steps(&self) -> bool {
        true
    }

    fn example(&self) -> &'static str {
        "--on mlp:data=moons,layers=2-8-1 --with rprop --target 0.01"
    }

    fn draw(&self, subject: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        subject.check(self.requirements())?;
        let Some(network) = &subject.contest.problem.network else {
            return Err(Error::Settings("the problem has no data".to_owned()));
        };
        let data = network.data();
        let spans = (0..data.dim()).map(|i| match span(data, i) {
            [low, high] if self.origin => [low.min(0.0), high.max(0.0)],
            span => span,
        });
        let plot = DataPlot {
            subject,
            network: &**network,
            spans: spans.collect(),
            states: self.states(subject, look.theme),
            look,
            legend: self.legend,
        };
        match DataContent::of(&**network)? {
            DataContent::Curve => Ok(plot.curves()),
            DataContent::Classes(classes) => Ok(plot.boundaries(&classes)),
            DataContent::Numbers => Ok(plot.colors()),
        }
    }
}

impl DataFigure {
    /// Returns the chosen epochs of all runs.
    fn states<'s>(&self, subject: &'s FigureInput, theme: &Theme) -> Vec<RunState<'s>> {
        let mut states = Vec::new();
        for (run, (name, trace, style)) in subject.runs(theme).enumerate() {
            let epochs = self.epochs.within(&subject.elapsed_epochs(run));
            for (k, epoch) in epochs.iter().enumerate() {
                // Earlier epochs are fainter.
                let age = (epochs.len() - 1 - k) as f64 / epochs.len() as f64;
                let color = style.color.mix(theme.background, 0.85 * age);
                states.push(RunState {
                    name,
                    trace,
                    epoch: *epoch,
                    style: PathStyle { color, ..style },
                });
            }
        }
        states
    }
}

/// The data with the chosen epochs of all runs.
struct DataPlot<'a> {
    subject: &'a FigureInput<'a>,
    network: &'a dyn Network,
    /// Span of the axis of each feature.
    spans: Vec<[f64; 2]>,
    states: Vec<RunState<'a>>,
    look: FigureStyle<'a>,
    legend: bool,
}

impl DataPlot<'_> {
    /// Returns sentences about the runs whose predictions are hidden because the run diverged.
    fn hidden_notes(&self, hidden: impl Iterator<Item = bool>) -> Vec<String> {
        let states = self.states.iter().zip(hidden);
        let states = states.filter(|(_, hidden)| *hidden);
        let note = |(state, _): (&RunState, bool)| {
            let why = outcome(state.trace);
            format!("{} is not visible, because it {why}.", state.name)
        };
        states.map(note).collect()
    }
}

/// A run after one of the chosen epochs.
struct RunState<'a> {
    name: &'a str,
    trace: &'a Trace,
    epoch: usize,
    style: PathStyle,
}

impl RunState<'_> {
    /// Returns the weights.
    fn weights(&self) -> &[f64] {
        self.trace.at(self.epoch)
    }

    /// Returns the epoch in words, or the outcome of a run that diverged there.
    fn moment(&self) -> String {
        if self.has_diverged() {
            outcome(self.trace)
        } else {
            format!("epoch {}", self.epoch)
        }
    }

    /// Returns whether the run diverged in this epoch.
    fn has_diverged(&self) -> bool {
        let here = self.epoch as u64;
        matches!(self.trace.stop, StopReason::Diverged { epoch } if epoch == here)
    }

    /// Returns the name of the run and the epoch.
    fn label(&self) -> String {
        format!("{}, {}", self.name, self.moment())
    }
}
