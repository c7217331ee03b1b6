//! Reduction of the learning rate on a plateau.

use super::{LossMemory, Schedule};
use thalweg_macros::Describe;

/// Reduces the learning rate when the loss has not improved for some epochs.
///
/// ```text
/// a loss below (1 - threshold) best - absolute_threshold improves:  best <- loss          waited <- 0
/// any other loss:  waited <- waited + 1
/// waited = patience:  factor(t) <- max(factor(t) factor, minimum)          waited <- 0
/// eta(t) = eta factor(t)
/// ```
///
/// This is the form of optax, with the loss at the weights before the step. `window` is the number of epochs whose mean
/// loss counts as one. After a reduction, `cooldown` losses are not counted. With mini-batches, the loss is that of the
/// mini-batch.
///
/// `ReduceLROnPlateau` of torch reduces the learning rate when more than `patience` losses did not improve, so
/// `patience=10` there is `patience=11` here. Its `min_lr` is a learning rate, whereas `minimum` is a fraction. It ignores
/// reductions below `eps`. It is usually called after the step, and then the same loss changes the next step.
///
/// An optimizer that does not use the loss evaluates it once more in every step.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "plateau",
    title = "Reduce on Plateau",
    torch = "torch.optim.lr_scheduler.ReduceLROnPlateau",
    optax = "optax.contrib.reduce_on_plateau"
)]
pub struct Plateau {
    /// Factor of the learning rate at each reduction.
    #[param(default = 0.1, valid = open(0.0..1.0), slider = 0.01..=0.99)]
    pub factor: f64,
    /// Number of losses without an improvement before a reduction.
    #[param(default = 10, valid = 1.0.., slider = 1.0..=1000.0, log)]
    pub patience: u64,
    /// Fraction by which a loss must be below the best one.
    #[param(default = 1e-4, valid = 0.0..1.0, slider = 1e-8..=0.5, log, optax = "rtol")]
    pub threshold: f64,
    /// Amount by which a loss must be below the best one, in addition.
    #[param(default = 0.0, valid = 0.0.., slider = 0.0..=1.0, optax = "atol")]
    pub absolute_threshold: f64,
    /// Number of losses that are not counted after a reduction.
    #[param(default = 0, valid = 0.0.., slider = 0.0..=1000.0)]
    pub cooldown: u64,
    /// Number of epochs whose mean loss counts as one loss.
    #[param(default = 1, valid = 1.0.., slider = 1.0..=1000.0, log, optax = "accumulation_size")]
    pub window: u64,
    /// Smallest learning rate, as a fraction of the initial one.
    #[param(default = 0.0, valid = 0.0..=1.0, optax = "min_scale")]
    pub minimum: f64,
}

impl Plateau {
    /// Counts a loss.
    fn count(&self, loss: f64, memory: &mut LossMemory) {
        let improves = loss < (1.0 - self.threshold) * memory.best - self.absolute_threshold;
        if improves {
            memory.best = loss;
        }
        if memory.cooldown > 0 {
            memory.cooldown -= 1;
            memory.waited = 0;
            return;
        }
        memory.waited = if improves { 0 } else { memory.waited + 1 };
        if memory.waited == self.patience {
            memory.factor = (memory.factor * self.factor).max(self.minimum);
            memory.cooldown = self.cooldown;
            memory.waited = 0;
        }
    }
}

impl Schedule for Plateau {
    fn rate(&self, base: f64, _: u64) -> f64 {
        base
    }

    fn follows_loss(&self) -> bool {
        true
    }

    fn rate_after(&self, base: f64, _: u64, loss: f64, memory: &mut LossMemory) -> f64 {
        let collected = memory.collected as f64;
        memory.mean = (collected * memory.mean + loss) / (collected + 1.0);
        memory.collected += 1;
        if memory.collected == self.window {
            self.count(memory.mean, memory);
            (memory.collected, memory.mean) = (0, 0.0);
        }
        base * memory.factor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the learning rates for these losses.
    fn rates<const N: usize>(plateau: &Plateau, losses: [f64; N]) -> [f64; N] {
        let mut memory = LossMemory::default();
        losses.map(|loss| plateau.rate_after(1.0, 0, loss, &mut memory))
    }

    const PLATEAU: Plateau = Plateau {
        factor: 0.5,
        patience: 2,
        threshold: 0.1,
        absolute_threshold: 0.0,
        cooldown: 0,
        window: 1,
        minimum: 0.2,
    };

    #[test]
    fn losses_without_improvement_reduce_the_rate() {
        // A decrease by less than a tenth of the best loss is not an improvement.
        let found = rates(&PLATEAU, [1.0, 0.95, 0.8, 0.79, 0.78, 0.77, 0.76, 0.1, 1.0]);
        assert_eq!(found, [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.25]);
        // The rate does not fall below the minimum, and a loss that is not a number does not improve.
        let found = rates(&PLATEAU, [1.0, 1.0, f64::NAN, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(found, [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.2]);
    }

    #[test]
    fn losses_in_the_cooldown_are_not_counted() {
        let plateau = Plateau {
            cooldown: 2,
            minimum: 0.0,
            ..PLATEAU
        };
        let found = rates(&plateau, [1.0; 8]);
        assert_eq!(found, [1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]);
    }

    #[test]
    fn a_window_averages_losses() {
        let plateau = Plateau {
            window: 2,
            patience: 1,
            ..PLATEAU
        };
        let found = rates(&plateau, [1.0, 3.0, 0.0, 3.0, 2.0, 2.0]);
        assert_eq!(found, [1.0, 1.0, 1.0, 1.0, 1.0, 0.5]);
    }
}
