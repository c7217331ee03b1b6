//! Seeded random numbers, equal on every machine and in every version of this crate.
//!
//! The generator is xoshiro256++. `SplitMix64` derives its 256 bits from the seed (both by Blackman and Vigna). The use
//! of its 64-bit words is defined here, so that no release of another crate can change it:
//!
//! | function | words used | method |
//! |---|---|---|
//! | [`uniform`](Random::uniform) | 1 | the upper 53 bits times 2^-53 |
//! | [`between`](Random::between) | 1 | `low + (high - low) * uniform` |
//! | [`below`](Random::below) | 1, rarely more | the upper half of `word * count`; words that would bias the result are rejected |
//! | [`normal`](Random::normal) | 2 | Box and Muller's cosine |
//! | [`shuffle`](Random::shuffle) | 1 for each item except the first, rarely more | Fisher and Yates, from the last item to the first |

use crate::numeric::float::{cos, ln};
use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng as _, SeedableRng as _},
};
use std::f64::consts::TAU;

/// A sequence of random numbers, determined by its seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random(Xoshiro256PlusPlus);

/// 2^-53: the distance between neighboring uniform numbers.
const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;

impl Random {
    /// Creates the sequence of this seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// Returns a uniform number in [0, 1): a multiple of 2^-53.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * UNIT
    }

    /// Returns a uniform number of at least `low` and, except for rounding, below `high`.
    pub fn between(&mut self, [low, high]: [f64; 2]) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Returns a uniform whole number below `count`, which must be at least 1.
    pub fn below(&mut self, count: usize) -> usize {
        assert!(count > 0, "count must be at least 1");
        let count = count as u64;
        // Each of the `count` numbers gets equally many words; the remaining words are rejected.
        let left_over = count.wrapping_neg() % count;
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(count);
            if product as u64 >= left_over {
                return (product >> 64) as usize;
            }
        }
    }

    /// Returns a sample of the standard normal distribution (mean 0, variance 1).
    pub fn normal(&mut self) -> f64 {
        // In (0, 1] instead of [0, 1), because the logarithm of 0 is infinite.
        let radius = (-2.0 * ln(1.0 - self.uniform())).sqrt();
        radius * cos(TAU * self.uniform())
    }

    /// Shuffles the items; all orders have the same probability.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first words of seed 0.
    const REFERENCE: [u64; 3] = [
        0x5317_5d61_490b_23df,
        0x61da_6f3d_c380_d507,
        0x5c0f_df91_ec9a_7bfc,
    ];
    const SHUFFLED: [i32; 8] = [7, 5, 6, 3, 2, 4, 1, 0];

    #[test]
    fn a_seed_always_gives_the_same_numbers() {
        // Computed by another implementation of SplitMix64, xoshiro256++, and the shuffle.
        let mut random = Random::from_seed(0);
        let words: [u64; 3] = std::array::from_fn(|_| random.0.next_u64());
        assert_eq!(words, REFERENCE);
        let mut random = Random::from_seed(0);
        assert_eq!(
            random.uniform(),
            (REFERENCE[0] >> 11) as f64 / 9_007_199_254_740_992.0
        );
        assert_ne!(Random::from_seed(0), Random::from_seed(1));
        let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
        Random::from_seed(7).shuffle(&mut items);
        assert_eq!(items, SHUFFLED);
    }

    #[test]
    fn samples_have_the_expected_moments() {
        const COUNT: usize = 100_000;
        let mut random = Random::from_seed(1);
        let moments = |mut draw: Box<dyn FnMut() -> f64 + '_>| {
            let draws: Vec<f64> = (0..COUNT).map(|_| draw()).collect();
            let mean = draws.iter().sum::<f64>() / COUNT as f64;
            let square = |v: &f64| (v - mean) * (v - mean);
            (mean, draws.iter().map(square).sum::<f64>() / COUNT as f64)
        };
        // Tolerance: five standard errors.
        let (mean, variance) = moments(Box::new(|| random.uniform()));
        assert!((mean - 0.5).abs() < 0.0046 && (variance - 1.0 / 12.0).abs() < 0.0012);
        let (mean, variance) = moments(Box::new(|| random.between([-6.0, 6.0])));
        assert!(mean.abs() < 0.055 && (variance - 12.0).abs() < 0.17);
        let (mean, variance) = moments(Box::new(|| random.normal()));
        assert!(mean.abs() < 0.016 && (variance - 1.0).abs() < 0.023);
    }

    #[test]
    fn numbers_and_orders_are_equally_likely() {
        let mut random = Random::from_seed(2);
        let mut counts = [0_i32; 6];
        for _ in 0..60_000 {
            let mut order = [0, 1, 2];
            random.shuffle(&mut order);
            counts[2 * order[0] + usize::from(order[1] > order[2])] += 1;
        }
        // Tolerance: five standard deviations of a count.
        assert!(
            counts.iter().all(|count| (count - 10_000).abs() < 460),
            "{counts:?}"
        );
        assert!((0..1000).all(|_| random.below(1) == 0));
        assert!((0..1000).all(|_| random.below(7) < 7));
    }
}
