//! The recipe of a picture: the command that draws it, as a text in the file of the picture.

use crate::shell::quoted;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The first word of a recipe and of its command.
pub const PROGRAM: &str = "thalweg";
/// The version of the program, which follows the first word.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The current version of the meaning of the arguments. Since 2, `--epochs A..B` selects the steps A to B in every
/// figure; the first version selected other ones in some figures.
pub const REVISION: u32 = 2;
/// The prefix of the line with the version. A recipe without such a line has the first version, or no range of epochs.
pub const REVISION_LINE: &str = "recipe ";
/// The prefix of a line that describes a data file.
pub const FILE: &str = "file ";

/// Returns the text of a recipe: the subcommand and its arguments, the version of their meaning if it matters, and the
/// names and hashes of the data files.
pub fn text(words: &[String], revision: Option<u32>, files: &[(String, String)]) -> String {
    let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    let mut text = format!("{PROGRAM} {VERSION}\n{PROGRAM} {}", words.join(" "));
    if let Some(revision) = revision {
        let _ = write!(text, "\n{REVISION_LINE}{revision}");
    }
    for (name, hash) in files {
        let _ = write!(text, "\n{FILE}{} sha256 {hash}", quoted(name));
    }
    text
}

/// Returns the SHA-256 hash of a file's content in hexadecimal.
pub fn hash(content: &[u8]) -> String {
    let digits = Sha256::digest(content).into_iter();
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    let nibbles = digits.flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(digit).collect()
}
