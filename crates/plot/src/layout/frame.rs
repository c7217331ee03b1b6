//! The axes of a figure, and the frame in which marks are drawn.

use super::scale::{Scale, Spacing, Ticks};
use crate::prelude::*;

/// The frame in which marks are drawn.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// Horizontal scale.
    pub x: Scale,
    /// Vertical scale.
    pub y: Scale,
    /// Area between the axes.
    pub area: Rect,
    /// Colors and sizes.
    pub theme: &'a Theme,
}

impl<'a> Frame<'a> {
    /// Creates the frame of two axes around an area.
    pub fn new([x, y]: [&AxisSpan; 2], area: Rect, theme: &'a Theme) -> Self {
        Self {
            x: x.scale([area.left, area.right()]),
            y: y.scale([area.bottom(), area.top]),
            area,
            theme,
        }
    }

    /// Returns the frame moved to the right and down, in px.
    #[must_use]
    pub fn moved(self, [right, down]: Point) -> Self {
        let moved = |scale: Scale, by: f64| Scale {
            px: scale.px.map(|px| px + by),
            ..scale
        };
        Self {
            x: moved(self.x, right),
            y: moved(self.y, down),
            area: self.area.moved([right, down]),
            ..self
        }
    }

    /// Returns the position of a data point in px. Coordinates after the second are ignored.
    pub fn px_from_data(&self, p: &[f64]) -> Point {
        [self.x.px_from_data(p[0]), self.y.px_from_data(p[1])]
    }
}

/// The range and the labels of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisSpan {
    /// Label.
    pub label: String,
    /// Data at the two ends.
    pub range: [f64; 2],
    /// Linear or logarithmic spacing.
    pub spacing: Spacing,
    /// Names for 0, 1, and so on of a categorical axis; empty for an axis of numbers.
    pub names: Vec<String>,
    /// Whether only whole numbers have ticks.
    pub counts: bool,
    /// The possible ticks with their labels, the most important first; empty if the ticks are round numbers.
    pub given: Vec<(f64, String)>,
}

impl AxisSpan {
    /// Creates a linear axis of numbers.
    pub fn linear(label: impl Into<String>, range: [f64; 2]) -> Self {
        Self::numbers(label, range, Spacing::Linear)
    }

    /// Creates an axis of numbers.
    pub fn numbers(label: impl Into<String>, range: [f64; 2], spacing: Spacing) -> Self {
        Self {
            label: label.into(),
            range,
            spacing,
            names: Vec::new(),
            counts: false,
            given: Vec::new(),
        }
    }

    /// Creates an axis with ticks at these numbers, the most important first. Ticks near more important ones are omitted.
    pub fn with_ticks(
        label: impl Into<String>,
        range: [f64; 2],
        ticks: Vec<(f64, String)>,
    ) -> Self {
        Self {
            given: ticks,
            ..Self::linear(label, range)
        }
    }

    /// Creates an axis of whole numbers.
    pub fn counts(label: impl Into<String>, range: [f64; 2], spacing: Spacing) -> Self {
        Self {
            counts: true,
            ..Self::numbers(label, range, spacing)
        }
    }

    /// Creates a categorical axis. Each name is in the middle of a unit.
    pub fn names(label: impl Into<String>, names: Vec<String>) -> Self {
        let range = [-0.5, names.len() as f64 - 0.5];
        Self {
            names,
            ..Self::linear(label, range)
        }
    }

    /// Returns about `count` ticks with their labels.
    pub fn ticks(&self, count: usize) -> Vec<(f64, String)> {
        if !self.given.is_empty() {
            return self.given_ticks(count);
        }
        if self.names.is_empty() {
            let [low, high] = self.range;
            // Ticks at whole numbers are at least one unit apart.
            let most = if self.counts {
                (high - low) as usize
            } else {
                count
            };
            let count = count.min(most).max(1);
            let ticks = Ticks::on(self.range, self.spacing, count);
            let shown = |v: &&f64| !self.counts || v.fract() == 0.0;
            let label = |v: &f64| (*v, ticks.label(*v));
            return ticks.values.iter().filter(shown).map(label).collect();
        }
        let stride = self.names.len().div_ceil(2 * count);
        let names = self.names.iter().enumerate().step_by(stride);
        names.map(|(i, name)| (i as f64, name.clone())).collect()
    }

    /// Returns about `count` of the given ticks, ascending.
    fn given_ticks(&self, count: usize) -> Vec<(f64, String)> {
        let [low, high] = self.range;
        let unit = self.scale([0.0, 1.0]);
        let (length, place): (f64, &dyn Fn(f64) -> f64) = match self.spacing {
            Spacing::Linear => (high - low, &|v| v),
            Spacing::Log => (1.0, &|v| unit.px_from_data(v)),
        };
        let apart = length / (1.5 * count as f64);
        let mut shown: Vec<(f64, String)> = Vec::new();
        for tick in &self.given {
            if shown
                .iter()
                .all(|(v, _)| (place(*v) - place(tick.0)).abs() >= apart)
            {
                shown.push(tick.clone());
            }
        }
        shown.sort_by(|a, b| a.0.total_cmp(&b.0));
        shown
    }

    pub(crate) fn scale(&self, px: [f64; 2]) -> Scale {
        Scale {
            data: self.range,
            px,
            spacing: self.spacing,
        }
    }
}
