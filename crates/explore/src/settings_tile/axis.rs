//! The axes of a map of settings.

use thalweg::{Error, over::Spacing};

/// The prefix of an axis that is a weight of the initial point, counted from 1.
const START: &str = "start.";

/// One axis of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct TileAxis {
    /// The setting, or `start.1` for the first weight of the initial point.
    pub key: String,
    /// The values at both ends, ascending.
    pub range: [f64; 2],
    /// Whether equal distances are equal ratios.
    pub is_log: bool,
}

impl TileAxis {
    /// Returns the value at a share of the axis, from 0 to 1.
    pub(super) fn at(&self, share: f64) -> f64 {
        Spacing::of(self.is_log).at(self.range, share)
    }

    /// Returns the index of the weight of the initial point, if the axis is one.
    pub(super) fn weight(&self) -> Option<usize> {
        let weight = self.key.strip_prefix(START)?.parse::<usize>().ok()?;
        weight.checked_sub(1)
    }

    /// Checks the ends, and that the problem has the weight.
    pub(super) fn check(&self, dim: usize) -> Result<(), Error> {
        let [low, high] = self.range;
        let wrong = |message: String| Err(Error::Settings(message));
        if !(low < high && low.is_finite() && high.is_finite() && (!self.is_log || low > 0.0)) {
            return wrong(format!(
                "the range of `{}` from {low} to {high} is empty",
                self.key
            ));
        }
        if self.key.starts_with(START) && self.weight().is_none_or(|weight| weight >= dim) {
            return wrong(format!("`{}` is not one of the {dim} weights", self.key));
        }
        Ok(())
    }
}
