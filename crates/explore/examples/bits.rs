//! Prints experiments and a hash of all that their runs did, which the page's WebAssembly must repeat to the bit.
//!
//! A line is an address, the names of the channels of its run with commas between, and the hash.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use thalweg::{optimizers, problems};
use thalweg_explore::{address::Address, session::Session};

fn main() -> Result<(), thalweg::Error> {
    let skipped = ["csv", "formula"];
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
            // An optimizer may need what a problem does not have.
            let Ok(mut session) = Session::new(&address, &[]) else {
                continue;
            };
            session.advance(u64::MAX);
            let trace = &session.traces()[0];
            let mut hash = Sha256::new();
            let mut add = |v: f64| {
                // A NaN's bits are not fixed, that it is one is.
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
                // A string takes all that is written into it.
                let _ = write!(hex, "{byte:02x}");
            }
            println!("{text} {} {hex}", names.join(","));
        }
    }
    Ok(())
}
