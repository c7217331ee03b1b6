//! Numbers as text that reads back to the same bits.

use std::fmt;

/// Writes a number with the fewest digits that read back to the same bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortestFloat(pub f64);

impl fmt::Display for ShortestFloat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = self.0;
        // Outside this span plain digits would be a row of zeros.
        let plain = v == 0.0 || !v.is_finite() || (1e-5..1e16).contains(&v.abs());
        if plain {
            write!(out, "{v}")
        } else {
            write!(out, "{v:e}")
        }
    }
}

/// Numbers with commas between, each the shortest.
pub fn join(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers
        .iter()
        .map(|v| ShortestFloat(*v).to_string())
        .collect();
    texts.join(",")
}

/// `count` numbers evenly from one end to the other, both included to the bit.
pub fn spread([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let last = (count - 1) as f64;
    let between = |i: usize| low + (high - low) * (i as f64 / last);
    let mut numbers: Vec<f64> = (0..count).map(between).collect();
    numbers[count - 1] = high;
    numbers
}

/// A whole number from 0 on; `1e6` is one, too.
pub fn whole(text: &str) -> Option<u64> {
    /// Above it not every whole number is one of 64 bits with a point.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let exact = |v: &f64| v.fract() == 0.0 && (0.0..=EXACT).contains(v);
    let rounded = || text.parse::<f64>().ok().filter(exact).map(|v| v as u64);
    text.parse().ok().or_else(rounded)
}

#[cfg(test)]
mod tests {
    use super::{ShortestFloat, whole};

    #[test]
    fn whole_numbers_may_have_powers_of_ten() {
        assert_eq!(whole("1e6"), Some(1_000_000));
        assert_eq!(whole("18446744073709551615"), Some(u64::MAX));
        for wrong in ["1.5", "-1", "1e17", "nan", "", "many"] {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_back_to_the_same_bits() {
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
