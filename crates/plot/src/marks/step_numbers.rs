//! Numbers of selected steps beside their arrows.

use super::clearing::FreeSpace;
use crate::layout::{Frame, Mark, distance};
use crate::prelude::*;
use thalweg::trace::Trace;

/// Numbers of selected steps beside the visible parts of their arrows. They do not overlap lines or each other. A step
/// outside of the frame has no number.
pub struct StepNumbers<'a> {
    /// Trace of the optimizer.
    pub trace: &'a Trace,
    /// The steps; step n leads from the weights of epoch n - 1 to those of epoch n.
    pub steps: Vec<usize>,
}

/// Candidate distances from the arrow in px, the nearest first.
const DISTANCES: [f64; 5] = [13.0, 17.0, 22.0, 30.0, 40.0];
/// Candidate directions relative to the left side of the arrow.
const TURNS: [[f64; 2]; 8] = [
    [1.0, 0.0],
    [-1.0, 0.0],
    [0.8, 0.6],
    [-0.8, 0.6],
    [0.8, -0.6],
    [-0.8, -0.6],
    [0.0, 1.0],
    [0.0, -1.0],
];

impl Mark for StepNumbers<'_> {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, lines: &[Vec<Point>], out: &mut Vec<Node>) {
        let theme = frame.theme;
        let path: Vec<Point> = self.trace.path().map(|w| frame.px_from_data(w)).collect();
        let mut clearing = FreeSpace::new(frame, lines);
        for &step in &self.steps {
            let Some(&[tail, tip]) = step
                .checked_sub(1)
                .and_then(|i| path.get(i..=step))
                .and_then(|p| p.first_chunk())
            else {
                continue;
            };
            let Some(arrow) = visible_part(frame.area, [tail, tip]) else {
                continue;
            };
            let words = step.to_string();
            let size = [crate::text::width(&words, theme.text), 0.72 * theme.text];
            let places = places(arrow, size);
            let free = places.iter().find(|place| clearing.is_free(place, 2.0));
            let inside = || places.iter().find(|place| frame.area.encloses(place));
            let Some(&place) = free.or_else(inside) else {
                continue;
            };
            clearing.take(place);
            out.push(clearing.words(words, place, theme.text));
        }
    }
}

/// Returns the part of an arrow inside of an area.
fn visible_part(area: Rect, [tail, tip]: [Point; 2]) -> Option<[Point; 2]> {
    let is_finite = [tail, tip].iter().flatten().all(|px| px.is_finite());
    let part = is_finite.then(|| area.part_of(tail, tip)).flatten()?;
    // A whole arrow keeps its ends to the bit.
    if part == [0.0, 1.0] {
        return Some([tail, tip]);
    }
    Some(part.map(|t| [0, 1].map(|i| tail[i] + t * (tip[i] - tail[i]))))
}

/// Returns boxes of this size around the middle of an arrow, the best first.
fn places([tail, tip]: [Point; 2], size: [f64; 2]) -> Vec<Rect> {
    let middle = [0, 1].map(|i| f64::midpoint(tail[i], tip[i]));
    let length = distance(tail, tip);
    let along = if length > 0.0 {
        [(tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length]
    } else {
        [1.0, 0.0]
    };
    let left = [along[1], -along[0]];
    let place = |d: f64, [across, forth]: [f64; 2]| {
        let at = [0, 1].map(|i| middle[i] + d * (across * left[i] + forth * along[i]));
        Rect::around(at, size)
    };
    let tries = DISTANCES
        .iter()
        .flat_map(|d| TURNS.iter().map(move |turn| place(*d, *turn)));
    tries.collect()
}
