//! The data beside the map, and the lines at which a network takes one class for another.

use crate::parts::{
    borders::DecisionBoundaries,
    samples::{dots, span},
};
use crate::prelude::*;
use thalweg::network::Network;
use thalweg_plot::{figure::Frame, marks::ContourLine, scene::Point};

/// Samples of a network's answer along each side of the data: one picture of many needs no more.
const SAMPLES: usize = 101;

/// The lines at which a network takes one class for another.
pub(super) struct BoundaryPlot<'a> {
    borders: DecisionBoundaries<'a>,
    frame: Frame<'a>,
    /// Where the frame's scene lies in the picture, in px.
    place: Point,
}

impl<'a> BoundaryPlot<'a> {
    /// The data of these classes as a scene of this size, and the boundary over it when that lies at `place`.
    pub(super) fn new(
        network: &'a dyn Network,
        classes: &[f64],
        size: [f64; 2],
        place: Point,
        theme: &'a Theme,
    ) -> (Scene, Self) {
        let data = network.data();
        let spans = [0, 1].map(|i| span(data, i));
        let [x, y] = [0, 1].map(|i| AxisSpan::linear(&*data.feature_names[i], spans[i]));
        let marks = dots(data, classes, theme).into_iter();
        let figure = Figure {
            size,
            title: "Where the classes part".to_owned(),
            description: String::new(),
            x,
            y,
            equal_units: true,
            marks: marks.map(|dots| Box::new(dots) as Box<dyn Mark>).collect(),
            color_bar: None,
            legend: false,
        };
        let (scene, frame) = figure.laid_out(theme);
        let boundary = Self {
            borders: DecisionBoundaries::new(network, classes, spans, SAMPLES),
            frame,
            place,
        };
        (scene, boundary)
    }

    /// The boundary with these weights; nothing where it does not cross the picture.
    pub(super) fn lines(&self, w: &[f64]) -> Vec<Vec<Point>> {
        // Every border is one of a class behind the first.
        let margins = self.borders.margins(w).into_iter().skip(1);
        let lines = margins.flat_map(|field| {
            let line = ContourLine {
                field: &field,
                level: 0.0,
                stroke: Stroke::new(Color::hex(0), 1.0),
                label: None,
            };
            line.lines(&self.frame)
        });
        let moved = lines.map(|line| {
            let points = line.into_iter();
            let points = points.map(|[x, y]| [x + self.place[0], y + self.place[1]]);
            points.collect()
        });
        moved.collect()
    }
}
