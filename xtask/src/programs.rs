//! The programs and examples of this repository.
//!
//! Cargo chooses the features of a dependency by all packages that it builds together, and compiles a library again if its
//! dependencies have other features. All programs are therefore built together, with the features of the tests.

use crate::process::{cargo, run, tool};
use anyhow::{Context as _, Result};
use std::{env, path::PathBuf, process::Command, sync::OnceLock};

/// Whether the programs have been built.
static BUILT: OnceLock<()> = OnceLock::new();

/// Returns a command of a program of this repository, which is built if necessary: its path in the folder of the profile,
/// such as `thalweg` or `examples/oracles`. Spaces separate the arguments.
pub(crate) fn program(path: &str, arguments: &str) -> Result<Command> {
    if BUILT.get().is_none() {
        // This program is running, so it is not built.
        run(&mut cargo(
            "build --quiet --workspace --lib --examples --bin thalweg",
        ))?;
        let _ = BUILT.set(());
    }
    Ok(tool(profile_folder("debug")?.join(path), arguments))
}

/// Returns the folder of the builds of a profile: `debug` or `release`.
pub(crate) fn profile_folder(profile: &str) -> Result<PathBuf> {
    let program = env::current_exe().context("cannot find the path of this program")?;
    // This program is in target/PROFILE.
    let target = program.ancestors().nth(2);
    let target = target.context("this program is not in a target folder")?;
    Ok(target.join(profile))
}
