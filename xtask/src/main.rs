//! The development tasks of the project: `cargo xtask test`, `fuzz`, `bench`, `codegen`, `app`, `wheel`, and `help`.

mod app;
mod bench;
mod codegen;
mod files;
mod fuzz;
mod measure;
mod process;
mod programs;
mod python;
mod test;

use anyhow::{Result, bail};
use std::process::ExitCode;

/// One subcommand of `cargo xtask`.
struct Task {
    name: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> Result<()>,
}

/// Defines the table: the name, the summary, and the function of each task.
macro_rules! tasks {
    ($($name:literal $summary:literal => $run:path;)*) => {
        /// Every subcommand, in the order of the help.
        const TASKS: &[Task] = &[$(Task {
            name: $name,
            summary: $summary,
            run: $run,
        }),*];
    };
}

tasks! {
    "test" "runs all checks and tests, like CI (--list, --only STEP, --skip STEP)" => test::run;
    "fuzz" "reads millions of damaged inputs (--inputs N, --seed N, --only KIND)" => fuzz::run;
    "bench" "measures time and memory and compares them with limits and peers (--only ROW, app, or python)" => bench::run;
    "codegen" "writes the generated files (--check only compares them, --only PART)" => codegen::run;
    "app" "builds the page app/dist/thalweg.html (--check compares it with its sources, --test tests it in a browser)" => app::task;
    "wheel" "builds the Python package in target/wheels" => python::wheel;
    "help" "shows this list" => help;
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        return help(&[]);
    };
    let name = match &**name {
        "-h" | "--help" => "help",
        name => name,
    };
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(rest),
        None => bail!("there is no task `{name}`: `cargo xtask help` lists them"),
    }
}

/// Prints the tasks. Ignores its arguments.
#[expect(clippy::unnecessary_wraps, reason = "every task returns a result")]
fn help(_arguments: &[String]) -> Result<()> {
    println!("cargo xtask TASK\n");
    for task in TASKS {
        println!("  {:<7} {}", task.name, task.summary);
    }
    Ok(())
}

/// Parses flags that select one of `names`: `--only NAME` or `--only=NAME`. `what` describes a name in errors.
fn choices<'a>(
    arguments: &'a [String],
    flags: &[&str],
    what: &str,
    names: &[&'static str],
    usage: &str,
) -> Result<Vec<(&'a str, &'static str)>> {
    let mut chosen = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let (flag, value) = match argument.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (argument.as_str(), None),
        };
        if !flags.contains(&flag) {
            bail!("`{argument}` is not a known argument; usage: {usage}");
        }
        let all = names.join(", ");
        let Some(name) = value.or_else(|| arguments.next().map(String::as_str)) else {
            bail!("{flag} needs the name of a {what}; choose one of {all}");
        };
        match names.iter().find(|known| **known == name) {
            Some(known) => chosen.push((flag, *known)),
            None => bail!("there is no {what} `{name}`; the {what}s are {all}"),
        }
    }
    Ok(chosen)
}
