//! Filled contours and single contour lines.

use crate::prelude::*;
use crate::{
    contour::{ContourPath, ContourPaths, Grid, Tracer, levels::LevelSet},
    layout::{ColorBar, Frame, LegendEntry, LegendHandle, Mark, share},
};
use std::borrow::Cow;
use thalweg::field::Field;

/// Colored bands between contour levels.
pub struct FilledContour<'a> {
    /// The field.
    pub field: Cow<'a, Field>,
    /// Levels of the bands.
    pub levels: LevelSet,
}

impl FilledContour<'_> {
    /// Returns the color bar.
    pub fn color_bar(&self, label: &str) -> ColorBar {
        ColorBar {
            levels: self.levels.edges.clone(),
            label: label.to_owned(),
            layout: self.levels.layout,
        }
    }
}

impl Mark for FilledContour<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let (mut tracer, mut rings) = (tracer(&self.field), ContourPaths::default());
        let edges = &self.levels.edges;
        let bands = edges.len() - 1;
        let bands = edges[..bands].iter().enumerate().map(|(i, level)| {
            tracer.rings(*level, &mut rings);
            // Each level also covers the area of all higher levels, which avoids seams.
            let color = frame.theme.ramp_at(share(i, bands));
            traced(&rings, frame, Some(color), None)
        });
        let mut nodes = Vec::new();
        // Holes of the field have the color of missing values.
        if self.field.values.iter().any(|v| !v.is_finite()) {
            nodes.push(frame.area.node(Some(frame.theme.nothing), None));
        }
        nodes.extend(bands);
        out.push(group("contour", nodes));
    }
}

/// The region where a field is at or above a level.
pub struct FilledRegion<'a> {
    /// The field.
    pub field: &'a Field,
    /// The level.
    pub level: f64,
    /// Fill color.
    pub color: Color,
}

impl Mark for FilledRegion<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut rings = ContourPaths::default();
        tracer(self.field).rings(self.level, &mut rings);
        out.push(traced(&rings, frame, Some(self.color), None));
    }
}

/// The contour line of one level.
pub struct ContourLine<'a> {
    /// The field.
    pub field: Cow<'a, Field>,
    /// The value.
    pub level: f64,
    /// Stroke.
    pub stroke: Stroke,
    /// Label in the legend, if it has an entry.
    pub label: Option<String>,
}

impl Mark for ContourLine<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut lines = ContourPaths::default();
        tracer(&self.field).lines(self.level, &mut lines);
        out.push(traced(&lines, frame, None, Some(self.stroke)));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let mut lines = ContourPaths::default();
        tracer(&self.field).lines(self.level, &mut lines);
        lines.iter().map(|path| px(path, frame)).collect()
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        Some(LegendEntry::new(
            self.label.as_ref()?,
            LegendHandle::Line(self.stroke, None),
        ))
    }
}

fn tracer(field: &Field) -> Tracer<'_> {
    Tracer::new(Grid::new(&field.xs, &field.ys, &field.values))
}

fn px(path: ContourPath, frame: &Frame) -> Vec<Point> {
    path.points.iter().map(|p| frame.px_from_data(p)).collect()
}

fn traced(
    paths: &ContourPaths,
    frame: &Frame,
    fill: Option<Color>,
    stroke: Option<Stroke>,
) -> Node {
    let lines = paths.iter().map(|path| Polyline {
        points: px(path, frame),
        closed: path.closed,
    });
    path(lines.collect(), fill, stroke)
}
