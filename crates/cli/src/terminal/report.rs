//! Reports failures and returns the exit status.

use crate::{
    args::usage_error,
    failure::Failure,
    terminal::{
        print::{print_report, print_stderr},
        printed_failure::PrintedFailure,
    },
};
use clap::error::{ContextKind, ContextValue};
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
};
use thalweg::error::shortened;

/// Prints a failure to standard error and returns the exit status.
pub(crate) fn report(failure: &Failure) -> ExitCode {
    if matches!(failure, Failure::OutputClosed) {
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
    let mut text = String::new();
    let printed = PrintedFailure::from(failure);
    match handler.render_report(&mut text, &printed) {
        Ok(()) => print_report(&format!("{}\n", text.trim())),
        Err(_) => print_stderr(format_args!("error: {printed}\n")),
    }
    ExitCode::from(failure.status())
}

/// Prints the requested help, or the error in the arguments, and returns the exit status.
pub(crate) fn report_args(mut error: clap::Error) -> ExitCode {
    if let Some(failure) = usage_error::failure(&error) {
        return report(&failure);
    }
    // Clap suggests `--` before a value that looks like a flag, but no argument of this program starts with a dash.
    error.remove(ContextKind::Suggested);
    quote_in_part(&mut error);
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        // A failed write of the help is reported like that of any other output.
        Err(error_of_output) if !error.use_stderr() => {
            report(&Failure::standard_output(error_of_output))
        }
        _ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
    }
}

/// Shortens the given values in clap's message and escapes their control characters.
fn quote_in_part(error: &mut clap::Error) {
    const MAX_CHARS: usize = 60;
    let given = [
        ContextKind::InvalidValue,
        ContextKind::InvalidArg,
        ContextKind::InvalidSubcommand,
    ];
    for kind in given {
        if let Some(ContextValue::String(text)) = error.get(kind) {
            let text = shortened(text, MAX_CHARS);
            error.insert(kind, ContextValue::String(text));
        }
    }
}
