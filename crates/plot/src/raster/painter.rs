//! Draws nodes as pixels.

use super::{
    clip::Clip,
    outlines::{bounds, letters, path, pen},
};
use crate::layout::distance;
use crate::prelude::*;
use crate::{KeepGoing, PlotError, error::check, scene::Polyline};
use tiny_skia::{FillRule, Mask, Paint, Path, PathBuilder, PathStroker, PixmapMut, Transform};

/// A picture that is being drawn.
pub(super) struct Painter<'a, 'b> {
    pub(super) to_pixels: Transform,
    pub(super) onto: &'a mut PixmapMut<'b>,
    pub(super) keep_going: KeepGoing<'a>,
}

impl Painter<'_, '_> {
    /// Draws nodes in order, clipped.
    ///
    /// # Errors
    /// The work shall stop.
    pub(super) fn paint(&mut self, nodes: &[Node], clip: Option<&Clip>) -> Result<(), PlotError> {
        for node in nodes {
            check(self.keep_going)?;
            match node {
                Node::Group {
                    clip: None, nodes, ..
                } => self.paint(nodes, clip)?,
                Node::Group {
                    clip: Some(rect),
                    nodes,
                    ..
                } => {
                    let size = [self.onto.width(), self.onto.height()];
                    if let Some(clip) = Clip::new(*rect, clip, self.to_pixels, size) {
                        self.paint(nodes, Some(&clip))?;
                    }
                }
                Node::Path {
                    lines,
                    fill,
                    stroke,
                } => {
                    let closed = || path(lines.iter().filter(|line| line.has_inside()));
                    if let (Some(color), Some(inside)) = (fill, fill.and_then(|_| closed())) {
                        self.fill(&inside, *color, FillRule::EvenOdd, clip);
                    }
                    if let Some(stroke) = stroke {
                        self.stroke_lines(lines, *stroke, clip)?;
                    }
                }
                Node::Circle {
                    center,
                    radius,
                    fill,
                    stroke,
                } => {
                    let [x, y] = center.map(|v| v as f32);
                    if let Some(path) = PathBuilder::from_circle(x, y, *radius as f32) {
                        self.shape(&path, *fill, *stroke, clip);
                    }
                }
                Node::Text(text) => {
                    if let Some(path) = letters(text) {
                        self.shape(&path, None, text.halo, clip);
                        self.shape(&path, Some(text.color), None, clip);
                    }
                }
            }
        }
        Ok(())
    }

    fn shape(
        &mut self,
        path: &Path,
        fill: Option<Color>,
        stroke: Option<Stroke>,
        clip: Option<&Clip>,
    ) {
        if let Some(color) = fill {
            self.fill(path, color, FillRule::Winding, clip);
        }
        if let Some(stroke) = stroke {
            self.stroke(path, stroke, clip);
        }
    }

    fn fill(&mut self, path: &Path, color: Color, rule: FillRule, clip: Option<&Clip>) {
        let paint = solid(color);
        let mask = clip.and_then(|clip| clip.mask_for(bounds(path)));
        self.onto
            .fill_path(path, &paint, rule, self.to_pixels, mask);
    }

    /// Draws lines. The time of a stroke grows with the square of the number of its edges in a row of pixels, so long lines are
    /// drawn in pieces. Dashes would begin anew in each piece.
    fn stroke_lines(
        &mut self,
        lines: &[Polyline],
        stroke: Stroke,
        clip: Option<&Clip>,
    ) -> Result<(), PlotError> {
        let points: usize = lines.iter().map(|line| line.points.len()).sum();
        if points > MOST_POINTS && stroke.dash.is_none() {
            return self.stroke_pieces(&pieces(lines), stroke, clip);
        }
        if let Some(path) = path(lines) {
            self.stroke(&path, stroke, clip);
        }
        Ok(())
    }

    /// Draws the pieces of lines. They overlap, so their union is drawn, in which nothing is covered twice.
    fn stroke_pieces(
        &mut self,
        pieces: &[Vec<Polyline>],
        stroke: Stroke,
        clip: Option<&Clip>,
    ) -> Result<(), PlotError> {
        let [width, height] = [self.onto.width(), self.onto.height()];
        let whole = tiny_skia::Rect::from_xywh(0.0, 0.0, width as f32, height as f32);
        let (Some(pen), Some(mut union), Some(whole)) =
            (pen(stroke), Mask::new(width, height), whole)
        else {
            return Ok(());
        };
        let precision = PathStroker::compute_resolution_scale(&self.to_pixels);
        for path in pieces.iter().filter_map(path) {
            check(self.keep_going)?;
            if let Some(outline) = path.stroke(&pen, precision) {
                union.fill_path(&outline, FillRule::Winding, true, self.to_pixels);
            }
        }
        if let Some(clip) = clip {
            clip.intersect(&mut union);
        }
        let (whole, paint) = (PathBuilder::from_rect(whole), solid(stroke.color));
        let (rule, here) = (FillRule::Winding, Transform::identity());
        self.onto
            .fill_path(&whole, &paint, rule, here, Some(&union));
        Ok(())
    }

    fn stroke(&mut self, path: &Path, stroke: Stroke, clip: Option<&Clip>) {
        if let Some(pen) = pen(stroke) {
            let paint = solid(stroke.color);
            // With round joins and butt caps, a stroke extends by at most half of its width.
            let reach = bounds(path).grown(stroke.width / 2.0);
            let mask = clip.and_then(|clip| clip.mask_for(reach));
            self.onto
                .stroke_path(path, &paint, &pen, self.to_pixels, mask);
        }
    }
}

/// The largest number of points of lines that are drawn with one stroke.
const MOST_POINTS: usize = 8000;
/// The largest number of points of a piece of more lines.
const PIECE: usize = 256;
/// Length in px that a piece of a line shares with the next one. Where they only touched, pixels would be covered in part by both.
const SHARED: f64 = 2.0;
/// Points of more lines that are closer than this many px to the last one are omitted.
const CLOSE: f64 = 1.0 / 32.0;

/// Divides lines into groups of about [`PIECE`] points.
fn pieces(lines: &[Polyline]) -> Vec<Vec<Polyline>> {
    let mut groups: Vec<Vec<Polyline>> = vec![Vec::new()];
    let mut count = 0;
    let mut add = |points: &[Point], closed: bool| {
        if count + points.len() > PIECE {
            groups.push(Vec::new());
            count = 0;
        }
        count += points.len();
        if let Some(group) = groups.last_mut() {
            let points = points.to_vec();
            group.push(Polyline { points, closed });
        }
    };
    for line in lines {
        if line.closed {
            add(&line.points, true);
            continue;
        }
        let points = distinct(&line.points);
        let mut rest = &points[..];
        while rest.len() > PIECE {
            add(&rest[..PIECE], false);
            rest = &rest[begin_of_next(&rest[..PIECE])..];
        }
        add(rest, false);
    }
    groups
}

/// Returns the index in a piece of a line at which the next piece begins: at least one segment and at most half of them before the
/// end.
fn begin_of_next(piece: &[Point]) -> usize {
    let mut begin = piece.len() - 2;
    let mut shared = distance(piece[begin], piece[begin + 1]);
    while shared < SHARED && begin > piece.len() / 2 {
        begin -= 1;
        shared += distance(piece[begin], piece[begin + 1]);
    }
    begin
}

/// Returns the points of a line without those that are close to the last one. The end is kept.
fn distinct(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for (i, point) in points.iter().enumerate() {
        let is_close = |last: &Point| [0, 1].iter().all(|k| (point[*k] - last[*k]).abs() < CLOSE);
        if i + 1 == points.len() || !kept.last().is_some_and(is_close) {
            kept.push(*point);
        }
    }
    kept
}

pub(super) fn solid(color: Color) -> Paint<'static> {
    let [r, g, b] = color.rgb;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (255.0 * color.opacity).round() as u8);
    paint
}
