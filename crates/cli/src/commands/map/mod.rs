//! `thalweg map`: every start of a window, or every value of a setting.

mod settings;
mod starts;

use crate::{
    args::{
        Numbers,
        map::{MapArgs, MapCommand},
        target,
    },
    failure::{Failure, Result},
    input,
    output_file::Format,
    recipe::Recipe,
};
use thalweg::{
    experiment::{Contest, Experiment},
    field::Window,
    map::Summary,
    optimizers,
};

/// What a map can be written as.
const FORMATS: &[Format] = &[
    Format::Svg,
    Format::Png,
    Format::Pdf,
    Format::Html,
    Format::Csv,
    Format::Npy,
];

/// More epochs would not fit into the integers of a file, or end in a lifetime.
const MOST_EPOCHS: u64 = 100_000_000;

/// Does what was asked.
pub(crate) fn run(command: &MapCommand, recipe: &Recipe) -> Result {
    match command {
        MapCommand::Starts(args) => starts::run(args, recipe),
        MapCommand::Settings(args) => settings::run(args, recipe),
    }
}

/// The contest that a map is made of, from the problem's own start or another, and the whole recipe.
fn contest(args: &MapArgs, start: Option<Vec<f64>>, recipe: &Recipe) -> Result<(Contest, Recipe)> {
    if args.epochs > MOST_EPOCHS {
        let message = format!(
            "--epochs {} is more than a map's limit of {MOST_EPOCHS}",
            args.epochs
        );
        return Err(Failure::usage(message, ""));
    }
    for text in &args.with {
        // Before its file is read; what is no pick is found out later.
        if let Ok(pick) = text.parse() {
            optimizers::check_can_run(&pick)?;
        }
    }
    let experiment = Experiment {
        start,
        target: target(args.target),
        epochs: args.epochs,
        ..input::picked(&args.on, &args.with)?
    };
    let recipe = recipe.clone().with_files(&experiment);
    Ok((experiment.prepare()?, recipe))
}

/// The window that starts lie in: what is given, or the problem's own.
fn window(args: &MapArgs, contest: &Contest) -> Result<Window> {
    let dim = contest.problem.objective.dim();
    if dim != 2 {
        let message = format!("a window of starts needs two weights, and the problem has {dim}");
        return Err(Failure::usage(message, ""));
    }
    let window = args.window.as_ref().map(Numbers::window).transpose()?;
    Ok(window.unwrap_or(contest.problem.window))
}

/// A share of all runs in percent; only all of them are 100 and only none are 0.
fn percent(part: u64, whole: u64) -> String {
    let share = 100.0 * part as f64 / whole.max(1) as f64;
    match share {
        _ if part == whole => "100 %".to_owned(),
        _ if part == 0 => "0 %".to_owned(),
        99.99.. => "> 99.99 %".to_owned(),
        ..0.01 => "< 0.01 %".to_owned(),
        _ => format!("{share:.2} %"),
    }
}

/// A number of epochs, or a dash where there is none.
fn or_dash(epochs: Option<u64>) -> String {
    epochs.map_or_else(|| "-".to_owned(), |n| n.to_string())
}

/// Robustness in a line: "reached 98.50 %, median 43, 95 % within 120, all within 310".
fn in_a_line(summary: &Summary) -> String {
    let reached = percent(summary.ends[0], summary.runs);
    match (summary.median, summary.percentile_95, summary.worst) {
        (Some(median), Some(most), Some(worst)) => {
            format!("reached {reached}; epochs: median {median}, 95 % {most}, worst {worst}")
        }
        _ => format!("reached {reached}"),
    }
}
