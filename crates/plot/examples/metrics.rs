//! Prints `src/text/metrics.rs`: how wide the characters of the embedded font are, and which accents they carry.

#![allow(
    clippy::too_many_lines,
    reason = "a table of cases is as long as it is"
)]

use std::fmt::Write as _;
use thalweg_plot::text::FONT;
use ttf_parser::{
    Face, GlyphId,
    gpos::{PairAdjustment, PositioningSubtable},
};
use unicode_normalization::{UnicodeNormalization, char::decompose_canonical};

fn main() {
    let face = Face::parse(FONT, 0).expect("the embedded font is a TrueType file");
    // One more than a u16 holds would be a picture writing or the like: labels have none.
    let characters = (0..=u16::MAX).filter(|c| glyph(&face, *c).is_some());
    let characters: Vec<u16> = characters.collect();
    let mut glyphs: Vec<GlyphId> = characters.iter().filter_map(|c| glyph(&face, *c)).collect();
    // What stands for a missing character.
    glyphs.push(GlyphId(0));
    let pairs = |kerning: &dyn Fn(GlyphId, GlyphId) -> i16| {
        let row = |a: &GlyphId| glyphs.iter().map(|b| kerning(*a, *b)).collect();
        glyphs.iter().map(row).collect::<Vec<Vec<i16>>>()
    };
    let (left, rows) = classes(pairs(&|a, b| kerning(&face, a, b)));
    let (right, columns) = classes(pairs(&|a, b| kerning(&face, b, a)));
    // The rows once more, with one column for each class.
    let first = |class: usize| right.iter().position(|c| *c == class).unwrap_or_default();
    let picked: Vec<usize> = (0..columns.len()).map(first).collect();
    let advances = glyphs
        .iter()
        .map(|g| face.glyph_hor_advance(*g).unwrap_or_default());

    let mut code = String::from(
        "//! How wide the characters of the embedded font are. Written by `cargo xtask codegen`.\n\n",
    );
    let numbers = [
        (
            "Font units of the size of the font.",
            "UNITS_PER_EM",
            i32::from(face.units_per_em()),
        ),
        (
            "How far letters reach above the baseline.",
            "ASCENT",
            face.ascender().into(),
        ),
        (
            "How far letters reach below the baseline.",
            "DESCENT",
            (-face.descender()).into(),
        ),
        (
            "Height of a capital letter.",
            "CAP_HEIGHT",
            face.capital_height().unwrap_or_default().into(),
        ),
    ];
    for (help, name, number) in numbers {
        let _ = writeln!(code, "/// {help}\npub(super) const {name}: i32 = {number};");
    }
    let _ = writeln!(
        code,
        "/// First and last of the characters that the font has, without a gap between them; ascending."
    );
    list(&mut code, "RUNS", "[u16; 2]", &runs(&characters));
    let _ = writeln!(
        code,
        "/// Distance from each character to the next one; the last is that of a missing character, as in the other lists."
    );
    list(&mut code, "ADVANCES", "u16", &advances.collect::<Vec<_>>());
    let _ = writeln!(
        code,
        "/// Row of each character's left hand in the table of pairs."
    );
    list(&mut code, "LEFT", "u8", &left);
    let _ = writeln!(
        code,
        "/// Column of each character's right hand in the table of pairs."
    );
    list(&mut code, "RIGHT", "u8", &right);
    let _ = writeln!(
        code,
        "/// By how much the right one of a pair moves away from the left one."
    );
    let name = format!("[i16; {}]", columns.len());
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("{:?}", picked.iter().map(|i| row[*i]).collect::<Vec<_>>()))
        .collect();
    list(&mut code, "KERNING", &name, &rows);
    let _ = writeln!(
        code,
        "/// Character, combining accent and the one character that stands for both, ascending; accent 0 where a character of\n\
         /// its own is the same as another."
    );
    list(&mut code, "COMPOSED", "[u16; 3]", &composed(&characters));
    print!("{code}");
}

/// Consecutive characters as first and last.
fn runs(characters: &[u16]) -> Vec<String> {
    let runs = characters.chunk_by(|a, b| a + 1 == *b);
    runs.map(|run| format!("[{}, {}]", run[0], run[run.len() - 1]))
        .collect()
}

/// What Unicode's form NFC makes one character of the font.
fn composed(characters: &[u16]) -> Vec<String> {
    let of_font = |c: char| u16::try_from(u32::from(c)).is_ok_and(|c| characters.contains(&c));
    let mut found = Vec::new();
    for c in (0..=u16::MAX).filter_map(|c| char::from_u32(c.into())) {
        let mut parts = Vec::new();
        decompose_canonical(c, |part| parts.push(part));
        let whole: Vec<char> = std::iter::once(c).nfc().collect();
        match parts[..] {
            // Two accents: the first makes a character of its own.
            [.., mark] if parts.len() > 1 && whole == [c] && of_font(c) => {
                let before: Vec<char> = parts[..parts.len() - 1].iter().copied().nfc().collect();
                if let [base] = before[..] {
                    found.push([base, mark, c]);
                }
            }
            _ if whole != [c] && matches!(whole[..], [other] if of_font(other)) => {
                found.push([c, '\0', whole[0]]);
            }
            _ => {}
        }
    }
    found.sort_unstable();
    let numbers = found.into_iter().map(|group| group.map(u32::from));
    numbers.map(|group| format!("{group:?}")).collect()
}

fn glyph(face: &Face, c: u16) -> Option<GlyphId> {
    let id = face.glyph_index(char::from_u32(c.into())?)?;
    // The end of the font's table of characters, U+FFFF, leads to the glyph of a missing one.
    (id != GlyphId(0)).then_some(id)
}

/// The class of each row, and one row of each class.
fn classes(rows: Vec<Vec<i16>>) -> (Vec<usize>, Vec<Vec<i16>>) {
    let mut kinds: Vec<Vec<i16>> = Vec::new();
    let class = |row: Vec<i16>| {
        kinds
            .iter()
            .position(|kind| *kind == row)
            .unwrap_or_else(|| {
                kinds.push(row);
                kinds.len() - 1
            })
    };
    (rows.into_iter().map(class).collect(), kinds)
}

/// Characters in a line: a table that nobody reads needs no short ones.
const WIDTH: usize = 340;

fn list(code: &mut String, name: &str, kind: &str, items: &[impl ToString]) {
    let _ = write!(
        code,
        "#[rustfmt::skip]\npub(super) const {name}: [{kind}; {}] = [",
        items.len()
    );
    let mut column = usize::MAX;
    for item in items {
        let item = item.to_string();
        if column > WIDTH - item.len().min(WIDTH) {
            code.push_str("\n   ");
            column = 3;
        }
        let _ = write!(code, " {item},");
        column += item.len() + 2;
    }
    code.push_str("\n];\n");
}

/// By how many font units `right` moves away from `left`.
///
/// The font has one feature, `kern`, so that every pair adjustment in it applies.
fn kerning(face: &Face, left: GlyphId, right: GlyphId) -> i16 {
    let lookups = face
        .tables()
        .gpos
        .into_iter()
        .flat_map(|table| table.lookups);
    lookups
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable>())
        .find_map(|subtable| match subtable {
            PositioningSubtable::Pair(pairs) => adjustment(pairs, left, right),
            _ => None,
        })
        .unwrap_or(0)
}

/// What one table says about a pair, if it says anything.
fn adjustment(pairs: PairAdjustment, left: GlyphId, right: GlyphId) -> Option<i16> {
    let index = pairs.coverage().get(left)?;
    let (first, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(index)?.get(right)?,
        PairAdjustment::Format2 {
            classes, matrix, ..
        } => matrix.get((classes.0.get(left), classes.1.get(right)))?,
    };
    Some(first.x_advance)
}
