//! `cargo xtask bench`: time and memory beside the limits and beside what others need.
//!
//! It shows, and never fails for being slow: machines differ, so look at the ratios.

mod loops;
mod processes;

use crate::{
    app, choices,
    process::{self, cargo},
};
use anyhow::{Context as _, Result};
use loops::LOOPS;
use processes::PROCESSES;
use std::{env, path::PathBuf};

/// Measured only when asked for: its program compiles an encoder in C++.
const ON_REQUEST_ONLY: &str = "video";
const USAGE: &str = "cargo xtask bench [app | --only ROW...]";

/// One line of the table.
struct BenchRow {
    /// What `--only` chooses it by.
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

impl Peer {
    /// Nobody to compare with.
    const NONE: Self = Self {
        name: "",
        stated: f64::NAN,
        measured: None,
    };
}

/// Prints the table.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if arguments == ["app"] {
        return app::browser::bench();
    }
    let chosen = parse(arguments)?;
    let with_video = chosen.contains(&ON_REQUEST_ONLY);
    for package in [
        "thalweg-gallery --examples",
        if with_video {
            "thalweg-cli --features mp4"
        } else {
            "thalweg-cli"
        },
    ] {
        process::run(&mut cargo(&format!("build --release --quiet -p {package}")))?;
    }
    let mut rows = processes::rows(&chosen)?;
    if LOOPS.iter().any(|one| chosen.contains(&one.name)) {
        rows.extend(loops::rows()?);
    }
    rows.retain(|row| chosen.contains(&row.name));
    println!("instruction set: {}", loops::instruction_set());
    show(&rows);
    Ok(())
}

/// All that `--only` can choose.
fn names() -> Vec<&'static str> {
    let processes = PROCESSES.iter().map(|process| process.name);
    let mut names: Vec<_> = processes.chain(LOOPS.iter().map(|one| one.name)).collect();
    names.dedup();
    names
}

/// The rows to measure.
fn parse(arguments: &[String]) -> Result<Vec<&'static str>> {
    let mut names = names();
    let chosen = choices(arguments, &["--only"], "row", &names, USAGE)?;
    if chosen.is_empty() {
        names.retain(|name| *name != ON_REQUEST_ONLY);
        return Ok(names);
    }
    Ok(chosen.into_iter().map(|(_, name)| name).collect())
}

/// Where cargo puts what it builds in release.
fn release_folder() -> Result<PathBuf> {
    let program = env::current_exe().context("where am I?")?;
    // This program lies in target/PROFILE.
    let target = program.ancestors().nth(2);
    let target = target.context("this program does not lie in a target folder")?;
    Ok(target.join("release"))
}

fn show(rows: &[BenchRow]) {
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
            peer_cell(row)
        );
    }
}

/// The peer's figure and the ratio to it, if there is a peer.
fn peer_cell(row: &BenchRow) -> String {
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
    fn rows_are_chosen() {
        let chosen = |line: &str| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            parse(&arguments).map(|names| names.join(" "))
        };
        let all = names().join(" ").replace(" video", "");
        assert_eq!(chosen("").unwrap(), all);
        assert_eq!(chosen("--only map --only=grid").unwrap(), "map grid");
        let message = |line| chosen(line).unwrap_err().to_string();
        assert!(message("--only maps").starts_with("there is no row `maps`; the rows are figure,"));
        assert!(message("--only").starts_with("--only needs the name of a row"));
        assert!(message("--onlymap").starts_with("`--onlymap` is not understood"));
    }
}
