//! `thalweg map starts`: maps how runs end from every initial point of a window.

use super::{
    contest::{FORMATS, contest, window},
    summary_text::{one_line_summary, percent},
};
use crate::{
    args::map::StartsArgs,
    output::{csv_cell, npy},
    prelude::*,
    runs::{notes, threads::map_here},
};
use std::sync::Arc;
use thalweg::map::{Outcome, StartCell, StartGrid, Summary, Tally};
use thalweg_gallery::start_map::{CellSubsampling, StartMap, StartPanel, StartQuantity, field};
use thalweg_plot::{scene::Scene, theme::Theme};

/// Number of cells per tile: large enough for vectorized runs, small enough to keep all threads busy to the end.
pub(super) const TILE: usize = 2048;
/// Number of cells per tile if a call of the objective takes long compared to its calculations.
pub(super) const LARGE_TILE: usize = 1 << 14;
/// Number of cells per tile if each run calls slow functions: the progress is shown, and an interruption is noticed.
pub(super) const SMALL_TILE: usize = 64;
/// The maximum number of cells of all optimizers together.
const MAX_START_CELLS: usize = 100_000_000;

const CSV_HEAD: &str =
    "optimizer,w1,w2,epochs,value_calls,gradient_calls,hessian_calls,minimum,loss,outcome\n";

pub(crate) fn run(args: &StartsArgs, recipe: &Recipe) -> Result {
    let (contest, recipe) = contest(&args.map, None, recipe)?;
    notes::print_rates(contest.rate_notes());
    let window = window(&args.map, &contest)?;
    let optimizers = contest.contenders.len();
    check(args, &contest)?;
    let interrupt = Interrupt::listen();
    let mut outputs = OutputFile::prepare("-o", &args.map.output, FORMATS, &recipe)?;
    check_target(&contest, args.show, &outputs)?;
    begin(&mut outputs, args.size, optimizers, args.show)?;

    let map = Arc::new(StartMapJob {
        grid: StartGrid::new(window, args.size),
        contest,
        quantity: args.show,
        thinning: CellSubsampling::new(args.size),
        tile: TILE,
        formats: outputs.iter().map(|output| output.format).collect(),
    });
    let mut tallies = vec![Tally::default(); optimizers];
    let mut panels = map.panels(map.quantity);
    let threads = WorkerPool::new(args.map.threads)?;
    drive(&map, Some(&threads), &interrupt, |contender, tile| {
        tallies[contender].add(&tile.cells);
        if map.has_picture() {
            panels[contender].take(&tile.cells);
        }
        let mut written = outputs.iter_mut().zip(&tile.bytes);
        written.try_for_each(|(output, bytes)| output.write(bytes))
    })?;
    if map.has_picture() {
        let scene = scene(&map, window, panels, &tallies);
        let keep_going = || interrupt.keeps_going();
        let mut outputs = outputs.iter_mut();
        outputs.try_for_each(|output| output.write_picture(&scene, &keep_going))?;
        report_thinning(map.thinning);
    }
    interrupt.check()?;
    OutputFile::persist_all(outputs)?;
    if args.map.table {
        terminal::print(summary(&map.contest, &tallies))?;
    }
    Ok(())
}

/// The description of the map, shared by all threads.
pub(super) struct StartMapJob {
    pub(super) contest: PreparedExperiment,
    pub(super) grid: StartGrid,
    pub(super) quantity: StartQuantity,
    /// The initial points that a picture shows.
    pub(super) thinning: CellSubsampling,
    /// Number of cells per tile.
    pub(super) tile: usize,
    /// The formats of the output files.
    pub(super) formats: Vec<Format>,
}

/// The results of one tile.
pub(super) struct Tile {
    pub(super) cells: Vec<StartCell>,
    /// The bytes for each output file, empty for pictures.
    bytes: Vec<Vec<u8>>,
}

impl StartMapJob {
    /// Returns the number of tiles per optimizer.
    fn tiles(&self) -> usize {
        self.grid.cells().div_ceil(self.tile)
    }

    fn has_picture(&self) -> bool {
        self.formats.iter().any(|format| format.is_picture())
    }

    /// Returns an empty panel for each optimizer.
    pub(super) fn panels(&self, quantity: StartQuantity) -> Vec<StartPanel> {
        let contenders = self.contest.contenders.iter();
        let panels = contenders.map(|one| StartPanel::new(title(one), quantity, self.thinning));
        panels.collect()
    }

    /// Executes the runs of one tile of one optimizer.
    fn tile(&self, piece: usize) -> Tile {
        let contender = &self.contest.contenders[piece / self.tiles()];
        let first = piece % self.tiles() * self.tile;
        let cells = first..(first + self.tile).min(self.grid.cells());
        let cells = self.grid.run(&self.contest, contender, cells);
        let bytes = self.formats.iter().map(|format| match format {
            Format::Csv => csv(contender.pick.text(), &self.grid, first, &cells).into_bytes(),
            Format::Npy => numbers(self.quantity, &cells),
            _ => Vec::new(),
        });
        Tile {
            bytes: bytes.collect(),
            cells,
        }
    }
}

/// Executes the runs of all optimizers, on threads or in this one, and passes the index of the optimizer and each tile to
/// `take`, in order.
pub(super) fn drive(
    map: &Arc<StartMapJob>,
    threads: Option<&WorkerPool>,
    interrupt: &Interrupt,
    mut take: impl FnMut(usize, Tile) -> Result,
) -> Result {
    let pieces = map.tiles() * map.contest.contenders.len();
    let total = map.grid.cells() * map.contest.contenders.len();
    let progress = Progress::with_time_left(total as u64, 0, "starts");
    let mut done = 0;
    let take = |piece: usize, tile: Tile| {
        done += tile.cells.len() as u64;
        progress.set(done);
        take(piece / map.tiles(), tile)
    };
    let shared = map.clone();
    let work = move |piece| shared.tile(piece);
    match threads {
        Some(threads) => threads.map_ordered(pieces, interrupt, work, take),
        None => map_here(pieces, interrupt, work, take),
    }
}

/// Rejects a map of minima if none is known, and a map that is too large.
pub(super) fn check(args: &StartsArgs, contest: &PreparedExperiment) -> Result {
    if args.show == StartQuantity::Minimum && contest.problem.minima.is_empty() {
        refuse!(
            "`{}` has no known minimum", args.map.experiment.0.on;
            "use --show loss or --show outcome"
        );
    }
    let optimizers = contest.contenders.len();
    let cells = args.size[0] * args.size[1] * optimizers;
    if cells > MAX_START_CELLS {
        return Err(too_large(args.size, optimizers, cells));
    }
    Ok(())
}

/// Returns the optimizer's name with its settings, because the reader of a picture does not see the command.
fn title(contender: &ComparedOptimizer) -> String {
    match contender.pick.text().split_once(':') {
        Some((_, settings)) if !contender.label.ends_with(')') => {
            format!("{} ({settings})", contender.label)
        }
        _ => contender.label.clone(),
    }
}

/// Rejects a map of epochs or evaluations without a target. A CSV file also contains losses and outcomes, so it needs
/// no target.
fn check_target(
    contest: &PreparedExperiment,
    quantity: StartQuantity,
    outputs: &[OutputFile],
) -> Result {
    let shows = outputs.iter().any(|output| output.format != Format::Csv);
    if shows {
        check_shown(contest, quantity)?;
    }
    Ok(())
}

/// Rejects a picture of epochs or evaluations without a target.
pub(super) fn check_shown(contest: &PreparedExperiment, quantity: StartQuantity) -> Result {
    let leads_there = matches!(quantity, StartQuantity::Epochs | StartQuantity::Evaluations);
    if contest.budget.target.is_some() || !leads_there {
        return Ok(());
    }
    Err(usage!(
        "a map of epochs or evaluations counts them up to the target, but there is no target";
        "add --target LOSS, or use --show loss, --show minimum, or --show outcome"
    ))
}

/// Returns the error for a map that is too large, with the size of its files.
fn too_large([columns, rows]: [usize; 2], optimizers: usize, cells: usize) -> Failure {
    /// Sizes of a CSV row and of an array element in bytes.
    const BYTES: [usize; 2] = [90, 4];
    let [csv, npy] = BYTES.map(|bytes| (bytes * cells) as f64 / 1e9);
    let optimizers = match optimizers {
        1 => "one optimizer".to_owned(),
        n => format!("{n} optimizers"),
    };
    usage!(
        "a map of {columns} x {rows} starts for {optimizers} has {cells} runs, more than the limit of {MAX_START_CELLS}; \
         its .csv file would have about {csv:.1} GB, its .npy file {npy:.1} GB";
        "reduce --size or use fewer optimizers"
    )
}

/// Writes the headers of the output files.
fn begin(
    outputs: &mut [OutputFile],
    [columns, rows]: [usize; 2],
    optimizers: usize,
    quantity: StartQuantity,
) -> Result {
    let kind = match quantity {
        StartQuantity::Loss => npy::F8,
        _ => npy::U4,
    };
    let header = npy::header(kind, optimizers, &[rows, columns]);
    for output in outputs {
        match output.format {
            Format::Csv => output.write(CSV_HEAD.as_bytes())?,
            Format::Npy => output.write(&header)?,
            _ => {}
        }
    }
    Ok(())
}

fn csv(pick: &str, grid: &StartGrid, first: usize, cells: &[StartCell]) -> String {
    let name = csv_cell(pick);
    let mut text = String::with_capacity(cells.len() * 100);
    for (i, cell) in cells.iter().enumerate() {
        let [w1, w2] = grid.start(first + i).map(ShortestFloat);
        let calls = cell.calls;
        let calls = [calls.value, calls.gradient, calls.hessian].map(|n| n.to_string());
        let calls = calls.join(",");
        let (epochs, minimum, loss) = (cell.epochs, cell.minimum, ShortestFloat(cell.loss));
        let outcome = cell.outcome.word();
        let _ = writeln!(
            text,
            "{name},{w1},{w2},{epochs},{calls},{minimum},{loss},{outcome}"
        );
    }
    text
}

fn numbers(quantity: StartQuantity, cells: &[StartCell]) -> Vec<u8> {
    let numbers = cells.iter().map(|cell| quantity.of(cell));
    match quantity {
        StartQuantity::Loss => numbers.flat_map(f64::to_le_bytes).collect(),
        // The cast saturates numbers that are too large.
        _ => numbers.flat_map(|v| (v as u32).to_le_bytes()).collect(),
    }
}

/// Draws the filled panels.
pub(super) fn scene(
    map: &StartMapJob,
    window: Window,
    mut panels: Vec<StartPanel>,
    tallies: &[Tally],
) -> Scene {
    for (panel, tally) in panels.iter_mut().zip(tallies) {
        panel.note = one_line_summary(&tally.summary(), map.contest.budget.target.is_some());
    }
    let problem = &map.contest.problem;
    let target = map.contest.budget.target;
    let picture = StartMap {
        problem: &problem.title,
        weights: [0, 1].map(|i| problem.weight_names[i].as_str()),
        grid: &map.grid,
        panels: &panels,
        target: target.map(|level| (level, field(&*problem.objective, window))),
        minima: &problem.minima,
    };
    picture.scene(&Theme::LIGHT)
}

/// Reports that a picture shows only a part of the initial points.
pub(super) fn report_thinning(thinning: CellSubsampling) {
    let [across, up] = thinning.strides();
    if [across, up] != [1, 1] {
        terminal::print_stderr(format_args!(
            "note: the picture shows one of every {across} x {up} starts; tables and arrays contain all of them\n"
        ));
    }
}

/// Formats a summary of each optimizer.
pub(super) fn summary(contest: &PreparedExperiment, tallies: &[Tally]) -> String {
    let heads = "optimizer|starts|reached|median|95 %|worst|epoch limit|converged|no step|diverged";
    let has_target = contest.budget.target.is_some();
    let rows = contest.contenders.iter().zip(tallies);
    let rows = rows.map(|(contender, tally)| {
        let s = tally.summary();
        let mut row = vec![
            contender.label.clone(),
            s.runs.to_string(),
            or_dash(has_target.then(|| percent(s.ends[Outcome::Reached as usize], s.runs))),
            or_dash(s.median),
            or_dash(s.percentile_95),
            or_dash(s.worst),
        ];
        row.extend(s.ends[1..].iter().map(u64::to_string));
        row
    });
    let text = table(heads, rows, 1);
    let mut note =
        "median, 95 %, worst: epochs of the runs that reached the target (percentiles by nearest rank)\n"
            .to_owned();
    for (contender, tally) in contest.contenders.iter().zip(tallies) {
        let why = lack(contest, &tally.summary());
        note += &why.map_or_else(String::new, |why| format!("{}: {why}\n", contender.label));
    }
    format!("{text}\n{}", terminal::wrapped(&note))
}

/// Explains why no run of an optimizer reached the target, if none did.
fn lack(contest: &PreparedExperiment, summary: &Summary) -> Option<String> {
    let ended = |outcome| summary.ends[outcome as usize];
    match contest.budget.target.map(ShortestFloat) {
        _ if ended(Outcome::Reached) > 0 => None,
        _ if ended(Outcome::Diverged) == summary.runs => {
            Some("every run diverged; try smaller steps".to_owned())
        }
        None => Some("there is no target loss; add --target LOSS to count the epochs".to_owned()),
        Some(target) => Some(format!(
            "no run reached the target loss {target}; --show loss or --show outcome shows how the runs end"
        )),
    }
}
