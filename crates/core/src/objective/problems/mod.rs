//! The registry of problems. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Entry, Registry, Text, pick::Pick},
    error::nearest,
    objective::{Objective, data_sets, field::Window, network::Network},
};
use std::sync::Arc;

mod article;
mod csv;
mod formula;
mod mlp;
mod perceptron;
mod prelude;
pub mod test_functions;

pub use article::ArticleProblem;
pub use csv::CsvProblem;
pub use formula::FormulaProblem;
pub use mlp::MlpProblem;
pub use perceptron::PerceptronProblem;

/// All problems.
pub static REGISTRY: Registry<Problem> = Registry {
    kind: "problem",
    entries: &[
        Entry::of::<ArticleProblem>(),
        Entry::of::<CsvProblem>(),
        Entry::of::<PerceptronProblem>(),
        Entry::of::<MlpProblem>(),
        Entry::of::<FormulaProblem>(),
        Entry::of::<test_functions::Quadratic>(),
        Entry::of::<test_functions::Rosenbrock>(),
        Entry::of::<test_functions::Beale>(),
        Entry::of::<test_functions::Himmelblau>(),
        Entry::of::<test_functions::Booth>(),
        Entry::of::<test_functions::Matyas>(),
        Entry::of::<test_functions::McCormick>(),
        Entry::of::<test_functions::GoldsteinPrice>(),
        Entry::of::<test_functions::ThreeHumpCamel>(),
        Entry::of::<test_functions::SixHumpCamel>(),
        Entry::of::<test_functions::Branin>(),
        Entry::of::<test_functions::StyblinskiTang>(),
        Entry::of::<test_functions::Rastrigin>(),
        Entry::of::<test_functions::Ackley>(),
        Entry::of::<test_functions::Levy>(),
        Entry::of::<test_functions::Saddle>(),
        Entry::of::<test_functions::MonkeySaddle>(),
        Entry::of::<test_functions::Ravine>(),
        Entry::of::<test_functions::Plateau>(),
    ],
};

/// An objective with all that an experiment on it needs and does not say itself.
#[derive(Clone)]
pub struct Problem {
    /// Its name in headings.
    pub title: Text,
    /// What is made small.
    pub objective: Arc<dyn Objective>,
    /// The network, where the objective is the loss of one.
    pub network: Option<Arc<dyn Network>>,
    /// Names of the weights, for axes (dim).
    pub weight_names: Vec<String>,
    /// Where runs begin (dim).
    pub start: Vec<f64>,
    /// The part of the plane of the first two weights that is worth seeing.
    pub window: Window,
    /// The loss that counts as done.
    pub target: Option<f64>,
    /// Where the loss is least, as far as it is known: positions (dim).
    pub minima: Vec<Vec<f64>>,
    /// A step per unit of gradient that suits this problem: in units of one over a curvature, as the learning rate of
    /// gradient descent is.
    pub learning_rate: Option<f64>,
}

impl Problem {
    /// The same problem with its minima, each a place in the plane of two weights, and the loss that counts as done.
    #[must_use]
    pub fn with_minima(self, minima: &[[f64; 2]], target: f64) -> Self {
        Self {
            minima: minima.iter().map(|w| w.to_vec()).collect(),
            target: Some(target),
            ..self
        }
    }

    /// The same problem with a step per unit of gradient that suits it.
    #[must_use]
    pub fn with_learning_rate(self, learning_rate: f64) -> Self {
        Self {
            learning_rate: Some(learning_rate),
            ..self
        }
    }

    /// How far the nearest known minimum is from `w` (dim); none where no minimum is known.
    pub fn distance(&self, w: &[f64]) -> Option<f64> {
        let square =
            |m: &Vec<f64>| -> f64 { w.iter().zip(m).map(|(w, m)| (w - m) * (w - m)).sum() };
        let nearest = self.minima.iter().map(square).min_by(f64::total_cmp);
        nearest.map(f64::sqrt)
    }
}

/// The pick of a problem from its text; the name of a `.csv` file alone stands for `csv:path=...`.
///
/// # Errors
/// The text is no pick.
pub fn pick(text: &str) -> Result<Pick, Error> {
    let ids: Vec<&str> = REGISTRY.abouts().map(|about| &*about.id).collect();
    // What stands before a colon is an id, though misspelt perhaps, or part of a path.
    let names_an_id = text
        .split_once(':')
        .is_some_and(|(id, _)| nearest(id, &ids).is_some());
    if data_sets::is_csv(text) && !names_an_id {
        Ok(Pick::with_setting("csv", "path", text))
    } else {
        text.parse()
    }
}

/// Names of the files that a pick's settings name and whose contents it needs attached.
pub fn files(pick: &Pick) -> Vec<String> {
    let Some(entry) = REGISTRY.find(&pick.id) else {
        return Vec::new();
    };
    let mut names = entry.about.files(&pick.settings);
    for given in &pick.settings {
        let Some(param) = entry.about.set_by(given) else {
            continue;
        };
        if param.kind == data_sets::KIND {
            let (id, short) = data_sets::understood(&given.value);
            names.extend(short.map(str::to_owned));
            let inner = pick.settings.iter().filter_map(|s| s.within(&param.name));
            let data_set = data_sets::REGISTRY.find(id);
            names.extend(data_set.map_or_else(Vec::new, |entry| {
                entry.about.files(&inner.collect::<Vec<_>>())
            }));
        }
    }
    names
}
