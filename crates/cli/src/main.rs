//! Starts the program `thalweg`.

use std::process::ExitCode;

fn main() -> ExitCode {
    thalweg_cli::run_program()
}
