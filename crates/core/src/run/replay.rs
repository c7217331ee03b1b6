//! A recorded run instead of an optimizer.

use crate::{
    catalog::{ResolvedSetting, column_names, inspect::Channel},
    need::Need,
    objective::{Objective, blocks::BlockKind},
    run::{
        StopReason,
        optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
        oracle::Oracle,
        record::Record,
    },
};
use std::sync::Arc;

/// A recorded run in the role of an optimizer.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The name in legends.
    pub label: String,
    /// The recorded weights.
    pub record: Arc<Record>,
}

impl ConfiguredOptimizer for Replay {
    fn start(&self, _: &[f64], _: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(RecordReplayer {
            record: self.record.clone(),
            epoch: 0,
        })
    }

    fn replay(&self) -> Option<&Replay> {
        Some(self)
    }

    /// An array has no columns, and without a matrix all orders are the same.
    fn resolved_settings(&self, objective: &dyn Objective) -> Vec<ResolvedSetting> {
        let columns = &self.record.columns;
        let columns = (!columns.is_empty()).then(|| column_names(columns.iter()));
        let mut blocks = objective.blocks().iter();
        let has_matrix = blocks.any(|block| block.kind == BlockKind::Matrix);
        let order = has_matrix.then(|| self.record.order.word().to_owned());
        vec![
            ResolvedSetting::new("weights", columns),
            ResolvedSetting::new("order", order),
        ]
    }
}

/// A recorded run and the current epoch.
struct RecordReplayer {
    record: Arc<Record>,
    epoch: u64,
}

impl Stepper for RecordReplayer {
    fn step(&mut self, w: &mut [f64], _: &mut Oracle) -> StepOutcome {
        match self.record.at(self.epoch + 1) {
            Some(next) => {
                w.copy_from_slice(next);
                self.epoch += 1;
                StepOutcome::Continue
            }
            None => StepOutcome::Stop(StopReason::RecordEnds { reached: None }),
        }
    }

    fn read(&self, _: &mut dyn FnMut(&Channel, &[f64])) {}

    fn needs(&self) -> &[Need] {
        &[]
    }

    /// A recorded run is shown completely, even if its weights do not change for a while.
    fn is_autonomous(&self) -> bool {
        false
    }
}
