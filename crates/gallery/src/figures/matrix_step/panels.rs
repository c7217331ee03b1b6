//! Panels: a matrix as colored squares, and its values as bars.

use super::facts::{ShownMatrix, number};
use crate::prelude::*;
use thalweg_plot::{
    legend::{self, LegendHandle},
    prose::broken,
    scene::{Align, Rect},
    shapes::{group, label, open_lines},
};

/// Least width of a panel in px.
const LEAST: f64 = 220.0;
/// Most panels in a row.
const MOST: usize = 4;
/// Margin of a panel in px.
const MARGIN: f64 = 18.0;
/// Height of the tallest bar in px.
const BAR: f64 = 56.0;
/// Line height relative to the font size.
const LEADING: f64 = 1.4;

/// Draws a title above all panels.
pub(super) fn heading(title: &str, width: f64, theme: &Theme) -> Scene {
    let size = theme.text;
    let lines = broken(title, size, width - 2.0 * MARGIN);
    let mut baseline = 0.5 * size;
    let mut nodes = Vec::new();
    for line in lines {
        baseline += LEADING * size;
        let at = [width / 2.0, baseline];
        nodes.push(label(at, line, size, theme.foreground, Align::Middle));
    }
    let keys = [("Positive", 1), ("Negative", 0)].map(|(words, class)| LegendEntry {
        label: words.to_owned(),
        sign: LegendHandle::Square(theme.classes[class]),
    });
    let room = width - 2.0 * MARGIN;
    let (key, height) = legend::rows(&keys, [MARGIN, baseline + 0.5 * size], room, theme);
    nodes.push(group("legend", key));
    let height = baseline + 0.5 * size + height;
    Scene {
        title: title.to_owned(),
        nodes: vec![group("heading", nodes)],
        ..Scene::blank([width, height.round()], theme.background)
    }
}

/// Draws the panels in rows that are as wide as the picture.
pub(super) fn rows(matrices: &[ShownMatrix], width: f64, theme: &Theme) -> Vec<Vec<Scene>> {
    let per_row = ((width / LEAST) as usize).clamp(1, MOST);
    let per_row = matrices
        .len()
        .div_ceil(matrices.len().div_ceil(per_row).max(1));
    let panel = |matrix: &ShownMatrix| panel(matrix, (width / per_row as f64).floor(), theme);
    let rows = matrices.chunks(per_row.max(1));
    rows.map(|row| row.iter().map(panel).collect()).collect()
}

/// Draws a matrix and its values.
fn panel(matrix: &ShownMatrix, width: f64, theme: &Theme) -> Scene {
    let (text, small) = (theme.text, theme.small);
    let middle = width / 2.0;
    let mut top = LEADING * text;
    let words = |at: f64, words: String, size: f64| {
        label([middle, at], words, size, theme.foreground, Align::Middle)
    };
    let mut nodes = vec![words(top, matrix.title.clone(), text)];
    top += 0.6 * text;
    let room = width - 2.0 * MARGIN;
    let (squares, bottom) = squares(matrix, [middle, top], room, theme);
    nodes.push(group("elements", squares));
    let largest = matrix
        .numbers
        .iter()
        .fold(0.0_f64, |most, v| most.max(v.abs()));
    top = bottom + LEADING * small;
    nodes.push(words(
        top,
        format!("largest element: {}", number(largest)),
        small,
    ));
    top += 0.8 * small;
    nodes.push(group(
        "values",
        bars(&matrix.values, [MARGIN, top], room, theme),
    ));
    top += BAR + LEADING * small;
    nodes.push(words(top, range(matrix), small));
    Scene {
        nodes: vec![group("matrix", nodes)],
        ..Scene::blank([width, (top + text).round()], theme.background)
    }
}

/// Names the largest and the smallest value.
fn range(matrix: &ShownMatrix) -> String {
    match &matrix.values[..] {
        [first, .., last] => format!("{}: {} to {}", matrix.kind, number(*first), number(*last)),
        values => {
            let first = values.first().copied().unwrap_or(f64::NAN);
            format!("{}: {}", matrix.kind.trim_end_matches('s'), number(first))
        }
    }
}

/// Draws the elements as squares around the axis `middle`, and returns the position below them.
fn squares(
    matrix: &ShownMatrix,
    [middle, top]: [f64; 2],
    room: f64,
    theme: &Theme,
) -> (Vec<Node>, f64) {
    let [rows, columns] = matrix.shape;
    let side = (room / rows.max(columns) as f64).min(28.0);
    let left = middle - side * columns as f64 / 2.0;
    let largest = matrix
        .numbers
        .iter()
        .fold(0.0_f64, |most, v| most.max(v.abs()));
    let color = |v: f64| {
        if !v.is_finite() {
            return theme.nothing;
        }
        let share = if largest > 0.0 {
            v.abs() / largest
        } else {
            0.0
        };
        theme
            .background
            .mix(theme.classes[usize::from(v > 0.0)], share)
    };
    let mut nodes = Vec::new();
    for (i, row) in matrix.numbers.chunks_exact(columns).enumerate() {
        for (j, v) in row.iter().enumerate() {
            let at = [left + side * j as f64, top + side * i as f64];
            nodes.push(Rect::new(at, [side, side]).node(Some(color(*v)), None));
        }
    }
    let size = [side * columns as f64, side * rows as f64];
    let edge = Rect::new([left, top], size);
    nodes.push(edge.node(None, Some(Stroke::new(theme.muted, 1.0))));
    (nodes, top + size[1])
}

/// Draws the values as bars above a line, relative to the largest one. A negative value has no bar.
fn bars(values: &[f64], [left, top]: [f64; 2], room: f64, theme: &Theme) -> Vec<Node> {
    let largest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    let each = (room / values.len().max(1) as f64).min(28.0);
    let first = left + (room - each * values.len() as f64) / 2.0;
    let mut nodes = Vec::new();
    for (i, v) in values.iter().enumerate() {
        let share = if largest > 0.0 {
            v.max(0.0) / largest
        } else {
            0.0
        };
        let height = if share.is_finite() { BAR * share } else { 0.0 };
        let at = [first + each * (i as f64 + 0.15), top + BAR - height];
        let bar = Rect::new(at, [0.7 * each, height]);
        nodes.push(bar.node(Some(theme.path(0).color), None));
    }
    let ends = [[left, top + BAR], [left + room, top + BAR]];
    let line = Stroke::new(theme.foreground, 1.0);
    nodes.push(open_lines([ends.to_vec()], line));
    nodes
}
