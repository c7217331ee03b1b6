//! Scales the features of a data set.

use super::DataSet;
use crate::{Error, catalog::choice, numeric::number::ShortestFloat};

/// What the name of a scaled feature ends with.
pub(crate) const SCALED: &str = ", scaled";

/// The scaling of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeatureScaling {
    /// The features as they are.
    #[default]
    None,
    /// Each feature has the mean 0 and the standard deviation 1.
    Standard,
}

choice!(FeatureScaling {
    "none": None,
    "standard": Standard,
});

/// Returns the mean and the standard deviation (with the divisor n) of at least one number.
pub(crate) fn mean_and_deviation(values: impl ExactSizeIterator<Item = f64> + Clone) -> [f64; 2] {
    let n = values.len() as f64;
    let mean = values.clone().sum::<f64>() / n;
    let square = values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    [mean, square.sqrt()]
}

/// Scales each feature to the mean 0 and the standard deviation 1, and says so in its name and in a note.
///
/// # Errors
/// A feature is constant.
pub(crate) fn standardize(data: &mut DataSet) -> Result<(), Error> {
    let mut notes = Vec::new();
    for feature in 0..data.dim() {
        let [mean, deviation] = mean_and_deviation(data.feature(feature));
        let name = &data.feature_names[feature];
        // A smaller deviation is rounding.
        if !deviation.is_finite() || deviation <= 1e-12 * mean.abs() {
            return Err(Error::Settings(format!(
                "the feature `{name}` cannot be scaled, because it is always {}: leave it out with `features`",
                ShortestFloat(mean)
            )));
        }
        notes.push(format!(
            "{name} with mean {mean:.4} and deviation {deviation:.4}"
        ));
        let dim = data.dim();
        for v in data.features.iter_mut().skip(feature).step_by(dim) {
            *v = (*v - mean) / deviation;
        }
    }
    for name in &mut data.feature_names {
        name.push_str(SCALED);
    }
    data.notes.push(format!(
        "scale=standard: the features are scaled to the mean 0 and the standard deviation 1 ({})",
        super::table::listed(&notes)
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standardized_features_have_the_mean_0_and_the_deviation_1() {
        let mut data = DataSet {
            feature_names: vec!["a".to_owned(), "b".to_owned()],
            features: vec![1.0, 10.0, 3.0, 30.0, 8.0, -10.0],
            targets: vec![0.0, 1.0, 0.0],
            ..DataSet::default()
        };
        standardize(&mut data).unwrap();
        for feature in 0..2 {
            let [mean, deviation] = mean_and_deviation(data.feature(feature));
            assert!(mean.abs() < 1e-15 && (deviation - 1.0).abs() < 1e-15);
        }
        assert_eq!(data.feature_names, ["a, scaled", "b, scaled"]);
        data.features.fill(7.0);
        let error = standardize(&mut data).unwrap_err().to_string();
        assert!(error.contains("always 7"), "{error}");
    }
}
