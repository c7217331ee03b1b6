//! A network of several layers, each unit connected with all of the layer before.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

mod backward;
mod batch;
mod forward;
mod head;
mod pass;
mod sample;

use crate::{
    numeric::random::Random,
    objective::{
        LeastSquares, Objective, SampledObjective,
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
use fearless_simd::Level;
use std::sync::Mutex;

/// A network of several layers, and its mean loss on a data set.
///
/// ```text
/// a_0 = x          a_k = activation(a_(k-1) W_k + b_k)          E = mean(loss(a_n, y))
/// ```
///
/// Its weights are those of one layer after the other, in each first (inputs, units) row-major, then a bias for each
/// unit.
pub struct Mlp {
    layers: Vec<Layer>,
    hidden: Activation,
    head: Head,
    data: DataSet,
    batch: Batch,
    blocks: Vec<Block>,
    /// Room for one pass, used again by the next: an epoch allocates nothing.
    room: Mutex<pass::PassScratch>,
}

/// Where the weights of one layer lie.
#[derive(Clone, Copy, Debug)]
struct Layer {
    inputs: usize,
    units: usize,
    /// Number of weights before this layer.
    first: usize,
}

/// What the last layer answers, and how far that is from the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Each unit for itself. Of several units each answers for one class: its target is 1 where the sample is of that
    /// class, else 0.
    Units(Output),
    /// The probabilities of the classes, `exp(z_k) / sum(exp(z))`, and minus the logarithm of the true one's: categorical
    /// cross-entropy.
    Softmax,
}

impl Mlp {
    /// A network on `data` with layers of these `sizes`: first the features, last the outputs.
    ///
    /// There must be two sizes at least, none 0, the first one the number of features. With several outputs the
    /// targets must be whole numbers below their count.
    pub fn new(data: DataSet, sizes: &[usize], hidden: Activation, head: Head) -> Self {
        assert!(sizes.len() >= 2 && sizes.iter().all(|size| *size > 0));
        assert_eq!(sizes[0], data.dim(), "the first layer is the features");
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

    /// First weights from a seed: uniform within sqrt(6 / (inputs + units)) of 0 on either side, layer by layer in
    /// their order; biases 0.
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

    /// Names of the weights: `layer 1: 2 to 3` leads from the second feature to the third unit.
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

    /// What one answer's loss is divided by: the mean is over all samples and, of single units, over these too.
    fn share(&self, samples: usize) -> f64 {
        match self.head {
            Head::Units(_) => (samples * self.outputs()) as f64,
            Head::Softmax => samples as f64,
        }
    }

    /// The mean loss on `batch`, its gradient in `g` (dim) unless that is empty.
    fn evaluate(&self, level: Level, batch: &Batch, w: &[f64], g: &mut [f64]) -> f64 {
        assert_eq!(w.len(), self.dim(), "w must have as many weights");
        let mut own = pass::PassScratch::default();
        // Another thread may be at work with the room.
        let mut shared = self.room.try_lock().ok();
        let room = shared.as_deref_mut().unwrap_or(&mut own);
        run(level, self, batch, w, g, room)
    }
}

/// [`pass::run`] with the instructions of `level`.
fn run(
    level: Level,
    net: &Mlp,
    batch: &Batch,
    w: &[f64],
    g: &mut [f64],
    room: &mut pass::PassScratch,
) -> f64 {
    use crate::numeric::float::EightLanes;
    fearless_simd::dispatch!(level, simd => pass::run(EightLanes(simd), net, batch, w, g, room))
}

impl Layer {
    /// Number of weights up to the end of this layer.
    fn end(&self) -> usize {
        self.first + (self.inputs + 1) * self.units
    }

    /// Its matrix (inputs, units) and its bias (units); layers are counted from 1.
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

    /// Its weights (inputs, units) and its biases (units).
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

    /// The instruction sets of this machine.
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
        // Whole blocks and chunks, and what is left over.
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
