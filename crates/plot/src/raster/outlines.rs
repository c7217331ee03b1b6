//! Nodes of a scene as paths for the rasterizer, and their bounds.

use crate::prelude::*;
use crate::{
    scene::{FAR, Polyline},
    text,
};
use tiny_skia::{LineJoin, Path, PathBuilder, StrokeDash, Transform};

/// Returns the path along lines, or `None` if no point is finite.
pub(super) fn path<'a>(lines: impl IntoIterator<Item = &'a Polyline>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        line.for_each_part(|points, closed| push(&mut path, points, closed));
    }
    path.finish()
}

/// Adds an unbroken line.
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

/// Returns the pen of a stroke in px, or `None` if the stroke is invisible.
pub(super) fn pen(stroke: Stroke) -> Option<tiny_skia::Stroke> {
    // With a zero length of dash or gap, the line is solid.
    let dash = |lengths: [f64; 2]| {
        let dashed = lengths.iter().all(|px| *px > 0.0);
        dashed.then(|| StrokeDash::new(lengths.map(|px| px as f32).to_vec(), 0.0))?
    };
    // The rasterizer would draw a hairline for zero width.
    (stroke.width > 0.0).then(|| tiny_skia::Stroke {
        width: stroke.width as f32,
        line_join: LineJoin::Round,
        dash: stroke.dash.and_then(dash),
        ..tiny_skia::Stroke::default()
    })
}

/// Returns the outline of open lines of this width in px.
pub(crate) fn line(lines: &[Vec<Point>], width: f64) -> Option<Path> {
    let open = |points: &Vec<Point>| Polyline {
        points: points.clone(),
        closed: false,
    };
    let lines: Vec<Polyline> = lines.iter().map(open).collect();
    outline(&path(&lines)?, width)
}

/// Returns the path around a polygon.
pub(crate) fn polygon(points: &[Point]) -> Option<Path> {
    path([&Polyline {
        points: points.to_vec(),
        closed: true,
    }])
}

/// Returns the outline of a path that is drawn with a pen of this width in px.
pub(crate) fn outline(path: &Path, width: f64) -> Option<Path> {
    // There are no curves and the scale is 1, so a low precision of the outline is sufficient.
    path.stroke(&pen(Stroke::new(Color::hex(0), width))?, 1.0)
}

/// Returns the bounding box of a path in its coordinates.
pub(crate) fn bounds(path: &Path) -> Rect {
    let bounds = path.bounds();
    Rect {
        left: bounds.left().into(),
        top: bounds.top().into(),
        width: bounds.width().into(),
        height: bounds.height().into(),
    }
}

/// Returns the bounding box of a node, or `None` if the node is invisible.
pub(crate) fn bounds_of(node: &Node) -> Option<Rect> {
    let wide = |rect: Rect, stroke: Option<Stroke>| {
        rect.grown(stroke.map_or(0.0, |stroke| stroke.width / 2.0))
    };
    match node {
        Node::Group { nodes, .. } => bounds_of_all(nodes),
        Node::Path { lines, stroke, .. } => {
            // Round joins extend by half of the width.
            path(lines).map(|path| wide(bounds(&path), *stroke))
        }
        Node::Circle {
            center: [x, y],
            radius,
            stroke,
            ..
        } => {
            let rect = Rect::around([*x, *y], [2.0 * radius; 2]);
            Some(wide(rect, *stroke))
        }
        Node::Text(text) => letters(text).map(|path| wide(bounds(&path), text.halo)),
    }
}

/// Returns the bounding box of nodes, or `None` if they are invisible.
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

/// Returns the outlines of the letters of a text node at their position.
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
        // In the font, y increases upward.
        -scale as f32,
        shift as f32,
        0.0,
    )
    .post_rotate(line.turn as f32)
    .post_translate(line.at[0] as f32, line.at[1] as f32);
    outline.path.finish()?.transform(place)
}

/// Builds a path from a row of glyphs, in font units.
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
