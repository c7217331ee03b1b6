//! The scale of the colours of a filled contour.

use crate::{
    figure::Frame,
    scale::{Scale, Spacing, Ticks},
    scene::{Align, Node, Rect, Stroke, Text},
    shapes::{open_lines, text},
    theme::Theme,
};

/// Which colour is which value.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorBar {
    /// Edges of the bands, ascending, one more than there are bands.
    pub levels: Vec<f64>,
    /// What the values are.
    pub label: String,
    /// Whether equal distances or equal ratios are equally long.
    pub spacing: Spacing,
}

const GAP: f64 = 16.0;
const BAR: f64 = 18.0;
const TICK: f64 = 4.0;

impl ColorBar {
    fn range(&self) -> [f64; 2] {
        [self.levels[0], self.levels[self.levels.len() - 1]]
    }

    fn ticks(&self) -> Ticks {
        Ticks::on(self.range(), self.spacing, 9)
    }

    fn number_width(&self, theme: &Theme) -> f64 {
        let ticks = self.ticks();
        let widths = ticks
            .values
            .iter()
            .map(|v| crate::text::width(&ticks.label(*v), theme.small));
        widths.fold(0.0, f64::max)
    }

    /// Px that the bar needs at the right of the frame.
    pub fn width(&self, theme: &Theme) -> f64 {
        GAP + BAR + TICK + 4.0 + self.number_width(theme) + 8.0 + theme.text
    }

    /// The bar at the right of the frame.
    pub fn draw(&self, frame: &Frame) -> Vec<Node> {
        let theme = frame.theme;
        let area = Rect {
            left: frame.area.right() + GAP,
            width: BAR,
            ..frame.area
        };
        let scale = Scale {
            data: self.range(),
            px: [area.bottom(), area.top],
            spacing: self.spacing,
        };
        let mut nodes = Vec::new();
        let bands = self.levels.len() - 1;
        for (i, level) in self.levels[..bands].iter().enumerate() {
            // Each band reaches to the top and the next covers it, as in the contour: no seams.
            let bottom = scale.px_from_data(*level);
            let band = Rect {
                height: bottom - area.top,
                ..area
            };
            nodes.push(band.node(Some(theme.ramp_at(share(i, bands))), None));
        }
        let stroke = Stroke::new(theme.ink, 1.0);
        nodes.push(area.node(None, Some(stroke)));
        let ticks = self.ticks();
        let right = area.right();
        let marks = ticks.values.iter().map(|v| scale.px_from_data(*v));
        nodes.push(open_lines(
            marks.map(|y| vec![[right, y], [right + TICK, y]]),
            stroke,
        ));
        for v in &ticks.values {
            let at = [
                right + TICK + 4.0,
                scale.px_from_data(*v) + 0.36 * theme.small,
            ];
            let label = text(at, ticks.label(*v), theme.small, theme.ink, Align::Start);
            nodes.push(Node::Text(label));
        }
        let beside = right + TICK + 4.0 + self.number_width(theme) + 8.0 + 0.8 * theme.text;
        let at = [beside, area.top + area.height / 2.0];
        nodes.push(Node::Text(Text {
            turn: -90.0,
            ..text(at, &*self.label, theme.text, theme.ink, Align::Middle)
        }));
        nodes
    }
}

/// Where on the ramp band `i` of `bands` takes its colour.
pub fn share(i: usize, bands: usize) -> f64 {
    i as f64 / (bands.max(2) - 1) as f64
}
