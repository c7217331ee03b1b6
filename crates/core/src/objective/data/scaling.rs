//! Scales the features of a data set.

use super::{
    DataSet,
    table::{beginning, joined},
    usable::name_or_number,
};
use crate::{Error, catalog::choice, numeric::number::ShortestFloat};
use std::ops::RangeInclusive;

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
    let unit = unit_of(values.clone());
    let scaled = values.map(|v| v / unit);
    let n = scaled.len() as f64;
    let mean = scaled.clone().sum::<f64>() / n;
    let square = scaled.map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    [mean * unit, square.sqrt() * unit]
}

/// Returns 1, or a power of two by which numbers must be divided so that their squares neither overflow nor underflow.
fn unit_of(values: impl Iterator<Item = f64>) -> f64 {
    const USUAL: RangeInclusive<f64> = 1e-140..=1e140;
    const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
    let greatest = values.fold(0.0, |most: f64, v| most.max(v.abs()));
    if greatest == 0.0 || USUAL.contains(&greatest) {
        return 1.0;
    }
    f64::from_bits(greatest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE)
}

/// Returns whether a standard deviation is rounding instead of a difference.
pub(crate) fn is_constant([mean, deviation]: [f64; 2]) -> bool {
    deviation <= 1e-12 * mean.abs()
}

/// A feature with a single value.
struct ConstantFeature<'d> {
    index: usize,
    name: &'d str,
    value: ShortestFloat,
}

fn constants(data: &DataSet) -> Vec<ConstantFeature<'_>> {
    let is_constant = |i: &usize| is_constant(mean_and_deviation(data.feature(*i)));
    let found = (0..data.dim()).filter(is_constant);
    let constant = |index: usize| ConstantFeature {
        index,
        name: &data.feature_names[index],
        value: ShortestFloat(data.features[index]),
    };
    found.map(constant).collect()
}

/// Returns a note on features that are constant, if there are any.
pub(crate) fn constant_note(data: &DataSet) -> Option<String> {
    let constants = constants(data);
    let texts = constants.iter();
    let texts = texts.map(|c| format!("`{}` is always {}", beginning(c.name), c.value));
    let note = "a feature with a single value has the effect of a bias";
    (!constants.is_empty()).then(|| format!("{note}: {}", joined(texts)))
}

/// Scales each feature to the mean 0 and the standard deviation 1, and says so in its name and in a note.
///
/// # Errors
/// A feature is constant.
pub(crate) fn standardize(data: &mut DataSet) -> Result<(), Error> {
    let constants = constants(data);
    if !constants.is_empty() {
        return Err(constant_error(data, &constants));
    }
    let mut notes = Vec::new();
    for feature in 0..data.dim() {
        let unit = unit_of(data.feature(feature));
        let scaled: Vec<f64> = data.feature(feature).map(|v| v / unit).collect();
        let [mean, deviation] = mean_and_deviation(scaled.iter().copied());
        let dim = data.dim();
        let places = data.features.iter_mut().skip(feature).step_by(dim);
        for (v, scaled) in places.zip(scaled) {
            *v = (scaled - mean) / deviation;
        }
        let name = &data.feature_names[feature];
        let [mean, deviation] = [mean, deviation].map(|v| in_four_digits(v * unit));
        notes.push(format!("{name} with mean {mean} and deviation {deviation}"));
    }
    for name in &mut data.feature_names {
        name.push_str(", scaled");
    }
    data.notes.push(format!(
        "scale=standard: the features are scaled to the mean 0 and the standard deviation 1 ({})",
        joined(notes.into_iter())
    ));
    Ok(())
}

/// Returns the error of features that cannot be scaled, and advises to use the others.
fn constant_error(data: &DataSet, constants: &[ConstantFeature]) -> Error {
    const MAX_FEATURES: usize = 20;
    let texts = constants.iter().map(|c| {
        let name = beginning(c.name);
        format!(
            "`{name}` cannot be scaled, because it is always {}",
            c.value
        )
    });
    let message = format!(
        "the feature {}: leave it out with `features`",
        joined(texts)
    );
    let Some(source) = &data.source else {
        return Error::Settings(message);
    };
    let error = source.table.error(None, None, message);
    let others = (0..data.dim()).filter(|i| constants.iter().all(|c| c.index != *i));
    let others = others.map(|i| name_or_number(&source.table, source.features[i]));
    let others: Vec<String> = others.take(MAX_FEATURES + 1).collect();
    if others.is_empty() || others.len() > MAX_FEATURES {
        return error;
    }
    let changes = [("features", others.join("|"))];
    error.advise("to leave out features with a single value", changes)
}

/// Rounds a number to four significant digits, for messages.
fn in_four_digits(v: f64) -> ShortestFloat {
    ShortestFloat(format!("{v:.3e}").parse().unwrap_or(v))
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
        assert!(
            error.contains("`b, scaled` cannot be scaled, because it is always 7"),
            "{error}"
        );
    }

    #[test]
    fn huge_and_tiny_features_are_scaled_like_others() {
        let usual = [1.0, -1.0, 0.5, 3.0];
        let scaled = |unit: f64| {
            let mut data = DataSet {
                feature_names: vec!["a".to_owned()],
                features: usual.map(|v| v * unit).to_vec(),
                targets: vec![0.0; 4],
                ..DataSet::default()
            };
            standardize(&mut data).unwrap();
            (data.features, data.notes.remove(0))
        };
        let (expected, _) = scaled(1.0);
        for (unit, note) in [
            (1e300, "a with mean 8.75e299 and deviation 1.431e300"),
            (1e-320, "deviation 1.43"),
            (1e-200, "a with mean 8.75e-201 and deviation 1.431e-200"),
            (5e307, "deviation 7.153e307"),
        ] {
            let (features, found) = scaled(unit);
            let error = |(a, b): (&f64, &f64)| (a - b).abs();
            let most = features
                .iter()
                .zip(&expected)
                .map(error)
                .fold(0.0, f64::max);
            // A subnormal number has few digits.
            let allowed = if unit < f64::MIN_POSITIVE {
                1e-3
            } else {
                1e-15
            };
            assert!(most <= allowed, "{unit:e}: {features:?}");
            assert!(found.contains(note), "{found}");
        }
    }

    #[test]
    fn constant_features_are_named() {
        let data = DataSet {
            feature_names: ["a", "b", "c"].map(str::to_owned).to_vec(),
            features: vec![1.0, 7.0, 0.0, 2.0, 7.0, 0.0],
            targets: vec![0.0, 1.0],
            ..DataSet::default()
        };
        let note = constant_note(&data).unwrap();
        assert!(note.ends_with("`b` is always 7, `c` is always 0"), "{note}");
        let error = standardize(&mut data.clone()).unwrap_err().to_string();
        assert!(
            error.contains("`b` cannot") && error.contains("`c` cannot"),
            "{error}"
        );
    }
}
