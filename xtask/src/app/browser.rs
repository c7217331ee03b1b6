//! Tests the page in a browser.

use super::{node, npm_install};
use crate::process::{self, root, run, tool};
use anyhow::{Result, ensure};
use std::{env, path::PathBuf};

/// Returns the command that installs the missing tools: Node with npm, and Chromium. Returns `None` if none is missing.
pub(crate) fn missing() -> Option<String> {
    missing_of(&[("chromium", "CHROMIUM", "/usr/bin/chromium")])
}

/// Returns the command that installs the missing tools of [`test_engines`]: Node with npm, Firefox, `WebKit` with its driver,
/// and a display for it. Returns `None` if none is missing.
pub(crate) fn missing_engines() -> Option<String> {
    missing_of(&[
        ("firefox-esr", "FIREFOX", "/usr/bin/firefox-esr"),
        ("webkit2gtk-driver", "", "/usr/bin/WebKitWebDriver"),
        ("xvfb", "", "/usr/bin/Xvfb"),
    ])
}

/// Returns the command that installs missing tools. `programs` are Debian packages with a variable that can contain the path
/// of the program, and Debian's path.
fn missing_of(programs: &[(&str, &str, &str)]) -> Option<String> {
    let has = |program| process::output_if_successful(&mut tool(program, "--version")).is_some();
    let mut packages = Vec::new();
    packages.extend((!has("node")).then_some("nodejs"));
    packages.extend((!has("npm")).then_some("npm"));
    for (package, variable, path) in programs {
        let path = env::var_os(variable).map_or_else(|| PathBuf::from(path), PathBuf::from);
        packages.extend((!path.exists()).then_some(*package));
    }
    (!packages.is_empty()).then(|| format!("apt-get install -y {}", packages.join(" ")))
}

/// Runs all tests in `app/tests`. The variable `CHROMIUM` is the path of the browser; the default is Debian's path.
pub(crate) fn test() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/run.mjs"))
}

/// Runs the tasks that every browser must be able to do in Firefox and in `WebKit`. The variable `FIREFOX` is the path of
/// Firefox; the default is Debian's path.
pub(crate) fn test_engines() -> Result<()> {
    npm_install()?;
    run(&mut node("../tests/engines/run.mjs"))
}

/// Measures the loading and response times of the page.
pub(crate) fn bench() -> Result<()> {
    let wasm = root().join("app/generated/thalweg.wasm");
    ensure!(
        wasm.is_file(),
        "there is no {}: run `cargo xtask app`, which builds it",
        wasm.display()
    );
    npm_install()?;
    run(&mut node("../tests/speed.mjs"))
}
