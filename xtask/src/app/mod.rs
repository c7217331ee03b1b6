//! `cargo xtask app`: builds the page as one self-contained file.
//!
//! Building needs Node and a compiler for WebAssembly. Comparing the page with its sources needs neither.

pub(crate) mod browser;
mod sources;
mod wasm;

use crate::{
    files,
    process::{self, root, run, tool},
};
use anyhow::{Context as _, Result, bail};
use std::{fs, process::Command};

/// The path of the page from the root of the repository.
pub(crate) const PAGE: &str = "app/dist/thalweg.html";
/// The JavaScript bindings of the WebAssembly in the page. They are committed so that tests can load the page without
/// building it.
const BINDINGS: &str = "app/dist/thalweg.js";
/// The limit of the size of the page after gzip, in bytes. The catalog and the figures are most of it, and readable code has
/// priority over a smaller page, but a page near the limit needs a reason.
const MAX_PAGE_BYTES: usize = 680_000;
/// The limit of the size after gzip of what is loaded before the page is alive: everything except the rest of the program.
const MAX_ALIVE_BYTES: usize = 365_000;
/// The beginning of the rest of the program in the page.
const REST: &[u8] = b"<script type=\"text/plain\" id=\"program-rest\">";

const USAGE: &str = "cargo xtask app [--check | --test | --wasm]";

/// Builds the page. `--check` compares it with its sources, `--test` tests it in a browser, and `--wasm` builds only the
/// WebAssembly.
pub(crate) fn task(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words {
        [] => build(),
        ["--check"] => check(),
        ["--test"] => browser::test(),
        ["--wasm"] => wasm::build(),
        // A build without the feature `app` starts itself with this argument.
        ["--bind"] => wasm::bind(),
        _ => bail!(USAGE),
    }
}

/// Checks that the committed page was built from the current sources.
pub(crate) fn check() -> Result<()> {
    sources::compare()?;
    println!("    to test the page in a browser: cargo xtask app --test");
    Ok(())
}

fn build() -> Result<()> {
    wasm::build()?;
    npm_install()?;
    run(&mut node("typescript/bin/tsc --noEmit"))?;
    run(&mut node("vite/bin/vite.js build --logLevel warn"))?;
    let built = root().join("app/dist/index.html");
    fs::rename(&built, root().join(PAGE))
        .with_context(|| format!("Vite did not write {}", built.display()))?;
    files::write(BINDINGS, files::read("app/generated/thalweg.js")?)?;
    let page = files::read(PAGE)?;
    let alive = page.windows(REST.len()).position(|part| part == REST);
    let alive = alive.context("the page does not contain the rest of the program")?;
    for (name, bytes, most) in [
        ("page", &page[..], MAX_PAGE_BYTES),
        ("page until it is alive", &page[..alive], MAX_ALIVE_BYTES),
    ] {
        println!(
            "{name} after gzip: {}",
            verdict(process::gzip_size(bytes)?, most)
        );
    }
    sources::record()
}

/// Installs the page's tools from the npm registry if they are missing or older than the lock file.
pub(crate) fn npm_install() -> Result<()> {
    let app = root().join("app");
    let written = |path: &str| fs::metadata(app.join(path)).and_then(|file| file.modified());
    let installed = written("node_modules/.package-lock.json").ok();
    if installed.is_some() && installed >= written("package-lock.json").ok() {
        return Ok(());
    }
    run(tool("npm", "ci").current_dir(app))
}

/// Returns the command that runs a script of the page's tools in the folder `app`.
fn node(script: &str) -> Command {
    let mut command = tool("node", &format!("node_modules/{script}"));
    command.current_dir(root().join("app"));
    command
}

/// Formats a size with its limit, and notes if it exceeds the limit.
fn verdict(packed: usize, most: usize) -> String {
    let over = if packed > most { " (exceeded)" } else { "" };
    format!("{packed} bytes, limit {most}{over}")
}
