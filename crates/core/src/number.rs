//! Numbers as text that reads back to the same bits.

use std::fmt;

/// Writes a number with the fewest digits that read back to the same bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortest(pub f64);

impl fmt::Display for Shortest {
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
    let texts: Vec<String> = numbers.iter().map(|v| Shortest(*v).to_string()).collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use super::Shortest;

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
            let text = Shortest(v).to_string();
            let back: f64 = text.parse().unwrap();
            assert_eq!(back.to_bits(), v.to_bits(), "{text}");
            assert!(text.len() < 25, "{text}");
        }
    }
}
