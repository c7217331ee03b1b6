//! A bound on the curvature of the loss.

use super::Perceptron;
use crate::{
    numeric::{linalg::eigenvalues, number::spread},
    objective::{Objective as _, network::loss::Output},
};

/// Weighted sums at which the second derivative of the loss of one sample is computed. Farther away, all activations are
/// flat or linear.
const SUMS: [f64; 2] = [-40.0, 40.0];

/// Number of these sums; they are close enough to find each maximum to four digits.
const STEPS: usize = 8001;

/// Limit of the number of weights for which the eigenvalues are computed.
const MAX_WEIGHTS: usize = 64;

impl Perceptron {
    /// Returns a bound on the absolute eigenvalues of the Hessian at all weights, or `None` if it is not finite. It is exact
    /// for a linear unit with the mean squared error.
    ///
    /// ```text
    /// max |d^2 loss / d z^2| * greatest eigenvalue of mean(x x^T)
    /// ```
    ///
    /// The trace replaces the eigenvalue if there are more than 64 weights.
    pub(crate) fn curvature_bound(&self) -> Option<f64> {
        let bound = self.greatest_sample_curvature() * self.greatest_moment();
        bound.is_finite().then_some(bound)
    }

    /// Returns the largest absolute second derivative of the loss of one sample by its weighted sum. It is a linear function
    /// of the target, so the smallest and the largest target have the largest derivatives.
    fn greatest_sample_curvature(&self) -> f64 {
        let targets = self.data.targets.iter().copied();
        let low = targets.clone().fold(f64::INFINITY, f64::min);
        let high = targets.fold(f64::NEG_INFINITY, f64::max);
        let at = |z: f64| {
            let curvatures = [low, high].map(|y| self.output.curvature(z, y).abs());
            curvatures[0].max(curvatures[1])
        };
        let sums = spread(SUMS, STEPS).into_iter();
        self.output.loss.factor() * sums.map(at).fold(0.0, f64::max)
    }

    /// Returns the greatest eigenvalue of the mean of x x^T over all samples, or a bound on it.
    fn greatest_moment(&self) -> f64 {
        let dim = self.dim();
        let samples = self.data.samples() as f64;
        if dim > MAX_WEIGHTS {
            let squares = self.inputs.iter().map(|x| x * x);
            return squares.sum::<f64>() / samples;
        }
        let mut moments = vec![0.0; dim * dim];
        for (x, _) in self.samples_of::<Output>().rows(dim) {
            for (row, xi) in moments.chunks_exact_mut(dim).zip(x) {
                for (moment, xj) in row.iter_mut().zip(x) {
                    *moment += xi * xj;
                }
            }
        }
        eigenvalues(&mut moments, dim)[dim - 1] / samples
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Bias, *};
    use crate::objective::{
        TwiceDifferentiable as _,
        data::DataSet,
        network::{activation::Activation, loss::Loss},
    };

    /// Returns a network on three samples of `dim` features.
    fn network(dim: usize, activation: Activation, loss: Loss) -> Perceptron {
        let value = |i: usize| ((7 * i + 3) % 11) as f64 - 4.0;
        let data = DataSet {
            feature_names: (0..dim).map(|i| format!("x{i}")).collect(),
            features: (0..3 * dim).map(value).collect(),
            targets: vec![0.0, 1.0, 1.0],
            ..DataSet::default()
        };
        Perceptron::new(data, Output { activation, loss }, Bias::Trained)
    }

    fn greatest(network: &Perceptron, w: &[f64]) -> f64 {
        let dim = w.len();
        let mut h = vec![0.0; dim * dim];
        network.hessian(w, &mut h);
        let values = eigenvalues(&mut h, dim);
        values[dim - 1].max(-values[0])
    }

    #[test]
    fn the_bound_of_a_linear_unit_is_exact() {
        let linear = network(3, Activation::Linear, Loss::Mse);
        let (bound, exact) = (
            linear.curvature_bound().unwrap(),
            greatest(&linear, &[0.0; 4]),
        );
        assert!((bound / exact - 1.0).abs() < 1e-12, "{bound} {exact}");
    }

    #[test]
    fn no_curvature_is_above_the_bound() {
        for (activation, loss) in [
            (Activation::Sigmoid, Loss::Mse),
            (Activation::Tanh, Loss::Mse),
            (Activation::Softplus, Loss::Mse),
            (Activation::Sigmoid, Loss::BinaryCrossEntropy),
        ] {
            let network = network(3, activation, loss);
            let bound = network.curvature_bound().unwrap();
            let mut most = 0.0_f64;
            for i in 0..625 {
                let digit = |place: u32| f64::from(i / 5_i32.pow(place) % 5) * 0.25 - 0.5;
                let w = [0, 1, 2, 3].map(digit);
                most = most.max(greatest(&network, &w));
            }
            assert!(
                most <= bound && bound < 4.0 * most,
                "{activation:?}: {most} {bound}"
            );
        }
    }

    #[test]
    fn many_weights_have_a_greater_bound() {
        let many = network(MAX_WEIGHTS, Activation::Linear, Loss::Mse);
        let bound = many.curvature_bound().unwrap();
        assert!(bound >= greatest(&many, &vec![0.0; many.dim()]), "{bound}");
    }

    #[test]
    fn a_loss_of_straight_pieces_has_no_curvature() {
        assert_eq!(
            network(2, Activation::Linear, Loss::Mae).curvature_bound(),
            Some(0.0)
        );
    }
}
