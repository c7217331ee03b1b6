//! Runs the program in a temporary folder.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "shared helpers, of which each test uses some"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// A temporary folder for one test, in which the program runs.
pub(crate) struct TestFolder(TempDir);

/// The exit status and the output of the program.
pub(crate) struct ProgramOutput {
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

    /// Returns the names and contents of all files below a folder.
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

    pub(crate) fn run(&self, args: &[&str]) -> ProgramOutput {
        read_output(&self.command().args(args).output().unwrap())
    }

    /// Runs a command that must succeed and returns its standard output.
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status, 0, "{args:?}: {}", output.err);
        output.out
    }

    /// Runs a command that must be rejected with these words in the message and must not change any file.
    pub(crate) fn refused(&self, args: &[&str], words: &[&str]) {
        let before = self.files("");
        let output = self.run(args);
        // The message is wrapped to the width of the terminal.
        let message = output.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(output.status, 2, "{args:?}: {}{}", output.out, output.err);
        assert!(output.out.is_empty(), "{args:?}: {}", output.out);
        for word in words {
            assert!(
                message.contains(word),
                "{args:?}: no `{word}` in: {message}"
            );
        }
        assert!(before == self.files(""), "{args:?} changed files");
    }
}

pub(crate) fn read_output(output: &Output) -> ProgramOutput {
    ProgramOutput {
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
