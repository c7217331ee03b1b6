//! `cargo xtask test`: every check and test of the project, one step after the other.

mod crates;
mod format;
mod licences;
mod spelling;
mod structure;
mod text;

use std::time::Duration;

use crate::app;
use crate::codegen;
use crate::measure;
use crate::process::{self, cargo};
use crate::{Failure, Result};

/// One part of the test that can be run alone.
struct Step {
    name: &'static str,
    summary: &'static str,
    /// How to install what it needs beside Rust, where that is missing: it is skipped then.
    missing: fn() -> Option<String>,
    run: fn() -> Result,
}

/// A step that needs nothing beside Rust.
const NOTHING: fn() -> Option<String> = || None;

/// Every step. Cheap ones stand first, except where a later one reuses what was built; the tests
/// stand last, so that the test runner's closing line closes the output.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        summary: "every Rust file is formatted",
        missing: NOTHING,
        run: format::run,
    },
    Step {
        name: "clippy",
        summary: "the compiler and clippy have nothing to say",
        missing: NOTHING,
        run: clippy,
    },
    Step {
        name: "doc",
        summary: "the documentation builds without warnings",
        missing: NOTHING,
        run: doc,
    },
    Step {
        name: "licences",
        summary: "every crate that is used has a licence that is allowed",
        missing: NOTHING,
        run: licences::run,
    },
    Step {
        name: "crates",
        summary: "every dependency states its reason in Cargo.toml",
        missing: NOTHING,
        run: crates::run,
    },
    Step {
        name: "text",
        summary: "no machine's paths or hosts, no stray white space",
        missing: NOTHING,
        run: text::run,
    },
    Step {
        name: "structure",
        summary: "imports between the folders of a crate point one way, no folder is crowded",
        missing: NOTHING,
        run: structure::run,
    },
    Step {
        name: "generated",
        summary: "what is generated is what would be generated",
        missing: NOTHING,
        run: codegen::check,
    },
    Step {
        name: "page",
        summary: "the page was made from the sources as they are",
        missing: NOTHING,
        run: app::check,
    },
    Step {
        name: "browser",
        summary: "the committed page works in a browser",
        missing: app::browser::missing,
        run: app::browser::test,
    },
    Step {
        name: "spelling",
        summary: "no spelling mistakes",
        missing: spelling::missing,
        run: spelling::run,
    },
    Step {
        name: TESTS,
        summary: "examples in the documentation, then unit and integration tests",
        missing: NOTHING,
        run: tests,
    },
];

/// The step after which nothing more is printed.
const TESTS: &str = "test";

const USAGE: &str = "cargo xtask test [--list] [--only STEP]... [--skip STEP]...";

/// Runs the chosen steps and stops at the first that fails.
pub(crate) fn run(arguments: &[String]) -> Result {
    let steps = match parse(arguments)? {
        Request::Help => {
            println!("{USAGE}\n");
            list();
            return Ok(());
        }
        Request::List => {
            list();
            return Ok(());
        }
        Request::Run(steps) => steps,
    };
    let mut skipped = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        if let Some(how) = (step.missing)() {
            skipped.push(format!("SKIPPED: {} ({how})", step.name));
            continue;
        }
        println!(
            "==> [{}/{}] {}: {}",
            i + 1,
            steps.len(),
            step.name,
            step.summary
        );
        let start = measure::now();
        let result = (step.run)();
        let took = seconds(start.elapsed());
        if let Err(failure) = result {
            return Err(Failure(format!(
                "step `{name}` failed after {took}: {failure}\n       run it alone: cargo xtask test --only {name}",
                name = step.name
            )));
        }
        if step.name != TESTS {
            println!("    {} passed in {took}", step.name);
        }
    }
    for line in skipped {
        println!("{line}");
    }
    Ok(())
}

fn list() {
    for step in STEPS {
        println!("  {:<9} {}", step.name, step.summary);
    }
}

/// What the arguments ask for.
enum Request {
    Help,
    List,
    Run(Vec<&'static Step>),
}

fn parse(arguments: &[String]) -> Result<Request> {
    let (mut only, mut skip) = (Vec::new(), Vec::new());
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (argument.as_str(), None),
        };
        let list = match flag {
            "--help" | "-h" => return Ok(Request::Help),
            "--list" => return Ok(Request::List),
            "--only" => &mut only,
            "--skip" => &mut skip,
            _ => return Err(Failure(format!("`{argument}` is not understood: {USAGE}"))),
        };
        let name = match value {
            Some(value) => value,
            None => arguments
                .next()
                .ok_or_else(|| Failure(format!("{flag} needs the name of a step: {}", names())))?,
        };
        if !STEPS.iter().any(|step| step.name == name) {
            return Err(Failure(format!(
                "there is no step `{name}`; the steps are {}",
                names()
            )));
        }
        list.push(name);
    }
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| only.is_empty() || only.contains(&step.name))
        .filter(|step| !skip.contains(&step.name))
        .collect();
    if steps.is_empty() {
        return Err(Failure(
            "no step is left to run: --skip names all that --only does".to_owned(),
        ));
    }
    Ok(Request::Run(steps))
}

fn names() -> String {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    names.join(", ")
}

/// Seconds as people read them.
fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn clippy() -> Result {
    process::run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn doc() -> Result {
    process::run(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Nextest runs no examples of the documentation, so those have a run of their own, before it.
fn tests() -> Result {
    process::run(&mut cargo(&[
        "test",
        "--workspace",
        "--doc",
        "--no-fail-fast",
    ]))?;
    let with_nextest = process::answer(&mut cargo(&["nextest", "--version"])).is_some();
    process::run(&mut if with_nextest {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        // Among the targets that `--tests` chooses are the libraries' and programs' own tests.
        cargo(&["test", "--workspace", "--tests", "--no-fail-fast"])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(line: &str) -> Result<String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        match parse(&arguments)? {
            Request::Run(steps) => {
                let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
                Ok(names.join(" "))
            }
            Request::Help | Request::List => Ok("list".to_owned()),
        }
    }

    #[test]
    fn steps_are_chosen_in_their_own_order() {
        assert_eq!(chosen("").unwrap(), names().replace(',', ""));
        assert_eq!(chosen("--only test --only=fmt").unwrap(), "fmt test");
        assert!(!chosen("--skip spelling").unwrap().contains("spelling"));
        assert_eq!(chosen("--only fmt --list").unwrap(), "list");
    }

    #[test]
    fn wrong_arguments_are_named() {
        let message = |line| chosen(line).unwrap_err().0;
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
