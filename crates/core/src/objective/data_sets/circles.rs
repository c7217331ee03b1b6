//! The data set `circles`.

use super::prelude::*;
use std::f64::consts::TAU;

/// Two concentric circles, one per class.
///
/// ```text
/// 0: (cos t, sin t)          1: ratio (cos t, sin t)          t from 0 to 2 pi
/// ```
///
/// The classes alternate; t is uniform.
#[derive(Clone, Debug, Describe)]
#[entry(id = "circles", title = "Two circles")]
pub struct Circles {
    /// Number of samples.
    #[param(default = 200, valid = 2.0..=1_000_000.0, slider = 10.0..=1000.0)]
    pub samples: u64,
    /// Radius of the inner circle; the outer circle has radius 1.
    #[param(default = 0.5, valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub ratio: f64,
    /// Standard deviation of the normal noise on both features.
    #[param(default = 0.1, valid = 0.0.., slider = 0.0..=1.0)]
    pub noise: f64,
    /// Seed of the random numbers.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<DataSet> for Circles {
    fn build(self) -> Result<DataSet, Error> {
        let mut random = Random::from_seed(self.seed);
        let sample = |i: u64| {
            let class = (i % 2) as usize;
            let (t, radius) = (random.between([0.0, TAU]), [1.0, self.ratio][class]);
            let point = [radius * cos(t), radius * sin(t)];
            (jitter(point, self.noise, &mut random), class)
        };
        Ok(labeled_points((0..self.samples).map(sample)))
    }
}
