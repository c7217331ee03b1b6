//! The problem of the article from which this project started.

use super::{perceptron::of_network, prelude::*};
use crate::objective::data_sets::SixPoints;

/// The network of the article: a sigmoid unit with two weights and no bias on six points. Its loss can be drawn as a map.
///
/// ```text
/// p = sigmoid(w . x)          E(w) = mean((p - y)^2)
/// ```
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "article",
    title = "Two-weight network",
    cite = "shevchuk2015visualize"
)]
pub struct ArticleProblem {}

impl Build<Problem> for ArticleProblem {
    fn build(self) -> Result<Problem, Error> {
        let output = Output {
            activation: Activation::Sigmoid,
            loss: Loss::Mse,
        };
        let network = perceptron::Perceptron::new(SixPoints {}.build()?, output, Bias::None);
        let names = ["First weight", "Second weight"];
        Ok(Problem {
            weight_names: names.map(str::to_owned).to_vec(),
            ..of_network(Self::ABOUT.title, network, output)
        })
    }
}
