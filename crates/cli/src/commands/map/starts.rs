//! `thalweg map starts`: how a run ends from every start of a window.

use super::{
    contest::{FORMATS, contest, window},
    words::{in_a_line, or_dash, percent},
};
use crate::{
    args::map::{Show, StartsArgs},
    failure::{Failure, Result},
    output::{
        csv::csv_cell,
        npy,
        output_file::{Format, OutputFile},
        recipe::Recipe,
    },
    runs::{interrupt::Interrupt, threads::Threads},
    terminal::{self, progress::Progress, table::table},
};
use std::{fmt::Write as _, sync::Arc};
use thalweg::{
    contender::Contender,
    experiment::Contest,
    map::{Cell, Outcome, StartGrid, Summary, Tally},
    number::Shortest,
};
use thalweg_gallery::start_map::{Quantity, StartMap, StartPanel, Thinning, field};
use thalweg_plot::theme::Theme;

/// Cells of a tile: enough to march side by side, few enough to keep the threads busy to the end.
const TILE: usize = 2048;
/// The largest map, all optimizers together.
const MOST_CELLS: usize = 100_000_000;

const CSV_HEAD: &str =
    "optimizer,w1,w2,epochs,value_calls,gradient_calls,hessian_calls,minimum,loss,outcome\n";

/// What a tile gives to the files, besides its cells.
struct Tile {
    cells: Vec<Cell>,
    /// Its part of the CSV and of the array; empty where none is wanted.
    csv: String,
    npy: Vec<u8>,
}

pub(crate) fn run(args: &StartsArgs, recipe: &Recipe) -> Result {
    let (contest, recipe) = contest(&args.map, None, recipe)?;
    let window = window(&args.map, &contest)?;
    let quantity = quantity(args.show);
    if quantity == Quantity::Minimum && contest.problem.minima.is_empty() {
        let message = format!("no minimum of `{}` is known", args.map.on);
        return Err(Failure::usage(
            message,
            "give --show loss or --show outcome",
        ));
    }
    let optimizers = contest.contenders.len();
    let cells = args.size[0] * args.size[1] * optimizers;
    if cells > MOST_CELLS {
        return Err(too_large(args.size, optimizers, cells));
    }
    let interrupt = Interrupt::listen();
    let mut outputs = OutputFile::prepare(&args.map.output, FORMATS, &recipe)?;
    let has = |format| outputs.iter().any(|output| output.format == format);
    let (has_csv, has_npy) = (has(Format::Csv), has(Format::Npy));
    check_target(&contest, quantity, &outputs)?;
    begin(&mut outputs, args.size, optimizers, quantity)?;

    let grid = StartGrid::new(window, args.size);
    let shared = Arc::new((contest, grid));
    let (contest, grid) = &*shared;
    let tiles = grid.cells().div_ceil(TILE);
    let work = {
        let shared = shared.clone();
        move |piece: usize| {
            let (contest, grid) = &*shared;
            let (contender, first) = (piece / tiles, piece % tiles * TILE);
            let cells = first..(first + TILE).min(grid.cells());
            let found = grid.run(contest, &contest.contenders[contender], cells);
            let name = &contest.contenders[contender].pick;
            Tile {
                csv: if has_csv {
                    csv(&csv_cell(name.text()), grid, first, &found)
                } else {
                    String::new()
                },
                npy: if has_npy {
                    numbers(quantity, &found)
                } else {
                    Vec::new()
                },
                cells: found,
            }
        }
    };

    let has_picture = outputs.iter().any(|output| output.format.is_picture());
    let thinning = Thinning::new(args.size);
    let mut tallies = vec![Tally::default(); optimizers];
    let panels = contest.contenders.iter();
    let mut panels: Vec<StartPanel> = panels
        .map(|contender| StartPanel::new(title(contender), quantity, thinning))
        .collect();
    let progress = Progress::with_time_left(cells as u64, 0, "starts");
    let mut done = 0;
    let take = |piece: usize, tile: Tile| {
        let contender = piece / tiles;
        tallies[contender].add(&tile.cells);
        if has_picture {
            panels[contender].take(&tile.cells);
        }
        for output in &mut outputs {
            match output.format {
                Format::Csv => output.write(tile.csv.as_bytes())?,
                Format::Npy => output.write(&tile.npy)?,
                _ => {}
            }
        }
        done += tile.cells.len() as u64;
        progress.set(done);
        Ok(())
    };
    let threads = Threads::new(args.map.threads)?;
    threads.in_order(tiles * optimizers, &interrupt, work, take)?;
    drop(progress);

    let summaries: Vec<Summary> = tallies.iter().map(Tally::summary).collect();
    if has_picture {
        for (panel, summary) in panels.iter_mut().zip(&summaries) {
            panel.note = in_a_line(summary);
        }
        draw(contest, grid, window, &panels, &mut outputs)?;
        if thinning.strides() != [1, 1] {
            let [across, up] = thinning.strides();
            terminal::say(format_args!(
                "note: the picture shows one start of every {across} x {up}; the numbers are of all\n"
            ));
        }
    }
    interrupt.check()?;
    for output in outputs {
        output.keep()?;
    }
    if args.map.table {
        tell(contest, &summaries)?;
    }
    Ok(())
}

/// The optimizer's name with its settings: a picture is looked at without the command that made it.
fn title(contender: &Contender) -> String {
    match contender.pick.text().split_once(':') {
        Some((_, settings)) if !contender.label.ends_with(')') => {
            format!("{} ({settings})", contender.label)
        }
        _ => contender.label.clone(),
    }
}

fn quantity(show: Show) -> Quantity {
    match show {
        Show::Epochs => Quantity::Epochs,
        Show::Evaluations => Quantity::Evaluations,
        Show::Minimum => Quantity::Minimum,
        Show::Loss => Quantity::Loss,
        Show::Outcome => Quantity::Outcome,
    }
}

/// What is shown of the way to a target needs one; a table of the runs tells the losses and ends, too.
fn check_target(contest: &Contest, quantity: Quantity, outputs: &[OutputFile]) -> Result {
    let leads_there = matches!(quantity, Quantity::Epochs | Quantity::Evaluations);
    let shows = outputs.iter().any(|output| output.format != Format::Csv);
    if contest.budget.target.is_some() || !leads_there || !shows {
        return Ok(());
    }
    let message = "a map of epochs or evaluations shows those to a target, and there is none";
    let help = "give --target LOSS, or --show loss, minimum or outcome";
    Err(Failure::usage(message, help))
}

/// The refusal of a map that would take a disk and a day, with what it would take.
fn too_large([columns, rows]: [usize; 2], optimizers: usize, cells: usize) -> Failure {
    /// A row of CSV and a number of an array in bytes.
    const BYTES: [usize; 2] = [90, 4];
    let [csv, npy] = BYTES.map(|bytes| (bytes * cells) as f64 / 1e9);
    let optimizers = match optimizers {
        1 => "one optimizer".to_owned(),
        n => format!("{n} optimizers"),
    };
    let message = format!(
        "a map of {columns} x {rows} starts for {optimizers} has {cells} runs, more than the limit of {MOST_CELLS}; \
         its files would take about {csv:.1} GB as .csv, {npy:.1} GB as .npy"
    );
    Failure::usage(message, "give a smaller --size or fewer optimizers")
}

/// What stands at the beginning of the files.
fn begin(
    outputs: &mut [OutputFile],
    [columns, rows]: [usize; 2],
    optimizers: usize,
    quantity: Quantity,
) -> Result {
    let kind = if quantity == Quantity::Loss {
        npy::F8
    } else {
        npy::U4
    };
    let shape = match optimizers {
        1 => vec![rows, columns],
        many => vec![many, rows, columns],
    };
    for output in outputs {
        match output.format {
            Format::Csv => output.write(CSV_HEAD.as_bytes())?,
            Format::Npy => output.write(&npy::header(kind, &shape))?,
            _ => {}
        }
    }
    Ok(())
}

fn csv(name: &str, grid: &StartGrid, first: usize, cells: &[Cell]) -> String {
    let mut text = String::with_capacity(cells.len() * 100);
    for (i, cell) in cells.iter().enumerate() {
        let [w1, w2] = grid.start(first + i).map(Shortest);
        let calls = cell.calls;
        let calls = [calls.value, calls.gradient, calls.hessian].map(|n| n.to_string());
        let calls = calls.join(",");
        let (epochs, minimum, loss) = (cell.epochs, cell.minimum, Shortest(cell.loss));
        let outcome = cell.outcome.word();
        let _ = writeln!(
            text,
            "{name},{w1},{w2},{epochs},{calls},{minimum},{loss},{outcome}"
        );
    }
    text
}

fn numbers(quantity: Quantity, cells: &[Cell]) -> Vec<u8> {
    let numbers = cells.iter().map(|cell| quantity.of(cell));
    match quantity {
        Quantity::Loss => numbers.flat_map(f64::to_le_bytes).collect(),
        // What would be too large for the integers stays at their greatest.
        _ => numbers.flat_map(|v| (v as u32).to_le_bytes()).collect(),
    }
}

fn draw(
    contest: &Contest,
    grid: &StartGrid,
    window: thalweg::field::Window,
    panels: &[StartPanel],
    outputs: &mut [OutputFile],
) -> Result {
    let problem = &contest.problem;
    let target = contest.budget.target;
    let map = StartMap {
        problem: &problem.title,
        weights: [0, 1].map(|i| problem.weight_names[i].as_str()),
        grid,
        panels,
        target: target.map(|level| (level, field(&*problem.objective, window))),
        minima: &problem.minima,
    };
    let scene = map.scene(&Theme::LIGHT);
    for output in outputs {
        output.write_picture(&scene)?;
    }
    Ok(())
}

/// The summary of each optimizer.
fn tell(contest: &Contest, summaries: &[Summary]) -> Result {
    let heads = [
        "optimizer",
        "starts",
        "reached",
        "median",
        "95 %",
        "worst",
        "epoch limit",
        "converged",
        "no step",
        "diverged",
    ];
    let rows = contest
        .contenders
        .iter()
        .zip(summaries)
        .map(|(contender, s)| {
            let mut row = vec![
                contender.label.clone(),
                s.runs.to_string(),
                percent(s.ends[Outcome::Reached as usize], s.runs),
                or_dash(s.median),
                or_dash(s.percentile_95),
                or_dash(s.worst),
            ];
            row.extend(s.ends[1..].iter().map(u64::to_string));
            row
        });
    let words = table(&heads, rows.collect(), 1);
    terminal::print(format_args!(
        "{words}\nmedian, 95 %, worst: epochs of the runs that reached the target, percentiles by nearest rank\n"
    ))
}
