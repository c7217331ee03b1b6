//! The scale of a velocity when a schedule changes the learning rate.

/// The learning rate that a velocity includes: that of the last step whose learning rate was not zero.
///
/// Some libraries store the velocity without the learning rate, `u`, and move by the current learning rate times `u`. This is
/// the velocity of the other form if it is rescaled whenever the learning rate changes, so that one channel serves both.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::optimizers) struct VelocityScale {
    rate: f64,
}

/// The factors of one step of a velocity.
#[derive(Clone, Copy, Debug)]
pub(in crate::optimizers) struct VelocityFactors {
    /// Factor of the velocity before the step, besides the momentum.
    pub keep: f64,
    /// Learning rate of the gradient that is added.
    pub push: f64,
    /// Factor of the velocity in the displacement: 0 in a step with a zero learning rate, otherwise 1.
    pub step: f64,
}

impl VelocityScale {
    /// Creates the scale of a velocity before the first step, from the learning rate without a schedule.
    pub(in crate::optimizers) fn new(base_rate: f64) -> Self {
        Self { rate: base_rate }
    }

    /// Returns the factors of a step with this learning rate. Unless `rescales`, the velocity is kept as it is.
    pub(in crate::optimizers) fn factors(&mut self, rate: f64, rescales: bool) -> VelocityFactors {
        if rescales && rate == 0.0 {
            // The velocity is kept in units of the last learning rate, because a zero rate would erase it.
            return VelocityFactors {
                keep: 1.0,
                push: self.rate,
                step: 0.0,
            };
        }
        let before = std::mem::replace(&mut self.rate, rate);
        VelocityFactors {
            keep: if rescales { rate / before } else { 1.0 },
            push: rate,
            step: 1.0,
        }
    }
}
