//! Plots below each other that share their first axis.

use super::{
    axis,
    figure::Mark,
    frame::{AxisSpan, Frame},
    legend::{self, LegendEntry},
    prose::broken,
};
use crate::prelude::*;
use crate::text::width;

/// One of several plots over the same first axis.
pub struct StackedPlot<'a> {
    /// What it shows, above it.
    pub title: String,
    /// Second axis, upwards.
    pub y: AxisSpan,
    /// What is drawn, from the back to the front.
    pub marks: Vec<Box<dyn Mark + 'a>>,
}

/// Plots below each other that share their first axis: what happens at the same time stands in one line.
pub struct StackedPlots<'a> {
    /// Width of the picture in px; its height follows from the number of plots.
    pub width: f64,
    /// Height of each plot between its axes in px.
    pub height: f64,
    /// Names all of it, for those who cannot see it; it is not written.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The axis that all share, below the last.
    pub x: AxisSpan,
    /// From top to bottom.
    pub levels: Vec<StackedPlot<'a>>,
    /// The legend, below.
    pub keys: Vec<LegendEntry>,
}

const MARGIN: f64 = 14.0;
/// From one line of a name to the next, in sizes of the text.
const LEADING: f64 = 1.25;
/// About so many ticks an axis.
const TICKS: usize = 5;

impl StackedPlots<'_> {
    /// Lays the plots out.
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
        Scene::titled(size, words, theme.paper, nodes)
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
        // Lines through all plots, so that the same moment is found in each.
        let ticks = axis::fitting(&frame, &self.x, TICKS);
        let grid = ticks.into_iter().map(|(v, _)| {
            let x = frame.x.px_from_data(v);
            vec![[x, area.top], [x, area.bottom()]]
        });
        let mut marks = vec![open_lines(grid, Stroke::new(theme.faint, 1.0))];
        for mark in &level.marks {
            mark.draw(&frame, &mut marks);
        }
        // Only the last one has the ticks of all.
        let none = AxisSpan::linear("", [f64::NAN; 2]);
        let x = if is_last { &self.x } else { &none };
        let mut nodes = vec![
            clipped("marks", area, marks),
            group("axes", axis::draw(&frame, x, &level.y, TICKS)),
        ];
        let mut baseline = area.top - 5.0;
        for line in title.into_iter().rev() {
            let at = [area.left, baseline];
            nodes.push(label(at, line, theme.small, theme.ink, Align::Start));
            baseline -= LEADING * theme.small;
        }
        group("level", nodes)
    }
}
