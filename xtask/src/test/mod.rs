//! `cargo xtask test`: runs all checks and tests of the project in steps.

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
    python,
};
use anyhow::{Result, bail, ensure};
use std::time::Duration;

/// One step, which can be run alone.
struct TestStep {
    name: &'static str,
    summary: &'static str,
    /// Returns the command that installs missing tools other than Rust. The step is skipped if a tool is missing.
    missing: fn() -> Option<String>,
    run: fn() -> Result<()>,
}

/// Defines the table: the name, the summary, and the function of each step, and the function that checks its tools.
macro_rules! steps {
    ($($name:literal $summary:literal => $run:expr, $missing:expr;)*) => {
        /// All steps. Fast steps come first, except that a step which reuses a build follows that build. The tests come
        /// last, so that the summary of the test runner ends the output.
        const STEPS: &[TestStep] = &[$(TestStep {
            name: $name,
            summary: $summary,
            missing: $missing,
            run: $run,
        }),*];
    };
}

/// For a step that needs only Rust.
const NOTHING: fn() -> Option<String> = || None;

steps! {
    "fmt" "all Rust files are formatted" => format::run, NOTHING;
    "clippy" "the compiler and clippy report no warnings" => clippy, NOTHING;
    "doc" "the documentation builds without warnings" => doc, NOTHING;
    "licenses" "all dependencies have an allowed license" => licenses::run, NOTHING;
    "crates" "all dependencies have a comment in Cargo.toml" => crates::run, NOTHING;
    "text" "files contain no local paths, registry hosts, or trailing white space" => text::run, NOTHING;
    "structure" "imports between folders have one direction, and no folder is too large"
        => structure::run, NOTHING;
    "generated" "the generated files are up to date" => codegen::check, NOTHING;
    "page" "the page is up to date with its sources" => app::check, NOTHING;
    "browser" "the committed page works in a browser" => app::browser::test, app::browser::missing;
    "engines" "a newcomer's tasks succeed on the committed page in Firefox and WebKit"
        => app::browser::test_engines, app::browser::missing_engines;
    "python" "the Python package works: its wheel in a fresh environment, its types, and its style"
        => python::test, python::missing;
    "notebook" "the widget works in JupyterLab, and notebooks work as static pages"
        => python::test_notebook, python::notebook_missing;
    "torch" "the Python package works with optimizers and gradients of PyTorch"
        => python::test_torch, python::torch_missing;
    "spelling" "no spelling mistakes" => spelling::run, spelling::missing;
    "test" "documentation examples, unit tests, and integration tests pass" => tests, NOTHING;
}

/// An additional step for `--torch new`. CI does not run it, because PyTorch brings gigabytes of libraries for graphics
/// processors.
const NEW_TORCH: TestStep = TestStep {
    name: "new-torch",
    summary: "the Python package works with the current PyTorch of PyPI",
    missing: python::missing,
    run: python::test_new_torch,
};

/// The last step. The summary of the test runner ends the output.
const TESTS: &str = "test";

const USAGE: &str = "cargo xtask test [--list] [--only STEP]... [--skip STEP]... [--torch new]";

/// Runs the selected steps and stops at the first failure.
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
    let (mut arguments, mut additional) = (arguments.to_vec(), None);
    if let Some(at) = arguments
        .windows(2)
        .position(|two| two == ["--torch", "new"])
    {
        arguments.drain(at..at + 2);
        additional = Some(&NEW_TORCH);
    }
    let mut steps = parse(&arguments)?;
    steps.extend(additional);
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

/// Returns the selected steps.
fn parse(arguments: &[String]) -> Result<Vec<&'static TestStep>> {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    // The step `licenses` was once called `licences`.
    let renamed = |argument: &String| argument.replace("licences", "licenses");
    let arguments: Vec<String> = arguments.iter().map(renamed).collect();
    let chosen = choices(&arguments, &["--only", "--skip"], "step", &names, USAGE)?;
    let has_only = chosen.iter().any(|(flag, _)| *flag == "--only");
    let is_run = |step: &&TestStep| {
        let is = |flag| chosen.contains(&(flag, step.name));
        (!has_only || is("--only")) && !is("--skip")
    };
    let steps: Vec<&TestStep> = STEPS.iter().filter(is_run).collect();
    ensure!(
        !steps.is_empty(),
        "no step is left to run: --skip excludes all steps of --only"
    );
    Ok(steps)
}

/// Formats a duration in seconds.
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

/// Runs the documentation examples first, because nextest does not support them.
fn tests() -> Result<()> {
    process::run(&mut cargo("test --workspace --doc --no-fail-fast"))?;
    let has_nextest = process::output_if_successful(&mut cargo("nextest --version")).is_some();
    process::run(&mut cargo(if has_nextest {
        "nextest run --workspace --no-fail-fast"
    } else {
        // `--tests` includes the unit tests of libraries and programs.
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
    fn selected_steps_keep_their_order() {
        assert_eq!(chosen("").unwrap().split(' ').count(), STEPS.len());
        assert_eq!(chosen("--only test --only=fmt").unwrap(), "fmt test");
        assert!(!chosen("--skip spelling").unwrap().contains("spelling"));
        assert_eq!(chosen("--only licences").unwrap(), "licenses");
    }

    #[test]
    fn invalid_arguments_are_reported() {
        let message = |line| chosen(line).unwrap_err().to_string();
        assert!(
            message("--only tests").starts_with("there is no step `tests`; the steps are fmt,")
        );
        assert!(message("--only").starts_with("--only needs the name of a step"));
        assert!(message("--fast").starts_with("`--fast` is not a known argument"));
        assert!(message("--only fmt --skip fmt").starts_with("no step is left"));
    }

    #[test]
    fn the_tests_are_the_last_step() {
        assert_eq!(STEPS.last().unwrap().name, TESTS);
    }
}
