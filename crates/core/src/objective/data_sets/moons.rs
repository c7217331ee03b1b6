//! The data set `moons`.

use super::prelude::*;
use std::f64::consts::PI;

/// Two interleaved half circles, one per class. They are not linearly separable.
///
/// ```text
/// 0: (cos t, sin t)          1: (1 - cos t, 1/2 - sin t)          t from 0 to pi
/// ```
///
/// The classes alternate; t is uniform.
#[derive(Clone, Debug, Describe)]
#[entry(id = "moons", title = "Two moons")]
pub struct Moons {
    /// Number of samples.
    #[param(default = 200, valid = 2.0..=1_000_000.0, slider = 10.0..=1000.0)]
    pub samples: u64,
    /// Standard deviation of the normal noise on both features.
    #[param(default = 0.1, valid = 0.0.., slider = 0.0..=1.0)]
    pub noise: f64,
    /// Seed of the random numbers.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<DataSet> for Moons {
    fn build(self) -> Result<DataSet, Error> {
        let mut random = Random::from_seed(self.seed);
        let sample = |i: u64| {
            let class = (i % 2) as usize;
            let t = random.between([0.0, PI]);
            let point = match class {
                0 => [cos(t), sin(t)],
                _ => [1.0 - cos(t), 0.5 - sin(t)],
            };
            (jitter(point, self.noise, &mut random), class)
        };
        Ok(labeled_points((0..self.samples).map(sample)))
    }
}
