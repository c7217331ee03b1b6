//! A run that was made elsewhere, in the place of an optimizer.

use crate::{
    Error,
    catalog::{Family, File, Params as _, Settings},
    inspect::Channel,
    objective::Need,
    optimizer::{Flow, Recipe, Stepper},
    optimizers::REGISTRY,
    oracle::Oracle,
    pick::Pick,
    record::Record,
    run::Stop,
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
pub struct Recorded {
    /// A CSV file with the columns w1, w2 and so on, or an array `.npy` of (epochs, weights), one row an epoch.
    pub path: File,
    /// Its name in legends; the name of the file where none is given.
    pub label: Option<String>,
}

/// A record as a recipe.
#[derive(Clone, Debug)]
pub struct Replay {
    /// Its name in legends.
    pub label: String,
    /// The weights.
    pub record: Arc<Record>,
}

impl Replay {
    /// Reads the record that the settings name.
    pub(super) fn build(settings: &Settings) -> Result<Box<dyn Recipe>, Box<Error>> {
        let Recorded { path, label } = Recorded::from_settings(settings)?;
        let record = Record::read(&path.name, path.content.bytes())?;
        // Folders say little in a legend.
        let short = path.name.rsplit(['/', '\\']).next().unwrap_or_default();
        Ok(Box::new(Self {
            label: label.unwrap_or_else(|| short.to_owned()),
            record: Arc::new(record),
        }))
    }
}

impl Recipe for Replay {
    fn start(&self, _: &[f64], _: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(Reader {
            record: self.record.clone(),
            epoch: 0,
        })
    }

    fn replay(&self) -> Option<&Replay> {
        Some(self)
    }
}

/// A record and how far it has been read.
struct Reader {
    record: Arc<Record>,
    epoch: u64,
}

impl Stepper for Reader {
    fn step(&mut self, w: &mut [f64], _: &mut Oracle) -> Flow {
        match self.record.at(self.epoch + 1) {
            Some(next) => {
                w.copy_from_slice(next);
                self.epoch += 1;
                Flow::Continue
            }
            None => Flow::Stop(Stop::RecordEnds { reached: None }),
        }
    }

    fn read(&self, _: &mut dyn FnMut(&'static Channel, &[f64])) {}

    fn needs(&self) -> &'static [Need] {
        &[]
    }
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
