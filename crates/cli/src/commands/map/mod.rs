//! `thalweg map`: every start of a window, or every value of a setting.

mod contest;
mod settings;
mod starts;
mod words;

use crate::{args::map::MapCommand, prelude::*};

/// Does what was asked.
pub(crate) fn run(command: &MapCommand, recipe: &Recipe) -> Result {
    match command {
        MapCommand::Starts(args) => starts::run(args, recipe),
        MapCommand::Settings(args) => settings::run(args, recipe),
    }
}
