//! Compression of color indices, in pieces, so that it can be stopped.

use crate::{KeepGoing, PlotError, error::check};
use weezl::{BitOrder, LzwStatus, encode::Encoder};

/// Number of indices between two checks.
const PIECE: usize = 1 << 18;

/// Returns the codes of color indices, after the number of bits of an index, as the crate gif writes them.
///
/// # Errors
/// The work shall stop.
pub(super) fn encode(indices: &[u8], keep_going: KeepGoing) -> Result<Vec<u8>, PlotError> {
    let largest = indices.iter().copied().max().unwrap_or_default();
    // The format requires at least two bits.
    let bits = 8 - largest.max(0b11).leading_zeros() as u8;
    let mut encoder = Encoder::new(BitOrder::Lsb, bits);
    let mut codes = vec![bits];
    let mut buffer = [0; 1 << 14];
    let mut step = |encoder: &mut Encoder, indices: &[u8]| {
        let done = encoder.encode_bytes(indices, &mut buffer);
        codes.extend_from_slice(&buffer[..done.consumed_out]);
        let status = done.status.map_err(|e| PlotError::Gif(e.to_string()))?;
        Ok::<_, PlotError>((done.consumed_in, status))
    };
    for piece in indices.chunks(PIECE) {
        check(keep_going)?;
        let mut rest = piece;
        while !rest.is_empty() {
            let (taken, _) = step(&mut encoder, rest)?;
            rest = &rest[taken..];
        }
    }
    encoder.finish();
    while !matches!(step(&mut encoder, &[])?.1, LzwStatus::Done) {}
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gif::Frame;
    use std::cell::Cell;

    #[test]
    fn the_codes_are_those_of_the_crate() {
        let noise = |n: u32, most: u32| {
            let index = move |i: u32| (i.wrapping_mul(2_654_435_761) >> 16) % (most + 1);
            (0..n).map(move |i| index(i) as u8).collect::<Vec<u8>>()
        };
        for (count, most) in [(1, 0), (9, 1), (500, 3), (70_000, 4), (600_000, 255)] {
            let indices = noise(count, most);
            let mut frame = Frame {
                buffer: indices.clone().into(),
                ..Frame::default()
            };
            frame.make_lzw_pre_encoded();
            assert_eq!(encode(&indices, &|| true).unwrap(), *frame.buffer);
        }
    }

    #[test]
    fn the_work_stops_between_two_pieces() {
        let checks = Cell::new(0);
        let keep_going = || {
            checks.set(checks.get() + 1);
            checks.get() < 3
        };
        let stopped = encode(&vec![7; 9 * PIECE], &keep_going);
        assert!(matches!(stopped, Err(PlotError::Stopped)));
        assert_eq!(checks.get(), 3);
    }
}
