//! The experiment and the window of a map.

use crate::{args::map::MapArgs, prelude::*, runs::notes};
use thalweg::{experiment::Experiment, optimizers};

/// The file formats of a map.
pub(super) const FORMATS: &[Format] = &[
    Format::Svg,
    Format::Png,
    Format::Pdf,
    Format::Html,
    Format::Csv,
    Format::Npy,
];

/// The epoch limit of a map. The numbers of epochs must fit into 32-bit integers.
const MAX_MAP_EPOCHS: u64 = 100_000_000;

/// Prepares the experiment of a map and completes the recipe. `start` replaces the problem's initial point.
pub(super) fn contest(
    args: &MapArgs,
    start: Option<Vec<f64>>,
    recipe: &Recipe,
) -> Result<(PreparedExperiment, Recipe)> {
    let spec = &args.experiment.0;
    if spec.epochs > MAX_MAP_EPOCHS {
        let epochs = spec.epochs;
        refuse!("--epochs {epochs} exceeds the limit of a map, {MAX_MAP_EPOCHS}"; "reduce --epochs");
    }
    for text in &spec.with {
        // Reject recorded runs before their files are read. Invalid picks are reported later.
        if let Ok(pick) = text.parse() {
            optimizers::check_can_run(&pick)?;
        }
    }
    let experiment = Experiment {
        start,
        ..input::experiment(spec)?
    };
    let recipe = recipe.clone().with_files(&experiment);
    let contest = experiment.prepare()?;
    notes::print_problem(&contest);
    Ok((contest, recipe))
}

/// Returns the window of the initial points: the given one or the problem's.
pub(super) fn window(args: &MapArgs, contest: &PreparedExperiment) -> Result<Window> {
    let dim = contest.problem.objective.dim();
    if dim != 2 {
        refuse!(
            "a map of initial points needs two weights, but the problem has {dim}";
            "choose a problem with two weights; `thalweg list problems` lists all"
        );
    }
    Ok(args.experiment.0.window.unwrap_or(contest.problem.window))
}
