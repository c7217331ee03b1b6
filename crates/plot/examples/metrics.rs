//! Prints `src/text/metrics.txt`: the widths, the kerning, and the accents of the embedded font.

use thalweg_plot::text::FONT;
use ttf_parser::{
    Face, GlyphId,
    gpos::{PairAdjustment, PositioningSubtable},
};
use unicode_normalization::{UnicodeNormalization, char::decompose_canonical};

fn main() {
    let face = Face::parse(FONT, 0).expect("the embedded font is a TrueType file");
    // Characters beyond u16 do not occur in labels.
    let characters = (0..=u16::MAX).filter(|c| glyph(&face, *c).is_some());
    let characters: Vec<u16> = characters.collect();
    let mut glyphs: Vec<GlyphId> = characters.iter().filter_map(|c| glyph(&face, *c)).collect();
    // The box for a missing character.
    glyphs.push(GlyphId(0));
    let pairs = |kerning: &dyn Fn(GlyphId, GlyphId) -> i16| {
        let row = |a: &GlyphId| glyphs.iter().map(|b| kerning(*a, *b)).collect();
        glyphs.iter().map(row).collect::<Vec<Vec<i16>>>()
    };
    let (left, rows) = classes(pairs(&|a, b| kerning(&face, a, b)));
    let (right, columns) = classes(pairs(&|a, b| kerning(&face, b, a)));
    // The rows again, with one column per class.
    let first = |class: usize| right.iter().position(|c| *c == class).unwrap_or_default();
    let picked: Vec<usize> = (0..columns.len()).map(first).collect();
    let advances = glyphs
        .iter()
        .map(|g| face.glyph_hor_advance(*g).unwrap_or_default());

    let vertical = [
        face.units_per_em().cast_signed(),
        face.ascender(),
        -face.descender(),
        face.capital_height().unwrap_or_default(),
    ];
    let classes = left.iter().zip(&right);
    let table = rows
        .iter()
        .flat_map(|row| picked.iter().map(move |i| row[*i]));
    list(vertical);
    list(runs(&characters));
    list(advances);
    list(classes.map(|(row, column)| row * columns.len() + column));
    list(table);
    list(composed(&characters));
}

/// Returns ranges of consecutive characters as first and last.
fn runs(characters: &[u16]) -> impl Iterator<Item = u16> {
    let runs = characters.chunk_by(|a, b| a + 1 == *b);
    runs.flat_map(|run| [run[0], run[run.len() - 1]])
}

/// Returns the pairs that Unicode NFC composes into one character of the font.
fn composed(characters: &[u16]) -> Vec<u32> {
    let of_font = |c: char| u16::try_from(u32::from(c)).is_ok_and(|c| characters.contains(&c));
    let mut found = Vec::new();
    for c in (0..=u16::MAX).filter_map(|c| char::from_u32(c.into())) {
        let mut parts = Vec::new();
        decompose_canonical(c, |part| parts.push(part));
        let whole: Vec<char> = std::iter::once(c).nfc().collect();
        match parts[..] {
            // With two accents, the first one is composed separately.
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
    found.as_flattened().iter().map(|c| u32::from(*c)).collect()
}

fn glyph(face: &Face, c: u16) -> Option<GlyphId> {
    let id = face.glyph_index(char::from_u32(c.into())?)?;
    // The end of the font's table of characters, U+FFFF, leads to the glyph of a missing one.
    (id != GlyphId(0)).then_some(id)
}

/// Returns the class of each row, and one row per class.
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

/// Prints numbers as a line, separated by spaces.
fn list(numbers: impl IntoIterator<Item = impl ToString>) {
    let numbers = numbers.into_iter().map(|number| number.to_string());
    println!("{}", numbers.collect::<Vec<_>>().join(" "));
}

/// Returns the kerning of a pair in font units.
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

/// Returns the kerning of a pair in one table, if there is any.
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
