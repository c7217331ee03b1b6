//! Step `spelling`: the program typos, which is fetched into `target/tools` where it is missing.

use std::path::PathBuf;

use crate::process::{self, tool};
use crate::{Failure, Result};

/// Pinned: another version knows other mistakes.
const VERSION: &str = "1.52.0";

pub(super) fn run() -> Result {
    let colour = if process::is_plain() { "never" } else { "auto" };
    process::run(&mut tool(program()?, &["--color", colour]))
}

/// The path of typos: the one in PATH if it has the version, or our own.
fn program() -> Result<PathBuf> {
    let in_path = PathBuf::from("typos");
    if has_version(&in_path) {
        return Ok(in_path);
    }
    let folder = process::root().join(format!("target/tools/typos-{VERSION}"));
    let own = folder.join(if cfg!(windows) {
        "Scripts/typos.exe"
    } else {
        "bin/typos"
    });
    if !has_version(&own) {
        install(&folder)?;
    }
    if has_version(&own) {
        Ok(own)
    } else {
        Err(Failure(format!(
            "typos was installed but does not answer as version {VERSION}"
        )))
    }
}

fn has_version(program: &PathBuf) -> bool {
    process::answer(&mut tool(program, &["--version"]))
        .is_some_and(|answer| answer.split_whitespace().last() == Some(VERSION))
}

/// Puts typos into a Python environment of its own.
fn install(folder: &PathBuf) -> Result {
    let python = "python3";
    if process::answer(&mut tool(python, &["--version"])).is_none() {
        return Err(Failure(format!(
            "typos {VERSION} is fetched with python3, which is missing. Either: apt-get install -y python3 python3-venv. Or: cargo install typos-cli --version {VERSION} --locked"
        )));
    }
    println!("    fetching typos {VERSION} into target/tools");
    // `--clear` makes good an installation that was broken off.
    process::run(tool(python, &["-m", "venv", "--clear"]).arg(folder)).map_err(|failure| {
        Failure(format!(
            "{failure}. On Debian: apt-get install -y python3-venv"
        ))
    })?;
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let wheel = format!("typos=={VERSION}");
    process::run(&mut tool(
        folder.join(scripts).join("python"),
        &[
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            &wheel,
        ],
    ))
}
