//! Optimizers with a limit on the gradient.
//!
//! Optimizers do not depend on limits: a rule receives the clipped gradient, and any other optimizer gets it from the oracle.

use crate::{
    catalog::ResolvedSetting,
    objective::Objective,
    run::{
        gradient_clip::GradientClip,
        optimizer::{ConfiguredOptimizer, GradientRule, StateShape, StepContext, Stepper},
        oracle::Oracle,
    },
};
use std::sync::Arc;
use thalweg_macros::Describe;

/// The settings of every optimizer that can clip its gradient.
#[derive(Clone, Describe)]
pub struct GradientClipParams {
    /// Limit on the gradient, which is applied before the optimizer uses it and after the regularizer is added.
    #[param(unless = "search")]
    pub gradient_clip: Option<Arc<dyn GradientClip>>,
}

/// A gradient rule with an optional limit on the gradient. Its runs can be batched like those of the rule.
#[derive(Clone)]
pub struct ClippedRule<R> {
    /// The rule.
    pub rule: R,
    /// The limit; `None` keeps the gradient.
    pub clip: Option<Arc<dyn GradientClip>>,
}

impl<R: GradientRule> GradientRule for ClippedRule<R> {
    type State = R::State;

    fn init(&self, w: &[f64], size: StateShape) -> R::State {
        self.rule.init(w, size)
    }

    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut R::State) {
        if let Some(clip) = &self.clip {
            clip.clip(d, here.losses.len());
        }
        self.rule.displace(d, here, state);
    }

    fn is_autonomous(&self) -> bool {
        GradientRule::is_autonomous(&self.rule)
    }
}

/// Any other optimizer with a limit on the gradient.
pub struct ClippedOptimizer {
    /// The optimizer.
    pub optimizer: Box<dyn ConfiguredOptimizer>,
    /// The limit.
    pub clip: Arc<dyn GradientClip>,
}

impl ConfiguredOptimizer for ClippedOptimizer {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        oracle.set_gradient_clip(self.clip.clone());
        self.optimizer.start(w, oracle)
    }

    fn resolved_settings(&self, objective: &dyn Objective) -> Vec<ResolvedSetting> {
        self.optimizer.resolved_settings(objective)
    }
}
