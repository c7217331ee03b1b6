//! An inset: a small picture in the emptiest corner of a figure.

use super::{
    figure::Mark,
    frame::{AxisSpan, Frame},
    legend::{covers_any, least_overlapping},
    page::placed,
};
use crate::prelude::*;

/// A small scene inside a figure. Labels and legends do not cover it.
#[derive(Clone, Debug)]
pub struct Inset {
    /// The scene.
    pub scene: Scene,
    /// Width in px, reduced if the figure is too small. The height follows.
    pub width: f64,
    /// Lines in data coordinates that it should not cover.
    pub clear_of: Vec<Vec<[f64; 2]>>,
}

/// Distance between the inset and the axes in px.
const ROOM: f64 = 12.0;

/// Largest size of an inset relative to the sides of the figure, so that it does not cover the part that it shows in
/// context.
const MAX_INSET_SHARE: f64 = 0.36;

/// Factors by which an inset becomes smaller until it covers no line.
const SMALLER: [f64; 4] = [1.0, 0.8, 0.64, 0.5];

impl Inset {
    /// Returns the largest scale: px of the figure per px of the scene.
    fn largest_scale(&self, frame: &Frame) -> f64 {
        let [width, height] = self.scene.size;
        let most = [frame.area.width / width, frame.area.height / height];
        let most = MAX_INSET_SHARE * most[0].min(most[1]);
        (self.width / width).min(most)
    }

    /// Returns its position in px and its scale: the largest one with which it covers no line in one of the corners.
    /// Without such a corner, the inset is omitted.
    fn place(&self, frame: &Frame) -> Option<(Rect, f64)> {
        let lines = self.lines_to_avoid(frame);
        let largest = self.largest_scale(frame);
        let room = frame.area.grown(-ROOM);
        SMALLER.iter().find_map(|smaller| {
            let scale = smaller * largest;
            let [width, height] = self.scene.size.map(|px| scale * px);
            let across = [room.right() - width, room.left];
            let down = [room.top, room.bottom() - height];
            let corners = down.iter().flat_map(|top| across.map(|left| [left, *top]));
            let corners = corners.map(|corner| Rect::new(corner, [width, height]));
            let place = least_overlapping(corners, &lines)?;
            (!covers_any(&place, &lines)).then_some((place, scale))
        })
    }

    fn lines_to_avoid(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let px = |line: &Vec<[f64; 2]>| -> Vec<Point> {
            let points = line.iter().map(|p| frame.px_from_data(p));
            points.filter(|p| p.iter().all(|v| v.is_finite())).collect()
        };
        self.clear_of.iter().map(px).collect()
    }
}

impl Mark for Inset {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, _: &[Vec<Point>], out: &mut Vec<Node>) {
        let Some((place, scale)) = self.place(frame) else {
            return;
        };
        let around = Stroke::new(frame.theme.background.with_opacity(0.9), 5.0);
        let mut nodes = vec![place.node(Some(self.scene.background), Some(around))];
        let by = [place.left, place.top];
        nodes.append(&mut placed(self.scene.nodes.clone(), by, scale, "inset-"));
        nodes.push(place.node(None, Some(Stroke::new(frame.theme.foreground, 1.0))));
        out.push(group("inset", nodes));
    }

    /// Returns lines so close together that no label fits between them.
    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        const GAP: f64 = 5.0;
        let Some((place, _)) = self.place(frame) else {
            return Vec::new();
        };
        let count = (place.height / GAP).ceil().max(1.0);
        let across = |i: usize| {
            let y = place.top + place.height * i as f64 / count;
            vec![[place.left, y], [place.right(), y]]
        };
        (0..=count as usize).map(across).collect()
    }
}

/// Draws marks without axes, titles, and margins.
pub fn bare(
    marks: &[Box<dyn Mark + '_>],
    spans: [&AxisSpan; 2],
    size: [f64; 2],
    theme: &Theme,
) -> Scene {
    let area = Rect::new([0.0, 0.0], size);
    let frame = Frame::new(spans, area, theme);
    let mut nodes = Vec::new();
    for mark in marks {
        mark.draw(&frame, &mut nodes);
    }
    Scene {
        nodes: vec![clipped("marks", area, nodes)],
        ..Scene::blank(size, theme.background)
    }
}
