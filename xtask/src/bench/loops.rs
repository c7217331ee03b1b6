//! The inner loops, timed by the example `kernels`, and their peers.

use std::collections::BTreeMap;

use fearless_simd::Level;

use super::{Peer, Row, release_folder};
use crate::process;
use crate::{Failure, Result};

/// The peers of the inner loops, in Python.
const PEERS: &str = include_str!("peers.py");

/// Sigmoids of one epoch on the article's problem: one a sample.
const SIGMOIDS: f64 = 6.0;

/// What the inner loops cost, each beside its peer in Python.
pub(super) fn rows() -> Result<Vec<Row>> {
    let kernels = release_folder()?.join("examples/kernels");
    let ours = table(&process::output(&mut process::tool(kernels, &[]))?);
    let mut python = process::tool("python3", &["-c", PEERS]);
    let peers = process::answer(&mut python)
        .map(|text| table(&text))
        .unwrap_or_default();
    let find = |name: &str, scale: f64| -> Result<[f64; 2]> {
        let found = ours
            .get(name)
            .ok_or_else(|| Failure(format!("kernels did not tell `{name}`")))?;
        Ok(found.map(|v| v * scale))
    };
    let peer = |name, key: &str, stated, scale: f64| Peer {
        name,
        stated,
        measured: peers.get(key).map(|[_, median]| median * scale),
    };
    let [exp, division] = [find("exp-limit", 1.0)?[0], find("division-limit", 1.0)?[0]];
    let system = find("exp-of-the-system", 1.0)?[1];
    Ok(vec![
        Row {
            name: "grid",
            what: "error grid 1000 x 1000, one core, a point",
            unit: "ns",
            found: find("grid", 1.0)?,
            limit: if has_avx512() { 2.5 } else { 11.0 },
            floor: f64::NAN,
            peer: peer("numpy", "grid", 18.9, 1.0),
        },
        Row {
            name: "bands",
            what: "20 filled bands on 1000 x 1000",
            unit: "ms",
            found: find("bands", 1e-6)?,
            limit: 25.0,
            floor: f64::NAN,
            peer: peer("contourpy", "bands", 53.0, 1e-6),
        },
        Row {
            name: "contour-svg",
            what: "a map of 400 x 400 with a path, as SVG",
            unit: "ms",
            found: find("contour-svg", 1e-6)?,
            limit: 25.0,
            floor: f64::NAN,
            peer: Peer::NONE,
        },
        Row {
            name: "surface-svg",
            what: "a surface of 60 x 60 with a path, as SVG",
            unit: "ms",
            found: find("surface-svg", 1e-6)?,
            limit: 30.0,
            floor: f64::NAN,
            peer: Peer::NONE,
        },
        Row {
            name: "map",
            what: "map of 200 x 200 starts, one core, an epoch",
            unit: "ns",
            found: find("map", 1.0)?,
            limit: if has_avx512() { 12.0 } else { 21.0 },
            floor: SIGMOIDS * exp.max(division),
            peer: peer("numpy", "map", 69.5, 1.0),
        },
        Row {
            name: "mlp",
            what: "1000 epochs of a 2-8-8-1 network, one core",
            unit: "ms",
            found: find("mlp", 1e-6)?,
            limit: 25.0,
            floor: f64::NAN,
            peer: peer("numpy", "mlp", 60.8, 1e-6),
        },
        Row {
            name: "exp",
            what: "exp, one number at a time",
            unit: "ns",
            found: find("exp", 1.0)?,
            limit: f64::NAN,
            floor: f64::NAN,
            peer: Peer {
                name: "the system's exp",
                stated: f64::NAN,
                measured: Some(system),
            },
        },
    ])
}

/// What the library chooses on this machine, as `fearless_simd` names it.
pub(super) fn instruction_set() -> String {
    let level = format!("{:?}", Level::new());
    let end = level.find('(').unwrap_or(level.len());
    level[..end].to_owned()
}

/// Whether the limits are those for 512-bit registers. Not every processor that has some is given them.
fn has_avx512() -> bool {
    instruction_set() == "Avx512"
}

/// Lines of a name and two numbers.
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
    fn reads_what_the_kernels_print() {
        let found = table("grid 1.5 2\nnonsense\nbands 3 x\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found["grid"], [1.5, 2.0]);
    }
}
