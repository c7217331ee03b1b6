//! The axes of a figure, and the frame that marks are drawn into.

use super::scale::{Scale, Spacing, Ticks};
use crate::prelude::*;

/// What a mark is drawn into.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// First coordinate.
    pub x: Scale,
    /// Second coordinate.
    pub y: Scale,
    /// The part of the picture between the axes.
    pub area: Rect,
    /// Colours and sizes.
    pub theme: &'a Theme,
}

impl<'a> Frame<'a> {
    /// The frame of two axes around an area.
    pub fn new([x, y]: [&AxisSpan; 2], area: Rect, theme: &'a Theme) -> Self {
        Self {
            x: x.scale([area.left, area.right()]),
            y: y.scale([area.bottom(), area.top]),
            area,
            theme,
        }
    }

    /// Px of a point; data as (first, second), further coordinates are ignored.
    pub fn px_from_data(&self, p: &[f64]) -> Point {
        [self.x.px_from_data(p[0]), self.y.px_from_data(p[1])]
    }
}

/// What one axis shows.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisSpan {
    /// Its name.
    pub label: String,
    /// Data at its two ends.
    pub range: [f64; 2],
    /// Whether equal distances or equal ratios are equally long.
    pub spacing: Spacing,
    /// Names in place of numbers, that of 0 first; none for an axis of numbers.
    pub names: Vec<String>,
    /// Whether it counts, so that only whole numbers are marked.
    pub counts: bool,
}

impl AxisSpan {
    /// An axis of numbers with equal distances.
    pub fn linear(label: impl Into<String>, range: [f64; 2]) -> Self {
        Self::numbers(label, range, Spacing::Linear)
    }

    /// An axis of numbers.
    pub fn numbers(label: impl Into<String>, range: [f64; 2], spacing: Spacing) -> Self {
        Self {
            label: label.into(),
            range,
            spacing,
            names: Vec::new(),
            counts: false,
        }
    }

    /// An axis of whole numbers.
    pub fn counts(label: impl Into<String>, range: [f64; 2], spacing: Spacing) -> Self {
        Self {
            counts: true,
            ..Self::numbers(label, range, spacing)
        }
    }

    /// An axis of names, each in the middle of a unit.
    pub fn names(label: impl Into<String>, names: Vec<String>) -> Self {
        let range = [-0.5, names.len() as f64 - 0.5];
        Self {
            names,
            ..Self::linear(label, range)
        }
    }

    /// About `count` places that are marked, with what is written there.
    pub(crate) fn ticks(&self, count: usize) -> Vec<(f64, String)> {
        if self.names.is_empty() {
            let [low, high] = self.range;
            // No step of a count is less than one.
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

    pub(crate) fn scale(&self, px: [f64; 2]) -> Scale {
        Scale {
            data: self.range,
            px,
            spacing: self.spacing,
        }
    }
}
