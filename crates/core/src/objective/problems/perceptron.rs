//! A perceptron on a data set.

use super::prelude::*;
use crate::objective::{
    curvature::greatest_curvature,
    data::{
        MAX_CLASSES,
        scaling::{is_constant, mean_and_deviation},
    },
};

/// A network with one layer and one output: one weight per feature and an optional bias.
///
/// ```text
/// p = activation(x . w + bias)          E(w) = mean(loss(p, y))
/// ```
///
/// `data` is the id of a data set or the name of a CSV file. Settings of the data set have dotted keys, as in
/// `perceptron:data=moons,data.noise=0.2`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "perceptron", title = "Perceptron")]
pub struct PerceptronProblem {
    /// Data set or CSV file.
    #[param(default = "six-points")]
    pub data: DataSet,
}

/// The settings of the unit, which all problems with a single unit share.
#[derive(Clone, Debug, Describe)]
pub struct UnitSettings {
    /// Activation function of the unit.
    #[param(default = "sigmoid")]
    pub activation: Activation,
    /// Loss function.
    #[param(default = "mse")]
    pub loss: Loss,
    /// Whether the unit has a bias, and whether the bias is trained.
    #[param(default = "none")]
    pub bias: BiasKind,
    /// Fixed bias, or initial value of the trained bias.
    #[param(default = 0.0, slider = -5.0..=5.0)]
    pub bias_value: f64,
    /// Class with the target 1, given by its name or number; the other classes have the target 0.
    pub class: Option<String>,
}

/// The kind of bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BiasKind {
    /// No bias.
    None,
    /// A constant bias.
    Fixed,
    /// A bias that is trained like the weights.
    Trained,
}

choice!(BiasKind {
    "none": None,
    "fixed": Fixed,
    "trained": Trained,
});

/// A problem whose network is a single unit on some data.
pub(super) trait DataProblem: Describe {
    /// Returns the title of the problem and the data.
    ///
    /// # Errors
    /// The data cannot be read.
    fn title_and_data(self) -> Result<(Text, DataSet), Error>;
}

impl DataProblem for PerceptronProblem {
    fn title_and_data(self) -> Result<(Text, DataSet), Error> {
        Ok((Self::ABOUT.title, self.data))
    }
}

/// Returns the entry of a problem with a single unit: its own settings and those of the unit.
pub(super) const fn unit<P: DataProblem>() -> Entry<Problem> {
    Entry {
        about: const { &P::ABOUT }.with(&[], &[], &[UnitSettings::PARAMS], &[]),
        build: |settings: &Settings| {
            let (title, data) = P::from_settings(settings)?.title_and_data()?;
            Ok(UnitSettings::from_settings(settings)?.build(title, data)?)
        },
    }
}

impl UnitSettings {
    fn build(&self, title: Text, data: DataSet) -> Result<Problem, Error> {
        let output = Output {
            activation: self.activation,
            loss: self.loss,
        };
        let bias = match self.bias {
            BiasKind::None if self.bias_value != 0.0 => {
                let message =
                    "`bias_value` has no effect without a bias: add bias=fixed or bias=trained";
                return Err(Error::Settings(message.to_owned()).blame("bias_value"));
            }
            BiasKind::None => Bias::None,
            BiasKind::Fixed => Bias::Fixed(self.bias_value),
            BiasKind::Trained => Bias::Trained,
        };
        let data = self.one_class(data, output)?;
        check(output, &data, "activation")?;
        let network = perceptron::Perceptron::new(data, output, bias);
        let mut problem = of_network(title, network, output);
        problem.resolved = self.resolved(&problem);
        if let (BiasKind::Trained, Some(last)) = (self.bias, problem.start.last_mut()) {
            *last = self.bias_value;
        }
        Ok(problem)
    }

    /// Returns the class whose target is 1, if the targets are those of two classes. Without a bias, its value has no effect.
    fn resolved(&self, problem: &Problem) -> Vec<ResolvedSetting> {
        let data = problem.network.as_ref().map(|network| network.data());
        let class = data.and_then(|data| {
            let is_class = |y: f64| y == 0.0 || y == 1.0;
            let is_binary = data.targets.iter().all(|y| is_class(*y));
            is_binary.then(|| data.target_label(1.0))
        });
        let mut resolved = vec![ResolvedSetting::new("class", class)];
        if self.bias == BiasKind::None {
            resolved.push(ResolvedSetting::new("bias_value", None));
        }
        resolved
    }

    /// Returns the data with two classes: the selected one, or the first of several named classes, and the others.
    fn one_class(&self, data: DataSet, output: Output) -> Result<DataSet, Error> {
        match (&self.class, data.class_names.first()) {
            (Some(class), _) => data.one_against_rest(class),
            (None, Some(first)) if !allows(output, 2.0) && data.class_names.len() > 2 => {
                let data = data.one_against_rest(first)?;
                let choice = "a single unit distinguishes two classes, and `class` selects one";
                let note = data.class_note.map(|note| format!("{note}; {choice}"));
                Ok(DataSet {
                    class_note: note,
                    ..data
                })
            }
            _ => Ok(data),
        }
    }
}

/// Checks that the loss is compatible with the activation, which the setting `key` selects, and with every target.
pub(super) fn check(output: Output, data: &DataSet, key: &'static str) -> Result<(), Error> {
    let Output { activation, loss } = output;
    if !loss.suits().contains(&activation) {
        let suits: Vec<_> = loss.suits().iter().map(|a| a.word()).collect();
        return Err(Error::Settings(format!(
            "the loss {} is incompatible with the activation {}: choose {}",
            loss.word(),
            activation.word(),
            suits.join(" or ")
        ))
        .blame(key));
    }
    let Some(i) = data.targets.iter().position(|y| !allows(output, *y)) else {
        return Ok(());
    };
    let (classes, [low, high]) = (loss.is_of_classes(), activation.range());
    let target = ShortestFloat(data.targets[i]);
    let message = match (classes, activation.word()) {
        (true, _) => format!(
            "the target {target} is not allowed: with the loss {}, targets must be 0 or 1; for more classes, use \
             mlp with loss=categorical-cross-entropy",
            loss.word()
        ),
        (false, word) if high.is_finite() => format!(
            "the target {target} is not between {} and {}, the range of {word}: choose another activation",
            ShortestFloat(low),
            ShortestFloat(high)
        ),
        (false, word) => {
            format!(
                "the target {target} is below 0, the minimum of {word}: choose another activation"
            )
        }
    };
    let error = data.target_error(i, message);
    Err(if key == "activation" && data.is_measured {
        advise_unit(data, loss, error)
    } else {
        error
    })
}

/// Returns whether a target is possible with this output.
fn allows(Output { activation, loss }: Output, target: f64) -> bool {
    let [low, high] = activation.range();
    if loss.is_of_classes() {
        target == 0.0 || target == 1.0
    } else {
        (low..=high).contains(&target)
    }
}

/// Adds settings to an error with which a single unit can learn the targets.
fn advise_unit(data: &DataSet, loss: Loss, error: Error) -> Error {
    let mut classes = data.targets.clone();
    classes.sort_by(f64::total_cmp);
    classes.dedup();
    let is_whole = classes.iter().all(|y| y.fract() == 0.0);
    let within = |ends: [f64; 2]| classes.iter().all(|y| (ends[0]..=ends[1]).contains(y));
    match classes.last() {
        // Two values are classes, and more classes are numbered without gaps; other whole numbers are measured values.
        Some(last)
            if is_whole
                && (classes.len() == 2 || last - classes[0] + 1.0 == classes.len() as f64)
                && classes.len() <= MAX_CLASSES
                && !within([-1.0, 1.0]) =>
        {
            let class = ShortestFloat(*last).to_string();
            error.advise(
                "to distinguish one class from the others",
                [("class", class)],
            )
        }
        _ if loss.is_of_classes() => error,
        _ if within(Activation::Tanh.range()) => {
            let tanh = Activation::Tanh.word().to_owned();
            error.advise("to predict targets from -1 to 1", [("activation", tanh)])
        }
        _ => {
            let linear = ("activation", Activation::Linear.word().to_owned());
            let bias = ("bias", BiasKind::Trained.word().to_owned());
            error.advise("to predict any number", [linear, bias])
        }
    }
}

/// Creates the problem of a perceptron. Measured data determines its initial point, window, and learning rate; they are
/// otherwise those of the article.
pub(super) fn of_network(title: Text, network: perceptron::Perceptron, output: Output) -> Problem {
    let network = Arc::new(network);
    let data = network.data();
    let mut weight_names: Vec<_> = data
        .feature_names
        .iter()
        .map(|name| format!("w({name})"))
        .collect();
    let mut start = vec![-4.0; data.dim()];
    if network.trains_bias() {
        weight_names.push("Bias".to_owned());
        start.push(0.0);
    }
    assert_eq!(
        start.len(),
        network.dim(),
        "every weight needs an initial value"
    );
    let problem = Problem {
        title,
        weight_names,
        start,
        window: Window::between([-6.0, 6.0, -6.0, 6.0]),
        target: Some(output.loss.half_of_guessing()),
        minima: Vec::new(),
        learning_rate: Some(0.3),
        learning_rate_source: RateSource::Problem,
        notes: data.all_notes(),
        resolved: Vec::new(),
        objective: network.clone(),
        network: Some(network.clone()),
    };
    if data.is_measured {
        with_measured_defaults(problem, &network, output)
    } else {
        problem
    }
}

/// Replaces the defaults of the article by those of measured data. The learning rate follows from the greatest curvature
/// in the window of one or two weights, and otherwise from a bound on the curvature. A loss of straight pieces keeps it.
fn with_measured_defaults(
    problem: Problem,
    network: &perceptron::Perceptron,
    output: Output,
) -> Problem {
    let window = window_of(network.data(), output);
    let shown = window.unwrap_or(problem.window);
    let rate = |curvature: f64| Some(0.5 / curvature).filter(|rate| rate.is_normal());
    let in_window = greatest_curvature(network, shown).and_then(rate);
    let bound = network.curvature_bound();
    let (learning_rate, learning_rate_source) = match (in_window, bound.and_then(rate)) {
        (Some(_), _) => (in_window, RateSource::Curvature),
        (None, Some(rate)) => (Some(rate), RateSource::CurvatureBound),
        (None, None) => (problem.learning_rate, problem.learning_rate_source),
    };
    let mut notes = problem.notes;
    let has_rate = learning_rate_source.is_derived() || bound == Some(0.0);
    let missing = match (window.is_some(), has_rate) {
        (true, true) => None,
        (true, false) => Some("learning rate"),
        (false, true) => Some("window"),
        (false, false) => Some("window and no learning rate"),
    };
    notes.extend(missing.map(|missing| {
        format!(
            "no {missing} could be derived from features of this size; scale=standard scales them"
        )
    }));
    Problem {
        start: vec![0.0; problem.start.len()],
        target: None,
        window: shown,
        learning_rate,
        learning_rate_source,
        notes,
        ..problem
    }
}

/// Returns the window from -6 to 6 in units of one over the standard deviation of each feature. If the prediction is not
/// bounded, the unit is that of the target over that of the feature.
fn window_of(data: &DataSet, output: Output) -> Option<Window> {
    const HALF_WIDTH: f64 = 6.0;
    let spread = |[mean, deviation]: [f64; 2]| {
        // The weight of a constant feature is a bias.
        if is_constant([mean, deviation]) {
            mean.abs()
        } else {
            deviation
        }
    };
    let [low, high] = output.activation.range();
    let scale = if low.is_finite() && high.is_finite() {
        1.0
    } else {
        spread(mean_and_deviation(data.targets.iter().copied()))
    };
    let half = [0, 1].map(|feature| {
        // The second weight of a single feature is the bias, whose feature is 1.
        let own = (feature < data.dim()).then(|| spread(mean_and_deviation(data.feature(feature))));
        HALF_WIDTH * scale / own.unwrap_or(1.0)
    });
    Window::new([-half[0], half[0], -half[1], half[1]]).ok()
}
