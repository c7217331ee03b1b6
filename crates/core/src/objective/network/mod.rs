//! Networks as functions of their features, for drawing predictions and decision boundaries.

use crate::objective::data::DataSet;
use architecture::Architecture;

pub mod activation;
pub mod architecture;
pub mod loss;
pub mod mlp;
pub mod perceptron;

/// A network with trainable weights, evaluated for any features.
pub trait Network: Send + Sync {
    /// Returns the training data.
    fn data(&self) -> &DataSet;

    /// Returns the structure of the network.
    fn architecture(&self) -> Architecture;

    /// Returns the number of outputs: one, or one per class.
    fn outputs(&self) -> usize;

    /// Writes the weighted sums of the output units into `sums` (outputs), for the `features` of one sample and the
    /// weights `w` (dim).
    ///
    /// A prediction increases with its sum. Unlike predictions, sums do not saturate far from a decision boundary, so
    /// the boundary can be traced in them. With several outputs, the largest one determines the class.
    fn sums(&self, features: &[f64], w: &[f64], sums: &mut [f64]);

    /// Returns the prediction of a single output with this weighted sum.
    fn prediction(&self, sum: f64) -> f64;

    /// Returns the sum for which a single output is halfway between two targets.
    fn between(&self, low: f64, high: f64) -> f64;
}
