//! Optimizers with a penalty on the weights.
//!
//! Optimizers do not depend on regularizers: the oracle adds the penalty.

use crate::{
    catalog::{EntryMetadata, ResolvedSetting},
    objective::Objective,
    run::{
        optimizer::{ConfiguredOptimizer, Stepper, options::StepOptions},
        oracle::Oracle,
        regularizer::Regularizer,
    },
};
use std::sync::Arc;
use thalweg_macros::Describe;

/// The settings of every optimizer that supports a regularizer.
#[derive(Clone, Describe)]
pub struct RegularizerParams {
    /// Penalty added to the training loss; the reported loss does not include it.
    pub regularizer: Option<Arc<dyn Regularizer>>,
}

/// An optimizer whose runs minimize the loss plus a penalty.
pub struct RegularizedOptimizer {
    /// The optimizer.
    pub optimizer: Box<dyn ConfiguredOptimizer>,
    /// The penalty.
    pub regularizer: Arc<dyn Regularizer>,
}

impl ConfiguredOptimizer for RegularizedOptimizer {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        oracle.add_regularizer(self.regularizer.clone());
        self.optimizer.start(w, oracle)
    }

    fn resolved_settings(&self, objective: &dyn Objective) -> Vec<ResolvedSetting> {
        self.optimizer.resolved_settings(objective)
    }

    fn description(&self, about: &EntryMetadata) -> Option<EntryMetadata> {
        self.optimizer.description(about)
    }

    fn options(&self) -> Option<&StepOptions> {
        self.optimizer.options()
    }

    fn is_gradient_rule(&self) -> bool {
        self.optimizer.is_gradient_rule()
    }

    fn regularizer(&self) -> Option<&dyn Regularizer> {
        Some(&*self.regularizer)
    }
}
