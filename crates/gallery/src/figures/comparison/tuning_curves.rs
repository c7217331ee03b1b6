//! The evaluations to the target of every trial by the tuned setting.

use super::tuning_curve::{CurveAxis, TuningCurve};
use crate::{parts::scaling::range, prelude::*, subject::colors::theme_indices};
use thalweg::tuning::{TrialResult, TuningPlan};
use thalweg_plot::{marks::HorizontalLine, scale::Spacing};

/// Width and height in px.
const SIZE: [f64; 2] = [820.0, 560.0];

/// Draws the evaluations to the target of all trials on one workload by the first tuned setting of each of some optimizers; if
/// nothing is tuned, by the study. A disc marks the best trial of the median study. Trials that miss the target or diverge are
/// marked above the budget, whatever their losses are.
pub fn tuning_curves(
    plan: &TuningPlan,
    trials: &[TrialResult],
    workload: usize,
    optimizers: &[usize],
    theme: &Theme,
) -> Scene {
    let picks = optimizers.iter().map(|i| &plan.optimizers()[*i]);
    let colors = theme_indices(picks, theme.paths.len());
    let axis = CurveAxis::new(plan, workload, optimizers);
    let results = plan.results(trials);
    let curves = optimizers.iter().zip(&colors).map(|(optimizer, color)| {
        let result = &results[workload * plan.optimizers().len() + optimizer];
        TuningCurve::new(
            plan,
            trials,
            [workload, *optimizer],
            result.as_ref(),
            &axis,
            *color,
        )
    });
    let mut curves: Vec<TuningCurve> = curves.collect();
    let budget = plan.budget(workload) as f64;
    place_misses(&mut curves, budget);
    let heights = curves.iter().flat_map(TuningCurve::heights);
    // Without a trial below the budget, the axis would have no room for the legend.
    let heights = heights.chain([budget, budget / 10.0]);
    let mut marks: Vec<Box<dyn Mark>> = vec![Box::new(HorizontalLine {
        value: budget,
        stroke: Stroke::new(theme.target, 1.2).dashed([5.0, 4.0]),
        label: Some(budget_label(&curves, plan.budget(workload))),
    })];
    for curve in &curves {
        marks.extend(curve.marks(theme));
    }
    let title = title(plan, workload, optimizers, &axis);
    let labels: Vec<&str> = curves.iter().map(|curve| &*curve.label).collect();
    let values = curves.iter().flat_map(TuningCurve::values);
    let figure = Figure {
        size: SIZE,
        description: format!("{title}. {}.", labels.join("; ")),
        title,
        x: axis.span(values),
        y: evaluations(heights, budget),
        equal_units: false,
        marks,
        color_bar: None,
        legend: true,
    };
    figure.scene(theme)
}

/// Gives the misses of each optimizer their own row above the budget, so that they do not cover each other.
fn place_misses(curves: &mut [TuningCurve], budget: f64) {
    /// The lowest row, relative to the budget.
    const FIRST: f64 = 1.4;
    /// The ratio of neighboring rows.
    const RATIO: f64 = 1.25;
    let mut row = FIRST * budget;
    for curve in curves {
        curve.miss = row;
        if curve.misses().next().is_some() {
            row *= RATIO;
        }
    }
}

/// Returns the vertical axis, with ticks only up to the budget: the rows above it are not numbers of evaluations.
fn evaluations(heights: impl Iterator<Item = f64>, budget: f64) -> AxisSpan {
    /// About the number of ticks of an axis.
    const TICKS: usize = 6;
    let axis = AxisSpan::numbers(
        "Evaluations to the target",
        range(heights, Spacing::Log),
        Spacing::Log,
    );
    let ticks = axis.ticks(TICKS).into_iter();
    AxisSpan {
        given: ticks.filter(|(value, _)| *value <= budget).collect(),
        ..axis
    }
}

fn title(plan: &TuningPlan, workload: usize, optimizers: &[usize], axis: &CurveAxis) -> String {
    let name = &plan.workloads()[workload].name;
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
    format!("{name}: evaluations to the target by {by}{part}")
}

/// Returns the label of the line at the budget, which explains the marks above it.
fn budget_label(curves: &[TuningCurve], budget: u64) -> String {
    let has = |is_diverged: bool| {
        let mut misses = curves.iter().flat_map(TuningCurve::misses);
        misses.any(|loss| loss.is_finite() != is_diverged)
    };
    let above = match [has(false), has(true)] {
        [false, false] => "",
        [true, false] => "; above it: target missed",
        [false, true] => "; above it: diverged",
        [true, true] => "; above it: target missed, or diverged (crosses)",
    };
    format!("Budget: {budget} evaluations{above}")
}
