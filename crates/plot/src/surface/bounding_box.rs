//! The box around a surface: its floor, its far walls, and its axes.

use super::space::SurfaceGeometry;
use crate::prelude::*;
use crate::{
    layout::{Ticks, legend::letters},
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
/// All labels stay in this part of the picture, and titles do not cover other labels.
pub(super) fn draw(
    labels: &[String; 3],
    view: &Camera,
    space: &SurfaceGeometry,
    room: Rect,
    theme: &Theme,
) -> Vec<Node> {
    let mut axes = BoxAxes {
        view,
        space,
        theme,
        room,
        near: [view.eye[0].signum(), view.eye[1].signum()],
        grid_lines: Vec::new(),
        edges: Vec::new(),
        words: Vec::new(),
    };
    axes.weights();
    axes.values(&labels[2]);
    for (axis, label) in labels[..2].iter().enumerate() {
        axes.title(axis, label);
    }
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
    /// The part of the picture for the box and its labels.
    room: Rect,
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
    fn weights(&mut self) {
        let (near, top) = (self.near, self.space.top);
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
            let (_, side) = self.edge(axis);
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
        }
    }

    /// Returns the middle of the near edge of the floor along an axis in px, and the side of the picture on which its
    /// labels are: -1 for left and 1 for right.
    fn edge(&self, axis: usize) -> (Point, f64) {
        let mut place = [0.0; 3];
        place[1 - axis] = self.near[1 - axis];
        let edge = self.view.px(place);
        let is_left = edge[0] < self.view.px([0.0; 3])[0];
        (edge, if is_left { -1.0 } else { 1.0 })
    }

    /// Draws the title of a weight's axis outside of the tick labels. A title that would leave the picture or cover a label
    /// is farther down, smaller, or shorter.
    fn title(&mut self, axis: usize, title: &str) {
        /// Shares of half the picture that a title uses at most, and distances downward in px.
        const SHARES: [f64; 4] = [1.0, 0.75, 0.5, 0.3];
        const DOWN: [f64; 6] = [0.0, 8.0, 16.0, 24.0, 32.0, 40.0];
        let taken: Vec<Rect> = self.words.iter().filter_map(text_box).collect();
        let places = SHARES
            .iter()
            .flat_map(|share| DOWN.map(|down| self.title_at(axis, title, *share, down)));
        let places: Vec<TextNode> = places.collect();
        let room = self.room.grown(-EDGE);
        let is_free = |text: &&TextNode| {
            let own = letters(text);
            room.encloses(&own) && !taken.iter().any(|other| other.overlaps(&own.grown(3.0)))
        };
        let place = places.iter().find(is_free).or(places.first());
        self.words.extend(place.cloned().map(Node::Text));
    }

    /// Returns a title that uses at most a share of half the picture, moved down by some px.
    fn title_at(&self, axis: usize, title: &str, share: f64, down: f64) -> TextNode {
        let (theme, (edge, side)) = (self.theme, self.edge(axis));
        let is_left = side < 0.0;
        let [x, y] = [edge[0] + side * 34.0, edge[1] + 46.0];
        let room = share * (self.room.width / 2.0 - EDGE);
        let (words, size) = fitted(title, theme.text, room, theme.small);
        let long = crate::text::width(&words, size);
        let wanted = if is_left { x - long } else { x };
        let left = wanted.min(self.room.right() - EDGE - long);
        let left = left.max(self.room.left + EDGE);
        // If it must move inward, it moves below the tick labels.
        let y = y + (left - wanted).abs().min(DEEPER) + down;
        let (x, align) = if is_left {
            (left + long, Align::End)
        } else {
            (left, Align::Start)
        };
        text([x, y], words, size, theme.foreground, align)
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
        let (name, size) = fitted(name, theme.text, self.room.height, theme.small);
        self.words.push(upwards(at, name, size, theme.foreground));
    }
}

/// Returns the place of a text.
fn text_box(node: &Node) -> Option<Rect> {
    match node {
        Node::Text(text) => Some(letters(text)),
        _ => None,
    }
}
