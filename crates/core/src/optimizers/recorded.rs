//! A recorded run instead of an optimizer.

use crate::{
    Error,
    catalog::{Family, File, Params as _, Settings, pick::Pick},
    optimizers::REGISTRY,
    run::{optimizer::ConfiguredOptimizer, record::Record, replay::Replay},
};
use std::sync::Arc;
use thalweg_macros::Describe;

/// Replays a run that another program recorded: it reads the weights of each epoch from a file.
///
/// ```text
/// w1,w2,loss
/// -4,-4,0.86
/// ```
///
/// The run follows the file from its first to its last row, regardless of the initial point and the target. It makes no
/// evaluations. The loss is computed by the problem at the recorded weights.
#[derive(Clone, Debug, Describe)]
#[entry(id = "recorded", title = "Recorded", family = Recorded)]
pub struct RecordedOptimizer {
    /// CSV file with columns w1, w2, and so on, or `.npy` array (epochs, weights), with one row per epoch.
    pub path: File,
    /// Name in legends; the default is the file name.
    pub label: Option<String>,
}

/// Reads the file that the settings name.
pub(super) fn build(settings: &Settings) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    let RecordedOptimizer { path, label } = RecordedOptimizer::from_settings(settings)?;
    let record = Record::read(&path.name, path.content.bytes())?;
    Ok(Box::new(Replay {
        label: label.unwrap_or_else(|| path.short_name().to_owned()),
        record: Arc::new(record),
    }))
}

/// Checks that a pick can be run from any initial point, with any setting and any seed.
///
/// # Errors
/// The pick is a recorded run. Unknown ids are not reported here, but by the lookup.
pub fn check_can_run(pick: &Pick) -> Result<(), Error> {
    match REGISTRY.find(&pick.id) {
        Some(entry) if entry.about.family == Some(Family::Recorded) => {
            let message = format!(
                "`{}` is a recorded run, which cannot be repeated; select an optimizer to compare starts, settings, or seeds",
                pick.id
            );
            Err(Error::Settings(message).within(pick.text(), pick.id_span()))
        }
        _ => Ok(()),
    }
}
