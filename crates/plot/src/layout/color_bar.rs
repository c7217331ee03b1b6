//! The color bar of a filled contour plot or heat map.

use super::{
    axis,
    frame::Frame,
    scale::{Scale, Ticks, roundest},
};
pub use crate::contour::levels::ColorBarLayout;
use crate::prelude::*;

/// A color bar: shows which color represents which value.
#[derive(Clone, Debug, PartialEq)]
pub struct ColorBar {
    /// Edges of the bands, ascending, one more than there are bands.
    pub levels: Vec<f64>,
    /// Label of the values.
    pub label: String,
    /// Layout: how the positions of values are computed.
    pub layout: ColorBarLayout,
}

const GAP: f64 = 16.0;
const BAR: f64 = 18.0;
const TICK: f64 = 4.0;
/// Number of tick labels of a bar of bands, minus one.
const PLACES: usize = 6;
/// Approximate number of tick labels of a bar with a scale.
const TICKS: usize = 9;
/// Smallest distance of tick labels in px.
const APART: f64 = 20.0;
/// Largest distance of a tick from its ideal position, relative to the distance between two ideal positions.
const NEAR: f64 = 0.25;

impl ColorBar {
    /// Returns the ticks of a bar with this height in px, with their labels.
    fn ticks(&self, height: f64) -> Vec<(f64, String)> {
        let most = (height / APART) as usize;
        match self.layout {
            ColorBarLayout::Scale(spacing) => {
                let range = [self.levels[0], self.levels[self.levels.len() - 1]];
                let ticks = Ticks::on(range, spacing, most.clamp(1, TICKS));
                let label = |v: &f64| (*v, ticks.label(*v));
                ticks.values.iter().map(label).collect()
            }
            ColorBarLayout::Bands => {
                // The shortest number near each ideal position, so that no two ticks are too close.
                let places = (most / 2).clamp(1, PLACES);
                let near = |i: usize| {
                    let [a, b] = [-NEAR, NEAR].map(|d| (i as f64 + d) / places as f64);
                    roundest([self.value_at(a), self.value_at(b)])
                };
                distinct_labels(&(0..=places).map(near).collect::<Vec<f64>>())
            }
        }
    }

    /// Returns the value at a relative height of a bar with equally high bands.
    fn value_at(&self, share: f64) -> f64 {
        let bands = self.levels.len() - 1;
        let place = share.clamp(0.0, 1.0) * bands as f64;
        let band = (place as usize).min(bands - 1);
        let [low, high] = [self.levels[band], self.levels[band + 1]];
        low + (place - band as f64) * (high - low)
    }

    /// Returns the position of a value on a bar between these ends, in px.
    fn px_from_data(&self, v: f64, px: [f64; 2]) -> f64 {
        let last = self.levels.len() - 1;
        match self.layout {
            ColorBarLayout::Scale(spacing) => Scale {
                data: [self.levels[0], self.levels[last]],
                px,
                spacing,
            }
            .px_from_data(v),
            ColorBarLayout::Bands => {
                let after = self.levels.partition_point(|level| *level <= v);
                let band = after.clamp(1, last) - 1;
                let share = |i: usize| px[0] + i as f64 / last as f64 * (px[1] - px[0]);
                let ends = [self.levels[band], self.levels[band + 1]];
                Scale::linear(ends, [share(band), share(band + 1)]).px_from_data(v)
            }
        }
    }

    fn number_width(&self, theme: &Theme) -> f64 {
        // The width for a high bar is sufficient: a lower bar has fewer labels.
        axis::widest(&self.ticks(f64::INFINITY), theme)
    }

    /// Returns the width in px that the bar needs on the right of the frame.
    pub fn width(&self, theme: &Theme) -> f64 {
        GAP + BAR + TICK + 4.0 + self.number_width(theme) + 8.0 + theme.text
    }

    /// Draws the bar on the right of the frame.
    pub fn draw(&self, frame: &Frame) -> Vec<Node> {
        let theme = frame.theme;
        let corner = [frame.area.right() + GAP, frame.area.top];
        let area = Rect::new(corner, [BAR, frame.area.height]);
        let px = |v: f64| self.px_from_data(v, [area.bottom(), area.top]);
        let mut nodes = Vec::new();
        let bands = self.levels.len() - 1;
        for (i, level) in self.levels[..bands].iter().enumerate() {
            // Each band extends to the top and is covered by the next one, which avoids seams.
            let height = px(*level) - area.top;
            let band = Rect { height, ..area };
            nodes.push(band.node(Some(theme.ramp_at(share(i, bands))), None));
        }
        let stroke = Stroke::new(theme.foreground, 1.0);
        nodes.push(area.node(None, Some(stroke)));
        let ticks = self.ticks(area.height);
        let right = area.right();
        let mark = |(v, _): &(f64, String)| vec![[right, px(*v)], [right + TICK, px(*v)]];
        nodes.push(open_lines(ticks.iter().map(mark), stroke));
        for (v, words) in &ticks {
            let at = [right + TICK + 4.0, px(*v) + 0.36 * theme.small];
            nodes.push(label(
                at,
                words,
                theme.small,
                theme.foreground,
                Align::Start,
            ));
        }
        let beside = right + TICK + 4.0 + self.number_width(theme) + 8.0 + 0.8 * theme.text;
        let at = [beside, area.middle()[1]];
        nodes.push(axis::upright(at, &self.label, area.height, theme));
        nodes
    }
}

/// Formats ascending numbers with enough digits that neighbors differ.
fn distinct_labels(values: &[f64]) -> Vec<(f64, String)> {
    const DIGITS: std::ops::RangeInclusive<u8> = 6..=15;
    let written = |digits: u8| -> Vec<(f64, String)> {
        let number = |v: &f64| (*v, crate::text::number(*v, digits));
        values.iter().map(number).collect()
    };
    let differ = |numbers: &Vec<(f64, String)>| {
        let mut pairs = numbers.windows(2);
        pairs.all(|pair| pair[0].0 == pair[1].0 || pair[0].1 != pair[1].1)
    };
    let found = DIGITS.map(written).find(differ);
    found.unwrap_or_else(|| written(*DIGITS.end()))
}

/// Returns the position of band `i` of `bands` on the color ramp.
pub fn share(i: usize, bands: usize) -> f64 {
    i as f64 / (bands.max(2) - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::scale::Spacing;

    #[test]
    fn ticks_of_uneven_bands_lie_at_their_values() {
        let bar = ColorBar {
            levels: vec![0.0, 0.7, 7.0, 70.0, 700.0, 7000.0, 70_000.0],
            label: String::new(),
            layout: ColorBarLayout::Bands,
        };
        let px = |v| bar.px_from_data(v, [600.0, 0.0]);
        assert_eq!(
            [0.0, 0.7, 7.0, 70_000.0].map(px),
            [600.0, 500.0, 400.0, 0.0]
        );
        assert_eq!(px(35.0 + 3.5), 350.0);
        let ticks = bar.ticks(600.0);
        let values: Vec<f64> = ticks.iter().map(|(v, _)| *v).collect();
        assert_eq!(values, [0.0, 1.0, 10.0, 100.0, 1000.0, 10_000.0, 60_000.0]);
        assert_eq!(ticks[5].1, "10000");
        let places: Vec<f64> = values.iter().map(|v| px(*v)).collect();
        assert!(
            places.windows(2).all(|pair| pair[0] - pair[1] > 45.0),
            "{places:?}"
        );
    }

    #[test]
    fn tick_labels_do_not_overlap_and_differ() {
        for layout in [
            ColorBarLayout::Scale(Spacing::Linear),
            ColorBarLayout::Bands,
        ] {
            let bar = ColorBar {
                levels: (0..=20).map(|i| 0.48621 + 1e-9 * f64::from(i)).collect(),
                label: String::new(),
                layout,
            };
            for height in [30.0, 90.0, 150.0, 600.0] {
                let ticks = bar.ticks(height);
                let places = ticks
                    .iter()
                    .map(|(v, _)| bar.px_from_data(*v, [height, 0.0]));
                let places: Vec<f64> = places.collect();
                let apart = |pair: &[f64]| pair[0] - pair[1] >= 13.0;
                assert!(places.windows(2).all(apart), "{height} {places:?}");
                let differ = |pair: &[(f64, String)]| pair[0].1 != pair[1].1;
                assert!(ticks.windows(2).all(differ), "{ticks:?}");
            }
        }
    }
}
