//! The inner state of an optimizer, step by step.

use super::Text;

/// The shape of a channel. It decides how the channel can be drawn: as a line, as an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number per run.
    Scalar,
    /// One number per weight.
    Vector,
    /// One number per pair of weights: (dim, dim), row-major.
    Matrix,
    /// One matrix per block of the weights, for its rows: (rows, rows), row-major, one after another.
    LeftFactors,
    /// One matrix per block of the weights, for its columns: (columns, columns), row-major, one after another.
    RightFactors,
    /// Several points or vectors: (count, dim), row-major. The optimizer determines their number.
    Points,
    /// The vertices of a simplex, one more than there are weights: (dim + 1, dim), row-major.
    Simplex,
}

impl Shape {
    /// Returns the number of rows of each square matrix that a value consists of; empty if it is not a matrix.
    ///
    /// `dim` is the number of weights, and `shapes` are the (rows, columns) of their blocks.
    pub fn sides(self, dim: usize, shapes: impl Iterator<Item = [usize; 2]>) -> Vec<usize> {
        match self {
            Self::Scalar | Self::Vector | Self::Points | Self::Simplex => Vec::new(),
            Self::Matrix => vec![dim],
            Self::LeftFactors => shapes.map(|[rows, _]| rows).collect(),
            Self::RightFactors => shapes.map(|[_, columns]| columns).collect(),
        }
    }
}

/// The quantity that a channel measures. It decides in which space the channel is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A displacement of the weights, drawn as an arrow to scale.
    Displacement,
    /// A step size per weight, drawn as a box to scale.
    StepSize,
    /// Weights, drawn as a point.
    Position,
    /// A gradient, drawn as a direction: its length is not in units of weights.
    Gradient,
    /// The squared gradient per weight, or a mean of squared gradients.
    GradientSquared,
    /// Second derivatives or an approximation of them, drawn as an ellipse.
    Curvature,
    /// The inverse of second derivatives or an approximation of it, drawn as an ellipse.
    InverseCurvature,
    /// The covariance of random points around the weights, drawn as an ellipse to scale.
    Covariance,
    /// A loss.
    Value,
    /// A number without a unit.
    Number,
    /// The number of the case of the step, which selects its reason.
    Case,
}

/// One variable of an optimizer's inner state. Its value at an epoch is the value after the step of this epoch; at
/// epoch 0 it is the initial value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Name of the field of the state, and of the column of a trace.
    pub name: Text,
    /// A sentence that describes the value after the step just made. A clause after a semicolon describes a value that
    /// has no meaning, for example before the first step.
    pub help: Text,
    /// Quantity that it measures.
    pub quantity: Quantity,
    /// Shape of its value.
    pub shape: Shape,
}

impl Channel {
    /// Returns the name in words.
    pub fn words(&self) -> String {
        self.name.replace('_', " ")
    }
}

/// A reason for the step of a weight: one case of an optimizer's update rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReason {
    /// What the weight does and why, as the rest of a sentence that begins with the name of the weight.
    pub words: Text,
    /// Formula of the step of a weight. The words are shown for the weights for which the formula holds. If it is
    /// empty, the words are always shown.
    ///
    /// A name in the formula is a channel (after the step), a setting (1 or 0 for a switch), `gradient` or `weight`
    /// (both before the step), or `t`, the number of the step. `before(channel)` is the channel before the step.
    /// `product(matrix)` is the matrix times the gradient, and `solution(matrix)` is its inverse times the gradient.
    /// `rows` and `columns` are the size of the block of the weight. The setting of a component has a dotted name.
    /// `factor` is any number, equal for all weights, for which the formula holds, such as the step size of a line
    /// search; it hides a setting of this name. An expression in square brackets is shown as one number.
    pub step: Text,
    /// The value of the channel with the quantity [`Quantity::Case`] for which this is the reason, or `None` if the formula alone
    /// decides.
    pub case: Option<u32>,
}

impl StepReason {
    /// Creates a reason from its words and its formula.
    pub const fn new(words: &'static str, step: &'static str) -> Self {
        Self {
            words: Text::Borrowed(words),
            step: Text::Borrowed(step),
            case: None,
        }
    }

    /// Creates the reason of a case that the optimizer reports, from its words and its formula.
    pub const fn of_case(case: u32, words: &'static str, step: &'static str) -> Self {
        Self {
            words: Text::Borrowed(words),
            step: Text::Borrowed(step),
            case: Some(case),
        }
    }
}

/// A state with readable fields. The derive macro makes one channel per field.
pub trait Inspect {
    /// The channels, in the order of the fields.
    const CHANNELS: &'static [Channel];
    /// Calls `visit` with each channel and its numbers, in the order of [`CHANNELS`](Self::CHANNELS).
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64]));
    /// Calls `visit` with the buffer of each channel, (rows, runs) row-major, so that runs can be removed.
    fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>));
}

/// The state of an optimizer without memory.
impl Inspect for () {
    const CHANNELS: &'static [Channel] = &[];
    fn read(&self, _: &mut dyn FnMut(&Channel, &[f64])) {}
    fn vectors(&mut self, _: &mut dyn FnMut(&mut Vec<f64>)) {}
}

/// A state whose initial values are zeros. It can be derived if every field is a channel or has a default.
pub trait Zeros {
    /// Returns the initial state of a batch of `runs` runs with `dim` weights each.
    fn zeros(dim: usize, runs: usize) -> Self;
}

impl Zeros for () {
    fn zeros(_: usize, _: usize) {}
}

/// A field type that can be a channel.
pub trait ChannelField {
    /// Shape of its value.
    const SHAPE: Shape;
    /// Returns zeros for `runs` runs with `dim` weights each.
    fn zeros(dim: usize, runs: usize) -> Self;
    /// Returns its numbers.
    fn as_slice(&self) -> &[f64];
    /// Returns the buffer of its numbers, (rows, runs) row-major, or `None` if all runs share the value.
    fn vector(&mut self) -> Option<&mut Vec<f64>>;
}

/// One number per weight and run: (dim, runs), row-major.
impl ChannelField for Vec<f64> {
    const SHAPE: Shape = Shape::Vector;
    fn zeros(dim: usize, runs: usize) -> Self {
        vec![0.0; dim * runs]
    }
    fn as_slice(&self) -> &[f64] {
        self
    }
    fn vector(&mut self) -> Option<&mut Vec<f64>> {
        Some(self)
    }
}

/// One number that depends only on the epoch, so that all runs of a batch share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedScalar(pub f64);

impl ChannelField for SharedScalar {
    const SHAPE: Shape = Shape::Scalar;
    fn zeros(_: usize, _: usize) -> Self {
        Self(0.0)
    }
    fn as_slice(&self) -> &[f64] {
        std::slice::from_ref(&self.0)
    }
    fn vector(&mut self) -> Option<&mut Vec<f64>> {
        None
    }
}

/// A matrix of a single run: (dim, dim), row-major.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix(pub Vec<f64>);

impl ChannelField for Matrix {
    const SHAPE: Shape = Shape::Matrix;
    fn zeros(dim: usize, _: usize) -> Self {
        Self(vec![0.0; dim * dim])
    }
    fn as_slice(&self) -> &[f64] {
        &self.0
    }
    fn vector(&mut self) -> Option<&mut Vec<f64>> {
        None
    }
}

/// Implements a channel of a single run whose size the optimizer determines.
macro_rules! unsized_channels {
    ($($(#[$doc:meta])* $name:ident),+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name(pub Vec<f64>);

        impl ChannelField for $name {
            const SHAPE: Shape = Shape::$name;
            fn zeros(_: usize, _: usize) -> Self {
                Self::default()
            }
            fn as_slice(&self) -> &[f64] {
                &self.0
            }
            fn vector(&mut self) -> Option<&mut Vec<f64>> {
                None
            }
        }
    )+};
}
unsized_channels!(
    /// One matrix (rows, rows) per block. The rule creates it, because its size depends on the blocks.
    LeftFactors,
    /// One matrix (columns, columns) per block. The rule creates it, because its size depends on the blocks.
    RightFactors,
    /// Several points or vectors (count, dim), row-major.
    Points,
    /// The vertices of a simplex (dim + 1, dim), row-major.
    Simplex
);

/// One number per run, such as its loss.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRunScalar(pub Vec<f64>);

impl ChannelField for PerRunScalar {
    const SHAPE: Shape = Shape::Scalar;
    fn zeros(_: usize, runs: usize) -> Self {
        Self(vec![0.0; runs])
    }
    fn as_slice(&self) -> &[f64] {
        &self.0
    }
    fn vector(&mut self) -> Option<&mut Vec<f64>> {
        Some(&mut self.0)
    }
}
