//! Numbers as text without loss of precision.

use std::fmt;

/// Displays a number with the fewest digits that identify its bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortestFloat(pub f64);

impl fmt::Display for ShortestFloat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = self.0;
        // Outside this range, plain digits would contain many zeros.
        let plain = v == 0.0 || !v.is_finite() || (1e-5..1e16).contains(&v.abs());
        if plain {
            write!(out, "{v}")
        } else {
            write!(out, "{v:e}")
        }
    }
}

/// Joins numbers with commas, each with the fewest digits.
pub fn join(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers
        .iter()
        .map(|v| ShortestFloat(*v).to_string())
        .collect();
    texts.join(",")
}

/// Returns `count` evenly spaced numbers between two ends, including the exact ends.
pub fn spread([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let last = (count - 1) as f64;
    let between = |i: usize| low + (high - low) * (i as f64 / last);
    let mut numbers: Vec<f64> = (0..count).map(between).collect();
    numbers[count - 1] = high;
    numbers
}

/// Parses a non-negative whole number, such as `1000000` or `1e6`.
pub fn whole(text: &str) -> Option<u64> {
    /// Above this number, not every whole number is an `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let exact = |v: &f64| v.fract() == 0.0 && (0.0..=EXACT).contains(v);
    let rounded = || text.parse::<f64>().ok().filter(exact).map(|v| v as u64);
    text.parse().ok().or_else(rounded)
}

#[cfg(test)]
mod tests {
    use super::{ShortestFloat, whole};

    #[test]
    fn whole_numbers_may_have_exponents() {
        assert_eq!(whole("1e6"), Some(1_000_000));
        assert_eq!(whole("18446744073709551615"), Some(u64::MAX));
        for wrong in ["1.5", "-1", "1e17", "nan", "", "many"] {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn text_identifies_the_bits() {
        for v in [
            0.1,
            -4.0,
            1e-300,
            5e-324,
            f64::MAX,
            0.1 + 0.2,
            -0.0,
            1e15,
            1e16,
        ] {
            let text = ShortestFloat(v).to_string();
            let back: f64 = text.parse().unwrap();
            assert_eq!(back.to_bits(), v.to_bits(), "{text}");
            assert!(text.len() < 25, "{text}");
        }
    }
}
