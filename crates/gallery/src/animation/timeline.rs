//! Assigns an epoch to each frame of an animation.

use crate::prelude::*;
use thalweg::float::{exp, ln_1p};
use thalweg_plot::{
    animation::{FRAME_LIMIT, FrameTiming, Loops},
    scene::Rect,
};

/// Timing of an animation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackOptions {
    /// Frames per second.
    pub fps: f64,
    /// Seconds from the start to the end without the pauses. `None` means one frame per epoch, between 3 and 15
    /// seconds.
    pub duration: Option<f64>,
    /// Additional time for the first and the last frame in seconds.
    pub pauses: [f64; 2],
    /// Distribution of the epochs over time.
    pub spacing: EpochSpacing,
    /// Number of repetitions.
    pub loops: Loops,
}

/// Distribution of the epochs over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochSpacing {
    /// Every epoch takes the same time.
    Even,
    /// The time of an epoch is proportional to the total path length of all runs in it.
    ArcLength,
    /// Every tenfold increase of the epoch takes the same time, so the first epochs are slow.
    Log,
}

/// Maximum number of frames per second.
const MAX_FPS: f64 = 120.0;
/// Maximum length of a pause in seconds.
const LONGEST_PAUSE: f64 = 60.0;
/// Range of the default duration in seconds.
const USUAL: [f64; 2] = [3.0, 15.0];

/// The epoch of each frame.
pub(super) struct EpochTimeline {
    /// Display time of each frame.
    pub(super) timing: FrameTiming,
    last: f64,
    /// Number of epochs over which the frames before the last one are distributed.
    moving: f64,
    spacing: EpochSpacing,
    /// Total path length of all runs after each number of epochs; empty if it is not needed.
    arc_lengths: Vec<f64>,
}

impl EpochTimeline {
    pub(super) fn new(
        playback: &PlaybackOptions,
        traces: &[Trace],
        window: Window,
    ) -> Result<Self, Error> {
        playback.check()?;
        let last = traces.iter().map(Trace::epochs).max().unwrap_or(0);
        let moving = moving_epochs(traces, last, window);
        let arc_lengths = match playback.spacing {
            EpochSpacing::ArcLength => arc_lengths_of(traces, last as usize, window),
            EpochSpacing::Even | EpochSpacing::Log => Vec::new(),
        };
        Ok(Self {
            timing: playback.timing(moving),
            last: last as f64,
            moving: moving as f64,
            spacing: playback.spacing,
            arc_lengths,
        })
    }

    /// Returns the number of completed epochs in a frame, including the fraction of the current epoch.
    pub(super) fn epoch(&self, picture: usize) -> f64 {
        let end = self.timing.pictures - 1;
        if picture >= end {
            return self.last;
        }
        let (i, end) = (picture as f64, end as f64);
        let epoch = match self.spacing {
            EpochSpacing::Even => i * self.moving / end,
            EpochSpacing::Log => exp(ln_1p(self.moving) * i / end) - 1.0,
            EpochSpacing::ArcLength => self.epoch_after(i / end),
        };
        // A value that misses an integer only by rounding is rounded.
        let whole = epoch.round();
        let epoch = if (epoch - whole).abs() < 1e-9 * (1.0 + whole) {
            whole
        } else {
            epoch
        };
        epoch.min(self.last)
    }

    /// Returns the epoch at which the runs have covered this share of their total path length.
    fn epoch_after(&self, share: f64) -> f64 {
        let all = self.arc_lengths[self.arc_lengths.len() - 1];
        if all == 0.0 {
            return share * self.last;
        }
        let way = share * all;
        let after = self.arc_lengths.partition_point(|length| *length <= way);
        let after = after.clamp(1, self.arc_lengths.len() - 1);
        let [from, to] = [self.arc_lengths[after - 1], self.arc_lengths[after]];
        (after - 1) as f64 + ((way - from) / (to - from)).clamp(0.0, 1.0)
    }
}

impl PlaybackOptions {
    /// Checks the limits.
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = |what: &str, given: f64, allowed: String| {
            let given = ShortestFloat(given);
            Err(Error::Settings(format!(
                "{what} cannot be {given}: {allowed}"
            )))
        };
        if !(self.fps > 0.0 && self.fps <= MAX_FPS) {
            let allowed = format!("give a number above 0 and up to {MAX_FPS} frames per second");
            return wrong("the frame rate", self.fps, allowed);
        }
        if let Some(seconds) = self.duration.filter(|s| !(*s > 0.0 && s.is_finite())) {
            let allowed = "give a number of seconds above 0".to_owned();
            return wrong("the duration", seconds, allowed);
        }
        let pauses = ["the pause at the start", "the pause at the end"];
        for (what, pause) in pauses.iter().zip(self.pauses) {
            if !(0.0..=LONGEST_PAUSE).contains(&pause) {
                return wrong(what, pause, format!("give 0 to {LONGEST_PAUSE} seconds"));
            }
        }
        // The default duration never exceeds the limit.
        let timing = self.timing(1);
        let frames = timing.frames();
        if frames > FRAME_LIMIT as f64 {
            let (total, fps) = (ShortestFloat(timing.total()), ShortestFloat(self.fps));
            return Err(Error::Settings(format!(
                "{total} seconds at {fps} frames per second are {frames} frames, but the limit is {FRAME_LIMIT}: \
                 choose a shorter duration or fewer frames per second"
            )));
        }
        Ok(())
    }

    /// Returns the display times of the frames for runs with this number of epochs.
    fn timing(&self, last: u64) -> FrameTiming {
        let pictures = match self.duration {
            _ if last == 0 => 1.0,
            // At least the start and the end are shown.
            Some(seconds) => (seconds * self.fps).round().max(2.0),
            None => {
                let [least, most] = USUAL.map(|seconds| (seconds * self.fps).round().max(2.0));
                (last as f64 + 1.0).clamp(least, most)
            }
        };
        FrameTiming {
            fps: self.fps,
            pictures: pictures as usize,
            pauses: self.pauses,
            loops: self.loops,
        }
    }
}

/// A movement of at most this, relative to the sides of the window, is not visible.
const VISIBLE: f64 = 1e-3;

/// Returns the number of epochs in which something moves visibly, if this is less than half of the `last` epochs; otherwise, the
/// rest is too short to matter, and all epochs are returned.
fn moving_epochs(traces: &[Trace], last: u64, window: Window) -> u64 {
    let sides = [window.w1, window.w2].map(|[low, high]| high - low);
    let is_visible = |a: &[f64], b: &[f64]| {
        let mut pairs = a.iter().zip(b).zip(sides);
        // A weight that is not finite is a visible end.
        pairs.any(|((a, b), side)| (a - b).is_nan() || (a - b).abs() > VISIBLE * side)
    };
    let moves = traces.iter().map(|trace| {
        let end = trace.last();
        let epochs = 0..trace.epochs() as usize;
        let moved = epochs.rev().find(|epoch| is_visible(trace.at(*epoch), end));
        moved.map_or(0, |epoch| epoch as u64 + 1)
    });
    let moving = moves.max().unwrap_or(0);
    if 2 * moving < last {
        moving.max(1)
    } else {
        last
    }
}

/// Returns the total path length of all runs inside the window after each number of epochs; the window's sides have the
/// length 1.
fn arc_lengths_of(traces: &[Trace], last: usize, window: Window) -> Vec<f64> {
    let unit = Rect {
        left: 0.0,
        top: 0.0,
        width: 1.0,
        height: 1.0,
    };
    let place = |w: &[f64]| {
        let share = |v: f64, [low, high]: [f64; 2]| (v - low) / (high - low);
        [share(w[0], window.w1), share(w[1], window.w2)]
    };
    let step = |trace: &Trace, epoch: usize| {
        if epoch as u64 >= trace.epochs() {
            return 0.0;
        }
        let [a, b] = [place(trace.at(epoch)), place(trace.at(epoch + 1))];
        let seen = unit.part_of(a, b).map_or(0.0, |[s, t]| t - s);
        let [x, y] = [b[0] - a[0], b[1] - a[1]];
        let length = seen * (x * x + y * y).sqrt();
        // An infinite step has no length.
        if length.is_finite() { length } else { 0.0 }
    };
    let mut lengths = vec![0.0];
    for epoch in 0..last {
        let all: f64 = traces.iter().map(|trace| step(trace, epoch)).sum();
        lengths.push(lengths[epoch] + all);
    }
    lengths
}
