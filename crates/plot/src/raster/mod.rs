//! Nodes of a scene as pixels, painted straight onto a picture: for what changes from picture to picture.
//!
//! Whole scenes go through [`formats::png`](crate::formats::png); the two paint alike, with the same rasterizer and font.

use crate::scene::{Color, Node, Stroke};
use resvg::tiny_skia::{
    self, FillRule, LineJoin, Mask, Paint, Path, PathBuilder, PixmapMut, StrokeDash, Transform,
};

mod outlines;
pub mod pixels;

pub(crate) use outlines::{bounds, bounds_of, bounds_of_all, line, outline, polygon};
use outlines::{letters, path};
pub use pixels::Pixels;

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

#[cfg(test)]
mod tests {
    use super::{Color, Node, Stroke, paint};
    use crate::{
        formats::png,
        scene::{
            Align, Rect, Scene, Text,
            shapes::{group, open_lines, polygon, text},
        },
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
