//! `cargo xtask app`: the page, one file with everything in it.
//!
//! Building it needs Node and a compiler for WebAssembly; comparing it with its sources needs neither.

pub(crate) mod browser;
mod sources;
mod wasm;

use crate::process::{self, run, tool};
use crate::{Failure, Result};
use std::fs;

/// The page, from the root of the repository.
pub(crate) const PAGE: &str = "app/dist/thalweg.html";
/// So many bytes the page should have at most when it is packed by gzip.
const MOST: usize = 250_000;
/// The same for its WebAssembly.
const MOST_WASM: usize = 120_000;

const USAGE: &str = "cargo xtask app [--check | --test | --wasm]";

/// Builds the page; `--check` compares it with its sources, `--test` tries it in a browser, `--wasm` stops after the
/// part that is written in Rust.
pub(crate) fn task(arguments: &[String]) -> Result {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words {
        [] => build(),
        ["--check"] => check(),
        ["--test"] => browser::test(),
        ["--wasm"] => wasm::build().map(|_| ()),
        // What this program asks of itself when it was built without the tool.
        ["--bind"] => wasm::bind(),
        _ => Err(Failure(USAGE.to_owned())),
    }
}

/// Whether the committed page was made from the sources as they are.
pub(crate) fn check() -> Result {
    sources::compare()?;
    println!("    the page in a browser: cargo xtask app --test");
    Ok(())
}

fn build() -> Result {
    let wasm = wasm::build()?;
    size("WebAssembly", &wasm, MOST_WASM)?;
    npm_install()?;
    run(&mut node("typescript/bin/tsc", &["--noEmit"]))?;
    run(&mut node(
        "vite/bin/vite.js",
        &["build", "--logLevel", "warn"],
    ))?;
    let root = process::root();
    let built = root.join("app/dist/index.html");
    fs::rename(&built, root.join(PAGE))
        .map_err(|e| Failure(format!("Vite wrote no {}: {e}", built.display())))?;
    let page = fs::read(root.join(PAGE)).map_err(|e| Failure(format!("{PAGE}: {e}")))?;
    size("page", &page, MOST)?;
    sources::record()
}

/// The page's tools from the npm registry, where they are not there yet.
fn npm_install() -> Result {
    if process::root().join("app/node_modules/vite").is_dir() {
        return Ok(());
    }
    let mut npm = tool("npm", &["ci"]);
    npm.current_dir(process::root().join("app"));
    run(&mut npm)
}

/// A script of the page's tools, run in its folder.
fn node(script: &str, arguments: &[&str]) -> std::process::Command {
    let script = format!("node_modules/{script}");
    let mut command = tool("node", &[&script]);
    command.args(arguments);
    command.current_dir(process::root().join("app"));
    command
}

/// Tells how large a part is when it is packed, and whether that is more than it should be.
fn size(what: &str, bytes: &[u8], most: usize) -> Result {
    let packed = process::packed(bytes)?;
    let verdict = if packed > most { ", over" } else { "" };
    println!("{what}: {packed} bytes packed by gzip, at most {most}{verdict}");
    Ok(())
}
