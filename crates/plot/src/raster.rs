//! Nodes of a scene as pixels, painted straight onto a picture: for what changes from picture to picture.
//!
//! Whole scenes go through [`formats::png`](crate::formats::png); the two paint alike, with the same rasterizer and font.

use crate::{
    color::Color,
    scene::{Align, Line, Node, Point, Rect, Stroke, Text},
    text,
};
use resvg::tiny_skia::{
    self, FillRule, LineJoin, Mask, Paint, Path, PathBuilder, PixmapMut, StrokeDash, Transform,
};

/// Paints nodes, `scale` pixels to the px, onto the part of a picture that begins at column `left` and row `top`.
pub(crate) fn paint(nodes: &[Node], scale: f64, [left, top]: [usize; 2], onto: &mut PixmapMut) {
    let to_pixels = pixels(scale, [left, top]);
    paint_within(nodes, to_pixels, None, onto);
}

/// From px to pixels, counted from the column `left` and the row `top`.
pub(crate) fn pixels(scale: f64, [left, top]: [usize; 2]) -> Transform {
    let scale = scale as f32;
    Transform::from_row(scale, 0.0, 0.0, scale, -(left as f32), -(top as f32))
}

fn paint_within(nodes: &[Node], to_pixels: Transform, mask: Option<&Mask>, onto: &mut PixmapMut) {
    for node in nodes {
        if let Node::Group {
            clip: Some(clip),
            nodes,
            ..
        } = node
        {
            let inner = mask.cloned().or_else(|| {
                let mut all = Mask::new(onto.width(), onto.height())?;
                all.data_mut().fill(255);
                Some(all)
            });
            let edge = tiny_skia::Rect::from_xywh(
                clip.left as f32,
                clip.top as f32,
                clip.width as f32,
                clip.height as f32,
            );
            if let (Some(mut inner), Some(edge)) = (inner, edge) {
                let edge = PathBuilder::from_rect(edge);
                inner.intersect_path(&edge, FillRule::Winding, true, to_pixels);
                paint_within(nodes, to_pixels, Some(&inner), onto);
            }
            continue;
        }
        match node {
            Node::Group { nodes, .. } => paint_within(nodes, to_pixels, mask, onto),
            Node::Path {
                lines,
                fill,
                stroke,
            } => {
                if let Some(path) = path(lines) {
                    draw(
                        &path,
                        *fill,
                        FillRule::EvenOdd,
                        *stroke,
                        to_pixels,
                        mask,
                        onto,
                    );
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
                    draw(
                        &path,
                        *fill,
                        FillRule::Winding,
                        *stroke,
                        to_pixels,
                        mask,
                        onto,
                    );
                }
            }
            Node::Text(text) => {
                let Some(path) = letters(text) else { continue };
                let rule = FillRule::Winding;
                draw(&path, None, rule, text.halo, to_pixels, mask, onto);
                draw(&path, Some(text.color), rule, None, to_pixels, mask, onto);
            }
        }
    }
}

fn draw(
    path: &Path,
    fill: Option<Color>,
    rule: FillRule,
    stroke: Option<Stroke>,
    to_pixels: Transform,
    mask: Option<&Mask>,
    onto: &mut PixmapMut,
) {
    if let Some(color) = fill {
        onto.fill_path(path, &ink(color), rule, to_pixels, mask);
    }
    if let Some(stroke) = stroke {
        onto.stroke_path(path, &ink(stroke.color), &pen(stroke), to_pixels, mask);
    }
}

fn ink(color: Color) -> Paint<'static> {
    let [r, g, b] = color.rgb;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (255.0 * color.opacity).round() as u8);
    paint
}

fn pen(stroke: Stroke) -> tiny_skia::Stroke {
    let dash = |[dash, gap]: [f64; 2]| StrokeDash::new(vec![dash as f32, gap as f32], 0.0);
    tiny_skia::Stroke {
        width: stroke.width as f32,
        line_join: LineJoin::Round,
        dash: stroke.dash.and_then(dash),
        ..tiny_skia::Stroke::default()
    }
}

/// The path along lines; none if there is nothing finite to draw.
fn path(lines: &[Line]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        push(&mut path, &line.points);
        if line.closed {
            path.close();
        }
    }
    path.finish()
}

fn push(path: &mut PathBuilder, points: &[Point]) {
    let mut broken = true;
    for p in points {
        let [x, y] = p.map(|v| v as f32);
        match (x.is_finite() && y.is_finite(), broken) {
            (true, true) => path.move_to(x, y),
            (true, false) => path.line_to(x, y),
            (false, _) => {}
        }
        broken = !(x.is_finite() && y.is_finite());
    }
}

/// The outline of open lines of this width in px.
pub(crate) fn line(lines: &[Vec<Point>], width: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        push(&mut path, line);
    }
    outline(&path.finish()?, width)
}

/// The path around a polygon.
pub(crate) fn polygon(points: &[Point]) -> Option<Path> {
    let mut path = PathBuilder::new();
    push(&mut path, points);
    path.close();
    path.finish()
}

/// The outline of a path drawn with a pen of this width in px.
pub(crate) fn outline(path: &Path, width: f64) -> Option<Path> {
    // Without curves, and at the scale of the px, the precision of the outline matters little.
    path.stroke(&pen(Stroke::new(Color::hex(0), width)), 1.0)
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
fn letters(line: &Text) -> Option<Path> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        formats::png,
        scene::Scene,
        shapes::{group, open_lines, polygon, text},
    };
    use resvg::tiny_skia::Pixmap;

    /// The two ways to pixels paint the same nodes alike.
    #[test]
    fn paints_as_the_png_does() {
        let ink = Color::hex(0x0010_1418);
        let corners = vec![[20.0, 60.0], [90.0, 70.5], [55.0, 20.25]];
        let words = Text {
            turn: -30.0,
            halo: Some(Stroke::new(Color::hex(0x00f7_fbff), 3.0)),
            ..text([60.0, 80.0], "epoch 37", 13.0, ink, Align::Middle)
        };
        let dashes = Stroke::new(ink.with_opacity(0.6), 2.5).dashed([5.0, 4.0]);
        let nodes = vec![
            polygon(
                corners,
                Some(Color::hex(0x0000_8f5d)),
                Some(Stroke::new(ink, 1.2)),
            ),
            Node::Circle {
                center: [30.0, 30.0],
                radius: 8.5,
                fill: Some(Color::hex(0x00e0_4b1f).with_opacity(0.7)),
                stroke: None,
            },
            Node::Group {
                id: String::new(),
                clip: Some(Rect {
                    left: 10.0,
                    top: 10.0,
                    width: 60.0,
                    height: 80.0,
                }),
                nodes: vec![open_lines([vec![[0.0, 0.0], [100.0, 90.0]]], dashes)],
            },
            group("words", vec![Node::Text(words)]),
        ];
        let mut ours = Pixmap::new(240, 200).unwrap();
        ours.fill(resvg::tiny_skia::Color::WHITE);
        paint(&nodes, 2.0, [0, 0], &mut ours.as_mut());
        let scene = Scene {
            nodes,
            ..Scene::blank([120.0, 100.0], Color::hex(0x00ff_ffff))
        };
        let theirs = png::raster(&scene, [240, 200]).unwrap();
        let pairs = ours.data().iter().zip(theirs.data());
        let differ = pairs.filter(|(a, b)| a.abs_diff(**b) > 12).count();
        assert!(differ < 200, "{differ} of {} bytes", ours.data().len());
        assert!(
            ours.data().iter().any(|b| *b < 40),
            "something dark is there"
        );
    }
}
