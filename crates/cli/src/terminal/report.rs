//! A failure as it is told, and the exit status.

use crate::{args::usage_error, failure::Failure, terminal::print::print_stderr};
use clap::error::ContextKind;
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
};

/// Tells a failure on standard error; the result is the exit status.
pub(crate) fn report(failure: &Failure) -> ExitCode {
    if matches!(failure, Failure::NobodyReads) {
        return ExitCode::SUCCESS;
    }
    let color =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut theme = match (color, io::stderr().is_terminal()) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    "error:".clone_into(&mut theme.characters.error);
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    let mut words = String::new();
    match handler.render_report(&mut words, failure) {
        Ok(()) => print_stderr(format_args!("{}\n", words.trim())),
        Err(_) => print_stderr(format_args!("error: {failure}\n")),
    }
    ExitCode::from(failure.status())
}

/// Tells the help that was asked for, or what is wrong with the arguments.
pub(crate) fn report_args(mut error: clap::Error) -> ExitCode {
    if let Some(failure) = usage_error::failure(&error) {
        return report(&failure);
    }
    // That it could be told apart from a flag by `--` helps nobody: no value of ours begins so.
    error.remove(ContextKind::Suggested);
    let told = error.print().and_then(|()| io::stdout().flush());
    match told {
        // Help that could not be written is a failure as any other output's is.
        Err(error_of_output) if !error.use_stderr() => {
            report(&Failure::standard_output(error_of_output))
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}
