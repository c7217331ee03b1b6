//! Text on figures: its font, its width, and the format of numbers.
//!
//! Every format uses the same embedded font, so labels have the same position on every machine. Each character has one
//! glyph, from left to right; right-to-left and joining scripts are not supported. An accent is composed with its
//! letter if the font has one glyph for both.

mod compose;
mod metrics;
mod names;
mod numbers;

pub(crate) use compose::composed;
pub use names::fitted_names;
pub(crate) use names::repeated;
pub use numbers::{fixed, number, tick};
use std::sync::LazyLock;
use ttf_parser::{Face, GlyphId};

/// The font as a TrueType file: Roboto Regular, reduced to the characters of labels.
pub const FONT: &[u8] = include_bytes!("../../assets/Roboto.ttf");

/// Name of the font in files.
pub const FAMILY: &str = "Roboto";

/// Returns the width in px of a line of text with font size `size` in px, including kerning.
///
/// Characters that the font lacks (see [`has_glyphs`]) have the width of the box for a missing glyph.
pub fn width(text: &str, size: f64) -> f64 {
    px(advances(text).iter().sum(), size)
}

/// Returns the width in px of the longest of several lines with font size `size` in px; 0 for no lines.
pub fn widest<'a>(lines: impl IntoIterator<Item = &'a String>, size: f64) -> f64 {
    let widths = lines.into_iter().map(|line| width(line, size));
    widths.fold(0.0, f64::max)
}

/// A character and its glyph.
pub(crate) struct Glyph {
    /// Index of the glyph in the font.
    pub(crate) id: u16,
    /// Distance to the next glyph in font units, including kerning.
    pub(crate) advance: i32,
}

/// The glyphs of a line of text, one a character.
pub(crate) fn glyphs(text: &str) -> Vec<Glyph> {
    let glyph = |(c, advance)| Glyph {
        id: FACE.glyph_index(c).unwrap_or_default().0,
        advance,
    };
    composed(text)
        .chars()
        .zip(advances(text))
        .map(glyph)
        .collect()
}

/// How far the next one lies from each character, in font units, kerning included.
fn advances(text: &str) -> Vec<i32> {
    let places: Vec<usize> = composed(text).chars().map(place).collect();
    let mut advances: Vec<i32> = places
        .iter()
        .map(|i| metrics::ADVANCES[*i].into())
        .collect();
    for (advance, pair) in advances.iter_mut().zip(places.windows(2)) {
        *advance += kerning(pair[0], pair[1]);
    }
    advances
}

/// Font units of the size of the font.
pub(crate) fn units_per_em() -> u16 {
    metrics::UNITS_PER_EM as u16
}

/// Draws a glyph in font units, with its origin at 0 and y up.
pub(crate) fn draw_glyph(id: u16, onto: &mut impl ttf_parser::OutlineBuilder) {
    // A space has no outline.
    let _ = FACE.outline_glyph(GlyphId(id), onto);
}

/// Returns the text and the font size with which it fits into `room` px. The font size is between `least` and `size`; a
/// text that is still too long is truncated.
pub fn fitted(text: &str, size: f64, room: f64, least: f64) -> (String, f64) {
    let whole = width(text, size);
    if whole <= room {
        return (text.to_owned(), size);
    }
    let size = (size * room / whole).max(least);
    let mut cut = composed(text).into_owned();
    // The tolerance is for floating-point rounding.
    while width(&cut, size) > room + 0.01 {
        cut.pop();
        // With the ellipsis, the text would not be shorter.
        let kept = cut.trim_end_matches('.').len();
        cut.truncate(kept);
        if cut.pop().is_none() {
            break;
        }
        cut.push_str("...");
    }
    (cut, size)
}

/// Returns a name and the font size with which it fits into `room` px, like [`fitted`]. A name that is still too long is
/// shortened in the middle, because names of variants differ at their ends.
fn fitted_name(name: &str, size: f64, room: f64, least: f64) -> (String, f64) {
    let whole = width(name, size);
    if whole <= room {
        return (name.to_owned(), size);
    }
    let size = (size * room / whole).max(least);
    let letters: Vec<char> = composed(name).chars().collect();
    let shortened = |kept: usize| -> String {
        let head = kept / 3;
        let tail = letters.len() - (kept - head);
        let parts = [&letters[..head], &['.', '.', '.'], &letters[tail..]];
        parts.concat().into_iter().collect()
    };
    if width(name, size) <= room + 0.01 {
        return (name.to_owned(), size);
    }
    let kept = (0..letters.len()).rev();
    let mut texts = kept.map(shortened);
    // The tolerance is for floating-point rounding.
    let fits = texts.find(|text| width(text, size) <= room + 0.01);
    (fits.unwrap_or_default(), size)
}

/// Returns the height of letters with accents above the baseline, in px, for font size `size`.
pub fn ascent(size: f64) -> f64 {
    px(metrics::ASCENT.into(), size)
}

/// Returns the depth of letters below the baseline, in px, for font size `size`; positive.
pub fn descent(size: f64) -> f64 {
    px(metrics::DESCENT.into(), size)
}

/// Returns the height of a capital letter in px, for font size `size`. Half of it centers a label on a line.
pub fn cap_height(size: f64) -> f64 {
    px(metrics::CAP_HEIGHT.into(), size)
}

/// Returns whether the font has all characters of the text.
pub fn has_glyphs(text: &str) -> bool {
    missing(text).next().is_none()
}

/// Returns the characters of a text that the font lacks. Each is drawn as a box.
pub fn missing(text: &str) -> impl Iterator<Item = char> {
    let text = composed(text);
    let lacking: Vec<char> = text.chars().filter(|c| place(*c) == MISSING).collect();
    lacking.into_iter()
}

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(FONT, 0).expect("the embedded font is a TrueType file"));

fn px(font_units: i32, size: f64) -> f64 {
    f64::from(font_units) * size / f64::from(metrics::UNITS_PER_EM)
}

/// Position of the metrics of a missing character.
const MISSING: usize = metrics::ADVANCES.len() - 1;

/// Returns the position of a character in the metrics.
fn place(c: char) -> usize {
    let mut before = 0;
    for run in metrics::RUNS.as_chunks().0 {
        let [first, last] = run.map(|end| end as usize);
        if (first..=last).contains(&(c as usize)) {
            return before + c as usize - first;
        }
        before += last - first + 1;
    }
    MISSING
}

/// Returns the kerning between the characters at `left` and `right` in font units.
fn kerning(left: usize, right: usize) -> i32 {
    let [left, right] = [left, right].map(|i| metrics::CLASSES[i] as usize);
    let row = left - left % metrics::COLUMNS;
    metrics::KERNING[row + right % metrics::COLUMNS].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_numbers_use_has_a_glyph() {
        assert!(has_glyphs("0123456789.−×∞⁰¹²³⁴⁵⁶⁷⁸⁹⁻NaN"));
        assert!(!has_glyphs("∇"), "Roboto has no nabla: say gradient");
    }

    #[test]
    fn words_of_europe_have_glyphs() {
        assert!(has_glyphs("długość žluťoučký kůň őrült İstanbul Știința"));
        assert!(has_glyphs("широта Київ Ђорђе қазақ Ωμέγα"));
        assert_eq!(missing("a漢b字漢").collect::<String>(), "漢字漢");
    }

    #[test]
    fn the_metrics_match_the_font() {
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            let id = FACE.glyph_index(c).unwrap_or_default();
            assert_eq!(place(c) != MISSING, id != GlyphId(0), "{c}");
            let advance = FACE.glyph_hor_advance(id).unwrap_or_default();
            assert_eq!(metrics::ADVANCES[place(c)], advance.cast_signed(), "{c}");
        }
        assert_eq!(metrics::ASCENT, FACE.ascender());
        assert_eq!(units_per_em(), FACE.units_per_em());
    }

    #[test]
    fn kerning_brings_letters_together() {
        assert!(width("AV", 100.0) < width("A", 100.0) + width("V", 100.0) - 2.0);
    }

    #[test]
    fn long_names_keep_both_ends() {
        let [a, b] =
            ["1e-4", "1e-5"].map(|tail| format!("Gradient Descent (learning_rate={tail})"));
        let [a, b] = [a, b].map(|name| fitted_name(&name, 15.0, 120.0, 12.0));
        assert!(a != b, "{a:?}");
        assert!(a.0.starts_with("Gra") && a.0.ends_with("1e-4)"), "{a:?}");
        assert!(width(&a.0, a.1) <= 120.02);
        assert_eq!(
            fitted_name("Adam", 15.0, 120.0, 12.0),
            ("Adam".to_owned(), 15.0)
        );
    }

    #[test]
    fn heights_are_in_order() {
        assert!(0.0 < descent(10.0) && descent(10.0) < cap_height(10.0));
        assert!(cap_height(10.0) < ascent(10.0) && ascent(10.0) < 10.0);
    }
}
