//! Weight decay, as an L2 gradient or decoupled from the gradient.

use crate::numeric::linalg::add_scaled;

/// Adds the gradient of the penalty `weight_decay` / 2 `w`^2 to the gradient `g`, so that the optimizer transforms both.
pub(in crate::optimizers) fn add_l2_gradient(g: &mut [f64], w: &[f64], weight_decay: f64) {
    if weight_decay != 0.0 {
        add_scaled(g, weight_decay, w);
    }
}

/// Makes two reasons of each phrase and formula: the step without the decoupled weight decay, and with it.
macro_rules! decoupled_reasons {
    ($($words:literal => $step:literal,)+) => {
        &[$(
            StepReason::new($words, $step),
            StepReason::new(
                concat!($words, ", and shrinks by the weight decay"),
                concat!($step, " - [learning_rate * weight_decay] * weight"),
            ),
        )+]
    };
}
pub(in crate::optimizers) use decoupled_reasons;

/// Subtracts a fraction of the weights `w` from the displacement `d`, so that the optimizer does not transform the decay.
pub(in crate::optimizers) fn apply_decoupled_decay(d: &mut [f64], w: &[f64], fraction: f64) {
    if fraction != 0.0 {
        add_scaled(d, -fraction, w);
    }
}
