//! Nodes of a scene as paths for the rasterizer, and what they stay within.

use crate::prelude::*;
use crate::{
    scene::{FAR, Polyline},
    text,
};
use tiny_skia::{LineJoin, Path, PathBuilder, StrokeDash, Transform};

/// The path along lines; none if there is nothing finite to draw.
pub(super) fn path<'a>(lines: impl IntoIterator<Item = &'a Polyline>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        line.for_each_part(|points, closed| push(&mut path, points, closed));
    }
    path.finish()
}

/// Adds a line without a break.
fn push(path: &mut PathBuilder, points: &[Point], closed: bool) {
    for (i, p) in points.iter().enumerate() {
        let [x, y] = p.map(|px| px.clamp(-FAR, FAR) as f32);
        if i == 0 {
            path.move_to(x, y);
        } else {
            path.line_to(x, y);
        }
    }
    if closed {
        path.close();
    }
}

/// What draws a stroke, in px; none if it leaves nothing.
pub(super) fn pen(stroke: Stroke) -> Option<tiny_skia::Stroke> {
    // A dash or a gap of no length is a solid line.
    let dash = |lengths: [f64; 2]| {
        let dashed = lengths.iter().all(|px| *px > 0.0);
        dashed.then(|| StrokeDash::new(lengths.map(|px| px as f32).to_vec(), 0.0))?
    };
    // The rasterizer would draw a line of no width as thin as it can.
    (stroke.width > 0.0).then(|| tiny_skia::Stroke {
        width: stroke.width as f32,
        line_join: LineJoin::Round,
        dash: stroke.dash.and_then(dash),
        ..tiny_skia::Stroke::default()
    })
}

/// The outline of open lines of this width in px.
pub(crate) fn line(lines: &[Vec<Point>], width: f64) -> Option<Path> {
    let open = |points: &Vec<Point>| Polyline {
        points: points.clone(),
        closed: false,
    };
    let lines: Vec<Polyline> = lines.iter().map(open).collect();
    outline(&path(&lines)?, width)
}

/// The path around a polygon.
pub(crate) fn polygon(points: &[Point]) -> Option<Path> {
    path([&Polyline {
        points: points.to_vec(),
        closed: true,
    }])
}

/// The outline of a path drawn with a pen of this width in px.
pub(crate) fn outline(path: &Path, width: f64) -> Option<Path> {
    // Without curves, and at the scale of the px, the precision of the outline matters little.
    path.stroke(&pen(Stroke::new(Color::hex(0), width))?, 1.0)
}

/// The upright rectangle around a path, in its own px.
pub(crate) fn bounds(path: &Path) -> Rect {
    let bounds = path.bounds();
    Rect {
        left: bounds.left().into(),
        top: bounds.top().into(),
        width: bounds.width().into(),
        height: bounds.height().into(),
    }
}

/// The upright rectangle that a node stays within; none if it shows nothing.
pub(crate) fn bounds_of(node: &Node) -> Option<Rect> {
    let wide = |rect: Rect, stroke: Option<Stroke>| {
        rect.grown(stroke.map_or(0.0, |stroke| stroke.width / 2.0))
    };
    match node {
        Node::Group { nodes, .. } => bounds_of_all(nodes),
        Node::Path { lines, stroke, .. } => {
            // Round joins reach no farther than half the width.
            path(lines).map(|path| wide(bounds(&path), *stroke))
        }
        Node::Circle {
            center: [x, y],
            radius,
            stroke,
            ..
        } => {
            let rect = Rect {
                left: x - radius,
                top: y - radius,
                width: 2.0 * radius,
                height: 2.0 * radius,
            };
            Some(wide(rect, *stroke))
        }
        Node::Text(text) => letters(text).map(|path| wide(bounds(&path), text.halo)),
    }
}

/// The upright rectangle that nodes stay within; none if they show nothing.
pub(crate) fn bounds_of_all(nodes: &[Node]) -> Option<Rect> {
    nodes.iter().filter_map(bounds_of).reduce(around)
}

fn around(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.left.min(b.left), a.top.min(b.top));
    Rect {
        left,
        top,
        width: a.right().max(b.right()) - left,
        height: a.bottom().max(b.bottom()) - top,
    }
}

/// The letters of a line of text, where they stand.
pub(crate) fn letters(line: &TextNode) -> Option<Path> {
    if line.size <= 0.0 {
        return None;
    }
    let scale = line.size / f64::from(text::units_per_em());
    let shift = match line.align {
        Align::Start => 0.0,
        Align::Middle => -text::width(&line.text, line.size) / 2.0,
        Align::End => -text::width(&line.text, line.size),
    };
    let mut outline = Outline {
        path: PathBuilder::new(),
        x: 0.0,
    };
    for glyph in text::glyphs(&line.text) {
        text::draw_glyph(glyph.id, &mut outline);
        outline.x += glyph.advance as f32;
    }
    let place = Transform::from_row(
        scale as f32,
        0.0,
        0.0,
        // Letters grow upwards.
        -scale as f32,
        shift as f32,
        0.0,
    )
    .post_rotate(line.turn as f32)
    .post_translate(line.at[0] as f32, line.at[1] as f32);
    outline.path.finish()?.transform(place)
}

/// Builds a path from glyphs side by side, in font units.
struct Outline {
    path: PathBuilder,
    x: f32,
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + x1, y1, self.x + x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (x1, x2, x) = (self.x + x1, self.x + x2, self.x + x);
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
