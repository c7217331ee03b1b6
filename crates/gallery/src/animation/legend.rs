//! The legend of an animation, which shows the current epoch and loss of each run.

use super::{
    background::AnimationBackground,
    run_animation::{RunAnimation, RunPosition},
};
use crate::map::{count, outcome};
use crate::prelude::*;
use crate::subject::PlaneGap;
use thalweg_plot::{
    legend::{self, LegendGrid, LegendHandle},
    scene::{Align, Point},
    shapes::label,
    text::{fitted_names, fixed, number, width},
};

/// Distance between the columns of numbers in px.
const GAP: f64 = 14.0;
/// Decimals of a loss, or significant digits with a power of ten.
const DIGITS: u8 = 3;
/// Maximum share of the map that a legend on it uses, and of the height that a legend below it uses.
const LARGEST: f64 = 0.3;
const HIGHEST: f64 = 0.45;
/// Margin of a legend below the map in px.
const MARGIN: f64 = 10.0;
/// Losses that are written without a power of ten.
const PLAIN: std::ops::Range<f64> = 0.001..1000.0;

/// A legend whose rows show the progress of the runs.
pub(super) struct AnimationLegend {
    grid: LegendGrid,
    /// Nodes that do not change: the frame, the signs, and the names.
    pub(super) static_nodes: Vec<Node>,
    /// Number of entries before those of the runs.
    before: usize,
    /// Number of runs with an entry.
    listed: usize,
    words: LegendText,
}

impl AnimationLegend {
    /// Returns a legend on the map, if it does not cover a path or a text, lists all runs, and does not shorten a name.
    pub(super) fn inside(
        animation: &RunAnimation,
        background: &AnimationBackground,
    ) -> Option<Self> {
        let theme = animation.options.theme;
        let area = background.frame.area;
        let room = legend::room_for_words(&background.frame);
        let words = LegendText::new(animation, background, room, false)?;
        let count = words.names.len();
        let rows = words.rows(background.keys.len(), count);
        // One column, because several would cover more of the map.
        let mut grid = LegendGrid::new(&rows, words.width, 0.0, theme);
        let size = [grid.rect.width, grid.rect.height];
        let obstacles = [&background.lines[..], &background.texts()].concat();
        grid.rect = legend::place_for(size, &obstacles, &background.frame);
        let kept = [&background.paths[..], &background.texts()].concat();
        let is_small = size[0] * size[1] <= LARGEST * area.width * area.height;
        let fits = is_small && size[1] <= area.height && !legend::covers_any(&grid.rect, &kept);
        fits.then(|| Self::drawn(animation, background, grid, words, count))
    }

    /// Returns a legend at the lower edge of a picture of this size, and the height that remains above it.
    pub(super) fn below(
        animation: &RunAnimation,
        background: &AnimationBackground,
        [width, height]: [f64; 2],
    ) -> (Self, f64) {
        let theme = animation.options.theme;
        let across = width - 2.0 * MARGIN;
        let arranged = [false, true].into_iter().filter_map(|split| {
            let words = LegendText::new(animation, background, legend::room_in(across), split)?;
            let count = words.names.len();
            let grid = |listed: usize| {
                let rows = words.rows(background.keys.len(), listed);
                LegendGrid::new(&rows, words.width, across, theme)
            };
            // A legend of many runs would leave no space for the map, so its last row shows how many more there are.
            let fits = |listed: &usize| grid(*listed).rect.height <= HIGHEST * height;
            let listed = (0..=count).rev().find(fits).unwrap_or(0);
            Some((grid(listed), words, listed))
        });
        let lowest = arranged
            .min_by(|(a, _, m), (b, _, n)| n.cmp(m).then(a.rect.height.total_cmp(&b.rect.height)));
        let (mut grid, words, listed) = lowest.expect("names can be above the numbers");
        let top = height - MARGIN - grid.rect.height;
        grid.rect.left = (width - grid.rect.width) / 2.0;
        grid.rect.top = top;
        (Self::drawn(animation, background, grid, words, listed), top)
    }

    /// Draws the parts that do not change.
    fn drawn(
        animation: &RunAnimation,
        background: &AnimationBackground,
        grid: LegendGrid,
        words: LegendText,
        listed: usize,
    ) -> Self {
        let theme = animation.options.theme;
        let mut keys = background.keys.clone();
        let before = keys.len();
        let more = words.names.len() - listed;
        keys.extend((0..listed).map(|i| {
            let line = animation.styles[i].stroke(background.line() + 1.0);
            let handle = LegendHandle::Line(line, Some(theme.cased(line)));
            LegendEntry::new(&*words.names[i], handle)
        }));
        if more > 0 {
            let hidden = LegendHandle::Dot(theme.background.with_opacity(0.0));
            keys.push(LegendEntry::new(format!("and {more} more"), hidden));
        }
        Self {
            static_nodes: grid.draw(&keys, theme),
            grid,
            before,
            listed,
            words,
        }
    }

    /// Writes the current epoch and loss of each run.
    pub(super) fn write(
        &self,
        animation: &RunAnimation,
        places: &[RunPosition],
        out: &mut Vec<Node>,
    ) {
        let theme = animation.options.theme;
        let runs = animation.view.traces.iter().zip(places);
        for (i, (trace, place)) in runs.enumerate().take(self.listed) {
            let row = |row: usize| self.grid.words_at(self.before + i, row, theme);
            let numbers = usize::from(self.words.is_split);
            if let Some(gap) = animation.subject.plane_gap(i, place.epoch) {
                let lines = gap_words(gap, self.words.gap_rows);
                for (k, words) in lines.into_iter().enumerate() {
                    out.push(text_node(row(numbers + 1 + k), 0.0, words, theme));
                }
            }
            let mut write = |words: String, column: usize| {
                out.push(text_node(
                    row(numbers),
                    self.words.columns[column],
                    words,
                    theme,
                ));
            };
            if let Some(words) = diverged(trace).filter(|_| place.ended) {
                write(words, 0);
                continue;
            }
            let epoch_of = if place.ended { steps } else { epoch };
            write(epoch_of(place.epoch as u64), 0);
            write(loss(trace.losses[place.epoch]), 1);
        }
    }
}

/// The texts of the legend and their widths in px.
struct LegendText {
    /// The names of the runs.
    names: Vec<String>,
    /// Whether the numbers of a run are below its name instead of beside it.
    is_split: bool,
    /// Number of rows that state how far a run is from the plane.
    gap_rows: usize,
    /// Horizontal positions of the epoch and loss, relative to the beginning of the names.
    columns: [f64; 2],
    /// Width of the widest row.
    width: f64,
}

impl LegendText {
    /// Returns the texts for `room` px. If the numbers are beside the names, returns `None` if a name had to be shortened.
    fn new(
        animation: &RunAnimation,
        background: &AnimationBackground,
        room: f64,
        is_split: bool,
    ) -> Option<Self> {
        let size = animation.options.theme.small;
        let widest = |words: &mut dyn Iterator<Item = String>| {
            words.map(|words| width(&words, size)).fold(0.0, f64::max)
        };
        let [epochs, losses] = number_widths(animation);
        let traces = || animation.view.traces.iter();
        let behind = widest(&mut traces().filter_map(diverged)).max(epochs + GAP + losses);
        let whole: Vec<&str> = animation.subject.labels().collect();
        let beside = if is_split { 0.0 } else { GAP + behind };
        let names = fitted_names(&whole, size, room - beside, size);
        let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
        if !is_split && names != whole {
            return None;
        }
        let name = widest(&mut names.iter().cloned());
        let first = if is_split { 0.0 } else { name + GAP };
        let gap = |rows: usize| widest(&mut traces().flat_map(|_| gap_words(WIDEST_GAP, rows)));
        let gap_rows = match animation.view.leaves_plane() {
            false => 0,
            true if gap(1) <= room && (!is_split || gap(1) <= name.max(behind)) => 1,
            true => 2,
        };
        let others = background.keys.iter().map(|key| width(&key.label, size));
        let own = [name, first + behind, gap(gap_rows)];
        Some(Self {
            names,
            is_split,
            gap_rows,
            columns: [first, first + epochs + GAP],
            width: others.chain(own).fold(0.0, f64::max).min(room),
        })
    }

    /// Returns the number of rows of each entry, if this number of runs is listed after other entries.
    fn rows(&self, before: usize, listed: usize) -> Vec<usize> {
        let own = 1 + usize::from(self.is_split) + self.gap_rows;
        let more = usize::from(listed < self.names.len());
        [vec![1; before], vec![own; listed], vec![1; more]].concat()
    }
}

/// Returns the widths in px of the widest epoch and loss.
fn number_widths(animation: &RunAnimation) -> [f64; 2] {
    let size = animation.options.theme.small;
    let traces = || animation.view.traces.iter();
    let epochs = traces()
        .map(Trace::epochs)
        .flat_map(|n| [epoch(n), steps(n)]);
    let epochs = epochs.map(|words| width(&words, size)).fold(0.0, f64::max);
    // The widest text that a loss can have, with or without a power of ten.
    let mut all = traces().flat_map(|trace| &trace.losses);
    let widest = if all.all(|v| PLAIN.contains(v)) {
        888.888
    } else {
        -8.88e-88
    };
    [epochs, width(&loss(widest), size)]
}

/// A gap with numbers of the usual width.
const WIDEST_GAP: PlaneGap = PlaneGap {
    distance: 0.00888,
    loss: 0.00888,
    map_loss: 0.00888,
};

fn text_node([left, baseline]: Point, shift: f64, words: String, theme: &Theme) -> Node {
    let at = [left + shift, baseline];
    label(at, words, theme.small, theme.foreground, Align::Start)
}

fn epoch(n: u64) -> String {
    format!("epoch {n}")
}

fn steps(n: u64) -> String {
    count(n, "step")
}

fn loss(v: f64) -> String {
    // A constant width keeps the text at rest while the number changes.
    if PLAIN.contains(&v) {
        format!("loss {}", fixed(v, DIGITS.into()))
    } else {
        format!("loss {}", number(v, DIGITS))
    }
}

/// Describes how far a run is from the plane in a number of rows. The loss of the run is in a row above.
fn gap_words(gap: PlaneGap, rows: usize) -> Vec<String> {
    let (distance, map) = (number(gap.distance, DIGITS), number(gap.map_loss, DIGITS));
    let parts = [
        format!("{distance} from the plane"),
        format!("loss {map} on the map"),
    ];
    match rows {
        0 => Vec::new(),
        1 => vec![parts.join(", ")],
        _ => parts.into(),
    }
}

/// Returns the outcome of a run that diverged.
fn diverged(trace: &Trace) -> Option<String> {
    matches!(trace.stop, StopReason::Diverged { .. }).then(|| outcome(trace))
}
