//! Points: data, initial points, and ends.

pub use crate::contour::DataPoint;
use crate::prelude::*;
use crate::{
    layout::{
        Frame, LegendEntry, LegendHandle, Mark,
        legend::{cross, diamond},
    },
    scene::Point as Px,
};

/// The marker of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Disc,
    /// A square, so that classes can be distinguished without color.
    Square,
    /// Two crossed strokes.
    Cross,
    /// A diamond.
    Diamond,
    /// A ring.
    Ring,
}

/// Points with the same marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// Points in data coordinates.
    pub points: Vec<DataPoint>,
    /// Marker.
    pub glyph: Marker,
    /// Color.
    pub color: Color,
    /// Half the width in px.
    pub radius: f64,
    /// Label in the legend, if they have an entry.
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
        let dot = |p: &DataPoint| {
            let [x, y] = frame.px_from_data(p);
            vec![[x - self.radius, y], [x + self.radius, y]]
        };
        self.points.iter().map(dot).collect()
    }

    fn key(&self, _: &Theme) -> Option<LegendEntry> {
        let sign = match self.glyph {
            Marker::Square => LegendHandle::Square(self.color),
            Marker::Disc => LegendHandle::Dot(self.color),
            Marker::Cross => LegendHandle::Cross(self.color),
            Marker::Diamond => LegendHandle::Diamond(self.color),
            Marker::Ring => LegendHandle::Ring(self.color),
        };
        Some(LegendEntry::new(self.label.as_ref()?, sign))
    }
}

/// Draws one point in px.
pub fn draw_glyph(
    glyph: Marker,
    center: Px,
    radius: f64,
    color: Color,
    outline: Color,
    out: &mut Vec<Node>,
) {
    let (fill, stroke) = (Some(color), Some(Stroke::new(outline, 1.2)));
    match glyph {
        Marker::Disc => out.push(circle(center, radius, fill, stroke)),
        Marker::Square => out.push(Rect::around(center, [2.0 * radius; 2]).node(fill, stroke)),
        Marker::Cross => {
            for stroke in [Stroke::new(outline, 5.0), Stroke::new(color, 2.5)] {
                out.push(open_lines(cross(center, radius), stroke));
            }
        }
        Marker::Diamond => out.push(polygon(diamond(center, 1.3 * radius), fill, stroke)),
        Marker::Ring => {
            for stroke in [Stroke::new(outline, 5.0), Stroke::new(color, 2.5)] {
                out.push(circle(center, radius, None, Some(stroke)));
            }
        }
    }
}
