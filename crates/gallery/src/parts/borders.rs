//! Decision boundaries of a network in the plane of two features.

use crate::prelude::*;
use thalweg::{
    data::{DataSet, MAX_CLASSES},
    network::Network,
    number::spread,
};

/// Returns the distinct targets of a data set in ascending order.
///
/// # Errors
/// There are too many distinct targets to be classes: the targets are numbers.
pub(crate) fn classes(data: &DataSet) -> Result<Vec<f64>, Error> {
    let mut classes = data.targets.clone();
    classes.sort_by(f64::total_cmp);
    classes.dedup();
    if classes.len() > MAX_CLASSES {
        let (name, count) = (&data.target_name, classes.len());
        return Err(Error::Settings(format!(
            "this figure shows at most {MAX_CLASSES} classes, but `{name}` has {count} different values: choose another target column"
        )));
    }
    Ok(classes)
}

/// The decision boundaries in the plane of two features.
pub(crate) struct DecisionBoundaries<'a> {
    network: &'a dyn Network,
    /// Thresholds between consecutive classes for a network with a single output.
    steps: Vec<f64>,
    axes: [Vec<f64>; 2],
}

impl<'a> DecisionBoundaries<'a> {
    /// Prepares the evaluation of a network within `spans` with this number of samples along each axis.
    pub(crate) fn new(
        network: &'a dyn Network,
        classes: &[f64],
        spans: [[f64; 2]; 2],
        samples: usize,
    ) -> Self {
        let steps = classes
            .windows(2)
            .map(|pair| network.between(pair[0], pair[1]));
        Self {
            network,
            steps: steps.collect(),
            axes: spans.map(|span| spread(span, samples)),
        }
    }

    /// Returns the margin of each class for the weights `w`. It is positive where the network predicts the class.
    pub(crate) fn margins(&self, w: &[f64]) -> Vec<Field> {
        let [xs, ys] = &self.axes;
        let outputs = self.network.outputs();
        let count = if outputs == 1 {
            self.steps.len() + 1
        } else {
            outputs
        };
        let mut margins: Vec<Field> = (0..count)
            .map(|_| Field {
                xs: xs.clone(),
                ys: ys.clone(),
                values: Vec::with_capacity(xs.len() * ys.len()),
            })
            .collect();
        let mut sums = vec![0.0; outputs];
        for y in ys {
            for x in xs {
                self.network.sums(&[*x, *y], w, &mut sums);
                for (class, field) in margins.iter_mut().enumerate() {
                    field.values.push(self.margin(class, &sums));
                }
            }
        }
        margins
    }

    fn margin(&self, class: usize, sums: &[f64]) -> f64 {
        if let [sum] = sums {
            let above = class.checked_sub(1).map(|i| sum - self.steps[i]);
            let below = self.steps.get(class).map(|step| step - sum);
            // A NaN remains NaN.
            return match (above, below) {
                (Some(a), Some(b)) if b < a => b,
                (Some(a), _) => a,
                (None, Some(b)) => b,
                (None, None) => f64::INFINITY,
            };
        }
        let others = sums.iter().enumerate().filter(|(i, _)| *i != class);
        let most = others
            .map(|(_, sum)| *sum)
            .fold(f64::NEG_INFINITY, f64::max);
        sums[class] - most
    }
}
