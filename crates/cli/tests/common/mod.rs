//! Runs the real program in a folder of its own.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "helpers of tests; not every test needs each"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// A folder for one test, and the program run in it.
pub(crate) struct TestFolder(TempDir);

/// What the program said.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl TestFolder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All files below a folder, by name, with their bytes.
    pub(crate) fn files(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        collect(&self.path(below), "", &mut found);
        found.sort();
        found
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
        command.current_dir(self.0.path());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(&self.command().args(args).output().unwrap())
    }

    /// Runs what must work.
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!(said.status, 0, "{args:?}: {}", said.err);
        said.out
    }

    /// Runs what must be refused as wrong input, with these words in the message, and leave nothing behind.
    pub(crate) fn refused(&self, args: &[&str], words: &[&str]) {
        let before = self.files("");
        let said = self.run(args);
        // The message is wrapped to the width of the terminal.
        let message = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said.status, 2, "{args:?}: {}{}", said.out, said.err);
        assert!(said.out.is_empty(), "{args:?}: {}", said.out);
        for word in words {
            assert!(
                message.contains(word),
                "{args:?}: no `{word}` in: {message}"
            );
        }
        assert!(before == self.files(""), "{args:?} left something behind");
    }
}

pub(crate) fn said(output: &Output) -> Said {
    Said {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}
