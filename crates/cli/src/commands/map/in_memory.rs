//! Maps in memory, for a program that embeds the commands.

use super::{
    contest, settings,
    settings::{SettingResults, SettingsMapJob},
    starts::{self, LARGE_TILE, SMALL_TILE, StartMapJob, TILE},
};
use crate::{
    args::{
        Command,
        map::{MapCommand, SettingsArgs, StartsArgs},
    },
    prelude::*,
    runs::notes,
};
use std::sync::Arc;
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    map::{SettingCell, StartCell, StartGrid, Tally},
};
use thalweg_gallery::{
    setting_map::SettingQuantity,
    start_map::{CellSubsampling, StartQuantity},
};
use thalweg_plot::scene::Scene;

/// A map whose runs are finished.
pub(crate) trait FinishedMap: Sized {
    /// The arguments of its command.
    type Args;
    /// The results of the runs of one cell.
    type Cell;

    /// Returns the arguments of a command if it makes such a map.
    fn args(command: Command) -> Option<Box<Self::Args>>;

    /// Executes the runs of the map. A given experiment replaces that of the arguments, and its runs stay in this thread.
    fn new(args: &Self::Args, given: Option<PreparedExperiment>) -> Result<Self>;

    /// Returns the map of runs that were executed before, with the cells of each optimizer. Returns `None` if there are more
    /// or fewer cells than those of the arguments.
    fn of_runs(
        args: &Self::Args,
        given: Option<PreparedExperiment>,
        cells: Vec<Vec<Self::Cell>>,
    ) -> Result<Option<Self>>;

    /// Draws the quantity of the arguments.
    fn scene(&self, args: &Self::Args) -> Result<Scene>;

    /// Returns the experiment.
    fn contest(&self) -> &PreparedExperiment;

    /// Returns the cells of each optimizer; the first axis varies fastest.
    fn cells(&self) -> Vec<&[Self::Cell]>;

    /// Writes a cell.
    fn write_cell(cell: &Self::Cell, out: &mut ByteWriter);

    /// Reads a cell, or returns `None` if the bytes are damaged.
    fn read_cell(reader: &mut ByteReader) -> Option<Self::Cell>;
}

/// A finished map of initial points.
pub struct FinishedStartMap {
    job: Arc<StartMapJob>,
    window: Window,
    tallies: Vec<Tally>,
    /// The cells of each optimizer.
    cells: Vec<Vec<StartCell>>,
}

impl FinishedMap for FinishedStartMap {
    type Args = StartsArgs;
    type Cell = StartCell;

    fn args(command: Command) -> Option<Box<StartsArgs>> {
        let Command::Map { kind } = command else {
            return None;
        };
        match kind {
            MapCommand::Starts(args) => Some(args),
            MapCommand::Settings(_) => None,
        }
    }

    fn new(args: &StartsArgs, given: Option<PreparedExperiment>) -> Result<Self> {
        let threads = threads(given.is_none(), args.map.threads)?;
        let (job, window) = start_job(args, given)?;
        let mut cells = vec![Vec::with_capacity(job.grid.cells()); job.contest.contenders.len()];
        let interrupt = Interrupt::listen();
        starts::drive(&job, threads.as_ref(), &interrupt, |contender, tile| {
            cells[contender].extend(tile.cells);
            Ok(())
        })?;
        Ok(Self::of_cells(job, window, cells))
    }

    fn of_runs(
        args: &StartsArgs,
        given: Option<PreparedExperiment>,
        cells: Vec<Vec<StartCell>>,
    ) -> Result<Option<Self>> {
        let (job, window) = start_job(args, given)?;
        let fits = has_cells(&cells, job.contest.contenders.len(), job.grid.cells());
        Ok(fits.then(|| Self::of_cells(job, window, cells)))
    }

    fn scene(&self, args: &StartsArgs) -> Result<Scene> {
        starts::check(args, &self.job.contest)?;
        starts::check_shown(&self.job.contest, args.show)?;
        let mut panels = self.job.panels(args.show);
        for (panel, cells) in panels.iter_mut().zip(&self.cells) {
            panel.take(cells);
        }
        starts::report_thinning(self.job.thinning);
        Ok(starts::scene(&self.job, self.window, panels, &self.tallies))
    }

    fn contest(&self) -> &PreparedExperiment {
        &self.job.contest
    }

    fn cells(&self) -> Vec<&[StartCell]> {
        self.cells.iter().map(|cells| &cells[..]).collect()
    }

    fn write_cell(cell: &StartCell, out: &mut ByteWriter) {
        cell.write_bytes(out);
    }

    fn read_cell(reader: &mut ByteReader) -> Option<StartCell> {
        StartCell::read_bytes(reader)
    }
}

impl FinishedStartMap {
    fn of_cells(job: Arc<StartMapJob>, window: Window, cells: Vec<Vec<StartCell>>) -> Self {
        let tally = |cells: &Vec<StartCell>| {
            let mut tally = Tally::default();
            tally.add(cells);
            tally
        };
        Self {
            job,
            window,
            tallies: cells.iter().map(tally).collect(),
            cells,
        }
    }

    pub(crate) fn summary(&self) -> String {
        starts::summary(&self.job.contest, &self.tallies)
    }

    pub(crate) fn grid(&self) -> &StartGrid {
        &self.job.grid
    }

    /// Returns a quantity of all cells, optimizer by optimizer and row by row.
    pub(crate) fn numbers(&self, quantity: StartQuantity) -> Vec<f64> {
        let cells = self.cells.iter().flatten();
        cells.map(|cell| quantity.of(cell)).collect()
    }
}

/// A finished map of settings.
pub struct FinishedSettingsMap {
    job: Arc<SettingsMapJob>,
    /// The label and the cells of each optimizer.
    optimizers: Vec<(String, Vec<SettingCell>)>,
}

impl FinishedMap for FinishedSettingsMap {
    type Args = SettingsArgs;
    type Cell = SettingCell;

    fn args(command: Command) -> Option<Box<SettingsArgs>> {
        let Command::Map { kind } = command else {
            return None;
        };
        match kind {
            MapCommand::Settings(args) => Some(args),
            MapCommand::Starts(_) => None,
        }
    }

    fn new(args: &SettingsArgs, given: Option<PreparedExperiment>) -> Result<Self> {
        let threads = threads(given.is_none(), args.map.threads)?;
        let job = settings_job(args, given)?;
        let optimizers = job.drive(threads.as_ref(), &Interrupt::listen())?;
        Ok(Self { job, optimizers })
    }

    fn of_runs(
        args: &SettingsArgs,
        given: Option<PreparedExperiment>,
        cells: Vec<Vec<SettingCell>>,
    ) -> Result<Option<Self>> {
        let job = settings_job(args, given)?;
        let contenders = &job.contest.contenders;
        if !has_cells(&cells, contenders.len(), job.grids[0].cells()) {
            return Ok(None);
        }
        let labels = contenders.iter().map(|contender| contender.label.clone());
        let optimizers = labels.zip(cells).collect();
        Ok(Some(Self { job, optimizers }))
    }

    fn scene(&self, args: &SettingsArgs) -> Result<Scene> {
        settings::check_shown(&self.job.contest, args.show)?;
        Ok(self.results(args.show).scene())
    }

    fn contest(&self) -> &PreparedExperiment {
        &self.job.contest
    }

    fn cells(&self) -> Vec<&[SettingCell]> {
        let optimizers = self.optimizers.iter();
        optimizers.map(|(_, cells)| &cells[..]).collect()
    }

    fn write_cell(cell: &SettingCell, out: &mut ByteWriter) {
        cell.write_bytes(out);
    }

    fn read_cell(reader: &mut ByteReader) -> Option<SettingCell> {
        SettingCell::read_bytes(reader)
    }
}

impl FinishedSettingsMap {
    pub(crate) fn summary(&self, args: &SettingsArgs) -> String {
        self.results(args.show).summary()
    }

    fn results(&self, quantity: SettingQuantity) -> SettingResults<'_> {
        SettingResults {
            job: &self.job,
            optimizers: &self.optimizers,
            quantity,
        }
    }

    /// Returns the number of values of the first and of the second setting; the second is 1 if there is none.
    pub(crate) fn size(&self) -> [usize; 2] {
        self.job.grids[0].size()
    }

    /// Returns the keys of the settings with their values.
    pub(crate) fn over(&self) -> Vec<(String, Vec<String>)> {
        let over = self.job.grids[0].over().iter();
        over.map(|over| (over.key.clone(), over.values.clone()))
            .collect()
    }
}

/// Prepares a map of initial points, and returns it with its window.
fn start_job(
    args: &StartsArgs,
    given: Option<PreparedExperiment>,
) -> Result<(Arc<StartMapJob>, Window)> {
    let has_threads = given.is_none();
    let contest = match given {
        Some(contest) => noted(contest),
        None => contest::contest(&args.map, None, &Recipe::default())?.0,
    };
    notes::print_rates(contest.rate_notes());
    let window = contest::window(&args.map, &contest)?;
    starts::check(args, &contest)?;
    let has_blocks = contest.problem.objective.points_per_block() > TILE;
    let tile = match (has_threads, has_blocks) {
        (true, _) => TILE,
        (false, true) => LARGE_TILE,
        (false, false) => SMALL_TILE,
    };
    let job = StartMapJob {
        grid: StartGrid::new(window, args.size),
        contest,
        quantity: args.show,
        thinning: CellSubsampling::new(args.size),
        tile,
        formats: Vec::new(),
    };
    Ok((Arc::new(job), window))
}

/// Prepares a map of settings.
fn settings_job(
    args: &SettingsArgs,
    given: Option<PreparedExperiment>,
) -> Result<Arc<SettingsMapJob>> {
    let start = args.from.0.start.clone();
    let contest = match given {
        Some(contest) => noted(contest),
        None => contest::contest(&args.map, start, &Recipe::default())?.0,
    };
    let job = SettingsMapJob::new(args, contest)?;
    job.print_rates();
    Ok(Arc::new(job))
}

/// Returns whether each optimizer has `count` cells.
fn has_cells<T>(cells: &[Vec<T>], optimizers: usize, count: usize) -> bool {
    cells.len() == optimizers && cells.iter().all(|cells| cells.len() == count)
}

/// Prints the notes on the problem of a given experiment, and returns the experiment.
fn noted(contest: PreparedExperiment) -> PreparedExperiment {
    notes::print_problem(&contest);
    contest
}

/// Returns the threads of a map, or `None` if its runs must stay in this thread.
fn threads(are_allowed: bool, count: Option<usize>) -> Result<Option<WorkerPool>> {
    are_allowed.then(|| WorkerPool::new(count)).transpose()
}
