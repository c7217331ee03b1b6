//! The data set `blobs`.

use super::prelude::*;
use std::f64::consts::TAU;

/// Round clouds of points, one per class, whose centers lie on a circle.
///
/// ```text
/// x = 2 (cos t, sin t) + noise          t = 2 pi k / classes for class k
/// ```
///
/// The samples cycle through the classes.
#[derive(Clone, Debug, Describe)]
#[entry(id = "blobs", title = "Blobs")]
pub struct Blobs {
    /// Number of samples.
    #[param(default = 200, valid = 2.0..=1_000_000.0, slider = 10.0..=1000.0)]
    pub samples: u64,
    /// Number of classes.
    #[param(default = 2, valid = 2.0..=10.0)]
    pub classes: u64,
    /// Standard deviation of the normal noise on both features.
    #[param(default = 0.7, valid = 0.0.., slider = 0.0..=1.0)]
    pub noise: f64,
    /// Seed of the random numbers.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<DataSet> for Blobs {
    fn build(self) -> Result<DataSet, Error> {
        let mut random = Random::from_seed(self.seed);
        let sample = |i: u64| {
            let class = i % self.classes;
            let t = TAU * (class as f64 / self.classes as f64);
            let point = [2.0 * cos(t), 2.0 * sin(t)];
            (jitter(point, self.noise, &mut random), class as usize)
        };
        Ok(labeled_points((0..self.samples).map(sample)))
    }
}
