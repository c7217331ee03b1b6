//! The structure of a network, from which its loss can be written in another language.

use super::{activation::Activation, mlp::Head, perceptron::Bias};

/// The structure of a network of fully connected layers.
///
/// The blocks of its weights are, for each layer, a matrix (inputs, units) and, if the bias is trained, one bias per unit. The
/// matrix of a perceptron is (1, inputs).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Architecture {
    /// Number of layers.
    pub layers: usize,
    /// Activation function of all layers except the last.
    pub hidden: Activation,
    /// The last layer and the loss.
    pub head: Head,
    /// The bias of every unit.
    pub bias: Bias,
}
