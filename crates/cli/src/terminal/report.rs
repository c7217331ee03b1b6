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
use std::io::{self, IsTerminal as _, Write as _};
use thalweg::error::shortened;

/// Prints a failure to standard error and returns the exit status.
pub(crate) fn report(failure: &Failure) -> u8 {
    if matches!(failure, Failure::OutputClosed) {
        return 0;
    }
    let color =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let theme = match (color, io::stderr().is_terminal()) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    match rendered(failure, theme) {
        Ok(text) => print_report(&format!("{text}\n")),
        Err(printed) => print_stderr(format_args!("error: {printed}\n")),
    }
    failure.status()
}

/// Returns the text of a failure as it is printed to a file, without a final line break.
pub(crate) fn failure_text(failure: &Failure) -> String {
    rendered(failure, GraphicalTheme::none()).unwrap_or_else(|printed| format!("error: {printed}"))
}

fn rendered(failure: &Failure, mut theme: GraphicalTheme) -> Result<String, PrintedFailure> {
    "error:".clone_into(&mut theme.characters.error);
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    let mut text = String::new();
    let printed = PrintedFailure::from(failure);
    match handler.render_report(&mut text, &printed) {
        Ok(()) => Ok(text.trim().to_owned()),
        Err(_) => Err(printed),
    }
}

/// Prints the requested help, or the error in the arguments, and returns the exit status.
pub(crate) fn report_args(mut error: clap::Error) -> u8 {
    if let Some(failure) = usage_error::failure(&error) {
        return report(&failure);
    }
    shorten(&mut error);
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        // A failed write of the help is reported like that of any other output.
        Err(error_of_output) if !error.use_stderr() => {
            report(&Failure::standard_output(error_of_output))
        }
        _ => u8::try_from(error.exit_code()).unwrap_or(2),
    }
}

/// Returns the text of an error in the arguments as it is printed to a file, without a final line break.
pub(crate) fn usage_error_text(mut error: clap::Error) -> String {
    if let Some(failure) = usage_error::failure(&error) {
        return failure_text(&failure);
    }
    shorten(&mut error);
    error.to_string().trim_end().to_owned()
}

fn shorten(error: &mut clap::Error) {
    // Clap suggests `--` before a value that looks like a flag, but no argument of this program starts with a dash.
    error.remove(ContextKind::Suggested);
    quote_in_part(error);
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
