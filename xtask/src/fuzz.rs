//! `cargo xtask fuzz`: reads millions of damaged inputs with an optimized build. The kinds of inputs are the tests in
//! `crates/cli/tests/fuzz`.

use crate::process::{self, cargo};
use anyhow::{Context as _, Result, bail};

const USAGE: &str = "cargo xtask fuzz [--inputs N] [--seed N] [--only KIND]";

/// The number of inputs of each kind, unless given.
const INPUTS: u32 = 1_250_000;

/// Runs the tests of `crates/cli/tests/fuzz` with many inputs.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (mut inputs, mut seed, mut only) = (INPUTS, 1, "");
    for pair in arguments.chunks(2) {
        let [flag, value] = pair else {
            bail!("`{}` needs a value; usage: {USAGE}", pair[0]);
        };
        let number = || {
            let read = value.parse::<u32>();
            read.with_context(|| format!("{flag} is `{value}`; it must be a whole number"))
        };
        match &**flag {
            "--inputs" => inputs = number()?,
            "--seed" => seed = number()?,
            "--only" => only = value,
            _ => bail!("`{flag}` is not a known argument; usage: {USAGE}"),
        }
    }
    println!("{inputs} inputs of each kind, seed {seed}; a twentieth for command lines");
    let command = format!("test --release --package thalweg-cli --test fuzz {only} -- --nocapture");
    process::run(
        cargo(&command)
            .env("THALWEG_FUZZ_INPUTS", inputs.to_string())
            .env("THALWEG_FUZZ_SEED", seed.to_string()),
    )
}
