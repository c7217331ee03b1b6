//! An inset: a small picture in the emptiest corner of a figure.

use super::{
    figure::Mark,
    frame::{AxisSpan, Frame},
    legend::least_overlapping,
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

impl Inset {
    /// Returns the scale: px of the figure per px of the scene.
    fn scale(&self, frame: &Frame) -> f64 {
        let [width, height] = self.scene.size;
        let most = [frame.area.width / width, frame.area.height / height];
        let most = MAX_INSET_SHARE * most[0].min(most[1]);
        (self.width / width).min(most)
    }

    /// Returns its position in px: the corner where it covers the least.
    pub fn place(&self, frame: &Frame) -> Rect {
        let scale = self.scale(frame);
        let [width, height] = self.scene.size.map(|px| scale * px);
        let room = frame.area.grown(-ROOM);
        let across = [room.right() - width, room.left];
        let down = [room.top, room.bottom() - height];
        let corners = down.iter().flat_map(|top| across.map(|left| [left, *top]));
        let corners = corners.map(|corner| Rect::new(corner, [width, height]));
        let px = |line: &Vec<[f64; 2]>| -> Vec<Point> {
            let points = line.iter().map(|p| frame.px_from_data(p));
            points.filter(|p| p.iter().all(|v| v.is_finite())).collect()
        };
        let lines: Vec<Vec<Point>> = self.clear_of.iter().map(px).collect();
        least_overlapping(corners, &lines).unwrap_or(room)
    }
}

impl Mark for Inset {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, _: &[Vec<Point>], out: &mut Vec<Node>) {
        let (place, scale) = (self.place(frame), self.scale(frame));
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
        let place = self.place(frame);
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
