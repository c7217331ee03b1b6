//! The data beside the map, and the line at which a network takes one class for the other.

use thalweg::{field::spread, network::Network};
use thalweg_plot::{
    contour::{Grid, Paths, Tracer},
    figure::{AxisSpan, Figure, Frame, Mark},
    marks::{Dots, Glyph},
    scene::{Point, Scene},
    theme::Theme,
};

/// Room around the data, in shares of their span.
const ROOM: f64 = 0.12;
/// Samples along each side: a straight boundary is met exactly, a curved one to a pixel.
const SAMPLES: usize = 49;

/// The line at which a network takes one class for the other.
pub(super) struct Boundary<'a> {
    network: &'a dyn Network,
    frame: Frame<'a>,
    /// Where the frame's scene lies in the picture, in px.
    place: Point,
    /// The weighted sum at which the answer is as far from one class as from the other.
    middle: f64,
}

impl<'a> Boundary<'a> {
    /// The data as a scene of this size, and the boundary over it when that lies at `place`.
    pub(super) fn new(
        network: &'a dyn Network,
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
        let half = f64::midpoint(low, high);
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
            let rows = data.rows().filter(|(_, y)| (*y > half) == above);
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
            middle: network.between(low, high),
        };
        (scene, boundary)
    }

    /// The boundary with these weights, in pieces; none where it does not cross the picture.
    pub(super) fn lines(&self, w: &[f64]) -> Vec<Vec<Point>> {
        let [xs, ys] = [self.frame.x, self.frame.y].map(|scale| spread(scale.data, SAMPLES));
        let points = ys.iter().flat_map(|y| xs.iter().map(move |x| [*x, *y]));
        let sum = |p: Point| {
            let mut sum = [0.0];
            self.network.sums(&p, w, &mut sum);
            sum[0]
        };
        let sums: Vec<f64> = points.map(sum).collect();
        let mut traced = Paths::default();
        Tracer::new(Grid::new(&xs, &ys, &sums)).lines(self.middle, &mut traced);
        let px = |p: &Point| {
            let [x, y] = self.frame.px_from_data(p);
            [x + self.place[0], y + self.place[1]]
        };
        let lines = traced.iter().map(|path| {
            let first = path.points.iter().take(usize::from(path.closed));
            path.points.iter().chain(first).map(px).collect()
        });
        lines.collect()
    }
}
