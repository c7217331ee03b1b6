//! Schedules one after another.

use super::{LossMemory, Schedule};
use std::sync::Arc;
use thalweg_macros::Describe;

/// Follows one schedule for some epochs, and then another one.
///
/// ```text
/// eta(t) = first(t)  for t < epochs          eta(t) = then(t - epochs)  afterwards
/// ```
///
/// Both schedules count their epochs from 0 and begin with the learning rate of the optimizer. A chain can contain chains, as
/// in `chain:first=linear-warm-up,first.over=10,epochs=10,then=chain,then.first=constant,then.epochs=50,then.then=cosine`.
#[derive(Clone, Describe)]
#[entry(
    id = "chain",
    title = "Chain",
    torch = "torch.optim.lr_scheduler.SequentialLR",
    optax = "optax.join_schedules"
)]
pub struct Chain {
    /// The first schedule.
    #[param(default = "linear-warm-up")]
    pub first: Arc<dyn Schedule>,
    /// Number of epochs of the first schedule.
    #[param(default = 5, valid = 0.0.., slider = 0.0..=10000.0, torch = "milestones[0]", optax = "boundaries[0]")]
    pub epochs: u64,
    /// The schedule that follows.
    #[param(default = "cosine")]
    pub then: Arc<dyn Schedule>,
}

impl Schedule for Chain {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        match epoch.checked_sub(self.epochs) {
            None => self.first.rate(base, epoch),
            Some(epoch) => self.then.rate(base, epoch),
        }
    }

    fn follows_loss(&self) -> bool {
        self.first.follows_loss() || self.then.follows_loss()
    }

    fn rate_after(&self, base: f64, epoch: u64, loss: f64, memory: &mut LossMemory) -> f64 {
        match epoch.checked_sub(self.epochs) {
            None => self.first.rate_after(base, epoch, loss, memory),
            Some(epoch) => {
                // Only one schedule follows the loss at a time, and it begins without a memory.
                if epoch == 0 {
                    *memory = LossMemory::default();
                }
                self.then.rate_after(base, epoch, loss, memory)
            }
        }
    }
}
