//! A multilayer perceptron on a data set.

use super::{perceptron::check, prelude::*};
use crate::{
    numeric::float::ln,
    objective::{
        data::MAX_CLASSES,
        network::mlp::{self, Head},
    },
};

/// A multilayer perceptron: fully connected layers with biases.
///
/// ```text
/// a_0 = x          a_k = activation(a_(k-1) W_k + b_k)          E = mean(loss(a_n, y))
/// weights: W_1 (one row per input, one column per unit), b_1, W_2, b_2, ...
/// ```
///
/// `layers` lists the numbers of units: first the features of `data`, last the outputs. A single output predicts a
/// number or distinguishes the classes 0 and 1. With several outputs, each output belongs to one class. Initial weights
/// are uniform between -r and r, where r = sqrt(6 / (inputs + units)); initial biases are 0.
///
/// Second derivatives are exact. They are available for at most 500 weights, unless the loss has kinks: with the activation
/// relu and with the losses mae and hinge.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "mlp",
    title = "Multilayer perceptron",
    cite = "glorot2010understanding"
)]
pub struct MlpProblem {
    /// Number of units of each layer, separated by dashes, such as 2-8-8-1.
    #[param(default = "2-8-8-1")]
    pub layers: Sizes,
    /// Data set or CSV file.
    #[param(default = "moons")]
    pub data: DataSet,
    /// Activation function of the hidden units.
    #[param(default = "tanh")]
    pub activation: Activation,
    /// Activation function of the outputs. The default depends on the loss.
    pub output: Option<Activation>,
    /// Loss function.
    #[param(default = "mse")]
    pub loss: NetworkLoss,
    /// Seed of the initial weights.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

/// Number of units of each layer, at least two layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes(pub Vec<usize>);

/// The loss function of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkLoss {
    /// Mean squared error.
    Mse,
    /// Mean absolute error.
    Mae,
    /// Minus the logarithm of the probability of the true class, for two classes.
    BinaryCrossEntropy,
    /// Hinge loss: max(0, 1 - t p), where t is -1 or 1 for the classes 0 and 1.
    Hinge,
    /// Minus the logarithm of the probability of the true class, for any number of classes.
    CategoricalCrossEntropy,
}

/// Limit of the number of weights; a larger number is most likely a typing error.
const MAX_WEIGHTS: usize = 1_000_000;

impl Sizes {
    fn text(&self) -> String {
        let sizes: Vec<String> = self.0.iter().map(usize::to_string).collect();
        sizes.join("-")
    }
}

impl Setting for Sizes {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = String::read(param, settings)?;
        let size = |text: &str| text.trim().parse().ok().filter(|size: &usize| *size > 0);
        let sizes: Option<Vec<usize>> = text.split('-').map(size).collect();
        let weights = |sizes: &Vec<usize>| {
            let layer = |pair: &[usize]| pair[0].saturating_add(1).saturating_mul(pair[1]);
            sizes.windows(2).map(layer).fold(0, usize::saturating_add)
        };
        let good = |sizes: &Vec<usize>| sizes.len() >= 2 && weights(sizes) <= MAX_WEIGHTS;
        sizes.filter(good).map(Self).ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text,
            allowed: format!(
                "it must be two or more positive whole numbers separated by dashes, such as 2-8-1, with at most {MAX_WEIGHTS} weights"
            ),
            nearest: None,
        })
    }
}

choice!(NetworkLoss {
    "mse": Mse,
    "mae": Mae,
    "binary-cross-entropy": BinaryCrossEntropy,
    "hinge": Hinge,
    "categorical-cross-entropy": CategoricalCrossEntropy,
});

impl NetworkLoss {
    /// Returns the loss of a single output, or `None` if the loss depends on all outputs together.
    fn of_units(self) -> Option<Loss> {
        match self {
            Self::Mse => Some(Loss::Mse),
            Self::Mae => Some(Loss::Mae),
            Self::BinaryCrossEntropy => Some(Loss::BinaryCrossEntropy),
            Self::Hinge => Some(Loss::Hinge),
            Self::CategoricalCrossEntropy => None,
        }
    }
}

impl Build<Problem> for MlpProblem {
    fn build(self) -> Result<Problem, Error> {
        let head = self.head()?;
        let network = mlp::Mlp::new(self.data.clone(), &self.layers.0, self.activation, head);
        let network = Arc::new(network);
        let outputs = self.outputs();
        Ok(Problem {
            title: format!("{} network", self.layers.text()).into(),
            weight_names: network.weight_names(),
            start: network.first_weights(self.seed),
            window: Window::between([-3.0, 3.0, -3.0, 3.0]),
            // Only the user knows which loss is good for data from a file.
            target: self
                .data
                .source
                .is_none()
                .then(|| match self.loss.of_units() {
                    Some(loss) => loss.half_of_guessing(),
                    None => 0.5 * ln(outputs as f64),
                }),
            minima: Vec::new(),
            learning_rate: Some(0.1),
            learning_rate_source: RateSource::Problem,
            notes: self.data.all_notes(),
            resolved: self.resolved(head),
            objective: network.clone(),
            network: Some(network),
        })
    }
}

impl MlpProblem {
    /// Returns the activation function of the outputs. A softmax has none, and without hidden units there is no other one.
    fn resolved(&self, head: Head) -> Vec<ResolvedSetting> {
        let output = match head {
            Head::Units(output) => Some(output.activation.word().to_owned()),
            Head::Softmax => None,
        };
        let mut resolved = vec![ResolvedSetting::new("output", output)];
        if self.layers.0.len() == 2 {
            resolved.push(ResolvedSetting::new("activation", None));
        }
        resolved
    }

    fn outputs(&self) -> usize {
        self.layers.0[self.layers.0.len() - 1]
    }

    /// Checks that layers, loss, and data are compatible, and returns the output layer.
    fn head(&self) -> Result<Head, Error> {
        let wrong = |key, message: String| Err(Error::Settings(message).blame(key));
        let (inputs, features) = (self.layers.0[0], self.data.dim());
        if inputs != features {
            let word = if features == 1 { "feature" } else { "features" };
            let message = format!(
                "`layers` begins with {inputs}, but the data has {features} {word}: begin it with {features}"
            );
            let units = self.layers.0.iter().skip(1).copied();
            let fitting = Sizes([features].into_iter().chain(units).collect());
            return wrong("layers", message).map_err(|error| {
                error.advise("to use all features", [("layers", fitting.text())])
            });
        }
        let outputs = self.outputs();
        if outputs > 1 || self.loss == NetworkLoss::CategoricalCrossEntropy {
            let checked = self.check_classes(outputs);
            checked.map_err(|error| error.blame("layers"))?;
        }
        let loss = match (self.loss.of_units(), self.output) {
            (Some(loss), _) => loss,
            (None, None) => return Ok(Head::Softmax),
            (None, Some(output)) => {
                return wrong(
                    "output",
                    format!(
                        "the loss categorical-cross-entropy uses a softmax instead of {}: remove `output`",
                        output.word()
                    ),
                );
            }
        };
        let suiting = match loss {
            Loss::BinaryCrossEntropy => Activation::Sigmoid,
            Loss::Mse | Loss::Mae | Loss::Hinge => Activation::Linear,
        };
        let activation = self.output.unwrap_or(suiting);
        let output = Output { activation, loss };
        if outputs == 1 {
            check(output, &self.data, "output")?;
        } else {
            // With several outputs, the target of each output is 0 or 1.
            let targets = DataSet {
                targets: vec![0.0, 1.0],
                source: None,
                ..self.data.clone()
            };
            check(output, &targets, "output")?;
        }
        Ok(Head::Units(output))
    }

    /// Checks that every target is the number of a class with an output.
    fn check_classes(&self, outputs: usize) -> Result<(), Error> {
        let is_class = |y: &f64| y.fract() == 0.0 && (0.0..outputs as f64).contains(y);
        let Some(i) = self.data.targets.iter().position(|y| !is_class(y)) else {
            if outputs == 1 {
                let message =
                    "a softmax with one output is always 1: end `layers` with one output per class";
                return Err(Error::Settings(message.to_owned()));
            }
            return Ok(());
        };
        let target = self.data.targets[i];
        let classes = self
            .data
            .targets
            .iter()
            .fold(0.0_f64, |most, y| most.max(*y))
            + 1.0;
        if target.fract() != 0.0 || target < 0.0 {
            let target = ShortestFloat(target);
            let message = format!(
                "the target {target} is not a class: with several outputs, targets must be 0, 1, 2, and so on"
            );
            return Err(self.data.target_error(i, message));
        }
        let message = format!(
            "the target {target} has no output, because `layers` ends with {outputs}: end it with {classes}, one output per class"
        );
        let error = self.data.target_error(i, message);
        if classes > MAX_CLASSES as f64 {
            return Err(error);
        }
        let mut fitting = self.layers.clone();
        fitting.0.pop();
        fitting.0.push(classes as usize);
        Err(error.advise("to use one output per class", [("layers", fitting.text())]))
    }
}
