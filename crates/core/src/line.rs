//! phi(t) = f(w + t d): all that a line search sees.

use crate::oracle::Oracle;
use std::fmt;

/// The loss along a direction.
pub struct Line<'a, 'p> {
    oracle: &'a mut Oracle<'p>,
    origin: &'a [f64],
    direction: &'a [f64],
    point: &'a mut [f64],
    /// phi(0), known from the gradient that gave the direction.
    pub value_at_zero: f64,
    /// phi'(0) = g . d; negative, or there is nothing to search.
    pub slope_at_zero: f64,
}

impl<'a, 'p> Line<'a, 'p> {
    /// The line from `origin` along `direction`, where the loss is `f` and its gradient `g`; `point` is room to work in.
    ///
    /// All slices have length dim.
    pub fn new(
        oracle: &'a mut Oracle<'p>,
        [origin, direction, g]: [&'a [f64]; 3],
        point: &'a mut [f64],
        f: f64,
    ) -> Self {
        Self {
            oracle,
            origin,
            direction,
            point,
            value_at_zero: f,
            slope_at_zero: g.iter().zip(direction).map(|(g, d)| g * d).sum(),
        }
    }

    /// phi(t), at the price of one evaluation of the loss.
    pub fn value(&mut self, t: f64) -> f64 {
        for ((p, w), d) in self.point.iter_mut().zip(self.origin).zip(self.direction) {
            *p = w + t * d;
        }
        self.oracle.try_step(t, self.point)
    }
}

/// Why a line search found no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// Nothing on the line is lower than where it begins.
    NoDescent,
    /// The loss falls along the line without end.
    Unbounded,
}

impl fmt::Display for NoStep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoDescent => "nothing on the line is lower than its beginning",
            Self::Unbounded => "the loss falls along the line without end",
        })
    }
}

/// Says how far to go along a line.
pub trait LineSearch: Send + Sync {
    /// A step t > 0 with phi(t) < phi(0); `first` is the first step worth trying.
    ///
    /// # Errors
    /// [`NoStep`] where there is none, which ends the run.
    fn search(&self, line: &mut Line, first: f64) -> Result<f64, NoStep>;
}
