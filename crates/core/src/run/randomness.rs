//! What is random in a run: mini-batches and noise on the gradient, all from one seed.

use crate::{
    Error,
    error::finite,
    numeric::random::Random,
    objective::{Objective, SampledObjective},
};

/// What is random in a run; nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Randomness {
    /// Samples of each mini-batch; all samples where there is none.
    ///
    /// Each step sees the next ones, and at the end of a pass what is left, be it less.
    pub batch: Option<u64>,
    /// Whether each pass takes the samples in another order.
    pub shuffle: bool,
    /// Standard deviation of the normal noise on each component of each gradient.
    pub gradient_noise: f64,
    /// Fixes it all.
    pub seed: u64,
}

impl Randomness {
    /// Whether nothing is random.
    pub fn is_none(&self) -> bool {
        self.batch.is_none() && self.gradient_noise == 0.0
    }

    /// Whether an objective can be asked in this way.
    ///
    /// # Errors
    /// Noise that is negative or not finite; a batch of no samples or of more than there are, or of an objective
    /// without samples.
    pub fn check(&self, objective: &dyn Objective) -> Result<(), Error> {
        let noise = finite("the gradient's noise", self.gradient_noise)?;
        let wrong = |message: String| Err(Error::Settings(message));
        if noise < 0.0 {
            return wrong(format!(
                "the gradient's noise cannot be {noise}: it is a standard deviation, 0 or above"
            ));
        }
        match (self.batch, objective.sampled().map(SampledObjective::samples)) {
            (Some(_), None) => wrong(
                "the problem has no samples to make mini-batches of; noise on the gradient is possible"
                    .to_owned(),
            ),
            (Some(batch), Some(samples)) if !(1..=samples as u64).contains(&batch) => wrong(format!(
                "a mini-batch of {batch}; it must be 1 to {samples}, the number of samples"
            )),
            _ => Ok(()),
        }
    }
}

/// The dice of one run.
#[derive(Clone, Debug)]
pub(crate) struct StochasticSampler {
    batches: Option<MiniBatches>,
    gradient_noise: f64,
    noise: Random,
}

/// The mini-batches of one run.
#[derive(Clone, Debug)]
struct MiniBatches {
    /// All samples in the order of this pass.
    order: Vec<usize>,
    size: usize,
    /// Where in the order the current batch begins.
    begin: usize,
    shuffle: bool,
    random: Random,
    begun: bool,
}

impl StochasticSampler {
    pub(crate) fn new(randomness: &Randomness, objective: &dyn Objective) -> Self {
        let mut random = Random::from_seed(randomness.seed);
        let samples = objective.sampled().map_or(0, SampledObjective::samples);
        let batches = randomness.batch.map(|size| {
            let mut order: Vec<usize> = (0..samples).collect();
            if randomness.shuffle {
                random.shuffle(&mut order);
            }
            MiniBatches {
                order,
                size: size as usize,
                begin: 0,
                shuffle: randomness.shuffle,
                random,
                begun: false,
            }
        });
        Self {
            batches,
            gradient_noise: randomness.gradient_noise,
            // Another sequence, so that a batch more or less does not change the noise.
            noise: Random::from_seed(!randomness.seed),
        }
    }

    /// The samples that count in this step; nothing where all do.
    pub(crate) fn rows(&self) -> Option<&[usize]> {
        self.batches.as_ref().map(MiniBatches::rows)
    }

    /// Begins a step: the next batch is up.
    pub(crate) fn begin_step(&mut self) {
        if let Some(batches) = &mut self.batches {
            batches.next();
        }
    }

    /// Adds noise to a gradient.
    pub(crate) fn disturb(&mut self, g: &mut [f64]) {
        if self.gradient_noise > 0.0 {
            for g in g {
                *g += self.gradient_noise * self.noise.normal();
            }
        }
    }
}

impl MiniBatches {
    fn rows(&self) -> &[usize] {
        let end = (self.begin + self.size).min(self.order.len());
        &self.order[self.begin..end]
    }

    fn next(&mut self) {
        // What an optimizer asks before its first step is about the first batch too.
        if !self.begun {
            self.begun = true;
            return;
        }
        self.begin += self.size;
        if self.begin >= self.order.len() {
            self.begin = 0;
            if self.shuffle {
                self.random.shuffle(&mut self.order);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::problems;

    #[test]
    fn each_pass_sees_every_sample_once() {
        let article = "article".parse().unwrap();
        let problem = problems::REGISTRY.build(&article, None).unwrap();
        for shuffle in [false, true] {
            let randomness = Randomness {
                batch: Some(4),
                shuffle,
                seed: 5,
                ..Randomness::default()
            };
            randomness.check(&*problem.objective).unwrap();
            let mut dice = StochasticSampler::new(&randomness, &*problem.objective);
            let mut passes = Vec::new();
            for _ in 0..3 {
                let mut seen = Vec::new();
                for size in [4, 2] {
                    dice.begin_step();
                    let rows = dice.rows().unwrap();
                    assert_eq!(rows.len(), size);
                    seen.extend_from_slice(rows);
                }
                passes.push(seen.clone());
                seen.sort_unstable();
                assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
            }
            assert_eq!(passes[0] != passes[1], shuffle);
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let article = "article".parse().unwrap();
        let problem = problems::REGISTRY.build(&article, None).unwrap();
        for randomness in [
            Randomness {
                batch: Some(0),
                ..Randomness::default()
            },
            Randomness {
                batch: Some(7),
                ..Randomness::default()
            },
            Randomness {
                gradient_noise: -1.0,
                ..Randomness::default()
            },
            Randomness {
                gradient_noise: f64::NAN,
                ..Randomness::default()
            },
        ] {
            assert!(
                randomness.check(&*problem.objective).is_err(),
                "{randomness:?}"
            );
        }
    }
}
