//! `cargo xtask bench`: time and memory of what the README promises.

use std::process::Stdio;

use crate::Result;
use crate::measure;
use crate::process;

/// Stub: shows both measures on something that every machine has.
pub(crate) fn run(_arguments: &[String]) -> Result {
    let numbers: Vec<u64> = (0..1_000_000).collect();
    let summed = measure::repeat(10, || numbers.iter().sum::<u64>());
    println!("sum of a million integers: {summed}");

    let mut command = process::cargo(&["--version"]);
    let (times, peak_mib) = measure::child_repeatedly(5, command.stdout(Stdio::null()))?;
    println!("cargo --version: {times}, peak {peak_mib:.1} MiB");
    Ok(())
}
