//! Prints how far every optimizer stays from other implementations, as the table of docs/oracles.md.

use std::{collections::BTreeMap, error::Error};
use thalweg::{catalog::Family, optimizers};

#[path = "../tests/trajectories/mod.rs"]
mod trajectories;

use trajectories::Golden;

const HEAD: &str = "\
# Oracles

Every optimizer is compared with another implementation, row by row, from the same start with the same settings. The
largest deviation over all rows of weights and loss is relative to the larger of the number and one. The files are in
`crates/core/tests/golden/trajectories`; `cargo nextest run -p thalweg --test golden` compares them anew.

| optimizer | compared with | problem | ours | largest deviation | accepted |
|---|---|---|---|---|---|
";

const OTHERS: &str = "
Optimizers without a trajectory of another library are held to their definition by tests of their own:
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
