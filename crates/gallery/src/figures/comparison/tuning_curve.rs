//! The trials of one optimizer as marks.

use crate::{map::dots, parts::scaling::range, prelude::*};
use thalweg::{
    over::Spacing,
    tuning::{OptimizerResult, Trial, TrialResult, TuningPlan},
};
use thalweg_plot::{
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
                AxisSpan::numbers(keys.join(", "), range(values, *spacing), *spacing)
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
    /// The height of the trials that miss the target, above the budget.
    pub(super) miss: f64,
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
        let name = plan.name(optimizer);
        let words = match &median {
            Some((trial, found)) => described(plan, trial, found),
            None => "cannot run".to_owned(),
        };
        Self {
            label: format!("{name}: {words}"),
            level: median.map(|(_, found)| found).filter(|_| points.is_empty()),
            points,
            best,
            miss: plan.budget(workload) as f64,
            color,
        }
    }

    /// Returns the values on the horizontal axis.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.points.iter().map(|(value, _)| *value)
    }

    /// Returns the values on the vertical axis.
    pub(super) fn heights(&self) -> impl Iterator<Item = f64> {
        self.results().map(|result| self.height(result))
    }

    /// Returns the final losses of the trials that miss the target; not finite for those that diverged.
    pub(super) fn misses(&self) -> impl Iterator<Item = f64> {
        let missed = self.results().filter(|result| result.time.is_none());
        missed.map(|result| result.loss)
    }

    fn results(&self) -> impl Iterator<Item = &TrialResult> {
        let results = self.points.iter().map(|(_, result)| result);
        results.chain(&self.level)
    }

    /// Returns the number of evaluations, or the place of the misses above the budget. A logarithmic axis begins above 0.
    fn height(&self, result: &TrialResult) -> f64 {
        result.time.map_or(self.miss, |time| time.max(1) as f64)
    }

    pub(super) fn marks(&self, theme: &Theme) -> Vec<Box<dyn Mark>> {
        let style = theme.path(self.color);
        let place = |(value, result): &(f64, TrialResult)| [*value, self.height(result)];
        let dots_of = |is_shown: &dyn Fn(&TrialResult) -> bool, marker, radius| {
            let shown = self.points.iter().filter(|(_, result)| is_shown(result));
            Box::new(dots(
                shown.map(place).collect(),
                marker,
                style.color,
                radius,
            ))
        };
        let diverged = |result: &TrialResult| result.time.is_none() && !result.loss.is_finite();
        // A line between misses would show evaluations that no trial has.
        let line = self
            .points
            .iter()
            .map(|(value, result)| [*value, result.time_or_infinity()]);
        let mut marks: Vec<Box<dyn Mark>> = vec![
            Box::new(LinePlot {
                points: line.collect(),
                below: Vec::new(),
                style,
                width: 1.6,
                label: Some(self.label.clone()),
            }),
            dots_of(&|result| !diverged(result), Marker::Ring, 3.0),
            dots_of(&diverged, Marker::Cross, 4.0),
        ];
        if let Some(level) = &self.level {
            marks.push(Box::new(HorizontalLine {
                value: self.height(level),
                stroke: style.stroke(1.6),
                label: None,
            }));
        }
        let best = self.best.iter().filter(|(_, result)| !diverged(result));
        let best = best.map(place).collect();
        marks.push(Box::new(dots(best, Marker::Disc, style.color, 6.0)));
        marks
    }
}

/// Describes the result of the median study and the tuning.
fn described(plan: &TuningPlan, trial: &Trial, found: &TrialResult) -> String {
    let outcome = match found.time {
        Some(time) => format!("{time} evaluations"),
        None if found.loss.is_finite() => {
            format!("missed with loss {}", text::number(found.loss, 3))
        }
        None => "diverged".to_owned(),
    };
    match plan.summary(trial) {
        Some(summary) => format!("{outcome} at {} ({summary})", summary.settings.join(", ")),
        None => format!("{outcome} (not tuned)"),
    }
}
