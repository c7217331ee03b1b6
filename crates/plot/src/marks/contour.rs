//! Filled contours and single contour lines.

use crate::{
    color::Color,
    color_bar::{ColorBar, share},
    contour::{Grid, Paths, Tracer},
    figure::{Frame, Mark},
    legend::{Key, Sign},
    scale::Spacing,
    scene::{Line, Node, Point, Stroke},
    theme::Theme,
};
use thalweg::field::{Field, spread};

/// Bands of colour between levels.
pub struct FilledContour<'a> {
    /// What is shown.
    pub field: &'a Field,
    /// Edges of the bands, ascending, one more than there are bands.
    pub levels: Vec<f64>,
}

/// Edges of `bands` equal bands from the least value of a field to the greatest.
///
/// A flat field gets one unit around its value, a field without a finite value the unit from 0.
pub fn even_levels(field: &Field, bands: usize) -> Vec<f64> {
    let range = match field.range() {
        Some([low, high]) if low < high => [low, high],
        Some([level, _]) => [level - 0.5, level + 0.5],
        None => [0.0, 1.0],
    };
    spread(range, bands + 1)
}

impl FilledContour<'_> {
    /// The scale of its colours.
    pub fn color_bar(&self, label: &str) -> ColorBar {
        ColorBar {
            levels: self.levels.clone(),
            label: label.to_owned(),
            spacing: Spacing::Linear,
        }
    }
}

impl Mark for FilledContour<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let (mut tracer, mut rings) = (tracer(self.field), Paths::default());
        let bands = self.levels.len() - 1;
        let nodes = self.levels[..bands].iter().enumerate().map(|(i, level)| {
            tracer.rings(*level, &mut rings);
            // Each level covers all that lies above it, so that bands meet without a seam.
            path(
                &rings,
                frame,
                Some(frame.theme.ramp_at(share(i, bands))),
                None,
            )
        });
        out.push(crate::shapes::group("contour", nodes.collect()));
    }
}

/// One line of equal value.
pub struct ContourLine<'a> {
    /// What is shown.
    pub field: &'a Field,
    /// The value.
    pub level: f64,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Its name in the legend, if it is to be listed.
    pub label: Option<String>,
}

impl Mark for ContourLine<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let mut lines = Paths::default();
        tracer(self.field).lines(self.level, &mut lines);
        out.push(path(&lines, frame, None, Some(self.stroke)));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let mut lines = Paths::default();
        tracer(self.field).lines(self.level, &mut lines);
        lines
            .iter()
            .map(|path| path.points.iter().map(|p| frame.px_from_data(p)).collect())
            .collect()
    }

    fn key(&self, _: &Theme) -> Option<Key> {
        let label = self.label.clone()?;
        Some(Key {
            label,
            sign: Sign::Line(self.stroke, None),
        })
    }
}

fn tracer(field: &Field) -> Tracer<'_> {
    Tracer::new(Grid::new(&field.xs, &field.ys, &field.values))
}

fn path(paths: &Paths, frame: &Frame, fill: Option<Color>, stroke: Option<Stroke>) -> Node {
    let lines = paths.iter().map(|path| Line {
        points: path.points.iter().map(|p| frame.px_from_data(p)).collect(),
        closed: path.closed,
    });
    Node::Path {
        lines: lines.collect(),
        fill,
        stroke,
    }
}
