//! A picture that moves: a scene that stays, ways that grow over it, and what lies above them for a moment.
//!
//! An [`Animation`] says what is to be seen and when; a [`FrameRenderer`] draws it picture by picture; the formats
//! [`gif`](crate::formats::gif), [`apng`](crate::formats::apng) and, with the feature `mp4`, `mp4` write each picture as
//! it comes. Nothing of the past is kept but the ways' own traces on the map, so a long animation needs no more memory
//! than a short one.

mod film;
mod ink;
mod region;
mod timing;

pub use crate::scene::{GrowingPath, PathPiece, size::PIXEL_LIMIT};
use crate::{PlotError, prelude::*};
pub use film::FrameRenderer;
pub use region::Region;
pub(crate) use timing::delays;
pub use timing::{FrameTiming, Loops};

/// The most pictures, pauses included.
pub const FRAME_LIMIT: u64 = 20_000;

/// A picture that moves.
pub struct Animation<'a> {
    /// Width and height in pixels; the scene is drawn as large as this.
    pub pixels: [u32; 2],
    /// What stays behind everything.
    pub background: Scene,
    /// The ways are cut off at this rectangle, in px of the scene.
    pub clip: Rect,
    /// What grows and stays, from the back to the front.
    pub ways: Vec<GrowingPath<'a>>,
    /// What stays above the ways, such as a legend.
    pub lid: Vec<Node>,
    /// When each picture is shown.
    pub timing: FrameTiming,
    /// What the `i`-th picture shows; no way ever becomes shorter.
    pub moment: Box<dyn Fn(usize) -> FrameContent + 'a>,
}

/// What one picture shows beside the background.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameContent {
    /// How many steps each way has made.
    pub grown: Vec<usize>,
    /// What lies above the ways in this picture only.
    pub above: Vec<Node>,
}

/// A moment and how long it is seen.
#[derive(Clone, Debug)]
pub struct AnimationFrame {
    /// What is seen.
    pub moment: FrameContent,
    /// The number of its last picture, counted from 0.
    pub last: usize,
    /// When it begins and ends, in seconds.
    pub seen: [f64; 2],
}

impl Animation<'_> {
    /// Draws what is seen in turn; `go_on` is told the number of each picture that is done and may say no.
    ///
    /// # Errors
    /// Those of the film and of `write`, which takes each picture; [`PlotError::Stopped`] where `go_on` said no.
    pub(crate) fn play(
        &self,
        go_on: &mut dyn FnMut(usize) -> bool,
        mut write: impl FnMut(&FrameRenderer, &AnimationFrame) -> Result<(), PlotError>,
    ) -> Result<(), PlotError> {
        let mut film = FrameRenderer::new(self)?;
        for shot in self.shots() {
            film.show(&shot.moment);
            write(&film, &shot)?;
            if !go_on(shot.last) {
                return Err(PlotError::Stopped);
            }
        }
        Ok(())
    }

    /// What is seen in turn; pictures that are alike are one longer shot.
    pub fn shots(&self) -> impl Iterator<Item = AnimationFrame> + '_ {
        let mut next = Some((0, (self.moment)(0)));
        std::iter::from_fn(move || {
            let (first, moment) = next.take()?;
            let mut last = first;
            while last + 1 < self.timing.pictures {
                let after = (self.moment)(last + 1);
                if after != moment {
                    next = Some((last + 1, after));
                    break;
                }
                last += 1;
            }
            let seen = [self.timing.seen(first)[0], self.timing.seen(last)[1]];
            Some(AnimationFrame { moment, last, seen })
        })
    }
}
