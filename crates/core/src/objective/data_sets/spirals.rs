//! The data set `spirals`.

use super::prelude::*;
use std::f64::consts::TAU;

/// Intertwined spirals, one per class.
///
/// ```text
/// s (cos t, sin t)          t = 2 pi (turns s + k / classes) for class k          s from 0 to 1
/// ```
///
/// The samples cycle through the classes. The square of s is uniform, so the density does not depend on the radius.
#[derive(Clone, Debug, Describe)]
#[entry(id = "spirals", title = "Spirals")]
pub struct Spirals {
    /// Number of samples.
    #[param(default = 300, valid = 2.0..=1_000_000.0, slider = 10.0..=1000.0)]
    pub samples: u64,
    /// Number of classes.
    #[param(default = 2, valid = 2.0..=10.0)]
    pub classes: u64,
    /// Number of turns of each spiral.
    #[param(default = 1.5, valid = positive, slider = 0.25..=3.0)]
    pub turns: f64,
    /// Standard deviation of the normal noise on both features.
    #[param(default = 0.02, valid = 0.0.., slider = 0.0..=1.0)]
    pub noise: f64,
    /// Seed of the random numbers.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<DataSet> for Spirals {
    fn build(self) -> Result<DataSet, Error> {
        let mut random = Random::from_seed(self.seed);
        let sample = |i: u64| {
            let class = i % self.classes;
            let s = random.uniform().sqrt();
            let t = TAU * (self.turns * s + class as f64 / self.classes as f64);
            let point = [s * cos(t), s * sin(t)];
            (jitter(point, self.noise, &mut random), class as usize)
        };
        Ok(labeled_points((0..self.samples).map(sample)))
    }
}
