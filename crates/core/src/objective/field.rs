//! A function of two weights, sampled on a rectangle for contour lines, heat maps, and surfaces.

use crate::{
    Error,
    error::finite,
    numeric::number::{join, spread},
    objective::Objective,
};

/// Smallest width of a window relative to its distance from zero.
const MIN_WINDOW_WIDTH: f64 = 1e-9;

/// A rectangle in the plane of two weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Lower and upper end of the first weight.
    pub w1: [f64; 2],
    /// Lower and upper end of the second weight.
    pub w2: [f64; 2],
}

impl Window {
    /// Creates the window from w1min, w1max, w2min, w2max.
    ///
    /// # Errors
    /// An edge is not finite, or a lower edge is not below its upper edge.
    pub fn new([a, b, c, d]: [f64; 4]) -> Result<Self, Error> {
        for v in [a, b, c, d] {
            finite("an edge of the window", v)?;
        }
        let window = join(&[a, b, c, d]);
        let wrong = |why: &str| Err(Error::Settings(format!("the window {window} {why}")));
        if a >= b || c >= d {
            return wrong("is empty; give w1min,w1max,w2min,w2max with min below max");
        }
        for [low, high] in [[a, b], [c, d]] {
            let width = high - low;
            if !width.is_finite() {
                return wrong(
                    "is too wide: its width exceeds the largest number; choose closer edges",
                );
            }
            // Samples must be distinct numbers.
            if width < (MIN_WINDOW_WIDTH * low.abs().max(high.abs())).max(f64::MIN_POSITIVE) {
                return wrong("is too narrow for distinct points; choose edges farther apart");
            }
        }
        Ok(Self::between([a, b, c, d]))
    }

    /// Creates the window from edges that are known to be in order, as in [`new`](Self::new).
    pub(crate) const fn between([a, b, c, d]: [f64; 4]) -> Self {
        Self {
            w1: [a, b],
            w2: [c, d],
        }
    }

    /// Creates the window from numbers in the order of [`new`](Self::new).
    ///
    /// # Errors
    /// There are not exactly four numbers, or they are not a window.
    pub fn of(numbers: &[f64]) -> Result<Self, Error> {
        let wrong = |_| {
            let count = numbers.len();
            Error::Settings(format!(
                "a window has four numbers, not {count}: give w1min,w1max,w2min,w2max"
            ))
        };
        Self::new(numbers.try_into().map_err(wrong)?)
    }

    /// Returns the window, extended so that these points lie inside with a margin. Points that are not finite are
    /// ignored.
    #[must_use]
    pub fn including<'a>(self, points: impl Iterator<Item = &'a [f64]>) -> Self {
        const MARGIN: f64 = 0.04;
        let mut grown = self;
        for w in points.filter(|w| w[..2].iter().all(|v| v.is_finite())) {
            for (span, own, v) in [
                (&mut grown.w1, self.w1, w[0]),
                (&mut grown.w2, self.w2, w[1]),
            ] {
                let margin = MARGIN * (own[1] - own[0]);
                if v < own[0] {
                    span[0] = span[0].min(v - margin);
                }
                if v > own[1] {
                    span[1] = span[1].max(v + margin);
                }
            }
        }
        grown
    }

    /// Returns whether the point lies inside the window or on its edge.
    pub fn contains(&self, w: &[f64]) -> bool {
        (self.w1[0]..=self.w1[1]).contains(&w[0]) && (self.w2[0]..=self.w2[1]).contains(&w[1])
    }
}

/// Samples of a function on a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// First weights, ascending.
    pub xs: Vec<f64>,
    /// Second weights, ascending.
    pub ys: Vec<f64>,
    /// (ys, xs), row-major: the first row lies at the smallest second weight.
    pub values: Vec<f64>,
}

impl Field {
    /// Samples the loss of `objective`, a function of two weights, at `columns` x `rows` points, including the edges.
    pub fn sample(objective: &dyn Objective, window: Window, [columns, rows]: [usize; 2]) -> Self {
        assert_eq!(
            objective.dim(),
            2,
            "a field needs a function of two weights"
        );
        assert!(
            columns >= 2 && rows >= 2,
            "a field needs at least two columns and rows"
        );
        let (xs, ys) = (spread(window.w1, columns), spread(window.w2, rows));
        let mut values = vec![0.0; columns * rows];
        objective.grid(&xs, &ys, &mut values);
        Self { xs, ys, values }
    }

    /// Returns the smallest and the largest finite value, or `None` if no value is finite.
    pub fn range(&self) -> Option<[f64; 2]> {
        let finite = self.values.iter().copied().filter(|v| v.is_finite());
        finite.fold(None, |range, v| {
            let [low, high] = range.unwrap_or([v, v]);
            Some([v.min(low), v.max(high)])
        })
    }

    /// Returns whether samples lie on both sides of a level, so that its contour line is visible.
    pub fn crosses(&self, level: f64) -> bool {
        self.range()
            .is_some_and(|[low, high]| low < level && level <= high)
    }

    /// Interpolates between the samples (bilinear). A point outside is clamped to the field.
    pub fn at(&self, [x, y]: [f64; 2]) -> f64 {
        let (i, s) = cell(&self.xs, x);
        let (j, t) = cell(&self.ys, y);
        let v = |i: usize, j: usize| self.values[j * self.xs.len() + i];
        let low = v(i, j) + s * (v(i + 1, j) - v(i, j));
        let high = v(i, j + 1) + s * (v(i + 1, j + 1) - v(i, j + 1));
        low + t * (high - low)
    }
}

/// Returns the cell of ascending `nodes` that contains `v`, and the relative position in it, from 0 to 1.
fn cell(nodes: &[f64], v: f64) -> (usize, f64) {
    let after = nodes.partition_point(|node| *node <= v);
    let i = after.clamp(1, nodes.len() - 1) - 1;
    let share = (v - nodes[i]) / (nodes[i + 1] - nodes[i]);
    (i, share.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plane;
    impl Objective for Plane {
        fn dim(&self) -> usize {
            2
        }
        fn value(&self, w: &[f64]) -> f64 {
            2.0 * w[0] - 3.0 * w[1]
        }
        fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
            g.copy_from_slice(&[2.0, -3.0]);
            self.value(w)
        }
    }

    #[test]
    fn samples_lie_at_their_nodes() {
        let window = Window::new([-1.0, 2.0, 0.0, 1.0]).unwrap();
        let field = Field::sample(&Plane, window, [4, 3]);
        assert_eq!(field.xs, [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(field.ys, [0.0, 0.5, 1.0]);
        assert_eq!(field.values[4 + 2], 2.0 - 1.5);
        assert_eq!(field.range(), Some([-5.0, 4.0]));
        assert!(field.crosses(0.0) && !field.crosses(-5.0) && !field.crosses(4.5));
        for p in [[-1.0, 0.0], [2.0, 1.0], [0.3, 0.6], [1.0, 0.5]] {
            assert!((field.at(p) - Plane.value(&p)).abs() < 1e-14, "{p:?}");
        }
        assert_eq!(field.at([9.0, 9.0]), Plane.value(&[2.0, 1.0]));
    }

    #[test]
    fn a_window_is_extended_only_as_needed() {
        let window = Window::new([-6.0, 6.0, -6.0, 6.0]).unwrap();
        let inside: [&[f64]; 2] = [&[1.0, 2.0], &[f64::NAN, 9.0]];
        assert_eq!(window.including(inside.into_iter()), window);
        let below: [&[f64]; 1] = [&[3.0, -7.0]];
        let grown = window.including(below.into_iter());
        assert_eq!((grown.w1, grown.w2[1]), (window.w1, 6.0));
        assert!(grown.w2[0] < -7.0 && grown.w2[0] > -8.0);
    }

    #[test]
    fn a_window_must_not_be_empty() {
        assert!(Window::new([1.0, 1.0, 0.0, 1.0]).is_err());
        assert!(Window::new([0.0, 1.0, 0.0, f64::NAN]).is_err());
        assert!(Window::new([-1e308, 1e308, 0.0, 1.0]).is_err());
        assert!(Window::new([1.0, 1.0 + f64::EPSILON, 0.0, 1.0]).is_err());
        assert!(Window::new([0.0, 1e-300, 0.0, 1.0]).is_ok());
        assert!(Window::new([0.0, 1e-320, 0.0, 1.0]).is_err());
    }
}
