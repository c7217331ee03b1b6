//! Step `spelling`: the program typos, which is fetched into `target/tools` where it is missing.

use super::language;
use crate::process::{self, tool};
use anyhow::{Context as _, Result, anyhow};
use std::path::PathBuf;

/// Pinned: another version knows other mistakes.
const VERSION: &str = "1.52.0";

const PYTHON: &str = "python3";

/// How to install what it needs, where typos is missing and cannot be fetched.
pub(super) fn missing() -> Option<String> {
    let has_python =
        || process::output_if_successful(&mut tool(PYTHON, "-m venv --help")).is_some();
    (program_there().is_none() && !has_python()).then(|| {
        format!(
            "apt-get install -y python3 python3-venv, or cargo install typos-cli --version {VERSION} --locked"
        )
    })
}

pub(super) fn run() -> Result<()> {
    language::check()?;
    let colour = if process::is_plain() { "never" } else { "auto" };
    process::run(tool(program()?, "--color").arg(colour))
}

/// The path of typos, which is fetched where it is missing.
fn program() -> Result<PathBuf> {
    if let Some(program) = program_there() {
        return Ok(program);
    }
    install(&folder())?;
    let none = || format!("typos was installed but does not answer as version {VERSION}");
    program_there().with_context(none)
}

/// The program typos of the right version: the one in PATH, or our own.
fn program_there() -> Option<PathBuf> {
    let own = if cfg!(windows) {
        "Scripts/typos.exe"
    } else {
        "bin/typos"
    };
    let programs = [PathBuf::from("typos"), folder().join(own)];
    programs.into_iter().find(has_version)
}

/// The Python environment of our own.
fn folder() -> PathBuf {
    process::root().join(format!("target/tools/typos-{VERSION}"))
}

fn has_version(program: &PathBuf) -> bool {
    process::output_if_successful(&mut tool(program, "--version"))
        .is_some_and(|answer| answer.split_whitespace().last() == Some(VERSION))
}

/// Puts typos into a Python environment of its own.
fn install(folder: &PathBuf) -> Result<()> {
    println!("    fetching typos {VERSION} into target/tools");
    // `--clear` makes good an installation that was broken off.
    process::run(tool(PYTHON, "-m venv --clear").arg(folder))
        .map_err(|failure| anyhow!("{failure:#}. On Debian: apt-get install -y python3-venv"))?;
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder.join(scripts).join("python");
    let install = format!("-m pip install --quiet --disable-pip-version-check typos=={VERSION}");
    process::run(&mut tool(python, &install))
}
