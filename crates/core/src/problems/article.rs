//! The problem of the article that this project began with.

use super::{Posed, Problem};
use crate::{
    Error,
    catalog::Describe as _,
    data::DataSet,
    field::Window,
    perceptron::{Activation, Perceptron},
};
use std::sync::Arc;
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

/// Two features and the target of each point.
const POINTS: [[f64; 3]; 6] = [
    [0.9, 0.3, 1.0],
    [0.5, 0.3, 1.0],
    [0.2, 0.1, 1.0],
    [0.7, 0.5, 0.0],
    [0.1, 0.8, 0.0],
    [0.1, 0.9, 0.0],
];

impl Posed for Article {
    fn pose(&self) -> Result<Problem, Error> {
        let data = DataSet {
            feature_names: vec!["First feature".to_owned(), "Second feature".to_owned()],
            features: POINTS.iter().flat_map(|[a, b, _]| [*a, *b]).collect(),
            target_name: "class".to_owned(),
            targets: POINTS.iter().map(|[_, _, y]| *y).collect(),
        };
        let network = Perceptron::new(data, Activation::Sigmoid);
        let names = ["First weight", "Second weight"];
        Ok(Problem {
            weight_names: names.map(str::to_owned).to_vec(),
            ..of_network(Self::ABOUT.title, network)
        })
    }
}

/// The article's start, window, target and learning rate for any network of one layer.
pub(super) fn of_network(title: &'static str, network: Perceptron) -> Problem {
    let network = Arc::new(network);
    let names = &network.data().feature_names;
    Problem {
        title,
        weight_names: names
            .iter()
            .map(|name| format!("Weight of {name}"))
            .collect(),
        start: vec![-4.0; names.len()],
        window: Window {
            w1: [-6.0, 6.0],
            w2: [-6.0, 6.0],
        },
        target: Some(0.125),
        minima: Vec::new(),
        learning_rate: Some(0.3),
        objective: network.clone(),
        network: Some(network),
    }
}
