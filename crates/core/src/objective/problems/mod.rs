//! The registry of problems. To add a problem, write its file and add its line here.

use crate::{
    Error,
    catalog::{Entry, ProblemDefaults, Registry, ResolvedSetting, Text, pick::Pick},
    error::nearest,
    objective::{
        Objective, curvature::greatest_curvature, data_sets, field::Window, network::Network,
    },
};
use std::{fmt, sync::Arc};

mod advice;
mod article;
mod csv;
mod formula;
mod image;
pub mod matrices;
mod meant;
mod mlp;
mod perceptron;
mod prelude;
pub mod test_functions;

pub use article::ArticleProblem;
pub use csv::CsvProblem;
pub use formula::FormulaProblem;
pub use image::ImageProblem;
pub use meant::build;
pub use mlp::MlpProblem;
pub use perceptron::{BiasKind, PerceptronProblem, UnitSettings};

/// All problems.
pub static REGISTRY: Registry<Problem> = Registry {
    kind: "problem",
    entries: &[
        Entry::of::<ArticleProblem>(),
        perceptron::unit::<CsvProblem>(),
        perceptron::unit::<PerceptronProblem>(),
        Entry::of::<MlpProblem>(),
        Entry::of::<matrices::MatrixRegression>(),
        Entry::of::<matrices::AssociativeMemory>(),
        Entry::of::<matrices::DeepLinear>(),
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
        Entry::of::<test_functions::Griewank>(),
        Entry::of::<test_functions::Easom>(),
        Entry::of::<test_functions::CrossInTray>(),
        Entry::of::<test_functions::Bukin>(),
        Entry::of::<test_functions::Michalewicz>(),
        Entry::of::<test_functions::Cliff>(),
        Entry::of::<test_functions::Saddle>(),
        Entry::of::<test_functions::MonkeySaddle>(),
        Entry::of::<test_functions::Ravine>(),
        Entry::of::<test_functions::Plateau>(),
        Entry::of::<ImageProblem>(),
    ],
};

/// An objective with the data that an experiment needs: initial point, window, target, and names.
#[derive(Clone)]
pub struct Problem {
    /// Title of the configured problem, for figures and legends.
    pub title: Text,
    /// The function that is minimized.
    pub objective: Arc<dyn Objective>,
    /// The network, if the objective is the loss of a network.
    pub network: Option<Arc<dyn Network>>,
    /// Names of the weights, for axes (dim).
    pub weight_names: Vec<String>,
    /// The initial point (dim).
    pub start: Vec<f64>,
    /// Default window of maps, in the plane of the first two weights.
    pub window: Window,
    /// Target loss.
    pub target: Option<f64>,
    /// Known minima (dim).
    pub minima: Vec<Vec<f64>>,
    /// Default learning rate of gradient descent on this problem. Its unit is one over a curvature.
    pub learning_rate: Option<f64>,
    /// Source of the default learning rate.
    pub learning_rate_source: RateSource,
    /// Sentences on how the problem was understood, such as the numbers of the classes of its data.
    pub notes: Vec<String>,
    /// Values in effect of settings that follow from other settings or the data.
    pub resolved: Vec<ResolvedSetting>,
}

/// The source of a default learning rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateSource {
    /// The problem states it.
    Problem,
    /// It is 0.5 divided by the greatest curvature of the loss that was found in the problem's window.
    Curvature,
    /// It is 0.5 divided by a bound on the curvature of the loss.
    CurvatureBound,
}

impl RateSource {
    /// Returns whether the learning rate follows from the curvature of the loss.
    pub fn is_derived(self) -> bool {
        self != Self::Problem
    }
}

/// Writes the source so that it can follow a learning rate.
impl fmt::Display for RateSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Problem => "the default of the problem",
            Self::Curvature => "from the greatest curvature found in the window",
            Self::CurvatureBound => "from a bound on the curvature",
        })
    }
}

/// Returns 0.5 divided by the greatest curvature in a window, if there is a curvature.
fn half_inverse_curvature(objective: &dyn Objective, window: Window) -> Option<f64> {
    const SMALLEST: f64 = 1e-6;
    let greatest = greatest_curvature(objective, window)?;
    (greatest > SMALLEST).then(|| 0.5 / greatest)
}

impl Problem {
    /// Returns the problem with its minima (points in the plane of two weights) and its target loss.
    #[must_use]
    pub fn with_minima(self, minima: &[[f64; 2]], target: f64) -> Self {
        Self {
            minima: minima.iter().map(|w| w.to_vec()).collect(),
            target: Some(target),
            ..self
        }
    }

    /// Returns the problem with its default learning rate.
    #[must_use]
    pub fn with_learning_rate(self, learning_rate: f64) -> Self {
        Self {
            learning_rate: Some(learning_rate),
            ..self
        }
    }

    /// Returns the defaults of settings that the problem states: its learning rate and the least loss at a known minimum.
    pub fn defaults(&self) -> ProblemDefaults {
        // The loss at a minimum of 0 is rounded.
        const ROUNDING: f64 = 1e-12;
        let losses = self.minima.iter().map(|w| self.objective.value(w));
        let least = losses.filter(|loss| loss.is_finite()).reduce(f64::min);
        ProblemDefaults {
            learning_rate: self.learning_rate,
            least_loss: least.map(|loss| if loss.abs() < ROUNDING { 0.0 } else { loss }),
        }
    }

    /// Returns the distance of `w` (dim) to the nearest known minimum, or `None` if no minimum is known.
    pub fn distance(&self, w: &[f64]) -> Option<f64> {
        let square =
            |m: &Vec<f64>| -> f64 { w.iter().zip(m).map(|(w, m)| (w - m) * (w - m)).sum() };
        let nearest = self.minima.iter().map(square).min_by(f64::total_cmp);
        nearest.map(f64::sqrt)
    }
}

/// Parses the pick of a problem. The name of a `.csv` file abbreviates `csv:path=...`, and that of a `.png` file
/// `image:path=...`.
///
/// # Errors
/// The text is not a valid pick.
pub fn pick(text: &str) -> Result<Pick, Error> {
    let ids: Vec<&str> = REGISTRY.abouts().map(|about| &*about.id).collect();
    // The text before a colon is an id, possibly misspelled, or part of a path.
    let names_an_id = text
        .split_once(':')
        .is_some_and(|(id, _)| nearest(id, &ids).is_some());
    if names_an_id {
        text.parse()
    } else if data_sets::is_csv(text) {
        Ok(Pick::with_setting("csv", "path", text))
    } else if text.to_ascii_lowercase().ends_with(".png") {
        Ok(Pick::with_setting("image", "path", text))
    } else {
        text.parse()
    }
}

/// Returns the names of the files in the settings of a pick. Their contents must be attached.
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
            let (id, short) = data_sets::resolve_csv(&given.value);
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
