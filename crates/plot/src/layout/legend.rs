//! Legends, placed where they cover the least.

use super::{frame::Frame, prose::broken_label};
use crate::prelude::*;
use crate::text::widest;

/// One entry of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// Label.
    pub label: String,
    /// Handle on the left of the label.
    pub sign: LegendHandle,
}

impl LegendEntry {
    /// Creates an entry.
    pub fn new(label: impl Into<String>, sign: LegendHandle) -> Self {
        let label = label.into();
        Self { label, sign }
    }
}

/// The sample symbol that represents a mark in a legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LegendHandle {
    /// A line, and its casing if it has one in the figure.
    Line(Stroke, Option<Stroke>),
    /// A disc.
    Dot(Color),
    /// A square.
    Square(Color),
    /// Two crossed strokes.
    Cross(Color),
    /// A diamond.
    Diamond(Color),
    /// A ring.
    Ring(Color),
}

const SIGN: f64 = 26.0;
const PAD: f64 = 9.0;
const ROW: f64 = 1.45;
/// Distance of the lines of one label relative to the font size.
const LEADING: f64 = 1.2;
/// Distance from a legend to the frame in px.
const EDGE: f64 = 10.0;

/// Returns the width and height in px of the card with these entries.
pub fn card_size(keys: &[LegendEntry], theme: &Theme) -> [f64; 2] {
    let words = widest(keys.iter().map(|key| &key.label), theme.small);
    size_of(keys.len().max(1), words, theme)
}

/// Returns the width and height in px of a card with this number of rows, at least one, and labels of this width.
fn size_of(rows: usize, words: f64, theme: &Theme) -> [f64; 2] {
    [
        2.0 * PAD + SIGN + 8.0 + words,
        2.0 * PAD + theme.small * (1.0 + ROW * (rows - 1) as f64),
    ]
}

/// Draws the legend in the corner or at the edge where it covers the fewest lines.
pub fn draw(keys: &[LegendEntry], lines: &[Vec<Point>], frame: &Frame) -> Vec<Node> {
    if keys.is_empty() {
        return Vec::new();
    }
    let size = card_size(keys, frame.theme);
    let place = place(size, lines, frame.area.grown(-EDGE));
    card(keys, place, frame.theme)
}

/// Returns whether a legend of this size covers lines at every place.
pub(super) fn covers(size: [f64; 2], lines: &[Vec<Point>], frame: &Frame) -> bool {
    covers_any(&place(size, lines, frame.area.grown(-EDGE)), lines)
}

/// Returns whether an area covers a part of lines.
pub fn covers_any(place: &Rect, lines: &[Vec<Point>]) -> bool {
    let mut pieces = lines.iter().flat_map(|line| line.windows(2));
    pieces.any(|pair| place.meets(pair[0], pair[1]))
}

/// Returns the position of a legend with this number of rows, at least one, and labels of this width in px.
pub fn place_for(rows: usize, words: f64, lines: &[Vec<Point>], frame: &Frame) -> Rect {
    let size = size_of(rows, words, frame.theme);
    place(size, lines, frame.area.grown(-EDGE))
}

/// Returns the largest number of rows of a legend within this fraction of the height of the frame; at least one.
pub fn max_rows(frame: &Frame, share: f64) -> usize {
    let small = frame.theme.small;
    let height = share * frame.area.height - 2.0 * PAD - small;
    1 + (height / (ROW * small)).max(0.0) as usize
}

/// Returns the largest width in px of labels in a legend that fits into the frame.
pub fn room_for_words(frame: &Frame) -> f64 {
    frame.area.width - 2.0 * EDGE - 2.0 * PAD - SIGN - 8.0
}

/// Returns the start of the baseline of the label in a row.
pub fn words_at(row: usize, place: Rect, theme: &Theme) -> Point {
    [
        place.left + PAD + SIGN + 8.0,
        place.top + PAD + theme.small * (0.86 + ROW * row as f64),
    ]
}

/// Draws the entries below each other on a card.
pub fn card(keys: &[LegendEntry], place: Rect, theme: &Theme) -> Vec<Node> {
    let mut nodes = vec![place.node(
        Some(theme.background.with_opacity(0.9)),
        Some(Stroke::new(theme.muted, 1.0)),
    )];
    for (i, key) in keys.iter().enumerate() {
        let at = words_at(i, place, theme);
        let (left, middle) = (place.left + PAD, at[1] - 0.36 * theme.small);
        sign(key.sign, [left, middle], &mut nodes);
        nodes.push(label(
            at,
            &key.label,
            theme.small,
            theme.foreground,
            Align::Start,
        ));
    }
    nodes
}

fn sign(sign: LegendHandle, [left, middle]: Point, nodes: &mut Vec<Node>) {
    let center = [left + SIGN / 2.0, middle];
    match sign {
        LegendHandle::Line(stroke, casing) => {
            let line = || [vec![[left, middle], [left + SIGN, middle]]];
            nodes.extend(casing.map(|casing| open_lines(line(), casing)));
            nodes.push(open_lines(line(), stroke));
        }
        LegendHandle::Dot(color) => nodes.push(circle(center, 5.0, Some(color), None)),
        LegendHandle::Cross(color) => {
            nodes.push(open_lines(cross(center, 5.0), Stroke::new(color, 2.5)));
        }
        LegendHandle::Diamond(color) => {
            nodes.push(polygon(diamond(center, 6.5), Some(color), None));
        }
        LegendHandle::Ring(color) => {
            nodes.push(circle(center, 5.0, None, Some(Stroke::new(color, 2.5))));
        }
        LegendHandle::Square(color) => {
            nodes.push(Rect::around(center, [10.0; 2]).node(Some(color), None));
        }
    }
}

/// Returns two crossed lines with half width `r`.
pub(crate) fn cross([x, y]: Point, r: f64) -> [Vec<Point>; 2] {
    [-r, r].map(|down| vec![[x - r, y + down], [x + r, y - down]])
}

/// Returns the corners of a diamond with half width `r`.
pub(crate) fn diamond([x, y]: Point, r: f64) -> Vec<Point> {
    vec![[x, y - r], [x + r, y], [x, y + r], [x - r, y]]
}

/// Draws the entries in rows, starting at a top left corner, `width` px wide. Returns the nodes and the height of the
/// rows.
pub fn rows(
    keys: &[LegendEntry],
    [left, top]: Point,
    width: f64,
    theme: &Theme,
) -> (Vec<Node>, f64) {
    const BETWEEN: f64 = 20.0;
    let (mut nodes, mut x, mut baseline) = (Vec::new(), left, top + 0.86 * theme.small);
    for key in keys {
        let lines = broken_label(&key.label, theme.small, width - SIGN - 8.0);
        let whole = SIGN + 8.0 + widest(&lines, theme.small);
        if x > left && x + whole > left + width {
            (x, baseline) = (left, baseline + ROW * theme.small);
        }
        sign(key.sign, [x, baseline - 0.36 * theme.small], &mut nodes);
        let count = lines.len();
        for (i, line) in lines.into_iter().enumerate() {
            baseline += if i > 0 { LEADING * theme.small } else { 0.0 };
            let at = [x + SIGN + 8.0, baseline];
            nodes.push(label(at, line, theme.small, theme.foreground, Align::Start));
        }
        // No entry follows one with several lines in the same row.
        x = if count > 1 {
            f64::INFINITY
        } else {
            x + whole + BETWEEN
        };
    }
    let height = if keys.is_empty() {
        0.0
    } else {
        baseline + 0.3 * theme.small - top
    };
    (nodes, height)
}

/// Returns a free position for this size, or the one that covers the least.
fn place([width, height]: [f64; 2], lines: &[Vec<Point>], room: Rect) -> Rect {
    let across = [
        room.right() - width,
        room.left,
        room.left + (room.width - width) / 2.0,
    ];
    let down = [
        room.top,
        room.bottom() - height,
        room.top + (room.height - height) / 2.0,
    ];
    let places = down.iter().flat_map(|top| across.map(|left| [left, *top]));
    let places = places.map(|corner| Rect::new(corner, [width, height]));
    least_overlapping(places, lines).unwrap_or(room)
}

/// Returns the first of the positions that cover the least of the lines.
pub(crate) fn least_overlapping(
    places: impl Iterator<Item = Rect>,
    lines: &[Vec<Point>],
) -> Option<Rect> {
    let hidden = |place: &Rect| -> f64 {
        let near = place.grown(6.0);
        let pieces = lines.iter().flat_map(|line| line.windows(2));
        let length = |piece: &[Point]| {
            let [a, b] = [piece[0], piece[1]];
            let [s, t] = near.part_of(a, b)?;
            // A short segment still counts as one point.
            Some(1.0 + (t - s) * distance(a, b))
        };
        pieces.filter_map(length).sum()
    };
    let mut best: Option<(f64, Rect)> = None;
    for place in places {
        let cost = hidden(&place);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Returns the distance of two points in px.
pub fn distance(a: Point, b: Point) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    (x * x + y * y).sqrt()
}
