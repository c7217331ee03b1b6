//! The smallest network: one layer, one output.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

mod grid;

use fearless_simd::Level;

use crate::{
    activation::Activation,
    data::DataSet,
    float::{Lanes, Scalar, Several},
    loss::{Loss, Output},
    objective::{self, Curved, LeastSquares, Objective, Sampled},
    pointwise::{self, Pointwise},
};

/// A network of one layer with one output, and its mean loss on a data set.
///
/// ```text
/// p = activation(x . w + bias)          E(w) = mean(loss(p, y))
/// ```
///
/// Its weights are one for each feature, then the bias if it is trained.
#[derive(Clone, Debug)]
pub struct Perceptron {
    data: DataSet,
    output: Output,
    bias: Bias,
    /// (samples, weights), row-major: what each weight is multiplied with.
    inputs: Vec<f64>,
}

/// The number that is added to the weighted sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bias {
    /// No number.
    None,
    /// This number, which stays.
    Fixed(f64),
    /// One more weight.
    Trained,
}

/// The unit of the article, whose code is made for it.
const SQUARED_SIGMOID: Output = Output {
    activation: Activation::Sigmoid,
    loss: Loss::Mse,
};

impl Perceptron {
    /// A network on `data`, which must have at least one sample and one feature.
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
        Self {
            data,
            output,
            bias,
            inputs,
        }
    }

    /// What the network learns from.
    pub fn data(&self) -> &DataSet {
        &self.data
    }

    /// Whether the bias is one of its weights, the last one.
    pub fn trains_bias(&self) -> bool {
        self.bias == Bias::Trained
    }

    /// The output for one sample's `features` with the weights `w` (dim).
    pub fn predict(&self, features: &[f64], w: &[f64]) -> f64 {
        let mut z = self.sum(Scalar, features, w);
        if self.trains_bias() {
            z += w[features.len()];
        }
        self.output.activation.value(Scalar, z)
    }

    /// The weighted sum of a sample's `inputs` in each lane.
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

    /// [`values`](Objective::values) with the instructions of `level`.
    fn values_at(&self, level: Level, points: &[f64], losses: &mut [f64]) {
        if self.output == SQUARED_SIGMOID {
            pointwise::values(&SquaredSigmoid(self), level, points, losses);
        } else {
            pointwise::values(self, level, points, losses);
        }
    }

    /// [`values_and_gradients`](Objective::values_and_gradients) with the instructions of `level`.
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

    /// The inputs and the target of one sample.
    #[inline(always)]
    fn row(&self, i: usize) -> (&[f64], f64) {
        let dim = self.dim();
        (&self.inputs[i * dim..(i + 1) * dim], self.data.targets[i])
    }

    /// The inputs and targets of all samples.
    #[inline(always)]
    fn rows(&self) -> impl ExactSizeIterator<Item = (&[f64], f64)> {
        let targets = self.data.targets.iter().copied();
        self.inputs.chunks_exact(self.dim()).zip(targets)
    }

    /// The mean loss of these samples at each lane's weights `w` (dim).
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

    /// The mean loss of these samples, its gradient in `g` (dim): backpropagation.
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
            // Where the number of weights is known, so is that of the inputs.
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

impl Pointwise for Perceptron {
    fn weights(&self) -> usize {
        self.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.loss_of(l, self.output, self.rows(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        self.loss_and_gradient_of(l, self.output, self.rows(), w, g)
    }
}

/// A network whose unit is that of the article: what is known of it is compiled into its loops.
struct SquaredSigmoid<'a>(&'a Perceptron);

impl Pointwise for SquaredSigmoid<'_> {
    fn weights(&self) -> usize {
        self.0.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.0.loss_of(l, SQUARED_SIGMOID, self.0.rows(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        let rows = self.0.rows();
        self.0.loss_and_gradient_of(l, SQUARED_SIGMOID, rows, w, g)
    }

    #[inline(always)]
    fn sweep<L: Lanes>(
        &self,
        l: L,
        points: &[f64],
        losses: &mut [f64],
        gradients: &mut [f64],
    ) -> usize {
        // Four vectors in flight hide the latency of exp; what is left over goes by ones.
        let done = pointwise::blocks(self, Several::<L, 4>(l), points, losses, gradients, 0);
        pointwise::blocks(self, l, points, losses, gradients, done)
    }
}

impl Objective for Perceptron {
    fn dim(&self) -> usize {
        self.data.dim() + usize::from(self.trains_bias())
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

    fn curved(&self) -> Option<&dyn Curved> {
        self.output.is_smooth().then_some(self as _)
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        (self.output.loss == Loss::Mse).then_some(self as _)
    }

    fn sampled(&self) -> Option<&dyn Sampled> {
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

impl Curved for Perceptron {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.dim();
        h.fill(0.0);
        let share = self.output.loss.factor() / self.data.samples() as f64;
        for (x, y) in self.rows() {
            let z = self.sum(Scalar, x, w);
            let factor = share * self.output.curvature(z, y);
            for (h, xi) in h.chunks_exact_mut(dim).zip(x) {
                for (h, xj) in h.iter_mut().zip(x) {
                    // In this order the two triangles have the same bits.
                    *h += factor * (xi * xj);
                }
            }
        }
    }
}

/// The residuals are the errors p - y.
impl LeastSquares for Perceptron {
    fn residuals(&self) -> usize {
        self.data.samples()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let rows = r.iter_mut().zip(j.chunks_exact_mut(self.dim()));
        for ((r, j), (x, y)) in rows.zip(self.rows()) {
            let z = self.sum(Scalar, x, w);
            let p = self.output.activation.value(Scalar, z);
            *r = p - y;
            let slope = self.output.activation.slope(Scalar, z, p);
            for (j, x) in j.iter_mut().zip(x) {
                *j = slope * x;
            }
        }
        self.value(w)
    }
}

impl Sampled for Perceptron {
    fn samples(&self) -> usize {
        self.data.samples()
    }

    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64 {
        let rows = rows.iter().map(|i| self.row(*i));
        self.loss_of(Scalar, self.output, rows, w)
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let rows = rows.iter().map(|i| self.row(*i));
        self.loss_and_gradient_of(Scalar, self.output, rows, w, g)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::powf;

    fn squared(activation: Activation) -> Output {
        let loss = Loss::Mse;
        Output { activation, loss }
    }

    /// The data of the article: the sigmoid network has two weights.
    fn article(activation: Activation) -> Perceptron {
        let data = DataSet {
            feature_names: vec!["x1".to_owned(), "x2".to_owned()],
            features: vec![0.9, 0.3, 0.5, 0.3, 0.2, 0.1, 0.7, 0.5, 0.1, 0.8, 0.1, 0.9],
            target_name: "class".to_owned(),
            targets: vec![1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            table: None,
        };
        Perceptron::new(data, squared(activation), Bias::None)
    }

    /// Reproducible numbers between -1 and 1.
    fn uniform(count: usize, seed: u64) -> Vec<f64> {
        let mut state = seed;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    /// A network on random data.
    fn random(samples: usize, dim: usize, activation: Activation) -> Perceptron {
        let data = DataSet {
            feature_names: (1..=dim).map(|j| format!("x{j}")).collect(),
            features: uniform(samples * dim, 7),
            target_name: "y".to_owned(),
            targets: uniform(samples, 8),
            table: None,
        };
        Perceptron::new(data, squared(activation), Bias::None)
    }

    fn assert_close(got: f64, want: f64, relative: f64) {
        assert!(
            (got - want).abs() <= relative * want.abs(),
            "{got:e} is not {want:e}"
        );
    }

    #[test]
    fn article_start_has_the_known_error_gradient_and_curvature() {
        let network = article(Activation::Sigmoid);
        let (w, mut g, mut h) = ([-4.0, -4.0], [0.0; 2], [0.0; 4]);
        let loss = network.value_and_gradient(&w, &mut g);
        assert_close(loss, 0.416_445_311_291_057_6, 1e-14);
        assert_close(g[0], -0.017_500_730_763_613_74, 1e-14);
        assert_close(g[1], -0.008_686_042_632_831_48, 1e-14);
        Curved::hessian(&network, &w, &mut h);
        let (mean, half) = (f64::midpoint(h[0], h[3]), (h[0] - h[3]) / 2.0);
        let radius = (half * half + h[1] * h[2]).sqrt();
        assert!(
            (mean - radius + 0.006_435_58).abs() <= 5e-9,
            "{}",
            mean - radius
        );
        assert!(
            (mean + radius - 0.000_260_6).abs() <= 5e-8,
            "{}",
            mean + radius
        );
    }

    #[test]
    fn derivatives_are_those_of_the_value() {
        for activation in [Activation::Sigmoid, Activation::Linear] {
            let network = random(7, 3, activation);
            let w = [0.3, -1.2, 0.8];
            let (mut g, mut h) = ([0.0; 3], [0.0; 9]);
            let loss = network.value_and_gradient(&w, &mut g);
            assert_eq!(loss.to_bits(), network.value(&w).to_bits());
            Curved::hessian(&network, &w, &mut h);
            let step = 1e-5;
            for j in 0..3 {
                let (mut before, mut after) = (w, w);
                before[j] -= step;
                after[j] += step;
                let (mut g_before, mut g_after) = ([0.0; 3], [0.0; 3]);
                let low = network.value_and_gradient(&before, &mut g_before);
                let high = network.value_and_gradient(&after, &mut g_after);
                assert!(((high - low) / (2.0 * step) - g[j]).abs() < 1e-9);
                for i in 0..3 {
                    let slope = (g_after[i] - g_before[i]) / (2.0 * step);
                    assert!((slope - h[3 * i + j]).abs() < 1e-9);
                    assert_eq!(h[3 * i + j].to_bits(), h[3 * j + i].to_bits());
                }
            }
        }
    }

    #[test]
    fn predict_is_the_activation_of_the_weighted_sum() {
        assert_eq!(
            article(Activation::Linear).predict(&[2.0, 3.0], &[5.0, 7.0]),
            31.0
        );
        assert_eq!(
            article(Activation::Sigmoid).predict(&[2.0, 3.0], &[3.0, -2.0]),
            0.5
        );
    }

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
    fn many_values_are_the_single_ones_to_the_bit() {
        for (samples, dim, activation) in [
            (6, 2, Activation::Sigmoid),
            (6, 2, Activation::Linear),
            (1, 1, Activation::Sigmoid),
            (5, 7, Activation::Sigmoid),
        ] {
            let network = random(samples, dim, activation);
            for count in (0..40).chain([1001]) {
                // All magnitudes from 1e-9 to 1e300, so that sums vanish, saturate and overflow.
                let exponents = uniform(dim * count, 4);
                let points: Vec<_> = uniform(dim * count, 3)
                    .iter()
                    .zip(&exponents)
                    .map(|(x, e)| x * if *e > 0.9 { 1e300 } else { powf(10.0, 9.0 * e) })
                    .collect();
                for level in levels() {
                    let mut losses = vec![f64::NAN; count];
                    network.values_at(level, &points, &mut losses);
                    for (i, loss) in losses.iter().enumerate() {
                        let w: Vec<_> = (0..dim).map(|j| points[j * count + i]).collect();
                        let want = network.value(&w);
                        assert_eq!(loss.to_bits(), want.to_bits(), "{level:?} at {w:?}");
                    }
                    let mut gradients = vec![f64::NAN; dim * count];
                    network.values_and_gradients_at(level, &points, &mut losses, &mut gradients);
                    for (i, loss) in losses.iter().enumerate() {
                        let w: Vec<_> = (0..dim).map(|j| points[j * count + i]).collect();
                        let mut g = vec![0.0; dim];
                        let want = network.value_and_gradient(&w, &mut g);
                        assert_eq!(loss.to_bits(), want.to_bits(), "{level:?} at {w:?}");
                        for (j, want) in g.iter().enumerate() {
                            // Which NaN it is is the machine's.
                            let found = gradients[j * count + i];
                            let same = found.to_bits() == want.to_bits();
                            assert!(
                                same || found.is_nan() && want.is_nan(),
                                "{level:?} at {w:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}
