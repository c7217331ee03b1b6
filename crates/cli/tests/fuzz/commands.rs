//! Runs the program with damaged arguments: it leaves no incomplete and no temporary file.

use std::{fs, process::Command};
use tempfile::TempDir;

/// The content of a file that existed before.
const BEFORE: &[u8] = b"before";

/// The words of a command line, one per line.
pub(crate) fn command_lines(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input).replace('\0', "");
    let folder = TempDir::new().unwrap();
    for name in ["out.svg", "out.csv"] {
        fs::write(folder.path().join(name), BEFORE).unwrap();
    }
    // A damaged word must not be the name of a file outside of the folder, or a very long run.
    let words: Vec<&str> = text
        .lines()
        .filter(|word| !word.contains(['/', '~']))
        .collect();
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(words)
        .args(["--epochs", "3"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    let status = output.status.code();
    // Only the operating system rejects a name that is too long for it.
    let is_expected =
        matches!(status, Some(0 | 2)) || status == Some(1) && message.contains("could not write");
    assert!(is_expected, "{status:?}: {message}");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_output = text.contains(&name);
        assert!(is_output || !name.starts_with('.'), "left {name}");
        let content = fs::read(entry.path()).unwrap();
        if status != Some(0) {
            assert!(
                content == BEFORE,
                "{name} was changed, although the command failed"
            );
        }
        if name == "out.svg" && content != BEFORE {
            assert!(content.ends_with(b"</svg>\n"), "{name} is incomplete");
        }
    }
    status == Some(0)
}
