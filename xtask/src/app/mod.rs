//! `cargo xtask app`: the page, one file with everything in it.
//!
//! Building it needs Node and a compiler for WebAssembly; comparing it with its sources needs neither.

pub(crate) mod browser;
mod sources;
mod wasm;

use crate::{
    files,
    process::{self, root, run, tool},
};
use anyhow::{Context as _, Result, bail};
use std::{fs, process::Command};

/// The page, from the root of the repository.
pub(crate) const PAGE: &str = "app/dist/thalweg.html";
/// The JavaScript half of the WebAssembly that the page carries, so that tests can load it without building it.
const BINDINGS: &str = "app/dist/thalweg.js";
/// The WebAssembly as the page carries it.
const PACKED: &str = "app/generated/thalweg.lzma";
/// So many bytes the page should have at most when it is packed by gzip.
const MAX_PAGE_BYTES: usize = 335_000;
/// The same for its WebAssembly, which is packed already.
const MAX_WASM_BYTES: usize = 120_000;

const USAGE: &str = "cargo xtask app [--check | --test | --wasm]";

/// Builds the page; `--check` compares it with its sources, `--test` tries it in a browser, `--wasm` stops after the
/// part that is written in Rust.
pub(crate) fn task(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words {
        [] => build(),
        ["--check"] => check(),
        ["--test"] => browser::test(),
        ["--wasm"] => wasm::build(),
        // What this program asks of itself when it was built without the tool.
        ["--bind"] => wasm::bind(),
        _ => bail!(USAGE),
    }
}

/// Whether the committed page was made from the sources as they are.
pub(crate) fn check() -> Result<()> {
    sources::compare()?;
    println!("    the page in a browser: cargo xtask app --test");
    Ok(())
}

fn build() -> Result<()> {
    wasm::build()?;
    npm_install()?;
    run(&mut node("typescript/bin/tsc --noEmit"))?;
    run(&mut node("vite/bin/vite.js build --logLevel warn"))?;
    let built = root().join("app/dist/index.html");
    fs::rename(&built, root().join(PAGE))
        .with_context(|| format!("Vite wrote no {}", built.display()))?;
    files::write(BINDINGS, files::read("app/generated/thalweg.js")?)?;
    let packed = files::read(PACKED)?.len();
    println!("WebAssembly: {}", verdict(packed, MAX_WASM_BYTES));
    let packed = process::gzip_size(&files::read(PAGE)?)?;
    println!("page, packed by gzip: {}", verdict(packed, MAX_PAGE_BYTES));
    sources::record()
}

/// The page's tools from the npm registry, where they are not there yet, or are older than the list of them.
fn npm_install() -> Result<()> {
    let app = root().join("app");
    let written = |path: &str| fs::metadata(app.join(path)).and_then(|file| file.modified());
    let installed = written("node_modules/.package-lock.json").ok();
    if installed.is_some() && installed >= written("package-lock.json").ok() {
        return Ok(());
    }
    run(tool("npm", "ci").current_dir(app))
}

/// A script of the page's tools with its arguments, run in its folder.
fn node(script: &str) -> Command {
    let mut command = tool("node", &format!("node_modules/{script}"));
    command.current_dir(root().join("app"));
    command
}

/// How large a part is, and whether that is more than it should be.
fn verdict(packed: usize, most: usize) -> String {
    let over = if packed > most { ", over" } else { "" };
    format!("{packed} bytes, at most {most}{over}")
}
