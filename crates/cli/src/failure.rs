//! What can go wrong, how it is told, and the exit status: 1 could not, 2 wrong input, 130 interrupted.

use crate::output;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::{
    fmt,
    io::{self, IsTerminal as _},
    ops::Range,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong: a pick, a number, a data file.
    Input(thalweg::Error),
    /// The arguments are wrong together, or name a place that cannot be used.
    Usage {
        message: String,
        help: Option<String>,
    },
    /// A file could not be read or written.
    File {
        what: &'static str,
        path: PathBuf,
        error: io::Error,
    },
    /// A picture could not be made.
    Picture(thalweg_plot::Error),
    /// Standard output is closed: whoever reads it has seen enough.
    NobodyReads,
    /// Ctrl-C.
    Interrupted,
}

pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn usage(message: impl Into<String>, help: &str) -> Self {
        Self::Usage {
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
        }
    }

    pub(crate) fn file(what: &'static str, path: &Path, error: io::Error) -> Self {
        Self::File {
            what,
            path: path.to_owned(),
            error,
        }
    }

    pub(crate) fn standard_output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::file("write", Path::new("standard output"), error),
        }
    }

    /// The pick and the part of it that is wrong; none where the pick is empty, or where it is the data file that is wrong.
    fn place(&self) -> Option<(&String, &Range<usize>)> {
        match self {
            Self::Input(thalweg::Error::In { text, span, error }) => {
                let in_file = matches!(**error, thalweg::Error::Table { .. });
                (!in_file && !text.is_empty()).then_some((text, span))
            }
            _ => None,
        }
    }

    /// Tells the failure on standard error.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Self::NobodyReads) {
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
        match handler.render_report(&mut words, self) {
            Ok(()) => output::say(format_args!("{}\n", words.trim())),
            Err(_) => output::say(format_args!("error: {self}\n")),
        }
        match self {
            Self::File { .. } | Self::Picture(_) => ExitCode::from(1),
            Self::Interrupted => ExitCode::from(130),
            _ => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(out, "{error}"),
            Self::Usage { message, .. } => out.write_str(message),
            Self::File { what, path, error } => {
                write!(
                    out,
                    "could not {what} {}: {}",
                    path.display(),
                    reason(error)
                )
            }
            Self::Picture(error) => write!(out, "{error}"),
            Self::NobodyReads => out.write_str("nobody reads the output"),
            Self::Interrupted => out.write_str("interrupted"),
        }
    }
}

/// What the system said, without the name that the unfinished file has, which nobody gave.
pub(crate) fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    match words.split_once(" at path \"") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}

impl std::error::Error for Failure {}

impl From<thalweg::Error> for Failure {
    fn from(error: thalweg::Error) -> Self {
        Self::Input(error)
    }
}

impl From<thalweg_plot::Error> for Failure {
    fn from(error: thalweg_plot::Error) -> Self {
        Self::Picture(error)
    }
}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = match self {
            Self::Input(error) => error.help(),
            Self::Usage { help, .. } => help.clone(),
            _ => None,
        };
        help.map(|words| Box::new(words) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place().map(|(text, _)| text as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span) = self.place()?;
        let label = LabeledSpan::at(span.clone(), "here");
        Some(Box::new(std::iter::once(label)))
    }
}
