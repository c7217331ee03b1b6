//! The data beside the map, with the decision boundaries of the runs.

use crate::parts::{
    borders::DecisionBoundaries,
    samples::{dots, span},
};
use crate::prelude::*;
use thalweg::network::Network;
use thalweg_plot::{figure::Frame, marks::ContourLine, scene::Point};

/// Number of samples of a network's output along each side of the data; a frame of an animation needs no more.
const SAMPLES: usize = 101;

/// The decision boundaries of a network.
pub(super) struct BoundaryPlot<'a> {
    borders: DecisionBoundaries<'a>,
    frame: Frame<'a>,
    /// Position of the scene in the picture, in px.
    place: Point,
}

impl<'a> BoundaryPlot<'a> {
    /// Returns the scene of the data, and the plot of the boundary for a scene at `place`.
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
            title: "Decision boundaries".to_owned(),
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

    /// Returns the decision boundary for these weights, which is empty outside the visible part.
    pub(super) fn lines(&self, w: &[f64]) -> Vec<Vec<Point>> {
        // Every boundary belongs to a class after the first.
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
