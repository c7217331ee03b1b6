//! The outline of any polygon, such as a circle that limits a step.

use crate::layout::{Frame, LegendEntry, LegendHandle, Mark};
use crate::prelude::*;
use std::f64::consts::TAU;
use thalweg::float::{cos, sin};

/// Distance from the frame in px within which the outline is drawn, so that its ends are outside of the picture.
const NEAR: f64 = 20.0;

/// The outline of a polygon.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Corners in data coordinates; the last one is connected to the first one.
    pub corners: Vec<[f64; 2]>,
    /// Stroke.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

/// Number of corners of a circle.
const CORNERS: usize = 180;

impl Outline {
    /// Creates a circle from its center and its radius in data coordinates, without a label.
    pub fn circle(id: String, center: [f64; 2], radius: f64, stroke: Stroke) -> Self {
        let corner = |i: usize| {
            let angle = TAU * i as f64 / CORNERS as f64;
            [
                center[0] + radius * cos(angle),
                center[1] + radius * sin(angle),
            ]
        };
        Self {
            id,
            corners: (0..CORNERS).map(corner).collect(),
            stroke,
            label: None,
        }
    }
}

impl Mark for Outline {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let strokes = [frame.theme.cased(self.stroke), self.stroke];
        let nodes = strokes.map(|stroke| open_lines(self.lines(frame), stroke));
        out.push(group(&self.id, nodes.to_vec()));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let corners = self.corners.iter().chain(self.corners.first());
        let points: Vec<Point> = corners.map(|p| frame.px_from_data(p)).collect();
        frame.area.grown(NEAR).pieces_of(&points)
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let sign = LegendHandle::Line(self.stroke, Some(theme.cased(self.stroke)));
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}
