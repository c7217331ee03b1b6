//! The repository's own files.

use crate::process::{self, root, tool};
use anyhow::{Context as _, Result};
use std::{fs, path::Path};

/// Paths from the root, sorted, of the files that git tracks or would track, of those that match git's `pathspec`.
pub(crate) fn listed(pathspec: &str) -> Result<Vec<String>> {
    let list = "ls-files -z --cached --others --exclude-standard --deduplicate --";
    let text = process::output(tool("git", list).arg(pathspec))?;
    let root = root();
    let mut paths: Vec<String> = text
        .split('\0')
        // A file that was deleted and not yet committed is still listed.
        .filter(|path| !path.is_empty() && root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    // Git names what it does not track yet before the rest: a commit must not change their order.
    paths.sort_unstable();
    Ok(paths)
}

/// Reads the bytes of a file, by its path from the root.
pub(crate) fn read(path: &str) -> Result<Vec<u8>> {
    fs::read(root().join(path)).with_context(|| format!("cannot read {path}"))
}

/// Reads the text of a file, by its path from the root.
pub(crate) fn text(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))
}

/// Writes a file, by its path from the root, and creates its folder if it does not exist.
pub(crate) fn write(path: &str, content: impl AsRef<[u8]>) -> Result<()> {
    let file = root().join(path);
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder of {path}"))?;
    fs::write(&file, content).with_context(|| format!("cannot write {path}"))
}

/// A hash as it stands in the files that keep one.
pub(crate) fn hex(hash: &[u8]) -> String {
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    nibbles.filter_map(digit).collect()
}
