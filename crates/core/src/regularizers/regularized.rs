//! An optimizer whose oracle adds a penalty. No optimizer knows of regularizers.

use crate::run::regularizer::Regularizer;
use crate::run::{
    optimizer::{ConfiguredOptimizer, Stepper},
    oracle::Oracle,
};
use std::sync::Arc;
use thalweg_macros::Describe;

/// The settings of every optimizer that can be held back from large weights.
#[derive(Clone, Describe)]
pub struct RegularizerParams {
    /// Penalty that is added to the loss that is trained on, and not to the one that is reported.
    pub regularizer: Option<Arc<dyn Regularizer>>,
}

/// A recipe whose runs see the loss with a penalty.
pub struct RegularizedOptimizer {
    /// The optimizer.
    pub recipe: Box<dyn ConfiguredOptimizer>,
    /// The penalty.
    pub regularizer: Arc<dyn Regularizer>,
}

impl ConfiguredOptimizer for RegularizedOptimizer {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        oracle.regularize(self.regularizer.clone());
        self.recipe.start(w, oracle)
    }
}
