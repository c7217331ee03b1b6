//! A network of several layers on a data set.

use super::{perceptron::check, prelude::*};
use crate::{
    numeric::float::ln,
    objective::network::mlp::{self, Head},
};

/// A network of several layers, each unit with a bias and connected with all of the layer before.
///
/// ```text
/// a_0 = x          a_k = activation(a_(k-1) W_k + b_k)          E = mean(loss(a_n, y))
/// ```
///
/// `layers` counts the units: first the features of `data`, last the outputs. One output answers a number or tells the
/// classes 0 and 1 apart; of several each answers for one class. The first weights are uniform within
/// sqrt(6 / (inputs + units)) of 0 on either side, biases 0.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "mlp",
    title = "Network of several layers",
    cite = "glorot2010understanding"
)]
pub struct MlpProblem {
    /// Units of each layer with dashes between, such as 2-8-8-1.
    #[param(default = "2-8-8-1")]
    pub layers: Sizes,
    /// What it learns from: a data set, or a CSV file.
    #[param(default = "moons")]
    pub data: DataSet,
    /// What the units between make of their weighted sums.
    #[param(default = "tanh")]
    pub activation: Activation,
    /// What the outputs make of theirs; where none is given, what suits the loss.
    pub output: Option<Activation>,
    /// How far an answer is from its target.
    #[param(default = "mse")]
    pub loss: NetworkLoss,
    /// Seed of the first weights.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

/// Units of each layer, at least two layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes(pub Vec<usize>);

/// How far the answers are from their targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkLoss {
    /// Mean squared error.
    Mse,
    /// Mean absolute error.
    Mae,
    /// Minus the logarithm of the probability of the true one of two classes.
    BinaryCrossEntropy,
    /// How far an answer is from being beyond 1 on the side of its class.
    Hinge,
    /// Minus the logarithm of the true one's probability, of any number of classes.
    CategoricalCrossEntropy,
}

/// Most weights of a network: more are a mistake rather than a wish.
const MAX_WEIGHTS: usize = 1_000_000;

impl Setting for Sizes {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let text = settings.text_of(param).unwrap_or_default();
        let size = |text: &str| text.trim().parse().ok().filter(|size: &usize| *size > 0);
        let sizes: Option<Vec<usize>> = text.split('-').map(size).collect();
        let weights = |sizes: &Vec<usize>| {
            let layer = |pair: &[usize]| pair[0].saturating_add(1).saturating_mul(pair[1]);
            sizes.windows(2).map(layer).fold(0, usize::saturating_add)
        };
        let good = |sizes: &Vec<usize>| sizes.len() >= 2 && weights(sizes) <= MAX_WEIGHTS;
        sizes.filter(good).map(Self).ok_or_else(|| Error::Value {
            key: param.name.to_string(),
            given: text.to_owned(),
            allowed: format!(
                "it must be two or more whole numbers from 1 with dashes between, such as 2-8-1, of at most {MAX_WEIGHTS} weights"
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
    /// The loss of each output for itself; none where the outputs answer together.
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
            title: Self::ABOUT.title,
            weight_names: network.weight_names(),
            start: network.first_weights(self.seed),
            window: Window::between([-3.0, 3.0, -3.0, 3.0]),
            target: Some(match self.loss.of_units() {
                Some(loss) => loss.half_of_guessing(),
                None => 0.5 * ln(outputs as f64),
            }),
            minima: Vec::new(),
            learning_rate: Some(0.1),
            objective: network.clone(),
            network: Some(network),
        })
    }
}

impl MlpProblem {
    fn outputs(&self) -> usize {
        self.layers.0[self.layers.0.len() - 1]
    }

    /// What the outputs answer, once it is sure that layers, loss and data fit together.
    fn head(&self) -> Result<Head, Error> {
        let wrong = |key, message: String| Err(Error::Settings(message).blame(key));
        let (inputs, features) = (self.layers.0[0], self.data.dim());
        if inputs != features {
            return wrong(
                "layers",
                format!(
                    "`layers` begins with {inputs} units, and the data has {features} features: begin it with {features}"
                ),
            );
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
                        "the loss categorical-cross-entropy has its own output, a softmax, in place of {}: leave `output` out",
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
            // Of several outputs each has the target 0 or 1.
            let targets = DataSet {
                targets: vec![0.0, 1.0],
                table: None,
                ..self.data.clone()
            };
            check(output, &targets, "output")?;
        }
        Ok(Head::Units(output))
    }

    /// Every target must be the number of a class that has an output.
    fn check_classes(&self, outputs: usize) -> Result<(), Error> {
        let is_class = |y: &f64| y.fract() == 0.0 && (0.0..outputs as f64).contains(y);
        let Some(i) = self.data.targets.iter().position(|y| !is_class(y)) else {
            if outputs == 1 {
                let message = "a softmax of one output always answers 1: end `layers` with an output for each class";
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
        let message = if target.fract() == 0.0 && target >= 0.0 {
            format!(
                "the target {target} is no class of {outputs} outputs: end `layers` with {classes}, an output for each class"
            )
        } else {
            format!(
                "the target {} is no class: of several outputs each is for one of the classes 0, 1, 2 and so on",
                ShortestFloat(target)
            )
        };
        Err(self.data.target_error(i, message))
    }
}
