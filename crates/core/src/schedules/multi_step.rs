//! Multi-step decay.

use super::Schedule;
use crate::{
    Error,
    catalog::{Kind, Param, Setting, Settings},
};
use thalweg_macros::Describe;

/// Multiplies the learning rate by a factor at some epochs.
///
/// ```text
/// eta(t) = eta factor^(number of milestones that are at most t)
/// ```
///
/// This is `MultiStepLR` of torch, and `piecewise_constant_schedule` of optax with one factor for all boundaries.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "multi-step",
    title = "Multi-Step",
    torch = "torch.optim.lr_scheduler.MultiStepLR",
    optax = "optax.piecewise_constant_schedule"
)]
pub struct MultiStep {
    /// Epochs at which the learning rate changes, in ascending order and separated by dashes, such as 30-60-90.
    #[param(default = "100-200")]
    pub milestones: Milestones,
    /// Factor of the learning rate at each of them.
    #[param(default = 0.1, valid = positive, slider = 0.01..=1.0, log, torch = "gamma")]
    pub factor: f64,
}

/// Ascending numbers of epochs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestones(pub Vec<u64>);

impl Setting for Milestones {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = String::read(param, settings)?;
        let epochs: Option<Vec<u64>> = text.split('-').map(|t| t.trim().parse().ok()).collect();
        let ascend = |epochs: &Vec<u64>| epochs.windows(2).all(|pair| pair[0] < pair[1]);
        epochs.filter(ascend).map(Self).ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text,
            allowed:
                "it must be ascending whole numbers of epochs separated by dashes, such as 30-60-90"
                    .to_owned(),
            nearest: None,
        })
    }
}

impl Schedule for MultiStep {
    fn rate(&self, base: f64, epoch: u64) -> f64 {
        let passed = self.milestones.0.iter().take_while(|at| **at <= epoch);
        passed.fold(base, |rate, _| rate * self.factor)
    }
}
