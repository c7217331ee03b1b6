//! `cargo xtask test`: every check and test of the project, one step after the other.

mod crates;
mod format;
mod language;
mod licenses;
mod spelling;
mod structure;
mod text;

use crate::{
    app, choices, codegen, measure,
    process::{self, cargo},
};
use anyhow::{Result, bail, ensure};
use std::time::Duration;

/// One part of the test that can be run alone.
struct TestStep {
    name: &'static str,
    summary: &'static str,
    /// How to install what it needs beside Rust, where that is missing: it is skipped then.
    missing: fn() -> Option<String>,
    run: fn() -> Result<()>,
}

/// Makes the table: the name and summary of each step, its function, and the function that names what to install.
macro_rules! steps {
    ($($name:literal $summary:literal => $run:expr, $missing:expr;)*) => {
        /// Every step. Cheap ones stand first, except where a later one reuses what was built; the tests
        /// stand last, so that the test runner's closing line closes the output.
        const STEPS: &[TestStep] = &[$(TestStep {
            name: $name,
            summary: $summary,
            missing: $missing,
            run: $run,
        }),*];
    };
}

/// A step that needs nothing beside Rust.
const NOTHING: fn() -> Option<String> = || None;

steps! {
    "fmt" "every Rust file is formatted" => format::run, NOTHING;
    "clippy" "the compiler and clippy have nothing to say" => clippy, NOTHING;
    "doc" "the documentation builds without warnings" => doc, NOTHING;
    "licenses" "every crate that is used has a license that is allowed" => licenses::run, NOTHING;
    "crates" "every dependency states its reason in Cargo.toml" => crates::run, NOTHING;
    "text" "no machine's paths or hosts, no stray white space" => text::run, NOTHING;
    "structure" "imports between the folders of a crate point one way, no folder is crowded"
        => structure::run, NOTHING;
    "generated" "what is generated is what would be generated" => codegen::check, NOTHING;
    "page" "the page was made from the sources as they are" => app::check, NOTHING;
    "browser" "the committed page works in a browser" => app::browser::test, app::browser::missing;
    "spelling" "no spelling mistakes" => spelling::run, spelling::missing;
    "test" "examples in the documentation, then unit and integration tests" => tests, NOTHING;
}

/// The step after which nothing more is printed.
const TESTS: &str = "test";

const USAGE: &str = "cargo xtask test [--list] [--only STEP]... [--skip STEP]...";

/// Runs the chosen steps and stops at the first that fails.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let given = |flags: &[&str]| arguments.iter().any(|given| flags.contains(&&**given));
    if given(&["--help", "-h"]) {
        println!("{USAGE}\n");
    }
    if given(&["--help", "-h", "--list"]) {
        for step in STEPS {
            println!("  {:<9} {}", step.name, step.summary);
        }
        return Ok(());
    }
    let steps = parse(arguments)?;
    let mut skipped = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let TestStep { name, summary, .. } = step;
        if let Some(how) = (step.missing)() {
            skipped.push(format!("SKIPPED: {name} ({how})"));
            continue;
        }
        println!("==> [{}/{}] {name}: {summary}", i + 1, steps.len());
        let start = measure::start_instant();
        let result = (step.run)();
        let took = seconds(start.elapsed());
        if let Err(failure) = result {
            bail!(
                "step `{name}` failed after {took}: {failure:#}\n       run it alone: cargo xtask test --only {name}"
            );
        }
        if *name != TESTS {
            println!("    {name} passed in {took}");
        }
    }
    for line in skipped {
        println!("{line}");
    }
    Ok(())
}

/// The steps to run.
fn parse(arguments: &[String]) -> Result<Vec<&'static TestStep>> {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    let chosen = choices(arguments, &["--only", "--skip"], "step", &names, USAGE)?;
    let has_only = chosen.iter().any(|(flag, _)| *flag == "--only");
    let is_run = |step: &&TestStep| {
        let is = |flag| chosen.contains(&(flag, step.name));
        (!has_only || is("--only")) && !is("--skip")
    };
    let steps: Vec<&TestStep> = STEPS.iter().filter(is_run).collect();
    ensure!(
        !steps.is_empty(),
        "no step is left to run: --skip names all that --only does"
    );
    Ok(steps)
}

/// Seconds as people read them.
fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn clippy() -> Result<()> {
    process::run(&mut cargo(
        "clippy --workspace --all-targets -- -D warnings",
    ))
}

fn doc() -> Result<()> {
    process::run(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))
}

/// Nextest runs no examples of the documentation, so those have a run of their own, before it.
fn tests() -> Result<()> {
    process::run(&mut cargo("test --workspace --doc --no-fail-fast"))?;
    let has_nextest = process::output_if_successful(&mut cargo("nextest --version")).is_some();
    process::run(&mut cargo(if has_nextest {
        "nextest run --workspace --no-fail-fast"
    } else {
        // Among the targets that `--tests` chooses are the libraries' and programs' own tests.
        "test --workspace --tests --no-fail-fast"
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(line: &str) -> Result<String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let steps = parse(&arguments)?;
        Ok(steps
            .iter()
            .map(|step| step.name)
            .collect::<Vec<_>>()
            .join(" "))
    }

    #[test]
    fn steps_are_chosen_in_their_own_order() {
        assert_eq!(chosen("").unwrap().split(' ').count(), STEPS.len());
        assert_eq!(chosen("--only test --only=fmt").unwrap(), "fmt test");
        assert!(!chosen("--skip spelling").unwrap().contains("spelling"));
    }

    #[test]
    fn wrong_arguments_are_named() {
        let message = |line| chosen(line).unwrap_err().to_string();
        assert!(
            message("--only tests").starts_with("there is no step `tests`; the steps are fmt,")
        );
        assert!(message("--only").starts_with("--only needs the name of a step"));
        assert!(message("--fast").starts_with("`--fast` is not understood"));
        assert!(message("--only fmt --skip fmt").starts_with("no step is left"));
    }

    #[test]
    fn tests_are_last() {
        assert_eq!(STEPS.last().unwrap().name, TESTS);
    }
}
