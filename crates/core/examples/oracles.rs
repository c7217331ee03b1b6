//! Prints docs/oracles.md, the table of deviations of each optimizer from other implementations.

use std::{collections::BTreeMap, error::Error};
use thalweg::{catalog::Family, optimizers};

#[path = "../tests/trajectories/mod.rs"]
mod trajectories;

use trajectories::Golden;

const HEAD: &str = "\
# Oracles

Every optimizer is compared with another implementation, row by row, with the same initial point and settings. The table
shows the largest deviation of all weights and losses, relative to the larger of the number and 1. The files are in
`crates/core/tests/golden/trajectories`; `cargo nextest run -p thalweg --test golden` repeats the comparison.

| optimizer | compared with | problem | settings | largest deviation | tolerance |
|---|---|---|---|---|---|
";

const OTHERS: &str = "
The tests of the Python package compare optimizers of torch and optax with those of the catalog in one experiment, up to
1e-10. They were run with torch 1.13.0 of Debian and NumPy 1, with torch 2.15.0 and NumPy 2.4, and with optax 0.2.8 and jax
0.10.2; `cargo xtask test --only python --torch new` repeats those with the current torch.

Separate tests compare the optimizers without a reference trajectory with their definitions:
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut by_id: BTreeMap<String, Vec<Golden>> = BTreeMap::new();
    for golden in Golden::all()? {
        by_id
            .entry(golden.with.id.clone())
            .or_default()
            .push(golden);
    }
    print!("{HEAD}");
    for about in optimizers::REGISTRY.abouts() {
        for golden in by_id.get(&*about.id).into_iter().flatten() {
            let worst = golden.deviation(&golden.with)?;
            println!(
                "| `{}` | {} | {} | `{}` ([rows](../crates/core/tests/golden/trajectories/{}.csv)) | {worst:.1e} | {:.0e} |",
                about.id, golden.library, golden.on, golden.with, golden.name, golden.tolerance
            );
        }
    }
    let ours = optimizers::REGISTRY.abouts();
    let ours = ours.filter(|about| about.family != Some(Family::Recorded));
    let without = ours.map(|about| &*about.id);
    let without: Vec<_> = without
        .filter(|id| !by_id.contains_key(*id))
        .map(|id| format!("`{id}`"))
        .collect();
    println!("{OTHERS}{}.", without.join(", "));
    Ok(())
}
