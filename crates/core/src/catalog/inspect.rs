//! What an optimizer shows of its inner state, step by step.

use super::Text;

/// How many numbers a reading has and how they lie decides how it can be drawn: a line, an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number a run.
    Scalar,
    /// One number a weight.
    Vector,
    /// One number a pair of weights: (dim, dim), row-major.
    Matrix,
}

/// What a reading measures, and so in which space it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A move in the space of weights: an arrow to scale.
    Displacement,
    /// A length along each weight's axis: a box to scale.
    StepSize,
    /// A place in the space of weights: a point.
    Position,
    /// A gradient: its direction counts, its length is not in units of weights.
    Gradient,
    /// The square of a gradient, weight by weight, or a mean of such squares.
    GradientSquared,
    /// Second derivatives, or what stands for them: an ellipse.
    Curvature,
    /// The inverse of second derivatives, or what stands for it: an ellipse.
    InverseCurvature,
    /// A loss.
    Value,
    /// A bare number.
    Number,
}

/// One thing that an optimizer shows at every epoch: what it holds after the step that led there, or at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Name of the state's field, and of the trace's column.
    pub name: Text,
    /// What it is, in a sentence that is true beside its numbers, and so names times as the step does that was just made.
    /// What it is where it has no sense yet or any more stands behind a semicolon.
    pub help: Text,
    /// What it measures.
    pub quantity: Quantity,
    /// How its numbers lie.
    pub shape: Shape,
}

/// Why a weight moves as it does: one case that an optimizer's steps may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReason {
    /// What a weight does and why, to follow its name in a sentence.
    pub words: Text,
    /// The move of a weight by the numbers that explain it; the words are said of the weights for which it is true. Empty
    /// where no numbers that are shown explain it, so that the words are always true.
    ///
    /// A name is that of a channel after the step, of a setting (1 or 0 for a switch), `gradient` or `weight`, each where the step began, or
    /// `t`, the number of the step. `before(channel)` is the channel before the step, `product(matrix)` that matrix times
    /// the gradient and `solution(matrix)` its inverse times the gradient; `factor` is whatever number, the same for all
    /// weights, makes it true: a line search's. What stands in square brackets is told as one number.
    pub step: Text,
}

impl StepReason {
    /// A case with its words and its formula.
    pub const fn new(words: &'static str, step: &'static str) -> Self {
        Self {
            words: Text::Borrowed(words),
            step: Text::Borrowed(step),
        }
    }
}

/// A state whose fields can be read; derived, with one channel a field.
pub trait Inspect {
    /// The channels, in the order of the fields.
    const CHANNELS: &'static [Channel];
    /// Shows each channel with its numbers, in the order of [`CHANNELS`](Self::CHANNELS).
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64]));
    /// Shows the room that each channel lies in, (rows, runs) row-major, so that runs can be taken out.
    fn rooms(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>));
}

/// An optimizer that remembers nothing.
impl Inspect for () {
    const CHANNELS: &'static [Channel] = &[];
    fn read(&self, _: &mut dyn FnMut(&Channel, &[f64])) {}
    fn rooms(&mut self, _: &mut dyn FnMut(&mut Vec<f64>)) {}
}

/// A state that begins with zeros; derived, where every field is a channel or can be made by default.
pub trait Zeros {
    /// The state of `runs` runs side by side, of `dim` weights each, before their first step.
    fn zeros(dim: usize, runs: usize) -> Self;
}

impl Zeros for () {
    fn zeros(_: usize, _: usize) {}
}

/// A field type that can be a channel.
pub trait ChannelField {
    /// How its numbers lie.
    const SHAPE: Shape;
    /// As many zeros as it has numbers for `runs` runs of `dim` weights.
    fn zeros(dim: usize, runs: usize) -> Self;
    /// Its numbers.
    fn as_slice(&self) -> &[f64];
    /// The room that they lie in, (rows, runs) row-major; none where the reading is the same for all runs.
    fn room(&mut self) -> Option<&mut Vec<f64>>;
}

/// One number a weight and run: (dim, runs), row-major.
impl ChannelField for Vec<f64> {
    const SHAPE: Shape = Shape::Vector;
    fn zeros(dim: usize, runs: usize) -> Self {
        vec![0.0; dim * runs]
    }
    fn as_slice(&self) -> &[f64] {
        self
    }
    fn room(&mut self) -> Option<&mut Vec<f64>> {
        Some(self)
    }
}

/// One number that depends on the epoch alone and so is the same for all runs that march in step.
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
    fn room(&mut self) -> Option<&mut Vec<f64>> {
        None
    }
}

/// A matrix of one run by itself: (dim, dim), row-major.
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
    fn room(&mut self) -> Option<&mut Vec<f64>> {
        None
    }
}

/// One number a run, such as its loss.
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
    fn room(&mut self) -> Option<&mut Vec<f64>> {
        Some(&mut self.0)
    }
}
