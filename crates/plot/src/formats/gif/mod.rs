//! An animation as GIF: one palette for all pictures, and of each only what differs from the one before.

mod palette;

use gif::{DisposalMethod, Encoder, EncodingError, Extension, Frame, Repeat};
use std::io::Write;

use super::recipe::{self, MARK};
use crate::{
    PlotError,
    animation::{Animation, FrameRenderer, Loops, Region, delays},
};
use palette::Palette;

/// Programs that show a GIF slow down what is faster: they take a delay of a hundredth of a second for a mistake.
pub const FASTEST: f64 = 50.0;
/// Most bytes of a piece of a comment.
const BLOCK: usize = 255;

/// Writes the animation; `go_on` is told the number of each picture that is done and may say no.
///
/// There is no dithering: a color that is not among the palette's 255 becomes the one that looks most like it. Delays
/// are whole hundredths of a second, rounded so that their sum is right.
///
/// # Errors
/// Those of the writer and of the background's picture; [`PlotError::Stopped`] where `go_on` said no.
pub fn write(
    animation: &Animation,
    out: impl Write,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), PlotError> {
    let first = FrameRenderer::new(animation)?;
    // All that stays, and the ways over all of it.
    let mut last = FrameRenderer::new(animation)?;
    last.show(&(animation.moment)(animation.timing.pictures - 1));
    let samples = [first.picture(), last.picture()];
    let mut reel = GifWriter::new(out, animation.pixels, &samples, animation.timing.loops)?;
    if let Some(text) = &animation.background.recipe {
        reel.comment(&format!("{MARK}{}", recipe::clean(text)))?;
    }
    drop((first, last));
    animation.play(go_on, |film, shot| {
        reel.add(film.picture(), film.changed(), shot.seen)
    })?;
    reel.finish()?.flush().map_err(PlotError::Write)
}

/// A GIF that is written picture by picture, wherever their pixels come from.
pub struct GifWriter<W: Write> {
    encoder: Encoder<W>,
    palette: Palette,
    canvas: DisplayedFrame,
    /// The last picture that differs from the one before it: how long it is seen is not known yet.
    waiting: Option<FrameDelta>,
}

impl<W: Write> GifWriter<W> {
    /// Begins a GIF of so many pixels across and down, with the colors of these `samples`.
    ///
    /// # Errors
    /// Those of the writer; a side of more than 65535 pixels.
    pub fn new(
        out: W,
        pixels: [u32; 2],
        samples: &[&[[u8; 4]]],
        loops: Loops,
    ) -> Result<Self, PlotError> {
        let mut counted = palette::ColorHistogram::default();
        for sample in samples {
            counted.add(sample);
        }
        let palette = counted.palette();
        let too_large = |_| PlotError::TooManyPixels {
            width: pixels[0].into(),
            height: pixels[1].into(),
            scale: 1.0,
            limit: u16::MAX.into(),
        };
        let [width, height] = pixels.map(u16::try_from);
        let (width, height) = (width.map_err(too_large)?, height.map_err(too_large)?);
        let mut encoder = Encoder::new(out, width, height, &palette.bytes())?;
        match loops {
            Loops::Forever => encoder.set_repeat(Repeat::Infinite)?,
            // A GIF counts how often it comes again after the first time.
            Loops::Times(n) => encoder.set_repeat(Repeat::Finite(n.saturating_sub(1)))?,
        }
        Ok(Self {
            encoder,
            palette,
            canvas: DisplayedFrame::new(pixels),
            waiting: None,
        })
    }

    /// Adds words that no program shows.
    fn comment(&mut self, text: &str) -> Result<(), PlotError> {
        let blocks: Vec<&[u8]> = text.as_bytes().chunks(BLOCK).collect();
        let kind = Extension::Comment.into();
        Ok(self.encoder.write_raw_extension(kind, &blocks)?)
    }

    /// Adds a picture, red, green, blue and 255 of each pixel, row by row, that is seen from one second to another; it
    /// may differ from the one before in the `changed` regions, the first in all of it.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn add(
        &mut self,
        picture: &[[u8; 4]],
        changed: &[Region],
        seen: [f64; 2],
    ) -> Result<(), PlotError> {
        let fresh = self.canvas.take(picture, changed, &mut self.palette);
        match (fresh, &mut self.waiting) {
            // Nothing can be seen of the change: the picture before stays longer.
            (None, Some(picture)) => picture.seen[1] = seen[1],
            (None, None) => {}
            (Some((region, indices)), _) => {
                let next = FrameDelta {
                    region,
                    indices,
                    seen,
                };
                if let Some(picture) = self.waiting.replace(next) {
                    picture.write(&mut self.encoder)?;
                }
            }
        }
        Ok(())
    }

    /// Writes what is left, and gives back what was written to.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> Result<W, PlotError> {
        if let Some(picture) = self.waiting {
            picture.write(&mut self.encoder)?;
        }
        Ok(self.encoder.into_inner()?)
    }
}

/// A picture that differs from the one before in a region.
struct FrameDelta {
    region: Region,
    /// Numbers of colors, row by row.
    indices: Vec<u8>,
    /// From when to when it is seen, in seconds.
    seen: [f64; 2],
}

impl FrameDelta {
    fn write(self, encoder: &mut Encoder<impl Write>) -> Result<(), EncodingError> {
        let frame = |delay, region: Region, indices| Frame {
            delay,
            dispose: DisposalMethod::Keep,
            transparent: Some(palette::CLEAR),
            left: region.left as u16,
            top: region.top as u16,
            width: region.width() as u16,
            height: region.height() as u16,
            buffer: indices,
            ..Frame::default()
        };
        let mut change = Some((self.region, self.indices));
        for delay in delays(self.seen, 100.0) {
            // What is seen for longer than a delay can be is followed by a pixel that changes nothing.
            let change = change.take();
            let (region, indices) = change.unwrap_or_else(|| (Region::PIXEL, vec![palette::CLEAR]));
            encoder.write_frame(&frame(delay, region, indices.into()))?;
        }
        Ok(())
    }
}

/// What whoever plays the GIF sees.
struct DisplayedFrame {
    width: usize,
    indices: Vec<u8>,
}

impl DisplayedFrame {
    fn new(pixels: [u32; 2]) -> Self {
        let [width, height] = pixels.map(|side| side as usize);
        Self {
            width,
            indices: vec![palette::CLEAR; width * height],
        }
    }

    /// Takes over what has changed: the region around it, and there the numbers of the colors that are new.
    fn take(
        &mut self,
        picture: &[[u8; 4]],
        changed: &[Region],
        palette: &mut Palette,
    ) -> Option<(Region, Vec<u8>)> {
        let around = changed.iter().copied().reduce(Region::with)?;
        let mut fresh = vec![palette::CLEAR; around.width() * around.height()];
        let mut seen: Option<Region> = None;
        for region in changed {
            for (y, row) in (region.top..region.bottom).zip(region.rows(self.width)) {
                let at = (y - around.top) * around.width() + region.left - around.left;
                let fresh = &mut fresh[at..at + row.len()];
                let (mut first, mut behind) = (usize::MAX, 0);
                let pixels = picture[row.clone()].iter();
                let shown = self.indices[row].iter_mut().zip(fresh);
                let mut before = ([0; 4], palette::CLEAR);
                for (x, (pixel, (shown, fresh))) in pixels.zip(shown).enumerate() {
                    // Most pixels are as their neighbors.
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
        let seen = seen?;
        let rows = (seen.top..seen.bottom).flat_map(|y| {
            let at = (y - around.top) * around.width() + seen.left - around.left;
            fresh[at..at + seen.width()].iter().copied()
        });
        Some((seen, rows.collect()))
    }
}
