//! The greatest curvature of a loss in a window.

use super::{Objective, field::Window};
use crate::numeric::number::spread;

/// Number of points along each side of the grid.
const POINTS: usize = 101;

/// Limit of the number of evaluations of a sample; a larger data set is evaluated on a coarser grid.
const MAX_EVALUATIONS: usize = 20_000_000;

/// Returns the largest absolute eigenvalue of the Hessian that is found in the window.
///
/// The Hessian is evaluated on a grid of 101 x 101 points, including the edges, and at as many points of a sequence whose
/// coordinates are all different, because a periodic function can be flat on a grid. The search then climbs from the points of
/// greatest curvature. The grid of more than 1960 samples is coarser, with at least 11 x 11 points.
///
/// Points at which the Hessian is not finite are ignored, and so are points from which the curvature rises without a maximum.
/// Returns `None` if the objective does not have one or two weights, or if its second derivatives are unknown or not finite.
pub fn greatest_curvature(objective: &dyn Objective, window: Window) -> Option<f64> {
    objective.curved()?;
    let dim = objective.dim();
    if !(1..=2).contains(&dim) {
        return None;
    }
    let landscape = CurvatureField { objective, window };
    let grid = landscape.grid();
    let greatest = grid.iter().map(|sample| sample.curvature);
    let greatest = greatest.max_by(f64::total_cmp)?;
    let mut samples = grid;
    samples.extend(landscape.sequence());
    let climbed = landscape.candidates(samples).into_iter();
    let climbed = climbed.filter_map(|sample| landscape.climb(sample));
    Some(climbed.fold(greatest, f64::max))
}

/// The curvature of a loss at the points of a window.
struct CurvatureField<'a> {
    objective: &'a dyn Objective,
    window: Window,
}

/// A point at which the curvature is finite.
#[derive(Clone, Copy, Debug)]
struct CurvatureSample {
    /// The coordinates in the window, each from 0 to 1.
    place: [f64; 2],
    curvature: f64,
}

impl CurvatureField<'_> {
    /// Returns the curvature at a point, if it is finite.
    fn at(&self, [x, y]: [f64; 2]) -> Option<f64> {
        let curved = self.objective.curved()?;
        let mut h = [0.0; 4];
        let dim = self.objective.dim();
        curved.hessian(&[x, y][..dim], &mut h[..dim * dim]);
        let curvature = match dim {
            1 => h[0].abs(),
            _ => greatest_eigenvalue(h),
        };
        curvature.is_finite().then_some(curvature)
    }

    /// Returns the sample at a place, if the curvature is finite there.
    fn sample(&self, place: [f64; 2]) -> Option<CurvatureSample> {
        let [x, y] = [self.window.w1, self.window.w2];
        let along = |[low, high]: [f64; 2], share: f64| low + (high - low) * share;
        let curvature = self.at([along(x, place[0]), along(y, place[1])])?;
        Some(CurvatureSample { place, curvature })
    }

    /// Returns the number of rows: one if there is only one weight.
    fn rows(&self, points: usize) -> usize {
        if self.objective.dim() == 1 { 1 } else { points }
    }

    /// Evaluates the points of a grid, including the edges of the window.
    fn grid(&self) -> Vec<CurvatureSample> {
        let points = points(self.objective);
        let (xs, ys) = (
            spread(self.window.w1, points),
            spread(self.window.w2, points),
        );
        let share = |i: usize| i as f64 / (points - 1) as f64;
        let mut samples = Vec::new();
        for (row, y) in ys.iter().enumerate().take(self.rows(points)) {
            for (column, x) in xs.iter().enumerate() {
                let place = [share(column), share(row)];
                let curvature = self.at([*x, *y]);
                samples.extend(curvature.map(|curvature| CurvatureSample { place, curvature }));
            }
        }
        samples
    }

    /// Evaluates the points of an additive recurrence, which fills the window evenly. A large data set is evaluated at fewer
    /// points than on the grid.
    fn sequence(&self) -> impl Iterator<Item = CurvatureSample> {
        // The inverse of the plastic number and its square: multiples of them are evenly distributed.
        const STEPS: [f64; 2] = [0.754_877_666_246_692_8, 0.569_840_290_998_053_3];
        let count = (POINTS * POINTS).min(MAX_EVALUATIONS / 4 / samples(self.objective));
        let places = (1..=count).map(|i| STEPS.map(|step| (0.5 + step * i as f64).fract()));
        places.filter_map(|place| self.sample(place))
    }

    /// Returns the samples of greatest curvature that are not close to each other.
    fn candidates(&self, mut samples: Vec<CurvatureSample>) -> Vec<CurvatureSample> {
        const MOST: usize = 8;
        const DISTANCE: f64 = 2.0 / (POINTS - 1) as f64;
        samples.sort_by(|a, b| b.curvature.total_cmp(&a.curvature));
        let mut found: Vec<CurvatureSample> = Vec::new();
        let axes = self.objective.dim();
        for sample in samples {
            let is_near = |other: &CurvatureSample| {
                (0..axes).all(|i| (sample.place[i] - other.place[i]).abs() < DISTANCE)
            };
            if !found.iter().any(is_near) {
                found.push(sample);
            }
            if found.len() == MOST {
                break;
            }
        }
        found
    }

    /// Climbs to a maximum of the curvature near a sample. Returns `None` if the curvature at the maximum exceeds twice that of the
    /// sample: the maximum is then infinite, or so narrow that it hardly matters for a run.
    fn climb(&self, start: CurvatureSample) -> Option<f64> {
        const SMALLEST: f64 = 1e-9;
        let mut best = start;
        let mut step = 1.0 / (POINTS - 1) as f64;
        while step > SMALLEST {
            let around = [-1.0, 0.0, 1.0];
            let moves = around
                .iter()
                .flat_map(|x| around.map(|y| [x * step, y * step]));
            let places = moves.map(|[x, y]| {
                let [px, py] = best.place;
                [(px + x).clamp(0.0, 1.0), (py + y).clamp(0.0, 1.0)]
            });
            let near = places.filter_map(|place| self.sample(place));
            let higher = near.max_by(|a, b| a.curvature.total_cmp(&b.curvature));
            match higher.filter(|sample| sample.curvature > best.curvature) {
                Some(sample) if sample.curvature > 2.0 * start.curvature => return None,
                Some(sample) => best = sample,
                None => step *= 0.5,
            }
        }
        Some(best.curvature)
    }
}

/// Returns the number of samples of the data of an objective, at least 1.
fn samples(objective: &dyn Objective) -> usize {
    objective
        .sampled()
        .map_or(1, super::SampledObjective::samples)
        .max(1)
}

/// Returns the number of points along each side of the grid: odd, so that the center is one of them.
fn points(objective: &dyn Objective) -> usize {
    const FEWEST: usize = 11;
    let samples = samples(objective);
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
    fn the_greatest_curvature_is_found() {
        // The eigenvalues of a quadratic function are the same everywhere.
        assert_eq!(curvature("formula:(x-1)^2+9*(y+2)^2"), Some(18.0));
        assert_eq!(curvature("formula:x^2-9*y^2"), Some(18.0));
        let hill = curvature("formula:x*exp(-(x^2+y^2))").unwrap();
        // The grid alone finds 1.947.
        assert!((hill - 1.951_783).abs() < 1e-6, "{hill}");
        // The greatest curvature of x^4 in the window is that at its edges.
        assert_eq!(curvature("formula:x^4+0*y,window=-2,1,0,1"), Some(48.0));
    }

    #[test]
    fn narrow_and_periodic_curvature_is_found() {
        use std::f64::consts::PI;
        // The largest second derivative of the sigmoid is sqrt(3) / 18.
        let sigmoid = 3.0_f64.sqrt() / 18.0;
        for (formula, expected) in [
            // Zero at every point of the grid.
            ("sin(20*pi*x)+y^2", 400.0 * PI * PI),
            ("sin(20*pi*x)+sin(30*pi*y)", 900.0 * PI * PI),
            ("sigmoid(100*x)", 1e4 * sigmoid),
            ("sigmoid(100*(x-0.321))+sigmoid(50*y)", 1e4 * sigmoid),
            ("sigmoid(80*(x+y-1))", 2.0 * 6400.0 * sigmoid),
            ("x*exp(-(x^2+y^2))", 1.951_783),
            ("exp(-200*((x-1.23)^2+(y+2.34)^2))", 400.0),
        ] {
            let found = curvature(&format!("formula:{formula}")).unwrap();
            assert!(
                (found / expected - 1.0).abs() < 1e-6,
                "{formula}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn a_singularity_does_not_count_beyond_the_grid() {
        for (formula, on_grid) in [
            ("ln(x^2)+y^2", 200.0),
            ("sqrt(x^2+y^2)", 10.0),
            ("sqrt(abs(x))+y^2", 0.25 / (0.1 * 0.1_f64.sqrt())),
        ] {
            let found = curvature(&format!("formula:{formula}")).unwrap();
            assert!(
                (found / on_grid - 1.0).abs() < 1e-6,
                "{formula}: {found}, not {on_grid}"
            );
        }
    }

    #[test]
    fn points_without_a_finite_hessian_are_ignored() {
        let curvature = curvature("formula:1/x^2+y^2,window=-1,1,-1,1").unwrap();
        assert!(curvature.is_finite() && curvature > 1e6, "{curvature}");
        assert_eq!(self::curvature("mlp"), None);
    }
}
