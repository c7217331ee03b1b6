//! Predictions as curves over one feature.

use super::{DataPlot, RunState};
use crate::prelude::*;
use crate::{
    map::count,
    parts::{
        caption::add_caption,
        curves::SIZE,
        predictions::{Predictions, target_range},
        samples::{casing_among, plain_dots},
    },
};
use thalweg_plot::{marks::LinePlot, theme::PathStyle};

/// Number of samples of the curves.
const SAMPLES: usize = 601;

impl DataPlot<'_> {
    /// Draws the samples and the predictions of each run.
    pub(super) fn curves(&self) -> Scene {
        let (data, look) = (self.network.data(), self.look);
        let predictions = Predictions::new(self.network, &self.spans, SAMPLES);
        let curves = self.states.iter();
        let curves: Vec<_> = curves
            .map(|state| predictions.curve(state.weights()))
            .collect();
        let values = curves.iter().flatten().map(|point| point[1]);
        let heights = target_range(data, values.filter(|v| v.is_finite()));
        let samples = plain_dots(data, look.theme);
        let mut marks: Vec<Box<dyn Mark>> = vec![Box::new(samples)];
        for (i, (state, points)) in self.states.iter().zip(&curves).enumerate() {
            if let Some(casing) = casing_among(
                &[look.theme.classes[0]],
                state.style.stroke(2.2),
                look.theme,
            ) {
                marks.push(Box::new(LinePlot {
                    below: Vec::new(),
                    points: points.clone(),
                    style: PathStyle::solid(casing.color),
                    width: casing.width,
                    label: None,
                }));
            }
            marks.push(Box::new(LinePlot {
                below: curves[..i].to_vec(),
                points: points.clone(),
                style: state.style,
                width: 2.2,
                label: Some(state.label()),
            }));
        }
        let [low, high] = heights;
        let hidden = self.states.iter().zip(&curves).map(|(state, points)| {
            let mut values = points.iter().map(|point| point[1]);
            state.has_diverged() && !values.any(|v| (low..=high).contains(&v))
        });
        let notes = self.hidden_notes(hidden);
        let figure = Figure {
            size: look.size.unwrap_or(SIZE),
            title: look.title(|| self.subject.contest.problem.title.to_string()),
            description: format!(
                "{} with one feature.{}",
                count(data.samples() as u64, "sample"),
                self.predictions()
            ),
            x: AxisSpan::linear(&*data.feature_names[0], self.spans[0]),
            y: AxisSpan::linear(&*data.target_name, heights),
            equal_units: false,
            marks,
            color_bar: None,
            legend: self.legend,
        };
        add_caption(figure, &notes, look.theme)
    }

    /// Lists the predictions for a description.
    pub(super) fn predictions(&self) -> String {
        let labels: Vec<String> = self.states.iter().map(RunState::label).collect();
        if labels.is_empty() {
            String::new()
        } else {
            format!(" Predictions: {}.", labels.join("; "))
        }
    }
}
