//! What an optimizer shows of its inner state, step by step.

/// How many numbers a reading has and how they lie decides how it can be drawn: a line, an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number a run.
    Scalar,
    /// One number a weight.
    Vector,
}

/// What a reading measures, and so in which space it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A move in the space of weights: an arrow to scale.
    Displacement,
    /// A length along each weight's axis: a box to scale.
    StepSize,
    /// A gradient: its direction counts, its length is not in units of weights.
    Gradient,
    /// A loss.
    Value,
    /// A bare number.
    Number,
}

/// One thing that an optimizer shows at every epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Name of the state's field, and of the trace's column.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub help: &'static str,
    /// What it measures.
    pub quantity: Quantity,
    /// How its numbers lie.
    pub shape: Shape,
}

/// A state whose fields can be read; derived, with one channel a field.
pub trait Inspect {
    /// The channels, in the order of the fields.
    const CHANNELS: &'static [Channel];
    /// Shows each channel with its numbers, in the order of [`CHANNELS`](Self::CHANNELS).
    fn read(&self, visit: &mut dyn FnMut(&'static Channel, &[f64]));
    /// Shows the room that each channel lies in, (rows, runs) row-major, so that runs can be taken out.
    fn rooms(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>));
}

/// An optimizer that remembers nothing.
impl Inspect for () {
    const CHANNELS: &'static [Channel] = &[];
    fn read(&self, _: &mut dyn FnMut(&'static Channel, &[f64])) {}
    fn rooms(&mut self, _: &mut dyn FnMut(&mut Vec<f64>)) {}
}

/// A field type that can be a channel.
pub trait Reading {
    /// How its numbers lie.
    const SHAPE: Shape;
    /// Its numbers.
    fn as_slice(&self) -> &[f64];
    /// The room that they lie in.
    fn room(&mut self) -> &mut Vec<f64>;
}

/// One number a weight and run: (dim, runs), row-major.
impl Reading for Vec<f64> {
    const SHAPE: Shape = Shape::Vector;
    fn as_slice(&self) -> &[f64] {
        self
    }
    fn room(&mut self) -> &mut Vec<f64> {
        self
    }
}

/// One number a run, such as its loss.
#[derive(Clone, Debug, PartialEq)]
pub struct PerRun(pub Vec<f64>);

impl Reading for PerRun {
    const SHAPE: Shape = Shape::Scalar;
    fn as_slice(&self) -> &[f64] {
        &self.0
    }
    fn room(&mut self) -> &mut Vec<f64> {
        &mut self.0
    }
}
