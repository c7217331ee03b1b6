//! Command lines given as words, and their errors.

use crate::{
    args::{Args, Command},
    commands::{self, explore::ExplorePage},
    failure::Failure,
    output::{Recipe, temporary},
    terminal::{self, Host},
};
use clap::{CommandFactory as _, FromArgMatches as _};
use std::fmt;
use thalweg_explore::address::Address;

/// Why a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The input is invalid.
    Input,
    /// A file could not be read or written, or another part of the system failed.
    System,
    /// The host interrupted the command.
    Interrupted,
}

/// The error of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    /// Why the command failed.
    pub kind: ErrorKind,
    /// The text that the program prints, with the position of the error but without colors and without `error: `.
    pub text: String,
}

impl CommandError {
    fn new(kind: ErrorKind, text: &str) -> Self {
        let text = text.strip_prefix("error: ").unwrap_or(text);
        let help = "\n\nFor more information, try '--help'.";
        let text = text.strip_suffix(help).unwrap_or(text);
        Self {
            kind,
            text: text.to_owned(),
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl std::error::Error for CommandError {}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        let kind = match (&failure, failure.status()) {
            (Failure::Interrupted { .. }, _) => ErrorKind::Interrupted,
            (_, 1) => ErrorKind::System,
            _ => ErrorKind::Input,
        };
        Self::new(kind, &terminal::failure_text(&failure))
    }
}

impl From<clap::Error> for CommandError {
    fn from(error: clap::Error) -> Self {
        Self::new(ErrorKind::Input, &terminal::usage_error_text(error))
    }
}

impl From<thalweg::Error> for CommandError {
    fn from(error: thalweg::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<thalweg_plot::PlotError> for CommandError {
    fn from(error: thalweg_plot::PlotError) -> Self {
        Failure::from(error).into()
    }
}

/// Calls the function of the host of this thread, if there is one, so that it can check for an interruption.
pub fn poll_host() {
    if let Some(host) = Host::current() {
        host.poll();
    }
}

/// Abandons the work of a host that an interruption did not end in time: deletes its unfinished files. The work can neither
/// create nor finish files any longer.
pub fn abandon(host: &Host) {
    temporary::delete_of(host);
}

/// Runs a command.
///
/// # Errors
/// The words are not a valid command, or the command fails.
pub fn run_command(words: &[String]) -> Result<(), CommandError> {
    let (command, recipe) = parse(words)?;
    Ok(commands::run(command, &recipe)?)
}

/// Returns the interactive page of a command `explore`.
///
/// # Errors
/// The words are not those of a command `explore`, or the experiment is invalid.
pub fn page(words: &[String]) -> Result<ExplorePage, CommandError> {
    let (command, _) = parse(words)?;
    let Command::Explore(args) = command else {
        unreachable!("the words must be those of the command `explore`");
    };
    Ok(commands::explore::page(&args)?)
}

/// Returns the keys and values of the experiment of an address of the page: those of the command `train`. A switch has an
/// empty value.
///
/// # Errors
/// The address is invalid.
pub fn address_pairs(address: &str) -> Result<Vec<(&'static str, String)>, CommandError> {
    let address: Address = address.parse()?;
    Ok(address.experiment_pairs())
}

/// Parses the words of a command line.
pub(super) fn parse(words: &[String]) -> Result<(Command, Recipe), CommandError> {
    let mut command = Args::command();
    let words = ["thalweg"]
        .into_iter()
        .chain(words.iter().map(String::as_str));
    let matches = command.try_get_matches_from_mut(words)?;
    let args = Args::from_arg_matches(&matches)?;
    let recipe = Recipe::given(&command, &matches);
    Ok((args.command, recipe))
}
