//! What can go wrong, how it is told, and the exit status: 1 could not, 2 wrong input, 130 interrupted.

use miette::{Diagnostic, LabeledSpan, SourceCode};
use std::{
    fmt, io,
    ops::Range,
    path::{Path, PathBuf},
};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong: a pick, a number, a data file.
    Input(thalweg::Error),
    /// A text file that was given as input is wrong.
    InFile {
        file: String,
        text: String,
        wrong: DescriptionError,
    },
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
    Picture(thalweg_plot::PlotError),
    /// Standard output is closed: whoever reads it has seen enough.
    NobodyReads,
    /// Ctrl-C.
    Interrupted,
    /// Another failure, after which there is something to do.
    Unfinished { failure: Box<Failure>, help: String },
}

/// What is wrong in a text file.
#[derive(Debug)]
pub(crate) struct DescriptionError {
    /// The part that is wrong, in bytes; none where something is missing, or it is wrong as a whole.
    pub(crate) span: Option<Range<usize>>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl DescriptionError {
    /// Describes what is wrong in one place, without advice.
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

    /// Makes the failure of the file that has this name and text.
    pub(crate) fn in_file(self, file: &str, text: &str) -> Failure {
        Failure::InFile {
            file: file.to_owned(),
            text: text.to_owned(),
            wrong: self,
        }
    }
}

pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

/// Makes the failure of wrong arguments from a message, as `format!` reads it, and, after a `;`, advice.
macro_rules! usage {
    ($message:literal $(, $value:expr)*) => { usage!($message $(, $value)*; "") };
    ($message:literal $(, $value:expr)*; $help:expr) => {
        $crate::failure::Failure::usage(format!($message $(, $value)*), $help)
    };
}

/// Returns the failure that `usage!` makes.
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

    /// The same failure with what to do about it.
    pub(crate) fn with_help(self, help: String) -> Self {
        Self::Unfinished {
            failure: Box::new(self),
            help,
        }
    }

    pub(crate) fn standard_output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::file("write", Path::new("standard output"), error),
        }
    }

    /// The pick and the part of it that is wrong; none where the pick is empty, or where it is the data file that is wrong.
    fn input_span(&self) -> Option<(&String, &Range<usize>)> {
        match self {
            Self::Input(thalweg::Error::In { text, span, error }) => {
                let in_file = matches!(**error, thalweg::Error::Table { .. });
                (!in_file && !text.is_empty()).then_some((text, span))
            }
            Self::InFile { text, wrong, .. } => Some((text, wrong.span.as_ref()?)),
            _ => None,
        }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            // Too large a picture was asked for.
            Self::Picture(thalweg_plot::PlotError::TooManyPixels { .. }) => 2,
            Self::File { .. } | Self::Picture(_) => 1,
            Self::Interrupted => 130,
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
            Self::NobodyReads => out.write_str("nobody reads the output"),
            Self::Interrupted => out.write_str("interrupted"),
            Self::Unfinished { failure, .. } => write!(out, "{failure}"),
        }
    }
}

/// Line and column of a byte, both counted from 1; a column is a character.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
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

impl From<thalweg_plot::PlotError> for Failure {
    fn from(error: thalweg_plot::PlotError) -> Self {
        Self::Picture(error)
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

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.input_span().map(|(text, _)| text as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span) = self.input_span()?;
        let label = LabeledSpan::at(span.clone(), "here");
        Some(Box::new(std::iter::once(label)))
    }
}
