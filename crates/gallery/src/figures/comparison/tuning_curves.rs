//! The evaluations to the target and the final loss of every trial by the tuned setting.

use super::{
    trial_axis::{TrialAxis, keys},
    tuning_curve::{CurveAxis, TuningCurve},
};
use crate::{prelude::*, subject::colors::theme_indices};
use thalweg::tuning::{TrialResult, TuningPlan, Workload};
use thalweg_plot::{
    marks::HorizontalLine,
    stack::{StackedPlot, StackedPlots},
};

/// Width of the picture in px.
const WIDTH: f64 = 820.0;
/// Height of each plot in px.
const HEIGHT: f64 = 330.0;

/// Draws all trials of some optimizers on one workload by the first tuned setting of each; if nothing is tuned, by the study. The
/// upper plot shows the evaluations to the target, the lower one the loss at the end of each trial: a trial stops at the target or
/// at the budget. A disc marks the best trial of the median study. Trials without a value are marked above the axis.
pub fn tuning_curves(
    plan: &TuningPlan,
    trials: &[TrialResult],
    workload: usize,
    optimizers: &[usize],
    theme: &Theme,
) -> Scene {
    let axis = CurveAxis::new(plan, workload, optimizers);
    let curves = curves(plan, trials, workload, optimizers, &axis, theme);
    let results = curves
        .iter()
        .map(|curve| curve.results().copied().collect());
    let results: Vec<Vec<TrialResult>> = results.collect();
    let Workload {
        contest, is_custom, ..
    } = &plan.workloads()[workload];
    // A problem that is not in the catalog is not evaluated, because a stored comparison no longer has it. Its axis then contains
    // all finite losses.
    let initial = match is_custom {
        true => f64::INFINITY,
        false => contest.problem.objective.value(&contest.start),
    };
    // Every run misses a target that is not a number, as it does without a target.
    let target = contest.budget.target.unwrap_or(f64::NAN);
    let budget = plan.budget(workload);
    let evaluations = TrialAxis::evaluations(&results, budget as f64);
    let losses = TrialAxis::losses(&results, initial, target);
    let budget_stroke = Stroke::new(theme.foreground, 1.2).dashed([5.0, 4.0]);
    let target_stroke = Stroke::new(theme.target, 1.4).dashed([2.0, 3.0]);
    let mut keys = keys(
        &results.concat(),
        &losses,
        (budget, budget_stroke),
        (target, target_stroke),
        theme,
    );
    keys.extend(curves.iter().map(|curve| curve.key(theme)));
    let [title, evaluations_title, losses_title] = titles(plan, workload, optimizers, &axis);
    let labels: Vec<&str> = keys.iter().map(|key| &*key.label).collect();
    let levels = vec![
        level(
            &curves,
            &evaluations,
            (evaluations_title, budget as f64, budget_stroke),
            theme,
        ),
        level(
            &curves,
            &losses,
            (losses_title, losses.line(target), target_stroke),
            theme,
        ),
    ];
    let figure = StackedPlots {
        width: WIDTH,
        height: HEIGHT,
        description: format!("{title}. {}.", labels.join("; ")),
        title,
        x: axis.span(curves.iter().flat_map(TuningCurve::values)),
        levels,
        keys,
    };
    figure.scene(theme)
}

fn curves(
    plan: &TuningPlan,
    trials: &[TrialResult],
    workload: usize,
    optimizers: &[usize],
    axis: &CurveAxis,
    theme: &Theme,
) -> Vec<TuningCurve> {
    let picks = optimizers.iter().map(|i| &plan.optimizers()[*i]);
    let colors = theme_indices(picks, theme.paths.len());
    let results = plan.results(trials);
    let curves = optimizers.iter().zip(&colors).map(|(optimizer, color)| {
        let result = &results[workload * plan.optimizers().len() + optimizer];
        TuningCurve::new(
            plan,
            trials,
            [workload, *optimizer],
            result.as_ref(),
            axis,
            *color,
        )
    });
    curves.collect()
}

/// Draws the trials on one vertical axis, with a title and a line.
fn level(
    curves: &[TuningCurve],
    axis: &TrialAxis,
    (title, value, stroke): (String, f64, Stroke),
    theme: &Theme,
) -> StackedPlot<'static> {
    let mut marks: Vec<Box<dyn Mark>> = vec![Box::new(HorizontalLine {
        value,
        stroke,
        label: None,
    })];
    for (curve, row) in curves.iter().zip(&axis.rows) {
        marks.extend(curve.marks(axis, *row, theme));
    }
    StackedPlot {
        title,
        y: axis.span.clone(),
        marks,
    }
}

/// Returns the titles of the figure and of both plots.
fn titles(
    plan: &TuningPlan,
    workload: usize,
    optimizers: &[usize],
    axis: &CurveAxis,
) -> [String; 3] {
    let workload = &plan.workloads()[workload];
    let name = match workload.contest.randomness.words() {
        Some(words) => format!("{} ({words})", workload.name),
        None => workload.name.clone(),
    };
    let by = match axis {
        CurveAxis::Setting { .. } => "tuned setting",
        CurveAxis::Study => "study",
    };
    let (shown, all) = (optimizers.len(), plan.optimizers().len());
    let part = if shown < all {
        format!(" ({shown} of {all} optimizers)")
    } else {
        String::new()
    };
    [
        format!("{name}: evaluations to the target and loss by {by}{part}"),
        format!("{name}: evaluations to the target by {by}{part}"),
        "Loss at the end of each trial, at the target or at the budget".to_owned(),
    ]
}
