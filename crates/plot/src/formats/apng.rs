//! Animations as APNG: exact colors, and only the differences between frames.

use png::{BitDepth, ColorType, Encoder, Writer, chunk};
use std::io::Write;

use super::{
    recipe::{self, KEYWORD},
    zlib::{FAST, MAX_CHUNK, compressed},
};
use crate::{
    KeepGoing, PlotError,
    animation::{Animation, AnimationFrame, FrameRenderer, Loops, Region, delays},
    error::check,
};

/// Delays are in thousandths of a second.
const A_SECOND: u16 = 1000;

/// Writes an animation. `go_on` receives the index of each finished frame and returns whether to continue.
///
/// Programs without APNG support show the first frame.
///
/// # Errors
/// Returns errors of the writer and the renderer, or [`PlotError::Stopped`] if `go_on` returned false.
pub fn write(
    animation: &Animation,
    out: impl Write,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), PlotError> {
    let [width, height] = animation.pixels;
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    // The header of the file contains the number of frames.
    let delays = |frame: &AnimationFrame| delays(frame.interval, A_SECOND.into());
    let pictures = animation
        .animation_frames()
        .map(|frame| delays(&frame).count());
    let pictures = pictures.sum::<usize>() as u32;
    animation.check()?;
    let plays = match animation.timing.loops {
        Loops::Forever => 0,
        Loops::Times(n) => u32::from(n),
    };
    encoder.set_animated(pictures, plays)?;
    if let Some(text) = &animation.background.recipe {
        encoder.add_itxt_chunk(KEYWORD.to_owned(), recipe::clean(text))?;
    }
    let mut writer = FrameWriter {
        writer: encoder.write_header()?,
        parts: 0,
    };
    let mut shown = vec![[0; 4]; width as usize * height as usize];
    let renderer = FrameRenderer::new(animation)?;
    animation.play(renderer, go_on, |renderer, frame| {
        let mut change = fresh(renderer, &mut shown, width as usize, &*animation.keep_going)?;
        for delay in delays(frame) {
            let change = change.take();
            let (region, bytes) = change.unwrap_or_else(|| (Region::PIXEL, vec![0; 4]));
            let pixels = compressed(&bytes, 4 * region.width(), FAST, &*animation.keep_going)?;
            writer.write(region, delay, &pixels)?;
        }
        Ok(())
    })?;
    writer.writer.finish()?;
    Ok(())
}

/// Writes the chunks of frames.
struct FrameWriter<W: Write> {
    writer: Writer<W>,
    /// The number of chunks that have a sequence number.
    parts: u32,
}

impl<W: Write> FrameWriter<W> {
    /// Writes a frame of compressed pixels with its delay.
    fn write(&mut self, region: Region, delay: u16, pixels: &[u8]) -> Result<(), PlotError> {
        /// The frame stays when the next one is drawn.
        const KEEP: u8 = 0;
        /// The frame is opaque, so transparent pixels keep the previous one.
        const OVER: u8 = 1;
        let is_first = self.parts == 0;
        let sides = [region.width(), region.height(), region.left, region.top];
        let mut control = self.number().to_vec();
        control.extend(sides.iter().flat_map(|side| (*side as u32).to_be_bytes()));
        control.extend([delay, A_SECOND].iter().flat_map(|time| time.to_be_bytes()));
        control.extend([KEEP, OVER]);
        self.writer.write_chunk(chunk::fcTL, &control)?;
        for part in pixels.chunks(MAX_CHUNK) {
            if is_first {
                self.writer.write_chunk(chunk::IDAT, part)?;
            } else {
                let numbered = [&self.number()[..], part].concat();
                self.writer.write_chunk(chunk::fdAT, &numbered)?;
            }
        }
        Ok(())
    }

    /// Returns the next sequence number.
    fn number(&mut self) -> [u8; 4] {
        self.parts += 1;
        (self.parts - 1).to_be_bytes()
    }
}

/// Returns the changed region and its new pixels; unchanged pixels are transparent.
///
/// # Errors
/// The work shall stop.
fn fresh(
    renderer: &FrameRenderer,
    shown: &mut [[u8; 4]],
    width: usize,
    keep_going: KeepGoing,
) -> Result<Option<(Region, Vec<u8>)>, PlotError> {
    let differs =
        |row: &std::ops::Range<usize>| renderer.picture()[row.clone()] != shown[row.clone()];
    let rows = renderer.changed().iter().filter_map(|region| {
        let rows = region.rows(width).enumerate();
        let mut rows = rows.filter(|(_, row)| differs(row)).map(|(i, _)| i);
        let first = rows.next()?;
        Some(Region {
            top: region.top + first,
            bottom: region.top + rows.last().unwrap_or(first) + 1,
            ..*region
        })
    });
    let Some(around) = rows.reduce(Region::with) else {
        return Ok(None);
    };
    let mut bytes = Vec::with_capacity(4 * around.width() * around.height());
    for row in around.rows(width) {
        check(keep_going)?;
        for (pixel, shown) in renderer.picture()[row.clone()].iter().zip(&mut shown[row]) {
            if pixel == shown {
                bytes.extend([0; 4]);
            } else {
                *shown = *pixel;
                bytes.extend(pixel);
            }
        }
    }
    Ok(Some((around, bytes)))
}
