//! The part of the page that is written in Rust, as WebAssembly with its JavaScript half.

use super::{node, npm_install};
use crate::process::{self, answer, cargo, run, tool};
use crate::{Failure, Result};
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";
/// A compiler that makes WebAssembly, and the sources of its standard library: Debian's.
const RUSTC: &str = "/usr/bin/rustc";
const LIBRARY: &str = "/usr/lib/rustlib/src/rust/library/std/src/lib.rs";
const OUT: &str = "app/generated";

/// Instructions that the compiler may use. Without those for copies and conversions it spells them out, at length.
const INSTRUCTIONS: &[&str] = &[
    "simd128",
    "bulk-memory",
    "nontrapping-fptoint",
    "sign-ext",
    "mutable-globals",
];

/// What makes the result smaller once it is packed. All that `-Oz` does makes the code shorter and the packed code longer:
/// what was inlined and shared is less alike.
const SHRINKING: &[&str] = &[
    "--duplicate-function-elimination",
    "--optimize-instructions",
    "--simplify-locals-nostructure",
    "--reorder-locals",
    "--remove-unused-module-elements",
    "--duplicate-function-elimination",
    "--strip-producers",
    "--strip-debug",
];

/// Compiles the crate and writes both halves to `app/generated`.
pub(super) fn build() -> Result {
    let mut compiler = compiler()?;
    run(&mut compiler)?;
    bind()?;
    npm_install()?;
    let raw = format!("../{OUT}/thalweg_bg.wasm");
    let small = format!("../{OUT}/thalweg.wasm");
    let mut shrink = node("binaryen/bin/wasm-opt", SHRINKING);
    for feature in [
        "simd",
        "bulk-memory",
        "bulk-memory-opt",
        "nontrapping-float-to-int",
        "sign-ext",
        "mutable-globals",
        "reference-types",
        "multivalue",
    ] {
        shrink.arg(format!("--enable-{feature}"));
    }
    run(shrink.args([&raw, "-o", &small]))
}

/// Where its files lie: beside those of other targets, for the standard library is compiled anew.
fn target_folder() -> String {
    process::root()
        .join("target/wasm")
        .to_string_lossy()
        .into_owned()
}

fn compiler() -> Result<Command> {
    let arguments = [
        "build",
        "-p",
        "thalweg-wasm",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ];
    let mut command = cargo(&arguments);
    command.env("CARGO_TARGET_DIR", target_folder());
    // What every browser has, and nothing newer: the tool that shrinks the result is told the same.
    let mut flags = format!("-Ctarget-feature=+{}", INSTRUCTIONS.join(",+"));
    let libdir = answer(&mut tool(
        "rustc",
        &["--print", "target-libdir", "--target", TARGET],
    ));
    if !libdir.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        if !Path::new(RUSTC).is_file() || !Path::new(LIBRARY).is_file() {
            return Err(Failure(format!(
                "there is no compiler for {TARGET}: `rustup target add {TARGET}`, or on Debian `apt-get install \
                 rustc-web rust-web-src lld`"
            )));
        }
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
pub(super) fn bind() -> Result {
    let input = Path::new(&target_folder())
        .join(TARGET)
        .join("wasm/thalweg_wasm.wasm");
    let bound = wasm_bindgen_cli_support::Bindgen::new()
        .input_path(input)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .omit_default_module_path(true)
                .typescript(true)
                .out_name("thalweg")
                .generate(process::root().join(OUT))
        });
    bound.map_err(|e| Failure(format!("wasm-bindgen: {e}")))
}

/// Asks the same program with that feature, which most builds do without: it is large.
#[cfg(not(feature = "app"))]
pub(super) fn bind() -> Result {
    let arguments = [
        "run",
        "--quiet",
        "-p",
        "xtask",
        "--features",
        "app",
        "--",
        "app",
        "--bind",
    ];
    run(&mut cargo(&arguments))
}
