//! `cargo xtask bench`: time and memory beside the limits and beside what others need.
//!
//! It shows, and never fails for being slow: machines differ, so look at the ratios.

mod loops;
mod processes;

use std::env;
use std::path::PathBuf;

use crate::app;
use crate::process::{self, cargo};
use crate::{Failure, Result};

/// What `--only` can choose; the first ones are whole processes.
const NAMES: &[&str] = &[
    "figure",
    "article",
    "million-starts",
    "large-map",
    "animation",
    "video",
    "grid",
    "bands",
    "contour-svg",
    "surface-svg",
    "map",
    "mlp",
    "exp",
];
/// How many of [`NAMES`] are whole processes.
const PROCESSES: usize = 6;
/// Measured only when asked for: its program compiles an encoder in C++.
const ASKED_FOR: &str = "video";
const USAGE: &str = "cargo xtask bench [app | --only ROW...]";

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

impl Peer {
    /// Nobody to compare with.
    const NONE: Self = Self {
        name: "",
        stated: f64::NAN,
        measured: None,
    };
}

/// Prints the table.
pub(crate) fn run(arguments: &[String]) -> Result {
    if arguments == ["app"] {
        return app::browser::bench();
    }
    let chosen = parse(arguments)?;
    let release = ["build", "--release", "--quiet", "-p"];
    process::run(&mut cargo(
        &[&release[..], &["thalweg-gallery", "--examples"]].concat(),
    ))?;
    let features: &[&str] = if chosen.contains(&ASKED_FOR) {
        &["thalweg-cli", "--features", "mp4"]
    } else {
        &["thalweg-cli"]
    };
    process::run(&mut cargo(&[&release[..], features].concat()))?;
    let mut rows = processes::rows(&chosen)?;
    if chosen.iter().any(|name| NAMES[PROCESSES..].contains(name)) {
        rows.extend(loops::rows()?);
    }
    rows.retain(|row| chosen.contains(&row.name));
    println!("instruction set: {}", loops::instruction_set());
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
        chosen.extend(NAMES.iter().filter(|name| **name != ASKED_FOR));
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
    fn rows_are_chosen() {
        let chosen = |line: &str| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            parse(&arguments).map(|names| names.join(" "))
        };
        let all = NAMES.join(" ").replace(" video", "");
        assert_eq!(chosen("").unwrap(), all);
        assert_eq!(chosen("--only map --only=grid").unwrap(), "map grid");
        let message = |line| chosen(line).unwrap_err().0;
        assert!(message("--only maps").starts_with("there is no row `maps`; the rows are figure,"));
        assert!(message("--only").starts_with("--only needs the name of a row"));
        assert!(message("--onlymap").starts_with("`--onlymap` is not understood"));
    }
}
