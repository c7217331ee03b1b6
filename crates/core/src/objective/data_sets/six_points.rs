//! The data set of the article from which this project started.

use super::prelude::*;

/// The data set of the article: six points in two linearly separable classes.
///
/// ```text
/// 1: (0.9, 0.3) (0.5, 0.3) (0.2, 0.1)          0: (0.7, 0.5) (0.1, 0.8) (0.1, 0.9)
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "six-points",
    title = "Six points",
    cite = "shevchuk2015visualize"
)]
pub struct SixPoints {}

/// Two features and the target of each point.
const POINTS: [[f64; 3]; 6] = [
    [0.9, 0.3, 1.0],
    [0.5, 0.3, 1.0],
    [0.2, 0.1, 1.0],
    [0.7, 0.5, 0.0],
    [0.1, 0.8, 0.0],
    [0.1, 0.9, 0.0],
];

impl Build<DataSet> for SixPoints {
    fn build(self) -> Result<DataSet, Error> {
        Ok(DataSet {
            feature_names: vec!["First feature".to_owned(), "Second feature".to_owned()],
            features: POINTS.iter().flat_map(|[a, b, _]| [*a, *b]).collect(),
            target_name: "class".to_owned(),
            targets: POINTS.iter().map(|[_, _, y]| *y).collect(),
            ..DataSet::default()
        })
    }
}
