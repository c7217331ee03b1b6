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

use clap::{CommandFactory as _, FromArgMatches as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut command = args::Args::command();
    let matches = command.get_matches_mut();
    let args = args::Args::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    let recipe = recipe::Recipe::given(&command, &matches);
    match commands::run(args.command, &recipe) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
