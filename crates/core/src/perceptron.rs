//! The smallest network: one layer, one output.
#![allow(
    clippy::inline_always,
    reason = "what runs inside a SIMD region must be inlined into it, or it is compiled without its instructions"
)]

mod grid;

use fearless_simd::Level;

use crate::{
    catalog::choice,
    data::DataSet,
    float::{Lanes, Scalar, Several, sigmoid_lanes},
    objective::{self, Curved, LeastSquares, Objective, Sampled},
    pointwise::{self, Pointwise},
};

/// What the output makes of the weighted sum of the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// 1 / (1 + exp(-z)): between 0 and 1, the probability of the class 1.
    Sigmoid,
    /// z itself: linear regression.
    Linear,
}

impl Activation {
    /// The activation of each lane's sum `z`.
    #[inline(always)]
    fn value<L: Lanes>(self, l: L, z: L::F) -> L::F {
        match self {
            Self::Sigmoid => sigmoid_lanes(l, z),
            Self::Linear => z,
        }
    }

    /// First derivative by the sum, where the activation is `p`.
    #[inline(always)]
    fn slope<L: Lanes>(self, l: L, p: L::F) -> L::F {
        match self {
            Self::Sigmoid => p * (l.splat(1.0) - p),
            Self::Linear => l.splat(1.0),
        }
    }

    /// Second derivative by the sum, where the activation is `p`.
    fn curvature(self, p: f64) -> f64 {
        match self {
            Self::Sigmoid => self.slope(Scalar, p) * (1.0 - 2.0 * p),
            Self::Linear => 0.0,
        }
    }
}

choice!(Activation {
    "sigmoid": Sigmoid,
    "linear": Linear,
});

/// A network of one layer with one output and no bias, and its mean squared error on a data set.
///
/// ```text
/// p = activation(x . w)          E(w) = mean((p - y)^2)
/// ```
#[derive(Clone, Debug)]
pub struct Perceptron {
    data: DataSet,
    activation: Activation,
}

impl Perceptron {
    /// A network with one weight for each feature of `data`, which must have at least one sample and one feature.
    pub fn new(data: DataSet, activation: Activation) -> Self {
        assert!(data.dim() > 0, "a perceptron needs at least one feature");
        assert!(data.samples() > 0, "a perceptron needs at least one sample");
        assert_eq!(
            data.features.len(),
            data.samples() * data.dim(),
            "features must be (samples, features)"
        );
        Self { data, activation }
    }

    /// What the network learns from.
    pub fn data(&self) -> &DataSet {
        &self.data
    }

    /// The output for one sample's `features` with the weights `w` (both dim).
    pub fn predict(&self, features: &[f64], w: &[f64]) -> f64 {
        self.activation.value(Scalar, dot(Scalar, features, w))
    }

    /// The mean loss of these samples, its gradient in `g`.
    #[inline(always)]
    fn loss_and_gradient_of<'a, L: Lanes>(
        &self,
        l: L,
        rows: impl ExactSizeIterator<Item = (&'a [f64], f64)>,
        w: &[L::F],
        g: &mut [L::F],
    ) -> L::F {
        let samples = rows.len() as f64;
        let mut sum = l.splat(0.0);
        g.fill(l.splat(0.0));
        for (x, y) in rows {
            let p = self.activation.value(l, dot(l, x, w));
            let error = p - l.splat(y);
            sum = sum + error * error;
            let delta = error * self.activation.slope(l, p);
            for (g, &x) in g.iter_mut().zip(x) {
                *g = *g + delta * l.splat(x);
            }
        }
        for g in g {
            *g = *g * l.splat(2.0 / samples);
        }
        sum / l.splat(samples)
    }

    /// The mean loss of these samples.
    #[inline(always)]
    fn loss_of<'a, L: Lanes>(
        &self,
        l: L,
        rows: impl ExactSizeIterator<Item = (&'a [f64], f64)>,
        w: &[L::F],
    ) -> L::F {
        let samples = rows.len() as f64;
        let mut sum = l.splat(0.0);
        for (x, y) in rows {
            let error = self.activation.value(l, dot(l, x, w)) - l.splat(y);
            sum = sum + error * error;
        }
        sum / l.splat(samples)
    }
}

impl Pointwise for Perceptron {
    fn weights(&self) -> usize {
        self.data.dim()
    }

    #[inline(always)]
    fn loss<L: Lanes>(&self, l: L, w: &[L::F]) -> L::F {
        self.loss_of(l, self.data.rows(), w)
    }

    #[inline(always)]
    fn loss_and_gradient<L: Lanes>(&self, l: L, w: &[L::F], g: &mut [L::F]) -> L::F {
        self.loss_and_gradient_of(l, self.data.rows(), w, g)
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
        self.data.dim()
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.loss(Scalar, w)
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        self.loss_and_gradient(Scalar, w, g)
    }

    fn curved(&self) -> Option<&dyn Curved> {
        Some(self)
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        Some(self)
    }

    fn sampled(&self) -> Option<&dyn Sampled> {
        Some(self)
    }

    fn values(&self, points: &[f64], losses: &mut [f64]) {
        pointwise::values(self, Level::new(), points, losses);
    }

    fn grid(&self, xs: &[f64], ys: &[f64], losses: &mut [f64]) {
        if !grid::fill(self, xs, ys, losses) {
            objective::rows(self, xs, ys, losses);
        }
    }

    fn values_and_gradients(&self, points: &[f64], losses: &mut [f64], gradients: &mut [f64]) {
        pointwise::values_and_gradients(self, Level::new(), points, losses, gradients);
    }
}

impl Curved for Perceptron {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.dim();
        h.fill(0.0);
        for (x, y) in self.data.rows() {
            let p = self.predict(x, w);
            let (slope, curvature) = (
                self.activation.slope(Scalar, p),
                self.activation.curvature(p),
            );
            let error = p - y;
            let factor = 2.0 / self.data.samples() as f64 * (slope * slope + error * curvature);
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
        for ((r, j), (x, y)) in rows.zip(self.data.rows()) {
            let p = self.predict(x, w);
            *r = p - y;
            let slope = self.activation.slope(Scalar, p);
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
        let rows = rows.iter().map(|i| self.data.row(*i));
        self.loss_of(Scalar, rows, w)
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let rows = rows.iter().map(|i| self.data.row(*i));
        self.loss_and_gradient_of(Scalar, rows, w, g)
    }
}

/// The weighted sum of a sample's `features` in each lane.
#[inline(always)]
fn dot<L: Lanes>(l: L, features: &[f64], w: &[L::F]) -> L::F {
    let mut z = l.splat(features[0]) * w[0];
    for (&x, &w) in features[1..].iter().zip(&w[1..]) {
        z = z + l.splat(x) * w;
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::powf;

    /// The data of the article: the sigmoid network has two weights.
    fn article(activation: Activation) -> Perceptron {
        let data = DataSet {
            feature_names: vec!["x1".to_owned(), "x2".to_owned()],
            features: vec![0.9, 0.3, 0.5, 0.3, 0.2, 0.1, 0.7, 0.5, 0.1, 0.8, 0.1, 0.9],
            target_name: "class".to_owned(),
            targets: vec![1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        };
        Perceptron::new(data, activation)
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
        };
        Perceptron::new(data, activation)
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
                    pointwise::values(&network, level, &points, &mut losses);
                    for (i, loss) in losses.iter().enumerate() {
                        let w: Vec<_> = (0..dim).map(|j| points[j * count + i]).collect();
                        let want = network.value(&w);
                        assert_eq!(loss.to_bits(), want.to_bits(), "{level:?} at {w:?}");
                    }
                    let mut gradients = vec![f64::NAN; dim * count];
                    pointwise::values_and_gradients(
                        &network,
                        level,
                        &points,
                        &mut losses,
                        &mut gradients,
                    );
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
