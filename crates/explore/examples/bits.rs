//! Prints experiments and a hash of their runs. The WebAssembly of the page must produce the same hashes.
//!
//! A line contains an address, the names of the channels of its run separated by commas, and the hash.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use thalweg::{optimizers, problems};
use thalweg_explore::{address::Address, session::Session};

fn main() -> Result<(), thalweg::Error> {
    let skipped = ["csv", "formula", "image"];
    let ids = problems::REGISTRY.abouts().map(|about| &*about.id);
    let ids = ids.filter(|id| !skipped.contains(id));
    let more = [
        "formula:x%5E2+9*sin(y)%5E2",
        "mlp:data=moons,layers=2-4-1",
        "perceptron:data=blobs",
    ];
    for on in ids.chain(more) {
        for optimizer in optimizers::REGISTRY.abouts() {
            let text = format!("on={on}&with={}&epochs=60", optimizer.id);
            let address: Address = text.parse()?;
            // Some optimizers require a capability that a problem does not have.
            let Ok(mut session) = Session::new(&address, &[]) else {
                continue;
            };
            session.advance(u64::MAX);
            let trace = &session.traces()[0];
            let mut hash = Sha256::new();
            let mut add = |v: f64| {
                // The bits of a NaN are not specified, so every NaN is hashed alike.
                let v = if v.is_nan() { f64::NAN } else { v };
                hash.update(v.to_le_bytes());
            };
            trace.weights.iter().copied().for_each(&mut add);
            trace.losses.iter().copied().for_each(&mut add);
            trace
                .calls
                .iter()
                .for_each(|calls| add(calls.evaluations() as f64));
            let mut names = Vec::new();
            for series in &trace.inner {
                names.push(&*series.channel.name);
                series.numbers.iter().copied().for_each(&mut add);
            }
            let mut hex = String::new();
            for byte in hash.finalize() {
                // Writing to a string cannot fail.
                let _ = write!(hex, "{byte:02x}");
            }
            println!("{text} {} {hex}", names.join(","));
        }
    }
    Ok(())
}
