//! `cargo xtask bench`: time and memory beside the limits and beside what others need.
//!
//! It shows, and never fails for being slow: machines differ, so look at the ratios.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use fearless_simd::Level;

use crate::measure;
use crate::process::{self, cargo};
use crate::{Failure, Result};

/// Runs of a whole process, after one to warm up.
const RUNS: usize = 7;
/// The peers of the inner loops, in Python.
const PEERS: &str = include_str!("bench/peers.py");

/// What `--only` can choose; the first ones are whole processes.
const NAMES: &[&str] = &[
    "figure",
    "article",
    "million-starts",
    "large-map",
    "grid",
    "bands",
    "map",
    "mlp",
    "exp",
];
/// How many of [`NAMES`] are whole processes.
const PROCESSES: usize = 4;
/// Sigmoids of one epoch on the article's problem: one a sample.
const SIGMOIDS: f64 = 6.0;
const USAGE: &str = "cargo xtask bench [--only ROW]...";

/// One line of the table.
struct Row {
    /// One of [`NAMES`].
    name: &'static str,
    what: &'static str,
    unit: &'static str,
    /// Least and median.
    found: [f64; 2],
    limit: f64,
    /// What this machine needs at least, by docs/performance.md; no number where nothing is derived.
    floor: f64,
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
    let chosen = parse(arguments)?;
    let release = ["build", "--release", "--quiet", "-p"];
    process::run(&mut cargo(
        &[&release[..], &["thalweg-gallery", "--examples"]].concat(),
    ))?;
    process::run(&mut cargo(&[&release[..], &["thalweg-cli"]].concat()))?;
    let mut rows = whole_processes(&chosen)?;
    if chosen.iter().any(|name| NAMES[PROCESSES..].contains(name)) {
        rows.extend(inner_loops()?);
    }
    rows.retain(|row| chosen.contains(&row.name));
    println!("instruction set: {}", instruction_set());
    show(&rows);
    Ok(())
}

/// The rows to measure.
fn parse(arguments: &[String]) -> Result<Vec<&'static str>> {
    let mut chosen = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let name = match argument.strip_prefix("--only") {
            Some("") => arguments.next().map(String::as_str),
            Some(value) if value.starts_with('=') => Some(&value[1..]),
            _ => return Err(Failure(format!("`{argument}` is not understood: {USAGE}"))),
        };
        let known = name.and_then(|name| NAMES.iter().find(|known| **known == name));
        chosen.push(*known.ok_or_else(|| {
            let names = NAMES.join(", ");
            match name {
                Some(name) => Failure(format!("there is no row `{name}`; the rows are {names}")),
                None => Failure(format!("--only needs the name of a row: {names}")),
            }
        })?);
    }
    if chosen.is_empty() {
        chosen.extend(NAMES);
    }
    Ok(chosen)
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

fn whole_processes(chosen: &[&str]) -> Result<Vec<Row>> {
    let (release, scratch) = (release_folder()?, env::temp_dir());
    let scratch = scratch.join(format!("thalweg-bench-{}", std::process::id()));
    let cannot = |e| Failure(format!("cannot write to {}: {e}", scratch.display()));
    std::fs::create_dir_all(&scratch).map_err(cannot)?;
    let measure = |program: PathBuf, arguments: &[&str]| {
        let mut command = process::tool(program, arguments);
        measure::child_repeatedly(RUNS, command.stdout(Stdio::null()))
    };
    let mut rows = Vec::new();
    if chosen.contains(&"figure") {
        let png = scratch.join("figure.png");
        let costs = measure(
            release.join("examples/one_figure"),
            &[&png.to_string_lossy()],
        )?;
        expect_size(&png, [800, 600])?;
        rows.extend(process_rows(
            ["figure", "one figure, 800 x 600 PNG, whole process"],
            &costs,
            [0.10, 40.0],
            "numpy + matplotlib",
            [0.999, 112.0],
        ));
    }
    if chosen.contains(&"article") {
        let out = scratch.join("article");
        let arguments = ["article", "--out", &out.to_string_lossy()];
        rows.extend(process_rows(
            ["article", "the whole article, two cores"],
            &measure(release.join("thalweg"), &arguments)?,
            [2.0, 150.0],
            "",
            [f64::NAN; 2],
        ));
    }
    let npy = scratch.join("starts.npy");
    let starts = |size: &str, threads: &str| {
        let file = npy.to_string_lossy();
        let arguments = [
            "map",
            "starts",
            "--on",
            "article",
            "--with",
            "rprop",
            "--size",
            size,
            "--threads",
            threads,
            "-o",
            &file,
        ];
        measure(release.join("thalweg"), &arguments)
    };
    if chosen.contains(&"million-starts") {
        for (what, threads) in [
            ("RPROP from 1000 x 1000 starts, one thread", "1"),
            ("the same, two threads", "2"),
        ] {
            let costs = starts("1000x1000", threads)?;
            let names = ["million-starts", what];
            rows.extend(process_rows(names, &costs, [2.0, 400.0], "", [f64::NAN; 2]));
        }
    }
    if chosen.contains(&"large-map") {
        let costs = starts("4000x4000", "2")?;
        let names = ["large-map", "RPROP from 4000 x 4000 starts, two threads"];
        let limits = [f64::NAN, 400.0];
        rows.extend(process_rows(names, &costs, limits, "", [f64::NAN; 2]));
    }
    std::fs::remove_dir_all(&scratch).map_err(cannot)?;
    Ok(rows)
}

/// Seconds and MiB of a process, two rows: the limits and the peer's figures are in this order too.
fn process_rows(
    [name, what]: [&'static str; 2],
    (times, mib): &(measure::Times, f64),
    limits: [f64; 2],
    peer: &'static str,
    stated: [f64; 2],
) -> [Row; 2] {
    let row = |what, unit, found, i: usize| Row {
        name,
        what,
        unit,
        found,
        limit: limits[i],
        floor: f64::NAN,
        peer: Peer {
            name: peer,
            stated: stated[i],
            measured: None,
        },
    };
    let seconds = [times.min(), times.median()].map(|t| t.as_secs_f64());
    [
        row(what, "s", seconds, 0),
        row("its peak memory", "MiB", [*mib; 2], 1),
    ]
}

/// Fails unless the file is a PNG of this width and height: the row would measure something else.
fn expect_size(path: &Path, size: [u32; 2]) -> Result {
    let bytes = std::fs::read(path).map_err(|e| Failure(format!("no figure was drawn: {e}")))?;
    match png_size(&bytes) {
        Some(found) if found == size => Ok(()),
        found => Err(Failure(format!(
            "the figure must be a PNG of {size:?}, not of {found:?}: mend crates/gallery/examples/one_figure.rs"
        ))),
    }
}

/// Width and height, which every PNG tells right after its signature.
fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some([number(0)?, number(4)?])
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
fn instruction_set() -> String {
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
        let share = match row.floor / row.found[1] {
            share if share.is_nan() => String::new(),
            share => format!("   {:.0}% of what the machine can", 100.0 * share),
        };
        let verdict = if row.found[1] > row.limit {
            " over"
        } else {
            ""
        };
        println!(
            "{:<44} {least:>10} {median:>10} {limit:>8} {}{verdict}{}{share}",
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

    #[test]
    fn rows_are_chosen() {
        let chosen = |line: &str| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            parse(&arguments).map(|names| names.join(" "))
        };
        assert_eq!(chosen("").unwrap(), NAMES.join(" "));
        assert_eq!(chosen("--only map --only=grid").unwrap(), "map grid");
        let message = |line| chosen(line).unwrap_err().0;
        assert!(message("--only maps").starts_with("there is no row `maps`; the rows are figure,"));
        assert!(message("--only").starts_with("--only needs the name of a row"));
        assert!(message("--onlymap").starts_with("`--onlymap` is not understood"));
    }

    #[test]
    fn a_png_tells_its_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 3, 32, 0, 0, 2, 88]);
        assert_eq!(png_size(&png), Some([800, 600]));
        assert_eq!(png_size(&png[..20]), None);
        assert_eq!(png_size(b"<svg>"), None);
    }
}
