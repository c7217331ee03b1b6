//! Lists the repository's own files.

use crate::process;
use crate::{Failure, Result};

/// Paths from the root, sorted, of the files that git tracks or would track, of those that match git's `pathspec`.
pub(crate) fn listed(pathspec: &str) -> Result<Vec<String>> {
    let text = process::output(&mut process::tool(
        "git",
        &[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
            "--",
            pathspec,
        ],
    ))?;
    let root = process::root();
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

/// The bytes of a listed file.
pub(crate) fn read(path: &str) -> Result<Vec<u8>> {
    std::fs::read(process::root().join(path))
        .map_err(|error| Failure(format!("cannot read {path}: {error}")))
}

/// A hash as it stands in the files that keep one.
pub(crate) fn hex(hash: &[u8]) -> String {
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    nibbles.filter_map(digit).collect()
}
