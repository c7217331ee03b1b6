//! A network as its data sees it: where it tells one class from another.

use crate::objective::data::DataSet;

pub mod activation;
pub mod loss;
pub mod mlp;
pub mod perceptron;

/// A network whose weights are trained: what it makes of any features.
pub trait Network: Send + Sync {
    /// What it learns from.
    fn data(&self) -> &DataSet;

    /// Number of outputs: one, or one a class.
    fn outputs(&self) -> usize;

    /// Writes the weighted sums of the output units into `sums` (outputs), for one sample's `features` and the weights
    /// `w` (dim).
    ///
    /// An answer grows with its sum. Unlike answers, sums do not go flat far from a border, so that borders can be traced
    /// in them. Of several outputs the greatest names the class.
    fn sums(&self, features: &[f64], w: &[f64], sums: &mut [f64]);

    /// The sum at which a single output stands half way between two targets.
    fn between(&self, low: f64, high: f64) -> f64;
}
