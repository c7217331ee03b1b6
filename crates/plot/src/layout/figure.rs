//! A figure with two axes: its content and its layout.

pub use super::frame::{AxisSpan, Frame};
use super::{
    axis,
    color_bar::ColorBar,
    legend::{self, LegendEntry},
};
use crate::prelude::*;

/// A mark: content drawn between the axes.
pub trait Mark {
    /// Draws the mark. Later marks are drawn above earlier ones.
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>);

    /// Draws the labels of the mark above all marks. Labels avoid the `lines` of all marks.
    fn label(&self, _frame: &Frame, _lines: &[Vec<Point>], _out: &mut Vec<Node>) {}

    /// Returns lines in px that legends and labels should not cover.
    fn lines(&self, _frame: &Frame) -> Vec<Vec<Point>> {
        Vec::new()
    }

    /// Returns the entry in the legend.
    fn key(&self, _theme: &Theme) -> Option<LegendEntry> {
        None
    }
}

/// A figure with two axes.
pub struct Figure<'a> {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Title above the figure.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Horizontal axis.
    pub x: AxisSpan,
    /// Vertical axis.
    pub y: AxisSpan,
    /// Whether the axes have equal units, so that angles are preserved. Ignored if one axis would be much longer than the
    /// other.
    pub equal_units: bool,
    /// Marks from back to front.
    pub marks: Vec<Box<dyn Mark + 'a>>,
    /// Color bar on the right.
    pub color_bar: Option<ColorBar>,
    /// Whether there is a legend.
    pub legend: bool,
}

const MARGIN: f64 = 14.0;
/// Distance between the map and a legend outside of it, in px.
const GAP: f64 = 12.0;
const TICKS: usize = 7;
/// Largest fraction of the height for the legend below.
const LEGEND: f64 = 0.3;
/// Largest ratio of the axes with equal units.
const FLATTEST: f64 = 5.0;

impl Figure<'_> {
    /// Lays out the figure.
    pub fn scene(&self, theme: &Theme) -> Scene {
        self.laid_out(theme).0
    }

    /// Returns the scene and the frame of the marks, for drawing over the scene.
    pub fn laid_out<'t>(&self, theme: &'t Theme) -> (Scene, Frame<'t>) {
        let keyed = self.marks.iter().filter(|_| self.legend);
        let keys: Vec<LegendEntry> = keyed.filter_map(|m| m.key(theme)).collect();
        let mut room = self.room(theme);
        let mut frame = self.frame(room, theme);
        let (mut marks, mut lines) = drawn(&self.marks, &frame);
        let place = place_of_legend(&keys, &lines, &frame, room);
        let mut size = self.size;
        if place == LegendPlacement::Below {
            let (_, high) = legend::rows(&keys, [0.0, 0.0], self.size[0] - 2.0 * MARGIN, theme);
            // A long legend increases the height of the picture instead of shrinking the map.
            let taken = (high + GAP).min(LEGEND * room.height);
            size[1] += (high + GAP - taken).round();
            room.height = (room.height - taken).max(1.0);
            frame = self.frame(room, theme);
        }
        if let LegendPlacement::Beside(card) = place {
            // The remaining space is on the right of the legend instead of on both sides of the map.
            room.width -= card[0] + GAP;
            frame = self.frame(room, theme);
        }
        if place != LegendPlacement::Inside {
            (marks, lines) = drawn(&self.marks, &frame);
        }
        let mut nodes = vec![clipped("marks", frame.area, marks)];
        nodes.push(group("axes", axis::draw(&frame, &self.x, &self.y, TICKS)));
        if let Some(bar) = &self.color_bar {
            nodes.push(group("color-bar", bar.draw(&frame)));
        }
        if self.legend {
            let legend = self.legend(&keys, place, &lines, &frame);
            nodes.push(group("legend", legend));
        }
        nodes.push(axis::title(&self.title, &frame, self.size[0]));
        let words = [&self.title, &self.description];
        (Scene::titled(size, words, theme.background, nodes), frame)
    }

    /// Draws the legend.
    fn legend(
        &self,
        keys: &[LegendEntry],
        place: LegendPlacement,
        lines: &[Vec<Point>],
        frame: &Frame,
    ) -> Vec<Node> {
        let theme = frame.theme;
        match place {
            LegendPlacement::Inside => legend::draw(keys, lines, frame),
            LegendPlacement::Beside(card) => {
                let bar = self.color_bar.as_ref().map_or(0.0, |bar| bar.width(theme));
                let corner = [frame.area.right() + bar + GAP, frame.area.top];
                legend::card(keys, Rect::new(corner, card), theme)
            }
            LegendPlacement::Below => {
                let top = frame.area.bottom() + below(theme) - MARGIN + GAP;
                let width = self.size[0] - 2.0 * MARGIN;
                legend::rows(keys, [MARGIN, top], width, theme).0
            }
        }
    }

    /// Returns the area that remains for the plot beside axes, labels, and color bar.
    fn room(&self, theme: &Theme) -> Rect {
        let widest = |span: &AxisSpan| axis::widest(&span.ticks(TICKS), theme);
        let left = MARGIN + theme.text + 12.0 + widest(&self.y) + axis::TICK + 4.0;
        let half_label = widest(&self.x) / 2.0;
        let bar = self.color_bar.as_ref().map(|bar| bar.width(theme));
        let right = MARGIN + bar.unwrap_or(half_label);
        let top = MARGIN + theme.text + 16.0;
        let size = [
            self.size[0] - left - right,
            self.size[1] - top - below(theme),
        ];
        Rect::new([left, top], size.map(|side| side.max(1.0)))
    }

    /// Returns the largest frame that fits into the middle of the available area.
    fn frame<'t>(&self, room: Rect, theme: &'t Theme) -> Frame<'t> {
        let [mut width, mut height] = [room.width, room.height];
        let spans = [&self.x, &self.y].map(|s| s.range[1] - s.range[0]);
        if self.equal_units && (1.0 / FLATTEST..=FLATTEST).contains(&(spans[0] / spans[1])) {
            let unit = (width / spans[0]).min(height / spans[1]);
            [width, height] = [unit * spans[0], unit * spans[1]];
        }
        let left = room.left + (room.width - width) / 2.0;
        let top = room.top + (room.height - height) / 2.0;
        let area = Rect::new([left.round(), top.round()], [width, height]);
        Frame::new([&self.x, &self.y], area, theme)
    }
}

/// Draws marks; returns the nodes and the lines that must stay visible.
pub fn drawn(marks: &[Box<dyn Mark + '_>], frame: &Frame) -> (Vec<Node>, Vec<Vec<Point>>) {
    let mut nodes = Vec::new();
    for mark in marks {
        mark.draw(frame, &mut nodes);
    }
    let lines: Vec<_> = marks.iter().flat_map(|m| m.lines(frame)).collect();
    for mark in marks {
        mark.label(frame, &lines, &mut nodes);
    }
    (nodes, lines)
}

/// The placement of the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
enum LegendPlacement {
    Inside,
    /// A card of this size on the right of the color bar.
    Beside([f64; 2]),
    /// In rows below the axes.
    Below,
}

/// Places the legend on the map if it covers little of it and no line, else beside the map if it fits, else below.
fn place_of_legend(
    keys: &[LegendEntry],
    lines: &[Vec<Point>],
    frame: &Frame,
    room: Rect,
) -> LegendPlacement {
    const WIDEST: f64 = 0.66;
    const LARGEST: f64 = 0.2;
    let card = legend::card_size(keys, frame.theme);
    let ([width, height], area) = (card, frame.area);
    let is_small =
        width <= WIDEST * area.width && width * height <= LARGEST * area.width * area.height;
    if keys.is_empty() || is_small && !legend::covers(card, lines, frame) {
        LegendPlacement::Inside
    } else if width + GAP <= room.width - area.width && height <= area.height {
        LegendPlacement::Beside(card)
    } else {
        LegendPlacement::Below
    }
}

/// Returns the height below the axes in px: tick labels, axis label, and margin.
fn below(theme: &Theme) -> f64 {
    MARGIN + theme.text + 10.0 + theme.small + axis::TICK + 6.0
}
