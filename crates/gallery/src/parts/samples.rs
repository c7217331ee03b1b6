//! The samples of a data set of two features.

use crate::prelude::*;
use thalweg::data::DataSet;
use thalweg_plot::marks::{Dots, Marker};

/// The samples of each class, told apart by colour and by shape.
pub(crate) fn dots(data: &DataSet, classes: &[f64], theme: &Theme) -> Vec<Dots> {
    const GLYPHS: [Marker; 3] = [Marker::Square, Marker::Disc, Marker::Cross];
    // The more, the smaller.
    let radius = (60.0 / (data.samples().max(1) as f64).sqrt()).clamp(3.0, 8.0);
    let class = |(i, class): (usize, &f64)| {
        let rows = data.rows().filter(|(_, y)| y == class);
        Dots {
            points: rows.map(|(x, _)| [x[0], x[1]]).collect(),
            glyph: GLYPHS[i % GLYPHS.len()],
            color: color(i, classes.len(), theme),
            radius,
            label: Some(format!("Class {}", ShortestFloat(*class))),
        }
    };
    classes.iter().enumerate().map(class).collect()
}

/// The colour of a class, one of so many.
pub(crate) fn color(class: usize, classes: usize, theme: &Theme) -> Color {
    match theme.classes.get(class) {
        Some(color) if classes <= theme.classes.len() => *color,
        _ => theme.area(class),
    }
}

/// The ends of a feature's axis.
pub(crate) fn span(data: &DataSet, feature: usize) -> [f64; 2] {
    const ROOM: f64 = 0.08;
    let values = data.rows().map(|(x, _)| x[feature]);
    let [low, high] = values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| {
        [low.min(v), high.max(v)]
    });
    let width = high - low;
    let room = if width > 1e-9 * low.abs().max(high.abs()) {
        ROOM * width
    } else {
        0.5 * low.abs().max(1.0)
    };
    [low - room, high + room]
}
