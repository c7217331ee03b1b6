//! Where the runs of a sweep begin, and what their chance is drawn from.

use crate::{Error, numeric::random::Random, study::experiment::PreparedExperiment};

/// Where runs begin, on every problem alike.
#[derive(Clone, Debug, PartialEq)]
pub enum Starts {
    /// At the problem's own start.
    Problem,
    /// At each of these weights (dim) in turn.
    Given(Vec<Vec<f64>>),
    /// At so many places drawn for each seed, uniform in the problem's window.
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
                "there must be at least one start".to_owned(),
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

    /// Start `i` of a seed on a problem (dim): the same for every optimizer.
    pub(super) fn get(&self, i: u64, seed: u64, contest: &PreparedExperiment) -> Vec<f64> {
        match self {
            Self::Problem => contest.start.clone(),
            Self::Given(starts) => starts[i as usize].clone(),
            Self::Random(_) => {
                // Each start has a sequence of its own, so that none needs those before it.
                let mut random = Random::from_seed(seed.wrapping_add(i.wrapping_mul(APART)));
                let window = contest.problem.window;
                let spans = [window.w1, window.w2];
                // A window has two spans; the second is that of all further weights too.
                let dim = contest.problem.objective.dim();
                (0..dim).map(|j| random.between(spans[j.min(1)])).collect()
            }
        }
    }
}

/// The distance of one start's seed from the next one's: odd and large, so that those of neighbouring seeds never meet.
const APART: u64 = 0xd1b5_4a32_d192_ed03;

/// Numbers that all that is random is drawn from, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seeds {
    /// These.
    List(Vec<u64>),
    /// So many from the first one on.
    Span {
        /// The first.
        from: u64,
        /// Number of seeds.
        count: u64,
    },
}

impl Seeds {
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = |message: String| Err(Error::Settings(message));
        if self.count() == 0 {
            return wrong("there must be at least one seed".to_owned());
        }
        match self {
            Self::List(seeds) => {
                let mut sorted = seeds.clone();
                sorted.sort_unstable();
                match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
                    Some(pair) => wrong(format!("the seed {} is given twice", pair[0])),
                    None => Ok(()),
                }
            }
            Self::Span { from, count } if from.checked_add(count - 1).is_none() => {
                wrong(format!("there are no {count} seeds from {from} on"))
            }
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
