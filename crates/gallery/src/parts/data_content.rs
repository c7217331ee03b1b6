//! What a picture of a data set shows besides the samples.

use super::{borders::classes, samples::span};
use thalweg::{Error, data::MAX_CLASSES, network::Network};

/// What a picture of a data set shows besides the samples.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DataContent {
    /// One feature: the prediction is a curve over it.
    Curve,
    /// Two features and these classes as targets: decision boundaries.
    Classes(Vec<f64>),
    /// Two features and numbers as targets: the prediction is a color.
    Numbers,
}

impl DataContent {
    /// Returns the content for a network with one or two features.
    ///
    /// # Errors
    /// The network distinguishes more classes than a legend can list, or no axis can show a feature.
    pub(crate) fn of(network: &dyn Network) -> Result<Self, Error> {
        let data = network.data();
        for (i, name) in data.feature_names.iter().enumerate() {
            let [low, high] = span(data, i);
            if !(high - low).is_finite() {
                return Err(Error::Settings(format!(
                    "no axis can show the feature `{name}`: the difference of its values exceeds the largest number; divide its values"
                )));
            }
        }
        if data.dim() == 1 {
            return Ok(Self::Curve);
        }
        let has_classes = !data.class_names.is_empty() || are_classes(&data.targets);
        if network.outputs() == 1 && !has_classes {
            return Ok(Self::Numbers);
        }
        classes(data).map(Self::Classes)
    }
}

/// Returns whether targets are classes: two values, or numbers of classes, each of them for two samples on average.
fn are_classes(targets: &[f64]) -> bool {
    let mut values = targets.to_vec();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let count = values.len();
    let are_numbers = values.iter().all(|v| v.fract() == 0.0)
        && values.windows(2).all(|pair| pair[1] - pair[0] == 1.0)
        && values.iter().all(|v| *v >= 0.0);
    count <= 2 || (count <= MAX_CLASSES && are_numbers && targets.len() >= 2 * count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_not_classes() {
        assert!(are_classes(&[0.0, 1.0]));
        assert!(are_classes(&[-1.0, 2.5, 2.5, -1.0]));
        assert!(are_classes(&[0.0, 1.0, 2.0, 2.0, 1.0, 0.0]));
        assert!(!are_classes(&[0.0, 1.0, 2.0]));
        assert!(!are_classes(&[0.0, 2.0, 5.0, 0.0, 2.0, 5.0]));
        assert!(!are_classes(&[0.5, 1.5, 2.5, 0.5, 1.5, 2.5]));
    }
}
