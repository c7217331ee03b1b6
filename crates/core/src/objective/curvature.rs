//! The greatest curvature of a loss in a window.

use super::{Objective, field::Window};
use crate::numeric::number::spread;

/// Number of points along each side of the grid.
const POINTS: usize = 101;

/// Limit of the number of evaluations of a sample; a larger data set is evaluated on a coarser grid.
const MAX_EVALUATIONS: usize = 20_000_000;

/// Returns the largest absolute eigenvalue of the Hessian on a grid of 101 x 101 points of the window, including its
/// edges. The grid of more than 1960 samples is coarser, with at least 11 x 11 points.
///
/// Points at which the Hessian is not finite are ignored. Returns `None` if the objective does not have one or two
/// weights, or if its second derivatives are unknown or not finite.
pub fn greatest_curvature(objective: &dyn Objective, window: Window) -> Option<f64> {
    let curved = objective.curved()?;
    let points = points(objective);
    let xs = spread(window.w1, points);
    let (ys, dim) = match objective.dim() {
        1 => (vec![0.0], 1),
        2 => (spread(window.w2, points), 2),
        _ => return None,
    };
    let mut greatest: Option<f64> = None;
    let mut h = [0.0; 4];
    for y in &ys {
        for x in &xs {
            curved.hessian(&[*x, *y][..dim], &mut h[..dim * dim]);
            let curvature = match dim {
                1 => h[0].abs(),
                _ => greatest_eigenvalue(h),
            };
            if curvature.is_finite() {
                greatest = Some(greatest.map_or(curvature, |most| most.max(curvature)));
            }
        }
    }
    greatest
}

/// Returns the number of points along each side of the grid: odd, so that the center is one of them.
fn points(objective: &dyn Objective) -> usize {
    const FEWEST: usize = 11;
    let samples = objective
        .sampled()
        .map_or(1, super::SampledObjective::samples);
    let mut points = POINTS;
    while points > FEWEST && (points * points).saturating_mul(samples) > MAX_EVALUATIONS {
        points -= 2;
    }
    points
}

/// Returns the largest absolute eigenvalue of a symmetric 2 x 2 matrix.
fn greatest_eigenvalue(h: [f64; 4]) -> f64 {
    let (mean, half) = (0.5 * (h[0] + h[3]), 0.5 * (h[0] - h[3]));
    mean.abs() + (half * half + h[1] * h[1]).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems;

    fn curvature(pick: &str) -> Option<f64> {
        let problem = problems::REGISTRY
            .build(&pick.parse().unwrap(), None)
            .unwrap();
        greatest_curvature(&*problem.objective, problem.window)
    }

    #[test]
    fn the_greatest_curvature_lies_on_the_grid() {
        // The eigenvalues of a quadratic function are the same everywhere.
        assert_eq!(curvature("formula:(x-1)^2+9*(y+2)^2"), Some(18.0));
        assert_eq!(curvature("formula:x^2-9*y^2"), Some(18.0));
        let hill = curvature("formula:x*exp(-(x^2+y^2))").unwrap();
        assert!((hill - 1.947).abs() < 5e-4, "{hill}");
        // The greatest curvature of x^4 in the window is that at its edges.
        assert_eq!(curvature("formula:x^4+0*y,window=-2,1,0,1"), Some(48.0));
    }

    #[test]
    fn points_without_a_finite_hessian_are_ignored() {
        let curvature = curvature("formula:1/x^2+y^2,window=-1,1,-1,1").unwrap();
        assert!(curvature.is_finite() && curvature > 1e6, "{curvature}");
        assert_eq!(self::curvature("mlp"), None);
    }
}
