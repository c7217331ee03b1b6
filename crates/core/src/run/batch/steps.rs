//! The steps of a batch, without the type of its rule.

use crate::{
    catalog::inspect::Inspect as _,
    run::optimizer::{GradientRule, StepContext},
};
use fearless_simd::{Level, Simd, dispatch};

/// The steps of the runs of a batch. One loop makes the runs of all rules, because a copy of it per rule and instruction set
/// would be a large part of the program, and a call per step of a batch costs nothing measurable.
pub(super) trait Steps {
    /// Replaces the gradients in `d` by displacements, (dim, runs) row-major.
    fn displace(&mut self, d: &mut [f64], here: StepContext);
    /// Calls `visit` with each buffer of the state, (rows, runs) row-major.
    fn buffers(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>));
    /// Takes the buffers of the state, which can make no steps afterwards.
    fn take_buffers(&mut self) -> Vec<Vec<f64>> {
        let mut taken = Vec::new();
        self.buffers(&mut |buffer| taken.push(std::mem::take(buffer)));
        taken
    }
    /// Returns whether a step does not depend on its number, except perhaps the first one.
    fn is_autonomous(&self) -> bool;
    /// Returns whether no step depends on its number.
    fn ignore_step_number(&self) -> bool;
}

/// A rule with the state of a batch.
pub(super) struct BatchedSteps<'r, R: GradientRule> {
    pub(super) rule: &'r R,
    pub(super) state: R::State,
}

impl<R: GradientRule> Steps for BatchedSteps<'_, R> {
    fn displace(&mut self, d: &mut [f64], here: StepContext) {
        let (rule, state) = (self.rule, &mut self.state);
        dispatch!(Level::new(), simd => displace(simd, rule, d, here, state));
    }
    fn buffers(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        self.state.vectors(visit);
    }
    fn is_autonomous(&self) -> bool {
        GradientRule::is_autonomous(self.rule)
    }
    fn ignore_step_number(&self) -> bool {
        self.rule.ignores_step_number()
    }
}

/// Replaces gradients by displacements, with the loops of the rule compiled for an instruction set. It therefore takes an
/// unused token and is always inlined.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]
fn displace<V: Simd, R: GradientRule>(
    _: V,
    rule: &R,
    d: &mut [f64],
    here: StepContext,
    state: &mut R::State,
) {
    rule.displace(d, here, state);
}
