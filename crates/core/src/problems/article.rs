//! The problem of the article that this project began with.

use super::{Posed, Problem, perceptron::of_network};
use crate::{
    Error,
    activation::Activation,
    catalog::Describe as _,
    data_sets::{SixPoints, Supply as _},
    loss::{Loss, Output},
    perceptron::{Bias, Perceptron},
};
use thalweg_macros::Describe;

/// Six points, two weights: a sigmoid unit without bias, so that the error of every network is a map.
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
pub struct Article {}

impl Posed for Article {
    fn pose(&self) -> Result<Problem, Error> {
        let output = Output {
            activation: Activation::Sigmoid,
            loss: Loss::Mse,
        };
        let network = Perceptron::new(SixPoints {}.supply()?, output, Bias::None);
        let names = ["First weight", "Second weight"];
        Ok(Problem {
            weight_names: names.map(str::to_owned).to_vec(),
            ..of_network(Self::ABOUT.title, network, output)
        })
    }
}
