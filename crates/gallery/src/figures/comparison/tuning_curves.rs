//! The loss of every trial by the tuned setting.

use crate::{
    map::dots,
    parts::scaling::{Scaling, range},
    prelude::*,
    subject::colors::theme_indices,
};
use thalweg::{
    over::Spacing,
    sweep::NumberedRuns as _,
    tuning::{OptimizerResult, TrialResult, TuningPlan},
};
use thalweg_plot::{
    marks::{HorizontalLine, LinePlot, Marker},
    text,
};

/// Width and height in px.
const SIZE: [f64; 2] = [820.0, 560.0];

/// Draws the final losses of all trials on one workload by the first tuned setting of each of some optimizers. A disc marks the best
/// trial of the median study. Trials that diverged leave gaps.
pub fn tuning_curves(
    plan: &TuningPlan,
    trials: &[TrialResult],
    workload: usize,
    optimizers: &[usize],
    theme: &Theme,
) -> Scene {
    let picks = optimizers.iter().map(|i| &plan.optimizers()[*i]);
    let colors = theme_indices(picks, theme.paths.len());
    let curves = optimizers.iter().zip(&colors);
    let curves = curves.filter_map(|(optimizer, color)| {
        TuningCurve::new(plan, trials, workload, *optimizer, *color)
    });
    let curves: Vec<TuningCurve> = curves.collect();
    let contest = &plan.workloads()[workload].contest;
    let losses = || {
        let points = curves.iter().flat_map(|curve| &curve.points);
        points.map(|p| p[1]).chain(contest.budget.target)
    };
    let (x, y) = (Spacing::Log, Scaling::Auto.spacing(losses()));
    let values = curves.iter().flat_map(|curve| &curve.points).map(|p| p[0]);
    let mut marks: Vec<Box<dyn Mark>> = Vec::new();
    if let Some(value) = contest.budget.target {
        marks.push(Box::new(HorizontalLine {
            value,
            stroke: Stroke::new(theme.target, 1.2).dashed([5.0, 4.0]),
            label: Some(format!("Target: {}", ShortestFloat(value))),
        }));
    }
    for curve in &curves {
        marks.extend(curve.marks(theme));
    }
    let title = format!("{}: loss by tuned setting", plan.workloads()[workload].name);
    let labels: Vec<&str> = curves.iter().map(|curve| &*curve.label).collect();
    let figure = Figure {
        size: SIZE,
        description: format!("{title}. {}.", labels.join("; ")),
        title,
        x: AxisSpan::numbers(axis_label(&curves), range(values, x), x),
        y: AxisSpan::numbers("Final loss", range(losses(), y), y),
        equal_units: false,
        marks,
        color_bar: None,
        legend: true,
    };
    figure.scene(theme)
}

/// The trials of one optimizer.
struct TuningCurve {
    key: String,
    label: String,
    /// The value of the setting and the loss of each trial, by ascending value. The loss of a trial that diverged is not finite.
    points: Vec<[f64; 2]>,
    /// The best trial of the median study.
    best: Option<[f64; 2]>,
    color: usize,
}

impl TuningCurve {
    /// Returns the curve, or `None` if nothing is tuned.
    fn new(
        plan: &TuningPlan,
        trials: &[TrialResult],
        workload: usize,
        optimizer: usize,
        color: usize,
    ) -> Option<Self> {
        let key = plan
            .cell(workload, optimizer)
            .space
            .dimensions
            .first()?
            .key
            .clone();
        let own = (0..plan.runs()).zip(trials).filter_map(|(number, result)| {
            let trial = plan.trial(number);
            let is_own = trial.workload == workload && trial.optimizer == optimizer;
            let value = plan.values(&trial).first().filter(|_| is_own)?;
            Some((value.parse().ok()?, result))
        });
        let own: Vec<(f64, &TrialResult)> = own.collect();
        if own.is_empty() {
            return None;
        }
        let mut points: Vec<[f64; 2]> = own.iter().map(|(v, result)| [*v, result.loss]).collect();
        let result = plan
            .results(trials)
            .swap_remove(workload * plan.optimizers().len() + optimizer)?;
        let (best, label) = described(plan, workload, optimizer, &result);
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        Some(Self {
            key,
            label,
            points,
            best,
            color,
        })
    }

    fn marks(&self, theme: &Theme) -> Vec<Box<dyn Mark>> {
        let style = theme.path(self.color);
        let finite = |p: &&[f64; 2]| p[1].is_finite();
        let points: Vec<[f64; 2]> = self.points.iter().filter(finite).copied().collect();
        vec![
            Box::new(LinePlot {
                points: self.points.clone(),
                below: Vec::new(),
                style,
                width: 1.6,
                label: Some(self.label.clone()),
            }),
            Box::new(dots(points, Marker::Ring, style.color, 3.0)),
            Box::new(dots(
                self.best.into_iter().collect(),
                Marker::Disc,
                style.color,
                6.0,
            )),
        ]
    }
}

/// Returns the point of the best trial of the median study, and the label of the optimizer, which states the tuning.
fn described(
    plan: &TuningPlan,
    workload: usize,
    optimizer: usize,
    result: &OptimizerResult,
) -> (Option<[f64; 2]>, String) {
    let (study, trial) = result.trial();
    let trial = thalweg::tuning::Trial {
        workload,
        optimizer,
        study,
        trial,
    };
    let found = result.result();
    let value = plan
        .values(&trial)
        .first()
        .and_then(|value| value.parse().ok());
    let place = value
        .filter(|_| found.loss.is_finite())
        .map(|v| [v, found.loss]);
    let pick = plan.optimizers()[optimizer].text();
    let settings = plan
        .summary(&trial)
        .map_or_else(Vec::new, |summary| summary.settings);
    let outcome = match found.time {
        Some(time) => format!("{time} evaluations"),
        None if found.loss.is_finite() => format!("loss {}", text::number(found.loss, 3)),
        None => "diverged".to_owned(),
    };
    let label = format!(
        "{pick}: {outcome} at {} (tuned: {} trials)",
        settings.join(", "),
        result.trials
    );
    (place, label)
}

/// Returns the label of the axis: the names of the tuned settings.
fn axis_label(curves: &[TuningCurve]) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for curve in curves {
        if !keys.contains(&&*curve.key) {
            keys.push(&curve.key);
        }
    }
    keys.join(", ")
}
