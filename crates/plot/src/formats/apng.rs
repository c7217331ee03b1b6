//! An animation as APNG: every color as it is, and of each picture only what differs from the one before.

use png::{BitDepth, BlendOp, ColorType, DeflateCompression, DisposeOp, Encoder, Filter};
use std::io::Write;

use super::recipe::{self, KEYWORD};
use crate::{
    PlotError,
    animation::{Animation, AnimationFrame, FrameRenderer, Loops, Region, delays},
};

/// Delays are thousandths of a second.
const A_SECOND: u16 = 1000;

/// Writes the animation; `go_on` is told the number of each picture that is done and may say no.
///
/// Programs that know no APNG show the first picture.
///
/// # Errors
/// Those of the writer and of the background's picture; [`PlotError::Stopped`] where `go_on` said no.
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
    // The head of the file tells how many pictures there are.
    let delays = |shot: &AnimationFrame| delays(shot.seen, A_SECOND.into());
    let pictures = animation.shots().map(|shot| delays(&shot).count());
    let plays = match animation.timing.loops {
        Loops::Forever => 0,
        Loops::Times(n) => u32::from(n),
    };
    encoder.set_animated(pictures.sum::<usize>() as u32, plays)?;
    if let Some(text) = &animation.background.recipe {
        encoder.add_itxt_chunk(KEYWORD.to_owned(), recipe::clean(text))?;
    }
    let mut writer = encoder.write_header()?;
    let mut shown = vec![[0; 4]; width as usize * height as usize];
    animation.play(go_on, |film, shot| {
        let mut change = fresh(film, &mut shown, width as usize);
        for delay in delays(shot) {
            let change = change.take();
            let (region, bytes) = change.unwrap_or_else(|| (Region::PIXEL, vec![0; 4]));
            // The file is opaque: what is clear lets the picture before be seen.
            // The new size at the old place may reach beyond the edge, which is refused.
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

/// The region that has changed, and there the pixels that are new; the others are clear.
fn fresh(film: &FrameRenderer, shown: &mut [[u8; 4]], width: usize) -> Option<(Region, Vec<u8>)> {
    let differs = |row: &std::ops::Range<usize>| film.picture()[row.clone()] != shown[row.clone()];
    let rows = film.changed().iter().filter_map(|region| {
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
        for (pixel, shown) in film.picture()[row.clone()].iter().zip(&mut shown[row]) {
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
