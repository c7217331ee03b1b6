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

/// Returns the position of a legend of this size where it covers the least of the lines.
pub fn place_for(size: [f64; 2], lines: &[Vec<Point>], frame: &Frame) -> Rect {
    place(size, lines, frame.area.grown(-EDGE))
}

/// Returns the largest width in px of labels in a legend that is `width` px wide.
pub fn room_in(width: f64) -> f64 {
    width - 2.0 * PAD - SIGN - 8.0
}

/// Returns the largest width in px of labels in a legend that fits into the frame.
pub fn room_for_words(frame: &Frame) -> f64 {
    room_in(frame.area.width - 2.0 * EDGE)
}

/// Returns the start of the baseline of the label in a row.
fn words_at(row: usize, place: Rect, theme: &Theme) -> Point {
    [
        place.left + PAD + SIGN + 8.0,
        place.top + PAD + theme.small * (0.86 + ROW * row as f64),
    ]
}

/// Draws the entries below each other on a card.
pub fn card(keys: &[LegendEntry], place: Rect, theme: &Theme) -> Vec<Node> {
    let mut nodes = vec![ground(place, theme)];
    for (i, key) in keys.iter().enumerate() {
        entry(key, words_at(i, place, theme), theme, &mut nodes);
    }
    nodes
}

/// Returns the background of a card.
fn ground(place: Rect, theme: &Theme) -> Node {
    place.node(
        Some(theme.background.with_opacity(0.9)),
        Some(Stroke::new(theme.muted, 1.0)),
    )
}

/// Draws an entry whose label begins at a point.
fn entry(key: &LegendEntry, at: Point, theme: &Theme, nodes: &mut Vec<Node>) {
    let middle = at[1] - 0.36 * theme.small;
    sign(key.sign, [at[0] - SIGN - 8.0, middle], nodes);
    let words = &*key.label;
    nodes.push(label(
        at,
        words,
        theme.small,
        theme.foreground,
        Align::Start,
    ));
}

/// A card whose entries may have several rows and are arranged in columns.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendGrid {
    /// Position and size of the card in px.
    pub rect: Rect,
    /// Column and first row of each entry.
    cells: Vec<[usize; 2]>,
    /// Distance between columns in px.
    pitch: f64,
}

impl LegendGrid {
    /// Arranges entries with these numbers of rows and labels of this width, in as few rows as possible, in at most as
    /// many columns as fit into `room` px. The card is at the origin.
    pub fn new(rows: &[usize], words: f64, room: f64, theme: &Theme) -> Self {
        const BETWEEN: f64 = 20.0;
        let pitch = SIGN + 8.0 + words + BETWEEN;
        let most = ((room - 2.0 * PAD + BETWEEN) / pitch).max(1.0) as usize;
        let highest = rows.iter().sum::<usize>().max(1);
        let arranged = (1..=highest).map(|height| (height, columns(rows, height)));
        let fitting = arranged.filter(|(height, cells)| {
            let fits = cells
                .iter()
                .zip(rows)
                .all(|([_, row], n)| row + n <= *height);
            fits && cells.last().is_none_or(|[column, _]| *column < most)
        });
        let (height, cells) = fitting
            .min_by_key(|(height, _)| *height)
            .unwrap_or_default();
        let count = cells.last().map_or(1, |[column, _]| column + 1);
        let [_, down] = size_of(height.max(1), words, theme);
        let across = 2.0 * PAD + count as f64 * pitch - BETWEEN;
        Self {
            rect: Rect::new([0.0; 2], [across, down]),
            cells,
            pitch,
        }
    }

    /// Returns the start of the baseline of a row of an entry, counted from 0.
    pub fn words_at(&self, entry: usize, row: usize, theme: &Theme) -> Point {
        let [column, first] = self.cells[entry];
        let [x, y] = words_at(first + row, self.rect, theme);
        [x + column as f64 * self.pitch, y]
    }

    /// Draws the entries.
    pub fn draw(&self, keys: &[LegendEntry], theme: &Theme) -> Vec<Node> {
        let mut nodes = vec![ground(self.rect, theme)];
        for (i, key) in keys.iter().enumerate() {
            entry(key, self.words_at(i, 0, theme), theme, &mut nodes);
        }
        nodes
    }
}

/// Returns the column and the first row of entries with these numbers of rows in columns of this height.
fn columns(rows: &[usize], height: usize) -> Vec<[usize; 2]> {
    let (mut column, mut row) = (0, 0);
    let cells = rows.iter().map(|n| {
        if row > 0 && row + n > height {
            (column, row) = (column + 1, 0);
        }
        let cell = [column, row];
        row += n;
        cell
    });
    cells.collect()
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

/// Returns the bounding box of the capital letters of a text, which is horizontal or reads upward.
pub fn letters(text: &TextNode) -> Rect {
    let width = crate::text::width(&text.text, text.size);
    let before = match text.align {
        Align::Start => 0.0,
        Align::Middle => width / 2.0,
        Align::End => width,
    };
    let (height, [x, y]) = (crate::text::cap_height(text.size), text.at);
    if text.turn == 0.0 {
        Rect::new([x - before, y - height], [width, height])
    } else {
        Rect::new([x - height, y - width + before], [height, width])
    }
}

/// Returns the distance of two points in px.
pub fn distance(a: Point, b: Point) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_several_rows_stay_in_one_column() {
        let theme = &Theme::LIGHT;
        let cells = |room: f64| LegendGrid::new(&[1, 1, 2, 2, 2], 100.0, room, theme).cells;
        assert_eq!(cells(200.0), [[0, 0], [0, 1], [0, 2], [0, 4], [0, 6]]);
        assert_eq!(cells(330.0), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 2]]);
        let narrow = LegendGrid::new(&[1, 1], 100.0, 10.0, theme);
        let card = card_size(
            &[LegendEntry::new("", LegendHandle::Dot(theme.foreground))],
            theme,
        );
        assert_eq!(narrow.rect.width, card[0] + 100.0);
    }
}
