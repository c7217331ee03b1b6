//! The legend of an animation, with what each run has come to so far.

use super::{
    ground::AnimationBackground,
    race::{RunAnimation, RunPosition},
};
use crate::map::{count, outcome};
use crate::prelude::*;
use thalweg_plot::{
    legend::{self, LegendHandle},
    scene::{Align, Point, Rect},
    shapes::text,
    text::{fitted, fixed, number, width},
};

/// Between the columns, in px.
const GAP: f64 = 14.0;
/// Decimals of a loss, or digits where it has a power of ten.
const DIGITS: u8 = 3;
/// Long names become smaller down to this share.
const SMALLEST: f64 = 2.0 / 3.0;
/// The legend's share of the height at the most.
const HIGHEST: f64 = 0.6;
/// Losses that are written without a power of ten.
const PLAIN: std::ops::Range<f64> = 0.001..1000.0;

/// A legend whose rows tell how far the runs are.
pub(super) struct AnimationLegend {
    place: Rect,
    /// What is written once: the frame, the signs, the names.
    pub(super) lasting: Vec<Node>,
    /// Rows above those of the runs.
    before: usize,
    /// How many of the runs have a row.
    listed: usize,
    /// Where the columns of epochs and losses begin, behind the beginning of the names.
    columns: [f64; 2],
}

impl AnimationLegend {
    /// Where it hides the least of all that will be drawn.
    pub(super) fn new(race: &RunAnimation, ground: &AnimationBackground) -> Self {
        let theme = race.staging.theme;
        let words = LegendText::new(race, ground);
        let mut keys = ground.keys.clone();
        let before = keys.len();
        // A legend of many runs would hide them all: the last row says how many more there are.
        let rows = legend::most_rows(&ground.frame, HIGHEST).saturating_sub(before);
        let count = words.names.len();
        let listed = if count <= rows {
            count
        } else {
            rows.saturating_sub(1)
        };
        keys.extend((0..listed).map(|i| {
            let (color, line) = (race.colors[i], ground.line() + 1.0);
            let casing = Stroke::new(theme.casing(color), line + 2.0);
            LegendEntry {
                label: String::new(),
                sign: LegendHandle::Line(Stroke::new(color, line), Some(casing)),
            }
        }));
        let more = count - listed;
        let rows = keys.len() + usize::from(more > 0);
        let place = legend::place_for(rows, words.width, &ground.lines, &ground.frame);
        let mut nodes = legend::card(&keys, place, theme);
        if more > 0 {
            let row = legend::words_at(rows - 1, place, theme);
            nodes.push(words_in(row, 0.0, format!("and {more} more"), theme));
        }
        for (i, (name, size)) in words.names.into_iter().enumerate().take(listed) {
            let at = legend::words_at(before + i, place, theme);
            nodes.push(Node::Text(text(at, name, size, theme.ink, Align::Start)));
        }
        Self {
            place,
            lasting: nodes,
            before,
            listed,
            columns: words.columns,
        }
    }

    /// What each run has come to.
    pub(super) fn write(&self, race: &RunAnimation, places: &[RunPosition], out: &mut Vec<Node>) {
        let theme = race.staging.theme;
        let runs = race.view.traces.iter().zip(places);
        for (i, (trace, place)) in runs.enumerate().take(self.listed) {
            let row = legend::words_at(self.before + i, self.place, theme);
            let mut write = |words: String, column: usize| {
                out.push(words_in(row, self.columns[column], words, theme));
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

/// The words of the legend, and how much room they take, in px.
struct LegendText {
    /// The names of the runs and the sizes of their letters.
    names: Vec<(String, f64)>,
    columns: [f64; 2],
    /// The widest row.
    width: f64,
}

impl LegendText {
    fn new(race: &RunAnimation, ground: &AnimationBackground) -> Self {
        let size = race.staging.theme.small;
        let widest = |words: &mut dyn Iterator<Item = String>| {
            words.map(|words| width(&words, size)).fold(0.0, f64::max)
        };
        let traces = || race.view.traces.iter();
        let ends = traces().map(Trace::epochs);
        let epochs = widest(&mut ends.flat_map(|n| [epoch(n), steps(n)]));
        // The widest that a loss becomes, plain or with a power of ten.
        let all = || traces().flat_map(|trace| &trace.losses);
        let losses = if all().all(|v| PLAIN.contains(v)) {
            888.888
        } else {
            -8.88e-88
        };
        let losses = width(&loss(losses), size);
        let behind = widest(&mut traces().filter_map(diverged)).max(epochs + GAP + losses);
        // Long names become smaller and lose their ends: the legend must not be wider than what it lies on.
        let room = legend::room_for_words(&ground.frame) - GAP - behind;
        let names = race.subject.labels();
        let names: Vec<_> = names
            .map(|name| fitted(name, size, room, size * SMALLEST))
            .collect();
        let named = names.iter().map(|(name, size)| width(name, *size));
        let widest_name = named.fold(0.0, f64::max);
        let others = ground.keys.iter().map(|key| width(&key.label, size));
        Self {
            names,
            columns: [widest_name + GAP, widest_name + GAP + epochs + GAP],
            width: others.fold(widest_name + GAP + behind, f64::max),
        }
    }
}

fn words_in([left, baseline]: Point, shift: f64, words: String, theme: &Theme) -> Node {
    let at = [left + shift, baseline];
    Node::Text(text(at, words, theme.small, theme.ink, Align::Start))
}

fn epoch(n: u64) -> String {
    format!("epoch {n}")
}

fn steps(n: u64) -> String {
    count(n, "step")
}

fn loss(v: f64) -> String {
    // Always as long, so that it stands still while it falls.
    if PLAIN.contains(&v) {
        format!("loss {}", fixed(v, DIGITS.into()))
    } else {
        format!("loss {}", number(v, DIGITS))
    }
}

/// How a run that diverged ended.
fn diverged(trace: &Trace) -> Option<String> {
    matches!(trace.stop, StopReason::Diverged { .. }).then(|| outcome(trace))
}
