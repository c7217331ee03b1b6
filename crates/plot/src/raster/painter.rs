//! Draws nodes as pixels.

use super::{
    clip::Clip,
    outlines::{bounds, letters, path, pen},
};
use crate::prelude::*;
use crate::{KeepGoing, PlotError, error::check};
use tiny_skia::{FillRule, Paint, Path, PathBuilder, PixmapMut, Transform};

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
                    if let (Some(stroke), Some(path)) = (stroke, path(lines)) {
                        self.stroke(&path, *stroke, clip);
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

pub(super) fn solid(color: Color) -> Paint<'static> {
    let [r, g, b] = color.rgb;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (255.0 * color.opacity).round() as u8);
    paint
}
