//! The runs of the article: five algorithms train a network of two weights.
//!
//! Everything that is written or drawn is taken from the runs made here; nothing is typed in.

use crate::{
    map::{SAMPLES, label},
    subject::algorithms::ALGORITHMS,
};
use thalweg::{
    Error,
    experiment::{Contest, Experiment},
    field::Field,
    pick::Pick,
    problems::Problem,
    trace::Trace,
};

/// The article's remark: the same algorithm with a larger learning rate.
const LARGER_RATE: &str = "gradient-descent:learning_rate=10";

/// One algorithm of the article and what it did.
pub struct Algorithm {
    /// Its name in the article.
    pub name: &'static str,
    /// Name of its trace's file, without ending.
    pub file: &'static str,
    /// Its pick.
    pub pick: Pick,
    /// What it did.
    pub trace: Trace,
}

impl Algorithm {
    /// "Name (N steps)".
    pub fn label(&self) -> String {
        label(self.name, &self.trace)
    }
}

/// All runs of the article, and the map they went over.
pub struct Study {
    /// The problem with its start and target.
    pub problem: Problem,
    /// The five algorithms in the article's order.
    pub algorithms: Vec<Algorithm>,
    /// Gradient descent with a larger learning rate.
    pub larger_rate: Algorithm,
    /// The loss over the article's window.
    pub field: Field,
}

impl Study {
    /// Makes all runs.
    ///
    /// # Errors
    /// None that a user could cause: the picks stand above.
    pub fn new() -> Result<Self, Error> {
        let picks = ALGORITHMS
            .iter()
            .map(|[_, _, pick]| *pick)
            .chain([LARGER_RATE]);
        let with = picks.map(str::parse).collect::<Result<_, _>>()?;
        let contest = Experiment::new("article".parse()?, with).prepare()?;
        let mut algorithms = algorithms(&contest);
        let larger_rate = algorithms.remove(ALGORITHMS.len());
        let problem = contest.problem;
        Ok(Self {
            field: Field::sample(&*problem.objective, problem.window, [SAMPLES, SAMPLES]),
            algorithms,
            larger_rate,
            problem,
        })
    }

    /// The five algorithms by their names in this module.
    pub(super) fn five(&self) -> [&Algorithm; 5] {
        [0, 1, 2, 3, 4].map(|i| &self.algorithms[i])
    }
}

fn algorithms(contest: &Contest) -> Vec<Algorithm> {
    let larger = [
        "Gradient Descent",
        "gradient-descent-larger-rate",
        LARGER_RATE,
    ];
    let names = ALGORITHMS.iter().chain([&larger]);
    let runs = names.zip(contest.contenders.iter().zip(contest.runs()));
    runs.map(|([name, file, _], (contender, run))| Algorithm {
        name,
        file,
        pick: contender.pick.clone(),
        trace: Trace::record(run),
    })
    .collect()
}
