//! Small multiples: the same two axes again and again, one scale of colours, one legend.

use super::{
    axis,
    color_bar::ColorBar,
    figure::{Mark, drawn},
    frame::{AxisSpan, Frame},
    legend::{self, LegendEntry},
};
use crate::prelude::*;
use crate::text::{fitted, width};

/// One of several pictures with the same axes.
pub struct Panel<'a> {
    /// Its name, above it.
    pub title: String,
    /// What its numbers are, below the name.
    pub note: String,
    /// What is drawn, from the back to the front.
    pub marks: Vec<Box<dyn Mark + 'a>>,
}

/// Several pictures with the same axes and the same colours.
pub struct Panels<'a> {
    /// Names all of it, above.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// First axis, to the right.
    pub x: AxisSpan,
    /// Second axis, upwards.
    pub y: AxisSpan,
    /// Height of a panel in its widths.
    pub aspect: f64,
    /// The pictures, from left to right and from top to bottom; at least one.
    pub panels: Vec<Panel<'a>>,
    /// The scale of the colours, at the right.
    pub color_bar: Option<ColorBar>,
    /// The legend, below.
    pub keys: Vec<LegendEntry>,
    /// Width of all of it in px; none for panels of the size that suits their number.
    pub width: Option<f64>,
}

const MARGIN: f64 = 14.0;
const TICKS: usize = 6;
/// The least size in px to which the words above a panel are shrunk.
const SMALLEST: f64 = 10.0;
/// Width of a panel in px, by how many stand side by side.
const WIDTHS: [f64; 4] = [560.0, 380.0, 300.0, 260.0];

/// In a given width, panels are at least so wide in px where several stand side by side.
const NARROWEST: f64 = 180.0;
/// Words above a panel may reach so many px out of it.
const OUTWARDS: f64 = 16.0;
/// From one panel to the room beside the next, in px.
const GAP: f64 = 12.0;

/// Where the panels lie.
struct PanelLayout {
    columns: usize,
    /// Width and height of what is between the axes.
    inner: [f64; 2],
    /// Room beside and above it.
    before: [f64; 2],
    /// From one panel to the next.
    pitch: [f64; 2],
}

/// The lines of a note: one where it can be read, else one for each of its parts.
fn note_lines(note: &str, room: f64, smallest: f64, theme: &Theme) -> Vec<String> {
    let fits = width(note, smallest.min(theme.small)) <= room;
    match note {
        "" => Vec::new(),
        _ if fits => vec![note.to_owned()],
        _ => note.split("; ").map(str::to_owned).collect(),
    }
}

impl Panels<'_> {
    /// Lays the panels out; the size of the picture follows from their number.
    pub fn scene(&self, theme: &Theme) -> Scene {
        let layout = self.layout(theme);
        let rows = self.panels.len().div_ceil(layout.columns);
        let top = MARGIN + theme.text + 10.0;
        let across = layout.columns as f64 * layout.pitch[0];
        let bar = self.bar_width(theme);
        let title = width(&self.title, theme.text + 1.0);
        let picture = (MARGIN + across + bar).max(title + 2.0 * MARGIN);
        let picture = self.width.unwrap_or(picture);
        let mut nodes = Vec::new();
        let mut whole: Option<Rect> = None;
        for (i, panel) in self.panels.iter().enumerate() {
            let at = [i % layout.columns, i / layout.columns];
            let corner = [0, 1].map(|k| {
                let pitch = at[k] as f64 * layout.pitch[k];
                ([MARGIN, top][k] + pitch + layout.before[k]).round()
            });
            let area = Rect::new(corner, layout.inner);
            whole = Some(whole.map_or(area, |whole| Rect {
                width: area.right().max(whole.right()) - whole.left,
                height: area.bottom().max(whole.bottom()) - whole.top,
                ..whole
            }));
            nodes.push(self.panel(panel, at[0] == 0, area, theme));
        }
        let below = top + rows as f64 * layout.pitch[1] + 2.0;
        if let (Some(bar), Some(area)) = (&self.color_bar, whole) {
            nodes.push(group("color-bar", bar.draw(&self.frame(area, theme))));
        }
        let legend = [MARGIN + layout.before[0], below];
        let room = picture - legend[0] - MARGIN;
        let (legend, high) = legend::rows(&self.keys, legend, room, theme);
        nodes.push(group("legend", legend));
        let at = [picture / 2.0, MARGIN + theme.text];
        let room = picture - 2.0 * MARGIN;
        let (title, size) = fitted(&self.title, theme.text + 1.0, room, theme.small);
        nodes.push(label(at, title, size, theme.ink, Align::Middle));
        let size = [picture, below + high + MARGIN].map(f64::round);
        let words = [&self.title, &self.description];
        Scene::titled(size, words, theme.paper, nodes)
    }

    fn bar_width(&self, theme: &Theme) -> f64 {
        let bar = self.color_bar.as_ref();
        bar.map_or(8.0, |bar| bar.width(theme))
    }

    fn frame<'t>(&self, area: Rect, theme: &'t Theme) -> Frame<'t> {
        Frame::new([&self.x, &self.y], area, theme)
    }

    fn panel(&self, panel: &Panel, is_first: bool, area: Rect, theme: &Theme) -> Node {
        let frame = self.frame(area, theme);
        let (marks, _) = drawn(&panel.marks, &frame);
        // A sign on the frame is not cut in two.
        let mut nodes = vec![clipped("marks", area.grown(7.0), marks)];
        // The second axis is named once in a row.
        let mut y = self.y.clone();
        if !is_first {
            y.label.clear();
        }
        nodes.push(group("axes", axis::draw(&frame, &self.x, &y, TICKS)));
        let [middle, _] = area.middle();
        let mut above = area.top - 7.0;
        // In a given width nothing says how large the picture will be: no letter is smaller than the theme's.
        let smallest = self.width.map_or(SMALLEST, |_| theme.small);
        let room = area.width + OUTWARDS;
        let notes = note_lines(&panel.note, room, smallest, theme);
        let notes = notes.into_iter().rev().map(|line| (line, theme.small));
        for (words, size) in notes.chain([(panel.title.clone(), theme.text)]) {
            if !words.is_empty() {
                let (words, size) = fitted(&words, size, room, smallest);
                let at = [middle, above];
                nodes.push(label(at, words, size, theme.ink, Align::Middle));
                above -= theme.small + 5.0;
            }
        }
        group("panel", nodes)
    }

    fn layout(&self, theme: &Theme) -> PanelLayout {
        let count = self.panels.len();
        // As many columns as rows or one more, but up to three side by side in one row.
        let square = (1..=count).find(|n| n * n >= count).unwrap_or(1);
        let columns = if count <= 3 { count } else { square };
        let numbers = axis::widest(&self.y.ticks(TICKS), theme);
        let left = theme.text + 12.0 + numbers + axis::TICK + 4.0;
        let below = axis::TICK + theme.small + 12.0 + theme.text + 14.0;
        let (columns, across) = match self.width {
            None => (columns, WIDTHS[columns.min(WIDTHS.len()) - 1]),
            Some(width) => {
                let room = width - MARGIN - self.bar_width(theme);
                let across = |columns: usize| room / columns as f64 - left - GAP;
                let wide = |columns: &usize| across(*columns) >= NARROWEST;
                let columns = (1..=columns).rev().find(wide).unwrap_or(1);
                (columns, across(columns).max(1.0))
            }
        };
        let inner = [across, (across * self.aspect).round()];
        let smallest = self.width.map_or(SMALLEST, |_| theme.small);
        let notes = self.panels.iter().map(|panel| {
            let lines = note_lines(&panel.note, across + OUTWARDS, smallest, theme);
            lines.len()
        });
        let has_title = self.panels.iter().any(|panel| !panel.title.is_empty());
        let lines = notes.max().unwrap_or(0) + usize::from(has_title);
        let before = [left, 8.0 + (theme.small + 5.0) * lines as f64];
        PanelLayout {
            columns,
            inner,
            before,
            pitch: [before[0] + inner[0] + GAP, before[1] + inner[1] + below],
        }
    }
}
