//! Tests the page in a browser.

use super::{node, npm_install};
use crate::process::{self, run, tool};
use anyhow::Result;
use std::{env, path::PathBuf};

/// Returns the command that installs the missing tools: Node with npm, and a browser. Returns `None` if none is missing.
pub(crate) fn missing() -> Option<String> {
    let has = |program| process::output_if_successful(&mut tool(program, "--version")).is_some();
    let chromium =
        env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    let tools = [
        ("nodejs", has("node")),
        ("npm", has("npm")),
        ("chromium", chromium.exists()),
    ];
    let missing = tools.iter().filter(|(_, is_installed)| !is_installed);
    let packages: Vec<&str> = missing.map(|(package, _)| *package).collect();
    (!packages.is_empty()).then(|| format!("apt-get install -y {}", packages.join(" ")))
}

/// Runs all tests in `app/tests`. The variable `CHROMIUM` is the path of the browser; the default is Debian's path.
pub(crate) fn test() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/run.mjs"))
}

/// Measures the response times of the page.
pub(crate) fn bench() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/speed.mjs"))
}
