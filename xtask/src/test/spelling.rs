//! Step `spelling`: checks the language and runs the program typos, which is installed in `target/tools` if it is missing.

use super::language;
use crate::process::{self, tool};
use anyhow::{Context as _, Result, anyhow};
use std::path::PathBuf;

/// The version is fixed, because other versions report other mistakes.
const VERSION: &str = "1.52.0";

const PYTHON: &str = "python3";

/// Returns the command that installs the missing tools if typos is missing and cannot be installed by this step.
pub(super) fn missing() -> Option<String> {
    let has_python =
        || process::output_if_successful(&mut tool(PYTHON, "-m venv --help")).is_some();
    (installed_program().is_none() && !has_python()).then(|| {
        format!(
            "apt-get install -y python3 python3-venv, or cargo install typos-cli --version {VERSION} --locked"
        )
    })
}

pub(super) fn run() -> Result<()> {
    language::check()?;
    let color = if process::is_plain() { "never" } else { "auto" };
    process::run(tool(program()?, "--color").arg(color))
}

/// Returns the path of typos. Installs it if it is missing.
fn program() -> Result<PathBuf> {
    if let Some(program) = installed_program() {
        return Ok(program);
    }
    install(&folder())?;
    let none = || format!("typos was installed but does not report version {VERSION}");
    installed_program().with_context(none)
}

/// Returns the path of typos if it has the right version: in PATH or in `target/tools`.
fn installed_program() -> Option<PathBuf> {
    let own = if cfg!(windows) {
        "Scripts/typos.exe"
    } else {
        "bin/typos"
    };
    let programs = [PathBuf::from("typos"), folder().join(own)];
    programs.into_iter().find(has_version)
}

/// Returns the folder of the Python environment.
fn folder() -> PathBuf {
    process::root().join(format!("target/tools/typos-{VERSION}"))
}

fn has_version(program: &PathBuf) -> bool {
    process::output_if_successful(&mut tool(program, "--version"))
        .is_some_and(|answer| answer.split_whitespace().last() == Some(VERSION))
}

/// Installs typos in a separate Python environment.
fn install(folder: &PathBuf) -> Result<()> {
    println!("    installing typos {VERSION} in target/tools");
    // `--clear` removes an interrupted installation.
    process::run(tool(PYTHON, "-m venv --clear").arg(folder))
        .map_err(|failure| anyhow!("{failure:#}. On Debian: apt-get install -y python3-venv"))?;
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = folder.join(scripts).join("python");
    let install = format!("-m pip install --quiet --disable-pip-version-check typos=={VERSION}");
    process::run(&mut tool(python, &install))
}
