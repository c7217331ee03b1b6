//! `thalweg map settings`: maps the number of epochs to the target, or the final loss, over the values of one or two settings.

use super::{
    contest::{FORMATS, contest, window},
    summary_text::percent,
};
use crate::{
    args::map::SettingsArgs,
    output::{csv_cell, npy},
    prelude::*,
    runs::{notes, threads::map_here},
};
use std::sync::Arc;
use thalweg::map::{SettingCell, SettingsGrid, uniform_starts};
use thalweg_gallery::{
    colors::theme_indices,
    setting_map::{SettingMap, SettingQuantity, best},
};
use thalweg_plot::{scene::Scene, theme::Theme};

/// The maximum number of cells of all optimizers together.
const MAX_SETTING_CELLS: usize = 1_000_000;
/// The maximum number of runs of all cells together.
const MAX_MAP_RUNS: usize = 100_000_000;

pub(crate) fn run(args: &SettingsArgs, recipe: &Recipe) -> Result {
    let (contest, recipe) = contest(&args.map, args.from.0.start.clone(), recipe)?;
    let job = SettingsMapJob::new(args, contest)?;
    job.print_rates();
    let interrupt = Interrupt::listen();
    let mut outputs = OutputFile::prepare("-o", &args.map.output, FORMATS, &recipe)?;
    let job = Arc::new(job);
    let threads = WorkerPool::new(args.map.threads)?;
    let optimizers = job.drive(Some(&threads), &interrupt)?;
    let map = SettingResults {
        job: &job,
        optimizers: &optimizers,
        quantity: args.show,
    };
    map.write(&mut outputs, &interrupt)?;
    interrupt.check()?;
    OutputFile::persist_all(outputs)?;
    if args.map.table {
        terminal::print(map.summary())?;
    }
    Ok(())
}

/// The description of the map, shared by all threads.
pub(super) struct SettingsMapJob {
    pub(super) contest: PreparedExperiment,
    pub(super) grids: Vec<SettingsGrid>,
    /// The initial points of each cell: (dim, count), row-major.
    starts: Vec<f64>,
}

impl SettingsMapJob {
    /// Prints notes on the learning rates, unless the map shows several.
    pub(super) fn print_rates(&self) {
        let mut over = self.grids[0].over().iter();
        if over.all(|over| over.key != "learning_rate") {
            notes::print_rates(self.contest.rate_notes());
        }
    }

    /// Prepares the cells of all optimizers.
    pub(super) fn new(args: &SettingsArgs, contest: PreparedExperiment) -> Result<Self> {
        let starts = starts(args, &contest)?;
        let count = starts.len() / contest.problem.objective.dim();
        let over = args.over()?;
        let values: usize = over.iter().map(|over| over.values.len()).product();
        let cells = values.saturating_mul(contest.contenders.len());
        check(&contest, args.show, cells, count)?;
        let grids = contest.contenders.iter();
        let grids = grids.map(|c| SettingsGrid::new(c.pick.clone(), over.clone(), &contest));
        Ok(Self {
            grids: grids.collect::<std::result::Result<Vec<_>, _>>()?,
            contest,
            starts,
        })
    }

    /// Executes the runs of all cells, on threads or in this one, and returns the label and the cells of each optimizer.
    pub(super) fn drive(
        self: &Arc<Self>,
        threads: Option<&WorkerPool>,
        interrupt: &Interrupt,
    ) -> Result<Vec<(String, Vec<SettingCell>)>> {
        let values: usize = self.grids[0].size().iter().product();
        let cells = values * self.contest.contenders.len();
        let progress = Progress::with_time_left(cells as u64, 0, "settings");
        let mut found: Vec<SettingCell> = Vec::with_capacity(cells);
        let take = |_, cell: std::result::Result<SettingCell, Error>| {
            found.push(cell?);
            progress.increment();
            Ok(())
        };
        let job = self.clone();
        let work = move |piece: usize| {
            job.grids[piece / values].run(&job.contest, &job.starts, piece % values)
        };
        match threads {
            Some(threads) => threads.map_ordered(cells, interrupt, work, take)?,
            None => map_here(cells, interrupt, work, take)?,
        }
        let names = self.contest.contenders.iter().map(|c| c.label.clone());
        let cells = found.chunks(values).map(<[SettingCell]>::to_vec);
        Ok(names.zip(cells).collect())
    }
}

/// Rejects a map without a target, and one that is too large.
fn check(
    contest: &PreparedExperiment,
    quantity: SettingQuantity,
    cells: usize,
    starts: usize,
) -> Result {
    check_shown(contest, quantity)?;
    let runs = cells.saturating_mul(starts);
    if cells > MAX_SETTING_CELLS || runs > MAX_MAP_RUNS {
        refuse!(
            "a map of {cells} cells with {starts} starts each has {runs} runs; the limits are {MAX_SETTING_CELLS} cells and \
             {MAX_MAP_RUNS} runs";
            "use fewer values or reduce --starts"
        );
    }
    Ok(())
}

/// Rejects a picture of epochs without a target.
pub(super) fn check_shown(contest: &PreparedExperiment, quantity: SettingQuantity) -> Result {
    if quantity == SettingQuantity::Epochs && contest.budget.target.is_none() {
        refuse!(
            "a map of settings shows the epochs to the target, but there is no target";
            "add --target LOSS, or use --show loss"
        );
    }
    Ok(())
}

/// Returns the initial points of every cell, with shape (dim, count) in row-major order.
fn starts(args: &SettingsArgs, contest: &PreparedExperiment) -> Result<Vec<f64>> {
    match args.starts {
        Some(count) => {
            let window = window(&args.map, contest)?;
            Ok(uniform_starts(window, count, args.from.0.randomness.seed))
        }
        None if args.map.experiment.0.window.is_some() => Err(usage!(
            "--window has no effect, because there is only one initial point";
            "add --starts N for random initial points"
        )),
        None => Ok(contest.start.clone()),
    }
}

/// The results of a map and what they belong to.
pub(super) struct SettingResults<'a> {
    pub(super) job: &'a SettingsMapJob,
    /// The name of each optimizer and its cells.
    pub(super) optimizers: &'a [(String, Vec<SettingCell>)],
    pub(super) quantity: SettingQuantity,
}

impl SettingResults<'_> {
    fn write(&self, outputs: &mut [OutputFile], interrupt: &Interrupt) -> Result {
        for output in outputs {
            match output.format {
                Format::Csv => output.write(self.csv().as_bytes())?,
                Format::Npy => output.write(&self.array())?,
                _ => output.write_picture(&self.scene(), &|| interrupt.keeps_going())?,
            }
        }
        Ok(())
    }

    pub(super) fn scene(&self) -> Scene {
        let contest = &self.job.contest;
        let picks = contest.contenders.iter().map(|contender| &contender.pick);
        let map = SettingMap {
            problem: &contest.problem.title,
            quantity: self.quantity,
            over: self.job.grids[0].over(),
            optimizers: self.optimizers,
            colors: &theme_indices(picks, Theme::LIGHT.paths.len()),
            starts: self.job.starts.len() / contest.problem.objective.dim(),
        };
        map.scene(&Theme::LIGHT)
    }

    fn csv(&self) -> String {
        let keys = self.job.grids[0]
            .over()
            .iter()
            .map(|over| csv_cell(&over.key));
        let keys = keys.collect::<Vec<_>>().join(",");
        let has_loss = self.quantity == SettingQuantity::Loss;
        let loss = if has_loss { ",loss" } else { "" };
        let mut text = format!("optimizer,{keys},starts,reached,diverged,epochs{loss},outcome\n");
        let optimizers = self.job.grids.iter().zip(self.optimizers);
        for (contender, (grid, (_, cells))) in self.job.contest.contenders.iter().zip(optimizers) {
            let name = csv_cell(contender.pick.text());
            for (i, cell) in cells.iter().enumerate() {
                let values: Vec<String> = grid.values(i).map(csv_cell).collect();
                // The cell is empty if the target was not reached.
                let epochs = cell.epochs.map(|n| n.to_string()).unwrap_or_default();
                let (values, outcome) = (values.join(","), cell.outcome().word());
                let counts = [cell.starts, cell.reached, cell.diverged].map(|n| n.to_string());
                let counts = counts.join(",");
                let _ = write!(text, "{name},{values},{counts},{epochs}");
                if has_loss {
                    let _ = write!(text, ",{}", ShortestFloat(cell.loss));
                }
                let _ = writeln!(text, ",{outcome}");
            }
        }
        text
    }

    fn array(&self) -> Vec<u8> {
        let [columns, rows] = self.job.grids[0].size();
        let shape: &[usize] = match self.job.grids[0].over().len() {
            1 => &[columns],
            _ => &[rows, columns],
        };
        let mut bytes = npy::header(npy::F8, self.optimizers.len(), shape);
        for cell in self.optimizers.iter().flat_map(|(_, cells)| cells) {
            let number = match self.quantity {
                SettingQuantity::Epochs => cell.epochs.map_or(f64::INFINITY, |n| n as f64),
                SettingQuantity::Loss => cell.loss,
            };
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }

    /// Formats the best settings of each optimizer, and which optimizers never reached the target.
    pub(super) fn summary(&self) -> String {
        let quantity = match self.quantity {
            SettingQuantity::Epochs => "epochs",
            SettingQuantity::Loss => "loss",
        };
        let heads = format!(
            "optimizer|best settings|{quantity}|starts reaching the target|settings reaching the target"
        );
        let rows = self.job.grids.iter().zip(self.optimizers);
        let rows = rows.map(|(grid, (name, cells))| self.row(grid, name, cells));
        let best = table(&heads, rows, 2);
        let lacking = self.optimizers.iter();
        let lacking = lacking.filter(|(_, cells)| self::best(cells, self.quantity).is_none());
        let sentences = lacking.map(|(name, cells)| format!("{name}: {}\n", self.lack(cells)));
        best + &terminal::wrapped(&sentences.collect::<String>())
    }

    /// Explains why none of these cells is the best one.
    fn lack(&self, cells: &[SettingCell]) -> String {
        if cells.iter().all(|cell| cell.diverged == cell.starts) {
            return "every run diverged, with every value; try other values".to_owned();
        }
        let target = self.job.contest.budget.target.map(ShortestFloat);
        match (self.quantity, target) {
            (SettingQuantity::Epochs, Some(target))
                if cells.iter().all(|cell| cell.reached == 0) =>
            {
                format!(
                    "no value reached the target loss {target}; add --show loss to compare the final losses"
                )
            }
            (SettingQuantity::Epochs, Some(target)) => format!(
                "no value reached the target loss {target} from at least half of the initial points; add --show loss to \
                 compare the final losses"
            ),
            _ => {
                "more than half of the runs diverged, with every value; try other values".to_owned()
            }
        }
    }

    fn row(&self, grid: &SettingsGrid, name: &str, cells: &[SettingCell]) -> Vec<String> {
        let best = best(cells, self.quantity);
        let settings = |i: usize| {
            let pairs = grid.over().iter().zip(grid.values(i));
            let pairs = pairs.map(|(over, value)| format!("{}={value}", over.key));
            pairs.collect::<Vec<_>>().join(",")
        };
        let has_target = self.job.contest.budget.target.is_some();
        let reached = cells.iter().filter(|cell| cell.epochs.is_some()).count();
        let share = |i: usize| percent(cells[i].reached, cells[i].starts);
        vec![
            name.to_owned(),
            or_dash(best.map(settings)),
            or_dash(best.and_then(|i| match self.quantity {
                SettingQuantity::Epochs => cells[i].epochs.map(|n| n.to_string()),
                SettingQuantity::Loss => Some(terminal::number(cells[i].loss)),
            })),
            or_dash(best.filter(|_| has_target).map(share)),
            or_dash(has_target.then(|| percent(reached as u64, cells.len() as u64))),
        ]
    }
}
