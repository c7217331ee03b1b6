//! Horizontal bar charts.

use super::{
    axis,
    frame::{AxisSpan, Frame},
    prose::broken,
    scale::{Scale, Spacing},
};
use crate::prelude::*;
use crate::text::{fitted_names, repeated, widest};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Label.
    pub label: String,
    /// Length, not negative.
    pub value: f64,
    /// Value as text.
    pub words: String,
    /// Color.
    pub color: Color,
    /// Whether the run reached its target: the bar is filled, otherwise hatched.
    pub counts: bool,
}

/// Horizontal bars with labels on the left and values on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct BarChart {
    /// Width and height in px.
    pub size: [f64; 2],
    /// Title above the chart.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Label of the axis of values.
    pub label: String,
    /// Spacing of the axis of values. On a logarithmic axis, bars begin below the smallest positive value.
    pub spacing: Spacing,
    /// Bars from top to bottom.
    pub bars: Vec<Bar>,
}

const MARGIN: f64 = 16.0;
const TICKS: usize = 8;
/// Largest fraction of the width for labels.
const NAMES: f64 = 0.4;
/// Line height relative to the font size.
const LEADING: f64 = 1.2;
/// Distance between the lines of a hatched bar in px.
const HATCH: f64 = 7.0;

impl BarChart {
    /// Lays out the chart.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let names = widest(self.bars.iter().map(|b| &b.label), theme.text);
        let names = names.min(NAMES * self.size[0]);
        let values = widest(self.bars.iter().map(|b| &b.words), theme.text);
        let (left, top) = (MARGIN + names + 12.0, MARGIN + theme.text + 18.0);
        let below = theme.small + theme.text + 32.0;
        let width = (self.size[0] - left - values - 12.0 - MARGIN).max(1.0);
        let height = (self.size[1] - top - below - MARGIN).max(1.0);
        let area = Rect::new([left, top], [width, height]);
        let range = self.range();
        let rows = [0.0, self.bars.len().max(1) as f64];
        let frame = Frame {
            x: Scale {
                data: range,
                px: [area.left, area.right()],
                spacing: self.spacing,
            },
            y: Scale::linear(rows, [area.top, area.bottom()]),
            area,
            theme,
        };
        let nodes = vec![
            group("grid", self.grid(&frame)),
            group("bars", self.bars(&frame)),
            axis::title(&self.title, &frame, self.size[0]),
        ];
        let words = [&self.title, &self.description];
        Scene::titled(self.size, words, theme.background, nodes)
    }

    /// Returns the values at the ends of the axis.
    fn range(&self) -> [f64; 2] {
        let values = || self.bars.iter().map(|bar| bar.value);
        let longest = values().fold(0.0, f64::max);
        match self.spacing {
            _ if longest <= 0.0 => [
                if self.spacing == Spacing::Log {
                    0.1
                } else {
                    0.0
                },
                1.0,
            ],
            Spacing::Linear => [0.0, longest],
            Spacing::Log => {
                let shortest = values().filter(|v| *v > 0.0).fold(longest, f64::min);
                [shortest / 2.0, longest]
            }
        }
    }

    fn grid(&self, frame: &Frame) -> Vec<Node> {
        let (theme, area) = (frame.theme, frame.area);
        let span = AxisSpan::numbers("", frame.x.data, self.spacing);
        let ticks = axis::fitting(frame, &span, TICKS);
        let at = |v: &f64| frame.x.px_from_data(*v);
        let lines = ticks
            .iter()
            .map(|(v, _)| vec![[at(v), area.top], [at(v), area.bottom()]]);
        let mut nodes = vec![open_lines(lines, Stroke::new(theme.muted, 1.0))];
        for (v, words) in &ticks {
            let below = [at(v), area.bottom() + 5.0 + theme.small];
            nodes.push(label(
                below,
                words,
                theme.small,
                theme.foreground,
                Align::Middle,
            ));
        }
        let below = area.bottom() + 16.0 + theme.small + theme.text;
        let name = axis::name(&self.label, theme.text, below, frame, self.size[0]);
        nodes.push(name);
        nodes
    }

    /// Returns the lines of each label. Different labels have different lines.
    fn label_lines(&self, room: [f64; 2], theme: &Theme) -> Vec<Vec<(String, f64)>> {
        let labels: Vec<&str> = self.bars.iter().map(|bar| bar.label.as_str()).collect();
        let fitted = fitted_names(&labels, theme.text, room[0], theme.small);
        let both = || labels.iter().zip(&fitted);
        let lines = both().map(|(name, fitted)| (name_lines(name, fitted, room, theme), 0.0));
        let lines: Vec<_> = lines.collect();
        if repeated(&labels, &lines).is_empty() {
            return lines.into_iter().map(|(lines, _)| lines).collect();
        }
        fitted.into_iter().map(|fitted| vec![fitted]).collect()
    }

    fn bars(&self, frame: &Frame) -> Vec<Node> {
        let (theme, area) = (frame.theme, frame.area);
        let mut nodes = Vec::new();
        let room = [
            NAMES * self.size[0],
            frame.y.px_from_data(1.0) - frame.y.px_from_data(0.0),
        ];
        let labels = self.label_lines(room, theme);
        for (i, (bar, names)) in self.bars.iter().zip(labels).enumerate() {
            let edge = |share: f64| frame.y.px_from_data(i as f64 + share);
            let (top, bottom) = (edge(0.18), edge(0.82));
            // On a logarithmic axis, a bar of the value 0 has no length.
            let end = frame.x.px_from_data(bar.value.max(frame.x.data[0]));
            let rect = Rect::new([area.left, top], [end - area.left, bottom - top]);
            if bar.counts {
                nodes.push(rect.node(Some(bar.color), Some(Stroke::new(theme.foreground, 0.75))));
            } else {
                nodes.push(hatched(rect, bar.color));
                nodes.push(rect.node(None, Some(Stroke::new(bar.color, 1.5))));
            }
            let words = |[x, middle]: [f64; 2], words: &str, size, align| {
                let at = [x, middle + 0.36 * size];
                label(at, words, size, theme.foreground, align)
            };
            let leading = LEADING * theme.small;
            let above = 0.5 * leading * (names.len() - 1) as f64;
            for (i, (name, size)) in names.iter().enumerate() {
                let middle = edge(0.5) - above + leading * i as f64;
                nodes.push(words([area.left - 10.0, middle], name, *size, Align::End));
            }
            let behind = [end + 8.0, edge(0.5)];
            nodes.push(words(behind, &bar.words, theme.text, Align::Start));
        }
        let base = vec![[area.left, area.top], [area.left, area.bottom()]];
        nodes.push(open_lines([base], Stroke::new(theme.foreground, 1.0)));
        nodes
    }
}

/// Breaks a label into lines, each with its font size. If there are too many lines, the last one is shortened. `fitted`
/// is the label in one line, shortened if necessary.
fn name_lines(
    name: &str,
    fitted: &(String, f64),
    [room, height]: [f64; 2],
    theme: &Theme,
) -> Vec<(String, f64)> {
    let most = (height / (LEADING * theme.small)) as usize;
    if fitted.0 == name || most < 2 {
        return vec![fitted.clone()];
    }
    // A line can be broken between settings.
    let words = name.replace(',', ", ");
    let mut lines = broken(&words, theme.small, room);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    let lines = lines
        .iter()
        .map(|line| fitted_names(&[line], theme.small, room, theme.small));
    lines.flatten().collect()
}

/// Draws slanted lines that fill a bar.
fn hatched(rect: Rect, color: Color) -> Node {
    let count = ((rect.width + rect.height) / HATCH).floor() as usize;
    let lines = (1..=count).map(|i| {
        let x = rect.left + i as f64 * HATCH;
        vec![[x - rect.height, rect.bottom()], [x, rect.top]]
    });
    clipped("", rect, vec![open_lines(lines, Stroke::new(color, 1.5))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_labels_have_different_lines() {
        let bar = |beta: f64| Bar {
            label: format!(
                "Adam (learning_rate=0.1,beta1={beta},beta2=0.999,epsilon=1e-8,weight_decay=0.125)"
            ),
            value: 1.0,
            words: String::new(),
            color: Theme::LIGHT.foreground,
            counts: true,
        };
        let chart = BarChart {
            size: [400.0, 300.0],
            title: String::new(),
            description: String::new(),
            label: String::new(),
            spacing: Spacing::Linear,
            bars: [0.5, 0.7, 0.8, 0.9].map(bar).into(),
        };
        for height in [20.0, 30.0, 45.0, 60.0] {
            let mut lines = chart.label_lines([130.0, height], &Theme::LIGHT);
            lines.dedup();
            assert_eq!(lines.len(), 4, "{height}: {lines:?}");
        }
    }
}
