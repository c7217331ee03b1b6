//! The nodes of a scene as the content of a page, with the same lines, colors, and lengths as in the SVG.

use super::font::Font;
use crate::{
    formats::svg::{
        hundredths::Hundredths,
        paint::{VisibleColor, VisibleStroke, corner_and_size, length},
        path_data::{HundredthsPoint, pieces},
    },
    raster::letters,
    scene::{Align, Node, Polyline, Rect, Scene, TextNode, size::POINT},
    text,
};
use pdf_writer::{Content, Name, Settings, types::LineJoinStyle};
use std::collections::BTreeSet;
use thalweg::float::{cos, sin};
use tiny_skia::{Path, PathSegment};

/// Distance of the control points from the ends of a quarter circle, relative to the radius, for the best approximation.
const HANDLE: f64 = 0.552_284_75;

/// Resources that all pages of a document share.
pub(super) struct DocumentResources {
    pub(super) font: Font,
    /// The opacities in use: each has a graphics state, named by [`state_name`].
    pub(super) opacities: BTreeSet<Hundredths>,
}

/// The name of the font among the resources.
pub(super) const FONT_NAME: Name = Name(b"F");

/// The name of the graphics state with this opacity among the resources.
pub(super) fn state_name(opacity: Hundredths) -> String {
    format!("O{opacity}")
}

/// Returns the content stream of a page with this height in points.
pub(super) fn content(scene: &Scene, height: f32, shared: &mut DocumentResources) -> Vec<u8> {
    let mut writer = ContentWriter {
        content: Content::with_settings(Settings { pretty: false }),
        shared,
    };
    let point = (scene.scale * POINT) as f32;
    // From here on, y increases downward, in px.
    writer
        .content
        .begin_marked_content_with_properties(Name(b"Figure"))
        .properties()
        .identify(0);
    writer
        .content
        .transform([point, 0.0, 0.0, -point, 0.0, height])
        .set_line_join(LineJoinStyle::RoundJoin);
    let [width, height] = scene.size.map(|px| px as f32);
    writer.paint(VisibleColor::of(scene.background), None, |content| {
        content.rect(0.0, 0.0, width, height);
    });
    writer.nodes(&scene.bounded().nodes);
    writer.content.end_marked_content();
    writer.content.finish().into_vec()
}

struct ContentWriter<'a> {
    content: Content,
    shared: &'a mut DocumentResources,
}

impl ContentWriter<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { clip, nodes, .. } => self.group(*clip, nodes),
                Node::Path {
                    lines,
                    fill,
                    stroke,
                } => {
                    // Like SVG, PDF would fill open lines, too, so only closed lines are filled.
                    let inside = lines.iter().filter(|line| line.has_inside());
                    self.lines(inside, fill.and_then(VisibleColor::of), None);
                    self.lines(lines, None, stroke.and_then(VisibleStroke::of));
                }
                Node::Circle {
                    center: [x, y],
                    radius,
                    fill,
                    stroke,
                } => {
                    let center = [Hundredths::of(*x), Hundredths::of(*y)];
                    if let ([Some(_), Some(_)], Some(_)) = (center, length(*radius)) {
                        self.paint(
                            fill.and_then(VisibleColor::of),
                            stroke.and_then(VisibleStroke::of),
                            |content| circle(content, [*x, *y], *radius),
                        );
                    }
                }
                Node::Text(text) => self.text(text),
            }
        }
    }

    fn group(&mut self, clip: Option<Rect>, nodes: &[Node]) {
        match clip.map(corner_and_size) {
            None => self.nodes(nodes),
            Some(Some(edge)) => {
                let [left, top, width, height] = edge.map(Hundredths::as_f32);
                self.content
                    .save_state()
                    .rect(left, top, width, height)
                    .clip_nonzero()
                    .end_path();
                self.nodes(nodes);
                self.content.restore_state();
            }
            Some(None) => {}
        }
    }

    fn lines<'a>(
        &mut self,
        lines: impl IntoIterator<Item = &'a Polyline>,
        fill: Option<VisibleColor>,
        stroke: Option<VisibleStroke>,
    ) {
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let pieces = pieces(lines);
        if !pieces.is_empty() {
            self.paint(fill, stroke, |content| trace(content, &pieces));
        }
    }

    /// Fills a shape, then strokes it separately, so that a translucent stroke shows the fill below it, as in SVG.
    fn paint(
        &mut self,
        fill: Option<VisibleColor>,
        stroke: Option<VisibleStroke>,
        shape: impl Fn(&mut Content),
    ) {
        if let Some(paint) = fill {
            self.fill(paint);
            shape(&mut self.content);
            self.content.fill_even_odd();
        }
        if let Some(pen) = stroke {
            self.stroke(pen);
            shape(&mut self.content);
            self.content.stroke();
        }
    }

    fn fill(&mut self, paint: VisibleColor) {
        let [r, g, b] = paint.rgb.map(|v| f32::from(v) / 255.0);
        self.content.set_fill_rgb(r, g, b);
        self.opacity(paint.opacity);
    }

    fn stroke(&mut self, pen: VisibleStroke) {
        let [r, g, b] = pen.paint.rgb.map(|v| f32::from(v) / 255.0);
        let dash = pen.dash.into_iter().flatten().map(Hundredths::as_f32);
        self.content
            .set_stroke_rgb(r, g, b)
            .set_line_width(pen.width.as_f32())
            .set_dash_pattern(dash, 0.0);
        self.opacity(pen.paint.opacity);
    }

    fn opacity(&mut self, opacity: Hundredths) {
        self.shared.opacities.insert(opacity);
        self.content
            .set_parameters(Name(state_name(opacity).as_bytes()));
    }

    fn text(&mut self, text: &TextNode) {
        let [x, y] = text.at;
        let (Some(size), Some(paint)) = (length(text.size), VisibleColor::of(text.color)) else {
            return;
        };
        if text.text.is_empty() || ![x, y, text.turn].iter().all(|v| v.is_finite()) {
            return;
        }
        let width = text::width(&text.text, text.size);
        let before = match text.align {
            Align::Start => 0.0,
            Align::Middle => width / 2.0,
            Align::End => width,
        };
        let [cos, sin] = direction(text.turn);
        let start = [x - before * cos, y - before * sin];
        // The halo consists of lines, so that a search finds the text only once.
        let letters = text.halo.and_then(|_| letters(text));
        if let Some(letters) = letters {
            self.paint(None, text.halo.and_then(VisibleStroke::of), |content| {
                trace_letters(content, &letters);
            });
        }
        self.fill(paint);
        let ([cos, sin], [x, y]) = ([cos, sin].map(|v| v as f32), start.map(rounded));
        self.content
            .begin_text()
            .set_font(FONT_NAME, size.as_f32())
            // In the font, y increases upward.
            .set_text_matrix([cos, sin, sin, -cos, x, y]);
        self.shared.font.show(&mut self.content, &text.text);
        self.content.end_text();
    }
}

/// Rounds to hundredths, like all other lengths.
fn rounded(px: f64) -> f32 {
    ((px * 100.0).round() / 100.0) as f32
}

/// Appends lines to the path.
fn trace(content: &mut Content, pieces: &[(Vec<HundredthsPoint>, bool)]) {
    for (corners, closed) in pieces {
        for (i, corner) in corners.iter().enumerate() {
            let [x, y] = corner.map(Hundredths::as_f32);
            if i == 0 {
                content.move_to(x, y);
            } else {
                content.line_to(x, y);
            }
        }
        if *closed {
            content.close_path();
        }
    }
}

/// Appends a circle to the path, from one axis to the next, clockwise.
fn circle(content: &mut Content, [x, y]: [f64; 2], r: f64) {
    let at = |dx: f64, dy: f64| [rounded(x + r * dx), rounded(y + r * dy)];
    let [px, py] = at(1.0, 0.0);
    content.move_to(px, py);
    for [dx, dy] in [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]] {
        let [ax, ay] = at(dx - HANDLE * dy, dy + HANDLE * dx);
        let [bx, by] = at(-dy + HANDLE * dx, dx + HANDLE * dy);
        let [cx, cy] = at(-dy, dx);
        content.cubic_to(ax, ay, bx, by, cx, cy);
    }
    content.close_path();
}

/// Returns the direction of text that is rotated clockwise by this angle in degrees.
fn direction(degrees: f64) -> [f64; 2] {
    let radians = degrees * std::f64::consts::PI / 180.0;
    let direction = [cos(radians), sin(radians)];
    // Horizontal and vertical text has an exact direction.
    if degrees % 90.0 == 0.0 {
        direction.map(f64::round)
    } else {
        direction
    }
}

/// Appends the outlines of letters to the path.
fn trace_letters(content: &mut Content, letters: &Path) {
    let mut last = tiny_skia::Point::zero();
    for segment in letters.segments() {
        // PDF has cubic curves only.
        let near = |end: f32, handle: f32| end + (handle - end) * 2.0 / 3.0;
        let [a, b, end] = match segment {
            PathSegment::MoveTo(p) | PathSegment::LineTo(p) => [p; 3],
            PathSegment::QuadTo(handle, p) => {
                let [a, b] = [last, p].map(|end| (near(end.x, handle.x), near(end.y, handle.y)));
                [a.into(), b.into(), p]
            }
            PathSegment::CubicTo(a, b, p) => [a, b, p],
            PathSegment::Close => [last; 3],
        };
        let [ax, ay, bx, by, x, y] = [a.x, a.y, b.x, b.y, end.x, end.y].map(|v| rounded(v.into()));
        match segment {
            PathSegment::MoveTo(_) => content.move_to(x, y),
            PathSegment::LineTo(_) => content.line_to(x, y),
            PathSegment::Close => content.close_path(),
            _ => content.cubic_to(ax, ay, bx, by, x, y),
        };
        last = end;
    }
}
