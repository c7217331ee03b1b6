//! Input files, which outputs must not replace.

use crate::failure::{Result, refuse};
#[cfg(not(unix))]
use std::path::PathBuf;
use std::{fs, path::Path};

/// Rejects an output that would replace one of these input files, also if it is the same file under another path.
pub(crate) fn check_not_an_input<P: AsRef<Path>>(
    inputs: impl IntoIterator<Item = P>,
    output: &Path,
) -> Result {
    // A file that does not exist yet is not an input.
    let Some(place) = identity(output) else {
        return Ok(());
    };
    for input in inputs {
        let input = input.as_ref();
        if identity(input).is_some_and(|other| other == place) {
            refuse!(
                "the output {} would replace the input file {}", output.display(), input.display();
                "choose another output file"
            );
        }
    }
    Ok(())
}

/// Returns what distinguishes a file from all others: its device and inode, which all of its paths and links share.
#[cfg(unix)]
fn identity(path: &Path) -> Option<[u64; 2]> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok()?;
    Some([metadata.dev(), metadata.ino()])
}

/// Returns what distinguishes a file from all others: its path without links.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn an_input_is_found_under_every_path() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("data.csv"), "x,y\n1,2\n").unwrap();
        fs::write(path("other.csv"), "x,y\n1,2\n").unwrap();
        fs::create_dir_all(path("inside")).unwrap();
        let mut same = vec!["data.csv", "./data.csv", "inside/../data.csv"];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("data.csv", path("symbolic.csv")).unwrap();
            fs::hard_link(path("data.csv"), path("hard.csv")).unwrap();
            same.extend(["symbolic.csv", "hard.csv"]);
        }
        for output in same {
            let refused = check_not_an_input([path("other.csv"), path("data.csv")], &path(output));
            let message = refused.unwrap_err().to_string();
            assert!(
                message.contains("would replace the input file"),
                "{message}"
            );
        }
        for output in ["other.csv", "new.csv", "inside"] {
            assert!(check_not_an_input([path("data.csv")], &path(output)).is_ok());
        }
    }
}
