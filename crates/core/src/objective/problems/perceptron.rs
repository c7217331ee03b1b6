//! A perceptron on a data set.

use super::prelude::*;

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

impl Build<Problem> for PerceptronProblem {
    fn build(self) -> Result<Problem, Error> {
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
        let mut problem = one_layer(Self::ABOUT.title, self.data.clone(), output, bias)?;
        if let (BiasKind::Trained, Some(last)) = (self.bias, problem.start.last_mut()) {
            *last = self.bias_value;
        }
        Ok(problem)
    }
}

/// Creates the problem of a perceptron on any data.
///
/// # Errors
/// The loss is incompatible with the activation, or a target is outside its range.
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
    Err(data.target_error(i, message))
}

/// Creates the problem of a perceptron with the initial point, window, and learning rate of the article.
pub(super) fn of_network(title: Text, network: perceptron::Perceptron, output: Output) -> Problem {
    let network = Arc::new(network);
    let features = &network.data().feature_names;
    let mut weight_names: Vec<_> = features.iter().map(|name| format!("w({name})")).collect();
    let mut start = vec![-4.0; features.len()];
    if network.trains_bias() {
        weight_names.push("Bias".to_owned());
        start.push(0.0);
    }
    assert_eq!(
        start.len(),
        network.dim(),
        "every weight needs an initial value"
    );
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
