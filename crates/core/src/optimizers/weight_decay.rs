//! Weight decay: a pull of every weight towards zero, in its two forms.

use crate::numeric::linalg::add_scaled;

/// Adds the gradient of the penalty `weight_decay` / 2 `w`^2 to the gradient `g`: the pull goes through all that the
/// optimizer makes of a gradient.
pub(super) fn couple(g: &mut [f64], w: &[f64], weight_decay: f64) {
    if weight_decay != 0.0 {
        add_scaled(g, weight_decay, w);
    }
}

/// Takes the given share of the weights `w` away with the displacement `d`: the pull goes past the optimizer.
pub(super) fn decouple(d: &mut [f64], w: &[f64], share: f64) {
    if share != 0.0 {
        add_scaled(d, -share, w);
    }
}
