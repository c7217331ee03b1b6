//! CAME (confidence-guided adaptive memory efficient optimization).

use super::{
    factors::{estimate, rms, update_factors},
    update_mean,
};
use crate::{
    objective::blocks::{BlockKind, Layer, layers},
    optimizers::prelude::*,
};

/// Moves by the mean of updates like those of Adafactor, less where single updates deviate from this mean.
///
/// ```text
/// R_i <- beta2 R_i + (1 - beta2) mean_j (g_ij^2 + epsilon)      C_j: the same for columns
/// u = g / sqrt(v), v_ij = R_i C_j / mean(R)                             u <- u / max(1, rms(u) / clip)
/// m <- beta1 m + (1 - beta1) u
/// Q_i <- beta3 Q_i + (1 - beta3) mean_j (d_ij^2 + epsilon_instability), d = u - m      P_j: the same for columns
/// w <- w - learning_rate m / sqrt(s), s_ij = Q_i P_j / mean(Q)
/// ```
///
/// The averages begin at zero and are not bias-corrected, so the first steps are limited by the clip. The paper describes
/// matrices. As in the program that the paper published, and in `pytorch_optimizer`, the weights of a bias and loose weights
/// have their own v and no s: there, CAME moves by the learning rate times m.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "came",
    title = "CAME",
    family = Adaptive,
    cite = "luo2023came",
    variants_of = "Adafactor",
    variant = "mean of the updates, divided by the root of their deviation from the mean",
    why = REASONS,
    without_matrices = "the mean of clipped updates of RMSProp, without the instability",
    pytorch_optimizer = "pytorch_optimizer.CAME"
)]
pub struct Came {
    /// Learning rate: approximately the length of each weight's step.
    #[param(default = 2e-4, valid = positive, slider = 1e-5..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean update.
    #[param(default = 0.9, valid = 0.0..1.0, torch = "betas[0]")]
    pub beta1: f64,
    /// Decay rate of the mean squared gradient.
    #[param(default = 0.999, valid = 0.0..1.0, torch = "betas[1]")]
    pub beta2: f64,
    /// Decay rate of the instability, the mean squared deviation of the updates.
    #[param(default = 0.9999, valid = 0.0..1.0, torch = "betas[2]")]
    pub beta3: f64,
    /// Added to the squared gradients.
    #[param(default = 1e-30, valid = positive, slider = 1e-30..=1.0, log, torch = "eps1")]
    pub epsilon: f64,
    /// Added to the squared deviations.
    #[param(default = 1e-16, valid = positive, slider = 1e-18..=1.0, log, torch = "eps2")]
    pub epsilon_instability: f64,
    /// Maximum root mean square of the update of a layer.
    #[param(default = 1.0, valid = positive, slider = 0.1..=10.0, log, torch = "clip_threshold")]
    pub clip: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its mean update, divided by the root of the deviation of the updates from their mean",
        "-learning_rate * mean_update / [sqrt(instability)]",
    ),
    StepReason::new(
        "moves by the learning rate against its mean update",
        "-learning_rate * mean_update",
    ),
];

/// The state of CAME.
#[derive(Clone, Debug, Inspect)]
pub struct CameState {
    /// Moving average m of the updates.
    #[quantity(Gradient)]
    pub mean_update: Vec<f64>,
    /// Moving average v of the squared gradients, factorized in matrices.
    #[quantity(GradientSquared)]
    pub mean_square: Vec<f64>,
    /// Moving average R of the mean squared gradient in the row of the weight; zero outside of matrices.
    #[quantity(GradientSquared)]
    pub row_mean_square: Vec<f64>,
    /// Moving average C of the mean squared gradient in the column of the weight; zero outside of matrices.
    #[quantity(GradientSquared)]
    pub column_mean_square: Vec<f64>,
    /// Mean squared deviation s of the updates from their mean, factorized; zero outside of matrices.
    #[quantity(Number)]
    pub instability: Vec<f64>,
    /// Moving average Q of the mean squared deviation in the row of the weight; zero outside of matrices.
    #[quantity(Number)]
    pub row_instability: Vec<f64>,
    /// Moving average P of the mean squared deviation in the column of the weight; zero outside of matrices.
    #[quantity(Number)]
    pub column_instability: Vec<f64>,
}

impl Came {
    /// Replaces the gradient of a layer in `d` by its update u.
    fn normalize(&self, d: &mut [f64], layer: &Layer, s: &mut CameState) {
        let means = &mut s.mean_square[layer.range.clone()];
        let squares = |i: usize| d[i] * d[i] + self.epsilon;
        if layer.kind == BlockKind::Matrix {
            let rows = &mut s.row_mean_square[layer.range.clone()];
            let columns = &mut s.column_mean_square[layer.range.clone()];
            let factors = [self.beta2, 1.0 - self.beta2];
            update_factors([&mut *rows, &mut *columns], layer.shape, factors, squares);
            estimate([rows, columns], layer.shape, 0.0, means);
        } else {
            for (i, v) in means.iter_mut().enumerate() {
                *v = self.beta2 * *v + (1.0 - self.beta2) * squares(i);
            }
        }
        for (d, v) in d.iter_mut().zip(means) {
            *d /= v.sqrt();
        }
        let scale = (rms(d) / self.clip).max(1.0);
        for d in d {
            *d /= scale;
        }
    }

    /// Replaces the update u of a matrix in `d` by the mean update, divided by the root of the instability.
    fn divide_by_instability(&self, d: &mut [f64], layer: &Layer, s: &mut CameState) {
        let range = || layer.range.clone();
        let mean = &s.mean_update[range()];
        let squares = |i: usize| {
            let deviation = d[i] - mean[i];
            deviation * deviation + self.epsilon_instability
        };
        let rows = &mut s.row_instability[range()];
        let columns = &mut s.column_instability[range()];
        let factors = [self.beta3, 1.0 - self.beta3];
        update_factors([&mut *rows, &mut *columns], layer.shape, factors, squares);
        let instability = &mut s.instability[range()];
        estimate([rows, columns], layer.shape, 0.0, instability);
        for ((d, m), s) in d.iter_mut().zip(mean).zip(instability) {
            *d = m / s.sqrt();
        }
    }
}

impl GradientRule for Came {
    type State = CameState;

    const OPTIONS: OptionDefaults = OptionDefaults::DECOUPLED;

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut CameState) {
        for layer in layers(here.blocks, d.len()) {
            let d = &mut d[layer.range.clone()];
            self.normalize(d, &layer, s);
            let mean = &mut s.mean_update[layer.range.clone()];
            update_mean(mean, d, self.beta1);
            if layer.kind == BlockKind::Matrix {
                self.divide_by_instability(d, &layer, s);
            } else {
                d.copy_from_slice(mean);
            }
            for d in d {
                *d *= -self.learning_rate;
            }
        }
    }
}
