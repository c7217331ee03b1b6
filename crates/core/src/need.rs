//! Capabilities of an objective besides the loss and its gradient.

use std::fmt;

/// A capability that an optimizer needs from an objective, besides the loss and its gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Second derivatives.
    Hessian,
    /// Residuals and their derivatives.
    Residuals,
}

impl fmt::Display for Need {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Hessian => "second derivatives",
            Self::Residuals => "residuals (a loss that is a sum of squares)",
        })
    }
}
