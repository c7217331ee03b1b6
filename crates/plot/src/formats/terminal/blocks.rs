//! Pixels as text for a terminal: the half block ▀ shows two pixels, one above the other.
//!
//! Control sequences (ECMA-48) set its colors. Without colors, characters from light to dark represent the lightness.

use crate::raster::Pixels;
use std::fmt::Write as _;

/// The colors of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorDepth {
    /// 24-bit colors.
    Full,
    /// The 256 colors of xterm.
    Indexed,
}

/// Characters from light to dark.
pub const SHADES: &[u8; 9] = b" .:-=*#%@";

/// A character on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterMark {
    /// Cell, counted from the left and from the top.
    pub cell: [usize; 2],
    /// The character.
    pub letter: char,
    /// Color.
    pub foreground: [u8; 3],
    /// Background color of its cell.
    pub background: [u8; 3],
}

/// Returns lines of text that show the pixels, two rows per line, with characters on them.
pub fn encode(pixels: &Pixels, signs: &[CharacterMark], depth: ColorDepth) -> String {
    let [columns, height] = pixels.size;
    let mut text = String::new();
    for row in 0..height.div_ceil(2) {
        let mut pen = AnsiWriter::new(depth);
        for x in 0..columns {
            let (upper, lower) = (pixels.at([x, 2 * row]), pixels.at([x, 2 * row + 1]));
            // The last character of a cell is on top.
            let sign = signs.iter().rev().find(|sign| sign.cell == [x, row]);
            match sign {
                Some(sign) => pen.write(&mut text, sign.letter, sign.foreground, sign.background),
                None => pen.write(&mut text, '▀', upper, lower),
            }
        }
        text.push_str("\u{1b}[0m\n");
    }
    text
}

/// Returns a word with a text color and a background color, for legends.
pub fn colored(word: &str, foreground: [u8; 3], background: [u8; 3], depth: ColorDepth) -> String {
    let (mut text, mut pen) = (String::new(), AnsiWriter::new(depth));
    for letter in word.chars() {
        pen.write(&mut text, letter, foreground, background);
    }
    text + "\u{1b}[0m"
}

/// Returns lines of text that show the pixels without colors, two rows per line.
pub fn encode_plain(pixels: &Pixels) -> String {
    let [columns, height] = pixels.size;
    let mut text = String::new();
    for row in 0..height.div_ceil(2) {
        let dark = |x: usize| {
            let two = [2 * row, 2 * row + 1].map(|y| pixels.at([x, y]));
            let light: u32 = two.as_flattened().iter().map(|c| u32::from(*c)).sum();
            1.0 - f64::from(light) / (6.0 * 255.0)
        };
        let line: String = (0..columns).map(|x| shade(dark(x))).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Returns the character for a darkness from 0 to 1.
pub fn shade(dark: f64) -> char {
    let i = (dark * SHADES.len() as f64) as usize;
    SHADES[i.min(SHADES.len() - 1)].into()
}

/// Writes characters, with control sequences where the color changes.
struct AnsiWriter {
    depth: ColorDepth,
    foreground: Option<[u8; 3]>,
    background: Option<[u8; 3]>,
}

impl AnsiWriter {
    fn new(depth: ColorDepth) -> Self {
        let (foreground, background) = (None, None);
        Self {
            depth,
            foreground,
            background,
        }
    }

    fn write(&mut self, text: &mut String, letter: char, foreground: [u8; 3], background: [u8; 3]) {
        for (which, now, before) in [
            (38, foreground, &mut self.foreground),
            (48, background, &mut self.background),
        ] {
            if *before == Some(now) {
                continue;
            }
            *before = Some(now);
            let [r, g, b] = now;
            // Writing to a string cannot fail.
            let _ = match self.depth {
                ColorDepth::Full => write!(text, "\u{1b}[{which};2;{r};{g};{b}m"),
                ColorDepth::Indexed => write!(text, "\u{1b}[{which};5;{}m", nearest_of_256(now)),
            };
        }
        text.push(letter);
    }
}

/// Returns the squared distance of two colors.
pub(super) fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let apart = a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)));
    apart.map(|d| d * d).sum()
}

/// Returns the nearest of the xterm colors 16 to 255: a cube of 6 x 6 x 6, then 24 grays.
///
/// The cube is so coarse in dark and in pale colors that the nearest color may have another hue. Therefore differences of
/// hue and of lightness count in addition, and only a color without a hue becomes a gray.
fn nearest_of_256(rgb: [u8; 3]) -> u8 {
    /// The least difference of the components of a color that has a hue.
    const HUE: u8 = 12;
    let spread = |[r, g, b]: [u8; 3]| r.max(g).max(b) - r.min(g).min(b);
    let all = (16..=255).filter(|i| spread(rgb) < HUE || spread(xterm(*i)) > 0);
    all.min_by_key(|i| difference(rgb, xterm(*i))).unwrap_or(16)
}

/// Returns one of the xterm colors 16 to 255.
fn xterm(i: u8) -> [u8; 3] {
    const SIDE: [u8; 6] = [0, 95, 135, 175, 215, 255];
    if i >= 232 {
        return [8 + 10 * (i - 232); 3];
    }
    let cube = i - 16;
    [cube / 36, cube / 6 % 6, cube % 6].map(|i| SIDE[usize::from(i)])
}

/// Returns the difference of two colors: of their components, their hues, and their lightness.
fn difference(a: [u8; 3], b: [u8; 3]) -> i64 {
    let square = |v: i64| v * v;
    let [red, green, blue] = [0, 1, 2].map(|i| i64::from(a[i]) - i64::from(b[i]));
    let hue = square(red - green) + square(blue - green);
    // Eight times the difference of the lightness, with weights of an eighth.
    let lightness = 2 * red + 5 * green + blue;
    64 * (square(red) + square(green) + square(blue) + hue) + 2 * square(lightness)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two columns, three rows.
    fn pixels() -> Pixels {
        let mut pixels = Pixels::filled([2, 3], [255, 255, 255]);
        pixels.set([1, 0], [0, 0, 0]);
        pixels.set([0, 2], [255, 0, 0]);
        pixels
    }

    #[test]
    fn a_line_shows_two_rows() {
        let text = encode(&pixels(), &[], ColorDepth::Full);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "\u{1b}[38;2;255;255;255m\u{1b}[48;2;255;255;255m▀\u{1b}[38;2;0;0;0m▀\u{1b}[0m",
                // An odd last row is repeated.
                "\u{1b}[38;2;255;0;0m\u{1b}[48;2;255;0;0m▀\u{1b}[38;2;255;255;255m\u{1b}[48;2;255;255;255m▀\u{1b}[0m",
            ]
        );
        let indexed = encode(&pixels(), &[], ColorDepth::Indexed);
        assert!(indexed.starts_with("\u{1b}[38;5;231m\u{1b}[48;5;231m▀\u{1b}[38;5;16m▀"));
    }

    #[test]
    fn the_last_character_of_a_cell_is_on_top() {
        let sign = |letter| CharacterMark {
            cell: [0, 1],
            letter,
            foreground: [1, 2, 3],
            background: [4, 5, 6],
        };
        let text = encode(&pixels(), &[sign('x'), sign('o')], ColorDepth::Full);
        let second = text.lines().nth(1).unwrap();
        assert!(second.starts_with("\u{1b}[38;2;1;2;3m\u{1b}[48;2;4;5;6mo"));
    }

    #[test]
    fn without_colors_dark_pixels_are_dense_characters() {
        assert_eq!(encode_plain(&pixels()), " =\n#\n");
        assert_eq!((shade(0.0), shade(1.0), shade(0.55)), (' ', '@', '='));
    }

    #[test]
    fn the_nearest_color_is_one_of_the_cube_or_a_gray() {
        assert_eq!(nearest_of_256([255, 0, 0]), 196);
        assert_eq!(nearest_of_256([0, 0, 0]), 16);
        assert_eq!(nearest_of_256([128, 128, 128]), 244);
        assert_eq!(nearest_of_256([90, 140, 180]), 67);
    }

    #[test]
    fn the_ramps_keep_their_hue_and_their_order() {
        for theme in crate::theme::THEMES {
            let ramp = (0..=20).map(|i| theme.theme.ramp_at(f64::from(i) / 20.0).rgb);
            let indexed: Vec<[u8; 3]> = ramp.clone().map(|c| xterm(nearest_of_256(c))).collect();
            for (given, [red, green, blue]) in ramp.zip(&indexed) {
                // Pale colors are nearly white.
                if given[2].saturating_sub(given[0]) >= 12 {
                    assert!(blue > red && blue >= green, "{}: {given:?}", theme.id);
                }
            }
            let lightness =
                |c: &[u8; 3]| 2 * u32::from(c[0]) + 5 * u32::from(c[1]) + u32::from(c[2]);
            let steps = indexed
                .windows(2)
                .map(|two| lightness(&two[1]).cmp(&lightness(&two[0])));
            let steps: std::collections::BTreeSet<_> = steps.filter(|step| step.is_ne()).collect();
            assert_eq!(steps.len(), 1, "{}: {indexed:?}", theme.id);
        }
    }
}
