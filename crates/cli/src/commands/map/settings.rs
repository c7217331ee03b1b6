//! `thalweg map settings`: maps the number of epochs to the target over the values of one or two settings.

use super::{
    contest::{FORMATS, contest, window},
    summary_text::percent,
};
use crate::{
    args::map::SettingsArgs,
    output::{csv_cell, npy},
    prelude::*,
};
use std::sync::Arc;
use thalweg::map::{SettingCell, SettingsGrid, uniform_starts};
use thalweg_gallery::{
    colors::theme_indices,
    setting_map::{SettingMap, best},
};
use thalweg_plot::theme::Theme;

/// The maximum number of cells of all optimizers together.
const MAX_SETTING_CELLS: usize = 1_000_000;
/// The maximum number of runs of all cells together.
const MAX_MAP_RUNS: usize = 100_000_000;

pub(crate) fn run(args: &SettingsArgs, recipe: &Recipe) -> Result {
    let (contest, recipe) = contest(&args.map, args.from.0.start.clone(), recipe)?;
    let starts = starts(args, &contest)?;
    let count = starts.len() / contest.problem.objective.dim();
    let over = args.over()?;
    let values: usize = over.iter().map(|over| over.values.len()).product();
    let cells = values.saturating_mul(contest.contenders.len());
    check(&contest, cells, count)?;
    let grids = contest.contenders.iter();
    let grids = grids.map(|c| SettingsGrid::new(c.pick.clone(), over.clone(), &contest));
    let grids = grids.collect::<std::result::Result<Vec<_>, _>>()?;
    let interrupt = Interrupt::listen();
    let mut outputs = OutputFile::prepare("-o", &args.map.output, FORMATS, &recipe)?;

    let shared = Arc::new((contest, grids, starts));
    let work = {
        let shared = shared.clone();
        move |piece: usize| {
            let (contest, grids, starts) = &*shared;
            grids[piece / values].run(contest, starts, piece % values)
        }
    };
    let progress = Progress::with_time_left(cells as u64, 0, "settings");
    let mut found: Vec<SettingCell> = Vec::with_capacity(cells);
    let take = |_, cell: std::result::Result<SettingCell, Error>| {
        found.push(cell?);
        progress.increment();
        Ok(())
    };
    let threads = WorkerPool::new(args.map.threads)?;
    threads.map_ordered(cells, &interrupt, work, take)?;
    drop(progress);

    let (contest, grids, _) = &*shared;
    let names = contest.contenders.iter().map(|c| c.label.clone());
    let optimizers: Vec<(String, Vec<SettingCell>)> = names
        .zip(found.chunks(values).map(<[SettingCell]>::to_vec))
        .collect();
    write(&mut outputs, contest, grids, &optimizers, count)?;
    interrupt.check()?;
    OutputFile::persist_all(outputs)?;
    if args.map.table {
        print_best_settings(grids, &optimizers)?;
    }
    Ok(())
}

/// Rejects a map without a target, and one that is too large.
fn check(contest: &PreparedExperiment, cells: usize, starts: usize) -> Result {
    if contest.budget.target.is_none() {
        refuse!(
            "a map of settings shows the epochs to the target, but there is no target";
            "add --target LOSS"
        );
    }
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

fn write(
    outputs: &mut [OutputFile],
    contest: &PreparedExperiment,
    grids: &[SettingsGrid],
    optimizers: &[(String, Vec<SettingCell>)],
    starts: usize,
) -> Result {
    let over = grids[0].over();
    for output in outputs {
        match output.format {
            Format::Csv => output.write(csv(contest, grids, optimizers).as_bytes())?,
            Format::Npy => output.write(&array(grids, optimizers))?,
            _ => {
                let picks = contest.contenders.iter().map(|contender| &contender.pick);
                let map = SettingMap {
                    problem: &contest.problem.title,
                    over,
                    optimizers,
                    colors: &theme_indices(picks, Theme::LIGHT.paths.len()),
                    starts,
                };
                output.write_picture(&map.scene(&Theme::LIGHT))?;
            }
        }
    }
    Ok(())
}

fn csv(
    contest: &PreparedExperiment,
    grids: &[SettingsGrid],
    optimizers: &[(String, Vec<SettingCell>)],
) -> String {
    let keys = grids[0].over().iter().map(|over| csv_cell(&over.key));
    let keys = keys.collect::<Vec<_>>().join(",");
    let mut text = format!("optimizer,{keys},starts,reached,diverged,epochs,outcome\n");
    for ((contender, grid), (_, cells)) in contest.contenders.iter().zip(grids).zip(optimizers) {
        let name = csv_cell(contender.pick.text());
        for (i, cell) in cells.iter().enumerate() {
            let values: Vec<String> = grid.values(i).map(csv_cell).collect();
            // The cell is empty if the target was not reached.
            let epochs = cell.epochs.map(|n| n.to_string()).unwrap_or_default();
            let (values, outcome) = (values.join(","), cell.outcome().word());
            let counts = [cell.starts, cell.reached, cell.diverged].map(|n| n.to_string());
            let counts = counts.join(",");
            let _ = writeln!(text, "{name},{values},{counts},{epochs},{outcome}");
        }
    }
    text
}

fn array(grids: &[SettingsGrid], optimizers: &[(String, Vec<SettingCell>)]) -> Vec<u8> {
    let [columns, rows] = grids[0].size();
    let shape: &[usize] = match grids[0].over().len() {
        1 => &[columns],
        _ => &[rows, columns],
    };
    let mut bytes = npy::header(npy::F8, optimizers.len(), shape);
    for cell in optimizers.iter().flat_map(|(_, cells)| cells) {
        let epochs = cell.epochs.map_or(f64::INFINITY, |n| n as f64);
        bytes.extend(epochs.to_le_bytes());
    }
    bytes
}

/// Prints the best settings of each optimizer.
fn print_best_settings(
    grids: &[SettingsGrid],
    optimizers: &[(String, Vec<SettingCell>)],
) -> Result {
    let heads =
        "optimizer|best settings|epochs|starts reaching the target|settings reaching the target";
    let rows = grids.iter().zip(optimizers).map(|(grid, (name, cells))| {
        let best = best(cells);
        let settings = |i: usize| {
            let pairs = grid.over().iter().zip(grid.values(i));
            let pairs = pairs.map(|(over, value)| format!("{}={value}", over.key));
            pairs.collect::<Vec<_>>().join(",")
        };
        let reached = cells.iter().filter(|cell| cell.epochs.is_some()).count();
        let share = |i: usize| percent(cells[i].reached, cells[i].starts);
        vec![
            name.clone(),
            or_dash(best.map(settings)),
            or_dash(best.and_then(|i| cells[i].epochs)),
            or_dash(best.map(share)),
            percent(reached as u64, cells.len() as u64),
        ]
    });
    terminal::print(table(heads, rows, 2))
}
