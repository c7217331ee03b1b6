//! The commands, one per file.

pub(crate) mod animate;
mod article;
mod benchmark;
pub(crate) mod compare;
pub(crate) mod draw;
pub(crate) mod explore;
mod export;
mod list;
pub(crate) mod map;
mod redraw;
mod show;
mod sweep;
pub(crate) mod train;

pub use benchmark::check_benchmark;
pub use redraw::check_recipe;
pub use sweep::check_sweep;
pub(crate) use sweep::sweep_fields;

use crate::{
    args::{Args, Command},
    failure::Result,
    output::Recipe,
    terminal,
};
use clap::CommandFactory as _;

/// Runs a command. The recipe is embedded in the pictures.
pub(crate) fn run(command: Command, recipe: &Recipe) -> Result {
    match command {
        Command::Article { out } => article::run(&out, recipe),
        Command::Train(args) => train::run(&args, recipe),
        Command::Benchmark(args) => benchmark::run(&args),
        Command::Compare(args) => compare::run(&args, recipe),
        Command::Draw(args) => draw::run(&args, recipe),
        Command::Animate(args) => animate::run(&args, recipe),
        Command::Map { kind } => map::run(&kind, recipe),
        Command::Redraw { file, output } => {
            let (command, recipe) = redraw::recipe_command(&file, output.as_deref())?;
            run(command, &recipe)
        }
        Command::Recipe { file } => redraw::print_recipe(&file),
        Command::Explore(args) => explore::run(&args),
        Command::Export(args) => export::run(&args),
        Command::List { kind, json } => list::run(kind.as_deref(), json),
        Command::Show { id } => show::run(&id),
        Command::Sweep(args) => sweep::run(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "thalweg", &mut script);
            terminal::print(String::from_utf8_lossy(&script))
        }
    }
}
