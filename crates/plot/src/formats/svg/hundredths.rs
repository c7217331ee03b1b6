//! Lengths in files: whole hundredths of a px, so that their sums are exact.

use crate::scene::FAR;
use std::fmt::{Display, Formatter};
use std::ops::Sub;

/// A length in hundredths of a px, the resolution of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hundredths(i64);

impl Hundredths {
    pub(super) const ZERO: Self = Self(0);
    pub(super) const ONE: Self = Self(100);

    pub(super) const fn of_hundredths(count: i64) -> Self {
        Self(count)
    }

    pub(super) const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Rounds a length, or returns `None` if it is not finite. Lengths beyond [`FAR`] are clamped.
    pub(crate) fn of(px: f64) -> Option<Self> {
        px.is_finite()
            .then(|| Self((px.clamp(-FAR, FAR) * 100.0).round() as i64))
    }

    /// Returns the length in px.
    #[cfg(feature = "pdf")]
    pub(crate) fn as_f32(self) -> f32 {
        (self.0 as f64 / 100.0) as f32
    }
}

impl Sub for Hundredths {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Display for Hundredths {
    /// Writes as few characters as possible: "0", "-0.5", "12.25".
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            _ if rest % 10 == 0 => write!(f, "{sign}{whole}.{}", rest / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.004, "0"),
            (-0.005, "-0.01"),
            (1.0, "1"),
            (-0.5, "-0.5"),
            (12.346, "12.35"),
            (9.999, "10"),
            (1e300, "10000000"),
        ];
        for (px, expected) in cases {
            assert_eq!(
                Hundredths::of(px).map(|h| h.to_string()).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(Hundredths::of(f64::NAN), None);
        assert_eq!(Hundredths::of(f64::NEG_INFINITY), None);
    }
}
