//! `thalweg`: runs experiments, writes figures, traces and tables.
//!
//! The only crate that reads files, writes files and prints.

mod args;
mod commands;
mod failure;
mod input;
mod interrupt;
mod npy;
mod output;
mod output_file;
mod progress;
mod table;
mod tiles;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(args.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
