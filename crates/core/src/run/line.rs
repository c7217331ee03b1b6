//! phi(t) = f(w + t d): all that a line search sees.

use crate::{numeric::linalg::dot, run::oracle::Oracle};
use std::fmt;

/// Where a line search works, kept from step to step.
#[derive(Clone, Debug)]
pub struct LineSearchScratch {
    /// The point that is tried (dim).
    point: Vec<f64>,
    /// The gradient at the step that was last asked for its slope (dim).
    gradient: Vec<f64>,
    /// That step, and the loss there.
    at: Option<(f64, f64)>,
}

impl LineSearchScratch {
    /// Room for searches among `dim` weights.
    pub fn new(dim: usize) -> Self {
        Self {
            point: vec![0.0; dim],
            gradient: vec![0.0; dim],
            at: None,
        }
    }

    /// Writes the gradient at step `t` into `g` and returns the loss there, if the search has just asked for them.
    pub fn take(&mut self, t: f64, g: &mut [f64]) -> Option<f64> {
        let (at, loss) = self.at.take()?;
        (at == t).then(|| {
            g.copy_from_slice(&self.gradient);
            loss
        })
    }
}

/// The loss along a direction.
pub struct SearchLine<'a, 'p> {
    oracle: &'a mut Oracle<'p>,
    origin: &'a [f64],
    direction: &'a [f64],
    room: &'a mut LineSearchScratch,
    /// phi(0), known from the gradient that gave the direction.
    pub value_at_zero: f64,
    /// phi'(0) = g . d; negative, or there is nothing to search.
    pub slope_at_zero: f64,
}

impl<'a, 'p> SearchLine<'a, 'p> {
    /// The line from `origin` along `direction`, where the loss is `f` and its gradient `g`, all of
    /// length dim.
    pub fn new(
        oracle: &'a mut Oracle<'p>,
        [origin, direction, g]: [&'a [f64]; 3],
        room: &'a mut LineSearchScratch,
        f: f64,
    ) -> Self {
        room.at = None;
        Self {
            oracle,
            origin,
            direction,
            room,
            value_at_zero: f,
            slope_at_zero: dot(g, direction),
        }
    }

    /// phi(t), at the price of one evaluation of the loss.
    pub fn value(&mut self, t: f64) -> f64 {
        self.go(t);
        self.oracle.try_step(t, &self.room.point)
    }

    /// phi(t) and phi'(t), at the price of one gradient.
    pub fn value_and_slope(&mut self, t: f64) -> [f64; 2] {
        self.go(t);
        let LineSearchScratch {
            point,
            gradient,
            at,
        } = &mut *self.room;
        let value = self.oracle.try_gradient(t, point, gradient);
        *at = Some((t, value));
        [value, dot(gradient, self.direction)]
    }

    /// Whether the loss falls where the line begins; not where its slope is no number.
    pub fn begins_downhill(&self) -> bool {
        self.slope_at_zero < 0.0
    }

    /// Whether the step `t` is long enough to move any weight at all.
    pub fn moves(&self, t: f64) -> bool {
        let mut weights = self.origin.iter().zip(self.direction);
        // A direction without an end never stops to move, however short the step: it is no direction.
        t > 0.0 && weights.any(|(w, d)| d.is_finite() && w + t * d != *w)
    }

    fn go(&mut self, t: f64) {
        let point = self.room.point.iter_mut();
        for ((p, w), d) in point.zip(self.origin).zip(self.direction) {
            *p = w + t * d;
        }
    }
}

/// Why a line search found no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// No point that was tried is lower than where the line begins.
    NoDescent,
    /// The same, and the loss does not even fall where the line begins: the direction is to blame.
    Uphill,
    /// The loss falls along the line without end.
    Unbounded,
}

impl fmt::Display for NoStep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoDescent => "no point that it tried is lower than where the line begins",
            Self::Uphill => "the direction does not lead downhill",
            Self::Unbounded => "the loss falls along the line without end",
        })
    }
}

/// Says how far to go along a line.
pub trait LineSearch: Send + Sync {
    /// A step t > 0, with phi(t) < phi(0) if the search looks at the loss at all; `first` is the first step worth
    /// trying.
    ///
    /// # Errors
    /// [`NoStep`] where there is none, which ends the run.
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep>;
}
