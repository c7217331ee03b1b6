//! Plots below each other with a shared horizontal axis.

use super::{
    axis,
    figure::Mark,
    frame::{AxisSpan, Frame},
    legend::{self, LegendEntry},
    prose::broken,
};
use crate::prelude::*;
use crate::text::width;

/// One of several plots over the same horizontal axis.
pub struct StackedPlot<'a> {
    /// Title above the plot.
    pub title: String,
    /// Vertical axis.
    pub y: AxisSpan,
    /// Marks from back to front.
    pub marks: Vec<Box<dyn Mark + 'a>>,
}

/// Plots below each other with a shared horizontal axis, so that simultaneous events are aligned.
pub struct StackedPlots<'a> {
    /// Width of the picture in px. The height depends on the number of plots.
    pub width: f64,
    /// Height of each plot between its axes in px.
    pub height: f64,
    /// Title in the metadata; it is not drawn.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Shared axis below the last plot.
    pub x: AxisSpan,
    /// Plots from top to bottom.
    pub levels: Vec<StackedPlot<'a>>,
    /// Legend below the plots.
    pub keys: Vec<LegendEntry>,
}

const MARGIN: f64 = 14.0;
/// Line height relative to the font size.
const LEADING: f64 = 1.25;
/// Approximate number of ticks per axis.
const TICKS: usize = 5;

impl StackedPlots<'_> {
    /// Lays out the plots.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let numbers = self.levels.iter().map(|level| level.y.ticks(TICKS));
        let widths = numbers.map(|ticks| axis::widest(&ticks, theme));
        let widest = widths.fold(width("0.00", theme.small), f64::max);
        let left = MARGIN + widest + axis::TICK + 4.0;
        let across = (self.width - left - MARGIN - 8.0).max(1.0);
        let mut top = 2.0;
        let mut nodes = Vec::new();
        for (i, level) in self.levels.iter().enumerate() {
            let title = broken(&level.title, theme.small, across);
            let lines = title.len() as f64;
            let below = top + LEADING * theme.small * lines + 6.0;
            let area = Rect::new([left, below].map(f64::round), [across, self.height]);
            let is_last = i + 1 == self.levels.len();
            nodes.push(self.level(level, title, is_last, area, theme));
            top = area.bottom() + 8.0;
        }
        top += axis::TICK + theme.small + 18.0 + theme.text;
        let (rows, high) = legend::rows(&self.keys, [left, top], across, theme);
        nodes.push(group("legend", rows));
        let size = [self.width, (top + high + MARGIN).round()];
        let words = [&self.title, &self.description];
        Scene::titled(size, words, theme.background, nodes)
    }

    fn level(
        &self,
        level: &StackedPlot,
        title: Vec<String>,
        is_last: bool,
        area: Rect,
        theme: &Theme,
    ) -> Node {
        let frame = Frame::new([&self.x, &level.y], area, theme);
        // Lines through all plots mark the same epochs.
        let ticks = axis::fitting(&frame, &self.x, TICKS);
        let grid = ticks.into_iter().map(|(v, _)| {
            let x = frame.x.px_from_data(v);
            vec![[x, area.top], [x, area.bottom()]]
        });
        let mut marks = vec![open_lines(grid, Stroke::new(theme.muted, 1.0))];
        for mark in &level.marks {
            mark.draw(&frame, &mut marks);
        }
        // Only the last plot has ticks of the shared axis.
        let none = AxisSpan::linear("", [f64::NAN; 2]);
        let x = if is_last { &self.x } else { &none };
        let mut nodes = vec![
            clipped("marks", area, marks),
            group("axes", axis::draw(&frame, x, &level.y, TICKS)),
        ];
        let mut baseline = area.top - 5.0;
        for line in title.into_iter().rev() {
            let at = [area.left, baseline];
            nodes.push(label(at, line, theme.small, theme.foreground, Align::Start));
            baseline -= LEADING * theme.small;
        }
        group("level", nodes)
    }
}
