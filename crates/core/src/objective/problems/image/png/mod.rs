//! Reads the brightness of the pixels of a PNG file, of any kind that the format has.
//!
//! The format: <https://www.w3.org/TR/png-3/>. The crate `png` reads the same, but its code, with an inflater of its own, would be
//! a twentieth of the page.

use crate::numeric::bytes::crc32;
use miniz_oxide::inflate::core::{
    DecompressorOxide, decompress,
    inflate_flags::{
        TINFL_FLAG_IGNORE_ADLER32, TINFL_FLAG_PARSE_ZLIB_HEADER,
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    },
};

/// The first bytes of a PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A PNG file whose pixels are still compressed.
pub(super) struct Png {
    /// Number of columns and rows.
    pub(super) size: [usize; 2],
    /// Bits per sample.
    depth: usize,
    color: Color,
    is_interlaced: bool,
    /// The compressed pixels.
    data: Vec<u8>,
}

/// How the samples of a pixel define its brightness.
enum Color {
    /// Gray, with the value that is transparent, if there is one.
    Gray(Option<u16>),
    GrayAlpha,
    /// Red, green, and blue, with the color that is transparent, if there is one.
    Rgb(Option<[u16; 3]>),
    Rgba,
    /// The brightness of each color of the palette.
    Palette(Vec<f64>),
}

/// A part of the pixels of an interlaced picture, or all pixels: the first column and row, and the distances of columns and rows.
struct Pass {
    first: [usize; 2],
    distance: [usize; 2],
}

const ALL_PIXELS: [Pass; 1] = [pass([0, 0], [1, 1])];
/// The passes of the method Adam7.
const ADAM7: [Pass; 7] = [
    pass([0, 0], [8, 8]),
    pass([4, 0], [8, 8]),
    pass([0, 4], [4, 8]),
    pass([2, 0], [4, 4]),
    pass([0, 2], [2, 4]),
    pass([1, 0], [2, 2]),
    pass([0, 1], [1, 2]),
];

const fn pass(first: [usize; 2], distance: [usize; 2]) -> Pass {
    Pass { first, distance }
}

impl Png {
    /// Reads the chunks of a file that begins with [`SIGNATURE`].
    ///
    /// # Errors
    /// Returns what is wrong with the file.
    pub(super) fn read(file: &[u8]) -> Result<Self, &'static str> {
        let mut chunks = Chunks(&file[SIGNATURE.len()..]);
        let Some((b"IHDR", header)) = chunks.next().transpose()? else {
            return Err("the header is missing");
        };
        let &[
            w0,
            w1,
            w2,
            w3,
            h0,
            h1,
            h2,
            h3,
            depth,
            kind,
            0,
            0,
            interlace @ 0..=1,
        ] = header
        else {
            return Err("the header is not valid");
        };
        let size = [[w0, w1, w2, w3], [h0, h1, h2, h3]].map(|n| u32::from_be_bytes(n) as usize);
        let (mut palette, mut transparency): (&[u8], &[u8]) = (&[], &[]);
        let mut data = Vec::new();
        for chunk in chunks {
            match chunk {
                // A picture without its end can be complete.
                Err(_) if !data.is_empty() => break,
                Err(error) => return Err(error),
                Ok((b"IDAT", part)) => data.extend(part),
                // The pixels of an animation follow after those of the picture.
                Ok(_) if !data.is_empty() => break,
                Ok((b"PLTE", colors)) => palette = colors,
                Ok((b"tRNS", values)) => transparency = values,
                Ok(_) => {}
            }
        }
        let color = match (kind, depth) {
            (0, 1 | 2 | 4 | 8 | 16) => Color::Gray(transparent(transparency, depth).map(|[v]| v)),
            (2, 8 | 16) => Color::Rgb(transparent(transparency, depth)),
            (3, 1 | 2 | 4 | 8) if palette.is_empty() => return Err("the palette is missing"),
            (3, 1 | 2 | 4 | 8) => Color::Palette(brightness_of(palette, transparency)),
            (4, 8 | 16) => Color::GrayAlpha,
            (6, 8 | 16) => Color::Rgba,
            _ => return Err("the header is not valid"),
        };
        Ok(Self {
            size,
            depth: depth.into(),
            color,
            is_interlaced: interlace == 1,
            data,
        })
    }

    /// Returns the brightness of the pixels from 0 (black) to 1 (white), row by row from the top: (rows, columns).
    ///
    /// # Errors
    /// Returns what is wrong with the compressed pixels.
    pub(super) fn brightness(&self) -> Result<Vec<f64>, &'static str> {
        let passes = if self.is_interlaced {
            &ADAM7[..]
        } else {
            &ALL_PIXELS
        };
        let lines = passes.iter().map(|pass| {
            let [columns, rows] = pass.size(self.size);
            rows * self.line_bytes(columns)
        });
        let needed = lines.sum();
        let mut bytes = vec![0; needed];
        let flags = TINFL_FLAG_PARSE_ZLIB_HEADER
            | TINFL_FLAG_IGNORE_ADLER32
            | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let inflater = &mut Box::<DecompressorOxide>::default();
        // Further bytes do not matter if the pixels are complete.
        let (_, _, written) = decompress(inflater, &self.data, &mut bytes, 0, flags);
        if written < needed {
            return Err("pixels are missing");
        }
        let mut rest = &bytes[..];
        let mut pixels = vec![0.0; self.size[0] * self.size[1]];
        for pass in passes {
            let [columns, rows] = pass.size(self.size);
            let line_bytes = self.line_bytes(columns);
            let mut above = vec![0; line_bytes.saturating_sub(1)];
            for row in 0..rows {
                let (line, others) = rest.split_at(line_bytes);
                rest = others;
                let Some((filter, line)) = line.split_first() else {
                    continue;
                };
                above = unfiltered(*filter, line, &above, self.pixel_bits().div_ceil(8))?;
                for column in 0..columns {
                    let [x, y] = pass.position([column, row]);
                    pixels[y * self.size[0] + x] = self.pixel(&above, column);
                }
            }
        }
        Ok(pixels)
    }

    fn pixel_bits(&self) -> usize {
        let samples = match self.color {
            Color::Gray(_) | Color::Palette(_) => 1,
            Color::GrayAlpha => 2,
            Color::Rgb(_) => 3,
            Color::Rgba => 4,
        };
        samples * self.depth
    }

    /// Returns the number of bytes of a line of pixels with the byte of its filter; 0 if it has no pixels.
    fn line_bytes(&self, columns: usize) -> usize {
        match columns {
            0 => 0,
            _ => 1 + (columns * self.pixel_bits()).div_ceil(8),
        }
    }

    /// Returns the brightness of a pixel of a line.
    fn pixel(&self, line: &[u8], column: usize) -> f64 {
        let sample = |i: usize| {
            let bit = column * self.pixel_bits() + i * self.depth;
            let byte = u16::from(line[bit / 8]);
            match self.depth {
                16 => (byte << 8) | u16::from(line[bit / 8 + 1]),
                depth => (byte >> (8 - depth - bit % 8)) & ((1 << depth) - 1),
            }
        };
        let scaled = |i: usize| f64::from(sample(i)) / f64::from(u16::MAX >> (16 - self.depth));
        let color = || luma([0, 1, 2].map(scaled));
        match &self.color {
            Color::Gray(Some(clear)) if sample(0) == *clear => 1.0,
            Color::Gray(_) => scaled(0),
            Color::GrayAlpha => on_white(scaled(0), scaled(1)),
            Color::Rgb(Some(clear)) if [0, 1, 2].map(sample) == *clear => 1.0,
            Color::Rgb(_) => color(),
            Color::Rgba => on_white(color(), scaled(3)),
            Color::Palette(brightness) => brightness[usize::from(sample(0))],
        }
    }
}

impl Pass {
    /// Returns the number of columns and rows, given those of the picture.
    fn size(&self, picture: [usize; 2]) -> [usize; 2] {
        let along =
            |i: usize| (picture[i].saturating_sub(self.first[i])).div_ceil(self.distance[i]);
        [0, 1].map(along)
    }

    /// Returns the column and the row in the picture.
    fn position(&self, at: [usize; 2]) -> [usize; 2] {
        [0, 1].map(|i| self.first[i] + at[i] * self.distance[i])
    }
}

/// The chunks of a file: their types and contents. After an error, no chunk follows.
struct Chunks<'a>(&'a [u8]);

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<(&'a [u8; 4], &'a [u8]), &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let all = std::mem::take(&mut self.0);
            let (length, rest) = all.split_first_chunk()?;
            let length = u32::from_be_bytes(*length) as usize;
            let checked = length.checked_add(4).and_then(|n| rest.split_at_checked(n));
            let split = checked.and_then(|(checked, rest)| {
                let (check, rest) = rest.split_first_chunk()?;
                Some((checked, u32::from_be_bytes(*check), rest))
            });
            let Some((checked, check, rest)) = split else {
                return Some(Err("the file is incomplete"));
            };
            let Some((kind, content)) = checked.split_first_chunk() else {
                return Some(Err("the file is incomplete"));
            };
            self.0 = rest;
            if crc32(checked) == check {
                return Some(Ok((kind, content)));
            }
            // A small letter marks a chunk that is not necessary.
            if kind[0].is_ascii_uppercase() {
                self.0 = &[];
                return Some(Err("the check of a part does not match"));
            }
        }
    }
}

/// Returns the samples of the transparent color, if the file has one.
fn transparent<const N: usize>(values: &[u8], depth: u8) -> Option<[u16; N]> {
    let (pairs, _) = values.as_chunks();
    let mask = if depth == 16 { u16::MAX } else { 0xff };
    let samples = pairs.first_chunk::<N>()?;
    Some(samples.map(|pair| u16::from_be_bytes(pair) & mask))
}

/// Returns the brightness of all values that a pixel with a palette can have. A color that is missing is black.
fn brightness_of(palette: &[u8], opacities: &[u8]) -> Vec<f64> {
    let (colors, _) = palette.as_chunks();
    let scaled = |v: &u8| f64::from(*v) / 255.0;
    let brightness = |i: usize| {
        let color = colors.get(i).map_or(0.0, |rgb: &[u8; 3]| {
            luma([0, 1, 2].map(|c| scaled(&rgb[c])))
        });
        on_white(color, opacities.get(i).map_or(1.0, scaled))
    };
    (0..256).map(brightness).collect()
}

fn luma([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Returns the brightness of a color with an opacity on white.
fn on_white(v: f64, opacity: f64) -> f64 {
    opacity * v + (1.0 - opacity)
}

/// Returns a line without its filter, which stores differences from the pixel to the left, `distance` bytes before, and from the
/// line above.
fn unfiltered(
    filter: u8,
    line: &[u8],
    above: &[u8],
    distance: usize,
) -> Result<Vec<u8>, &'static str> {
    let mut plain = Vec::with_capacity(line.len());
    for (i, difference) in line.iter().enumerate() {
        let before = i.checked_sub(distance);
        let left = before.map_or(0, |j| plain[j]);
        let predicted = match filter {
            0 => 0,
            1 => left,
            2 => above[i],
            3 => left.midpoint(above[i]),
            4 => nearest_to_gradient(left, above[i], before.map_or(0, |j| above[j])),
            _ => return Err("a filter is not known"),
        };
        plain.push(difference.wrapping_add(predicted));
    }
    Ok(plain)
}

/// Returns the neighbor that is closest to left + above - corner, the first one of equal distances.
fn nearest_to_gradient(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |v: u8| (estimate - i16::from(v)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests;
