//! The performance profile: how many problems an optimizer solves in at most tau times the best time.

use crate::prelude::*;
use thalweg::tuning::{MAX_RATIO, profile_points};
use thalweg_plot::{marks::LinePlot, text, theme::PathStyle};

/// Width and height in px.
const SIZE: [f64; 2] = [820.0, 560.0];

/// The profile of one optimizer.
pub struct ProfileCurve {
    /// Name of the optimizer.
    pub name: String,
    /// Ratio of its time to the best one, one per problem; infinite for a miss.
    pub ratios: Vec<f64>,
    /// Mean of the profile.
    pub score: f64,
    /// Color and dashes.
    pub style: PathStyle,
}

/// Draws the profiles of some optimizers.
pub fn performance_profile(curves: &[ProfileCurve], title: &str, theme: &Theme) -> Scene {
    let mut marks: Vec<Box<dyn Mark>> = Vec::new();
    let mut below: Vec<Vec<[f64; 2]>> = Vec::new();
    for curve in curves {
        let points = profile_points(&curve.ratios);
        marks.push(Box::new(LinePlot {
            points: points.clone(),
            below: below.clone(),
            style: curve.style,
            width: 2.0,
            label: Some(format!(
                "{} (score {})",
                curve.name,
                text::number(curve.score, 3)
            )),
        }));
        below.push(points);
    }
    let scores: Vec<String> = curves
        .iter()
        .map(|curve| format!("{} {}", curve.name, text::number(curve.score, 3)))
        .collect();
    let figure = Figure {
        size: SIZE,
        title: title.to_owned(),
        description: format!("{title}. Scores: {}.", scores.join(", ")),
        x: AxisSpan::linear(
            "Evaluations, as a multiple of the best optimizer's",
            [1.0, MAX_RATIO],
        ),
        y: AxisSpan::linear("Share of problems solved", [0.0, 1.02]),
        equal_units: false,
        marks,
        color_bar: None,
        legend: true,
    };
    figure.scene(theme)
}
