//! The table of all trials: one row per trial, one column per setting.

use crate::output::csv_cell;
use std::fmt::Write as _;
use thalweg::{
    number::ShortestFloat,
    sweep::NumberedRuns as _,
    tuning::{TrialResult, TuningPlan},
};

/// The columns before the settings.
const COLUMNS: &str =
    "trial,problem,optimizer,study,trial_of_study,seed,budget,outcome,evaluations,loss";

/// Returns the table of all trials as CSV. A column of a setting is empty for optimizers that do not tune it.
pub(crate) fn trials_table(plan: &TuningPlan, trials: &[TrialResult]) -> String {
    let keys = keys(plan);
    let mut text = COLUMNS.to_owned();
    for key in &keys {
        text.extend([",", key]);
    }
    text.push('\n');
    for (number, result) in (0..plan.runs()).zip(trials) {
        let trial = plan.trial(number);
        let outcome = match result.time {
            Some(_) => "reached",
            None if result.loss.is_finite() => "missed",
            None => "diverged",
        };
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "{},{},{},{},{},{},{},{outcome},{},{}",
            number + 1,
            csv_cell(&plan.workloads()[trial.workload].name),
            csv_cell(plan.name(trial.optimizer)),
            trial.study + 1,
            trial.trial + 1,
            plan.protocol().study_seed(trial.study as u64),
            plan.budget(trial.workload),
            result
                .time
                .map_or_else(|| "inf".to_owned(), |time| time.to_string()),
            ShortestFloat(result.loss),
        );
        let space = &plan.cell(trial.workload, trial.optimizer).space.dimensions;
        let values = plan.values(&trial);
        for key in &keys {
            let place = space.iter().position(|dimension| dimension.key == *key);
            let value = place.and_then(|i| values.get(i));
            text.extend([",", value.map_or("", String::as_str)]);
        }
        text.push('\n');
    }
    text
}

/// Returns the keys of all tuned settings, in the order of their first use.
fn keys(plan: &TuningPlan) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for workload in 0..plan.workloads().len() {
        for optimizer in 0..plan.optimizers().len() {
            for dimension in &plan.cell(workload, optimizer).space.dimensions {
                if !keys.contains(&dimension.key) {
                    keys.push(dimension.key.clone());
                }
            }
        }
    }
    keys
}
