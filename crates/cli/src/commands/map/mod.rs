//! `thalweg map`: maps the results of runs over initial points or over settings.

mod contest;
mod in_memory;
mod settings;
mod starts;
mod summary_text;

pub(crate) use in_memory::{FinishedMap, FinishedSettingsMap, FinishedStartMap};

use crate::{args::map::MapCommand, prelude::*};

/// Runs the command.
pub(crate) fn run(command: &MapCommand, recipe: &Recipe) -> Result {
    match command {
        MapCommand::Starts(args) => starts::run(args, recipe),
        MapCommand::Settings(args) => settings::run(args, recipe),
    }
}
