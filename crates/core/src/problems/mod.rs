//! The registry of problems. To add one: write its file, add its line here.

use crate::{
    Error,
    catalog::{Describe, Entry, Kind, Registry, Settings},
    error::nearest,
    field::Window,
    objective::Objective,
    perceptron::Perceptron,
    pick::Pick,
};
use std::sync::Arc;

mod article;
mod csv;
pub mod test_functions;

pub use article::Article;
pub use csv::Csv;

/// All problems.
pub const REGISTRY: Registry<Problem> = Registry {
    kind: "problem",
    entries: &[
        entry::<Article>(),
        entry::<Csv>(),
        entry::<test_functions::Quadratic>(),
        entry::<test_functions::Rosenbrock>(),
        entry::<test_functions::Beale>(),
        entry::<test_functions::Himmelblau>(),
        entry::<test_functions::Booth>(),
        entry::<test_functions::Matyas>(),
        entry::<test_functions::McCormick>(),
        entry::<test_functions::GoldsteinPrice>(),
        entry::<test_functions::ThreeHumpCamel>(),
        entry::<test_functions::SixHumpCamel>(),
        entry::<test_functions::Branin>(),
        entry::<test_functions::StyblinskiTang>(),
        entry::<test_functions::Rastrigin>(),
        entry::<test_functions::Ackley>(),
        entry::<test_functions::Levy>(),
        entry::<test_functions::Saddle>(),
        entry::<test_functions::MonkeySaddle>(),
        entry::<test_functions::Ravine>(),
        entry::<test_functions::Plateau>(),
    ],
};

/// An objective with all that an experiment on it needs and does not say itself.
#[derive(Clone)]
pub struct Problem {
    /// Its name in headings.
    pub title: &'static str,
    /// What is made small.
    pub objective: Arc<dyn Objective>,
    /// The network, where the objective is the loss of one.
    pub network: Option<Arc<Perceptron>>,
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

/// A described struct that can be made into a problem.
pub trait Posed: Describe {
    /// The problem.
    ///
    /// # Errors
    /// The settings, or the data they name, make no problem.
    fn pose(&self) -> Result<Problem, Error>;
}

const fn entry<P: Posed>() -> Entry<Problem> {
    Entry {
        about: P::ABOUT,
        build: |settings: &Settings| P::from_settings(settings)?.pose(),
    }
}

/// The pick of a problem from its text; the name of a `.csv` file alone stands for `csv:path=...`.
///
/// # Errors
/// The text is no pick.
pub fn pick(text: &str) -> Result<Pick, Error> {
    let ids: Vec<&str> = REGISTRY.abouts().map(|about| about.id).collect();
    // What stands before a colon is an id, though misspelt perhaps, or part of a path.
    let names_an_id = text
        .split_once(':')
        .is_some_and(|(id, _)| nearest(id, &ids).is_some());
    if text.to_ascii_lowercase().ends_with(".csv") && !names_an_id {
        Ok(Pick::with_setting("csv", "path", text))
    } else {
        text.parse()
    }
}

/// Names of the files that a pick's settings name and whose texts it needs attached.
pub fn files(pick: &Pick) -> Vec<String> {
    let params = REGISTRY
        .find(&pick.id)
        .map_or(&[][..], |entry| entry.about.params);
    let named = params
        .iter()
        .enumerate()
        .filter(|(_, p)| p.kind == Kind::File);
    let value = |(i, param): (usize, &crate::catalog::Param)| {
        let mut given = pick.settings.iter();
        let given = given.find(|s| s.key == param.name || (i == 0 && s.key.is_empty()));
        given.map(|s| s.value.clone())
    };
    named.filter_map(value).collect()
}
