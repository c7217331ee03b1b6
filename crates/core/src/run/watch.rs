//! Watches a run for the end of its movement and of its improvement.

use crate::run::optimizer::Stepper;

/// Number of epochs in which the best loss must improve by more than the tolerance.
pub const PATIENCE: u64 = 100;

/// The last improvement of the best loss by more than the tolerance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Improvement {
    loss: f64,
    epoch: u64,
}

impl Improvement {
    /// Begins with the loss at the initial point.
    pub(crate) fn new(loss: f64) -> Self {
        Self { loss, epoch: 0 }
    }

    /// Takes the loss after `epoch` epochs, and returns whether the last improvement is too long ago.
    pub(crate) fn has_ended(&mut self, tolerance: f64, epoch: u64, loss: f64) -> bool {
        if self.loss - loss > tolerance * self.loss.abs().max(1.0) {
            *self = Self { loss, epoch };
        }
        epoch - self.epoch >= PATIENCE
    }
}

/// The weights and the inner state of a run before a step.
///
/// If the rule and the oracle do not depend on the epoch and a step changes neither, no later step changes anything.
#[derive(Clone, Debug)]
pub(crate) struct RestWatch {
    weights: Vec<f64>,
    inner: Vec<f64>,
    /// Whether the last step was so short that the next one may change nothing. Only then is the inner state copied, which can
    /// be large.
    is_near: bool,
}

/// Length of a step, relative to the weights, below which a run may be near its end.
pub(super) const SHORT_STEP: f64 = 1e-6;

/// Returns whether a step that moved a weight by `moved` to `w` was short.
#[inline]
fn is_short(w: f64, moved: f64) -> bool {
    moved.abs() <= SHORT_STEP * w.abs()
}

impl RestWatch {
    /// Begins at the initial point `w` (dim).
    pub(crate) fn new(w: &[f64]) -> Self {
        Self {
            weights: w.to_vec(),
            inner: Vec::new(),
            is_near: true,
        }
    }

    /// Remembers the weights `w` (dim) and the inner state before a step.
    pub(crate) fn begin_step(&mut self, w: &[f64], stepper: &dyn Stepper) {
        self.weights.copy_from_slice(w);
        self.inner.clear();
        if self.is_near {
            stepper.read(&mut |_, numbers| self.inner.extend_from_slice(numbers));
        }
    }

    /// Returns whether the step changed neither the weights `w` (dim) nor the inner state.
    pub(crate) fn is_unchanged(&mut self, w: &[f64], stepper: &dyn Stepper) -> bool {
        let is_known = std::mem::replace(&mut self.is_near, true);
        if w != self.weights {
            let mut pairs = w.iter().zip(&self.weights);
            self.is_near = pairs.all(|(now, then)| is_short(*now, now - then));
            return false;
        }
        let (mut at, mut is_same) = (0, true);
        stepper.read(&mut |_, now| {
            let then = self.inner.get(at..at + now.len());
            is_same &= now.is_empty() || is_known && then == Some(now);
            at += now.len();
        });
        is_same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_small_improvements_count_together() {
        let mut slow = Improvement::new(10.0);
        // The loss improves by 1e-3 per epoch, which exceeds the tolerance after 11 epochs.
        for epoch in 1..1000 {
            let loss = 10.0 - 1e-3 * epoch as f64;
            assert!(!slow.has_ended(1e-3, epoch, loss), "{epoch}");
        }
        let mut constant = Improvement::new(1.0);
        let ends = (1..10_000).find(|epoch| constant.has_ended(0.0, *epoch, 1.0));
        assert_eq!(ends, Some(PATIENCE));
        // A cycle does not improve the best loss.
        let mut cycle = Improvement::new(3.0);
        let ends = (1..10_000)
            .find(|epoch| cycle.has_ended(1e-12, *epoch, [2.0, 1.0][(epoch % 2) as usize]));
        assert_eq!(ends, Some(PATIENCE + 1));
    }
}
