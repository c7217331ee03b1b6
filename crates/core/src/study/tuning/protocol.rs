//! How optimizers are tuned: which values are tried, and how often.

use super::{quasi_random, search_space::SearchSpace, tuned_settings::without_library_defaults};
use crate::{
    Error,
    catalog::{choice, pick::Pick},
    optimizers,
};

/// How the values of a study are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// A few quasi-random points of the search space.
    QuasiRandom,
    /// Eight values per decade of the range of the first setting.
    Grid,
    /// Only the defaults, with a larger budget: the self-tuning track.
    Defaults,
    /// Only the given settings.
    None,
}

choice!(Search {
    "quasi-random": QuasiRandom,
    "grid": Grid,
    "defaults": Defaults,
    "none": None,
});

/// The usual budget of a trial in evaluations.
pub const DEFAULT_BUDGET: u64 = 1000;

/// The factor of the budget if the optimizer runs with its defaults.
pub const DEFAULTS_BUDGET_FACTOR: f64 = 1.5;

/// Distinguishes the seeds of values from those of runs, so that values and noise are independent.
const VALUES: u64 = 0x9e37_79b9_7f4a_7c15;

/// The protocol of a comparison, the same for every optimizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TuningProtocol {
    /// How the values of a study are chosen.
    pub search: Search,
    /// Number of studies.
    pub studies: u64,
    /// Number of trials of each study with quasi-random values.
    pub trials: u64,
    /// The seed of the first study. It determines the quasi-random values, mini-batches, and noise of the study. Each other
    /// study has the next seed.
    pub seed: u64,
    /// Whether given settings are tuned like others: on the page, a slider gives most of them. Otherwise they keep their values.
    pub tunes_given: bool,
}

/// The protocol of `AlgoPerf`: three studies of five quasi-random trials.
impl Default for TuningProtocol {
    fn default() -> Self {
        Self::usual(Search::QuasiRandom)
    }
}

impl TuningProtocol {
    /// Returns the protocol with the usual numbers for a way to choose the values. Every study of a grid tries the same ones, so
    /// one is enough.
    pub fn usual(search: Search) -> Self {
        Self {
            search,
            studies: if search == Search::Grid { 1 } else { 3 },
            trials: 5,
            seed: 0,
            tunes_given: false,
        }
    }

    /// Returns the values of each trial of a study, one per setting of the space. No values mean the defaults.
    ///
    /// The values depend only on the space and the seed of the study, so that all optimizers with equal ranges try the same ones.
    pub(super) fn values(&self, space: &SearchSpace, study: u64) -> Vec<Vec<String>> {
        let dim = space.dimensions.len();
        match self.search {
            _ if dim == 0 => vec![Vec::new()],
            Search::QuasiRandom => {
                let seed = self.study_seed(study) ^ VALUES;
                let points = quasi_random::points(seed, dim, self.trials);
                points.iter().map(|point| space.at(point)).collect()
            }
            Search::Grid => space.grid(),
            Search::Defaults | Search::None => vec![Vec::new()],
        }
    }

    /// Returns the pick of an optimizer that the trials start from: with the names of this catalog and, if values are tried,
    /// without the tuned settings that are defaults of another library.
    ///
    /// # Errors
    /// The pick has names of another library that cannot be translated.
    pub fn pick(&self, pick: Pick) -> Result<Pick, Error> {
        let native = optimizers::REGISTRY.native(pick)?;
        Ok(if self.is_search() {
            without_library_defaults(&native)
        } else {
            native
        })
    }

    /// Returns whether values are tried.
    pub fn is_search(&self) -> bool {
        matches!(self.search, Search::QuasiRandom | Search::Grid)
    }

    /// Returns the seed of a study.
    pub fn study_seed(&self, study: u64) -> u64 {
        self.seed.wrapping_add(study)
    }

    /// Returns the budget of a trial, given that of a tuned optimizer.
    pub fn budget(&self, evaluations: u64) -> u64 {
        match self.search {
            Search::Defaults => (evaluations as f64 * DEFAULTS_BUDGET_FACTOR).ceil() as u64,
            Search::QuasiRandom | Search::Grid | Search::None => evaluations,
        }
    }
}
