//! The data beside the map, and the line at which a network takes one class for the other.

use thalweg::perceptron::Perceptron;
use thalweg_plot::{
    figure::{AxisSpan, Figure, Frame, Mark},
    marks::{Dots, Glyph},
    scene::{Point, Scene},
    theme::Theme,
};

/// Room around the data, in shares of their span.
const ROOM: f64 = 0.12;
/// Halvings of an edge: finer than a pixel by far.
const HALVINGS: usize = 30;

/// The line at which a network takes one class for the other.
pub(super) struct Boundary<'a> {
    network: &'a Perceptron,
    frame: Frame<'a>,
    /// Where the frame's scene lies in the picture, in px.
    place: Point,
    /// The answer that is as far from one class as from the other.
    middle: f64,
}

impl<'a> Boundary<'a> {
    /// The data as a scene of this size, and the boundary over it when that lies at `place`.
    pub(super) fn new(
        network: &'a Perceptron,
        size: [f64; 2],
        place: Point,
        theme: &'a Theme,
    ) -> (Scene, Self) {
        let data = network.data();
        let ends = |numbers: &mut dyn Iterator<Item = f64>| {
            numbers.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| {
                [low.min(v), high.max(v)]
            })
        };
        let [low, high] = ends(&mut data.targets.iter().copied());
        let middle = f64::midpoint(low, high);
        let span = |i: usize| {
            let [low, high] = ends(&mut data.rows().map(|(x, _)| x[i]));
            let span = if low < high { high - low } else { 1.0 };
            AxisSpan::linear(
                &*data.feature_names[i],
                [low - ROOM * span, high + ROOM * span],
            )
        };
        let groups = [(false, Glyph::Square), (true, Glyph::Disc)];
        let marks = groups.into_iter().map(|(above, glyph)| {
            let rows = data.rows().filter(|(_, y)| (*y > middle) == above);
            let mark: Box<dyn Mark> = Box::new(Dots {
                points: rows.map(|(x, _)| [x[0], x[1]]).collect(),
                glyph,
                color: theme.classes[usize::from(above)],
                radius: if data.samples() > 60 { 4.0 } else { 7.0 },
                label: None,
            });
            mark
        });
        let figure = Figure {
            size,
            title: "Where the classes part".to_owned(),
            description: String::new(),
            x: span(0),
            y: span(1),
            equal_units: true,
            marks: marks.collect(),
            color_bar: None,
            legend: false,
        };
        let (scene, frame) = figure.laid_out(theme);
        let boundary = Self {
            network,
            frame,
            place,
            middle,
        };
        (scene, boundary)
    }

    /// The boundary with these weights, from edge to edge; none where it does not cross the picture.
    pub(super) fn line(&self, w: &[f64]) -> Option<Vec<Point>> {
        let ([x0, x1], [y0, y1]) = (self.frame.x.data, self.frame.y.data);
        let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]];
        let edges = corners.windows(2).map(|edge| [edge[0], edge[1]]);
        let crossings: Vec<Point> = edges.filter_map(|edge| self.crossing(edge, w)).collect();
        let &[a, .., b] = &*crossings else {
            return None;
        };
        let px = |p: Point| {
            let [x, y] = self.frame.px_from_data(&p);
            [x + self.place[0], y + self.place[1]]
        };
        Some(vec![px(a), px(b)])
    }

    /// Where on an edge the answer passes the middle: it only rises or only falls along a straight line.
    fn crossing(&self, [a, b]: [Point; 2], w: &[f64]) -> Option<Point> {
        let at = |t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        let above = |t: f64| self.network.predict(&at(t), w) > self.middle;
        let (mut low, mut high) = (0.0, 1.0);
        let first = above(low);
        if first == above(high) {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if above(middle) == first {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(at(low))
    }
}
