//! What both kinds of map are made of.

use crate::{args::map::MapArgs, prelude::*};
use thalweg::{experiment::Experiment, optimizers};

/// What a map can be written as.
pub(super) const FORMATS: &[Format] = &[
    Format::Svg,
    Format::Png,
    Format::Pdf,
    Format::Html,
    Format::Csv,
    Format::Npy,
];

/// More epochs would not fit into the integers of a file, or end in a lifetime.
const MAX_MAP_EPOCHS: u64 = 100_000_000;

/// The contest that a map is made of, from the problem's own start or another, and the whole recipe.
pub(super) fn contest(
    args: &MapArgs,
    start: Option<Vec<f64>>,
    recipe: &Recipe,
) -> Result<(PreparedExperiment, Recipe)> {
    let spec = &args.experiment.0;
    if spec.epochs > MAX_MAP_EPOCHS {
        let epochs = spec.epochs;
        refuse!("--epochs {epochs} is more than a map's limit of {MAX_MAP_EPOCHS}");
    }
    for text in &spec.with {
        // Before its file is read; what is no pick is found out later.
        if let Ok(pick) = text.parse() {
            optimizers::check_can_run(&pick)?;
        }
    }
    let experiment = Experiment {
        start,
        ..input::experiment(spec)?
    };
    let recipe = recipe.clone().with_files(&experiment);
    Ok((experiment.prepare()?, recipe))
}

/// The window that starts lie in: what is given, or the problem's own.
pub(super) fn window(args: &MapArgs, contest: &PreparedExperiment) -> Result<Window> {
    let dim = contest.problem.objective.dim();
    if dim != 2 {
        refuse!("a window of starts needs two weights, and the problem has {dim}");
    }
    Ok(args.experiment.0.window.unwrap_or(contest.problem.window))
}
