//! A surface through the pixels of a picture with continuous second derivatives.

use super::picture::Picture;
use crate::objective::{Objective, TwiceDifferentiable};

/// A cubic spline through the pixels, mirrored at the outermost pixels, which makes its slope across the edge zero. Outside of
/// the picture, the loss is that of the nearest edge plus the squared distance times the height.
#[derive(Clone, Debug)]
pub(super) struct SplineSurface {
    /// Number of columns and rows.
    size: [usize; 2],
    /// Coefficients of the cubic B-splines, multiplied by the height: (rows, columns).
    coefficients: Vec<f64>,
    /// Distance of two pixels in units of the weights.
    pixel: f64,
    height: f64,
}

/// Value, slope, and second derivative along one axis.
type Derivatives = [f64; 3];

impl SplineSurface {
    /// Creates the surface in the middle of the plane.
    pub(super) fn new(picture: &Picture, pixel: f64, height: f64) -> Self {
        let [columns, rows] = picture.size;
        let mut coefficients: Vec<f64> = picture.pixels.iter().map(|v| height * v).collect();
        for row in coefficients.chunks_exact_mut(columns) {
            interpolate(row);
        }
        let mut column = vec![0.0; rows];
        for x in 0..columns {
            for (y, v) in column.iter_mut().enumerate() {
                *v = coefficients[y * columns + x];
            }
            interpolate(&mut column);
            for (y, v) in column.iter().enumerate() {
                coefficients[y * columns + x] = *v;
            }
        }
        Self {
            size: picture.size,
            coefficients,
            pixel,
            height,
        }
    }

    /// Returns the position on an axis of the pixels, inside of the picture, and the distance from there in units of the
    /// weights.
    fn place(&self, w: f64, axis: usize) -> (f64, f64) {
        let last = (self.size[axis] - 1) as f64;
        let position = w / self.pixel + 0.5 * last;
        let inside = position.clamp(0.0, last);
        (inside, (position - inside) * self.pixel)
    }

    /// Returns the derivatives of the spline: the element (i, j) is the i-th along x and the j-th along y, at most the
    /// second ones, in units of the pixels.
    fn spline(&self, [x, y]: [f64; 2]) -> [Derivatives; 3] {
        let [columns, rows] = self.size;
        let (first_column, across) = basis(x, columns);
        let (first_row, along) = basis(y, rows);
        let mut sums = [[0.0; 3]; 3];
        for (row, along) in along.iter().enumerate() {
            let row = mirrored(first_row + row, rows) * columns;
            let mut partial = [0.0; 3];
            for (column, across) in across.iter().enumerate() {
                let column = mirrored(first_column + column, columns);
                let coefficient = self.coefficients[row + column];
                for (partial, weight) in partial.iter_mut().zip(across) {
                    *partial += weight * coefficient;
                }
            }
            for (sums, partial) in sums.iter_mut().zip(partial) {
                for (sum, weight) in sums.iter_mut().zip(along) {
                    *sum += weight * partial;
                }
            }
        }
        sums
    }
}

impl Objective for SplineSurface {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.value_and_gradient(w, &mut [0.0; 2])
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let (x, left_x) = self.place(w[0], 0);
        let (y, left_y) = self.place(w[1], 1);
        let spline = self.spline([x, y]);
        g[0] = slope(spline[1][0] / self.pixel, left_x, self.height);
        g[1] = slope(spline[0][1] / self.pixel, left_y, self.height);
        spline[0][0] + self.height * (left_x * left_x + left_y * left_y)
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }
}

/// Returns the slope along one axis, given that of the spline and the distance from the picture.
fn slope(inside: f64, distance: f64, height: f64) -> f64 {
    if distance == 0.0 {
        inside
    } else {
        2.0 * height * distance
    }
}

impl TwiceDifferentiable for SplineSurface {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let (x, left_x) = self.place(w[0], 0);
        let (y, left_y) = self.place(w[1], 1);
        let spline = self.spline([x, y]);
        let square = self.pixel * self.pixel;
        let bend = |inside: f64, distance: f64| {
            if distance == 0.0 {
                inside / square
            } else {
                2.0 * self.height
            }
        };
        let is_inside = left_x == 0.0 && left_y == 0.0;
        let mixed = if is_inside {
            spline[1][1] / square
        } else {
            0.0
        };
        h.copy_from_slice(&[
            bend(spline[2][0], left_x),
            mixed,
            mixed,
            bend(spline[0][2], left_y),
        ]);
    }
}

/// Returns the index of the first of the four B-splines at a position, counted from 1, and their derivatives there. `count` is
/// the number of pixels.
fn basis(position: f64, count: usize) -> (usize, [Derivatives; 4]) {
    // The last pixel belongs to the last interval. A position that is not a number stays one.
    let cell = position.floor().clamp(0.0, (count - 2) as f64);
    let t = position - cell;
    let s = 1.0 - t;
    let derivatives = [
        [s * s * s / 6.0, -0.5 * s * s, s],
        [
            (4.0 + 3.0 * t * t * (t - 2.0)) / 6.0,
            t * (1.5 * t - 2.0),
            3.0 * t - 2.0,
        ],
        [
            (4.0 + 3.0 * s * s * (s - 2.0)) / 6.0,
            s * (2.0 - 1.5 * s),
            3.0 * s - 2.0,
        ],
        [t * t * t / 6.0, 0.5 * t * t, t],
    ];
    (cell as usize, derivatives)
}

/// Returns the index inside that mirrors an index at most one outside. `i` is counted from 1, so that the index before the first
/// one is 0.
fn mirrored(i: usize, count: usize) -> usize {
    let i = i.abs_diff(1);
    i.min(2 * (count - 1) - i)
}

/// Replaces values by the coefficients of the cubic B-splines whose sum has these values, with mirrored ends: solves c[i-1] +
/// 4 c[i] + c[i+1] = 6 v[i].
fn interpolate(values: &mut [f64]) {
    let last = values.len() - 1;
    let mut ratios = vec![0.0; values.len()];
    // At both ends, the neighbor outside is the one inside.
    let (mut ratio, mut carried) = (0.0, 0.0);
    for (i, v) in values.iter_mut().enumerate() {
        let below = if i == last { 2.0 } else { 1.0 };
        let above = if i == 0 { 2.0 } else { 1.0 };
        let below = if i == 0 { 0.0 } else { below };
        let pivot = 4.0 - below * ratio;
        carried = (6.0 * *v - below * carried) / pivot;
        ratio = above / pivot;
        (*v, ratios[i]) = (carried, ratio);
    }
    for i in (0..last).rev() {
        values[i] -= ratios[i] * values[i + 1];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIXELS: [f64; 12] = [0.1, 0.9, 0.3, 0.5, 0.7, 0.2, 0.8, 0.4, 0.6, 1.0, 0.0, 0.5];

    fn surface() -> SplineSurface {
        let picture = Picture {
            size: [4, 3],
            pixels: PIXELS.to_vec(),
        };
        SplineSurface::new(&picture, 2.0, 3.0)
    }

    #[test]
    fn the_surface_passes_through_the_pixels() {
        let surface = surface();
        for (i, v) in PIXELS.iter().enumerate() {
            let w = [(i % 4) as f64 * 2.0 - 3.0, (i / 4) as f64 * 2.0 - 2.0];
            assert!((surface.value(&w) - 3.0 * v).abs() < 1e-14, "{i}");
        }
    }

    #[test]
    fn loss_and_derivatives_are_continuous() {
        let surface = surface();
        let all = |w: [f64; 2]| {
            let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
            let loss = surface.value_and_gradient(&w, &mut g);
            surface.hessian(&w, &mut h);
            [loss, g[0], g[1], h[0], h[1], h[2], h[3]]
        };
        // Inside, the second derivatives are continuous at the pixels; at the edge, only the slopes are.
        for (w, count) in [
            ([-1.0, 0.0], 7),
            ([1.0, 0.3], 7),
            ([3.0, 0.4], 3),
            ([-3.0, -2.0], 3),
        ] {
            let [before, after] = [-1e-9, 1e-9].map(|shift| all([w[0] + shift, w[1] + shift]));
            for (a, b) in before.iter().zip(after).take(count) {
                assert!((a - b).abs() < 1e-7, "{w:?}: {before:?} {after:?}");
            }
        }
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let surface = surface();
        for w in [
            [0.3, -0.7],
            [-2.9, 1.9],
            [5.0, 0.5],
            [-4.0, 7.0],
            [0.0, -3.0],
        ] {
            let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
            surface.value_and_gradient(&w, &mut g);
            surface.hessian(&w, &mut h);
            for i in 0..2 {
                let step = 1e-5;
                let [low, high] = [-step, step].map(|shift| {
                    let mut w = w;
                    w[i] += shift;
                    let mut g = [0.0; 2];
                    (surface.value_and_gradient(&w, &mut g), g)
                });
                assert!(
                    ((high.0 - low.0) / (2.0 * step) - g[i]).abs() < 1e-6,
                    "{w:?}"
                );
                for j in 0..2 {
                    let difference = (high.1[j] - low.1[j]) / (2.0 * step);
                    assert!((difference - h[2 * i + j]).abs() < 1e-6, "{w:?}");
                }
            }
        }
    }

    #[test]
    fn weights_that_are_not_finite_have_no_finite_loss() {
        for w in [[f64::NAN, 0.0], [0.0, f64::INFINITY]] {
            assert!(!surface().value(&w).is_finite(), "{w:?}");
        }
    }
}
