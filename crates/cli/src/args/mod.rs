//! What can be given on the command line.

pub(crate) mod animate;
pub(crate) mod draw;
pub(crate) mod experiment;
pub(crate) mod explore;
pub(crate) mod map;
pub(crate) mod parse;
pub(crate) mod sweep;
pub(crate) mod terminal;
pub(crate) mod train;
pub(crate) mod usage_error;

use clap::{Parser, Subcommand, builder::PossibleValuesParser};
use std::path::PathBuf;
use thalweg_explore::catalog;

/// Shows how training algorithms move.
#[derive(Parser)]
#[command(name = "thalweg", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  thalweg article
  thalweg train --on article --with momentum:learning_rate=0.3 --with rprop
  thalweg animate --on article --with momentum --with rprop -o race.gif
  thalweg map starts --on article --with momentum --with rprop -o starts.svg --table
  thalweg show rprop";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write every figure, table and trace of the article, and a page that tells its story
    #[command(after_help = "Examples:\n  thalweg article\n  thalweg article --out /tmp/article")]
    Article {
        /// Folder to write to; it is made if it is not there
        #[arg(long, value_name = "DIR", default_value = "article")]
        out: PathBuf,
    },
    /// Train with one optimizer or compare several
    #[command(after_help = train::PICKS)]
    Train(train::TrainArgs),
    /// Draw a figure: paths on the map, one step explained, the loss over epochs ...
    #[command(after_help = draw::DRAWINGS)]
    Draw(Box<draw::DrawArgs>),
    /// Make a picture again from the recipe in its file
    #[command(
        after_help = "Examples:\n  thalweg redraw paths.svg\n  thalweg redraw paths.svg -o again.png"
    )]
    Redraw {
        /// A picture that thalweg drew
        file: PathBuf,
        /// Write to this file [default: the picture's own]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print the command that made a picture
    #[command(after_help = "Example:\n  thalweg recipe paths.svg")]
    Recipe {
        /// A picture that thalweg drew
        file: PathBuf,
    },
    /// Show runs as they go: paths that grow, as GIF, APNG or MP4
    #[command(after_help = animate::ANIMATIONS)]
    Animate(animate::AnimateArgs),
    /// Write a page to play with, one file that needs nothing else, and open it in the browser
    #[command(
        after_help = "Examples:\n  thalweg explore\n  thalweg explore --on rosenbrock --with adam --with rprop -o race.html\n  thalweg explore --window -2,1.2,-2.6,0.6 --figure surface"
    )]
    Explore(explore::ExploreArgs),
    /// Run many experiments into one table: problems x optimizers x settings x starts x seeds
    #[command(after_help = sweep::SWEEPS)]
    Sweep(sweep::SweepArgs),
    /// Map how runs end: from every start, or with every value of a setting
    Map {
        #[command(subcommand)]
        kind: map::MapCommand,
    },
    /// List what there is
    #[command(after_help = "Examples:\n  thalweg list\n  thalweg list optimizers --json")]
    List {
        /// Only this kind
        #[arg(value_parser = PossibleValuesParser::new(catalog::lists().map(|list| list.name)))]
        kind: Option<String>,
        /// All that is known of each entry, as JSON
        #[arg(long)]
        json: bool,
    },
    /// Explain one optimizer, problem, data set, line search, schedule or regularizer
    #[command(after_help = "Examples:\n  thalweg show momentum\n  thalweg show golden-section")]
    Show {
        /// Its id
        id: String,
    },
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  thalweg completions bash > ~/.local/share/bash-completion/completions/thalweg"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    /// What is wrapped by the terminal's width is no command any more.
    #[test]
    fn examples_are_not_wrapped() {
        fn check(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string);
            for line in help.unwrap_or_default().lines() {
                let name = command.get_name();
                assert!(line.chars().count() <= 100, "{name}: {line}");
            }
            command.get_subcommands().for_each(check);
        }
        check(&Args::command());
    }
}
