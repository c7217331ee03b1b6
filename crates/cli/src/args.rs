//! What can be given on the command line.

pub(crate) mod animate;
pub(crate) mod map;
pub(crate) mod terminal;

use self::terminal::TerminalArgs;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::{fmt, ops::RangeInclusive, path::PathBuf, str::FromStr};
use thalweg::{experiment::Target, plane::Cut, run::EPOCH_LIMIT};
use thalweg_plot::{
    levels::Levels,
    size::Size,
    theme::{THEMES, Theme},
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
  thalweg train --on article --with momentum --batch 2 --shuffle --seed 7 --target none --epochs 60";

const DRAWINGS: &str = "\
A FIGURE is a pick: its id and its settings, id:key=value,key=value. `thalweg list figures` names
the figures, `thalweg show ID` the settings of one.

Examples:
  thalweg draw contour --on article --with momentum:learning_rate=0.3 --with rprop -o paths.svg
  thalweg draw contour --on mlp:layers=2-8-8-1 --with rprop --plane path -o network.png
  thalweg draw contour --on rosenbrock --with adam -o -
  thalweg draw contour --on article --with rprop --save-data paths.json

With -o - the figure is shown in the terminal; a pipe gets characters without colours, 80 x 24
unless COLUMNS and LINES say otherwise. --save-data writes, as JSON, the window, the loss on it
(field), every epoch of every path, and the data; as CSV one long table of the field and the
paths. A number that is not finite is null in JSON and nan in CSV.";

const SWEEPS: &str = r#"The file describes the runs in TOML:
  on = ["article", "data.csv"]              problems: picks, or CSV files
  with = ["momentum", "gradient-descent:search=golden-section"]
                                            optimizers: picks
  starts = [[-4, -4], [0, 1]]               or { random = 10 }: so many for each seed, drawn in the
                                            problem's window [default: the problem's start]
  seeds = [1, 2]                            or { from = 1, count = 10 } [default: 0]
  target = 0.125                            or "none" [default: the problem's]
  epochs = 2000                             most epochs of a run [default: 100000]
  batch = 2                                 samples of a mini-batch [default: all]
  shuffle = true                            the samples in another order on each pass
  gradient_noise = 0.1                      standard deviation on each component of each gradient
  [over]                                    settings that take several values, each for the
  learning_rate = "1e-3..10:log:20"         optimizers that have it: LOW..HIGH:COUNT,
  momentum = [0, 0.5, 0.9]                  LOW..HIGH:log:COUNT, A|B|C or a list
Only `on` and `with` are needed. Every combination is one run and one row, in the order problem,
optimizer, settings, start, seed, the last changing fastest, whatever the number of threads.

Rows are appended to OUT.csv.partial, which becomes OUT.csv when all are there. Ctrl-C, a crash or
a full disk leave the whole rows there: the same command with --resume goes on behind them, and
the finished file has the same bytes as if nothing had happened. Neither file is replaced without
--overwrite. Exit status: 0 done, 1 could not (a full disk, a file that another process writes),
2 wrong input, 130 Ctrl-C.

Examples:
  thalweg sweep rates.toml                    writes rates.csv
  thalweg sweep rates.toml -o result.csv --resume
  thalweg sweep rates.toml --shard 1/2        writes rates-1-of-2.csv; 2/2 elsewhere, then
  thalweg sweep --merge rates-1-of-2.csv rates-2-of-2.csv -o rates.csv"#;

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
    #[command(after_help = DRAWINGS)]
    Draw(DrawArgs),
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
        after_help = "Examples:\n  thalweg explore\n  thalweg explore --on rosenbrock --with adam --with rprop -o race.html"
    )]
    Explore(ExploreArgs),
    /// Run many experiments into one table: problems x optimizers x settings x starts x seeds
    #[command(after_help = SWEEPS)]
    Sweep(SweepArgs),
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
    /// The plane that is seen of more than two weights: two of them, such as w3,w7; seed:1 for two directions at random
    /// through the start; path for the plane in which the first path lies best
    #[arg(long, value_name = "PLANE", value_parser = plane)]
    pub(crate) plane: Option<Cut>,
}

/// How a picture looks, whatever it shows.
#[derive(ClapArgs)]
pub(crate) struct LookArgs {
    /// Colours: light, dark, print or article
    #[arg(long, value_name = "NAME", default_value = THEMES[0].id, value_parser = theme)]
    pub(crate) theme: &'static Theme,
    /// paper-column, paper-page, slide, square, or width and height in px such as 800x600 [default: the figure's own]
    #[arg(long, value_name = "SIZE", value_parser = picture_size)]
    pub(crate) size: Option<Size>,
    /// How the levels of a map are spread: auto, linear, log or quantile
    #[arg(long, value_name = "HOW", default_value = Levels::Auto.word(), value_parser = levels)]
    pub(crate) levels: Levels,
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

#[derive(ClapArgs)]
pub(crate) struct DrawArgs {
    /// The figure, a pick: `thalweg list figures` names them; several make pages, or lie below each other
    #[arg(value_name = "FIGURE", required = true)]
    pub(crate) figures: Vec<String>,
    #[command(flatten)]
    pub(crate) experiment: ExperimentArgs,
    /// Most epochs of a run, or the epochs that are shown, such as 11..14 [default: 100000]
    #[arg(long, value_name = "N|A..B", allow_negative_numbers = true, value_parser = epochs)]
    pub(crate) epochs: Option<Epochs>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Say beside the name of each optimizer what it alone does of all variants of its idea
    #[arg(long)]
    pub(crate) variants: bool,
    #[command(flatten)]
    pub(crate) look: LookArgs,
    /// Write to this file; the ending says what: .svg .png .pdf .html; `-` shows it in the terminal; may be given several
    /// times
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "save_data"
    )]
    pub(crate) output: Vec<PathBuf>,
    /// Write the numbers that are shown to this file, .json or .csv; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) save_data: Vec<PathBuf>,
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
    /// Write to this file
    #[arg(short, long, value_name = "FILE", default_value = "thalweg.html")]
    pub(crate) output: PathBuf,
}

/// What `--epochs` says of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Epochs {
    /// Runs end there.
    Limit(u64),
    /// These are shown, both ends included.
    Shown(RangeInclusive<usize>),
}

#[derive(ClapArgs)]
pub(crate) struct SweepArgs {
    /// The description of the runs, see below
    #[arg(value_name = "FILE.toml", required_unless_present = "merge")]
    pub(crate) file: Option<PathBuf>,
    /// The table to write [default: named after FILE, in the working directory]
    #[arg(short, long, value_name = "OUT.csv")]
    pub(crate) out: Option<PathBuf>,
    /// Go on behind the rows that are there; begin where there are none
    #[arg(long)]
    pub(crate) resume: bool,
    /// Replace a finished table, and give up the rows of an unfinished one unless --resume is given
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Run only part I of N
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// Threads to work on [default: one a core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// Join the tables of all shards in the place of running
    #[arg(long, value_name = "PART.csv", num_args = 1.., requires = "out",
          conflicts_with_all = ["file", "resume", "shard", "threads"])]
    pub(crate) merge: Vec<PathBuf>,
}

/// Part `part` of `of`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    pub(crate) part: u64,
    pub(crate) of: u64,
}

impl Shard {
    pub(crate) fn is_whole(self) -> bool {
        self.of == 1
    }
}

/// All in one part.
impl Default for Shard {
    fn default() -> Self {
        Self { part: 1, of: 1 }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (part, of) = text.split_once('/')?;
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&part).then_some(Self { part, of })
        };
        read().ok_or_else(|| {
            format!("`{text}` is no part such as 1/4, from 1 to the number of parts")
        })
    }
}

/// Numbers with commas between.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(pub(crate) Vec<f64>);

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
    let count = text.parse();
    count.map_err(|_| format!("`{text}` is no whole number from 0 to {}", u64::MAX))
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

fn epochs(text: &str) -> Result<Epochs, String> {
    let Some((first, last)) = text.split_once("..") else {
        return count(text).map(Epochs::Limit);
    };
    let read = || {
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some(Epochs::Shown(first..=last))
    };
    read().ok_or_else(|| format!("`{text}` is no range of epochs such as 11..14"))
}

fn theme(text: &str) -> Result<&'static Theme, String> {
    Theme::by_name(text).map_err(|e| with_help(&e))
}

fn levels(text: &str) -> Result<Levels, String> {
    text.parse().map_err(|e| with_help(&e))
}

fn picture_size(text: &str) -> Result<Size, String> {
    text.parse().map_err(|e: thalweg_plot::Error| e.to_string())
}

/// What is wrong and what to do about it, in a line.
fn with_help(error: &thalweg::Error) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}
