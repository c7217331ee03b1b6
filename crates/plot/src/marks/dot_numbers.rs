//! Numbers beside dots.

use super::{DataPoint, clearing::FreeSpace};
use crate::prelude::*;
use crate::{
    layout::{Frame, Mark},
    scene,
    text::{cap_height, width},
};

/// Numbers of dots, shown where they do not overlap each other, the dots, or lines.
pub struct DotNumbers {
    /// The dots in data coordinates with their numbers.
    pub dots: Vec<(usize, DataPoint)>,
    /// Half the width of a dot in px.
    pub radius: f64,
}

/// Font size relative to other labels.
const SIZE: f64 = 0.85;
/// Distance between a dot and its number in px.
const GAP: f64 = 2.0;

impl Mark for DotNumbers {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, lines: &[Vec<scene::Point>], out: &mut Vec<Node>) {
        let size = SIZE * frame.theme.text;
        let mut clearing = FreeSpace::new(frame, lines);
        for (_, dot) in &self.dots {
            let side = 2.0 * self.radius;
            clearing.take(Rect::around(frame.px_from_data(dot), [side; 2]));
        }
        for (number, dot) in &self.dots {
            let words = number.to_string();
            let room = [width(&words, size), cap_height(size)];
            let places = around(frame.px_from_data(dot), self.radius + GAP, room);
            let mut places = places.into_iter();
            if let Some(place) = places.find(|place| clearing.is_free(place, 1.0)) {
                clearing.take(place);
                out.push(clearing.words(words, place, size));
            }
        }
    }
}

/// Returns boxes of this size around a point: above, below, beside it, and diagonally.
fn around([x, y]: scene::Point, gap: f64, [width, height]: [f64; 2]) -> [Rect; 8] {
    let place = |x: f64, y: f64| Rect::around([x, y], [width, height]);
    let (across, up) = (gap + width / 2.0, gap + height / 2.0);
    [
        place(x, y - up),
        place(x, y + up),
        place(x + across, y),
        place(x - across, y),
        place(x + across, y - up),
        place(x - across, y + up),
        place(x - across, y - up),
        place(x + across, y + up),
    ]
}
