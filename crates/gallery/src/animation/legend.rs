//! The legend of an animation, which shows the current epoch and loss of each run.

use super::{
    background::AnimationBackground,
    run_animation::{RunAnimation, RunPosition},
};
use crate::map::{count, outcome};
use crate::prelude::*;
use crate::subject::PlaneGap;
use thalweg_plot::{
    legend::{self, LegendHandle},
    scene::{Align, Point, Rect},
    shapes::label,
    text::{fitted, fitted_names, fixed, number, width},
};

/// Distance between the columns in px.
const GAP: f64 = 14.0;
/// Decimals of a loss, or significant digits with a power of ten.
const DIGITS: u8 = 3;
/// Minimum size of long names as a share of the normal size.
const SMALLEST: f64 = 2.0 / 3.0;
/// Maximum share of the height that the legend uses.
const HIGHEST: f64 = 0.6;
/// Losses that are written without a power of ten.
const PLAIN: std::ops::Range<f64> = 0.001..1000.0;

/// A legend whose rows show the progress of the runs.
pub(super) struct AnimationLegend {
    rect: Rect,
    /// Nodes that do not change: the frame, the signs, and the names.
    pub(super) static_nodes: Vec<Node>,
    /// Number of rows above those of the runs.
    before: usize,
    /// Number of runs with a row.
    listed: usize,
    /// Number of rows per run: a second one states how far a run is from the plane.
    per_run: usize,
    /// Horizontal positions of the epoch and loss columns, relative to the beginning of the names.
    columns: [f64; 2],
    /// Width of the widest row in px.
    room: f64,
}

impl AnimationLegend {
    /// Places the legend where it hides the least of all later content, or at a `top` below the background.
    pub(super) fn new(
        animation: &RunAnimation,
        background: &AnimationBackground,
        top: Option<f64>,
    ) -> Self {
        let theme = animation.options.theme;
        let words = LegendText::new(animation, background);
        let mut keys = background.keys.clone();
        let before = keys.len();
        // A legend of many runs would hide the paths, so its last row shows how many more there are.
        let per_run = if animation.view.leaves_plane() { 2 } else { 1 };
        let rows = legend::max_rows(&background.frame, HIGHEST).saturating_sub(before) / per_run;
        let count = words.names.len();
        let listed = if count <= rows {
            count
        } else {
            rows.saturating_sub(1)
        };
        keys.extend((0..listed).flat_map(|i| {
            let line = animation.styles[i].stroke(background.line() + 1.0);
            let key = LegendEntry::new("", LegendHandle::Line(line, Some(theme.cased(line))));
            let hidden = LegendHandle::Dot(theme.background.with_opacity(0.0));
            let second = (1..per_run).map(move |_| LegendEntry::new("", hidden));
            std::iter::once(key).chain(second)
        }));
        let more = count - listed;
        let rows = keys.len() + usize::from(more > 0);
        let place = legend::place_for(rows, words.width, &background.lines, &background.frame);
        let place = match top {
            Some(top) => Rect {
                left: background.frame.area.middle()[0] - place.width / 2.0,
                top,
                ..place
            },
            None => place,
        };
        let mut nodes = legend::card(&keys, place, theme);
        if more > 0 {
            let row = legend::words_at(rows - 1, place, theme);
            nodes.push(text_node(row, 0.0, format!("and {more} more"), theme));
        }
        for (i, (name, size)) in words.names.into_iter().enumerate().take(listed) {
            let at = legend::words_at(before + per_run * i, place, theme);
            nodes.push(label(at, name, size, theme.foreground, Align::Start));
        }
        Self {
            rect: place,
            static_nodes: nodes,
            before,
            listed,
            per_run,
            columns: words.columns,
            room: words.width,
        }
    }

    /// Returns the height of the legend in px if it covers a path.
    pub(super) fn height_if_covering(&self, background: &AnimationBackground) -> Option<f64> {
        legend::covers_any(&self.rect, &background.paths).then_some(self.rect.height)
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
            let row = legend::words_at(self.before + self.per_run * i, self.rect, theme);
            if let Some(gap) = animation.subject.plane_gap(i, place.epoch) {
                let below = legend::words_at(self.before + self.per_run * i + 1, self.rect, theme);
                let (words, size) = fitted(
                    &gap_words(gap),
                    theme.small,
                    self.room,
                    theme.small * SMALLEST,
                );
                out.push(label(below, words, size, theme.foreground, Align::Start));
            }
            let mut write = |words: String, column: usize| {
                out.push(text_node(row, self.columns[column], words, theme));
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
    /// The names of the runs and their text sizes.
    names: Vec<(String, f64)>,
    columns: [f64; 2],
    /// Width of the widest row.
    width: f64,
}

impl LegendText {
    fn new(animation: &RunAnimation, background: &AnimationBackground) -> Self {
        let size = animation.options.theme.small;
        let widest = |words: &mut dyn Iterator<Item = String>| {
            words.map(|words| width(&words, size)).fold(0.0, f64::max)
        };
        let traces = || animation.view.traces.iter();
        let ends = traces().map(Trace::epochs);
        let epochs = widest(&mut ends.flat_map(|n| [epoch(n), steps(n)]));
        // The widest text that a loss can have, with or without a power of ten.
        let all = || traces().flat_map(|trace| &trace.losses);
        let losses = if all().all(|v| PLAIN.contains(v)) {
            888.888
        } else {
            -8.88e-88
        };
        let losses = width(&loss(losses), size);
        let behind = widest(&mut traces().filter_map(diverged)).max(epochs + GAP + losses);
        // Long names become smaller and are truncated, because the legend must not be wider than the map.
        let room = legend::room_for_words(&background.frame) - GAP - behind;
        let names: Vec<&str> = animation.subject.labels().collect();
        let names = fitted_names(&names, size, room, size * SMALLEST);
        let named = names.iter().map(|(name, size)| width(name, *size));
        let widest_name = named.fold(0.0, f64::max);
        let others = background.keys.iter().map(|key| width(&key.label, size));
        let gaps = traces().enumerate().filter_map(|(run, trace)| {
            let gap = animation.subject.plane_gap(run, trace.epochs() as usize)?;
            let whole = legend::room_for_words(&background.frame);
            Some(width(&gap_words(gap), size).min(whole))
        });
        let gaps: Vec<f64> = gaps.collect();
        let others = others.chain(gaps);
        Self {
            names,
            columns: [widest_name + GAP, widest_name + GAP + epochs + GAP],
            width: others.fold(widest_name + GAP + behind, f64::max),
        }
    }
}

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

/// Describes how far a run is from the plane. The loss of the run is in the row above.
fn gap_words(gap: PlaneGap) -> String {
    let (distance, map) = (number(gap.distance, DIGITS), number(gap.map_loss, DIGITS));
    format!("{distance} from the plane, loss {map} on the map")
}

/// Returns the outcome of a run that diverged.
fn diverged(trace: &Trace) -> Option<String> {
    matches!(trace.stop, StopReason::Diverged { .. }).then(|| outcome(trace))
}
