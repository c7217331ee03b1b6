//! Which epoch each picture of an animation shows.

use crate::prelude::*;
use thalweg::float::{exp, ln_1p};
use thalweg_plot::{
    animation::{FRAME_LIMIT, FrameTiming, Loops},
    scene::Rect,
};

/// How fast an animation goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackOptions {
    /// Pictures a second.
    pub fps: f64,
    /// Seconds from the start to the end, without the pauses; none for a picture an epoch, within bounds.
    pub duration: Option<f64>,
    /// How much longer the first and the last picture are shown, in seconds.
    pub pauses: [f64; 2],
    /// How the epochs are spread over the time.
    pub spacing: EpochSpacing,
    /// How often it is played.
    pub loops: Loops,
}

/// How the epochs are spread over the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochSpacing {
    /// Each takes as long as any other.
    Even,
    /// Each takes as long as the way that all runs go in it.
    ArcLength,
    /// Each tenfold of epochs takes as long as any other: the first ones are slow.
    Log,
}

/// Pictures a second at the most.
const FASTEST: f64 = 120.0;
/// Seconds of a pause at the most.
const LONGEST_PAUSE: f64 = 60.0;
/// Where no duration is given, it lies between these, in seconds.
const USUAL: [f64; 2] = [3.0, 15.0];

/// Which epoch each picture shows.
pub(super) struct EpochTimeline {
    /// When each picture is shown.
    pub(super) timing: FrameTiming,
    last: f64,
    spacing: EpochSpacing,
    /// The way that all runs have gone after each number of epochs, where it is needed.
    gone: Vec<f64>,
}

impl EpochTimeline {
    pub(super) fn new(
        pace: &PlaybackOptions,
        traces: &[Trace],
        window: Window,
    ) -> Result<Self, Error> {
        pace.check()?;
        let last = traces.iter().map(Trace::epochs).max().unwrap_or(0);
        let gone = match pace.spacing {
            EpochSpacing::ArcLength => ways(traces, last as usize, window),
            EpochSpacing::Even | EpochSpacing::Log => Vec::new(),
        };
        Ok(Self {
            timing: pace.timing(last),
            last: last as f64,
            spacing: pace.spacing,
            gone,
        })
    }

    /// How many epochs the runs have behind them in a picture, the share of one under way included.
    pub(super) fn epoch(&self, picture: usize) -> f64 {
        let end = self.timing.pictures - 1;
        if picture >= end {
            return self.last;
        }
        let (i, end) = (picture as f64, end as f64);
        let epoch = match self.spacing {
            EpochSpacing::Even => i * self.last / end,
            EpochSpacing::Log => exp(ln_1p(self.last) * i / end) - 1.0,
            EpochSpacing::ArcLength => self.epoch_after(i / end),
        };
        // A whole number that was missed by rounding is meant.
        let whole = epoch.round();
        let epoch = if (epoch - whole).abs() < 1e-9 * (1.0 + whole) {
            whole
        } else {
            epoch
        };
        epoch.min(self.last)
    }

    /// The epoch when the runs have gone this share of their way.
    fn epoch_after(&self, share: f64) -> f64 {
        let all = self.gone[self.gone.len() - 1];
        if all == 0.0 {
            return share * self.last;
        }
        let way = share * all;
        let after = self.gone.partition_point(|gone| *gone <= way);
        let after = after.clamp(1, self.gone.len() - 1);
        let [from, to] = [self.gone[after - 1], self.gone[after]];
        (after - 1) as f64 + ((way - from) / (to - from)).clamp(0.0, 1.0)
    }
}

impl PlaybackOptions {
    /// Checks that it lies within its limits.
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = |what: &str, given: f64, allowed: String| {
            let given = ShortestFloat(given);
            Err(Error::Settings(format!(
                "{what} cannot be {given}: {allowed}"
            )))
        };
        if !(self.fps > 0.0 && self.fps <= FASTEST) {
            let allowed = format!("above 0 and up to {FASTEST} pictures a second");
            return wrong("the frame rate", self.fps, allowed);
        }
        if let Some(seconds) = self.duration.filter(|s| !(*s > 0.0 && s.is_finite())) {
            let allowed = "a number of seconds above 0".to_owned();
            return wrong("the duration", seconds, allowed);
        }
        let pauses = ["the pause at the start", "the pause at the end"];
        for (what, pause) in pauses.iter().zip(self.pauses) {
            if !(0.0..=LONGEST_PAUSE).contains(&pause) {
                return wrong(what, pause, format!("from 0 to {LONGEST_PAUSE} seconds"));
            }
        }
        // Where no duration is given there are never so many.
        let timing = self.timing(1);
        let frames = timing.frames();
        if frames > FRAME_LIMIT as f64 {
            let (total, fps) = (ShortestFloat(timing.total()), ShortestFloat(self.fps));
            return Err(Error::Settings(format!(
                "{total} seconds at {fps} pictures a second are {frames} pictures, and the limit is {FRAME_LIMIT}: \
                 choose a shorter duration or fewer pictures a second"
            )));
        }
        Ok(())
    }

    /// When each picture is shown, of runs of so many epochs.
    fn timing(&self, last: u64) -> FrameTiming {
        let pictures = match self.duration {
            _ if last == 0 => 1.0,
            // The start and the end.
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

/// The way that all runs have gone after each number of epochs, as far as it lies in the window; its sides are 1 long.
fn ways(traces: &[Trace], last: usize, window: Window) -> Vec<f64> {
    let room = Rect {
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
        let seen = room.part_of(a, b).map_or(0.0, |[s, t]| t - s);
        let [x, y] = [b[0] - a[0], b[1] - a[1]];
        let length = seen * (x * x + y * y).sqrt();
        // A step out of all bounds has no length.
        if length.is_finite() { length } else { 0.0 }
    };
    let mut gone = vec![0.0];
    for epoch in 0..last {
        let all: f64 = traces.iter().map(|trace| step(trace, epoch)).sum();
        gone.push(gone[epoch] + all);
    }
    gone
}
