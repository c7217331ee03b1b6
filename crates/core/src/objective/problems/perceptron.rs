//! A network of one layer on a data set.

use super::prelude::*;

/// A network of one layer with one output on a data set: one weight a feature, and a bias where wanted.
///
/// ```text
/// p = activation(x . w + bias)          E(w) = mean(loss(p, y))
/// ```
///
/// `data` is the id of a data set or the name of a CSV file; the data set's own settings have dotted keys, as in
/// `perceptron:data=moons,data.noise=0.2`.
#[derive(Clone, Debug, Describe)]
#[entry(id = "perceptron", title = "Network of one layer")]
pub struct PerceptronProblem {
    /// What it learns from: a data set, or a CSV file.
    #[param(default = "six-points")]
    pub data: DataSet,
    /// What the unit makes of its weighted sum.
    #[param(default = "sigmoid")]
    pub activation: Activation,
    /// How far an answer is from its target.
    #[param(default = "mse")]
    pub loss: Loss,
    /// Whether a number is added to the weighted sum, and whether it is trained as a weight.
    #[param(default = "none")]
    pub bias: BiasKind,
    /// The fixed bias, or the first value of the trained one.
    #[param(default = 0.0, slider = -5.0..=5.0)]
    pub bias_value: f64,
}

/// What becomes of the bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BiasKind {
    /// There is none.
    None,
    /// It stays as it is.
    Fixed,
    /// It is a weight like the others.
    Trained,
}

choice!(BiasKind {
    "none": None,
    "fixed": Fixed,
    "trained": Trained,
});

impl Build<Problem> for PerceptronProblem {
    fn build(self) -> Result<Problem, Error> {
        let output = Output {
            activation: self.activation,
            loss: self.loss,
        };
        let bias = match self.bias {
            BiasKind::None if self.bias_value != 0.0 => {
                let message = "`bias_value` has no effect where `bias` is none: give bias=fixed or bias=trained";
                return Err(Error::Settings(message.to_owned()).blame("bias_value"));
            }
            BiasKind::None => Bias::None,
            BiasKind::Fixed => Bias::Fixed(self.bias_value),
            BiasKind::Trained => Bias::Trained,
        };
        let mut problem = one_layer(Self::ABOUT.title, self.data.clone(), output, bias)?;
        if let (BiasKind::Trained, Some(last)) = (self.bias, problem.start.last_mut()) {
            *last = self.bias_value;
        }
        Ok(problem)
    }
}

/// The problem of one layer on any data.
///
/// # Errors
/// A loss that does not go with the activation, or targets that it cannot reach.
pub(super) fn one_layer(
    title: Text,
    data: DataSet,
    output: Output,
    bias: Bias,
) -> Result<Problem, Error> {
    check(output, &data, "activation")?;
    let network = perceptron::Perceptron::new(data, output, bias);
    Ok(of_network(title, network, output))
}

/// A loss must go with its activation, which the setting `key` gives, and with every target.
pub(super) fn check(output: Output, data: &DataSet, key: &'static str) -> Result<(), Error> {
    let Output { activation, loss } = output;
    if !loss.suits().contains(&activation) {
        let suits: Vec<_> = loss.suits().iter().map(|a| a.word()).collect();
        return Err(Error::Settings(format!(
            "the loss {} does not go with the activation {}: it goes with {}",
            loss.word(),
            activation.word(),
            suits.join(", ")
        ))
        .blame(key));
    }
    let classes = loss.is_of_classes();
    let [low, high] = activation.range();
    let outside = |y: &f64| {
        if classes {
            *y != 0.0 && *y != 1.0
        } else {
            !(low..=high).contains(y)
        }
    };
    let Some(i) = data.targets.iter().position(outside) else {
        return Ok(());
    };
    let target = ShortestFloat(data.targets[i]);
    let message = match (classes, activation.word()) {
        (true, _) => format!(
            "the target {target} is no class: the loss {} tells 0 from 1; of more classes a softmax does: \
             mlp with loss=categorical-cross-entropy",
            loss.word()
        ),
        (false, word) if high.is_finite() => format!(
            "the target {target} is not between {} and {}, where a {word} unit answers",
            ShortestFloat(low),
            ShortestFloat(high)
        ),
        (false, word) => {
            format!("the target {target} is below 0, where a {word} unit never answers")
        }
    };
    Err(data.target_error(i, message))
}

/// The article's start, window and learning rate for any network of one layer.
pub(super) fn of_network(title: Text, network: perceptron::Perceptron, output: Output) -> Problem {
    let network = Arc::new(network);
    let features = &network.data().feature_names;
    let mut weight_names: Vec<_> = features
        .iter()
        .map(|name| format!("Weight of {name}"))
        .collect();
    let mut start = vec![-4.0; features.len()];
    if network.trains_bias() {
        weight_names.push("Bias".to_owned());
        start.push(0.0);
    }
    assert_eq!(start.len(), network.dim(), "a weight has no start");
    Problem {
        title,
        weight_names,
        start,
        window: Window::between([-6.0, 6.0, -6.0, 6.0]),
        target: Some(output.loss.half_of_guessing()),
        minima: Vec::new(),
        learning_rate: Some(0.3),
        objective: network.clone(),
        network: Some(network),
    }
}
