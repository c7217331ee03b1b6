//! The part of the page that is written in Rust, as WebAssembly with its JavaScript half.

use super::{node, npm_install};
use crate::process::{cargo, output_if_successful, root, run, tool};
use anyhow::{Result, ensure};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// A compiler that makes WebAssembly, and the sources of its standard library: Debian's.
const RUSTC: &str = "/usr/bin/rustc";
const LIBRARY: &str = "/usr/lib/rustlib/src/rust/library/std/src/lib.rs";
const OUT: &str = "app/generated";

/// Instructions that the compiler may use. Without those for copies and conversions it spells them out, at length.
const INSTRUCTIONS: &str = "+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals";

/// What makes the result smaller once it is packed. All that `-Oz` does makes the code shorter and the packed code longer:
/// what was inlined and shared is less alike.
const SHRINKING: &str = "--duplicate-function-elimination --optimize-instructions --simplify-locals-nostructure \
    --reorder-locals --remove-unused-module-elements --duplicate-function-elimination --strip-producers --strip-debug";

/// What the tool that shrinks the result is told that every browser has.
const FEATURES: &str = "--enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue";

/// Compiles the crate and writes both halves to `app/generated`.
pub(super) fn build() -> Result<()> {
    run(&mut compiler()?)?;
    bind()?;
    npm_install()?;
    let files = format!("../{OUT}/thalweg_bg.wasm -o ../{OUT}/thalweg.wasm");
    let shrink = format!("binaryen/bin/wasm-opt {SHRINKING} {FEATURES} {files}");
    run(&mut node(&shrink))
}

/// Where its files lie: beside those of other targets, for the standard library is compiled anew.
fn target_folder() -> PathBuf {
    root().join("target/wasm")
}

fn compiler() -> Result<Command> {
    let build = format!("build -p thalweg-wasm --profile wasm --target {TARGET}");
    let mut command = cargo(&build);
    command.env("CARGO_TARGET_DIR", target_folder());
    // What every browser has, and nothing newer: the tool that shrinks the result is told the same.
    let mut flags = format!("-Ctarget-feature={INSTRUCTIONS}");
    let libdir = format!("--print target-libdir --target {TARGET}");
    let libdir = output_if_successful(&mut tool("rustc", &libdir));
    if !libdir.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        ensure!(
            Path::new(RUSTC).is_file() && Path::new(LIBRARY).is_file(),
            "there is no compiler for {TARGET}: `rustup target add {TARGET}`, or on Debian `apt-get install \
             rustc-web rust-web-src lld`"
        );
        command.args(["-Z", "build-std=std,panic_abort"]);
        command.args(["-Z", "build-std-features=optimize_for_size"]);
        command.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
        // Where a panic happened would be a path of this machine.
        flags.push_str(" -Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort");
    }
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    Ok(command)
}

/// Writes the JavaScript half.
#[cfg(feature = "app")]
pub(super) fn bind() -> Result<()> {
    use anyhow::Context as _;
    let input = target_folder().join(TARGET).join("wasm/thalweg_wasm.wasm");
    let bound = wasm_bindgen_cli_support::Bindgen::new()
        .input_path(input)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .omit_default_module_path(true)
                .typescript(true)
                .out_name("thalweg")
                .generate(root().join(OUT))
        });
    bound.context("wasm-bindgen")
}

/// Asks the same program with that feature, which most builds do without: it is large.
#[cfg(not(feature = "app"))]
pub(super) fn bind() -> Result<()> {
    run(&mut cargo(
        "run --quiet -p xtask --features app -- app --bind",
    ))
}
