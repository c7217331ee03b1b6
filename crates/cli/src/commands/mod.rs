//! One file a command.

mod article;
mod draw;
mod list;
mod map;
mod show;
mod sweep;
mod train;

use crate::{
    args::{Args, Command},
    failure::Result,
    output,
};
use clap::CommandFactory as _;

/// Does what was asked.
pub(crate) fn run(command: Command) -> Result {
    match command {
        Command::Article { out } => article::run(&out),
        Command::Train(args) => train::run(&args),
        Command::Draw(args) => draw::run(&args),
        Command::Map { kind } => map::run(&kind),
        Command::List { kind, json } => list::run(kind, json),
        Command::Show { id } => show::run(&id),
        Command::Sweep(args) => sweep::run(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "thalweg", &mut script);
            output::print(String::from_utf8_lossy(&script))
        }
    }
}
