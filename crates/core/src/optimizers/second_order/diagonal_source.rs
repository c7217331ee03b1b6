//! The diagonal of the Hessian, exact or estimated.

/// Makes two reasons of each phrase and formula: the step without the weight decay, and with it.
macro_rules! decayed_reasons {
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
pub(super) use decayed_reasons;

use crate::{numeric::random::Random, optimizers::prelude::*};

/// How the diagonal of the Hessian is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagonalSource {
    /// The second derivatives.
    Exact,
    /// Hutchinson's estimate from one product: z H z per weight, where each z is 1 or -1 at random.
    Hutchinson,
}

choice!(DiagonalSource {
    "exact": Exact,
    "hutchinson": Hutchinson,
});

/// The scratch memory and the random numbers of a [`DiagonalSource`].
#[derive(Clone, Debug)]
pub struct DiagonalScratch {
    hessian: Vec<f64>,
    signs: Vec<f64>,
    random: Random,
}

impl Default for DiagonalScratch {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl DiagonalScratch {
    /// Creates scratch memory for `dim` weights with the random numbers of `seed`.
    pub fn new(dim: usize, seed: u64) -> Self {
        Self {
            hessian: vec![0.0; dim * dim],
            signs: vec![0.0; dim],
            random: Random::from_seed(seed),
        }
    }
}

impl DiagonalSource {
    /// Writes the diagonal of the Hessian at `w` into `diagonal` (both dim), with one evaluation of the Hessian.
    pub fn evaluate(
        self,
        w: &[f64],
        diagonal: &mut [f64],
        scratch: &mut DiagonalScratch,
        oracle: &mut Oracle,
    ) {
        let DiagonalScratch {
            hessian,
            signs,
            random,
        } = scratch;
        oracle.hessian(w, hessian);
        match self {
            Self::Exact => {
                let exact = hessian.iter().step_by(w.len() + 1);
                for (diagonal, h) in diagonal.iter_mut().zip(exact) {
                    *diagonal = *h;
                }
            }
            Self::Hutchinson => {
                for z in &mut *signs {
                    *z = if random.uniform() < 0.5 { -1.0 } else { 1.0 };
                }
                product(hessian, signs, diagonal);
                for (diagonal, z) in diagonal.iter_mut().zip(&*signs) {
                    *diagonal *= z;
                }
            }
        }
    }
}
