//! Single points: data, a start, an end.

use crate::prelude::*;
use crate::{
    layout::{Frame, Key, Mark, Sign},
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
        let label = self.label.clone()?;
        let sign = match self.glyph {
            Glyph::Square => Sign::Square(self.color),
            Glyph::Disc => Sign::Dot(self.color),
            Glyph::Cross => Sign::Cross(self.color),
        };
        Some(Key { label, sign })
    }
}

/// One point in px.
pub fn draw_glyph(
    glyph: Glyph,
    [x, y]: Px,
    r: f64,
    color: Color,
    outline: Color,
    out: &mut Vec<Node>,
) {
    match glyph {
        Glyph::Disc => out.push(Node::Circle {
            center: [x, y],
            radius: r,
            fill: Some(color),
            stroke: Some(Stroke::new(outline, 1.2)),
        }),
        Glyph::Square => {
            let corners = vec![
                [x - r, y - r],
                [x + r, y - r],
                [x + r, y + r],
                [x - r, y + r],
            ];
            let stroke = Some(Stroke::new(outline, 1.2));
            out.push(polygon(corners, Some(color), stroke));
        }
        Glyph::Cross => {
            let lines = || {
                [
                    vec![[x - r, y - r], [x + r, y + r]],
                    vec![[x - r, y + r], [x + r, y - r]],
                ]
            };
            out.push(open_lines(lines(), Stroke::new(outline, 5.0)));
            out.push(open_lines(lines(), Stroke::new(color, 2.5)));
        }
    }
}
