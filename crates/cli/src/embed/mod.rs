//! The commands as functions, for a program that embeds this crate, such as the Python package.
//!
//! The arguments are the words of a command line without the program's name, so they have the same meaning and the same
//! errors. What a command prints, and its notes, go to the [`Host`] of the thread.

mod comparison;
mod description;
mod figure;
mod keywords;
mod maps;
mod request;
mod runs;

pub use crate::{
    commands::{
        compare::{ComparedPart, ComparedParts},
        explore::ExplorePage,
    },
    terminal::{Host, WorkProgress},
};
pub use comparison::ComparisonResult;
pub use description::{
    ArgumentDescription, CommandDescription, ValueKind, describe_command, sweep_fields,
};
pub use figure::{DrawnFigure, animate_runs};
pub use keywords::in_keywords;
pub use maps::{FinishedMapResult, SettingsMapResult, StartMapResult};
pub use request::{CommandError, ErrorKind, abandon, address_pairs, page, poll_host, run_command};
pub use runs::{custom_experiment, experiment, file_hashes, record, results, tuned};
