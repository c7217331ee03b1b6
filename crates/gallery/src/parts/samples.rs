//! The samples of a data set with one or two features.

use crate::prelude::*;
use thalweg::data::DataSet;
use thalweg_plot::{
    marks::{Dots, Marker},
    vision::ColorVision,
};

/// Returns the samples of each class, distinguished by color and shape.
pub(crate) fn dots(data: &DataSet, classes: &[f64], theme: &Theme) -> Vec<Dots> {
    const GLYPHS: [Marker; 3] = [Marker::Square, Marker::Disc, Marker::Cross];
    let class = |(i, class): (usize, &f64)| {
        let rows = data.rows().filter(|(_, y)| y == class);
        Dots {
            points: rows.map(|(x, _)| [x[0], x[1]]).collect(),
            glyph: GLYPHS[i % GLYPHS.len()],
            color: color(i, classes.len(), theme),
            radius: radius(data),
            label: Some(if data.class_names.is_empty() {
                format!("Class {}", ShortestFloat(*class))
            } else {
                data.target_label(*class)
            }),
        }
    };
    classes.iter().enumerate().map(class).collect()
}

/// Returns the samples of one feature with their targets as heights.
pub(crate) fn plain_dots(data: &DataSet, theme: &Theme) -> Dots {
    Dots {
        points: data.rows().map(|(x, y)| [x[0], y]).collect(),
        glyph: Marker::Disc,
        color: theme.classes[0],
        radius: radius(data),
        label: Some("Data".to_owned()),
    }
}

/// Returns the casing of a line that has nearly the color of samples, so that it can be distinguished from them.
pub(crate) fn casing_among(samples: &[Color], line: Stroke, theme: &Theme) -> Option<Stroke> {
    /// Colors with a smaller difference look the same.
    const ALIKE: f64 = 3.0;
    const READABLE: f64 = 2.5;
    let is_alike = |color: &Color| ColorVision::Normal.difference(*color, line.color) < ALIKE;
    let color = if theme.foreground.contrast(line.color) >= READABLE {
        theme.foreground
    } else {
        theme.background
    };
    let casing = Stroke::new(color, line.width + 2.4);
    samples.iter().any(is_alike).then_some(casing)
}

/// Returns the radius of a sample in px. More samples are drawn smaller.
pub(super) fn radius(data: &DataSet) -> f64 {
    (60.0 / (data.samples().max(1) as f64).sqrt()).clamp(3.0, 8.0)
}

/// Returns the color of a class.
pub(crate) fn color(class: usize, classes: usize, theme: &Theme) -> Color {
    match theme.classes.get(class) {
        Some(color) if classes <= theme.classes.len() => *color,
        _ => theme.area(class),
    }
}

/// Returns the range of a feature's axis.
pub(crate) fn span(data: &DataSet, feature: usize) -> [f64; 2] {
    const MARGIN_SHARE: f64 = 0.08;
    let values = data.rows().map(|(x, _)| x[feature]);
    let [low, high] = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| {
        [low.min(v), high.max(v)]
    });
    let width = high - low;
    // The samples of a picture must be distinct numbers.
    let least = (1e-9 * low.abs().max(high.abs())).max(f64::MIN_POSITIVE);
    let margin = if width > least {
        MARGIN_SHARE * width
    } else {
        0.5 * low.abs().max(1.0)
    };
    [low - margin, high + margin]
}
