//! `cargo xtask bench`: measures time and memory, and compares them with limits, or with other programs in the same run.
//!
//! Exceeding a limit is not a failure, because machines differ. The ratios are more meaningful.

mod loops;
mod peers;
mod processes;

use crate::{
    app, choices,
    process::{self, cargo},
    python,
};
use anyhow::Result;
use loops::LOOPS;
use processes::PROCESSES;

/// This row is measured only on request, because its program compiles an encoder in C++.
const ON_REQUEST_ONLY: &str = "video";
const USAGE: &str = "cargo xtask bench [app | python | [--peers] [--only ROW...]]";

/// One line of the table.
struct BenchRow {
    /// The name for `--only`.
    name: &'static str,
    what: &'static str,
    unit: &'static str,
    /// Minimum and median.
    found: [f64; 2],
    limit: f64,
    /// Lower bound for this machine according to docs/performance.md; NaN if there is none.
    floor: f64,
}

/// Prints the table.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    match arguments {
        [only] if only == "app" => return app::browser::bench(),
        [only] if only == "python" => return python::bench(),
        _ => {}
    }
    let (peers, rows): (Vec<_>, Vec<_>) = arguments
        .iter()
        .cloned()
        .partition(|word| word == "--peers");
    let chosen = parse(&rows)?;
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
    if !peers.is_empty() {
        return peers::run(&chosen);
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

/// Returns all names for `--only`.
fn names() -> Vec<&'static str> {
    let processes = PROCESSES.iter().map(|process| process.name);
    let mut names: Vec<_> = processes.chain(LOOPS.iter().map(|one| one.name)).collect();
    names.dedup();
    names
}

/// Returns the names of the rows to measure.
fn parse(arguments: &[String]) -> Result<Vec<&'static str>> {
    let mut names = names();
    let chosen = choices(arguments, &["--only"], "row", &names, USAGE)?;
    if chosen.is_empty() {
        names.retain(|name| *name != ON_REQUEST_ONLY);
        return Ok(names);
    }
    Ok(chosen.into_iter().map(|(_, name)| name).collect())
}

fn show(rows: &[BenchRow]) {
    println!(
        "{:<44} {:>10} {:>10} {:>8}",
        "", "minimum", "median", "limit"
    );
    for row in rows {
        let [least, median] = row.found.map(|v| format!("{v:.3}"));
        let limit = match row.limit {
            limit if limit.is_nan() => String::new(),
            limit => limit.to_string(),
        };
        let share = match row.floor / row.found[1] {
            share if share.is_nan() => String::new(),
            share => format!("   {:.0}% of the machine's limit", 100.0 * share),
        };
        let verdict = if row.found[1] > row.limit {
            " exceeded"
        } else {
            ""
        };
        println!(
            "{:<44} {least:>10} {median:>10} {limit:>8} {}{verdict}{share}",
            row.what, row.unit
        );
    }
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
        assert!(message("--onlymap").starts_with("`--onlymap` is not a known argument"));
    }
}
