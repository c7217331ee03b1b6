//! A constant learning rate.

use super::Schedule;
use thalweg_macros::Describe;

/// Keeps the learning rate constant.
///
/// ```text
/// eta(t) = eta
/// ```
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "constant", title = "Constant", optax = "optax.constant_schedule")]
pub struct Constant {}

impl Schedule for Constant {
    fn rate(&self, base: f64, _: u64) -> f64 {
        base
    }
}
