//! Animations: a static scene, growing paths, and foreground nodes per frame.
//!
//! An [`Animation`] describes the frames and their timing. A [`FrameRenderer`] draws one frame after the other. The
//! formats [`gif`](crate::formats::gif), [`apng`](crate::formats::apng), and, with the feature `mp4`, `mp4` write each
//! frame as it is drawn. Only the coverage of the paths is kept, so a long animation does not need more memory than a
//! short one.

mod coverage;
mod region;
mod renderer;
mod timing;

pub use crate::scene::{GrowingPath, PathPiece, size::PIXEL_LIMIT};
use crate::{PlotError, prelude::*};
pub use region::Region;
pub use renderer::FrameRenderer;
pub(crate) use timing::delays;
pub use timing::{FrameTiming, Loops};

/// Limit of the number of frames, including pauses.
pub const FRAME_LIMIT: u64 = 20_000;

/// An animation.
pub struct Animation<'a> {
    /// Width and height in pixels. The scene is scaled to this size.
    pub pixels: [u32; 2],
    /// The static background.
    pub background: Scene,
    /// Clip rectangle of the paths, in px of the scene.
    pub clip: Rect,
    /// The growing paths, from back to front.
    pub growing_paths: Vec<GrowingPath<'a>>,
    /// Static nodes above the paths, such as a legend.
    pub overlay: Vec<Node>,
    /// Timing of the frames.
    pub timing: FrameTiming,
    /// Returns the content of the `i`-th frame. Paths must not become shorter.
    pub content: Box<dyn Fn(usize) -> FrameContent + 'a>,
    /// Returns whether to continue. It is called often, also while many frames or steps become one picture.
    pub keep_going: Box<dyn Fn() -> bool + 'a>,
}

/// The content of a frame besides the background.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameContent {
    /// Number of steps of each path.
    pub grown: Vec<usize>,
    /// Nodes above the paths in this frame.
    pub above: Vec<Node>,
}

/// A frame and its duration.
#[derive(Clone, Debug)]
pub struct AnimationFrame {
    /// Content.
    pub content: FrameContent,
    /// Index of its last picture, counted from 0.
    pub last: usize,
    /// Start and end in seconds.
    pub interval: [f64; 2],
}

impl Animation<'_> {
    /// Draws all frames with a new `renderer` of this animation. `go_on` receives the index of each finished frame and returns
    /// whether to continue.
    ///
    /// # Errors
    /// Returns errors of the renderer and of `write`, which receives each frame, or [`PlotError::Stopped`] if `go_on` returned
    /// false.
    pub(crate) fn play(
        &self,
        mut renderer: FrameRenderer,
        go_on: &mut dyn FnMut(usize) -> bool,
        mut write: impl FnMut(&FrameRenderer, &AnimationFrame) -> Result<(), PlotError>,
    ) -> Result<(), PlotError> {
        for frame in self.animation_frames() {
            renderer.show(&frame.content);
            self.check()?;
            write(&renderer, &frame)?;
            if !go_on(frame.last) {
                return Err(PlotError::Stopped);
            }
        }
        self.check()
    }

    /// Fails if the work shall stop; the last picture may then be incomplete.
    ///
    /// # Errors
    /// Returns [`PlotError::Stopped`].
    pub(crate) fn check(&self) -> Result<(), PlotError> {
        if (self.keep_going)() {
            Ok(())
        } else {
            Err(PlotError::Stopped)
        }
    }

    /// Returns the frames in order. Equal consecutive frames are merged. The frames end early if the work shall stop.
    pub fn animation_frames(&self) -> impl Iterator<Item = AnimationFrame> + '_ {
        let mut next = Some((0, (self.content)(0)));
        std::iter::from_fn(move || {
            let (first, content) = next.take()?;
            let mut last = first;
            while last + 1 < self.timing.pictures && (self.keep_going)() {
                let after = (self.content)(last + 1);
                if after != content {
                    next = Some((last + 1, after));
                    break;
                }
                last += 1;
            }
            let interval = [
                self.timing.interval(first)[0],
                self.timing.interval(last)[1],
            ];
            Some(AnimationFrame {
                content,
                last,
                interval,
            })
        })
    }
}
