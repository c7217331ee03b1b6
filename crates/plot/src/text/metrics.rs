//! Metrics of the embedded font: widths, kerning, and accents.
//!
//! `cargo xtask codegen` writes the numbers to `metrics.txt`, one list per line. They are parsed at compile time.

/// In font units: the em size, the ascent, the descent, and the height of a capital letter.
const VERTICAL: [i16; 4] = list(0);
pub(super) const UNITS_PER_EM: i16 = VERTICAL[0];
pub(super) const ASCENT: i16 = VERTICAL[1];
pub(super) const DESCENT: i16 = VERTICAL[2];
pub(super) const CAP_HEIGHT: i16 = VERTICAL[3];
/// First and last character of each range of characters of the font, ascending.
pub(super) static RUNS: [i16; 64] = list(1);
/// Advance of each character; the last is that of a missing character.
pub(super) static ADVANCES: [i16; 715] = list(2);
/// Start of the row of each character in the kerning table, plus its column; the last is that of a missing character.
pub(super) static CLASSES: [i16; 715] = list(3);
/// Kerning of pairs, row by row.
pub(super) static KERNING: [i16; 83 * COLUMNS] = list(4);
/// Number of columns of the kerning table.
pub(super) const COLUMNS: usize = 94;
/// Character, combining accent, and composed character, ascending. The accent is 0 if a character is equivalent to
/// another one.
pub(super) static COMPOSED: [i16; 792] = list(5);

/// Parses the numbers of a line, separated by spaces.
const fn list<const N: usize>(line: usize) -> [i16; N] {
    let text = include_bytes!("metrics.txt");
    let (mut numbers, mut count, mut sign) = ([0; N], 0, 1);
    let (mut at, mut lines) = (0, 0);
    while lines <= line {
        match text[at] {
            b'\n' => lines += 1,
            _ if lines < line => {}
            b' ' => (count, sign) = (count + 1, 1),
            b'-' => sign = -1,
            digit => numbers[count] = 10 * numbers[count] + sign * (digit - b'0') as i16,
        }
        at += 1;
    }
    assert!(count + 1 == N, "a list has another length");
    numbers
}
