//! Quasi-random points of the unit cube: a Halton sequence, shifted at random.

use crate::numeric::random::Random;

/// The bases of the coordinates: primes. More settings than these are never tuned together.
const BASES: [u64; 8] = [2, 3, 5, 7, 11, 13, 17, 19];

/// The largest number of coordinates of a point.
pub(super) const MAX_DIMENSIONS: usize = BASES.len();

/// Returns `count` points (count, dim) of the sequence with this seed.
///
/// The shift of each coordinate wraps around the cube (Cranley and Patterson, 1976), so that every point is uniform and the
/// points of different seeds are independent.
pub(super) fn points(seed: u64, dim: usize, count: u64) -> Vec<Vec<f64>> {
    assert!(dim <= MAX_DIMENSIONS, "there are too many coordinates");
    let mut random = Random::from_seed(seed);
    let shifts: Vec<f64> = (0..dim).map(|_| random.uniform()).collect();
    let point = |i: u64| {
        let coordinates = BASES.iter().zip(&shifts);
        coordinates
            .map(|(base, shift)| {
                let shifted = radical_inverse(i, *base) + shift;
                shifted - shifted.floor()
            })
            .collect()
    };
    // The first point of every Halton sequence is the origin.
    (1..=count).map(point).collect()
}

/// Returns the digits of `i` mirrored at the point, in [0, 1).
fn radical_inverse(mut i: u64, base: u64) -> f64 {
    let (mut value, mut digit) = (0.0, 1.0);
    while i > 0 {
        digit /= base as f64;
        value += (i % base) as f64 * digit;
        i /= base;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_mirrored() {
        let inverses = [1, 2, 3, 4, 5].map(|i| radical_inverse(i, 2));
        assert_eq!(inverses, [0.5, 0.25, 0.75, 0.125, 0.625]);
        assert!((radical_inverse(5, 3) - 7.0 / 9.0).abs() < 1e-15);
    }

    #[test]
    fn points_fill_the_interval_evenly_for_every_seed() {
        for seed in 0..20 {
            let mut numbers: Vec<f64> = points(seed, 1, 16).concat();
            assert_eq!(numbers, points(seed, 1, 16).concat());
            numbers.sort_by(f64::total_cmp);
            for pair in numbers.windows(2) {
                assert!(
                    pair[1] - pair[0] < 2.0 / 16.0 + 1e-12,
                    "{seed}: {numbers:?}"
                );
            }
            assert!(numbers.iter().all(|v| (0.0..1.0).contains(v)));
        }
        assert_ne!(points(0, 2, 3), points(1, 2, 3));
    }
}
