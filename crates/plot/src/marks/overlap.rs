//! Parts of lines that coincide with lines below them. They alternate with those in dashes, so that every line remains
//! visible.

use crate::layout::distance;
use crate::prelude::*;
use std::{collections::BTreeMap, num::NonZeroU32};

/// Length of the alternating dashes in px.
const DASH: f64 = 10.0;
/// Distance in px of the points at which lines are compared. Lines that are closer than about twice this distance
/// coincide.
const STRIDE: f64 = 1.0;
/// Shorter visible parts of a line are omitted, in px.
const SPECK: f64 = 2.5;
/// Cosine of the largest angle between lines that coincide. Lines with a larger angle cross.
const ALIGNED: f64 = 0.97;

/// A line below, at one point.
#[derive(Clone, Copy)]
struct Passage {
    /// Index of the line.
    line: usize,
    /// Its direction there, a unit vector.
    along: Point,
}

/// The lines below a line.
#[derive(Default)]
pub struct Overlap {
    /// The lines that pass through each square of one px or its neighbors.
    cells: Cells,
    /// Number of lines.
    count: usize,
}

impl Overlap {
    /// Adds a line in px, which may consist of several pieces.
    pub fn add(&mut self, pieces: &[Vec<Point>]) {
        let line = self.count;
        self.count += 1;
        for piece in pieces {
            for_each_point(piece, |at, along| {
                let [x, y] = cell(at);
                for cell in (-1..=1)
                    .flat_map(|i| (-1..=1).map(move |j| [x.saturating_add(i), y.saturating_add(j)]))
                {
                    let is_known = |p: &Passage| p.line == line && are_aligned(p.along, along);
                    if !self.cells.passages(cell).any(is_known) {
                        self.cells.push(cell, Passage { line, along });
                    }
                }
            });
        }
    }

    /// Returns the parts of a line that are drawn above the lines below. A line without a common part is unchanged.
    pub fn visible(&self, line: &[Point]) -> Vec<Vec<Point>> {
        if self.count == 0 || line.len() < 2 {
            return vec![line.to_vec()];
        }
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        let mut is_open = false;
        for pair in line.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let at = |t: f64| match t {
                0.0 => a,
                1.0 => b,
                _ => [0, 1].map(|k| a[k] + t * (b[k] - a[k])),
            };
            let parts = self.visible_parts(a, b);
            for [s, t] in &parts {
                match pieces.last_mut() {
                    Some(piece) if is_open && *s == 0.0 => piece.push(at(*t)),
                    _ => pieces.push(vec![at(*s), at(*t)]),
                }
            }
            is_open = parts.last().is_some_and(|part| part[1] == 1.0);
        }
        if length_of(line) > DASH / 2.0 {
            // Where lines join or part, specks would remain.
            pieces.retain(|piece| length_of(piece) >= SPECK);
        }
        pieces
    }

    /// Returns whether an arrow head with this direction is drawn above the lines below.
    pub fn shows_head(&self, [tip, a, b]: &[Point; 3]) -> bool {
        let base = [0, 1].map(|k| f64::midpoint(a[k], b[k]));
        let length = distance(base, *tip);
        let along = [0, 1].map(|k| (tip[k] - base[k]) / length);
        let middle = [0, 1].map(|k| f64::midpoint(base[k], tip[k]));
        self.shows(middle, Some(along))
    }

    /// Returns the visible parts of a segment as fractions of its length.
    fn visible_parts(&self, a: Point, b: Point) -> Vec<[f64; 2]> {
        let length = distance(a, b);
        if !length.is_finite() {
            return vec![[0.0, 1.0]];
        }
        let count = (length / STRIDE).ceil().clamp(1.0, 1e5);
        // A shorter segment has no reliable direction.
        let along = (length >= STRIDE).then(|| [0, 1].map(|k| (b[k] - a[k]) / length));
        let mut parts: Vec<[f64; 2]> = Vec::new();
        for i in 0..count as usize {
            let [from, to] = [i as f64 / count, (i + 1) as f64 / count];
            let t = f64::midpoint(from, to);
            if !self.shows([0, 1].map(|k| a[k] + t * (b[k] - a[k])), along) {
                continue;
            }
            match parts.last_mut() {
                Some(part) if part[1] == from => part[1] = to,
                _ => parts.push([from, to]),
            }
        }
        parts
    }

    /// Returns whether the line shows at a point: no line below has this direction there, or it is its turn.
    fn shows(&self, at: Point, along: Option<Point>) -> bool {
        let is_same = |p: &&Passage| along.is_none_or(|along| are_aligned(p.along, along));
        let (mut last, mut below): (Option<&Passage>, usize) = (None, 0);
        // The passages of a line follow each other, because lines are added one by one.
        for passage in self.cells.passages(cell(at)).filter(is_same) {
            below += usize::from(last.is_none_or(|last| last.line != passage.line));
            last = Some(passage);
        }
        let Some(passage) = last else {
            return true;
        };
        // All lines that coincide here have the same position along the steeper axis.
        let [x, y] = passage.along.map(f64::abs);
        let position = if 1.3 * x >= y { at[0] } else { at[1] };
        let turns = below as f64 + 1.0;
        (position / DASH).floor().rem_euclid(turns) == turns - 1.0
    }
}

/// A list of passages for each cell. Cells of a picture are found by their position; a map finds those far outside.
#[derive(Default)]
struct Cells {
    /// The lists by row and column.
    rows: Vec<Vec<List>>,
    far: BTreeMap<[i32; 2], List>,
    /// All passages, each with the index of the next one in its list.
    passages: Vec<(Passage, Option<NonZeroU32>)>,
}

/// The first and the last passage of a list, counted from 1.
type List = Option<[NonZeroU32; 2]>;

/// Cells with coordinates from minus `MARGIN` up to `SIDE` - `MARGIN` are those of a picture.
const MARGIN: i32 = 64;
const SIDE: usize = 8192;

impl Cells {
    /// Returns the passages of a cell in the order in which they were added.
    fn passages(&self, cell: [i32; 2]) -> impl Iterator<Item = &Passage> {
        let list = match place(cell) {
            Some([column, row]) => self.rows.get(row).and_then(|row| row.get(column)),
            None => self.far.get(&cell),
        };
        let first = list.and_then(|list| list.map(|[first, _]| first));
        let node = |at: NonZeroU32| &self.passages[at.get() as usize - 1];
        let nodes = std::iter::successors(first.map(node), move |(_, next)| next.map(node));
        nodes.map(|(passage, _)| passage)
    }

    /// Adds a passage to a cell.
    fn push(&mut self, cell: [i32; 2], passage: Passage) {
        self.passages.push((passage, None));
        let count = u32::try_from(self.passages.len()).ok();
        let new = count.and_then(NonZeroU32::new);
        let new = new.expect("a picture has fewer than four billion passages");
        let list = match place(cell) {
            Some([column, row]) => {
                if self.rows.len() <= row {
                    self.rows.resize(row + 1, Vec::new());
                }
                let row = &mut self.rows[row];
                if row.len() <= column {
                    row.resize(column + 1, None);
                }
                &mut row[column]
            }
            None => self.far.entry(cell).or_default(),
        };
        let first = list.map_or(new, |[first, _]| first);
        if let Some([_, last]) = list.replace([first, new]) {
            self.passages[last.get() as usize - 1].1 = Some(new);
        }
    }
}

/// Returns the column and the row of a cell of a picture.
fn place(cell: [i32; 2]) -> Option<[usize; 2]> {
    let [x, y] = cell.map(|v| usize::try_from(v.saturating_add(MARGIN)).ok());
    Some([x?, y?]).filter(|place| place.iter().all(|v| *v < SIDE))
}

/// Returns the length of a line in px.
fn length_of(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

fn cell(at: Point) -> [i32; 2] {
    at.map(|px| px.floor() as i32)
}

fn are_aligned(a: Point, b: Point) -> bool {
    (a[0] * b[0] + a[1] * b[1]).abs() >= ALIGNED
}

/// Visits points of a line at most one stride apart, with the direction of the line. Shorter steps are joined.
fn for_each_point(line: &[Point], mut visit: impl FnMut(Point, Point)) {
    let Some(mut from) = line.first().copied() else {
        return;
    };
    for to in &line[1..] {
        let length = distance(from, *to);
        if length < STRIDE || !length.is_finite() {
            continue;
        }
        let along = [0, 1].map(|k| (to[k] - from[k]) / length);
        let count = (length / STRIDE).ceil().min(1e5);
        for i in 0..count as usize {
            let t = (i as f64 + 0.5) / count;
            visit([0, 1].map(|k| from[k] + t * (to[k] - from[k])), along);
        }
        from = *to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the length of the visible parts of the second line on the first.
    fn visible_length(first: &[Point], second: &[Point]) -> f64 {
        let mut overlap = Overlap::default();
        overlap.add(&[first.to_vec()]);
        let pieces = overlap.visible(second);
        let pairs = pieces.iter().flat_map(|piece| piece.windows(2));
        pairs.map(|pair| distance(pair[0], pair[1])).sum()
    }

    #[test]
    fn a_line_on_another_shows_half_of_both() {
        let diagonal = [[10.0, 10.0], [210.0, 210.0]];
        for line in [
            diagonal,
            [[10.0, 50.0], [210.0, 50.0]],
            [[7.0, 10.0], [8.0, 210.0]],
        ] {
            let whole = distance(line[0], line[1]);
            let share = visible_length(&line, &line) / whole;
            assert!((0.4..=0.6).contains(&share), "{share}");
            // The direction and the steps do not matter.
            let steps: Vec<Point> = (0..=500)
                .map(|i| {
                    [0, 1].map(|k| line[1][k] + f64::from(i) / 500.0 * (line[0][k] - line[1][k]))
                })
                .collect();
            let share = visible_length(&line, &steps) / whole;
            assert!((0.4..=0.6).contains(&share), "{share}");
        }
    }

    #[test]
    fn each_of_four_equal_lines_shows() {
        let line = vec![[0.0, 20.0], [400.0, 60.0]];
        let mut overlap = Overlap::default();
        let mut tops: Vec<Vec<Vec<Point>>> = Vec::new();
        for _ in 0..4 {
            tops.push(overlap.visible(&line));
            overlap.add(std::slice::from_ref(&line));
        }
        // The topmost line at each position.
        let at = |x: f64| {
            tops.iter().rposition(|pieces| {
                pieces
                    .iter()
                    .any(|piece| piece[0][0] <= x && x <= piece[piece.len() - 1][0])
            })
        };
        let owners: Vec<usize> = (5..395).filter_map(|x| at(f64::from(x))).collect();
        assert_eq!(owners.len(), 390, "no gap");
        for line in 0..4 {
            let share = owners.iter().filter(|owner| **owner == line).count();
            assert!(share >= 50, "{line}: {share}");
        }
    }

    #[test]
    fn lines_far_outside_a_picture_coincide_as_inside() {
        let line = |shift: f64| [[shift, 10.0], [shift + 200.0, 30.0]];
        let lengths = [0.0, -9e4, 9e4].map(|shift| visible_length(&line(shift), &line(shift)));
        for length in lengths {
            assert!((length - lengths[0]).abs() < 2.0 * DASH, "{lengths:?}");
        }
    }

    #[test]
    fn lines_that_cross_or_are_apart_are_unchanged() {
        let mut overlap = Overlap::default();
        overlap.add(&[vec![[0.0, 50.0], [100.0, 50.0]]]);
        for line in [
            [[50.0, 0.0], [50.0, 100.0]],
            [[0.0, 30.0], [100.0, 70.0]],
            [[0.0, 54.0], [100.0, 54.0]],
        ] {
            assert_eq!(overlap.visible(&line), [line.to_vec()]);
        }
    }
}
