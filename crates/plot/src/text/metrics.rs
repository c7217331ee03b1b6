//! How wide the characters of the embedded font are, and which accents they carry.
//!
//! The numbers are in `metrics.txt`, a list in a line, which `cargo xtask codegen` writes; the compiler reads them.

/// Font units of the size of the font, how far letters reach above and below the baseline, and the height of a capital letter.
const VERTICAL: [i16; 4] = list(0);
pub(super) const UNITS_PER_EM: i16 = VERTICAL[0];
pub(super) const ASCENT: i16 = VERTICAL[1];
pub(super) const DESCENT: i16 = VERTICAL[2];
pub(super) const CAP_HEIGHT: i16 = VERTICAL[3];
/// First and last of the characters that the font has, without a gap between them; ascending.
pub(super) static RUNS: [i16; 64] = list(1);
/// Distance from each character to the next one; the last is that of a missing character.
pub(super) static ADVANCES: [i16; 715] = list(2);
/// Where each character's row in the table of pairs begins, plus its column there; the last is that of a missing character.
pub(super) static CLASSES: [i16; 715] = list(3);
/// By how much the right one of a pair moves away from the left one, row by row.
pub(super) static KERNING: [i16; 83 * COLUMNS] = list(4);
/// Columns of the table of pairs.
pub(super) const COLUMNS: usize = 94;
/// Character, combining accent and the one character that stands for both, ascending; accent 0 where a character of
/// its own is the same as another.
pub(super) static COMPOSED: [i16; 792] = list(5);

/// The numbers of a line, with spaces between them.
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
