//! The quadratic model of the loss around a point, from second derivatives or their approximation.

use super::vectors::minus;
use crate::form::{eigenvalues, symmetric};
use crate::prelude::*;
use thalweg::{inspect::Channel, number::spread};

/// m(d) = g.d + d.B d / 2 for a displacement d from a point.
pub(super) struct Model {
    origin: [f64; 2],
    gradient: [f64; 2],
    /// B as its two diagonal elements and the off-diagonal element.
    b: [f64; 3],
}

impl Model {
    /// Creates the model of a channel that contains second derivatives or their inverse.
    pub(super) fn new(
        origin: [f64; 2],
        gradient: [f64; 2],
        channel: &Channel,
        numbers: &[f64],
    ) -> Option<Self> {
        let matrix = symmetric(channel.shape, numbers)?;
        let b = match channel.quantity {
            Quantity::Curvature => matrix,
            Quantity::InverseCurvature => {
                let [a, c, mixed] = matrix;
                let determinant = a * c - mixed * mixed;
                [c, a, -mixed].map(|v| v / determinant)
            }
            _ => return None,
        };
        let is_something = b.iter().all(|v| v.is_finite()) && b != [0.0; 3];
        is_something.then_some(Self {
            origin,
            gradient,
            b,
        })
    }

    /// Returns the change of the loss from the origin to `w` that the model predicts.
    pub(super) fn at(&self, w: [f64; 2]) -> f64 {
        let [x, y] = minus(w, self.origin);
        let [a, c, mixed] = self.b;
        let slope = self.gradient[0] * x + self.gradient[1] * y;
        slope + 0.5 * (a * x * x + 2.0 * mixed * x * y + c * y * y)
    }

    /// Returns the minimum of the model, if it has one.
    pub(super) fn minimum(&self) -> Option<[f64; 2]> {
        let [a, c, mixed] = self.b;
        let determinant = a * c - mixed * mixed;
        let [g, h] = self.gradient;
        let d = [(mixed * h - c * g), (mixed * g - a * h)].map(|v| v / determinant);
        let w = [self.origin[0] + d[0], self.origin[1] + d[1]];
        let is_bowl = eigenvalues(self.b)[0] > 0.0;
        (is_bowl && w.iter().all(|v| v.is_finite())).then_some(w)
    }

    /// Samples the model in a window, for its contour lines.
    pub(super) fn field(&self, window: Window, samples: usize) -> Field {
        let (xs, ys) = (spread(window.w1, samples), spread(window.w2, samples));
        let rows = ys.iter().flat_map(|y| xs.iter().map(|x| self.at([*x, *y])));
        Field {
            values: rows.collect(),
            xs,
            ys,
        }
    }
}
