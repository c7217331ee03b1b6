//! A run that was made elsewhere, in the place of an optimizer.

use crate::{
    Error,
    catalog::{Family, File, Params as _, Settings, pick::Pick},
    optimizers::REGISTRY,
    run::{optimizer::ConfiguredOptimizer, record::Record, replay::Replay},
};
use std::sync::Arc;
use thalweg_macros::Describe;

/// A run made elsewhere: the weights that another program passed through, from a file.
///
/// ```text
/// w1,w2,loss
/// -4,-4,0.86
/// ```
///
/// It begins where the record begins and goes on to its end, whatever the start and the target are. It asks nothing;
/// the loss is that of our problem at the recorded weights.
#[derive(Clone, Debug, Describe)]
#[entry(id = "recorded", title = "Recorded", family = Recorded)]
pub struct RecordedOptimizer {
    /// A CSV file with the columns w1, w2 and so on, or an array `.npy` of (epochs, weights), one row an epoch.
    pub path: File,
    /// Its name in legends; the name of the file where none is given.
    pub label: Option<String>,
}

/// Reads the record that the settings name.
pub(super) fn build(settings: &Settings) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    let RecordedOptimizer { path, label } = RecordedOptimizer::from_settings(settings)?;
    let record = Record::read(&path.name, path.content.bytes())?;
    // Folders say little in a legend.
    let short = path.name.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(Box::new(Replay {
        label: label.unwrap_or_else(|| short.to_owned()),
        record: Arc::new(record),
    }))
}

/// Checks that a pick can be run from any start, with any setting and any seed: that it is no record.
///
/// # Errors
/// It is one. A pick that names nothing is left to those who look it up.
pub fn check_can_run(pick: &Pick) -> Result<(), Error> {
    match REGISTRY.find(&pick.id) {
        Some(entry) if entry.about.family == Some(Family::Recorded) => {
            let message = format!(
                "`{}` is one run that is over: it has no other starts, settings or seeds to compare",
                pick.id
            );
            Err(Error::Settings(message).within(pick.text(), pick.id_span()))
        }
        _ => Ok(()),
    }
}
