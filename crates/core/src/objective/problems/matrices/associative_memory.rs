//! A linear associative memory whose pairs are unequally frequent.

use super::{orthogonal::orthogonal, product, rounded, transposed, weight_names};
use crate::{
    numeric::{
        float::{exp, ln},
        random::Random,
    },
    objective::{
        Objective, TwiceDifferentiable,
        blocks::Block,
        hessian_from_products,
        problems::{Problem, RateSource, prelude::*},
    },
};

/// A matrix W that remembers pairs of a key and a value, some of them frequent and some rare.
///
/// ```text
/// z_ij = k_i^T W v_j          E(W) = -sum_i p_i ln(exp(z_ii) / sum_j exp(z_ij))
/// p_i = i^-exponent / sum_j j^-exponent
/// ```
///
/// Given the key `k_i`, the memory predicts value j with a probability that grows with `z_ij`. The frequencies `p_i` of the
/// pairs follow Zipf's law. The gradient of a pair is proportional to its frequency, so gradient descent learns frequent
/// pairs first. Rules that orthogonalize the update learn rare pairs at the same speed.
///
/// Keys and values are orthonormal: with `embedding=rotated`, the rows of random orthogonal matrices; with
/// `embedding=one-hot`, the rows of the identity, so that each weight belongs to one key and one value. Initial weights are
/// 0, where all values have the same probability. The loss approaches 0 as the weights grow; it has no minimum.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "associative-memory",
    title = "Associative memory",
    cite = "wang2025muon"
)]
pub struct AssociativeMemory {
    /// Number of pairs, which is the number of rows and of columns of W.
    #[param(default = 8, valid = 2.0..=100.0, slider = 2.0..=16.0)]
    pub pairs: u64,
    /// Exponent of Zipf's law: 0 makes all pairs equally frequent.
    #[param(default = 1.0, valid = 0.0..=20.0, slider = 0.0..=3.0)]
    pub exponent: f64,
    /// Keys and values: `rotated` or `one-hot`.
    #[param(default = "rotated")]
    pub embedding: Embedding,
    /// Seed of rotated keys and values.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

/// The vectors that represent keys and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// The rows of random orthogonal matrices.
    Rotated,
    /// The rows of the identity.
    OneHot,
}

choice!(Embedding {
    "rotated": Rotated,
    "one-hot": OneHot,
});

impl Build<Problem> for AssociativeMemory {
    fn build(self) -> Result<Problem, Error> {
        let size = self.pairs as usize;
        let memory = Memory::new(&self);
        // The second derivatives of the softmax are at most 1/2.
        let curvature = 0.5 * memory.frequencies[0];
        let resolved = match self.embedding {
            Embedding::Rotated => Vec::new(),
            Embedding::OneHot => vec![ResolvedSetting::new("seed", None)],
        };
        Ok(Problem {
            title: format!("Associative memory of {size} pairs").into(),
            weight_names: weight_names("W", [size, size]).collect(),
            start: vec![0.0; size * size],
            window: Window::between([-10.0, 10.0, -10.0, 10.0]),
            // A memory without weights guesses: its loss is the logarithm of the number of pairs.
            target: Some(rounded(0.05 * ln(size as f64))),
            minima: Vec::new(),
            learning_rate: Some(0.5 / curvature),
            learning_rate_source: RateSource::CurvatureBound,
            notes: Vec::new(),
            resolved,
            objective: Arc::new(memory),
            network: None,
        })
    }
}

/// The loss of a memory.
struct Memory {
    /// (size, size): one row per key.
    keys: Vec<f64>,
    /// (size, size): one row per value.
    values: Vec<f64>,
    /// Frequencies of the pairs (size), descending.
    frequencies: Vec<f64>,
    block: [Block; 1],
}

impl Memory {
    fn new(settings: &AssociativeMemory) -> Self {
        let size = settings.pairs as usize;
        let mut random = Random::from_seed(settings.seed);
        let mut embed = || match settings.embedding {
            Embedding::Rotated => orthogonal(&mut random, size),
            Embedding::OneHot => identity(size),
        };
        let (keys, values) = (embed(), embed());
        let weights = (1..=size).map(|i| exp(-settings.exponent * ln(i as f64)));
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        Self {
            keys,
            values,
            frequencies: weights.into_iter().map(|weight| weight / sum).collect(),
            block: [Block::matrix("W", 0, [size, size])],
        }
    }

    fn size(&self) -> usize {
        self.frequencies.len()
    }

    /// Returns K X V^T for a matrix X: one row per key, one column per value.
    fn scores(&self, x: &[f64]) -> Vec<f64> {
        let shape = [self.size(); 2];
        let half = product(&self.keys, x, shape);
        product(&half, &transposed(&self.values, shape), shape)
    }

    /// Writes K^T Y V, the gradient with respect to W, given the gradient Y with respect to the scores.
    fn pull_back(&self, y: &[f64], gradient: &mut [f64]) {
        let shape = [self.size(); 2];
        let half = product(&transposed(&self.keys, shape), y, shape);
        gradient.copy_from_slice(&product(&half, &self.values, shape));
    }

    /// Returns the loss, and replaces the scores by the probabilities of the values for each key.
    fn predict(&self, scores: &mut [f64]) -> f64 {
        let size = self.size();
        let mut loss = 0.0;
        for (i, (row, frequency)) in scores
            .chunks_exact_mut(size)
            .zip(&self.frequencies)
            .enumerate()
        {
            let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let own = row[i] - most;
            for z in row.iter_mut() {
                *z = exp(*z - most);
            }
            let sum: f64 = row.iter().sum();
            for power in row.iter_mut() {
                *power /= sum;
            }
            loss += frequency * (ln(sum) - own);
        }
        loss
    }

    /// Writes the product of the Hessian and `v`, given the probabilities of the values.
    fn hessian_product_at(&self, probabilities: &[f64], v: &[f64], product: &mut [f64]) {
        let size = self.size();
        let mut change = self.scores(v);
        let rows = change
            .chunks_exact_mut(size)
            .zip(probabilities.chunks_exact(size));
        for ((change, probabilities), frequency) in rows.zip(&self.frequencies) {
            let mean: f64 = change.iter().zip(probabilities).map(|(c, p)| c * p).sum();
            for (change, p) in change.iter_mut().zip(probabilities) {
                *change = frequency * p * (*change - mean);
            }
        }
        self.pull_back(&change, product);
    }

    fn probabilities(&self, w: &[f64]) -> Vec<f64> {
        let mut scores = self.scores(w);
        self.predict(&mut scores);
        scores
    }
}

/// Returns the identity (size, size).
fn identity(size: usize) -> Vec<f64> {
    let mut identity = vec![0.0; size * size];
    for one in identity.iter_mut().step_by(size + 1) {
        *one = 1.0;
    }
    identity
}

impl Objective for Memory {
    fn dim(&self) -> usize {
        self.keys.len()
    }

    fn blocks(&self) -> &[Block] {
        &self.block
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.predict(&mut self.scores(w))
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let mut scores = self.scores(w);
        let loss = self.predict(&mut scores);
        for (i, (row, frequency)) in scores
            .chunks_exact_mut(self.size())
            .zip(&self.frequencies)
            .enumerate()
        {
            row[i] -= 1.0;
            for p in row {
                *p *= frequency;
            }
        }
        self.pull_back(&scores, g);
        loss
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }

    fn hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        self.hessian_product_at(&self.probabilities(w), v, product);
        true
    }
}

impl TwiceDifferentiable for Memory {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let probabilities = self.probabilities(w);
        hessian_from_products(self.dim(), h, |v, product| {
            self.hessian_product_at(&probabilities, v, product);
        });
    }
}
