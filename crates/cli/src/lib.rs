//! The program `thalweg`: runs experiments and writes figures, traces, and tables.
//!
//! Only this crate reads files, writes files, and prints. [`run_program`] is the whole program; the other functions are
//! the parsers of its files, for the tests.

mod args;
mod commands;
pub mod embed;
mod failure;
mod output;
mod panic;
mod prelude;
mod runs;
mod terminal;

pub use commands::{check_benchmark, check_recipe, check_sweep};
pub use panic::{exit_after_panic, write_during};

use clap::{CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;

/// Runs the command of these arguments, of which the first is the name of the program, and returns its exit status: 0, 2 for
/// invalid input, 128 + number after a signal, or 1 for other failures.
pub fn run_program(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    exit_after_panic();
    let mut command = args::Args::command();
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Ok((args::Args::from_arg_matches(&matches)?, matches)));
    let (args, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return terminal::report_args(error),
    };
    let recipe = output::Recipe::given(&command, &matches);
    match commands::run(args.command, &recipe) {
        Ok(()) => 0,
        Err(failure) => terminal::report(&failure),
    }
}
