//! What can be given on the command line.

pub(crate) mod animate;
pub(crate) mod draw;
pub(crate) mod map;
pub(crate) mod sweep;
pub(crate) mod terminal;

use self::terminal::TerminalArgs;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use thalweg::{
    Error,
    experiment::Target,
    field::Window,
    number::whole,
    plane::{CUTS, Cut},
    run::EPOCH_LIMIT,
};

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

const PICKS: &str = "\
A PICK is an id with settings: id:key=value,key=value. `thalweg list` names the ids,
`thalweg show ID` the settings of one.

Examples:
  thalweg train --on article --with gradient-descent:learning_rate=10
  thalweg train --on article --with gradient-descent:search=golden-section,search.tolerance=0.01
  thalweg train --on data.csv --with rprop --start 0,0 --target 0.1 --out result
  thalweg train --on csv:path=data.csv,target=label --with momentum --target none --epochs 500
  thalweg train --on article --with momentum --trace - | head
  thalweg train --on article --with rprop --with recorded:path=torch.csv
  thalweg train --on article --with momentum --batch 2 --shuffle --seed 7 \\
      --target none --epochs 60";

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
    #[command(after_help = PICKS)]
    Train(TrainArgs),
    /// Draw a figure: paths on the map, one step explained, the loss over epochs ...
    #[command(after_help = draw::DRAWINGS)]
    Draw(draw::DrawArgs),
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
    Explore(ExploreArgs),
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
        kind: Option<CatalogKind>,
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

/// An experiment but for its epoch limit: what is run, from where, how far, and what is random.
#[derive(ClapArgs)]
pub(crate) struct ExperimentArgs {
    /// The problem: a pick, or a CSV file with a header, its last column the target
    #[arg(long, value_name = "PICK", default_value = "article")]
    pub(crate) on: String,
    /// An optimizer; give several to compare them
    #[arg(long, value_name = "PICK")]
    pub(crate) with: Vec<String>,
    /// First weights [default: the problem's]
    #[arg(long, value_name = "W1,W2", allow_hyphen_values = true, value_parser = numbers)]
    pub(crate) start: Option<Numbers>,
    /// Loss at which a run is done, or `none` [default: the problem's]
    #[arg(long, value_name = "LOSS", allow_hyphen_values = true, value_parser = goal)]
    pub(crate) target: Option<Goal>,
    /// Samples of a mini-batch; an epoch is then one step on one batch [default: all samples]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = count)]
    pub(crate) batch: Option<u64>,
    /// Take the samples in another order on each pass
    #[arg(long, requires = "batch")]
    pub(crate) shuffle: bool,
    /// Standard deviation of normal noise on each component of each gradient
    #[arg(long, value_name = "SD", default_value_t = 0.0, allow_negative_numbers = true, value_parser = number)]
    pub(crate) gradient_noise: f64,
    /// Fixes all that is random: the order of the samples and the noise
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = count)]
    pub(crate) seed: u64,
}

/// The part of the space of weights that a picture shows.
#[derive(ClapArgs)]
pub(crate) struct ViewArgs {
    /// The part of the plane that a map shows [default: the problem's, grown to hold the paths]
    #[arg(long, value_name = "W1,W1,W2,W2", allow_hyphen_values = true, value_parser = numbers)]
    pub(crate) window: Option<Numbers>,
    #[arg(long, value_name = "PLANE", value_parser = plane,
          help = format!("The plane that is seen of more than two weights: {CUTS}"))]
    pub(crate) plane: Option<Cut>,
}

#[derive(ClapArgs)]
pub(crate) struct TrainArgs {
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    /// Most epochs of a run
    #[arg(long, value_name = "N", default_value_t = EPOCH_LIMIT, allow_negative_numbers = true, value_parser = count)]
    pub(crate) epochs: u64,
    /// Write the trace as CSV to this file, or to standard output for `-`; needs exactly one optimizer
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    /// Write the traces and a map with the paths to this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    #[command(flatten)]
    pub(crate) terminal: TerminalArgs,
}

/// What the page shows at first; without any optimizer the article's five.
#[derive(ClapArgs)]
pub(crate) struct ExploreArgs {
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    /// Most epochs of a run [default: 10000]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = count)]
    pub(crate) epochs: Option<u64>,
    /// The figure beside the map, a pick: `thalweg list figures` names them
    #[arg(long, value_name = "PICK")]
    pub(crate) figure: Option<String>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Write to this file, .html
    #[arg(short, long, value_name = "FILE", default_value = "thalweg.html")]
    pub(crate) output: PathBuf,
}

/// Numbers with commas between.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(pub(crate) Vec<f64>);

impl Numbers {
    /// The window that they make.
    pub(crate) fn window(&self) -> Result<Window, Error> {
        Window::of(&self.0)
    }
}

/// A loss to come down to, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal(pub(crate) Option<f64>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CatalogKind {
    Optimizers,
    Problems,
    DataSets,
    LineSearches,
    Schedules,
    Regularizers,
    Figures,
}

/// What runs try to come down to.
pub(crate) fn target(given: Option<Goal>) -> Target {
    match given {
        None => Target::Problem,
        Some(goal) => goal.0.map_or(Target::None, Target::Loss),
    }
}

fn number(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok().filter(|v: &f64| v.is_finite());
    number.ok_or_else(|| format!("`{}` is no finite number", text.trim()))
}

fn count(text: &str) -> Result<u64, String> {
    whole(text).ok_or_else(|| format!("`{text}` is no whole number from 0 to {}", u64::MAX))
}

/// More threads than this help nobody.
const MOST_THREADS: usize = 1024;

fn threads(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|n| (1..=MOST_THREADS).contains(n));
    count.ok_or_else(|| format!("`{text}` is no whole number from 1 to {MOST_THREADS}"))
}

fn numbers(text: &str) -> Result<Numbers, String> {
    text.split(',')
        .map(number)
        .collect::<Result<_, _>>()
        .map(Numbers)
}

fn goal(text: &str) -> Result<Goal, String> {
    match text {
        "none" => Ok(Goal(None)),
        _ => number(text)
            .map(|v| Goal(Some(v)))
            .map_err(|e| format!("{e}, nor `none`")),
    }
}

fn plane(text: &str) -> Result<Cut, String> {
    text.parse().map_err(|e: thalweg::Error| e.to_string())
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
