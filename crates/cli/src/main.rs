//! `thalweg`: runs experiments, writes figures, traces and tables.
//!
//! The only crate that reads files, writes files and prints.

mod args;
mod commands;
mod digest;
mod failure;
mod input;
mod interrupt;
mod npy;
mod output;
mod output_file;
mod progress;
mod recipe;
mod save_data;
mod table;
mod terminal;
mod tiles;

use clap::{CommandFactory as _, FromArgMatches as _, error::ErrorKind};
use failure::Failure;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut command = args::Args::command();
    let matches = match command.try_get_matches_from_mut(std::env::args_os()) {
        Ok(matches) => matches,
        Err(error) => return tell(&error),
    };
    let args = match args::Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => return tell(&error),
    };
    let recipe = recipe::Recipe::given(&command, &matches);
    match commands::run(args.command, &recipe) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Tells the help that was asked for, or what is wrong with the arguments.
fn tell(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::InvalidUtf8
        && let Some(failure) = no_text()
    {
        return failure.report();
    }
    let told = error.print().and_then(|()| io::stdout().flush());
    match told {
        // Help that could not be written is a failure as any other output's is.
        Err(error_of_output) if !error.use_stderr() => {
            Failure::standard_output(error_of_output).report()
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

/// Which argument is no text.
fn no_text() -> Option<Failure> {
    let words: Vec<_> = std::env::args_os().collect();
    let at = words.iter().position(|word| word.to_str().is_none())?;
    let word = words[at].to_string_lossy();
    let before = words[..at].last().and_then(|word| word.to_str());
    let message = match before {
        Some(flag) if flag.starts_with('-') => format!("{flag} {word} is no UTF-8 text"),
        _ => format!("{word} is no UTF-8 text"),
    };
    Some(Failure::usage(
        message,
        "a pick is text, the names of files in it, too: give the file another name",
    ))
}
