//! Small multiples: panels with the same axes, one color bar, and one legend.

use super::{
    axis,
    color_bar::ColorBar,
    figure::{Mark, drawn},
    frame::{AxisSpan, Frame},
    legend::{self, LegendEntry},
};
use crate::prelude::*;
use crate::text::{fitted, fitted_names, width};

/// One of several panels with the same axes.
pub struct Panel<'a> {
    /// Title above the panel.
    pub title: String,
    /// Note with numbers, below the title.
    pub note: String,
    /// Marks from back to front.
    pub marks: Vec<Box<dyn Mark + 'a>>,
}

/// Several panels with the same axes and the same colors.
pub struct Panels<'a> {
    /// Title above all panels.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Horizontal axis.
    pub x: AxisSpan,
    /// Vertical axis.
    pub y: AxisSpan,
    /// Height of a panel relative to its width.
    pub aspect: f64,
    /// The panels, row by row; at least one.
    pub panels: Vec<Panel<'a>>,
    /// Color bar on the right.
    pub color_bar: Option<ColorBar>,
    /// Legend below the panels.
    pub keys: Vec<LegendEntry>,
    /// Width of the picture in px. By default, the size of the panels depends on their number.
    pub width: Option<f64>,
    /// Height of the picture in px. By default, it follows from the width.
    pub height: Option<f64>,
}

const MARGIN: f64 = 14.0;
const TICKS: usize = 6;
/// Smallest font size in px of the text above a panel.
const MIN_TEXT_SIZE: f64 = 10.0;
/// Width of a panel in px, by the number of columns.
const WIDTHS: [f64; 4] = [560.0, 380.0, 300.0, 260.0];

/// Smallest width in px of panels beside each other in a picture of a given width.
const MIN_PANEL_WIDTH: f64 = 180.0;
/// Text above a panel may extend beyond it by this many px.
const OUTWARDS: f64 = 16.0;
/// Distance between panels in px.
const GAP: f64 = 12.0;

/// Positions of the panels.
struct PanelLayout {
    columns: usize,
    /// Width and height of the area between the axes.
    inner: [f64; 2],
    /// Space on the left of and above this area.
    before: [f64; 2],
    /// Distance from one panel to the next.
    pitch: [f64; 2],
}

/// Returns the lines of a note: one line if it fits, else at least one per part.
fn note_lines(note: &str, room: f64, smallest: f64, theme: &Theme) -> Vec<String> {
    let size = smallest.min(theme.small);
    let fits = width(note, size) <= room;
    match note {
        "" => Vec::new(),
        _ if fits => vec![note.to_owned()],
        _ => {
            let parts = note.split("; ");
            parts.flat_map(|part| lines(part, room, size)).collect()
        }
    }
}

/// Divides a text into lines, after commas and before brackets. A part between them can be too long.
fn lines(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let blank = |i: usize| rest[..i].ends_with(',') || rest[i + 1..].starts_with('(');
        let mut blanks = rest.match_indices(' ').map(|(i, _)| i);
        let end = blanks.find(|i| blank(*i)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after.trim_start();
        let longer = lines.last().map(|line| format!("{line} {part}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if width(&longer, size) <= room => *line = longer,
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

/// Texts in lines with their font sizes.
type Lines = Vec<(String, f64)>;

impl Panels<'_> {
    /// Lays out the panels. The size of the picture depends on their number.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let layout = self.layout(theme);
        let rows = self.panels.len().div_ceil(layout.columns);
        let top = MARGIN + theme.text + 10.0;
        let across = layout.columns as f64 * layout.pitch[0];
        let bar = self.bar_width(theme);
        let title = width(&self.title, theme.text + 1.0);
        let content = MARGIN + across + bar;
        let picture = self.width.unwrap_or(content.max(title + 2.0 * MARGIN));
        // Panels that are smaller because of a given height are centered.
        let shift = match self.height {
            Some(_) => ((picture - content) / 2.0).max(0.0),
            None => 0.0,
        };
        let mut nodes = Vec::new();
        let mut whole: Option<Rect> = None;
        let titles = self.panel_titles(layout.inner[0], theme);
        for (i, (panel, title)) in self.panels.iter().zip(titles).enumerate() {
            let at = [i % layout.columns, i / layout.columns];
            let corner = [0, 1].map(|k| {
                let pitch = at[k] as f64 * layout.pitch[k];
                ([MARGIN + shift, top][k] + pitch + layout.before[k]).round()
            });
            let area = Rect::new(corner, layout.inner);
            whole = Some(whole.map_or(area, |whole| Rect {
                width: area.right().max(whole.right()) - whole.left,
                height: area.bottom().max(whole.bottom()) - whole.top,
                ..whole
            }));
            let frame = self.frame(area, theme);
            nodes.push(self.panel(panel, title, at[0] == 0, &frame));
        }
        let below = top + rows as f64 * layout.pitch[1] + 2.0;
        if let (Some(bar), Some(area)) = (&self.color_bar, whole) {
            nodes.push(group("color-bar", bar.draw(&self.frame(area, theme))));
        }
        let left = MARGIN + layout.before[0];
        let room = picture - left - MARGIN;
        let (legend, high) = legend::rows(&self.keys, [left, below], room, theme);
        nodes.push(group("legend", legend));
        let at = [picture / 2.0, MARGIN + theme.text];
        let room = picture - 2.0 * MARGIN;
        let (title, size) = fitted(&self.title, theme.text + 1.0, room, theme.small);
        nodes.push(label(at, title, size, theme.foreground, Align::Middle));
        let height = (below + high + MARGIN).max(self.height.unwrap_or(0.0));
        let size = [picture, height].map(f64::round);
        let words = [&self.title, &self.description];
        Scene::titled(size, words, theme.background, nodes)
    }

    fn bar_width(&self, theme: &Theme) -> f64 {
        let bar = self.color_bar.as_ref();
        bar.map_or(8.0, |bar| bar.width(theme))
    }

    fn frame<'t>(&self, area: Rect, theme: &'t Theme) -> Frame<'t> {
        Frame::new([&self.x, &self.y], area, theme)
    }

    /// Returns the lines of the titles of the panels, for panels of a given width.
    fn panel_titles(&self, across: f64, theme: &Theme) -> Vec<Lines> {
        let titles: Vec<&str> = self.panels.iter().map(|p| p.title.as_str()).collect();
        let (room, smallest) = (across + OUTWARDS, self.smallest_text(theme));
        let whole: Vec<Lines> = titles
            .iter()
            .map(|title| {
                if width(title, theme.small) <= room {
                    return vec![fitted(title, theme.text, room, smallest)];
                }
                let lines = lines(title, room, theme.small).into_iter();
                let lines = lines.map(|line| fitted(&line, theme.small, room, smallest));
                lines.collect()
            })
            .collect();
        let is_whole = |(title, lines): (&&str, &Lines)| {
            let texts: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
            texts.join(" ") == **title
        };
        if titles.iter().zip(&whole).all(is_whole) {
            return whole;
        }
        let fitted = fitted_names(&titles, theme.text, room, smallest);
        fitted.into_iter().map(|title| vec![title]).collect()
    }

    /// Returns the largest number of lines above a panel of a given width.
    fn lines_above(&self, across: f64, theme: &Theme) -> usize {
        let smallest = self.smallest_text(theme);
        let titles = self.panel_titles(across, theme);
        let titles = titles
            .iter()
            .map(|lines| lines.iter().filter(|(text, _)| !text.is_empty()).count());
        let notes = self
            .panels
            .iter()
            .map(|panel| note_lines(&panel.note, across + OUTWARDS, smallest, theme).len());
        titles.max().unwrap_or(0) + notes.max().unwrap_or(0)
    }

    /// Returns the smallest font size in px of the text above a panel.
    fn smallest_text(&self, theme: &Theme) -> f64 {
        // With a given width, the picture is not enlarged, so no text is smaller than the small size of the theme.
        self.width.map_or(MIN_TEXT_SIZE, |_| theme.small)
    }

    fn panel(&self, panel: &Panel, title: Lines, is_first: bool, frame: &Frame) -> Node {
        let (area, theme) = (frame.area, frame.theme);
        let (marks, _) = drawn(&panel.marks, frame);
        // A margin keeps markers on the frame whole.
        let mut nodes = vec![clipped("marks", area.grown(7.0), marks)];
        // Only the first panel of a row has a label of the vertical axis.
        let mut y = self.y.clone();
        if !is_first {
            y.label.clear();
        }
        nodes.push(group("axes", axis::draw(frame, &self.x, &y, TICKS)));
        let [middle, _] = area.middle();
        let mut above = area.top - 7.0;
        let smallest = self.smallest_text(theme);
        let room = area.width + OUTWARDS;
        let notes = note_lines(&panel.note, room, smallest, theme);
        let notes = notes.into_iter().rev();
        let notes = notes.map(|line| fitted(&line, theme.small, room, smallest));
        for (words, size) in notes.chain(title.into_iter().rev()) {
            if !words.is_empty() {
                let at = [middle, above];
                nodes.push(label(at, words, size, theme.foreground, Align::Middle));
                above -= theme.small + 5.0;
            }
        }
        group("panel", nodes)
    }

    /// Returns the height that remains for a panel between its axes, given its width and the space on its left and below.
    fn height_of_panel(
        &self,
        columns: usize,
        across: f64,
        [left, below]: [f64; 2],
        theme: &Theme,
    ) -> f64 {
        let [Some(width), Some(height)] = [self.width, self.height] else {
            return f64::INFINITY;
        };
        let rows = self.panels.len().div_ceil(columns) as f64;
        let (_, legend) = legend::rows(&self.keys, [0.0; 2], width - left - 2.0 * MARGIN, theme);
        let around = 3.0 * MARGIN + theme.text + 12.0 + legend;
        let above = 8.0 + (theme.small + 5.0) * self.lines_above(across, theme) as f64;
        ((height - around) / rows - above - below).max(1.0)
    }

    fn layout(&self, theme: &Theme) -> PanelLayout {
        let count = self.panels.len();
        // A nearly square grid, but up to three panels are in one row.
        let square = (1..=count).find(|n| n * n >= count).unwrap_or(1);
        let columns = if count <= 3 { count } else { square };
        let numbers = axis::widest(&self.y.ticks(TICKS), theme);
        let left = theme.text + 12.0 + numbers + axis::TICK + 4.0;
        let below = axis::TICK + theme.small + 12.0 + theme.text + 14.0;
        let width_of = |columns: usize, width: f64| {
            let room = width - MARGIN - self.bar_width(theme);
            room / columns as f64 - left - GAP
        };
        let (columns, across) = match self.width {
            Some(width) if self.height.is_some() => {
                // As many columns as make the panels largest.
                let limited = |columns: usize| {
                    let across = width_of(columns, width);
                    let room = self.height_of_panel(columns, across, [left, below], theme);
                    (columns, across.min(room / self.aspect).max(1.0))
                };
                let layouts = (1..=count).map(limited);
                let larger = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
                // Of equal layouts, the one with more columns is used.
                layouts.max_by(larger).unwrap_or((1, 1.0))
            }
            None => (columns, WIDTHS[columns.min(WIDTHS.len()) - 1]),
            Some(width) => {
                let across = |columns: usize| width_of(columns, width);
                let wide = |columns: &usize| across(*columns) >= MIN_PANEL_WIDTH;
                let columns = (1..=columns).rev().find(wide).unwrap_or(1);
                (columns, across(columns).max(1.0))
            }
        };
        let inner = [across, (across * self.aspect).round()];
        let lines = self.lines_above(across, theme);
        let before = [left, 8.0 + (theme.small + 5.0) * lines as f64];
        PanelLayout {
            columns,
            inner,
            before,
            pitch: [before[0] + inner[0] + GAP, before[1] + inner[1] + below],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_divided_after_commas_and_before_brackets() {
        let title = "Adam (learning_rate=0.00444, tuned: 15 trials, best of the median study)";
        let room = width("best of the median study)", 12.0);
        let parts = [
            "Adam",
            "(learning_rate=0.00444,",
            "tuned: 15 trials,",
            "best of the median study)",
        ];
        assert_eq!(lines(title, room, 12.0), parts);
        assert_eq!(lines(title, 1000.0, 12.0), [title]);
        assert_eq!(lines("", room, 12.0), [""; 0]);
    }
}
