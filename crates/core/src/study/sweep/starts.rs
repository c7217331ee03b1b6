//! The initial points and the seeds of a sweep.

use crate::{Error, numeric::random::Random, study::experiment::PreparedExperiment};

/// The initial points of a sweep, chosen in the same way for every problem.
#[derive(Clone, Debug, PartialEq)]
pub enum Starts {
    /// The initial point of the problem.
    Problem,
    /// Each of these initial points (dim).
    Given(Vec<Vec<f64>>),
    /// This many initial points per seed, uniform in the window of the problem.
    Random(u64),
}

impl Starts {
    pub(super) fn check(&self) -> Result<(), Error> {
        let none = match self {
            Self::Problem => false,
            Self::Given(starts) => starts.is_empty(),
            Self::Random(count) => *count == 0,
        };
        if none {
            return Err(Error::Settings(
                "there is no start: give at least one".to_owned(),
            ));
        }
        Ok(())
    }

    pub(super) fn count(&self) -> u64 {
        match self {
            Self::Problem => 1,
            Self::Given(starts) => starts.len() as u64,
            Self::Random(count) => *count,
        }
    }

    /// Returns initial point `i` of a seed on a problem (dim). It does not depend on the optimizer.
    pub(crate) fn get(&self, i: u64, seed: u64, contest: &PreparedExperiment) -> Vec<f64> {
        match self {
            Self::Problem => contest.start.clone(),
            Self::Given(starts) => starts[i as usize].clone(),
            Self::Random(_) => {
                // Each initial point has its own random sequence, so it does not depend on those before it.
                let mut random = Random::from_seed(seed.wrapping_add(i.wrapping_mul(APART)));
                let window = contest.problem.window;
                let spans = [window.w1, window.w2];
                // A window has two ranges; the second one is used for all further weights, too.
                let dim = contest.problem.objective.dim();
                (0..dim).map(|j| random.between(spans[j.min(1)])).collect()
            }
        }
    }
}

/// Difference between the seeds of consecutive initial points: odd and large, so that the sequences of neighboring
/// seeds do not coincide.
const APART: u64 = 0xd1b5_4a32_d192_ed03;

/// The seeds of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seeds {
    /// These seeds.
    List(Vec<u64>),
    /// Consecutive seeds.
    Span {
        /// The first seed.
        from: u64,
        /// Number of seeds.
        count: u64,
    },
}

impl Seeds {
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = |message: String| Err(Error::Settings(message));
        if self.count() == 0 {
            return wrong("there is no seed: give at least one".to_owned());
        }
        match self {
            Self::List(seeds) => {
                let mut sorted = seeds.clone();
                sorted.sort_unstable();
                match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
                    Some(pair) => wrong(format!("the seed {} is given twice; remove one", pair[0])),
                    None => Ok(()),
                }
            }
            Self::Span { from, count } if from.checked_add(count - 1).is_none() => wrong(format!(
                "{count} seeds from {from} exceed {}; reduce the number or the first seed",
                u64::MAX
            )),
            Self::Span { .. } => Ok(()),
        }
    }

    pub(super) fn count(&self) -> u64 {
        match self {
            Self::List(seeds) => seeds.len() as u64,
            Self::Span { count, .. } => *count,
        }
    }

    pub(super) fn get(&self, i: u64) -> u64 {
        match self {
            Self::List(seeds) => seeds[i as usize],
            Self::Span { from, .. } => from + i,
        }
    }
}
