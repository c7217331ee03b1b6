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
use lanes::{ArticleUnit, LanesOf, Unit};
use std::f64::consts::LOG2_E;

use crate::{
    numeric::float::{LaneGroup, Lanes, Scalar, UnrolledLanes},
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
    /// The factors times log2(e), for [`ArticleUnit`].
    scaled_inputs: Vec<f64>,
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

/// Number of samples that are evaluated at the same time, which hides the latency of an operation.
const GROUP: usize = 3;

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
        let inputs: Vec<f64> = rows.collect();
        let mut blocks = vec![Block::matrix("weights", 0, [1, data.dim()])];
        if bias == Bias::Trained {
            blocks.push(Block::bias("bias", data.dim(), 1));
        }
        Self {
            data,
            output,
            bias,
            scaled_inputs: match output {
                SQUARED_SIGMOID => inputs.iter().map(|x| x * LOG2_E).collect(),
                _ => Vec::new(),
            },
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
        let z = self.sum(Scalar, 1.0, features, w);
        if self.trains_bias() {
            z + w[features.len()]
        } else {
            z
        }
    }

    /// Returns the weighted sum of the `inputs` of a sample in each lane. They and the result are multiplied by `scale`.
    #[inline(always)]
    fn sum<L: Lanes>(&self, l: L, scale: f64, inputs: &[f64], w: &[L::F]) -> L::F {
        let mut z = l.splat(inputs[0]) * w[0];
        for (&x, &w) in inputs[1..].iter().zip(&w[1..]) {
            z = z + l.splat(x) * w;
        }
        match self.bias {
            Bias::Fixed(bias) => z + l.splat(bias * scale),
            Bias::None | Bias::Trained => z,
        }
    }

    /// Computes [`values`](Objective::values) with the instructions of `level`.
    fn values_at(&self, level: Level, points: &[f64], losses: &mut [f64]) {
        if self.output == SQUARED_SIGMOID {
            pointwise::values(&LanesOf(self, ArticleUnit), level, points, losses);
        } else {
            pointwise::values(&LanesOf(self, self.output), level, points, losses);
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
            let article = LanesOf(self, ArticleUnit);
            pointwise::values_and_gradients(&article, level, points, losses, gradients);
        } else {
            let other = LanesOf(self, self.output);
            pointwise::values_and_gradients(&other, level, points, losses, gradients);
        }
    }

    /// Returns the inputs and the targets of all samples for a unit.
    #[inline(always)]
    fn samples_of<U: Unit>(&self) -> Samples<'_> {
        let inputs = if U::SCALE == 1.0 {
            &self.inputs
        } else {
            &self.scaled_inputs
        };
        Samples {
            inputs,
            targets: &self.data.targets,
        }
    }

    /// Returns the mean loss of these samples at the weights `w` (dim) of each lane.
    #[inline(always)]
    fn loss_of<L: Lanes, U: Unit>(&self, l: L, unit: U, samples: Samples, w: &[L::F]) -> L::F {
        let mut sum = l.splat(0.0);
        for (x, y) in samples.rows(w.len()) {
            let z = self.sum(l, U::SCALE, x, w);
            sum = sum + unit.loss(l, z, l.splat(y));
        }
        sum / l.splat(samples.targets.len() as f64)
    }

    /// Returns the mean loss of these samples and writes its gradient into `g` (dim): backpropagation.
    #[inline(always)]
    fn loss_and_gradient_of<L: Lanes, U: Unit>(
        &self,
        l: L,
        unit: U,
        samples: Samples,
        w: &[L::F],
        g: &mut [L::F],
    ) -> L::F {
        let (dim, zero) = (w.len(), l.splat(0.0));
        let mut sum = zero;
        g.fill(zero);
        let mut rest = samples;
        if U::IN_GROUPS {
            let (groups, others) = samples.split_groups(dim);
            rest = others;
            let targets = groups.targets.chunks_exact(GROUP);
            for (inputs, y) in groups.inputs.chunks_exact(GROUP * dim).zip(targets) {
                let (mut z, mut targets) = ([zero; GROUP], [zero; GROUP]);
                for k in 0..GROUP {
                    z[k] = self.sum(l, U::SCALE, &inputs[k * dim..][..dim], w);
                    targets[k] = l.splat(y[k]);
                }
                let (losses, deltas) =
                    unit.loss_and_delta(UnrolledLanes(l), LaneGroup(z), LaneGroup(targets));
                for k in 0..GROUP {
                    sum = sum + losses.0[k];
                    add_product(l, deltas.0[k], &inputs[k * dim..][..dim], g);
                }
            }
        }
        for (x, y) in rest.rows(dim) {
            let z = self.sum(l, U::SCALE, x, w);
            let (loss, delta) = unit.loss_and_delta(l, z, l.splat(y));
            sum = sum + loss;
            add_product(l, delta, x, g);
        }
        let count = samples.targets.len() as f64;
        let factor = self.output.loss.factor() / (count * U::SCALE);
        for g in g {
            *g = *g * l.splat(factor);
        }
        sum / l.splat(count)
    }
}

/// Samples for a [`Unit`].
#[derive(Clone, Copy)]
struct Samples<'a> {
    /// (samples, weights), row-major, multiplied by the scale of the unit.
    inputs: &'a [f64],
    targets: &'a [f64],
}

impl<'a> Samples<'a> {
    /// Returns the inputs and the target of each sample. If the number of weights is constant, the compiler also knows the
    /// number of inputs.
    #[inline(always)]
    fn rows(self, weights: usize) -> impl ExactSizeIterator<Item = (&'a [f64], f64)> {
        let targets = self.targets.iter().copied();
        self.inputs.chunks_exact(weights).zip(targets)
    }

    /// Returns the samples that form whole groups, and the rest.
    #[inline(always)]
    fn split_groups(self, weights: usize) -> (Self, Self) {
        let grouped = self.targets.len() / GROUP * GROUP;
        let (inputs, other_inputs) = self.inputs.split_at(grouped * weights);
        let (targets, other_targets) = self.targets.split_at(grouped);
        let rest = Samples {
            inputs: other_inputs,
            targets: other_targets,
        };
        (Samples { inputs, targets }, rest)
    }
}

/// Adds a derivative with respect to the weighted sum, times the inputs `x` of a sample, to the gradient `g`.
#[inline(always)]
fn add_product<L: Lanes>(l: L, delta: L::F, x: &[f64], g: &mut [L::F]) {
    for (g, &x) in g.iter_mut().zip(x) {
        *g = *g + delta * l.splat(x);
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
            LanesOf(self, ArticleUnit).loss(Scalar, w)
        } else {
            LanesOf(self, self.output).loss(Scalar, w)
        }
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        if self.output == SQUARED_SIGMOID {
            LanesOf(self, ArticleUnit).loss_and_gradient(Scalar, w, g)
        } else {
            LanesOf(self, self.output).loss_and_gradient(Scalar, w, g)
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
