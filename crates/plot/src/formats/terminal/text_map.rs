//! A map without axes for small displays such as a terminal: contour bands with paths.

use crate::prelude::*;
use crate::{
    contour::levels::Levels,
    formats::terminal::blocks::{self, CharacterMark, ColorDepth, shade},
    layout::share,
    raster::Pixels,
};
use std::fmt::Write as _;
use thalweg::{
    error::printable,
    field::{Field, Window},
    number::ShortestFloat,
    trace::Trace,
};

/// Letters that identify paths without colors.
const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
/// Marker of an initial point.
const START: char = '+';
/// Marker of the end of a path, in its color.
const END: char = '●';

/// A path on a text map.
#[derive(Clone, Copy)]
pub struct TextMapPath<'a> {
    /// A trace of two weights.
    pub trace: &'a Trace,
    /// Label.
    pub label: &'a str,
    /// Color, if there are colors.
    pub color: Color,
}

/// A map of the loss with paths.
pub struct TextMap<'a> {
    /// The loss: one sample per pixel, or one per character without colors.
    pub field: &'a Field,
    /// Limit of the number of bands.
    pub bands: usize,
    /// Spacing of the levels.
    pub levels: Levels,
    /// Values along the paths, which the levels distinguish.
    pub along: Vec<f64>,
    /// Initial points.
    pub start: [f64; 2],
    /// The paths from back to front.
    pub paths: Vec<TextMapPath<'a>>,
    /// Labels of the two weights.
    pub names: [&'a str; 2],
}

/// Returns the number of samples of a window in this many columns and rows of text, with `per_row` samples above each
/// other in a row. Characters are twice as high as wide, and both weights have equal units.
pub fn samples(window: Window, [columns, rows]: [usize; 2], per_row: usize) -> [usize; 2] {
    const LEAST: f64 = 2.0;
    let width = window.w1[1] - window.w1[0];
    let height = window.w2[1] - window.w2[0];
    // Computed in half rows, which are as high as a column is wide.
    let scale = (columns as f64 / width).min(2.0 * rows as f64 / height);
    let down = (scale * height / 2.0).round().max(LEAST) as usize;
    let across = (scale * width).round().max(LEAST) as usize;
    [across.min(columns), down.min(rows) * per_row]
}

impl TextMap<'_> {
    /// Returns the number of lines of text below a map with this many paths.
    pub fn words_below(paths: usize) -> usize {
        2 + paths
    }

    /// Returns the map in colors, two samples per character, and its legend.
    pub fn colored(&self, theme: &Theme, depth: ColorDepth) -> String {
        let [width, height] = self.size();
        let mut pixels = Pixels::filled([width, height], theme.nothing.rgb);
        let (bands, count) = self.bands();
        for (i, band) in bands.iter().enumerate() {
            if let Some(band) = band {
                let color = theme.ramp_at(share(*band, count));
                pixels.set(self.pixel(i), color.rgb);
            }
        }
        // A marker on a path would be invisible in the color of the path.
        let ground = pixels.clone();
        let mut signs = vec![(self.place(&self.start), START, theme.foreground)];
        for path in &self.paths {
            self.along(path.trace, |pixel| pixels.set(pixel, path.color.rgb));
            signs.push((self.place(path.trace.last()), END, path.color));
        }
        let cell = |(place, letter, color): (Option<[usize; 2]>, char, Color)| {
            place.map(|[x, y]| CharacterMark {
                cell: [x, y / 2],
                letter,
                foreground: color.rgb,
                background: ground.at([x, y]),
            })
        };
        let signs: Vec<CharacterMark> = signs.into_iter().filter_map(cell).collect();
        let background = theme.ramp_at(0.0).rgb;
        let word = format!(" {END} ");
        let key = |i: usize| blocks::colored(&word, self.paths[i].color.rgb, background, depth);
        blocks::encode(&pixels, &signs, depth) + &self.words(key)
    }

    /// Returns the map as characters from light to dark, one per sample, with paths as letters, and its legend.
    ///
    /// The end of a path is a capital letter.
    pub fn plain(&self) -> String {
        let [width, height] = self.size();
        let mut rows = vec![vec![' '; width]; height];
        let (bands, count) = self.bands();
        for (i, band) in bands.iter().enumerate() {
            let [x, y] = self.pixel(i);
            rows[y][x] = match band {
                Some(band) => shade((*band as f64 + 0.5) / count as f64),
                None => '?',
            };
        }
        let letter = |i: usize| char::from(LETTERS[i % LETTERS.len()]);
        for (i, path) in self.paths.iter().enumerate() {
            self.along(path.trace, |[x, y]| rows[y][x] = letter(i));
        }
        if let Some([x, y]) = self.place(&self.start) {
            rows[y][x] = START;
        }
        for (i, path) in self.paths.iter().enumerate() {
            if let Some([x, y]) = self.place(path.trace.last()) {
                rows[y][x] = letter(i).to_ascii_uppercase();
            }
        }
        let lines = rows.into_iter().map(|row| {
            let line: String = row.into_iter().collect();
            line.trim_end().to_owned() + "\n"
        });
        let key = |i: usize| format!(" {} ", letter(i));
        lines.collect::<String>() + &self.words(key)
    }

    /// Returns the description of the map: the ranges of weights and loss, and the legend of paths.
    fn words(&self, key: impl Fn(usize) -> String) -> String {
        let [w1, w2] = [&self.field.xs, &self.field.ys].map(|side| [side[0], side[side.len() - 1]]);
        let span = |[low, high]: [f64; 2]| format!("{} to {}", rounded(low), rounded(high));
        let [first, second] = self.names.map(printable);
        let mut words = format!("{first} {}, {second} {} upwards\n", span(w1), span(w2));
        if let Some(range) = self.field.range() {
            let _ = write!(words, "loss {}, the darker the larger; ", span(range));
        }
        let _ = writeln!(words, "{START} start");
        for (i, path) in self.paths.iter().enumerate() {
            let _ = writeln!(words, "{} {}", key(i), printable(path.label));
        }
        words
    }

    /// Returns the number of columns and rows of samples.
    fn size(&self) -> [usize; 2] {
        [self.field.xs.len(), self.field.ys.len()]
    }

    /// Returns the band of each sample, `None` if the loss is not finite, and the number of bands.
    fn bands(&self) -> (Vec<Option<usize>>, usize) {
        let edges = self.levels.of(self.field, &self.along, self.bands).edges;
        let count = edges.len() - 1;
        let inner = &edges[1..count];
        let band = |v: &f64| {
            v.is_finite()
                .then(|| inner.partition_point(|level| level <= v))
        };
        (self.field.values.iter().map(band).collect(), count)
    }

    /// Returns the pixel of sample `i` of the field, whose first row is the lowest.
    fn pixel(&self, i: usize) -> [usize; 2] {
        let [width, height] = self.size();
        [i % width, height - 1 - i / width]
    }

    /// Converts a point to fractional pixels, y down.
    fn pixel_from_data(&self, w: &[f64]) -> [f64; 2] {
        let [width, height] = self.size();
        let part = |side: &[f64], v: f64| (v - side[0]) / (side[side.len() - 1] - side[0]);
        [
            part(&self.field.xs, w[0]) * (width - 1) as f64,
            (1.0 - part(&self.field.ys, w[1])) * (height - 1) as f64,
        ]
    }

    /// Returns the pixel of a point, if it lies on the map.
    fn place(&self, w: &[f64]) -> Option<[usize; 2]> {
        let [width, height] = self.size();
        let [x, y] = self.pixel_from_data(w).map(f64::round);
        let inside = (0.0..width as f64).contains(&x) && (0.0..height as f64).contains(&y);
        inside.then_some([x as usize, y as usize])
    }

    /// Visits the pixels on a path.
    fn along(&self, trace: &Trace, mut visit: impl FnMut([usize; 2])) {
        let far = self.size().map(|side| (side - 1) as f64);
        let map = Rect::new([0.0; 2], far);
        let points = trace.path().map(|w| self.pixel_from_data(w));
        let mut before: Option<[f64; 2]> = None;
        for [x, y] in points {
            if !(x.is_finite() && y.is_finite()) {
                before = None;
                continue;
            }
            let from = before.replace([x, y]).unwrap_or([x, y]);
            let Some(part) = map.part_of(from, [x, y]) else {
                continue;
            };
            let along = |i: usize, t: f64| from[i] + t * ([x, y][i] - from[i]);
            let [a, b] = part.map(|t| [0, 1].map(|i| along(i, t).clamp(0.0, far[i])));
            let steps = (b[0] - a[0]).abs().max((b[1] - a[1]).abs()).ceil().max(1.0);
            for k in 0..=steps as usize {
                let t = k as f64 / steps;
                let at = |i: usize| (a[i] + t * (b[i] - a[i])).round() as usize;
                visit([at(0), at(1)]);
            }
        }
    }
}

/// Formats a number with three digits.
fn rounded(v: f64) -> ShortestFloat {
    ShortestFloat(format!("{v:.2e}").parse().unwrap_or(v))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg::{number::spread, run::StopReason};

    fn trace(weights: &[f64]) -> Trace {
        Trace::of_path(weights.to_vec(), StopReason::EpochLimit)
    }

    const RED: u32 = 0x00ff_1020;

    fn path<'a>(trace: &'a Trace, label: &'a str) -> TextMapPath<'a> {
        TextMapPath {
            trace,
            label,
            color: Color::hex(RED),
        }
    }

    /// The loss is the first weight; the square from 0 to 4.
    fn field() -> Field {
        let [xs, ys] = [9, 5].map(|count| spread([0.0, 4.0], count));
        let values = ys.iter().flat_map(|_| xs.iter().copied()).collect();
        Field { xs, ys, values }
    }

    #[test]
    fn letters_show_paths() {
        let field = field();
        let (one, two) = (
            trace(&[0.0, 0.0, 0.0, 4.0]),
            trace(&[1.0, 1.0, 3.0, 1.0, f64::NAN, 0.0]),
        );
        // A path that leaves the map is clipped at its edge.
        let away = trace(&[2.0, 3.0, 1e300, 3.0]);
        let map = TextMap {
            field: &field,
            bands: 10,
            levels: Levels::Linear,
            along: Vec::new(),
            start: [4.0, 0.0],
            paths: vec![path(&one, "One"), path(&two, "Two"), path(&away, "Away")],
            names: ["w1", "w2"],
        };
        // Nine columns in ten bands.
        let plain = map.plain();
        let lines: Vec<&str> = plain.lines().collect();
        assert_eq!(
            lines,
            [
                "A.:-=*#%@",
                "a.:-ccccc",
                "a.:-=*#%@",
                "a.bbbbb%@",
                "a.:-=*#%+",
                "w1 0 to 4, w2 0 to 4 upwards",
                "loss 0 to 4, the darker the larger; + start",
                " a  One",
                " b  Two",
                " c  Away",
            ]
        );
    }

    #[test]
    fn colors_show_bands_paths_and_ends() {
        let (field, one) = (field(), trace(&[0.0, 4.0, 4.0, 4.0]));
        let map = TextMap {
            field: &field,
            bands: 10,
            levels: Levels::Linear,
            along: Vec::new(),
            start: [0.0, 0.0],
            paths: vec![path(&one, "One")],
            names: ["x", "y"],
        };
        let text = map.colored(&Theme::LIGHT, ColorDepth::Full);
        let lines: Vec<&str> = text.lines().collect();
        // Five samples in three rows, then the text.
        assert_eq!(lines.len(), 6);
        let [r, g, b] = Color::hex(RED).rgb;
        assert!(lines[0].starts_with(&format!("\u{1b}[38;2;{r};{g};{b}m")));
        assert!(lines[0].contains(END) && lines[2].contains(START));
        assert!(lines[3].starts_with("x 0 to 4, y 0 to 4 upwards"));
        assert!(lines[5].ends_with("One"));
    }

    #[test]
    fn both_weights_have_equal_units() {
        let window = |w1, w2| Window { w1, w2 };
        let square = window([-6.0, 6.0], [-6.0, 6.0]);
        assert_eq!(samples(square, [80, 20], 2), [40, 40]);
        assert_eq!(samples(square, [80, 20], 1), [40, 20]);
        assert_eq!(
            samples(window([0.0, 9.0], [0.0, 1.0]), [80, 20], 2),
            [80, 8]
        );
        let flat = samples(window([0.0, 1e9], [0.0, 1.0]), [80, 20], 2);
        assert_eq!(flat, [80, 4]);
    }
}
