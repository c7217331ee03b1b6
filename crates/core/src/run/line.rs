//! The function phi(t) = f(w + t d) that a line search minimizes.

use crate::{numeric::linalg::dot, run::oracle::Oracle};
use std::fmt;

/// The scratch memory of a line search, reused in every step.
#[derive(Clone, Debug)]
pub struct LineSearchScratch {
    /// The point that is evaluated (dim).
    point: Vec<f64>,
    /// The last gradient that was evaluated (dim).
    gradient: Vec<f64>,
    /// The step and the loss of this gradient.
    at: Option<(f64, f64)>,
}

impl LineSearchScratch {
    /// Creates scratch memory for `dim` weights.
    pub fn new(dim: usize) -> Self {
        Self {
            point: vec![0.0; dim],
            gradient: vec![0.0; dim],
            at: None,
        }
    }

    /// Writes the gradient at step `t` into `g` (dim) and returns the loss, if the search evaluated this gradient last.
    pub fn take_gradient(&mut self, t: f64, g: &mut [f64]) -> Option<f64> {
        let (at, loss) = self.at.take()?;
        (at == t).then(|| {
            g.copy_from_slice(&self.gradient);
            loss
        })
    }
}

/// The loss along a search direction.
pub struct SearchLine<'a, 'p> {
    oracle: &'a mut Oracle<'p>,
    origin: &'a [f64],
    direction: &'a [f64],
    scratch: &'a mut LineSearchScratch,
    /// phi(0), which was evaluated with the gradient.
    pub value_at_zero: f64,
    /// phi'(0) = g . d, which is negative for a descent direction.
    pub slope_at_zero: f64,
}

impl<'a, 'p> SearchLine<'a, 'p> {
    /// Creates the line from `origin` along `direction`; `f` and `g` are the loss and the gradient at `origin` (vectors: dim).
    pub fn new(
        oracle: &'a mut Oracle<'p>,
        [origin, direction, g]: [&'a [f64]; 3],
        scratch: &'a mut LineSearchScratch,
        f: f64,
    ) -> Self {
        scratch.at = None;
        Self {
            oracle,
            origin,
            direction,
            scratch,
            value_at_zero: f,
            slope_at_zero: dot(g, direction),
        }
    }

    /// Returns phi(t) with one evaluation of the loss.
    pub fn value(&mut self, t: f64) -> f64 {
        self.set_point(t);
        self.oracle.try_step(t, &self.scratch.point)
    }

    /// Returns phi(t) and phi'(t) with one evaluation of the gradient.
    pub fn value_and_slope(&mut self, t: f64) -> [f64; 2] {
        self.set_point(t);
        let LineSearchScratch {
            point,
            gradient,
            at,
        } = &mut *self.scratch;
        let value = self.oracle.try_gradient(t, point, gradient);
        *at = Some((t, value));
        [value, dot(gradient, self.direction)]
    }

    /// Returns whether the loss falls at t = 0; false if the slope is NaN.
    pub fn is_descent_direction(&self) -> bool {
        self.slope_at_zero < 0.0
    }

    /// Returns whether the step `t` is long enough to change any weight.
    pub fn changes_weights(&self, t: f64) -> bool {
        let mut weights = self.origin.iter().zip(self.direction);
        // An infinite component would change its weight with every step, however short, so it is ignored.
        t > 0.0 && weights.any(|(w, d)| d.is_finite() && w + t * d != *w)
    }

    fn set_point(&mut self, t: f64) {
        let point = self.scratch.point.iter_mut();
        for ((p, w), d) in point.zip(self.origin).zip(self.direction) {
            *p = w + t * d;
        }
    }
}

/// Why there is no step that lowers the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// No point that the line search evaluated lowers the loss.
    NoDescent,
    /// No point that the line search evaluated lowers the loss, because the direction is not a descent direction.
    Uphill,
    /// The loss falls without a limit along the direction of the line search.
    Unbounded,
    /// No damping of a method without a line search gives a step that lowers the loss.
    Damping,
    /// The step that the model of the loss proposes is too short to change the weights, or the model predicts no decrease.
    Model,
}

impl fmt::Display for NoStep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoDescent => {
                "the line search found no step: no point that it evaluated lowers the loss"
            }
            Self::Uphill => {
                "the line search found no step: the direction is not a descent direction"
            }
            Self::Unbounded => {
                "the line search found no step: the loss falls without a limit along the direction"
            }
            Self::Damping => "no damping gives a step that lowers the sum of the squared residuals",
            Self::Model => "the model of the loss proposes no step that changes the weights",
        })
    }
}

/// Selects a step size along a line.
pub trait LineSearch: Send + Sync {
    /// Returns a step t > 0, with phi(t) < phi(0) if the search evaluates the loss, or a rise within the tolerance that a setting
    /// of the search states; `first` is the initial step size.
    ///
    /// # Errors
    /// [`NoStep`] if there is no such step; the run ends.
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep>;
}
