//! Animations as APNG: exact colors, and only the differences between frames.

use png::{BitDepth, BlendOp, ColorType, DeflateCompression, DisposeOp, Encoder, Filter};
use std::io::Write;

use super::recipe::{self, KEYWORD};
use crate::{
    PlotError,
    animation::{Animation, AnimationFrame, FrameRenderer, Loops, Region, delays},
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
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
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
    let mut writer = encoder.write_header()?;
    let mut shown = vec![[0; 4]; width as usize * height as usize];
    let renderer = FrameRenderer::new(animation)?;
    animation.play(renderer, go_on, |renderer, frame| {
        let mut change = fresh(renderer, &mut shown, width as usize);
        for delay in delays(frame) {
            let change = change.take();
            let (region, bytes) = change.unwrap_or_else(|| (Region::PIXEL, vec![0; 4]));
            // The picture is opaque, so transparent pixels keep the previous frame.
            // The new size at the old position could exceed the picture, which is an error.
            writer.set_frame_position(0, 0)?;
            writer.set_frame_dimension(region.width() as u32, region.height() as u32)?;
            writer.set_frame_position(region.left as u32, region.top as u32)?;
            writer.set_blend_op(BlendOp::Over)?;
            writer.set_dispose_op(DisposeOp::None)?;
            writer.set_frame_delay(delay, A_SECOND)?;
            writer.write_image_data(&bytes)?;
        }
        Ok(())
    })?;
    writer.finish()?;
    Ok(())
}

/// Returns the changed region and its new pixels; unchanged pixels are transparent.
fn fresh(
    renderer: &FrameRenderer,
    shown: &mut [[u8; 4]],
    width: usize,
) -> Option<(Region, Vec<u8>)> {
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
    let around = rows.reduce(Region::with)?;
    let mut bytes = Vec::with_capacity(4 * around.width() * around.height());
    for row in around.rows(width) {
        for (pixel, shown) in renderer.picture()[row.clone()].iter().zip(&mut shown[row]) {
            if pixel == shown {
                bytes.extend([0; 4]);
            } else {
                *shown = *pixel;
                bytes.extend(pixel);
            }
        }
    }
    Some((around, bytes))
}
