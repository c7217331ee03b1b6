//! Builds the WebAssembly of the page and its JavaScript bindings.

use super::{node, npm_install};
use crate::process::{cargo, output_if_successful, root, run, tool};
use anyhow::{Result, ensure};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's compiler for WebAssembly, and the sources of its standard library.
const RUSTC: &str = "/usr/bin/rustc";
const LIBRARY: &str = "/usr/lib/rustlib/src/rust/library/std/src/lib.rs";
const OUT: &str = "app/generated";

/// Instructions that the compiler may use. Without those for copies and conversions, the code would be longer.
const INSTRUCTIONS: &str = "+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals";

/// Optimizations that reduce the compressed size. All optimizations of `-Oz` together would reduce the size before
/// compression but increase it after, because inlining makes the code less repetitive. Functions are sorted by name,
/// because similar functions then follow each other, which saves 1%.
const SHRINKING: &str = "--duplicate-function-elimination --optimize-instructions --simplify-locals-nostructure \
    --vacuum --reorder-locals --remove-unused-module-elements --duplicate-function-elimination \
    --reorder-functions-by-name --strip-producers --strip-target-features --strip-debug";

/// Features of WebAssembly that `wasm-opt` may use. All supported browsers have them.
const FEATURES: &str = "--enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue";

/// Compiles the crate and writes the WebAssembly and its bindings to `app/generated`.
pub(super) fn build() -> Result<()> {
    run(&mut compiler()?)?;
    bind()?;
    npm_install()?;
    let files = format!("../{OUT}/thalweg_bg.wasm -o ../{OUT}/thalweg.wasm");
    let shrink = format!("binaryen/bin/wasm-opt {SHRINKING} {FEATURES} {files}");
    run(&mut node(&shrink))
}

/// Returns the target folder. It differs from that of other targets, because the standard library is compiled too.
fn target_folder() -> PathBuf {
    root().join("target/wasm")
}

fn compiler() -> Result<Command> {
    let build = format!("build -p thalweg-wasm --profile wasm --target {TARGET}");
    let mut command = cargo(&build);
    command.env("CARGO_TARGET_DIR", target_folder());
    // Only instructions that all supported browsers have. `wasm-opt` gets the same list.
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
        // The locations of panics would contain paths of this machine.
        flags.push_str(" -Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort");
    }
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    Ok(command)
}

/// Writes the JavaScript bindings.
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

/// Starts this program with the feature `app`. Other builds omit the feature because its dependencies are large.
#[cfg(not(feature = "app"))]
pub(super) fn bind() -> Result<()> {
    run(&mut cargo(
        "run --quiet -p xtask --features app -- app --bind",
    ))
}
