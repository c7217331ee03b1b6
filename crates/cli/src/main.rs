//! Starts the program `thalweg`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(thalweg_cli::run_program(std::env::args_os()))
}
