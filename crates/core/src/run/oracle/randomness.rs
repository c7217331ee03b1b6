//! The randomness of a run: mini-batches and gradient noise, both from one seed.

use crate::{
    Error,
    error::finite,
    numeric::{number::ShortestFloat, random::Random},
    objective::{Objective, SampledObjective},
};
use thalweg_macros::Describe;

/// The randomness of a run; the default is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Randomness {
    /// Number of samples per mini-batch, or `None` for all samples.
    ///
    /// Each step uses the next samples. The last batch of a pass may be smaller.
    pub batch: Option<u64>,
    /// Whether the samples are shuffled before each pass.
    pub shuffle: bool,
    /// Standard deviation of the normal noise that is added to each component of each gradient.
    ///
    /// The noise does not depend on the weights. Therefore the Hessian has none: the derivative of a noisy gradient is exact.
    pub gradient_noise: f64,
    /// Seed of the mini-batches and the noise.
    pub seed: u64,
}

/// The setting of every optimizer that selects its mini-batches.
#[derive(Clone, Debug, Describe)]
pub struct BatchParams {
    /// Number of samples per mini-batch of this optimizer, or 0 for all samples. The default is `batch` of the experiment.
    #[param(valid = 0.0..=1e9, slider = 0.0..=100.0)]
    pub batch: Option<u64>,
}

impl Randomness {
    /// Returns this randomness with the batch size of an optimizer, if it has its own.
    #[must_use]
    pub fn with_batch(&self, own: &BatchParams) -> Self {
        let own = own.batch.map(|size| Some(size).filter(|size| *size > 0));
        Self {
            batch: own.unwrap_or(self.batch),
            ..self.clone()
        }
    }

    /// Returns whether the run is deterministic.
    pub fn is_none(&self) -> bool {
        self.batch.is_none() && self.gradient_noise == 0.0
    }

    /// Describes mini-batches and noise in a few words, or returns `None` for a deterministic run.
    pub fn words(&self) -> Option<String> {
        let batch = self.batch.map(|batch| format!("mini-batches of {batch}"));
        let noise = (self.gradient_noise > 0.0)
            .then(|| format!("noise {}", ShortestFloat(self.gradient_noise)));
        let parts: Vec<String> = batch.into_iter().chain(noise).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Checks that an objective supports this randomness. Errors contain the name of the problem.
    ///
    /// # Errors
    /// The noise is negative or not finite, the batch size is not between 1 and the number of samples, or the objective has
    /// no samples.
    pub fn check(&self, objective: &dyn Objective, problem: &str) -> Result<(), Error> {
        let noise = finite("the gradient noise", self.gradient_noise)?;
        let wrong = |message: String| Err(Error::Settings(message));
        if noise < 0.0 {
            return wrong(format!(
                "the gradient noise cannot be {noise}: it is a standard deviation and must be at least 0"
            ));
        }
        match (
            self.batch,
            objective.sampled().map(SampledObjective::samples),
        ) {
            (Some(_), None) => wrong(format!(
                "the problem `{problem}` has no samples for mini-batches; use gradient noise instead"
            )),
            (Some(batch), Some(samples)) if !(1..=samples as u64).contains(&batch) => {
                wrong(format!(
                    "a mini-batch cannot have {batch} samples; use 1 to {samples}, the number of samples"
                ))
            }
            _ => Ok(()),
        }
    }
}

/// The random numbers of one run: mini-batches and noise.
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
    /// Index in `order` at which the current batch begins.
    begin: usize,
    shuffle: bool,
    random: Random,
    has_begun: bool,
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
                has_begun: false,
            }
        });
        Self {
            batches,
            gradient_noise: randomness.gradient_noise,
            // A separate sequence, so that the batch size does not change the noise.
            noise: Random::from_seed(!randomness.seed),
        }
    }

    /// Returns whether every step uses the same samples in the same order, without noise.
    pub(crate) fn is_constant(&self) -> bool {
        let batches = self.batches.as_ref();
        let is_constant = |b: &MiniBatches| b.size >= b.order.len() && !b.shuffle;
        self.gradient_noise == 0.0 && batches.is_none_or(is_constant)
    }

    /// Returns the mini-batch of this step, or `None` if all samples are used.
    pub(crate) fn rows(&self) -> Option<&[usize]> {
        self.batches.as_ref().map(MiniBatches::rows)
    }

    /// Begins a step and selects the next mini-batch.
    pub(crate) fn begin_step(&mut self) {
        if let Some(batches) = &mut self.batches {
            batches.next();
        }
    }

    /// Adds noise to a gradient (dim) that is multiplied by `factor`.
    pub(crate) fn add_noise(&mut self, factor: f64, g: &mut [f64]) {
        if self.gradient_noise > 0.0 {
            for g in g {
                *g += factor * (self.gradient_noise * self.noise.normal());
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
        // Evaluations before the first step use the first batch as well.
        if !self.has_begun {
            self.has_begun = true;
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
    fn each_pass_uses_every_sample_once() {
        let article = "article".parse().unwrap();
        let problem = problems::REGISTRY.build(&article, None).unwrap();
        for shuffle in [false, true] {
            let randomness = Randomness {
                batch: Some(4),
                shuffle,
                seed: 5,
                ..Randomness::default()
            };
            randomness.check(&*problem.objective, "problem").unwrap();
            let mut sampler = StochasticSampler::new(&randomness, &*problem.objective);
            let mut passes = Vec::new();
            for _ in 0..3 {
                let mut samples = Vec::new();
                for size in [4, 2] {
                    sampler.begin_step();
                    let rows = sampler.rows().unwrap();
                    assert_eq!(rows.len(), size);
                    samples.extend_from_slice(rows);
                }
                passes.push(samples.clone());
                samples.sort_unstable();
                assert_eq!(samples, [0, 1, 2, 3, 4, 5]);
            }
            assert_eq!(passes[0] != passes[1], shuffle);
        }
    }

    #[test]
    fn invalid_values_are_refused() {
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
                randomness.check(&*problem.objective, "problem").is_err(),
                "{randomness:?}"
            );
        }
    }
}
