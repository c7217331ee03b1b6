//! The trials of one optimizer as marks.

use super::trial_axis::TrialAxis;
use crate::{
    map::{count, dots},
    parts::scaling::range,
    prelude::*,
};
use thalweg::{
    over::Spacing,
    tuning::{OptimizerResult, Trial, TrialResult, TuningPlan},
};
use thalweg_plot::{
    legend::{LegendEntry, LegendHandle},
    marks::{HorizontalLine, LinePlot, Marker},
    text,
};

/// What the horizontal axis shows.
pub(super) enum CurveAxis {
    /// The first tuned setting of each optimizer.
    Setting { keys: Vec<String>, spacing: Spacing },
    /// The number of the study, because nothing is tuned.
    Study,
}

/// A longer list of settings does not fit below the axis.
const MAX_LABEL_CHARS: usize = 60;

impl CurveAxis {
    pub(super) fn new(plan: &TuningPlan, workload: usize, optimizers: &[usize]) -> Self {
        let tuned = optimizers.iter().filter(|i| plan.is_tuned(workload, **i));
        let dimensions = tuned.filter_map(|i| plan.cell(workload, *i).space.dimensions.first());
        let (mut keys, mut spacing) = (Vec::new(), Spacing::Log);
        for dimension in dimensions {
            if !keys.contains(&dimension.key) {
                keys.push(dimension.key.clone());
            }
            if dimension.spacing == Spacing::Linear {
                // A linear range can contain 0.
                spacing = Spacing::Linear;
            }
        }
        if keys.is_empty() {
            Self::Study
        } else {
            Self::Setting { keys, spacing }
        }
    }

    /// Returns the axis of these values.
    pub(super) fn span(&self, values: impl Iterator<Item = f64>) -> AxisSpan {
        match self {
            Self::Setting { keys, spacing } => {
                let names = keys.join(", ");
                let label = if names.chars().count() <= MAX_LABEL_CHARS {
                    names
                } else {
                    "tuned setting of each optimizer".to_owned()
                };
                AxisSpan::numbers(label, range(values, *spacing), *spacing)
            }
            Self::Study => {
                let spacing = Spacing::Linear;
                let label = "Study (no setting is tuned)";
                AxisSpan::counts(label, range(values, spacing), spacing)
            }
        }
    }
}

/// The trials of one optimizer.
pub(super) struct TuningCurve {
    /// Name, result, and tuning of the optimizer.
    pub(super) label: String,
    /// The value on the horizontal axis and the result of each trial, by ascending value. Empty if nothing is tuned, but another
    /// optimizer is.
    points: Vec<(f64, TrialResult)>,
    /// The best trial of the median study.
    best: Option<(f64, TrialResult)>,
    /// The result of an optimizer without a value on the horizontal axis.
    level: Option<TrialResult>,
    color: usize,
}

impl TuningCurve {
    pub(super) fn new(
        plan: &TuningPlan,
        trials: &[TrialResult],
        [workload, optimizer]: [usize; 2],
        result: Option<&OptimizerResult>,
        axis: &CurveAxis,
        color: usize,
    ) -> Self {
        let value = |trial: &Trial| match axis {
            CurveAxis::Setting { .. } => plan.values(trial).first()?.parse().ok(),
            CurveAxis::Study => Some((trial.study + 1) as f64),
        };
        let own = plan.numbers(workload, optimizer).filter_map(|number| {
            let value = value(&plan.trial(number))?;
            Some((value, trials[number as usize]))
        });
        let mut points: Vec<(f64, TrialResult)> = own.collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let median = result.map(|result| {
            let trial = plan.median_trial(workload, optimizer, result);
            (trial, result.result())
        });
        let best = median
            .as_ref()
            .and_then(|(trial, found)| Some((value(trial)?, *found)));
        let name = &plan.names()[optimizer];
        let words = match &median {
            Some((trial, found)) => described(plan, trial, found),
            None => "cannot run".to_owned(),
        };
        Self {
            label: format!("{name}: {words}"),
            level: median.map(|(_, found)| found).filter(|_| points.is_empty()),
            points,
            best,
            color,
        }
    }

    /// Returns the values on the horizontal axis.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.points.iter().map(|(value, _)| *value)
    }

    /// Returns the results of all trials.
    pub(super) fn results(&self) -> impl Iterator<Item = &TrialResult> {
        let results = self.points.iter().map(|(_, result)| result);
        results.chain(&self.level)
    }

    /// Returns the entry in the legend.
    pub(super) fn key(&self, theme: &Theme) -> LegendEntry {
        let stroke = theme.path(self.color).stroke(WIDTH);
        LegendEntry::new(&*self.label, LegendHandle::Line(stroke, None))
    }

    /// Draws the trials on a vertical axis, on which those without a value have the height `row`.
    pub(super) fn marks(&self, axis: &TrialAxis, row: f64, theme: &Theme) -> Vec<Box<dyn Mark>> {
        let style = theme.path(self.color);
        let height = |result: &TrialResult| axis.value(result).unwrap_or(row);
        let place = |(value, result): &(f64, TrialResult)| [*value, height(result)];
        let dots_of = |is_shown: &dyn Fn(&TrialResult) -> bool, marker, radius| {
            let shown = self.points.iter().filter(|(_, result)| is_shown(result));
            Box::new(dots(
                shown.map(place).collect(),
                marker,
                style.color,
                radius,
            ))
        };
        // A line between trials without a value would show values that no trial has.
        let line = self
            .points
            .iter()
            .map(|(value, result)| [*value, axis.value(result).unwrap_or(f64::NAN)]);
        let mut marks: Vec<Box<dyn Mark>> = vec![
            Box::new(LinePlot {
                points: line.collect(),
                below: Vec::new(),
                style,
                width: WIDTH,
                label: None,
            }),
            dots_of(&|result| !result.is_diverged(), Marker::Ring, 3.0),
            dots_of(&TrialResult::is_diverged, Marker::Cross, 4.0),
        ];
        if let Some(level) = &self.level {
            marks.push(Box::new(HorizontalLine {
                value: height(level),
                stroke: style.stroke(WIDTH),
                label: None,
            }));
        }
        let best = self.best.iter().filter(|(_, result)| !result.is_diverged());
        let best = best.map(place).collect();
        marks.push(Box::new(dots(best, Marker::Disc, style.color, 6.0)));
        marks
    }
}

/// Width of the lines in px.
const WIDTH: f64 = 1.6;

/// Describes the result of the median study and the tuning.
fn described(plan: &TuningPlan, trial: &Trial, found: &TrialResult) -> String {
    let outcome = match found.time {
        Some(time) => count(time, "evaluation"),
        None if found.loss.is_finite() => {
            format!("missed with loss {}", text::number(found.loss, 3))
        }
        None => "diverged".to_owned(),
    };
    let untuned = &plan.cell(trial.workload, trial.optimizer).untuned;
    match (plan.summary(trial), untuned) {
        (Some(summary), _) => {
            format!("{outcome} at {} ({summary})", summary.settings.join(", "))
        }
        (None, Some(reason)) => format!("{outcome} (not tuned, because {reason})"),
        (None, None) => format!("{outcome} (not tuned)"),
    }
}
