//! Maps of initial points and of settings in memory.

use super::{
    figure::DrawnFigure,
    request::{CommandError, parse},
};
use crate::{
    args::{
        Command,
        map::{MapCommand, SettingsArgs, StartsArgs},
    },
    commands::map::{FinishedSettingsMap, FinishedStartMap},
    output::Recipe,
};
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    experiment::PreparedExperiment,
    map::{SettingCell, StartCell},
};
use thalweg_gallery::{setting_map::SettingQuantity, start_map::StartQuantity};
use thalweg_plot::scene::Scene;

/// A finished map of a command `map starts`.
pub struct StartMapResult(FinishedStartMap);

impl StartMapResult {
    /// Executes the runs of the map. A given experiment replaces that of the words, and its runs stay in this thread.
    ///
    /// # Errors
    /// The words are not those of a command `map starts`, or the map is invalid.
    pub fn new(words: &[String], given: Option<PreparedExperiment>) -> Result<Self, CommandError> {
        let (args, _) = starts(words)?;
        Ok(Self(FinishedStartMap::new(&args, given)?))
    }

    /// Draws the quantity that `--show` of a command selects. `has_recipe` states whether the command draws this map.
    ///
    /// # Errors
    /// The map does not have this quantity.
    pub fn figure(&self, words: &[String], has_recipe: bool) -> Result<DrawnFigure, CommandError> {
        let (args, recipe) = starts(words)?;
        let scene = self.0.scene(&args)?;
        Ok(figure(scene, recipe, self.0.contest(), has_recipe))
    }

    /// Returns a table with one row per optimizer.
    pub fn summary(&self) -> String {
        self.0.summary()
    }

    /// Returns the first weights of the columns and the second weights of the rows.
    pub fn axes(&self) -> [&[f64]; 2] {
        [&self.0.grid().xs, &self.0.grid().ys]
    }

    /// Writes the results of all runs.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        out.list(self.0.cells(), |out, cells| {
            out.list(cells, |out, cell| cell.write_bytes(out));
        });
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote for a map of the same words. Returns `None` if the bytes are
    /// damaged.
    ///
    /// # Errors
    /// The words are not those of a command `map starts`, or the map is invalid.
    pub fn read_bytes(
        words: &[String],
        given: Option<PreparedExperiment>,
        reader: &mut ByteReader,
    ) -> Result<Option<Self>, CommandError> {
        let (args, _) = starts(words)?;
        let Some(cells) = reader.list(|reader| reader.list(StartCell::read_bytes)) else {
            return Ok(None);
        };
        Ok(FinishedStartMap::of_runs(&args, given, cells)?.map(Self))
    }

    /// Returns the experiment of the map.
    pub fn contest(&self) -> &PreparedExperiment {
        self.0.contest()
    }

    /// Returns a quantity of all cells: (optimizers, rows, columns), row-major.
    pub fn numbers(&self, quantity: StartQuantity) -> Vec<f64> {
        self.0.numbers(quantity)
    }
}

/// A finished map of a command `map settings`.
pub struct SettingsMapResult(FinishedSettingsMap);

impl SettingsMapResult {
    /// Executes the runs of the map. A given experiment replaces that of the words, and its runs stay in this thread.
    ///
    /// # Errors
    /// The words are not those of a command `map settings`, or the map is invalid.
    pub fn new(words: &[String], given: Option<PreparedExperiment>) -> Result<Self, CommandError> {
        let (args, _) = settings(words)?;
        Ok(Self(FinishedSettingsMap::new(&args, given)?))
    }

    /// Draws the quantity that `--show` of a command selects. `has_recipe` states whether the command draws this map.
    ///
    /// # Errors
    /// The map does not have this quantity.
    pub fn figure(&self, words: &[String], has_recipe: bool) -> Result<DrawnFigure, CommandError> {
        let (args, recipe) = settings(words)?;
        let scene = self.0.scene(&args)?;
        Ok(figure(scene, recipe, self.0.contest(), has_recipe))
    }

    /// Returns a table with the best settings of each optimizer.
    ///
    /// # Errors
    /// The words are not those of a command `map settings`.
    pub fn summary(&self, words: &[String]) -> Result<String, CommandError> {
        Ok(self.0.summary(&settings(words)?.0))
    }

    /// Writes the results of all cells.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        let cells: Vec<&[SettingCell]> = self.0.cells().collect();
        out.list(&cells, |out, cells| {
            out.list(cells, |out, cell| cell.write_bytes(out));
        });
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote for a map of the same words. Returns `None` if the bytes are
    /// damaged.
    ///
    /// # Errors
    /// The words are not those of a command `map settings`, or the map is invalid.
    pub fn read_bytes(
        words: &[String],
        given: Option<PreparedExperiment>,
        reader: &mut ByteReader,
    ) -> Result<Option<Self>, CommandError> {
        let (args, _) = settings(words)?;
        let Some(cells) = reader.list(|reader| reader.list(SettingCell::read_bytes)) else {
            return Ok(None);
        };
        Ok(FinishedSettingsMap::of_runs(&args, given, cells)?.map(Self))
    }

    /// Returns the experiment of the map.
    pub fn contest(&self) -> &PreparedExperiment {
        self.0.contest()
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
        let numbers = self.0.cells().flatten().map(|cell| match quantity {
            SettingQuantity::Epochs => cell.epochs.map_or(f64::INFINITY, |n| n as f64),
            SettingQuantity::Loss => cell.loss,
        });
        numbers.collect()
    }

    /// Returns the share of the initial points from which the target was reached: the same shape.
    pub fn reached(&self) -> Vec<f64> {
        let cells = self.0.cells().flatten();
        let share = cells.map(|cell| cell.reached as f64 / cell.starts.max(1) as f64);
        share.collect()
    }
}

fn figure(
    scene: Scene,
    recipe: Recipe,
    contest: &PreparedExperiment,
    has_recipe: bool,
) -> DrawnFigure {
    let recipe = if has_recipe {
        recipe.with_files(&contest.picks())
    } else {
        Recipe::default()
    };
    DrawnFigure::of_scene(scene, &recipe)
}

fn starts(words: &[String]) -> Result<(Box<StartsArgs>, Recipe), CommandError> {
    match parse(words)? {
        (
            Command::Map {
                kind: MapCommand::Starts(args),
            },
            recipe,
        ) => Ok((args, recipe)),
        _ => unreachable!("the words must be those of the command `map starts`"),
    }
}

fn settings(words: &[String]) -> Result<(Box<SettingsArgs>, Recipe), CommandError> {
    match parse(words)? {
        (
            Command::Map {
                kind: MapCommand::Settings(args),
            },
            recipe,
        ) => Ok((args, recipe)),
        _ => unreachable!("the words must be those of the command `map settings`"),
    }
}
