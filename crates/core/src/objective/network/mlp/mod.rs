//! A multilayer perceptron: fully connected layers with biases.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

mod backward;
mod batch;
mod curvature;
mod forward;
mod head;
mod pass;
mod sample;

#[cfg(not(target_arch = "wasm32"))]
use crate::numeric::float::UnrolledLanes;
use crate::{
    numeric::{
        float::{EightLanes, SimdLanes},
        random::Random,
    },
    objective::{
        LeastSquares, Objective, SampledObjective, TwiceDifferentiable,
        blocks::Block,
        data::DataSet,
        network::{
            Network as _,
            activation::Activation,
            loss::{Loss, Output},
        },
    },
};
use batch::Batch;
use fearless_simd::{Level, Simd};
use std::sync::Mutex;

/// A multilayer perceptron, and its mean loss on a data set.
///
/// ```text
/// a_0 = x          a_k = activation(a_(k-1) W_k + b_k)          E = mean(loss(a_n, y))
/// ```
///
/// The weights are ordered by layer. Each layer has a matrix (inputs, units), row-major, followed by one bias per unit.
pub struct Mlp {
    layers: Vec<Layer>,
    hidden: Activation,
    head: Head,
    data: DataSet,
    batch: Batch,
    blocks: Vec<Block>,
    /// Buffers of a pass, reused by the next pass to avoid allocations.
    room: Mutex<pass::PassScratch>,
}

/// Positions of the weights of one layer.
#[derive(Clone, Copy, Debug)]
struct Layer {
    inputs: usize,
    units: usize,
    /// Number of weights before this layer.
    first: usize,
}

/// The output layer and its loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Independent units. With several units, each unit belongs to one class: its target is 1 for samples of this
    /// class, else 0.
    Units(Output),
    /// The probabilities of the classes, `exp(z_k) / sum(exp(z))`, with the categorical cross-entropy: minus the
    /// logarithm of the probability of the true class.
    Softmax,
}

impl Mlp {
    /// Creates a network on `data` with layers of these `sizes`: first the features, last the outputs.
    ///
    /// There must be at least two sizes, none of them 0, and the first must be the number of features. With several
    /// outputs, targets must be whole numbers below the number of outputs.
    pub fn new(data: DataSet, sizes: &[usize], hidden: Activation, head: Head) -> Self {
        assert!(sizes.len() >= 2 && sizes.iter().all(|size| *size > 0));
        assert_eq!(
            sizes[0],
            data.dim(),
            "the first layer must have one unit per feature"
        );
        assert!(data.samples() > 0, "a network needs at least one sample");
        let mut layers: Vec<Layer> = Vec::new();
        for pair in sizes.windows(2) {
            layers.push(Layer {
                inputs: pair[0],
                units: pair[1],
                first: layers.last().map_or(0, Layer::end),
            });
        }
        let all: Vec<usize> = (0..data.samples()).collect();
        let batch = Batch::new(&data, &all, sizes[sizes.len() - 1]);
        let numbered = layers.iter().zip(1..);
        let blocks = numbered.flat_map(|(layer, k)| layer.blocks(k)).collect();
        Self {
            layers,
            hidden,
            head,
            data,
            batch,
            blocks,
            room: Mutex::default(),
        }
    }

    /// Returns initial weights for a seed: uniform between -r and r, where r = sqrt(6 / (inputs + units)), in the order
    /// of the weights. Biases are 0.
    ///
    /// Source: glorot2010understanding, equation 16.
    pub fn first_weights(&self, seed: u64) -> Vec<f64> {
        let mut random = Random::from_seed(seed);
        let mut w = Vec::with_capacity(self.dim());
        for layer in &self.layers {
            let most = (6.0 / (layer.inputs + layer.units) as f64).sqrt();
            let weights = layer.inputs * layer.units;
            w.extend((0..weights).map(|_| random.between([-most, most])));
            w.extend(vec![0.0; layer.units]);
        }
        w
    }

    /// Returns the names of the weights. `layer 1: 2 to 3` connects the second feature to the third unit.
    pub fn weight_names(&self) -> Vec<String> {
        let mut names = Vec::with_capacity(self.dim());
        for (k, layer) in self.layers.iter().enumerate() {
            for i in 1..=layer.inputs {
                names.extend((1..=layer.units).map(|j| format!("layer {}: {i} to {j}", k + 1)));
            }
            names.extend((1..=layer.units).map(|j| format!("layer {}: bias {j}", k + 1)));
        }
        names
    }

    /// Returns the number of losses in the mean: over all samples and, for independent units, over all outputs.
    fn share(&self, samples: usize) -> f64 {
        match self.head {
            Head::Units(_) => (samples * self.outputs()) as f64,
            Head::Softmax => samples as f64,
        }
    }

    /// Returns the mean loss on `batch`, and writes its gradient into `g` (dim) unless `g` is empty.
    fn evaluate(&self, level: Level, batch: &Batch, w: &[f64], g: &mut [f64]) -> f64 {
        assert_eq!(w.len(), self.dim(), "w must have one number per weight");
        let mut own = pass::PassScratch::default();
        // Another thread may be using the buffers.
        let mut shared = self.room.try_lock().ok();
        let room = shared.as_deref_mut().unwrap_or(&mut own);
        run(level, self, batch, w, g, room)
    }
}

/// Calls [`pass::run`] with the instructions of `level`.
fn run(
    level: Level,
    net: &Mlp,
    batch: &Batch,
    w: &[f64],
    g: &mut [f64],
    room: &mut pass::PassScratch,
) -> f64 {
    fearless_simd::dispatch!(level, simd => {
        let l = EightLanes(simd);
        pass::run((l, many(l)), net, batch, w, g, room)
    })
}

/// Returns four registers of lanes, which hide the latency of an activation.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn many<S: Simd>(l: EightLanes<S>) -> UnrolledLanes<SimdLanes<S>, 4> {
    UnrolledLanes(SimdLanes(l.0))
}

/// Returns one register of lanes. The code of activations for more would be a large part of the page.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn many<S: Simd>(l: EightLanes<S>) -> SimdLanes<S> {
    SimdLanes(l.0)
}

impl Layer {
    /// Returns the number of weights up to the end of this layer.
    fn end(&self) -> usize {
        self.first + (self.inputs + 1) * self.units
    }

    /// Returns the blocks of its matrix (inputs, units) and its bias (units). Layers are counted from 1.
    fn blocks(&self, number: usize) -> [Block; 2] {
        let Self {
            inputs,
            units,
            first,
        } = *self;
        let bias = format!("layer {number}: bias");
        [
            Block::matrix(format!("layer {number}"), first, [inputs, units]),
            Block::bias(bias, first + inputs * units, units),
        ]
    }

    /// Returns its weights (inputs, units) and its biases (units).
    #[inline(always)]
    fn weights<'a>(&self, w: &'a [f64]) -> (&'a [f64], &'a [f64]) {
        w[self.first..self.end()].split_at(self.inputs * self.units)
    }
}

impl Objective for Mlp {
    fn dim(&self) -> usize {
        self.layers[self.layers.len() - 1].end()
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.evaluate(Level::new(), &self.batch, w, &mut [])
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        self.evaluate(Level::new(), &self.batch, w, g)
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        self.has_hessian()
            .then_some(self as &dyn TwiceDifferentiable)
    }

    fn hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        let is_smooth = self.is_smooth();
        if is_smooth {
            self.write_hessian_product(w, v, product);
        }
        is_smooth
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        match self.head {
            Head::Units(output) if output.loss == Loss::Mse => Some(self),
            _ => None,
        }
    }

    fn sampled(&self) -> Option<&dyn SampledObjective> {
        Some(self)
    }
}

impl SampledObjective for Mlp {
    fn samples(&self) -> usize {
        self.data.samples()
    }

    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64 {
        let batch = Batch::new(&self.data, rows, self.outputs());
        self.evaluate(Level::new(), &batch, w, &mut [])
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let batch = Batch::new(&self.data, rows, self.outputs());
        self.evaluate(Level::new(), &batch, w, g)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::Build as _, objective::data_sets::Spirals};

    /// Returns the instruction sets of this machine.
    fn levels() -> Vec<Level> {
        let mut levels = vec![Level::baseline(), Level::new()];
        #[cfg(target_arch = "x86_64")]
        {
            use fearless_simd::Simd;
            levels.extend(Level::new().as_sse4_2().map(Simd::level));
            levels.extend(Level::new().as_avx2().map(Simd::level));
        }
        levels
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let data = |samples| {
            let spirals = Spirals {
                samples,
                classes: 3,
                turns: 1.0,
                noise: 0.1,
                seed: 3,
            };
            spirals.build().unwrap()
        };
        let unit = |activation, loss| Head::Units(Output { activation, loss });
        // Numbers of samples with whole and partial blocks and chunks.
        for samples in [2, 8, 13, 64, 200] {
            for head in [
                unit(Activation::Sigmoid, Loss::BinaryCrossEntropy),
                unit(Activation::Linear, Loss::Mse),
                Head::Softmax,
            ] {
                for hidden in [Activation::Tanh, Activation::Softplus] {
                    let network = Mlp::new(data(samples), &[2, 6, 5, 3], hidden, head);
                    let w = network.first_weights(1);
                    let mut want = vec![0.0; w.len()];
                    let loss = network.value_and_gradient(&w, &mut want);
                    assert!(loss.is_finite());
                    for level in levels() {
                        let mut g = vec![0.0; w.len()];
                        let found = network.evaluate(level, &network.batch, &w, &mut g);
                        let alone = network.evaluate(level, &network.batch, &w, &mut []);
                        assert_eq!(found.to_bits(), loss.to_bits(), "{level:?}, {samples}");
                        assert_eq!(alone.to_bits(), loss.to_bits(), "{level:?}, {samples}");
                        let same = g.iter().zip(&want).all(|(a, b)| a.to_bits() == b.to_bits());
                        assert!(same, "{level:?}, {samples}");
                    }
                }
            }
        }
    }
}
