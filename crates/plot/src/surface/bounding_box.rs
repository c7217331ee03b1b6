//! The box around a surface: its floor, its far walls, and its axes.

use super::space::SurfaceGeometry;
use crate::prelude::*;
use crate::{
    layout::Ticks,
    surface::view::{Camera, HEIGHT, Point3},
    text::fitted,
};

const TICKS: usize = 6;
/// Smallest distance of tick values along the edge: a fraction of its height, and a multiple of the font size.
const APART: f64 = 0.11;
const LEADING: f64 = 1.3;
/// Distance between a label and the edge of the picture in px.
const EDGE: f64 = 6.0;
/// A label that would leave the picture moves inward, and by at most this many px downward.
const DEEPER: f64 = 30.0;
/// Length of ticks relative to half the side of the box.
const TICK: f64 = 0.04;

/// Draws the box with the labels of the two weights and of the value.
///
/// All labels stay in a picture that is `width` px wide.
pub(super) fn draw(
    labels: &[String; 3],
    view: &Camera,
    space: &SurfaceGeometry,
    width: f64,
    theme: &Theme,
) -> Vec<Node> {
    let mut axes = BoxAxes {
        view,
        space,
        theme,
        width,
        near: [view.eye[0].signum(), view.eye[1].signum()],
        grid_lines: Vec::new(),
        edges: Vec::new(),
        words: Vec::new(),
    };
    axes.weights(labels);
    axes.values(&labels[2]);
    let floor = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
    let floor = floor.map(|[x, y]| view.px([x, y, 0.0])).to_vec();
    let stroke = Stroke::new(theme.foreground, 1.0);
    let mut nodes = vec![
        open_lines(axes.grid_lines, Stroke::new(theme.muted, 0.75)),
        polygon(floor, None, Some(stroke)),
        open_lines(axes.edges, stroke),
    ];
    nodes.append(&mut axes.words);
    nodes
}

struct BoxAxes<'a> {
    view: &'a Camera,
    space: &'a SurfaceGeometry,
    theme: &'a Theme,
    /// Width of the picture in px.
    width: f64,
    /// The sides of the box that face the camera: -1 or 1 along the axis of each weight.
    near: [f64; 2],
    grid_lines: Vec<Vec<Point>>,
    edges: Vec<Vec<Point>>,
    words: Vec<Node>,
}

impl BoxAxes<'_> {
    fn line(&self, a: Point3, b: Point3) -> Vec<Point> {
        vec![self.view.px(a), self.view.px(b)]
    }

    fn number(&mut self, at: Point3, [right, down]: Point, words: String, align: Align) {
        let (theme, [x, y]) = (self.theme, self.view.px(at));
        let place = [x + right, y + down + 0.36 * theme.small];
        let number = label(place, words, theme.small, theme.foreground, align);
        self.words.push(number);
    }

    /// Draws tick labels of the weights along the near edges of the floor, and grid lines on the floor and the far walls.
    fn weights(&mut self, labels: &[String; 3]) {
        let (theme, near, top) = (self.theme, self.near, self.space.top);
        for axis in 0..2 {
            let other = 1 - axis;
            let place = |along: f64, across: f64, z: f64| {
                let mut p = [0.0, 0.0, z];
                p[axis] = along;
                p[other] = across * near[other];
                p
            };
            let scale = self.space.scales[axis];
            let ticks = Ticks::new(scale.data, TICKS);
            let edge = self.view.px(place(0.0, 1.0, 0.0));
            let leftward = edge[0] < self.view.px([0.0; 3])[0];
            let side = if leftward { -1.0 } else { 1.0 };
            for v in &ticks.values {
                let t = scale.px_from_data(*v);
                let wall = self.line(place(t, -1.0, 0.0), place(t, -1.0, top));
                let floor = self.line(place(t, -1.0, 0.0), place(t, 1.0, 0.0));
                self.grid_lines.extend([wall, floor]);
                let out = place(t, 1.0 + TICK, 0.0);
                let tick = self.line(place(t, 1.0, 0.0), out);
                self.edges.push(tick);
                self.number(out, [side * 12.0, 10.0], ticks.label(*v), Align::Middle);
            }
            let rim = self.line(place(-1.0, -1.0, top), place(1.0, -1.0, top));
            self.grid_lines.push(rim);
            // The axis label is outside of the tick labels.
            let [x, y] = [edge[0] + side * 34.0, edge[1] + 46.0];
            let room = self.width / 2.0 - EDGE;
            let (words, size) = fitted(&labels[axis], theme.text, room, theme.small);
            let long = crate::text::width(&words, size);
            let left = if leftward { x - long } else { x };
            let left = left.min(self.width - EDGE - long).max(EDGE);
            // If it must move inward, it moves below the tick labels.
            let nearer = (left - if leftward { x - long } else { x }).abs();
            let y = y + nearer.min(DEEPER);
            let (x, align) = if leftward {
                (left + long, Align::End)
            } else {
                (left, Align::Start)
            };
            let name = label([x, y], words, size, theme.foreground, align);
            self.words.push(name);
        }
    }

    /// Draws the tick labels of the value axis along the left edge of the box, and grid lines on the far walls.
    fn values(&mut self, name: &str) {
        let (theme, near) = (self.theme, self.near);
        let sides = [[near[0], -near[1]], [-near[0], near[1]]];
        let x = |[x, y]: [f64; 2]| self.view.px([x, y, 0.0])[0];
        let [left, _] = if x(sides[0]) < x(sides[1]) {
            sides
        } else {
            [sides[1], sides[0]]
        };
        let up = |z: f64| [left[0], left[1], z];
        let (low, top) = (self.space.low, self.space.top);
        let mut widest: f64 = 0.0;
        let tall = self.view.px(up(low))[1] - self.view.px(up(top))[1];
        let apart = (LEADING * theme.small / tall).max(APART);
        for (v, words) in self.space.height.ticks(apart) {
            let z = low + HEIGHT * self.space.height.share(v);
            let first = self.line([-near[0], -1.0, z], [-near[0], 1.0, z]);
            let second = self.line([-1.0, -near[1], z], [1.0, -near[1], z]);
            self.grid_lines.extend([first, second]);
            widest = widest.max(crate::text::width(&words, theme.small));
            self.number(up(z), [-8.0, 0.0], words, Align::End);
        }
        let edge = self.line(up(low), up(top));
        self.edges.push(edge);
        let middle = self.view.px(up(f64::midpoint(low, top)));
        let at = [middle[0] - 8.0 - widest - 12.0, middle[1]];
        self.words
            .push(upwards(at, name, theme.text, theme.foreground));
    }
}
