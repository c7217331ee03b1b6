//! Single points: data, a start, an end.

use crate::prelude::*;
use crate::{
    layout::{Frame, Key, Mark, Sign, legend::cross},
    scene::Point as Px,
};

/// How a point looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A disc.
    Disc,
    /// A square, so that classes can be told apart without colour.
    Square,
    /// Two crossed strokes.
    Cross,
}

/// A point in data coordinates.
pub type Point = [f64; 2];

/// Points that look alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// Where they are.
    pub points: Vec<Point>,
    /// How they look.
    pub glyph: Glyph,
    /// Their colour.
    pub color: Color,
    /// Half their width in px.
    pub radius: f64,
    /// Their name in the legend, if they are to be listed.
    pub label: Option<String>,
}

impl Mark for Dots {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let outline = frame.theme.casing(self.color);
        for p in &self.points {
            let center = frame.px_from_data(p);
            draw_glyph(self.glyph, center, self.radius, self.color, outline, out);
        }
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Px>> {
        let dot = |p: &Point| {
            let [x, y] = frame.px_from_data(p);
            vec![[x - self.radius, y], [x + self.radius, y]]
        };
        self.points.iter().map(dot).collect()
    }

    fn key(&self, _: &Theme) -> Option<Key> {
        let sign = match self.glyph {
            Glyph::Square => Sign::Square(self.color),
            Glyph::Disc => Sign::Dot(self.color),
            Glyph::Cross => Sign::Cross(self.color),
        };
        Some(Key::new(self.label.as_ref()?, sign))
    }
}

/// One point in px.
pub fn draw_glyph(
    glyph: Glyph,
    center: Px,
    radius: f64,
    color: Color,
    outline: Color,
    out: &mut Vec<Node>,
) {
    let (fill, stroke) = (Some(color), Some(Stroke::new(outline, 1.2)));
    match glyph {
        Glyph::Disc => out.push(circle(center, radius, fill, stroke)),
        Glyph::Square => out.push(Rect::around(center, [2.0 * radius; 2]).node(fill, stroke)),
        Glyph::Cross => {
            for stroke in [Stroke::new(outline, 5.0), Stroke::new(color, 2.5)] {
                out.push(open_lines(cross(center, radius), stroke));
            }
        }
    }
}
