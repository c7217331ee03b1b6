//! The constants of CMA-ES, which follow from the number of weights and the population.

use crate::numeric::{float::ln, linalg::dot};

/// The constants of Hansen's tutorial (table 1).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Constants {
    /// The weights w of the samples in the order of their losses (lambda). The positive ones have the sum 1.
    pub(super) weights: Vec<f64>,
    /// Effective number of samples in the mean.
    pub(super) mu: f64,
    /// Learning rate of the path that controls the step size.
    pub(super) step_size_rate: f64,
    /// Damping of the step size.
    pub(super) damping: f64,
    /// Learning rate of the path that enters the covariance.
    pub(super) path_rate: f64,
    /// Learning rate of the covariance for its path.
    pub(super) rank_one: f64,
    /// Learning rate of the covariance for the samples.
    pub(super) rank_mu: f64,
    /// Approximate mean length of a standard normal vector.
    pub(super) mean_length: f64,
    /// Number of epochs after which the roots of the covariance are computed anew.
    pub(super) root_period: u64,
}

impl Constants {
    /// Returns the default population for `dim` weights.
    pub(super) fn default_population(dim: usize) -> usize {
        4 + (3.0 * ln(dim as f64)) as usize
    }

    /// Computes the constants. `active` states that the worse half of the samples has negative weights.
    pub(super) fn new(dim: usize, population: usize, active: bool) -> Self {
        let (n, half) = (dim as f64, f64::midpoint(population as f64, 1.0));
        let raw: Vec<f64> = (1..=population).map(|i| ln(half) - ln(i as f64)).collect();
        let (better, worse) = raw.split_at(population / 2);
        let [mu, mu_worse] = [better, worse].map(effective_number);
        let rank_one = 2.0 / ((n + 1.3) * (n + 1.3) + mu);
        let rank_mu = 2.0 * (0.25 + mu + 1.0 / mu - 2.0) / ((n + 2.0) * (n + 2.0) + mu);
        let rank_mu = rank_mu.min(1.0 - rank_one);
        let step_size_rate = (mu + 2.0) / (n + mu + 5.0);
        let longer = ((mu - 1.0) / (n + 1.0)).sqrt() - 1.0;
        // The negative weights neither change the size of C on average nor make it indefinite.
        let limits = [
            1.0 + rank_one / rank_mu,
            1.0 + 2.0 * mu_worse / (mu + 2.0),
            (1.0 - rank_one - rank_mu) / (n * rank_mu),
        ];
        let sum_of_worse = limits.into_iter().fold(f64::INFINITY, f64::min);
        let [positive, negative] = [better, worse].map(|part| part.iter().sum::<f64>());
        let weight = |raw: &f64| match raw {
            raw if *raw >= 0.0 => raw / positive,
            raw if active => raw * (sum_of_worse / negative.abs()),
            _ => 0.0,
        };
        let period = 1.0 / (10.0 * n * (rank_one + rank_mu));
        Self {
            weights: raw.iter().map(weight).collect(),
            mu,
            step_size_rate,
            damping: 1.0 + 2.0 * longer.max(0.0) + step_size_rate,
            path_rate: (4.0 + mu / n) / (n + 4.0 + 2.0 * mu / n),
            rank_one,
            rank_mu,
            mean_length: n.sqrt() * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)),
            root_period: (period as u64).max(1),
        }
    }
}

/// Returns the square of the sum, divided by the sum of the squares.
fn effective_number(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    sum * sum / dot(weights, weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_those_of_the_tutorial() {
        // Computed by the package cma 4.5.0.
        let two = Constants::new(2, Constants::default_population(2), true);
        assert_eq!(two.weights.len(), 6);
        for (found, expected) in [
            (two.rank_one, 0.154_815_399_896_413_6),
            (two.rank_mu, 0.085_592_779_426_664_24),
            (two.path_rate, 0.624_554_539_026_826_4),
            (two.weights[0], 0.637_042_571_241_216_8),
            (two.weights[2], 0.078_387_171_320_750_33),
            (two.weights[3], -0.286_383_782_596_552_95),
            (two.weights[5], -1.155_981_778_158_918_2),
        ] {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
        let many = Constants::new(17, Constants::default_population(17), true);
        assert_eq!(many.weights.len(), 12);
        assert!((many.rank_mu - 0.012_324_720_634_059_245).abs() < 1e-15);
        assert!((many.weights[11] + 0.416_563_125_804_837_3).abs() < 1e-14);
        assert_eq!([two.root_period, many.root_period], [1, 1]);
        assert_eq!(Constants::new(2, 6, false).weights[3..], [0.0; 3]);
    }
}
