//! An animation as APNG: every colour as it is, and of each picture only what differs from the one before.

use png::{BitDepth, BlendOp, ColorType, DeflateCompression, DisposeOp, Encoder, Filter};
use std::io::Write;

use super::recipe::{self, KEYWORD};
use crate::{
    Error,
    animation::{Animation, Film, Loops, Region, ticks},
};

/// Delays are thousandths of a second.
const A_SECOND: f64 = 1000.0;
/// A delay as a fraction has so large a numerator at most.
const LONGEST: u64 = u16::MAX as u64;

/// Writes the animation; `go_on` is told the number of each picture that is done and may say no.
///
/// Programs that know no APNG show the first picture.
///
/// # Errors
/// Those of the writer and of the background's picture; [`Error::Stopped`] where `go_on` said no.
pub fn write(
    animation: &Animation,
    out: impl Write,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), Error> {
    let mut film = Film::new(animation)?;
    let [width, height] = animation.pixels;
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    // The head of the file tells how many pictures there are.
    let pictures = animation.shots().map(|shot| delays(shot.seen).count());
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
    let pixel = Region {
        left: 0,
        top: 0,
        right: 1,
        bottom: 1,
    };
    for shot in animation.shots() {
        film.show(&shot.moment);
        let mut change = fresh(&film, &mut shown, width as usize);
        for delay in delays(shot.seen) {
            let (region, bytes) = change.take().unwrap_or_else(|| (pixel, vec![0; 4]));
            // The file is opaque: what is clear lets the picture before be seen.
            // The new size at the old place may reach beyond the edge, which is refused.
            writer.set_frame_position(0, 0)?;
            writer.set_frame_dimension(region.width() as u32, region.height() as u32)?;
            writer.set_frame_position(region.left as u32, region.top as u32)?;
            writer.set_blend_op(BlendOp::Over)?;
            writer.set_dispose_op(DisposeOp::None)?;
            writer.set_frame_delay(delay as u16, A_SECOND as u16)?;
            writer.write_image_data(&bytes)?;
        }
        if !go_on(shot.last) {
            return Err(Error::Stopped);
        }
    }
    writer.finish()?;
    Ok(())
}

/// A time as one delay, or several where it is longer than one can be.
fn delays(seen: [f64; 2]) -> impl Iterator<Item = u64> {
    let mut left = Some(ticks(seen, A_SECOND));
    std::iter::from_fn(move || {
        let all = left?;
        left = all.checked_sub(LONGEST).filter(|rest| *rest > 0);
        Some(all.min(LONGEST))
    })
}

/// The region that has changed, and there the pixels that are new; the others are clear.
fn fresh(film: &Film, shown: &mut [[u8; 4]], width: usize) -> Option<(Region, Vec<u8>)> {
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
