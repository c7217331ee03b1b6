//! The embedded font in a document: only the glyphs of the characters in use, and a map back to the characters.

use super::{hash, write_stream};
use crate::{
    PlotError,
    text::{self, FAMILY, FONT},
};
use pdf_writer::{
    Content, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
    writers::FontDescriptor,
};
use std::fmt::Display;
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};

/// The codes are assigned by this crate and mapped to glyphs and to characters.
const IDENTITY: SystemInfo = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Width of the upright strokes of Roboto Regular, in thousandths of the font size.
const STEM: f32 = 90.0;

/// The font with the characters that a document uses.
pub(super) struct Font {
    face: Face<'static>,
    /// The position of each is its code in the content. A code for each character rather than for each glyph: characters
    /// that share a glyph, such as the box for a missing one, can still be searched and copied.
    characters: Vec<char>,
}

impl Font {
    /// Creates the font without any characters in use.
    ///
    /// # Errors
    /// The embedded font cannot be read.
    pub(super) fn new() -> Result<Self, PlotError> {
        Ok(Self {
            face: Face::parse(FONT, 0).map_err(unreadable)?,
            // Code 0 represents a missing glyph.
            characters: vec![char::REPLACEMENT_CHARACTER],
        })
    }

    /// Returns whether there is any text.
    pub(super) fn is_used(&self) -> bool {
        self.characters.len() > 1
    }

    /// Shows a line of text at the text position, with the measured kerning.
    pub(super) fn show(&mut self, content: &mut Content, line: &str) {
        let mut show = content.show_positioned();
        let mut items = show.items();
        let mut run = Vec::new();
        for (c, glyph) in line.chars().zip(text::glyphs(line)) {
            run.extend(self.code(c).to_be_bytes());
            let kerning = glyph.advance - self.advance(glyph.id);
            if kerning != 0 {
                items
                    .show(Str(&run))
                    .adjust(-self.thousandths(kerning as f32));
                run.clear();
            }
        }
        if !run.is_empty() {
            items.show(Str(&run));
        }
    }

    fn code(&mut self, c: char) -> u16 {
        let known = self.characters.iter().position(|other| *other == c);
        let code = u16::try_from(known.unwrap_or(self.characters.len()));
        if known.is_none() && code.is_ok() {
            self.characters.push(c);
        }
        code.unwrap_or_default()
    }

    /// Returns the distance to the next glyph without kerning, in font units.
    fn advance(&self, glyph: u16) -> i32 {
        let advance = self.face.glyph_hor_advance(GlyphId(glyph));
        advance.unwrap_or_default().into()
    }

    /// Converts font units to thousandths of the font size.
    fn thousandths(&self, units: f32) -> f32 {
        units * 1000.0 / f32::from(self.face.units_per_em())
    }

    /// Writes the font and returns its object; `next` is the next free number of an object.
    ///
    /// # Errors
    /// The embedded font cannot be reduced to a subset.
    pub(super) fn write(&self, pdf: &mut Pdf, next: &mut Ref) -> Result<Ref, PlotError> {
        let [font, cid_font, descriptor, file, glyph_map, unicode] = [(); 6].map(|()| next.bump());
        let glyphs = self.characters.iter().map(|c| self.face.glyph_index(*c));
        let glyphs: Vec<_> = glyphs.map(|glyph| glyph.unwrap_or_default().0).collect();
        let mut kept = GlyphRemapper::new();
        let map: Vec<u8> = glyphs
            .iter()
            .flat_map(|glyph| kept.remap(*glyph).to_be_bytes())
            .collect();
        let data = subsetter::subset(FONT, 0, &kept).map_err(unreadable)?;
        let name = self.name();
        let name = Name(name.as_bytes());
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid_font)
            .to_unicode(unicode);
        let widths = glyphs.iter().map(|glyph| self.advance(*glyph) as f32);
        pdf.cid_font(cid_font)
            .subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .cid_to_gid_map_stream(glyph_map)
            .widths()
            .consecutive(0, widths.map(|units| self.thousandths(units)));
        self.describe(&mut pdf.font_descriptor(descriptor), name, file);
        write_stream(pdf, file, &data);
        write_stream(pdf, glyph_map, &map);
        write_stream(pdf, unicode, &self.unicode());
        Ok(font)
    }

    fn describe(&self, descriptor: &mut FontDescriptor, name: Name, file: Ref) {
        let bounds = self.face.global_bounding_box();
        let [left, bottom, right, top] = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .map(|v| self.thousandths(v.into()));
        descriptor
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(text::ascent(1000.0) as f32)
            .descent(-text::descent(1000.0) as f32)
            .cap_height(text::cap_height(1000.0) as f32)
            .stem_v(STEM)
            .font_file2(file);
    }

    /// Returns the character of each code.
    fn unicode(&self) -> Vec<u8> {
        let mut map = UnicodeCmap::new(Name(b"Characters"), IDENTITY);
        for (code, c) in (0..=u16::MAX).zip(&self.characters) {
            map.pair(code, *c);
        }
        map.finish().into_vec()
    }

    /// Returns the name of the font with a prefix of six letters that identifies the subset, as PDF requires.
    fn name(&self) -> String {
        let characters: String = self.characters.iter().collect();
        let sum = hash(characters.as_bytes());
        let letters = (0..6).map(|i| char::from(b'A' + (sum / 26_u64.pow(i) % 26) as u8));
        format!("{}+{FAMILY}-Regular", letters.collect::<String>())
    }
}

fn unreadable(error: impl Display) -> PlotError {
    PlotError::Pdf(format!("the embedded font cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Returns the text that a reader extracts for each code.
    fn read_map(font: &Font) -> BTreeMap<u16, String> {
        let text = String::from_utf8(font.unicode()).unwrap();
        let hex = |digits: &str| u16::from_str_radix(digits, 16).unwrap();
        let pairs = text.lines().filter_map(|line| {
            let (code, characters) = line
                .strip_prefix('<')?
                .strip_suffix('>')?
                .split_once("> <")?;
            let units = (0..characters.len()).step_by(4);
            let units: Vec<_> = units.map(|at| hex(&characters[at..at + 4])).collect();
            Some((hex(code), String::from_utf16(&units).unwrap()))
        });
        // The first is the range of all codes.
        pairs.skip(1).collect()
    }

    #[test]
    fn every_character_can_be_extracted_even_without_a_glyph() {
        let mut font = Font::new().unwrap();
        let all: String = (' '..='\u{2ff}').collect();
        for line in [
            "loss < ε",
            "∇ \u{6f22}\u{5b57} \u{1f600}",
            "Δ∆ µμ -\u{ad}‐",
            &all,
        ] {
            font.show(&mut Content::new(), line);
            let map = read_map(&font);
            let read: String = line.chars().map(|c| &*map[&font.code(c)]).collect();
            assert_eq!(read, line);
        }
    }

    #[test]
    fn letters_lie_where_they_were_measured() {
        let mut font = Font::new().unwrap();
        let mut content = Content::new();
        font.show(&mut content, "AVAT.");
        let shown = String::from_utf8(content.finish().into_vec()).unwrap();
        let array = shown
            .strip_prefix('[')
            .unwrap()
            .strip_suffix("] TJ")
            .unwrap();
        let moves = array.split(['(', ')']).skip(2).step_by(2);
        let moves: f64 = moves.filter_map(|v| v.trim().parse::<f64>().ok()).sum();
        let advances: f64 = "AVAT."
            .chars()
            .map(|c| text::width(&c.to_string(), 1000.0))
            .sum();
        assert!(moves > 100.0, "{shown}");
        assert!((advances - moves - text::width("AVAT.", 1000.0)).abs() < 0.01);
    }

    #[test]
    fn each_subset_has_its_own_name() {
        let [one, same, other] = ["abc", "abc", "abx"].map(|line| {
            let mut font = Font::new().unwrap();
            font.show(&mut Content::new(), line);
            font.name()
        });
        assert!(one == same && one != other, "{one} {other}");
        assert_eq!(one.split_once('+').map(|(tag, _)| tag.len()), Some(6));
    }
}
