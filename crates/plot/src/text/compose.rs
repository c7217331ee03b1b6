//! Composition of letters and accents into one character (Unicode NFC), for characters of the embedded font.
//!
//! Text may contain either form: macOS, for example, writes the `ó` of a file name as `o` and an accent. The font has
//! one glyph for the accented letter.

use super::metrics::COMPOSED;
use std::borrow::Cow;

/// Composes each letter and its accent into one character if the font has it. Other characters are kept.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    // Characters below the first accent are never composed.
    const FIRST: char = '\u{300}';
    if text.chars().all(|c| c < FIRST) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = letter(c, '\0').unwrap_or(c);
        match out.chars().next_back().and_then(|base| letter(base, c)) {
            Some(whole) => {
                out.pop();
                out.push(whole);
            }
            None => out.push(c),
        }
    }
    out.into()
}

/// Returns the composed character of a base and an accent, if there is one.
fn letter(base: char, accent: char) -> Option<char> {
    let key = |[base, accent, _]: &[i16; 3]| [*base, *accent].map(|c| c as u32);
    let (all, _) = COMPOSED.as_chunks();
    let found = all.binary_search_by_key(&[base, accent].map(u32::from), key);
    char::from_u32(all[found.ok()?][2] as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::has_glyphs;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn composes_like_unicode_nfc() {
        let all: Vec<char> = (0..0x1_0000).filter_map(char::from_u32).collect();
        let mut count = 0;
        for c in &all {
            let parts: String = c.nfd().collect();
            let whole: String = c.nfc().collect();
            if has_glyphs(&whole) {
                assert_eq!(composed(&parts), whole, "U+{:04X}", u32::from(*c));
                assert_eq!(composed(&c.to_string()), whole, "U+{:04X}", u32::from(*c));
                count += usize::from(parts != whole);
            }
        }
        assert!(count > 200, "{count} letters with accents");
        // Two deprecated accents are replaced by others.
        let is_accent = |c: &&char| ('\u{300}'..='\u{36f}').contains(*c) && c.nfc().eq([**c]);
        for accent in all.iter().filter(is_accent) {
            let is_base = |c: &&char| has_glyphs(&c.to_string()) && c.nfc().eq([**c]);
            for base in all.iter().filter(is_base) {
                let parts: String = [*base, *accent].iter().collect();
                let whole: String = parts.nfc().collect();
                let expected = if has_glyphs(&whole) { &whole } else { &parts };
                assert_eq!(composed(&parts), *expected);
            }
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "weight 1", "−3×10⁻⁷", "漢字", "x\u{302}", "\u{301}a"] {
            assert_eq!(composed(text), text);
        }
        assert!(matches!(composed("Zürich"), Cow::Borrowed(_)));
        assert_eq!(composed("dl\u{302}ugos\u{301}c\u{301}"), "dl\u{302}ugość");
    }
}
