//! The project's own tasks: `cargo xtask test`, `bench`, `codegen`, `app`, `help`.

mod app;
mod bench;
mod codegen;
mod files;
mod measure;
mod process;
mod test;

use std::fmt;
use std::process::ExitCode;

/// One subcommand of `cargo xtask`.
struct Task {
    name: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> Result,
}

/// Every subcommand, in the order of the help.
const TASKS: &[Task] = &[
    Task {
        name: "test",
        summary: "run every check and test, as CI does (--list, --only STEP, --skip STEP)",
        run: test::run,
    },
    Task {
        name: "bench",
        summary: "measure time and memory beside limits and peers (--only ROW)",
        run: bench::run,
    },
    Task {
        name: "codegen",
        summary: "write the generated files anew (--check only compares)",
        run: codegen::run,
    },
    Task {
        name: "app",
        summary: "build the page app/dist/thalweg.html (--check compares, --test tries it in a browser)",
        run: app::task,
    },
    Task {
        name: "help",
        summary: "show this list",
        run: help,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result {
    let Some((name, rest)) = arguments.split_first() else {
        return help(&[]);
    };
    if matches!(name.as_str(), "-h" | "--help") {
        return help(&[]);
    }
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(rest),
        None => Err(Failure(format!(
            "there is no task `{name}`: `cargo xtask help` lists them"
        ))),
    }
}

/// Prints the tasks. Takes arguments only to look like every other task.
#[expect(clippy::unnecessary_wraps, reason = "has the signature of a task")]
fn help(_arguments: &[String]) -> Result {
    println!("cargo xtask TASK\n");
    for task in TASKS {
        println!("  {:<7} {}", task.name, task.summary);
    }
    Ok(())
}

/// What went wrong, as a sentence that says what to do about it.
#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What every task and step returns.
type Result<T = ()> = std::result::Result<T, Failure>;
