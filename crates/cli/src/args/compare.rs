//! The arguments of `thalweg compare`, and those of tuning, which other commands share.

use crate::args::{
    experiment::CompareExperimentArgs,
    parse::{bounded_count, choice_parser, positive_count, threads},
};
use crate::failure::{self, refuse};
use clap::{ArgMatches, Args, Command, FromArgMatches, parser::ValueSource};
use std::path::PathBuf;
use thalweg::tuning::{DEFAULT_BUDGET, Search, TuningProtocol};

pub(crate) const COMPARISONS: &str = "\
The number of evaluations of loss, gradient, and Hessian until the target loss judges an
optimizer. Every run has the same budget, and a run that misses the target counts as infinite.
The result of an optimizer is the median of its studies, and that of a study its best trial.
--tune varies the settings that scale the steps; `thalweg show ID` prints their ranges.

Then each optimizer runs with its tuned settings in pairs that tuning has not seen: with other
seeds, or without mini-batches and noise, from random initial points. The word \"better\" requires a
sign test over these pairs with p < 0.05, adjusted for the number of tests by the method of Holm.

Examples:
  thalweg compare --on ravine --gradient-noise 0.1 --with lion --with adam --tune
  thalweg compare --on article --with rprop --with rprop:increase=1.5 --tune -o trials.csv
  thalweg compare --on mlp:data=moons --batch 20 --with adam --with muon --tune --tune-by grid";

/// The ways to choose the values, with their help texts.
const SEARCHES: &[(&str, &str, Search)] = &[
    (
        "quasi-random",
        "a few quasi-random values per study, as in AlgoPerf",
        Search::QuasiRandom,
    ),
    (
        "grid",
        "eight values per decade of the first setting, once",
        Search::Grid,
    ),
    (
        "defaults",
        "no search; the defaults have 1.5 times the budget",
        Search::Defaults,
    ),
];

/// Whether the command line contains `--epochs`, which commands declare in different ways.
pub(crate) struct HasEpochs(pub(crate) bool);

impl Args for HasEpochs {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}

impl FromArgMatches for HasEpochs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let is_known = matches.try_contains_id("epochs").unwrap_or(false);
        let is_given = || matches.value_source("epochs") == Some(ValueSource::CommandLine);
        Ok(Self(is_known && is_given()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The arguments of tuning.
#[derive(Args)]
pub(crate) struct TuneArgs {
    #[command(flatten)]
    pub(crate) has_epochs: HasEpochs,
    /// Tunes the settings that scale the steps of each optimizer, except given ones, by the same protocol
    #[arg(long)]
    pub(crate) tune: bool,
    /// How the values are chosen
    #[arg(long, value_name = "METHOD", requires = "tune", default_value = SEARCHES[0].0, value_parser = choice_parser(SEARCHES))]
    pub(crate) tune_by: Search,
    /// Number of studies per optimizer; the median counts [default: 3, or 1 for a grid]
    #[arg(long, value_name = "N", requires = "tune", value_parser = positive_count)]
    pub(crate) studies: Option<u64>,
    /// Number of quasi-random trials per study; the best one counts [default: 5]
    #[arg(long, value_name = "N", requires = "tune", value_parser = positive_count)]
    pub(crate) trials: Option<u64>,
    /// Budget of a trial: evaluations of the loss, the gradient, and the Hessian
    #[arg(long, value_name = "N", default_value_t = DEFAULT_BUDGET, value_parser = positive_count)]
    pub(crate) budget: u64,
}

impl TuneArgs {
    /// Returns the protocol of a comparison whose first study has this seed.
    ///
    /// # Errors
    /// `--trials` is given, but the method does not choose their number by it.
    pub(crate) fn protocol(&self, seed: u64) -> failure::Result<TuningProtocol> {
        if self.trials.is_some() && self.tune_by != Search::QuasiRandom {
            refuse!(
                "--trials has no effect with --tune-by {}", self.tune_by.word();
                "remove --trials, or use --tune-by quasi-random"
            );
        }
        let usual = TuningProtocol::usual(self.tune_by);
        Ok(TuningProtocol {
            search: if self.tune {
                self.tune_by
            } else {
                Search::None
            },
            studies: self.studies.unwrap_or(usual.studies),
            trials: self.trials.unwrap_or(usual.trials),
            seed,
            ..usual
        })
    }
}

#[derive(Args)]
pub(crate) struct CompareArgs {
    /// A problem, optionally with settings, or a CSV file; can be repeated
    #[arg(long, value_name = "PROBLEM", required = true)]
    pub(crate) on: Vec<String>,
    #[command(flatten)]
    pub(crate) experiment: CompareExperimentArgs,
    #[command(flatten)]
    pub(crate) tuning: TuneArgs,
    /// Number of paired runs after tuning
    #[arg(long, value_name = "N", default_value = "20", value_parser = pair_count)]
    pub(crate) pairs: u64,
    /// Output file: .csv lists every trial; .svg, .png, .pdf, or .html draws the evaluations to the
    /// target and the losses by the tuned setting; can be repeated
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
}

/// Parses a number of paired runs.
fn pair_count(text: &str) -> Result<u64, String> {
    /// Every pair has an initial point in memory, and more of them would only confirm differences that do not matter.
    const MAX_PAIRS: usize = 10_000;
    bounded_count(MAX_PAIRS)(text).map(|count| count as u64)
}
