//! The steps of a batch, without the type of its rule.

use crate::{
    catalog::inspect::Inspect as _,
    run::optimizer::{GradientRule, StepContext},
};

/// The steps of the runs of a batch.
pub(super) trait Steps {
    /// Replaces the gradients in `d` by displacements, (dim, runs) row-major.
    fn displace(&mut self, d: &mut [f64], here: StepContext);
    /// Calls `visit` with each buffer of the state, (rows, runs) row-major.
    fn buffers(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>));
    /// Returns whether a step does not depend on its number.
    fn is_autonomous(&self) -> bool;
}

/// A rule with the state of a batch.
pub(super) struct BatchedSteps<'r, R: GradientRule> {
    pub(super) rule: &'r R,
    pub(super) state: R::State,
}

impl<R: GradientRule> Steps for BatchedSteps<'_, R> {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "code in a SIMD region must be inlined to be compiled with its instructions"
    )]
    fn displace(&mut self, d: &mut [f64], here: StepContext) {
        self.rule.displace(d, here, &mut self.state);
    }
    fn buffers(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        self.state.vectors(visit);
    }
    fn is_autonomous(&self) -> bool {
        GradientRule::is_autonomous(self.rule)
    }
}

#[cfg(target_arch = "wasm32")]
impl Steps for Box<dyn Steps + '_> {
    fn displace(&mut self, d: &mut [f64], here: StepContext) {
        (**self).displace(d, here);
    }
    fn buffers(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        (**self).buffers(visit);
    }
    fn is_autonomous(&self) -> bool {
        (**self).is_autonomous()
    }
}
