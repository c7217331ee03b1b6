//! The command-line arguments.

pub(crate) mod animate;
pub(crate) mod benchmark;
pub(crate) mod compare;
pub(crate) mod draw;
pub(crate) mod experiment;
pub(crate) mod explore;
pub(crate) mod export;
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
    /// Reproduces the article on which Thalweg is based: figures, tables, traces, and a page
    #[command(
        after_help = "The article: Y. Shevchuk, Visualize Algorithms based on the Backpropagation, NeuPy, 2015.\n\nExamples:\n  thalweg article\n  thalweg article --out /tmp/article"
    )]
    Article {
        /// Output folder; created if it does not exist
        #[arg(long, value_name = "DIR", default_value = "article")]
        out: PathBuf,
    },
    /// Trains with one optimizer or compares several
    #[command(after_help = train::EXAMPLES)]
    Train(train::TrainArgs),
    /// Compares optimizers by one protocol: tuned alike, at equal budgets, with a test
    #[command(after_help = compare::COMPARISONS)]
    Compare(Box<compare::CompareArgs>),
    /// Compares many optimizers on many problems and scores them, resumable and in shards
    #[command(after_help = benchmark::BENCHMARKS)]
    Benchmark(Box<benchmark::BenchmarkArgs>),
    /// Draws a figure, such as paths on a map, one step, or the loss over the epochs
    #[command(after_help = draw::DRAWINGS)]
    Draw(Box<draw::DrawArgs>),
    /// Redraws a picture with the command that is stored in its file
    #[command(
        after_help = "Examples:\n  thalweg redraw paths.svg\n  thalweg redraw paths.svg -o again.png"
    )]
    Redraw {
        /// A picture drawn by thalweg
        file: PathBuf,
        /// Output file [default: the picture itself]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Prints the command that made a picture
    #[command(after_help = "Example:\n  thalweg recipe paths.svg")]
    Recipe {
        /// A picture drawn by thalweg
        file: PathBuf,
    },
    /// Writes an animation of runs as GIF, APNG, or MP4
    #[command(after_help = animate::ANIMATIONS)]
    Animate(animate::AnimateArgs),
    /// Writes a self-contained interactive page and opens it in the browser
    #[command(
        after_help = "Examples:\n  thalweg explore\n  thalweg explore --on rosenbrock --with adam --with rprop -o race.html\n  thalweg explore --window -2,1.2,-2.6,0.6 --figure surface"
    )]
    Explore(explore::ExploreArgs),
    /// Runs all combinations of problems, optimizers, settings, initial points, and seeds
    #[command(after_help = sweep::description())]
    Sweep(sweep::SweepArgs),
    /// Maps how runs end for many initial points or many settings
    Map {
        #[command(subcommand)]
        kind: map::MapCommand,
    },
    /// Writes a Python script that repeats a run with PyTorch or optax
    #[command(after_help = export::EXAMPLES)]
    Export(export::ExportArgs),
    /// Lists optimizers, problems, figures, and other entries
    #[command(after_help = "Examples:\n  thalweg list\n  thalweg list optimizers --json")]
    List {
        /// The kind to list [default: all]
        #[arg(value_parser = PossibleValuesParser::new(catalog::lists().map(|list| list.name)))]
        kind: Option<String>,
        /// Prints all properties of each entry as JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows one entry: its formula, settings, inner state, and paper
    #[command(after_help = "Examples:\n  thalweg show momentum\n  thalweg show golden-section")]
    Show {
        /// The id of an entry; `thalweg list` lists the ids
        id: String,
    },
    /// Prints the completion script of a shell
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

    /// A wrapped example could not be copied as one command.
    #[test]
    fn examples_fit_into_100_columns() {
        visit(&Args::command(), "thalweg", &mut |command, name| {
            let help = command.get_after_help().map(ToString::to_string);
            for line in help.unwrap_or_default().lines() {
                assert!(line.chars().count() <= 100, "{name}: {line}");
            }
        });
    }

    /// Visits a command and all of its subcommands with their full names.
    fn visit(command: &clap::Command, name: &str, check: &mut impl FnMut(&clap::Command, &str)) {
        check(command, name);
        for inner in command.get_subcommands() {
            visit(inner, &format!("{name} {}", inner.get_name()), check);
        }
    }

    /// Returns the help texts of a command, of its arguments, and of their possible values.
    fn help_texts(command: &clap::Command) -> Vec<String> {
        let about = [command.get_about(), command.get_long_about()];
        let mut texts: Vec<String> = about
            .into_iter()
            .flatten()
            .map(ToString::to_string)
            .collect();
        let after = [command.get_after_help(), command.get_after_long_help()];
        let paragraphs = after.into_iter().flatten().map(ToString::to_string);
        // Examples and tables are not sentences.
        let is_prose = |line: &&str| !line.starts_with(' ') && !line.ends_with(':');
        for text in paragraphs {
            let blocks = text.split("\n\n");
            texts.extend(
                blocks.map(|block| block.lines().filter(is_prose).collect::<Vec<_>>().join(" ")),
            );
        }
        for argument in command.get_arguments() {
            let help = [argument.get_help(), argument.get_long_help()];
            texts.extend(help.into_iter().flatten().map(ToString::to_string));
            let values = argument.get_possible_values();
            texts.extend(
                values
                    .iter()
                    .filter_map(|value| value.get_help().map(ToString::to_string)),
            );
        }
        texts
    }

    #[test]
    fn sentences_of_help_texts_have_at_most_30_words() {
        visit(&Args::command(), "thalweg", &mut |command, name| {
            for text in help_texts(command) {
                // The default in brackets is not part of the sentence. Semicolons separate the items of a list.
                let text = text.replace(" [default", ". [default").replace("; ", ". ");
                for sentence in text.split_inclusive(". ") {
                    let words = sentence.split_whitespace().count();
                    assert!(
                        words <= 30,
                        "`{name} --help` has a sentence of {words} words: {sentence}"
                    );
                }
            }
        });
    }
}
