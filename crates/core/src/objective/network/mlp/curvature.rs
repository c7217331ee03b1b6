//! Second derivatives: exact products of the Hessian with vectors, sample by sample, and the Hessian of small networks.
//!
//! A product is the derivative of the gradient along a direction: the forward and the backward pass are differentiated
//! (Pearlmutter, Fast exact multiplication by the Hessian, 1994).

use super::{Head, Layer, Mlp, batch::target};
use crate::{
    numeric::{
        float::{Scalar, exp},
        linalg::dot,
    },
    objective::{Objective as _, TwiceDifferentiable, network::activation::Activation, symmetrize},
};

/// Limit of the number of weights of a network with a Hessian. Larger networks only have products.
const MAX_HESSIAN_WEIGHTS: usize = 500;

/// One unit of one sample.
#[derive(Clone, Copy, Debug, Default)]
struct Unit {
    /// Activation, or a feature of the sample.
    value: f64,
    /// First derivative of the activation with respect to the weighted sum.
    slope: f64,
    /// Second derivative of the activation.
    curvature: f64,
    /// Derivative of the loss with respect to the activation; 0 in the first and the last layer.
    pull: f64,
    /// Derivative of the loss with respect to the weighted sum.
    delta: f64,
    /// Derivative of the weighted sum along the direction.
    sum_change: f64,
    /// Derivative of the activation along the direction.
    change: f64,
    /// Derivative of `delta` along the direction.
    delta_change: f64,
}

/// One sample in the network.
struct SamplePass<'a> {
    net: &'a Mlp,
    w: &'a [f64],
    target: f64,
    /// The features, and then the units of each layer.
    layers: Vec<Vec<Unit>>,
    /// The probabilities of the classes of a softmax.
    probabilities: Vec<f64>,
}

impl<'a> SamplePass<'a> {
    /// Makes the forward and the backward pass of a sample.
    fn new(net: &'a Mlp, w: &'a [f64], (x, target): (&[f64], f64)) -> Self {
        let features = x.iter().map(|value| Unit {
            value: *value,
            ..Unit::default()
        });
        let mut pass = Self {
            net,
            w,
            target,
            layers: vec![features.collect()],
            probabilities: Vec::new(),
        };
        let last = net.layers.len() - 1;
        for (k, layer) in net.layers.iter().enumerate() {
            let values: Vec<f64> = pass.layers[k].iter().map(|unit| unit.value).collect();
            let sums = layer.sums(&values, w);
            let units = if k == last {
                pass.outputs(&sums)
            } else {
                sums.iter().map(|z| hidden_unit(net.hidden, *z)).collect()
            };
            pass.layers.push(units);
        }
        for k in (1..=last).rev() {
            pass.pull_back(k);
        }
        pass
    }

    /// Returns the units of the last layer with these weighted sums. Their `curvature` is that of the loss.
    fn outputs(&mut self, sums: &[f64]) -> Vec<Unit> {
        let factor = self.net.head.factor();
        match self.net.head {
            Head::Units(output) => {
                let unit = |(j, z): (usize, &f64)| {
                    let y = target(self.target, j, sums.len());
                    Unit {
                        delta: factor * output.loss_and_delta(Scalar, *z, y).1,
                        curvature: factor * output.curvature(*z, y),
                        ..Unit::default()
                    }
                };
                sums.iter().enumerate().map(unit).collect()
            }
            Head::Softmax => {
                let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let powers: Vec<f64> = sums.iter().map(|z| exp(z - most)).collect();
                let whole: f64 = powers.iter().sum();
                self.probabilities = powers.iter().map(|power| power / whole).collect();
                let unit = |(j, p): (usize, &f64)| Unit {
                    delta: p - target(self.target, j, sums.len()),
                    ..Unit::default()
                };
                self.probabilities.iter().enumerate().map(unit).collect()
            }
        }
    }

    /// Computes the derivatives with respect to the units of hidden layer `k`, counted from 1, from those of the next layer.
    fn pull_back(&mut self, k: usize) {
        let layer = self.net.layers[k];
        let (weights, _) = layer.weights(self.w);
        let (near, far) = self.layers.split_at_mut(k + 1);
        for (unit, row) in near[k].iter_mut().zip(weights.chunks_exact(layer.units)) {
            unit.pull = row
                .iter()
                .zip(&far[0])
                .map(|(w, next)| w * next.delta)
                .sum();
            unit.delta = unit.pull * unit.slope;
        }
    }

    /// Adds the product of the Hessian of this sample's loss and `v` to `product` (both dim).
    fn add_product(&mut self, v: &[f64], product: &mut [f64]) {
        let last = self.net.layers.len() - 1;
        for k in 0..=last {
            self.push_change(k, v);
        }
        self.change_outputs();
        for k in (0..=last).rev() {
            if k < last {
                self.pull_change(k + 1, v);
            }
            self.add_layer(k, product);
        }
    }

    /// Computes the derivatives of the weighted sums and activations of layer `k` along `v`.
    fn push_change(&mut self, k: usize, v: &[f64]) {
        let layer = self.net.layers[k];
        let ((weights, _), (directions, biases)) = (layer.weights(self.w), layer.weights(v));
        let (near, far) = self.layers.split_at_mut(k + 1);
        for (unit, bias) in far[0].iter_mut().zip(biases) {
            unit.sum_change = *bias;
        }
        let rows = weights
            .chunks_exact(layer.units)
            .zip(directions.chunks_exact(layer.units));
        for (input, (weights, directions)) in near[k].iter().zip(rows) {
            for ((unit, w), v) in far[0].iter_mut().zip(weights).zip(directions) {
                unit.sum_change += input.change * w + input.value * v;
            }
        }
        for unit in &mut far[0] {
            unit.change = unit.slope * unit.sum_change;
        }
    }

    /// Computes the derivatives of the deltas of the outputs.
    fn change_outputs(&mut self) {
        let Some(outputs) = self.layers.last_mut() else {
            return;
        };
        match self.net.head {
            Head::Units(_) => {
                for unit in outputs {
                    unit.delta_change = unit.curvature * unit.sum_change;
                }
            }
            Head::Softmax => {
                let changes: Vec<f64> = outputs.iter().map(|unit| unit.sum_change).collect();
                let mean = dot(&self.probabilities, &changes);
                for (unit, p) in outputs.iter_mut().zip(&self.probabilities) {
                    unit.delta_change = p * (unit.sum_change - mean);
                }
            }
        }
    }

    /// Computes the derivatives of the deltas of hidden layer `k`, counted from 1.
    fn pull_change(&mut self, k: usize, v: &[f64]) {
        let layer = self.net.layers[k];
        let ((weights, _), (directions, _)) = (layer.weights(self.w), layer.weights(v));
        let (near, far) = self.layers.split_at_mut(k + 1);
        let rows = weights
            .chunks_exact(layer.units)
            .zip(directions.chunks_exact(layer.units));
        for (unit, (weights, directions)) in near[k].iter_mut().zip(rows) {
            let mut pull_change = 0.0;
            for ((next, w), v) in far[0].iter().zip(weights).zip(directions) {
                pull_change += v * next.delta + w * next.delta_change;
            }
            unit.delta_change =
                unit.curvature * unit.sum_change * unit.pull + unit.slope * pull_change;
        }
    }

    /// Adds the part of layer `k` to a product.
    fn add_layer(&self, k: usize, product: &mut [f64]) {
        let layer: Layer = self.net.layers[k];
        let product = &mut product[layer.first..layer.end()];
        let (matrix, biases) = product.split_at_mut(layer.inputs * layer.units);
        let units = &self.layers[k + 1];
        for (input, row) in self.layers[k]
            .iter()
            .zip(matrix.chunks_exact_mut(layer.units))
        {
            for (sum, unit) in row.iter_mut().zip(units) {
                *sum += input.change * unit.delta + input.value * unit.delta_change;
            }
        }
        for (sum, unit) in biases.iter_mut().zip(units) {
            *sum += unit.delta_change;
        }
    }
}

/// Returns a hidden unit with the weighted sum `z`.
fn hidden_unit(activation: Activation, z: f64) -> Unit {
    let value = activation.value(Scalar, z);
    Unit {
        value,
        slope: activation.slope(Scalar, z, value),
        curvature: activation.curvature(z, value),
        ..Unit::default()
    }
}

impl Mlp {
    /// Returns whether the loss has second derivatives everywhere.
    pub(super) fn is_smooth(&self) -> bool {
        let is_hidden_smooth = self.layers.len() == 1 || self.hidden.is_smooth();
        is_hidden_smooth
            && match self.head {
                Head::Units(output) => output.is_smooth(),
                Head::Softmax => true,
            }
    }

    /// Returns whether the network is small enough for a Hessian.
    pub(super) fn has_hessian(&self) -> bool {
        self.is_smooth() && self.dim() <= MAX_HESSIAN_WEIGHTS
    }

    /// Writes the product of the Hessian at `w` and `v` into `product` (all dim).
    pub(super) fn write_hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) {
        product.fill(0.0);
        for sample in self.data.rows() {
            SamplePass::new(self, w, sample).add_product(v, product);
        }
        self.divide(product);
    }

    /// Divides a sum over the samples by their number.
    fn divide(&self, sum: &mut [f64]) {
        let share = self.share(self.data.samples());
        for sum in sum {
            *sum /= share;
        }
    }
}

/// The Hessian of a network with at most 500 weights.
impl TwiceDifferentiable for Mlp {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.dim();
        h.fill(0.0);
        let mut unit = vec![0.0; dim];
        for sample in self.data.rows() {
            let mut pass = SamplePass::new(self, w, sample);
            for (i, row) in h.chunks_exact_mut(dim).enumerate() {
                unit[i] = 1.0;
                pass.add_product(&unit, row);
                unit[i] = 0.0;
            }
        }
        self.divide(h);
        symmetrize(h, dim);
    }
}
