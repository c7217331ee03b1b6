//! Animations as GIF: one palette for all frames, and only the differences between frames.

use gif::{DisposalMethod, Encoder, Extension, Frame, Repeat};
use std::io::Write;

use super::{
    lzw,
    palette::{ColorHistogram, Palette},
    recipe::{self, MARK},
};
use crate::{
    KeepGoing, PlotError,
    animation::{Animation, FrameRenderer, Loops, Region, delays},
    error::check,
};

/// Largest frame rate: programs replace a delay of one hundredth of a second by a longer one.
pub const FASTEST: f64 = 50.0;
/// Index of the transparent color, which keeps the previous pixel.
const CLEAR: u8 = 255;
/// Limit of the bytes of one block of a comment.
const BLOCK: usize = 255;

/// Writes an animation. `go_on` receives the index of each finished frame and returns whether to continue.
///
/// There is no dithering: a color outside of the palette of 255 colors becomes the perceptually nearest one. Delays are
/// whole hundredths of a second; their rounding errors do not accumulate.
///
/// # Errors
/// Returns errors of the writer and the renderer, or [`PlotError::Stopped`] if `go_on` returned false.
pub fn write(
    animation: &Animation,
    out: impl Write,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), PlotError> {
    let keep_going = &*animation.keep_going;
    let renderer = FrameRenderer::new(animation)?;
    let mut writer = {
        // The static parts and the complete paths.
        let mut last = renderer.clone();
        last.show(&(animation.content)(animation.timing.pictures - 1));
        animation.check()?;
        let samples = [renderer.picture(), last.picture()];
        let loops = animation.timing.loops;
        GifWriter::new(out, animation.pixels, &samples, loops, keep_going)?
    };
    if let Some(text) = &animation.background.recipe {
        writer.add_recipe(text)?;
    }
    animation.play(renderer, go_on, |renderer, frame| {
        let (picture, changed) = (renderer.picture(), renderer.changed());
        writer.add(picture, changed, frame.interval, keep_going)
    })?;
    writer.finish(keep_going)?.flush().map_err(PlotError::Write)
}

/// A writer of GIF files, frame by frame.
pub struct GifWriter<W: Write> {
    encoder: Encoder<W>,
    palette: Palette,
    canvas: DisplayedFrame,
    /// The last frame with a difference, whose duration is not known yet.
    waiting: Option<FrameDelta>,
}

impl<W: Write> GifWriter<W> {
    /// Begins a GIF with this width and height in pixels, and a palette for these `samples`.
    ///
    /// # Errors
    /// The writer fails, a side has more than 65535 pixels, or the work shall stop.
    pub fn new(
        out: W,
        pixels: [u32; 2],
        samples: &[&[[u8; 4]]],
        loops: Loops,
        keep_going: KeepGoing,
    ) -> Result<Self, PlotError> {
        let mut counted = ColorHistogram::default();
        for sample in samples {
            counted.add(sample, keep_going)?;
        }
        let palette = counted.palette(CLEAR.into(), keep_going)?;
        let mut colors = palette.bytes().to_vec();
        colors.resize(3 * (usize::from(CLEAR) + 1), 0);
        let too_large = |_| PlotError::TooManyPixels {
            width: pixels[0].into(),
            height: pixels[1].into(),
            scale: 1.0,
            limit: u16::MAX.into(),
        };
        let [width, height] = pixels.map(u16::try_from);
        let (width, height) = (width.map_err(too_large)?, height.map_err(too_large)?);
        let mut encoder = Encoder::new(out, width, height, &colors)?;
        match loops {
            Loops::Forever => encoder.set_repeat(Repeat::Infinite)?,
            // A GIF counts the repetitions after the first time.
            Loops::Times(n) => encoder.set_repeat(Repeat::Finite(n.saturating_sub(1)))?,
        }
        Ok(Self {
            encoder,
            palette,
            canvas: DisplayedFrame::new(pixels),
            waiting: None,
        })
    }

    /// Adds a recipe before the first frame.
    ///
    /// # Errors
    /// Writing fails.
    pub fn add_recipe(&mut self, text: &str) -> Result<(), PlotError> {
        self.comment(&format!("{MARK}{}", recipe::clean(text)))
    }

    /// Adds a comment, which programs do not show.
    fn comment(&mut self, text: &str) -> Result<(), PlotError> {
        let blocks: Vec<&[u8]> = text.as_bytes().chunks(BLOCK).collect();
        let kind = Extension::Comment.into();
        Ok(self.encoder.write_raw_extension(kind, &blocks)?)
    }

    /// Adds a frame (red, green, blue, and 255 per pixel, row by row) with its start and end in seconds. It may only
    /// differ from the previous one in the `changed` regions; the first frame is changed as a whole.
    ///
    /// # Errors
    /// The writer fails, or the work shall stop.
    pub fn add(
        &mut self,
        picture: &[[u8; 4]],
        changed: &[Region],
        seen: [f64; 2],
        keep_going: KeepGoing,
    ) -> Result<(), PlotError> {
        let palette = &mut self.palette;
        let fresh = self.canvas.take(picture, changed, palette, keep_going)?;
        match (fresh, &mut self.waiting) {
            // The change is invisible, so the previous frame is extended.
            (None, Some(picture)) => picture.seen[1] = seen[1],
            (None, None) => {}
            (Some((region, indices)), _) => {
                let next = FrameDelta {
                    region,
                    indices,
                    seen,
                };
                if let Some(picture) = self.waiting.replace(next) {
                    picture.write(&mut self.encoder, keep_going)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the rest and returns the writer.
    ///
    /// # Errors
    /// The writer fails, or the work shall stop.
    pub fn finish(mut self, keep_going: KeepGoing) -> Result<W, PlotError> {
        if let Some(picture) = self.waiting {
            picture.write(&mut self.encoder, keep_going)?;
        }
        Ok(self.encoder.into_inner()?)
    }
}

/// A frame that differs from the previous one in a region.
struct FrameDelta {
    region: Region,
    /// Color indices, row by row.
    indices: Vec<u8>,
    /// Start and end in seconds.
    seen: [f64; 2],
}

impl FrameDelta {
    fn write(
        self,
        encoder: &mut Encoder<impl Write>,
        keep_going: KeepGoing,
    ) -> Result<(), PlotError> {
        let frame = |delay, region: Region, indices| Frame {
            delay,
            dispose: DisposalMethod::Keep,
            transparent: Some(CLEAR),
            left: region.left as u16,
            top: region.top as u16,
            width: region.width() as u16,
            height: region.height() as u16,
            buffer: indices,
            ..Frame::default()
        };
        let mut change = Some((self.region, self.indices));
        for delay in delays(self.seen, 100.0) {
            // If the delay exceeds the limit of the format, frames with one unchanged pixel follow.
            let change = change.take();
            let (region, indices) = change.unwrap_or_else(|| (Region::PIXEL, vec![CLEAR]));
            let codes = lzw::encode(&indices, keep_going)?;
            encoder.write_lzw_pre_encoded_frame(&frame(delay, region, codes.into()))?;
        }
        Ok(())
    }
}

/// The picture that a program shows.
struct DisplayedFrame {
    width: usize,
    indices: Vec<u8>,
}

impl DisplayedFrame {
    fn new(pixels: [u32; 2]) -> Self {
        let [width, height] = pixels.map(|side| side as usize);
        Self {
            width,
            indices: vec![CLEAR; width * height],
        }
    }

    /// Updates the picture. Returns the changed region and the color indices of its new pixels.
    ///
    /// # Errors
    /// The work shall stop.
    fn take(
        &mut self,
        picture: &[[u8; 4]],
        changed: &[Region],
        palette: &mut Palette,
        keep_going: KeepGoing,
    ) -> Result<Option<(Region, Vec<u8>)>, PlotError> {
        let Some(around) = changed.iter().copied().reduce(Region::with) else {
            return Ok(None);
        };
        let mut fresh = vec![CLEAR; around.width() * around.height()];
        let mut seen: Option<Region> = None;
        for region in changed {
            for (y, row) in (region.top..region.bottom).zip(region.rows(self.width)) {
                check(keep_going)?;
                let at = (y - around.top) * around.width() + region.left - around.left;
                let fresh = &mut fresh[at..at + row.len()];
                let (mut first, mut behind) = (usize::MAX, 0);
                let pixels = picture[row.clone()].iter();
                let shown = self.indices[row].iter_mut().zip(fresh);
                let mut before = ([0; 4], CLEAR);
                for (x, (pixel, (shown, fresh))) in pixels.zip(shown).enumerate() {
                    // Most pixels are equal to their neighbors.
                    if *pixel != before.0 {
                        before = (*pixel, palette.nearest(*pixel));
                    }
                    if before.1 != *shown {
                        (*shown, *fresh) = (before.1, before.1);
                        first = first.min(x);
                        behind = x + 1;
                    }
                }
                if first < behind {
                    let row = Region {
                        left: region.left + first,
                        right: region.left + behind,
                        top: y,
                        bottom: y + 1,
                    };
                    seen = Some(seen.map_or(row, |seen| seen.with(row)));
                }
            }
        }
        let Some(seen) = seen else {
            return Ok(None);
        };
        let rows = (seen.top..seen.bottom).flat_map(|y| {
            let at = (y - around.top) * around.width() + seen.left - around.left;
            fresh[at..at + seen.width()].iter().copied()
        });
        Ok(Some((seen, rows.collect())))
    }
}
