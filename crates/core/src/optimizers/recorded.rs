//! A recorded run instead of an optimizer.

use crate::{
    Error,
    catalog::{Family, File, Params as _, Settings, pick::Pick},
    error::printable,
    optimizers::REGISTRY,
    run::{
        optimizer::ConfiguredOptimizer,
        record::{Record, RecordFormat, WeightLayout, WeightOrder},
        replay::Replay,
    },
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
    /// CSV file with one column per weight, `.npy` array (epochs, weights), or `.npz` file of named arrays.
    pub path: File,
    /// Name in legends; the default is the file name.
    pub label: Option<String>,
    /// Names of the columns of the weights in a CSV file, in order, such as a|b. The default is w1|w2, and so on, or the names
    /// of the problem's weights.
    pub weights: Option<String>,
    /// Order of the weights of each matrix: `thalweg`, one row per input, or `torch`, one row per output. The default is
    /// thalweg, or follows from the shapes of named arrays.
    pub order: Option<WeightOrder>,
}

/// Reads the file that the settings name, without a problem.
pub(super) fn build(settings: &Settings) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    Ok(Box::new(replay(settings, WeightLayout::default())?))
}

/// Reads the record that a pick selects, for a problem with these weights. Returns `None` if the pick is not a recorded run.
pub(crate) fn replay_for(pick: &Pick, layout: WeightLayout) -> Result<Option<Replay>, Error> {
    let entry = REGISTRY.find(&pick.id);
    let Some(entry) = entry.filter(|entry| entry.about.family == Some(Family::Recorded)) else {
        return Ok(None);
    };
    let settings = Settings::of(pick, &entry.about, None)?;
    let replay = replay(&settings, layout);
    replay
        .map(Some)
        .map_err(|error| settings.place(*error).within(pick.text(), pick.id_span()))
}

fn replay(settings: &Settings, layout: WeightLayout) -> Result<Replay, Box<Error>> {
    let RecordedOptimizer {
        path,
        label,
        weights,
        order,
    } = RecordedOptimizer::from_settings(settings)?;
    let columns = |text: String| text.split('|').map(|name| name.trim().to_owned()).collect();
    let format = RecordFormat {
        columns: weights.map(columns),
        order,
    };
    let record = Record::read(&path.name, path.content.bytes(), layout, &format)?;
    Ok(Replay {
        label: label.map_or_else(|| path.short_name(), |label| printable(&label).into_owned()),
        record: Arc::new(record),
    })
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
