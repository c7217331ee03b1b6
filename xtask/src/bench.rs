//! `cargo xtask bench`: time and memory beside the limits and beside what others need.
//!
//! It shows, and never fails for being slow: machines differ, so look at the ratios.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::process::Stdio;

use crate::measure;
use crate::process::{self, cargo};
use crate::{Failure, Result};

/// Runs of a whole process, after one to warm up.
const RUNS: usize = 7;
/// The peers of the inner loops, in Python.
const PEERS: &str = include_str!("bench/peers.py");

/// One line of the table.
struct Row {
    what: &'static str,
    unit: &'static str,
    /// Least and median.
    found: [f64; 2],
    limit: f64,
    peer: Peer,
}

/// What someone else needs for the same.
struct Peer {
    name: &'static str,
    /// On the machine where the limits were set.
    stated: f64,
    /// In this run, if the peer is installed.
    measured: Option<f64>,
}

/// Prints the table.
pub(crate) fn run(arguments: &[String]) -> Result {
    if let Some(argument) = arguments.first() {
        return Err(Failure(format!(
            "`{argument}` is not understood: cargo xtask bench takes no arguments"
        )));
    }
    let release = ["build", "--release", "--quiet", "-p"];
    process::run(&mut cargo(
        &[&release[..], &["thalweg-gallery", "--examples"]].concat(),
    ))?;
    process::run(&mut cargo(&[&release[..], &["thalweg-cli"]].concat()))?;
    let mut rows = whole_processes()?;
    rows.extend(inner_loops()?);
    show(&rows);
    Ok(())
}

/// Where cargo puts what it builds in release.
fn release_folder() -> Result<PathBuf> {
    let program = env::current_exe().map_err(|e| Failure(format!("where am I? {e}")))?;
    // This program lies in target/PROFILE.
    let target = program
        .ancestors()
        .nth(2)
        .map(|target| target.join("release"));
    target.ok_or_else(|| Failure("this program does not lie in a target folder".to_owned()))
}

fn whole_processes() -> Result<Vec<Row>> {
    let (release, scratch) = (release_folder()?, env::temp_dir());
    let scratch = scratch.join(format!("thalweg-bench-{}", std::process::id()));
    let cannot = |e| Failure(format!("cannot write to {}: {e}", scratch.display()));
    std::fs::create_dir_all(&scratch).map_err(cannot)?;
    let measure = |program: PathBuf, arguments: &[&str]| {
        let mut command = process::tool(program, arguments);
        measure::child_repeatedly(RUNS, command.stdout(Stdio::null()))
    };
    let (png, out) = (scratch.join("figure.png"), scratch.join("article"));
    let (png, out) = (png.to_string_lossy(), out.to_string_lossy());
    let (figure, figure_mib) = measure(release.join("examples/one_figure"), &[&png])?;
    let (article, article_mib) = measure(release.join("thalweg"), &["article", "--out", &out])?;
    std::fs::remove_dir_all(&scratch).map_err(cannot)?;

    let seconds = |times: &measure::Times| [times.min(), times.median()].map(|t| t.as_secs_f64());
    let row = |what, unit, found, limit, name, stated| Row {
        what,
        unit,
        found,
        limit,
        peer: Peer {
            name,
            stated,
            measured: None,
        },
    };
    let matplotlib = "numpy + matplotlib";
    Ok(vec![
        row(
            "one figure, 800 x 600 PNG, whole process",
            "s",
            seconds(&figure),
            0.10,
            matplotlib,
            0.999,
        ),
        row(
            "its peak memory",
            "MiB",
            [figure_mib; 2],
            40.0,
            matplotlib,
            112.0,
        ),
        row(
            "the whole article, two cores",
            "s",
            seconds(&article),
            2.0,
            "",
            f64::NAN,
        ),
        row(
            "its peak memory",
            "MiB",
            [article_mib; 2],
            150.0,
            "",
            f64::NAN,
        ),
    ])
}

fn inner_loops() -> Result<Vec<Row>> {
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
    let system = find("exp-of-the-system", 1.0)?[1];
    Ok(vec![
        Row {
            what: "error grid 1000 x 1000, one core, a point",
            unit: "ns",
            found: find("grid", 1.0)?,
            limit: if has_avx512() { 6.0 } else { 11.0 },
            peer: peer("numpy", "grid", 18.9, 1.0),
        },
        Row {
            what: "20 filled bands on 1000 x 1000",
            unit: "ms",
            found: find("bands", 1e-6)?,
            limit: 25.0,
            peer: peer("contourpy", "bands", 53.0, 1e-6),
        },
        Row {
            what: "map of 200 x 200 starts, one core, an epoch",
            unit: "ns",
            found: find("map", 1.0)?,
            limit: if has_avx512() { 12.0 } else { 21.0 },
            peer: peer("numpy", "map", 69.5, 1.0),
        },
        Row {
            what: "exp, one number at a time",
            unit: "ns",
            found: find("exp", 1.0)?,
            limit: f64::NAN,
            peer: Peer {
                name: "the system's exp",
                stated: f64::NAN,
                measured: Some(system),
            },
        },
    ])
}

/// Whether the grid's limit is the one for 512-bit registers.
fn has_avx512() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx512f");
    #[cfg(not(target_arch = "x86_64"))]
    false
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

fn show(rows: &[Row]) {
    println!(
        "{:<44} {:>10} {:>10} {:>8}   peer",
        "", "least", "median", "limit"
    );
    for row in rows {
        let [least, median] = row.found.map(|v| format!("{v:.3}"));
        let limit = match row.limit {
            limit if limit.is_nan() => String::new(),
            limit => limit.to_string(),
        };
        let verdict = if row.found[1] > row.limit {
            " over"
        } else {
            ""
        };
        println!(
            "{:<44} {least:>10} {median:>10} {limit:>8} {}{verdict}{}",
            row.what,
            row.unit,
            beside(row)
        );
    }
}

/// The peer's figure and the ratio to it, if there is a peer.
fn beside(row: &Row) -> String {
    let peer = &row.peer;
    let (figure, whence) = match peer.measured {
        Some(measured) => (measured, "in this run"),
        None => (peer.stated, "stated"),
    };
    if peer.name.is_empty() || figure.is_nan() {
        return String::new();
    }
    let ratio = figure / row.found[1];
    format!(
        "   {} {figure:.3} ({whence}), {ratio:.1} times ours",
        peer.name
    )
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
