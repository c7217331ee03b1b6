//! The failures of commands, their messages, and their exit statuses: 1 system error, 2 invalid input, 128 + number after a
//! signal, so 130 after Ctrl-C.

use miette::Diagnostic;
use std::{
    fmt, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU8, Ordering},
};
use thalweg_plot::PlotError;

/// The number of the signal of Ctrl-C.
pub(crate) const SIGINT: u8 = 2;

/// The number of the last signal that the work has noticed, so that it ends by itself; 0 if there was none.
pub(crate) static NOTICED: AtomicU8 = AtomicU8::new(0);

/// The reason why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library rejected the input: a pick, a number, or a data file.
    Input(thalweg::Error),
    /// A text file given as input is invalid.
    InFile {
        file: String,
        text: String,
        wrong: DescriptionError,
    },
    /// The arguments contradict each other, or name a file that cannot be used.
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
    /// A picture could not be drawn or encoded.
    Picture(PlotError),
    /// The reader of standard output has closed it.
    OutputClosed,
    /// Ctrl-C or another signal that ends the program.
    Interrupted { signal: u8 },
    /// Another failure with advice on how to continue.
    Unfinished { failure: Box<Failure>, help: String },
}

/// A mistake in a text file.
#[derive(Debug)]
pub(crate) struct DescriptionError {
    /// The wrong part of the text in bytes; `None` if something is missing or the mistake has no position.
    pub(crate) span: Option<Range<usize>>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl DescriptionError {
    /// Describes a mistake at one position, without advice.
    pub(crate) fn at(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn with_help(self, help: impl Into<Option<String>>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// Turns the mistake into the failure of the file with this name and text.
    pub(crate) fn in_file(self, file: &str, text: &str) -> Failure {
        Failure::InFile {
            file: file.to_owned(),
            text: text.to_owned(),
            wrong: self,
        }
    }
}

pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

/// Creates the failure of invalid arguments from a format string with its values and, after a `;`, advice.
macro_rules! usage {
    ($message:literal $(, $value:expr)*) => { usage!($message $(, $value)*; "") };
    ($message:literal $(, $value:expr)*; $help:expr) => {
        $crate::failure::Failure::usage(format!($message $(, $value)*), $help)
    };
}

/// Returns early with the failure that `usage!` creates.
macro_rules! refuse {
    ($($failure:tt)*) => { return Err($crate::failure::usage!($($failure)*)) };
}

pub(crate) use {refuse, usage};

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

    /// Adds advice on how to continue.
    pub(crate) fn with_help(self, help: String) -> Self {
        Self::Unfinished {
            failure: Box::new(self),
            help,
        }
    }

    pub(crate) fn standard_output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::file("write", Path::new("standard output"), error),
        }
    }

    /// Returns the input and the span of its wrong part. Returns `None` for an empty pick and for an invalid data file.
    pub(crate) fn input_span(&self) -> Option<(&String, &Range<usize>)> {
        match self {
            Self::Input(thalweg::Error::In { text, span, error }) => {
                let in_file = error.is_in_file();
                (!in_file && !text.is_empty()).then_some((text, span))
            }
            Self::InFile { text, wrong, .. } => Some((text, wrong.span.as_ref()?)),
            _ => None,
        }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            // The requested size is too large, so the input is invalid.
            Self::Picture(PlotError::TooManyPixels { .. }) => 2,
            Self::File { .. } | Self::Picture(_) => 1,
            Self::Interrupted { signal } => 128 + signal,
            Self::Unfinished { failure, .. } => failure.status(),
            _ => 2,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(out, "{error}"),
            Self::InFile { file, text, wrong } => {
                out.write_str(file)?;
                if let Some(span) = &wrong.span {
                    let (line, column) = position(text, span.start);
                    write!(out, ", line {line}, column {column}")?;
                }
                write!(out, ": {}", wrong.message)
            }
            Self::Usage { message, .. } => out.write_str(message),
            Self::File { what, path, error } => {
                let (path, reason) = (path.display(), reason(error));
                write!(out, "could not {what} {path}: {reason}")
            }
            Self::Picture(error) => write!(out, "{error}"),
            Self::OutputClosed => out.write_str("standard output is closed"),
            Self::Interrupted { signal: SIGINT } => out.write_str("interrupted"),
            Self::Interrupted { signal } => write!(out, "ended by the signal {signal}"),
            Self::Unfinished { failure, .. } => write!(out, "{failure}"),
        }
    }
}

/// Returns the line and the column of a byte, both counted from 1. Columns count characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

/// Returns the system's message without the name of the temporary file, which the user did not choose.
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

impl From<PlotError> for Failure {
    fn from(error: PlotError) -> Self {
        match error {
            // Only a signal stops the work of a picture.
            PlotError::Stopped => Self::Interrupted {
                signal: NOTICED.load(Ordering::Relaxed),
            },
            error => Self::Picture(error),
        }
    }
}

impl Diagnostic for Failure {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = match self {
            Self::Input(error) => error.help(),
            Self::Usage { help, .. } => help.clone(),
            Self::InFile { wrong, .. } => wrong.help.clone(),
            Self::Unfinished { help, .. } => Some(help.clone()),
            _ => None,
        };
        help.map(|words| Box::new(words) as Box<dyn fmt::Display>)
    }
}
