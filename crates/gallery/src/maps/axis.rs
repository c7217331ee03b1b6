//! Axes for the values of a setting.

use thalweg::over::{SettingValues, Spacing};
use thalweg_plot::figure::AxisSpan;

/// The positions of values on an axis, and the outer edges of their cells.
pub(super) struct Axis {
    pub(super) span: AxisSpan,
    pub(super) places: Vec<f64>,
    /// Whether the values are numbers on a scale, so that lines between them have a meaning.
    pub(super) is_scale: bool,
}

impl Axis {
    /// Creates an axis of cells with equal widths. Values that are not evenly spaced are names.
    pub(super) fn of_cells(over: &SettingValues) -> Self {
        match &over.span {
            Some((numbers, spacing)) if numbers.len() > 1 => {
                Self::scale(&over.key, numbers.clone(), *spacing)
            }
            _ => Self {
                span: AxisSpan::names(&*over.key, over.values.clone()),
                places: (0..over.values.len()).map(|i| i as f64).collect(),
                is_scale: false,
            },
        }
    }

    /// Creates the axis of a curve, which needs no cells: all ascending numbers are placed on a scale.
    pub(super) fn of_curve(over: &SettingValues) -> Self {
        /// Numbers with at least this ratio are placed on a logarithmic scale.
        const WIDE: f64 = 20.0;
        let numbers = over.values.iter().map(|text| text.parse::<f64>().ok());
        let numbers: Option<Vec<f64>> = numbers.collect();
        let ascends = |v: &Vec<f64>| {
            let finite = v.iter().all(|v| v.is_finite());
            v.len() > 1 && finite && v.is_sorted_by(|a, b| a < b)
        };
        match numbers.filter(|v| over.span.is_none() && ascends(v)) {
            None => Self::of_cells(over),
            Some(v) if v[0] > 0.0 && v[v.len() - 1] / v[0] >= WIDE => {
                Self::scale(&over.key, v, Spacing::Log)
            }
            Some(v) => Self::scale(&over.key, v, Spacing::Linear),
        }
    }

    /// Creates a scale for at least two numbers, with half a cell at both ends.
    fn scale(key: &str, places: Vec<f64>, spacing: Spacing) -> Self {
        let last = places.len() - 1;
        let [first, end] = [[0, 1], [last - 1, last]].map(|pair| pair.map(|i| places[i]));
        let range = match spacing {
            Spacing::Linear => {
                let half = |[a, b]: [f64; 2]| (b - a) / 2.0;
                [first[0] - half(first), end[1] + half(end)]
            }
            Spacing::Log => {
                let half = |[a, b]: [f64; 2]| (b / a).sqrt();
                [first[0] / half(first), end[1] * half(end)]
            }
        };
        Self {
            span: AxisSpan::numbers(key, range, spacing),
            places,
            is_scale: true,
        }
    }

    /// Returns the edge between a value and the previous one, or the outer edge for the first and after the last value.
    pub(super) fn edge(&self, i: usize) -> f64 {
        let [low, high] = self.span.range;
        match i {
            0 => low,
            i if i == self.places.len() => high,
            i => match self.span.spacing {
                Spacing::Linear => f64::midpoint(self.places[i - 1], self.places[i]),
                Spacing::Log => (self.places[i - 1] * self.places[i]).sqrt(),
            },
        }
    }
}
