//! Where a network tells classes apart, in the plane of two features.

use crate::prelude::*;
use thalweg::{data::DataSet, network::Network, number::spread};

/// The different targets of a data set, ascending.
///
/// # Errors
/// More of them than classes can be told apart: the targets are numbers.
pub(crate) fn classes(data: &DataSet) -> Result<Vec<f64>, Error> {
    const MOST: usize = 12;
    let mut classes = data.targets.clone();
    classes.sort_by(f64::total_cmp);
    classes.dedup();
    if classes.len() > MOST {
        let (name, count) = (&data.target_name, classes.len());
        return Err(Error::Settings(format!(
            "this figure shows classes, and `{name}` has {count} different values: it may have {MOST}"
        )));
    }
    Ok(classes)
}

/// The plane of two features, and what tells the classes apart there.
pub(crate) struct DecisionBoundaries<'a> {
    network: &'a dyn Network,
    /// Sums of a single output between one class and the next.
    steps: Vec<f64>,
    axes: [Vec<f64>; 2],
}

impl<'a> DecisionBoundaries<'a> {
    /// What a network makes of features within `spans`, at so many samples along each.
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

    /// How far inside of each class the features are with the weights `w`: above zero where they count as of it.
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
            // A NaN stays one.
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
