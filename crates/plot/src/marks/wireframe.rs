//! Points, and lines between them.

use crate::prelude::*;
use crate::{
    layout::{Frame, LegendEntry, LegendHandle, Mark},
    scene::Point as Px,
};

/// Points and lines of one thing, such as the vertices and the edges of a simplex.
#[derive(Clone, Debug, PartialEq)]
pub struct Wireframe {
    /// Stable id of this part of the picture.
    pub id: String,
    /// Points in data coordinates, drawn as discs.
    pub points: Vec<[f64; 2]>,
    /// Radius of the discs in px.
    pub radius: f64,
    /// Lines through points in data coordinates. A line with a point that is not finite is not drawn.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Stroke of the lines; its color is also that of the discs.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Wireframe {
    /// Returns the visible parts of the lines in px.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Px>> {
        let is_finite = |line: &&Vec<[f64; 2]>| line.iter().flatten().all(|v| v.is_finite());
        let lines = self.lines.iter().filter(is_finite);
        let visible = frame.area.grown(self.stroke.width);
        let pieces = lines.flat_map(|line| {
            let line: Vec<Px> = line.iter().map(|p| frame.px_from_data(p)).collect();
            visible.pieces_of(&line)
        });
        pieces.collect()
    }

    /// Returns the visible points in px.
    fn dots(&self, frame: &Frame) -> impl Iterator<Item = Px> {
        let points = self.points.iter().map(|p| frame.px_from_data(p));
        let area = frame.area.grown(self.radius);
        points.filter(move |p| area.contains(*p))
    }
}

impl Mark for Wireframe {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut nodes = Vec::new();
        let pieces = self.pieces(frame);
        if !pieces.is_empty() {
            nodes.push(open_lines(pieces.clone(), frame.theme.cased(self.stroke)));
            nodes.push(open_lines(pieces, self.stroke));
        }
        let color = self.stroke.color;
        let outline = Stroke::new(frame.theme.casing(color), 1.0);
        let dots = self.dots(frame);
        nodes.extend(dots.map(|at| circle(at, self.radius, Some(color), Some(outline))));
        out.push(group(&self.id, nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Px>> {
        let dots = self.dots(frame);
        let dots = dots.map(|[x, y]| vec![[x - self.radius, y], [x + self.radius, y]]);
        self.pieces(frame).into_iter().chain(dots).collect()
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        let sign = if self.lines.is_empty() {
            LegendHandle::Dot(self.stroke.color)
        } else {
            LegendHandle::Line(self.stroke, None)
        };
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}
