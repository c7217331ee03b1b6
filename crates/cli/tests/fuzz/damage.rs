//! Damages valid inputs.

use proptest::{collection::vec, prelude::*, sample};

/// One change of an input. Positions are shares of the length.
#[derive(Clone, Debug)]
enum Change {
    Delete { at: u16, bytes: u8 },
    Repeat { at: u16, bytes: u8, times: u8 },
    Insert { at: u16, text: Vec<u8> },
    Set { at: u16, byte: u8 },
    Flip { at: u16, bit: u8 },
    Truncate { at: u16 },
}

/// Texts that many parsers treat in a special way.
const COMMON: &[&str] = &[
    "",
    "0",
    "-0",
    "-1",
    "1e308",
    "1e-320",
    "1e999",
    "99999999999999999999",
    "18446744073709551615",
    "nan",
    "inf",
    "-inf",
    "0.1",
    "1_000",
    "0x10",
    "+",
    "-",
    ",",
    ";",
    ":",
    "=",
    "|",
    "..",
    ".",
    "/",
    "\\",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#",
    "%",
    "&",
    "*",
    "^",
    "~",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{feff}",
    "é",
    "\u{2212}",
    "\u{202e}",
    "🦀",
    " ",
    "((((((((((((((((",
    "----------------",
    "path=",
    "start=",
    "true",
    "none",
];

/// Returns a strategy of valid inputs with up to eight changes.
pub(crate) fn damaged(
    seeds: Vec<Vec<u8>>,
    tokens: &'static [&'static str],
) -> impl Strategy<Value = Vec<u8>> {
    let tokens: Vec<Vec<u8>> = COMMON
        .iter()
        .chain(tokens)
        .map(|text| text.as_bytes().to_vec())
        .collect();
    let other = seeds.clone();
    let text = prop_oneof![
        8 => sample::select(tokens),
        1 => sample::select(other),
        1 => vec(any::<u8>(), 0..8),
    ];
    let change = prop_oneof![
        3 => (any::<u16>(), 1..24_u8).prop_map(|(at, bytes)| Change::Delete { at, bytes }),
        2 => (any::<u16>(), 1..24_u8, 1..40_u8)
            .prop_map(|(at, bytes, times)| Change::Repeat { at, bytes, times }),
        8 => (any::<u16>(), text).prop_map(|(at, text)| Change::Insert { at, text }),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Change::Set { at, byte }),
        2 => (any::<u16>(), 0..8_u8).prop_map(|(at, bit)| Change::Flip { at, bit }),
        1 => any::<u16>().prop_map(|at| Change::Truncate { at }),
    ];
    (sample::select(seeds), vec(change, 0..8)).prop_map(|(mut input, changes)| {
        for change in changes {
            apply(&mut input, change);
        }
        input
    })
}

fn apply(input: &mut Vec<u8>, change: Change) {
    let place = |at: u16, input: &[u8]| usize::from(at) * input.len() / (usize::from(u16::MAX) + 1);
    let range = |at: u16, bytes: u8, input: &[u8]| {
        let start = place(at, input);
        start..input.len().min(start + usize::from(bytes))
    };
    match change {
        Change::Delete { at, bytes } => drop(input.drain(range(at, bytes, input))),
        Change::Repeat { at, bytes, times } => {
            let range = range(at, bytes, input);
            let part = input[range.clone()].repeat(times.into());
            input.splice(range.start..range.start, part);
        }
        Change::Insert { at, text } => {
            let start = place(at, input);
            input.splice(start..start, text);
        }
        Change::Set { at, byte } if !input.is_empty() => {
            let place = place(at, input);
            input[place] = byte;
        }
        Change::Flip { at, bit } if !input.is_empty() => {
            let place = place(at, input);
            input[place] ^= 1 << bit;
        }
        Change::Truncate { at } => input.truncate(place(at, input)),
        Change::Set { .. } | Change::Flip { .. } => {}
    }
}
