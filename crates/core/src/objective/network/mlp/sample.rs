//! Evaluation sample by sample: predictions, residuals, and their derivatives.

use super::{Head, Layer, Mlp, batch::target};
use crate::{
    numeric::float::Scalar,
    objective::{
        LeastSquares, Objective as _,
        data::DataSet,
        network::{Network, architecture::Architecture, perceptron::Bias},
    },
};

/// The residuals are the errors p - y, ordered by sample and then by output.
impl LeastSquares for Mlp {
    fn residuals(&self) -> usize {
        self.data.samples() * self.outputs()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let outputs = self.outputs();
        let rows = r
            .chunks_exact_mut(outputs)
            .zip(j.chunks_exact_mut(outputs * self.dim()));
        for ((r, j), (x, y)) in rows.zip(self.data.rows()) {
            let states = self.states(x, w);
            let (last, slopes) = &states[states.len() - 1];
            for (k, j) in j.chunks_exact_mut(self.dim()).enumerate() {
                r[k] = last[k] - target(y, k, outputs);
                let mut deltas = vec![0.0; outputs];
                deltas[k] = slopes[k];
                self.derive(w, &states, deltas, j);
            }
        }
        self.value(w)
    }
}

impl Network for Mlp {
    fn data(&self) -> &DataSet {
        &self.data
    }

    fn architecture(&self) -> Architecture {
        Architecture {
            layers: self.layers.len(),
            hidden: self.hidden,
            head: self.head,
            bias: Bias::Trained,
        }
    }

    fn outputs(&self) -> usize {
        self.layers[self.layers.len() - 1].units
    }

    fn sums(&self, features: &[f64], w: &[f64], sums: &mut [f64]) {
        let (last, hidden) = (self.layers.len() - 1, self.hidden);
        let values = self.layers[..last]
            .iter()
            .fold(features.to_vec(), |x, layer| {
                let sums = layer.sums(&x, w);
                sums.iter().map(|z| hidden.value(Scalar, *z)).collect()
            });
        sums.copy_from_slice(&self.layers[last].sums(&values, w));
    }

    fn prediction(&self, sum: f64) -> f64 {
        match self.head {
            Head::Units(output) => output.activation.value(Scalar, sum),
            Head::Softmax => sum,
        }
    }

    fn between(&self, low: f64, high: f64) -> f64 {
        match self.head {
            Head::Units(output) => output.between(low, high),
            Head::Softmax => 0.0,
        }
    }
}

impl Layer {
    /// Computes the weighted sums of its units for the values `x` of the previous layer.
    pub(super) fn sums(&self, x: &[f64], w: &[f64]) -> Vec<f64> {
        let (weights, biases) = self.weights(w);
        let mut sums = biases.to_vec();
        for (x, row) in x.iter().zip(weights.chunks_exact(self.units)) {
            for (sum, w) in sums.iter_mut().zip(row) {
                *sum += x * w;
            }
        }
        sums
    }
}

/// Activations and slopes of the units of one layer.
type LayerState = (Vec<f64>, Vec<f64>);

impl Mlp {
    /// Computes activations and slopes of all layers. The first element contains the features `x`.
    fn states(&self, x: &[f64], w: &[f64]) -> Vec<LayerState> {
        let mut states = vec![(x.to_vec(), Vec::new())];
        for (k, layer) in self.layers.iter().enumerate() {
            let sums = layer.sums(&states[k].0, w);
            let activation = match self.head {
                Head::Units(output) if k + 1 == self.layers.len() => output.activation,
                _ => self.hidden,
            };
            let both = sums.iter().map(|z| {
                let p = activation.value(Scalar, *z);
                (p, activation.slope(Scalar, *z, p))
            });
            states.push(both.unzip());
        }
        states
    }

    /// Backpropagates: writes the derivatives with respect to the weights into `j` (dim), given the derivatives `deltas` with
    /// respect to the sums of the last layer.
    fn derive(&self, w: &[f64], states: &[LayerState], mut deltas: Vec<f64>, j: &mut [f64]) {
        for (layer, (values, slopes)) in self.layers.iter().zip(states).rev() {
            let (weights, _) = layer.weights(w);
            let (products, biases) =
                j[layer.first..layer.end()].split_at_mut(layer.inputs * layer.units);
            biases.copy_from_slice(&deltas);
            for (x, row) in values.iter().zip(products.chunks_exact_mut(layer.units)) {
                for (j, delta) in row.iter_mut().zip(&deltas) {
                    *j = x * delta;
                }
            }
            let rows = weights.chunks_exact(layer.units).zip(slopes);
            deltas = rows
                .map(|(row, slope)| {
                    let along = row.iter().zip(&deltas).map(|(w, delta)| w * delta);
                    along.sum::<f64>() * slope
                })
                .collect();
        }
    }
}
