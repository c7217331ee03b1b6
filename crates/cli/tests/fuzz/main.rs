//! Feeds damaged inputs to everything that reads text or files: no input may cause a panic or take longer than a second.
//!
//! `cargo test` tries a thousand inputs of each kind, always the same ones. `cargo xtask fuzz` compiles this file with
//! optimization and tries millions; it sets the environment variables below.
#![allow(
    clippy::unwrap_used,
    reason = "a test may panic on an unexpected value"
)]

mod commands;
mod damage;
mod seeds;
mod targets;
mod watch;

use damage::damaged;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;
use watch::Watch;

/// The environment variable with the number of inputs of each kind.
const INPUTS: &str = "THALWEG_FUZZ_INPUTS";
/// The environment variable with the seed of the inputs.
const SEED: &str = "THALWEG_FUZZ_SEED";

/// One kind of input.
struct Target {
    name: &'static str,
    /// Valid inputs, which are damaged.
    seeds: fn() -> Vec<Vec<u8>>,
    /// Texts that are inserted, because the parser knows them.
    tokens: &'static [&'static str],
    /// Reads one input and returns whether it was accepted. Errors are expected; panics are not.
    read: fn(&[u8]) -> bool,
    /// The share of the inputs that this kind gets: one of `sparse`.
    sparse: u32,
    /// The longest time in seconds that one input may take.
    seconds: u64,
}

/// Tries the inputs of one kind.
fn fuzz(target: &Target) {
    let number = |name| std::env::var(name).ok()?.parse::<u32>().ok();
    let inputs = number(INPUTS);
    let cases = (inputs.unwrap_or(1_000) / target.sparse).max(1);
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number(SEED).unwrap_or(1).to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        max_shrink_time: 30_000,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    // Only long runs measure time: the tests must not depend on the speed of the machine.
    let watch = inputs.map(|_| Watch::start(target.name, target.seconds));
    let seeds = (target.seeds)();
    let is_refused = |seed: &&Vec<u8>| !(target.read)(seed);
    let refused: Vec<_> = seeds
        .iter()
        .filter(is_refused)
        .map(|seed| seed.escape_ascii().to_string())
        .collect();
    assert!(
        refused.is_empty(),
        "these inputs should be valid: {refused:?}"
    );
    // Reducing an input that panics repeats the panic many times; only the last message is of interest.
    std::panic::set_hook(Box::new(|_| {}));
    let [all, accepted] = [Cell::new(0_u64), Cell::new(0_u64)];
    let outcome = runner.run(&damaged(seeds, target.tokens), |input| {
        let is_accepted = match &watch {
            Some(watch) => watch
                .time(&input, target.read)
                .map_err(TestCaseError::fail)?,
            None => (target.read)(&input),
        };
        all.set(all.get() + 1);
        accepted.set(accepted.get() + u64::from(is_accepted));
        Ok(())
    });
    if let Err(failed) = outcome {
        report(target.name, failed);
    }
    if let Some(watch) = watch {
        println!(
            "{:<13} {:>9} inputs, {:>8} accepted, slowest {:.3} s",
            target.name,
            all.get(),
            accepted.get(),
            watch.slowest()
        );
    }
}

/// Prints the input that failed, reduced to its essential part, and fails.
fn report(name: &str, failed: TestError<Vec<u8>>) -> ! {
    let (why, input) = match failed {
        TestError::Fail(why, input) => (why, input),
        TestError::Abort(why) => (why, Vec::new()),
    };
    let beginning = input[..input.len().min(2_000)].escape_ascii();
    println!("{name}: {why}\ninput, {} bytes: {beginning}", input.len());
    panic!("an input of the kind {name} failed");
}

/// Defines one test for each kind of input.
macro_rules! fuzz {
    ($($name:ident $sparse:literal $seconds:literal;)*) => {$(
        #[test]
        fn $name() {
            fuzz(&Target {
                name: stringify!($name),
                seeds: seeds::$name,
                tokens: seeds::tokens::$name,
                read: targets::$name,
                sparse: $sparse,
                seconds: $seconds,
            });
        }
    )*};
}

fuzz! {
    picks 1 1;
    formulas 1 1;
    tables 1 1;
    records 1 1;
    sweeps 1 1;
    // The values of a million trials are listed before the first run.
    benchmarks 4 10;
    addresses 1 1;
    recipes 1 1;
    // A command may draw dozens of figures.
    command_lines 20 10;
}
