//! The sign test: whether one of two optimizers is better in more pairs of runs than chance explains.

use std::cmp::Ordering;

/// The exact two-sided sign test on pairs of runs with equal initial points and seeds.
///
/// It uses only which run of a pair is better. Runs that miss the target can therefore be compared without a number for their time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignTest {
    /// Number of pairs in which the first one is better.
    pub wins: u64,
    /// Number of pairs in which the second one is better.
    pub losses: u64,
    /// Number of pairs without a difference; they do not count.
    pub ties: u64,
    /// The probability of a difference at least as large if both were equally good.
    pub p: f64,
}

impl SignTest {
    /// Tests these pairs. `Less` means that the first one is better.
    pub fn new(pairs: impl Iterator<Item = Ordering>) -> Self {
        let (mut wins, mut losses, mut ties) = (0, 0, 0);
        for order in pairs {
            *match order {
                Ordering::Less => &mut wins,
                Ordering::Greater => &mut losses,
                Ordering::Equal => &mut ties,
            } += 1;
        }
        Self {
            wins,
            losses,
            ties,
            p: two_sided(wins, losses),
        }
    }
}

/// Returns the probability that a fair coin shows the rarer side at most min(wins, losses) times, doubled.
fn two_sided(wins: u64, losses: u64) -> f64 {
    let count = wins + losses;
    let rarer = wins.min(losses);
    // The probability of each number of heads, from the one before. The logarithm of 2^-count would lose digits, so the factors
    // of 1/2 are applied whenever the sum grows.
    let (mut term, mut sum, mut halvings) = (1.0_f64, 0.0_f64, count);
    for k in 0..=rarer {
        if k > 0 {
            term *= (count - k + 1) as f64 / k as f64;
        }
        sum += term;
        while sum > 1.0 && halvings > 0 {
            (term, sum, halvings) = (term / 2.0, sum / 2.0, halvings - 1);
        }
    }
    while halvings > 0 && sum > 0.0 {
        (sum, halvings) = (sum / 2.0, halvings - 1);
    }
    (2.0 * sum).min(1.0)
}

/// Returns the probabilities adjusted for the number of tests (Holm, 1979), in the same order.
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let mut adjusted = vec![0.0; probabilities.len()];
    let mut largest = 0.0_f64;
    for (rank, i) in order.iter().enumerate() {
        let factor = (probabilities.len() - rank) as f64;
        largest = largest.max((factor * probabilities[*i]).min(1.0));
        adjusted[*i] = largest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs()
    }

    #[test]
    fn probabilities_are_those_of_the_binomial_distribution() {
        // scipy.stats.binomtest(k, n).pvalue
        for (wins, losses, p) in [
            (10, 0, 0.001_953_125),
            (9, 1, 0.021_484_375),
            (15, 5, 0.041_389_465_332_031_25),
            (5, 5, 1.0),
            (0, 0, 1.0),
            (1, 0, 1.0),
        ] {
            assert!(close(two_sided(wins, losses), p), "{wins} {losses}");
            assert_eq!(two_sided(wins, losses), two_sided(losses, wins));
        }
        assert!(close(two_sided(3000, 0), 0.0) && two_sided(1000, 1100) > 0.02);
    }

    #[test]
    fn ties_do_not_count() {
        use Ordering::{Equal, Greater, Less};
        let test = SignTest::new([Less, Equal, Less, Greater, Equal].into_iter());
        assert_eq!((test.wins, test.losses, test.ties), (2, 1, 2));
        assert_eq!(test.p, 1.0);
    }

    #[test]
    fn several_tests_raise_the_probabilities() {
        let adjusted = holm(&[0.01, 0.04, 0.03]);
        let expected = [0.03, 0.06, 0.06];
        for (a, b) in adjusted.iter().zip(expected) {
            assert!(close(*a, b), "{adjusted:?}");
        }
    }
}
