//! The smallest network: one layer with one output.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

mod bound;
mod grid;
mod lanes;
mod sample;

use fearless_simd::Level;
use lanes::SquaredSigmoid;

use crate::{
    numeric::float::{Lanes, Scalar},
    objective::{
        self, LeastSquares, Objective, SampledObjective, TwiceDifferentiable,
        blocks::Block,
        data::DataSet,
        network::{
            Network,
            activation::Activation,
            architecture::Architecture,
            loss::{Loss, Output},
            mlp::Head,
        },
        pointwise::{self, LaneObjective},
    },
};

/// A network with one layer and one output, and its mean loss on a data set.
///
/// ```text
/// p = activation(x . w + bias)          E(w) = mean(loss(p, y))
/// ```
///
/// It has one weight per feature, followed by the bias if it is trained.
#[derive(Clone, Debug)]
pub struct Perceptron {
    data: DataSet,
    output: Output,
    bias: Bias,
    /// Factors of the weights: (samples, weights), row-major.
    inputs: Vec<f64>,
    blocks: Vec<Block>,
}

/// The bias, which is added to the weighted sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bias {
    /// No bias.
    None,
    /// A constant bias.
    Fixed(f64),
    /// A trained bias: one more weight.
    Trained,
}

/// The unit of the article, which has specialized code.
const SQUARED_SIGMOID: Output = Output {
    activation: Activation::Sigmoid,
    loss: Loss::Mse,
};

impl Perceptron {
    /// Creates a network on `data`, which must have at least one sample and one feature.
    pub fn new(data: DataSet, output: Output, bias: Bias) -> Self {
        assert!(data.dim() > 0, "a perceptron needs at least one feature");
        assert!(data.samples() > 0, "a perceptron needs at least one sample");
        assert_eq!(
            data.features.len(),
            data.samples() * data.dim(),
            "features must be (samples, features)"
        );
        // A trained bias is the weight of a feature that is always 1.
        let one: &[f64] = if bias == Bias::Trained { &[1.0] } else { &[] };
        let rows = data.rows().flat_map(|(x, _)| x.iter().chain(one).copied());
        let inputs = rows.collect();
        let mut blocks = vec![Block::matrix("weights", 0, [1, data.dim()])];
        if bias == Bias::Trained {
            blocks.push(Block::bias("bias", data.dim(), 1));
        }
        Self {
            data,
            output,
            bias,
            inputs,
            blocks,
        }
    }

    /// Returns whether the bias is trained; it is then the last weight.
    pub fn trains_bias(&self) -> bool {
        self.bias == Bias::Trained
    }

    /// Returns the prediction for the `features` of one sample with the weights `w` (dim).
    pub fn predict(&self, features: &[f64], w: &[f64]) -> f64 {
        let z = self.sum_of(features, w);
        self.output.activation.value(Scalar, z)
    }

    /// Returns the weighted sum of the `features` of one sample, including the bias.
    fn sum_of(&self, features: &[f64], w: &[f64]) -> f64 {
        let z = self.sum(Scalar, features, w);
        if self.trains_bias() {
            z + w[features.len()]
        } else {
            z
        }
    }

    /// Returns the weighted sum of the `inputs` of a sample in each lane.
    #[inline(always)]
    fn sum<L: Lanes>(&self, l: L, inputs: &[f64], w: &[L::F]) -> L::F {
        let mut z = l.splat(inputs[0]) * w[0];
        for (&x, &w) in inputs[1..].iter().zip(&w[1..]) {
            z = z + l.splat(x) * w;
        }
        match self.bias {
            Bias::Fixed(bias) => z + l.splat(bias),
            Bias::None | Bias::Trained => z,
        }
    }

    /// Computes [`values`](Objective::values) with the instructions of `level`.
    fn values_at(&self, level: Level, points: &[f64], losses: &mut [f64]) {
        if self.output == SQUARED_SIGMOID {
            pointwise::values(&SquaredSigmoid(self), level, points, losses);
        } else {
            pointwise::values(self, level, points, losses);
        }
    }

    /// Computes [`values_and_gradients`](Objective::values_and_gradients) with the instructions of `level`.
    fn values_and_gradients_at(
        &self,
        level: Level,
        points: &[f64],
        losses: &mut [f64],
        gradients: &mut [f64],
    ) {
        if self.output == SQUARED_SIGMOID {
            let article = SquaredSigmoid(self);
            pointwise::values_and_gradients(&article, level, points, losses, gradients);
        } else {
            pointwise::values_and_gradients(self, level, points, losses, gradients);
        }
    }

    /// Returns the inputs and the target of one sample.
    #[inline(always)]
    fn row(&self, i: usize) -> (&[f64], f64) {
        let dim = self.dim();
        (&self.inputs[i * dim..(i + 1) * dim], self.data.targets[i])
    }

    /// Returns the inputs and targets of all samples.
    #[inline(always)]
    fn rows(&self) -> impl ExactSizeIterator<Item = (&[f64], f64)> {
        let targets = self.data.targets.iter().copied();
        self.inputs.chunks_exact(self.dim()).zip(targets)
    }

    /// Returns the mean loss of these samples at the weights `w` (dim) of each lane.
    #[inline(always)]
    fn loss_of<'a, L: Lanes>(
        &self,
        l: L,
        output: Output,
        rows: impl ExactSizeIterator<Item = (&'a [f64], f64)>,
        w: &[L::F],
    ) -> L::F {
        let samples = rows.len() as f64;
        let mut sum = l.splat(0.0);
        for (x, y) in rows {
            let z = self.sum(l, &x[..w.len()], w);
            sum = sum + output.loss(l, z, l.splat(y));
        }
        sum / l.splat(samples)
    }

    /// Returns the mean loss of these samples and writes its gradient into `g` (dim): backpropagation.
    #[inline(always)]
    fn loss_and_gradient_of<'a, L: Lanes>(
        &self,
        l: L,
        output: Output,
        rows: impl ExactSizeIterator<Item = (&'a [f64], f64)>,
        w: &[L::F],
        g: &mut [L::F],
    ) -> L::F {
        let samples = rows.len() as f64;
        let mut sum = l.splat(0.0);
        g.fill(l.splat(0.0));
        for (x, y) in rows {
            // If the number of weights is constant, the compiler also knows the number of inputs.
            let x = &x[..w.len()];
            let z = self.sum(l, x, w);
            let (loss, delta) = output.loss_and_delta(l, z, l.splat(y));
            sum = sum + loss;
            for (g, &x) in g.iter_mut().zip(x) {
                *g = *g + delta * l.splat(x);
            }
        }
        for g in g {
            *g = *g * l.splat(output.loss.factor() / samples);
        }
        sum / l.splat(samples)
    }
}

impl Objective for Perceptron {
    fn dim(&self) -> usize {
        self.data.dim() + usize::from(self.trains_bias())
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn value(&self, w: &[f64]) -> f64 {
        if self.output == SQUARED_SIGMOID {
            SquaredSigmoid(self).loss(Scalar, w)
        } else {
            self.loss(Scalar, w)
        }
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        if self.output == SQUARED_SIGMOID {
            SquaredSigmoid(self).loss_and_gradient(Scalar, w, g)
        } else {
            self.loss_and_gradient(Scalar, w, g)
        }
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        self.output.is_smooth().then_some(self as _)
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        (self.output.loss == Loss::Mse).then_some(self as _)
    }

    fn sampled(&self) -> Option<&dyn SampledObjective> {
        Some(self)
    }

    fn values(&self, points: &[f64], losses: &mut [f64]) {
        self.values_at(Level::new(), points, losses);
    }

    fn grid(&self, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
        if !grid::fill(self, xs, ys, losses) {
            objective::rows(self, xs, ys, losses);
        }
    }

    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        self.values_and_gradients_at(Level::new(), points, losses, gradients);
    }
}

impl Network for Perceptron {
    fn data(&self) -> &DataSet {
        &self.data
    }

    fn architecture(&self) -> Architecture {
        Architecture {
            layers: 1,
            hidden: Activation::Linear,
            head: Head::Units(self.output),
            bias: self.bias,
        }
    }

    fn outputs(&self) -> usize {
        1
    }

    fn sums(&self, features: &[f64], w: &[f64], sums: &mut [f64]) {
        sums[0] = self.sum_of(features, w);
    }

    fn prediction(&self, sum: f64) -> f64 {
        self.output.activation.value(Scalar, sum)
    }

    fn between(&self, low: f64, high: f64) -> f64 {
        self.output.between(low, high)
    }
}

#[cfg(test)]
mod tests;
