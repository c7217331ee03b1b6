//! Reads and writes files of the repository.

use crate::process::{self, root, tool};
use anyhow::{Context as _, Result};
use std::{fs, path::Path};

/// Returns the sorted paths, from the root, of the files that match git's `pathspec`. Includes new files that git does not
/// ignore.
pub(crate) fn listed(pathspec: &str) -> Result<Vec<String>> {
    let list = "ls-files -z --cached --others --exclude-standard --deduplicate --";
    let text = process::output(tool("git", list).arg(pathspec))?;
    let root = root();
    let mut paths: Vec<String> = text
        .split('\0')
        // Git also lists deleted files until the deletion is committed.
        .filter(|path| !path.is_empty() && root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    // Git lists untracked files first. Sorting keeps the order independent of commits.
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
    fs::create_dir_all(folder).with_context(|| format!("cannot create the folder of {path}"))?;
    fs::write(&file, content).with_context(|| format!("cannot write {path}"))
}

/// Removes a file, by its path from the root.
pub(crate) fn remove(path: &str) -> Result<()> {
    fs::remove_file(root().join(path)).with_context(|| format!("cannot remove {path}"))
}

/// Formats a hash in hexadecimal.
pub(crate) fn hex(hash: &[u8]) -> String {
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    nibbles.filter_map(digit).collect()
}
