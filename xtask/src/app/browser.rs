//! Tries the page in a real browser.

use super::{node, npm_install};
use crate::process::{self, run, tool};
use anyhow::Result;
use std::{env, path::PathBuf};

/// How to install what the tests need and this machine lacks: Node with npm, and a browser.
pub(crate) fn missing() -> Option<String> {
    let has = |program| process::output_if_successful(&mut tool(program, "--version")).is_some();
    let chromium =
        env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    let there = [
        ("nodejs", has("node")),
        ("npm", has("npm")),
        ("chromium", chromium.exists()),
    ];
    let lacks = there.iter().filter(|(_, there)| !there);
    let packages: Vec<&str> = lacks.map(|(package, _)| *package).collect();
    (!packages.is_empty()).then(|| format!("apt-get install -y {}", packages.join(" ")))
}

/// Runs every test of `app/tests`; they find the browser by `CHROMIUM`, or where Debian puts it.
pub(crate) fn test() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/run.mjs"))
}

/// Measures how fast it answers.
pub(crate) fn bench() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/speed.mjs"))
}
