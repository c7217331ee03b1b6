//! Assigns an epoch to each frame of an animation.

use super::distribution::{EpochSpacing, TimeDistribution, TimeUnit};
use crate::prelude::*;
use thalweg_plot::animation::{FRAME_LIMIT, FrameTiming, Loops};

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
    distribution: TimeDistribution,
}

impl EpochTimeline {
    pub(super) fn new(
        playback: &PlaybackOptions,
        traces: &[Trace],
        window: Window,
    ) -> Result<Self, Error> {
        playback.check()?;
        let distribution =
            TimeDistribution::new(traces, window, playback.spacing, TimeUnit::Epochs);
        Ok(Self {
            timing: playback.timing(distribution.moving()),
            distribution,
        })
    }

    /// Returns the number of completed epochs in a frame, including the fraction of the current epoch.
    pub(super) fn epoch(&self, picture: usize) -> f64 {
        self.distribution.at(picture, self.timing.pictures - 1)
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
