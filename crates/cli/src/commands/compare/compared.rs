//! The problems and the optimizers of a comparison.

use crate::{args::compare::CompareArgs, prelude::*, runs::same_optimizer::check_distinct};
use std::sync::Arc;
use thalweg::{
    custom::{CustomOptimizer, Entrant},
    problems::Problem,
    tuning::Workload,
};

/// The problems and the optimizers of a comparison.
pub struct ComparedParts {
    /// The problems.
    pub problems: Vec<ComparedPart<Problem>>,
    /// The optimizers.
    pub optimizers: Vec<ComparedPart<Arc<dyn CustomOptimizer>>>,
}

/// A problem or an optimizer of a comparison.
pub enum ComparedPart<T> {
    /// The text of a pick.
    Pick(String),
    /// One that is not in the catalog.
    Custom(T),
}

impl ComparedParts {
    /// Returns the parts of the arguments.
    ///
    /// # Errors
    /// There is no optimizer.
    pub(super) fn of(args: &CompareArgs) -> Result<Self> {
        input::need_optimizer("compare", &args.experiment.0)?;
        let optimizers = args.experiment.0.with.iter().cloned();
        Ok(Self {
            problems: args.on.iter().cloned().map(ComparedPart::Pick).collect(),
            optimizers: optimizers.map(ComparedPart::Pick).collect(),
        })
    }
}

/// Prepares the optimizers of a comparison with these arguments. Also returns the recipe with the files of their rules.
///
/// # Errors
/// An optimizer is invalid, two of them are the same or have the same name, or an argument has no effect on them.
pub(super) fn entrants(
    args: &CompareArgs,
    optimizers: Vec<ComparedPart<Arc<dyn CustomOptimizer>>>,
    recipe: &Recipe,
) -> Result<(Vec<Entrant>, Recipe)> {
    let entrants = optimizers.into_iter().map(|one| match one {
        ComparedPart::Pick(text) => Ok(Entrant::Cataloged(input::optimizer(&text)?)),
        ComparedPart::Custom(optimizer) => Ok(Entrant::Custom(optimizer)),
    });
    let entrants = entrants.collect::<Result<Vec<_>>>()?;
    let cataloged = entrants.iter().filter_map(|one| match one {
        Entrant::Cataloged(pick) => Some(pick.clone()),
        Entrant::Custom(_) => None,
    });
    let cataloged: Vec<Pick> = cataloged.collect();
    input::check_needs(&args.experiment.0, &cataloged)?;
    check_distinct(&cataloged)?;
    for (i, one) in entrants.iter().enumerate() {
        let mut others = entrants[..i].iter();
        let has_custom = |other: &Entrant| one.is_custom() || other.is_custom();
        if others.any(|other| has_custom(other) && other.name() == one.name()) {
            refuse!("two optimizers are named `{}`", one.name(); "give each its own title");
        }
    }
    let files = cataloged.iter().flat_map(|pick| &pick.files);
    let recipe = files.fold(recipe.clone(), |recipe, (name, content)| {
        recipe.with_file(name, content.bytes())
    });
    Ok((entrants, recipe))
}

/// Prepares the problems of a comparison with these arguments. Also returns the recipe with their data files. `has_run` states
/// whether the runs are finished, so that no custom problem is evaluated.
///
/// # Errors
/// A problem is invalid, or two of them have the same name.
pub(super) fn workloads(
    args: &CompareArgs,
    problems: Vec<ComparedPart<Problem>>,
    recipe: &Recipe,
    has_run: bool,
) -> Result<(Vec<Workload>, Recipe)> {
    let spec = &args.experiment.0;
    let (mut workloads, mut recipe) = (Vec::<Workload>::new(), recipe.clone());
    for problem in problems {
        let (name, contest, is_custom) = match problem {
            ComparedPart::Pick(text) => {
                let experiment = spec.experiment(input::problem(&text)?, Vec::new());
                recipe = recipe.with_files(&experiment);
                (text, experiment.prepare()?, false)
            }
            ComparedPart::Custom(problem) => {
                let mut experiment = spec.experiment("python".parse()?, Vec::new());
                // The loss at a given initial point is not checked.
                let start = has_run.then(|| problem.start.clone());
                experiment.start = experiment.start.or(start);
                let name = problem.title.to_string();
                (name, experiment.prepare_on(problem)?, true)
            }
        };
        let mut earlier = workloads.iter();
        if let Some(other) = earlier.find(|other| other.name == name) {
            if is_custom || other.is_custom {
                refuse!("two problems are named `{name}`"; "give each its own title");
            }
            refuse!("--on {name} is given twice"; "remove one");
        }
        workloads.push(Workload {
            name,
            contest,
            is_custom,
            evaluations: args.tuning.budget,
        });
    }
    Ok((workloads, recipe))
}
