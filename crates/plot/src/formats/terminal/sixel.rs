//! Pixels for terminals with sixel graphics: bands of six rows, one color after the other.
//!
//! The format: <https://vt100.net/docs/vt3xx-gp/chapter14.html>.

use super::blocks::distance;
use crate::raster::Pixels;
use std::{collections::BTreeMap, fmt::Write as _};

/// Number of colors that all such terminals support.
const COLORS: usize = 256;
/// Steps of each of red, green, and blue in the color cube that approximates rare colors.
const CUBE: [u8; 4] = [0, 85, 170, 255];
/// Number of rows of a band.
const BAND: usize = 6;

/// Returns the control sequence that shows the pixels, and a line break.
///
/// With more than 256 colors, rare colors are approximated by the nearest frequent color or color of a cube.
pub fn encode(pixels: &Pixels) -> String {
    let [width, height] = pixels.size;
    let (palette, indices) = indexed(pixels);
    // Pixels are square, and all of them are drawn.
    let mut text = format!("\u{1b}Pq\"1;1;{width};{height}");
    for (i, rgb) in palette.iter().enumerate() {
        let [r, g, b] = rgb.map(|c| (u32::from(c) * 100 + 127) / 255);
        let _ = write!(text, "#{i};2;{r};{g};{b}");
    }
    for band in indices.chunks(BAND * width) {
        let mut colors = band.to_vec();
        colors.sort_unstable();
        colors.dedup();
        for (i, color) in colors.iter().enumerate() {
            if i > 0 {
                // Returns to the left edge.
                text.push('$');
            }
            let _ = write!(text, "#{color}");
            let column = |x: usize| {
                let rows = band.chunks(width).enumerate();
                rows.fold(0_u8, |bits, (y, row)| {
                    bits | u8::from(row[x] == *color) << y
                })
            };
            write_runs(&mut text, (0..width).map(column));
        }
        text.push('-');
    }
    text.push_str("\u{1b}\\\n");
    text
}

/// Writes the characters of one color, run-length encoded.
fn write_runs(text: &mut String, columns: impl Iterator<Item = u8>) {
    let mut write = |bits: u8, count: usize| {
        let letter = char::from(b'?' + bits);
        match count {
            0..=3 => text.extend(std::iter::repeat_n(letter, count)),
            _ => {
                let _ = write!(text, "!{count}{letter}");
            }
        }
    };
    let (mut last, mut count) = (0, 0);
    for bits in columns {
        if bits != last {
            write(last, count);
            (last, count) = (bits, 0);
        }
        count += 1;
    }
    // Empty characters at the right edge can be omitted.
    if last != 0 {
        write(last, count);
    }
}

/// Returns the palette and the palette index of each pixel.
fn indexed(pixels: &Pixels) -> (Vec<[u8; 3]>, Vec<u16>) {
    let (all, _) = pixels.rgb.as_chunks::<3>();
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for rgb in all {
        *counts.entry(*rgb).or_default() += 1;
    }
    let mut palette: Vec<[u8; 3]> = counts.keys().copied().collect();
    palette.sort_by_key(|rgb| (std::cmp::Reverse(counts[rgb]), *rgb));
    if palette.len() > COLORS {
        palette.truncate(COLORS - CUBE.len().pow(3));
        let pairs = CUBE.iter().flat_map(|r| CUBE.map(|g| [*r, g]));
        palette.extend(pairs.flat_map(|[r, g]| CUBE.map(|b| [r, g, b])));
    }
    let nearest = |rgb: &[u8; 3]| {
        let far = |(_, other): &(usize, &[u8; 3])| distance(*rgb, **other);
        let nearest = palette.iter().enumerate().min_by_key(far);
        nearest.map_or(0, |(i, _)| i as u16)
    };
    let places: BTreeMap<[u8; 3], u16> = counts.keys().map(|rgb| (*rgb, nearest(rgb))).collect();
    let indices = all.iter().map(|rgb| places[rgb]).collect();
    (palette, indices)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

    /// Reads a number.
    fn number(rest: &mut Characters) -> usize {
        let mut n = 0;
        while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
            n = 10 * n + digit as usize;
            rest.next();
        }
        n
    }

    /// Reads the part of a color that follows its number, if it is defined here.
    fn definition(rest: &mut Characters) -> Option<[u8; 3]> {
        rest.next_if_eq(&';')?;
        assert_eq!(number(rest), 2);
        Some([(); 3].map(|()| {
            assert_eq!(rest.next(), Some(';'));
            (number(rest) * 255 / 100) as u8
        }))
    }

    /// Reads sixels back, as a terminal does.
    fn decode(text: &str) -> Pixels {
        let body = text.strip_prefix("\u{1b}Pq\"1;1;").unwrap();
        let body = body.strip_suffix("\u{1b}\\\n").unwrap();
        let begin = body.find('#').unwrap();
        let size: Vec<usize> = body[..begin]
            .split(';')
            .map(|n| n.parse().unwrap())
            .collect();
        let mut pixels = Pixels::filled([size[0], size[1]], [1, 1, 1]);
        let mut palette = BTreeMap::new();
        let (mut color, mut x, mut y) = ([0; 3], 0, 0);
        let mut rest = body[begin..].chars().peekable();
        while let Some(c) = rest.next() {
            let mut count = 1;
            let mut letter = c;
            match c {
                '#' => {
                    let i = number(&mut rest);
                    match definition(&mut rest) {
                        Some(rgb) => drop(palette.insert(i, rgb)),
                        None => color = palette[&i],
                    }
                    continue;
                }
                '$' => {
                    x = 0;
                    continue;
                }
                '-' => {
                    (x, y) = (0, y + BAND);
                    continue;
                }
                '!' => {
                    count = number(&mut rest);
                    letter = rest.next().unwrap();
                }
                _ => {}
            }
            let bits = letter as u32 - u32::from('?');
            for _ in 0..count {
                for row in (0..BAND).filter(|row| bits >> row & 1 == 1) {
                    pixels.set([x, y + row], color);
                }
                x += 1;
            }
        }
        pixels
    }

    fn close(a: &Pixels, b: &Pixels, most: u8) -> bool {
        let mut pairs = a.rgb.iter().zip(&b.rgb);
        a.size == b.size && pairs.all(|(a, b)| a.abs_diff(*b) <= most)
    }

    #[test]
    fn the_pixels_can_be_decoded() {
        let mut pixels = Pixels::filled([11, 8], [255, 255, 255]);
        for i in 0..8 {
            pixels.set([i, i], [200, 30, 90]);
            pixels.set([10, i], [0, 0, 255]);
        }
        // Percentages are coarser than bytes.
        assert!(close(&decode(&encode(&pixels)), &pixels, 3));
    }

    #[test]
    fn rare_colors_are_approximated() {
        let mut pixels = Pixels::filled([400, 2], [0, 0, 0]);
        for x in 0..400 {
            pixels.set([x, 0], [(x % 256) as u8, 0, (x / 256 * 40) as u8]);
        }
        let text = encode(&pixels);
        assert!(text.contains("#255;2;") && !text.contains("#256"));
        // Half a step of the cube in three directions, and the rounding to percentages.
        assert!(close(&decode(&text), &pixels, 75 + 3));
        // A frequent color is kept.
        assert!(decode(&text).rgb.ends_with(&[0; 3]));
    }
}
