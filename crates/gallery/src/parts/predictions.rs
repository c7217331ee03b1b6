//! Predictions of a network over its features: a curve over one feature, or colors over two.

use super::{samples::radius, scaling::range};
use crate::prelude::*;
use std::borrow::Cow;
use thalweg::{data::DataSet, network::Network, number::spread};
use thalweg_plot::{
    color_bar::{ColorBar, ColorBarLayout, share},
    levels::LevelSet,
    marks::{Dots, FilledContour, Marker},
    scale::Spacing,
};

/// Number of bands of colors.
const BANDS: usize = 20;
/// Predictions extend the range of the targets by at most this share of it on each side, because those of an untrained
/// network may be far away.
const BEYOND: f64 = 0.5;

/// The predictions of a network for samples along its features.
pub(crate) struct Predictions<'a> {
    network: &'a dyn Network,
    axes: Vec<Vec<f64>>,
}

impl<'a> Predictions<'a> {
    /// Prepares this number of samples along each feature within its span.
    pub(crate) fn new(network: &'a dyn Network, spans: &[[f64; 2]], samples: usize) -> Self {
        let axes = spans.iter().map(|span| spread(*span, samples));
        Self {
            network,
            axes: axes.collect(),
        }
    }

    /// Returns the points of the curve over one feature for the weights `w`.
    pub(crate) fn curve(&self, w: &[f64]) -> Vec<[f64; 2]> {
        let xs = self.axes[0].iter();
        xs.map(|x| [*x, prediction(self.network, &[*x], w)])
            .collect()
    }

    /// Returns the predictions over two features for the weights `w`.
    pub(crate) fn field(&self, w: &[f64]) -> Field {
        let [xs, ys] = [0, 1].map(|i| self.axes[i].clone());
        let at = |y: f64| xs.iter().map(move |x| [*x, y]);
        let points = ys.iter().flat_map(|y| at(*y));
        let values = points.map(|x| prediction(self.network, &x, w)).collect();
        Field { xs, ys, values }
    }
}

/// Returns the prediction for the features of one sample: a number, or the index of the most probable class.
fn prediction(network: &dyn Network, features: &[f64], w: &[f64]) -> f64 {
    let mut sums = vec![0.0; network.outputs()];
    network.sums(features, w, &mut sums);
    if let [sum] = &sums[..] {
        return network.prediction(*sum);
    }
    let largest = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    largest.map_or(f64::NAN, |(class, _)| class as f64)
}

/// Returns the range of an axis for the targets and for predictions that are not far from them.
pub(crate) fn target_range(data: &DataSet, predictions: impl Iterator<Item = f64>) -> [f64; 2] {
    range(
        data.targets.iter().copied().chain(near(data, predictions)),
        Spacing::Linear,
    )
}

/// Limits predictions to the surroundings of the targets.
fn near(data: &DataSet, predictions: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
    let [low, high] = extent_of(&data.targets);
    let room = BEYOND * (high - low);
    predictions.map(move |v| v.clamp(low - room, high + room))
}

fn extent_of(values: &[f64]) -> [f64; 2] {
    super::scaling::extent(values.iter().copied()).unwrap_or([0.0, 0.0])
}

/// Colors of numbers: the same for targets and predictions.
pub(crate) struct NumberColors {
    levels: LevelSet,
}

impl NumberColors {
    /// Returns the colors for the targets of a data set, and for predictions that are not far from them.
    pub(crate) fn new<'f>(data: &DataSet, fields: impl Iterator<Item = &'f Field>) -> Self {
        let predictions = fields.flat_map(|field| field.values.iter().copied());
        let predictions = near(data, predictions.filter(|v| v.is_finite()));
        let targets = data.targets.iter().copied();
        let all: Vec<f64> = targets.chain(predictions).collect();
        let [low, high] = match extent_of(&all) {
            [low, high] if low < high => [low, high],
            [only, _] => [only - 0.5, only + 0.5],
        };
        Self {
            levels: LevelSet {
                edges: spread([low, high], BANDS + 1),
                layout: ColorBarLayout::Scale(Spacing::Linear),
            },
        }
    }

    /// Returns the color bar with this label.
    pub(crate) fn color_bar(&self, label: &str) -> ColorBar {
        ColorBar {
            levels: self.levels.edges.clone(),
            label: label.to_owned(),
            layout: self.levels.layout,
        }
    }

    /// Returns predictions with those outside of the color bar moved to its ends.
    pub(crate) fn limited(&self, field: Field) -> Field {
        let edges = &self.levels.edges;
        let [low, high] = [edges[0], edges[edges.len() - 1]];
        let values = field.values.into_iter().map(|v| v.clamp(low, high));
        Field {
            values: values.collect(),
            ..field
        }
    }

    /// Returns the mark of [limited](Self::limited) predictions.
    pub(crate) fn map<'f>(&self, field: &'f Field) -> FilledContour<'f> {
        FilledContour {
            field: Cow::Borrowed(field),
            levels: self.levels.clone(),
        }
    }

    /// Returns the samples, each with the color of its target.
    pub(crate) fn dots(&self, data: &DataSet, theme: &Theme) -> Vec<Dots> {
        let edges = &self.levels.edges;
        let band = |y: f64| (edges.partition_point(|edge| *edge <= y).max(1) - 1).min(BANDS - 1);
        let dots = (0..BANDS).map(|i| Dots {
            points: data
                .rows()
                .filter(|(_, y)| band(*y) == i)
                .map(|(x, _)| [x[0], x[1]])
                .collect(),
            glyph: Marker::Disc,
            color: theme.ramp_at(share(i, BANDS)),
            radius: radius(data),
            label: None,
        });
        dots.filter(|dots| !dots.points.is_empty()).collect()
    }
}
