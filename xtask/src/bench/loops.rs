//! Times the inner loops with the example `kernels`.

use super::BenchRow;
use crate::{
    process::{self, tool},
    programs::profile_folder,
};
use anyhow::{Context as _, Result};
use fearless_simd::Level;
use std::collections::BTreeMap;

/// One inner loop, with the contents of its [`BenchRow`].
pub(super) struct BenchLoop {
    pub(super) name: &'static str,
    what: &'static str,
    /// `ns`, `ms`, or `times` for a ratio.
    unit: &'static str,
    /// The limit with 512-bit registers, and without.
    limits: [f64; 2],
    /// Numbers of sums or products, and of quotients or roots; docs/performance.md derives them. NaN if they are not counted.
    operations: [f64; 2],
}

/// Defines the table: name, description, and unit; the limits; and the numbers of operations.
macro_rules! loops {
    ($($name:literal $what:literal $unit:literal $limits:expr, $operations:expr;)*) => {
        pub(super) const LOOPS: &[BenchLoop] = &[$(BenchLoop {
            name: $name,
            what: $what,
            unit: $unit,
            limits: $limits,
            operations: $operations,
        }),*];
    };
}

const NOT_COUNTED: [f64; 2] = [f64::NAN; 2];

loops! {
    "grid" "error grid 1000 x 1000, one core, per point" "ns" [2.5, 11.0], [42.0, 3.0];
    "bands" "20 filled bands on 1000 x 1000" "ms" [25.0; 2], NOT_COUNTED;
    "contour-svg" "a map of 400 x 400 with a path, as SVG" "ms" [25.0; 2], NOT_COUNTED;
    "surface-svg" "a surface of 60 x 60 with a path, as SVG" "ms" [30.0; 2], NOT_COUNTED;
    "map" "momentum from 200 x 200 starts, one core, per epoch" "ns" [12.0, 21.0], [204.0, 7.0];
    "map-rprop" "RPROP from 200 x 200 starts, one core, per epoch" "ns" [20.0, 35.0], [236.0, 7.0];
    "map-adam" "Adam from 200 x 200 starts, one core, per epoch" "ns" [16.0, 28.0], [220.0, 11.0];
    "rule" "Adam as a rule / built-in, on the map of starts" "times" [2.5; 2], NOT_COUNTED;
    "mlp" "1000 epochs of a 2-8-8-1 network, one core" "ms" [25.0; 2], [506e6, 8e6];
    "forward" "loss of a 64-128-10 network on 1797 samples" "ms" [2.0, 3.0], [41.6e6, 0.27e6];
    "muon" "1000 steps of muon on a 64 x 64 matrix, one core" "ms" [f64::NAN; 2], NOT_COUNTED;
    "exp" "exp, one number at a time" "ns" [f64::NAN; 2], NOT_COUNTED;
}

/// Measures the inner loops.
pub(super) fn rows() -> Result<Vec<BenchRow>> {
    let kernels = profile_folder("release")?.join("examples/kernels");
    let ours = table(&process::output(&mut tool(kernels, ""))?);
    let find = |name: &str| {
        let found = ours.get(name).copied();
        found.with_context(|| format!("the example kernels did not print `{name}`"))
    };
    let [sum, quotient] = [find("arithmetic-limit")?[0], find("division-limit")?[0]];
    let row = |one: &BenchLoop| {
        let scale = if one.unit == "ms" { 1e-6 } else { 1.0 };
        Ok(BenchRow {
            name: one.name,
            what: one.what,
            unit: one.unit,
            found: find(one.name)?.map(|v| v * scale),
            limit: one.limits[usize::from(!has_avx512())],
            floor: scale * (one.operations[0] * sum).max(one.operations[1] * quotient),
        })
    };
    LOOPS.iter().map(row).collect()
}

/// Returns the instruction set that the library uses on this machine, as named by `fearless_simd`.
pub(super) fn instruction_set() -> String {
    let level = format!("{:?}", Level::new());
    let end = level.find('(').unwrap_or(level.len());
    level[..end].to_owned()
}

/// Returns whether the limits for 512-bit registers apply. The library does not use them on every processor that has them.
pub(super) fn has_avx512() -> bool {
    instruction_set() == "Avx512"
}

/// Parses lines of a name and two times.
fn table(text: &str) -> BTreeMap<String, [f64; 2]> {
    let row = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next()?.to_owned();
        let mut number = || words.next()?.parse().ok();
        Some((name, [number()?, number()?]))
    };
    text.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_output_of_the_kernels() {
        let found = table("grid 1.5 2\nnonsense\nbands 3 x\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found["grid"], [1.5, 2.0]);
    }
}
