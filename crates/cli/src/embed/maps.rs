//! Maps of initial points and of settings in memory.

use super::{
    figure::DrawnFigure,
    request::{CommandError, parse},
};
use crate::{
    commands::map::{FinishedMap, FinishedSettingsMap, FinishedStartMap},
    output::Recipe,
};
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    experiment::PreparedExperiment,
};
use thalweg_gallery::{setting_map::SettingQuantity, start_map::StartQuantity};

/// What finished maps of all kinds have in common.
pub trait FinishedMapResult: Sized {
    /// Executes the runs of the map. A given experiment replaces that of the words, and its runs stay in this thread.
    ///
    /// # Errors
    /// The words are not those of the command, or the map is invalid.
    fn new(words: &[String], given: Option<PreparedExperiment>) -> Result<Self, CommandError>;

    /// Draws the quantity that `--show` of a command selects. `has_recipe` states whether the command draws this map.
    ///
    /// # Errors
    /// The map does not have this quantity.
    fn figure(&self, words: &[String], has_recipe: bool) -> Result<DrawnFigure, CommandError>;

    /// Returns the experiment of the map.
    fn contest(&self) -> &PreparedExperiment;

    /// Writes the results of all runs.
    fn write_bytes(&self, out: &mut ByteWriter);

    /// Reads what [`write_bytes`](Self::write_bytes) wrote for a map of the same words. Returns `None` if the bytes are
    /// damaged.
    ///
    /// # Errors
    /// The words are not those of the command, or the map is invalid.
    fn read_bytes(
        words: &[String],
        given: Option<PreparedExperiment>,
        reader: &mut ByteReader,
    ) -> Result<Option<Self>, CommandError>;
}

/// A finished map of a command `map`.
pub struct MapResult<M>(M);

/// A finished map of a command `map starts`.
pub type StartMapResult = MapResult<FinishedStartMap>;
/// A finished map of a command `map settings`.
pub type SettingsMapResult = MapResult<FinishedSettingsMap>;

impl<M: FinishedMap> FinishedMapResult for MapResult<M> {
    fn new(words: &[String], given: Option<PreparedExperiment>) -> Result<Self, CommandError> {
        let (args, _) = arguments::<M>(words)?;
        Ok(Self(M::new(&args, given)?))
    }

    fn figure(&self, words: &[String], has_recipe: bool) -> Result<DrawnFigure, CommandError> {
        let (args, recipe) = arguments::<M>(words)?;
        let scene = self.0.scene(&args)?;
        let recipe = if has_recipe {
            recipe
        } else {
            Recipe::default()
        };
        let recipe = recipe.with_files(&self.contest().picks());
        Ok(DrawnFigure::of_scene(scene, &recipe))
    }

    fn contest(&self) -> &PreparedExperiment {
        self.0.contest()
    }

    fn write_bytes(&self, out: &mut ByteWriter) {
        out.list(&self.0.cells(), |out, cells| {
            out.list(cells, |out, cell| M::write_cell(cell, out));
        });
    }

    fn read_bytes(
        words: &[String],
        given: Option<PreparedExperiment>,
        reader: &mut ByteReader,
    ) -> Result<Option<Self>, CommandError> {
        let (args, _) = arguments::<M>(words)?;
        let Some(cells) = reader.list(|reader| reader.list(M::read_cell)) else {
            return Ok(None);
        };
        Ok(M::of_runs(&args, given, cells)?.map(Self))
    }
}

impl StartMapResult {
    /// Returns a table with one row per optimizer.
    pub fn summary(&self) -> String {
        self.0.summary()
    }

    /// Returns the first weights of the columns and the second weights of the rows.
    pub fn axes(&self) -> [&[f64]; 2] {
        [&self.0.grid().xs, &self.0.grid().ys]
    }

    /// Returns a quantity of all cells: (optimizers, rows, columns), row-major.
    pub fn numbers(&self, quantity: StartQuantity) -> Vec<f64> {
        self.0.numbers(quantity)
    }
}

impl SettingsMapResult {
    /// Returns a table with the best settings of each optimizer.
    ///
    /// # Errors
    /// The words are not those of a command `map settings`.
    pub fn summary(&self, words: &[String]) -> Result<String, CommandError> {
        Ok(self.0.summary(&arguments::<FinishedSettingsMap>(words)?.0))
    }

    /// Returns the number of values of the first and of the second setting; the second is 1 if there is none.
    pub fn size(&self) -> [usize; 2] {
        self.0.size()
    }

    /// Returns the keys of the settings with their values.
    pub fn over(&self) -> Vec<(String, Vec<String>)> {
        self.0.over()
    }

    /// Returns a quantity of all cells: (optimizers, second setting, first setting), row-major. Epochs are infinite if the
    /// target was not reached.
    pub fn numbers(&self, quantity: SettingQuantity) -> Vec<f64> {
        let cells = self.0.cells().into_iter().flatten();
        let numbers = cells.map(|cell| match quantity {
            SettingQuantity::Epochs => cell.epochs.map_or(f64::INFINITY, |n| n as f64),
            SettingQuantity::Loss => cell.loss,
        });
        numbers.collect()
    }

    /// Returns the share of the initial points from which the target was reached: the same shape.
    pub fn reached(&self) -> Vec<f64> {
        let cells = self.0.cells().into_iter().flatten();
        let share = cells.map(|cell| cell.reached as f64 / cell.starts.max(1) as f64);
        share.collect()
    }
}

/// Parses the words of a command that makes such a map.
fn arguments<M: FinishedMap>(words: &[String]) -> Result<(Box<M::Args>, Recipe), CommandError> {
    let (command, recipe) = parse(words)?;
    match M::args(command) {
        Some(args) => Ok((args, recipe)),
        None => unreachable!("the words must be those of the command that makes this map"),
    }
}
