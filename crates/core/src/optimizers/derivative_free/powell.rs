//! Powell's method of conjugate directions without derivatives.

use super::{line_minimum::line_minimum, loss_at};
use crate::{catalog::inspect::Points, optimizers::prelude::*};

/// Searches along one direction after the other, and replaces a direction by the displacement of a whole step.
///
/// ```text
/// u_1 to u_n: the axes at first, d = the displacement of the step before, f0, f1 = the losses at its ends
/// delta = the largest decrease by one of its searches, along u_k
/// f2 = f(w + d);  f2 < f0 and 2 (f0 - 2 f1 + f2) (f0 - f1 - delta)^2 < delta (f0 - f2)^2:
///     search along d;  u_k <- u_n;  u_n <- d, scaled by the search
/// for i = 1 .. n:  w <- w + t u_i, t from the search
/// ```
///
/// Powell's directions become conjugate for a quadratic loss. The test for a new direction is Powell's, which keeps the
/// directions independent. Each search brackets a minimum and narrows the bracket by Brent's method, with the tolerance
/// `tolerance`. The searches, the test, and their order are those of `scipy.optimize.minimize(method="Powell")`, whose `xtol` is
/// a hundredth of `tolerance`. `SciPy` also ends a run when a step hardly lowers the loss.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "powell",
    title = "Powell",
    family = DerivativeFree,
    cite = "powell1964efficient",
    why = REASONS
)]
pub struct Powell {
    /// Accuracy of the step size of each line search, relative to the step size.
    #[param(default = 0.01, valid = open(0.0..1.0), slider = 1e-8..=0.5, log)]
    pub tolerance: f64,
}

/// The cases of a step.
const SAME_DIRECTIONS: u32 = 1;
const NEW_DIRECTION: u32 = 2;
const NO_LOWER_POINT: u32 = 3;

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::of_case(
        SAME_DIRECTIONS,
        "moves to the lowest point that a line search finds along each direction in turn",
        "along_directions",
    ),
    StepReason::of_case(
        NEW_DIRECTION,
        "moves to the lowest point along the displacement of the step before, which becomes a direction, and then along each direction in turn",
        "along_displacement + along_directions",
    ),
    StepReason::of_case(
        NO_LOWER_POINT,
        "stays in place, because no line search finds a lower point",
        "",
    ),
];

/// The directions and the searches of this step.
#[derive(Clone, Debug, Inspect)]
pub struct PowellState {
    /// Directions of the line searches after this step.
    #[quantity(Displacement)]
    directions: Points,
    /// Points after the line searches of this step, beginning with the one along the displacement, if there was one.
    #[quantity(Position)]
    line_minima: Points,
    /// Part of this step along the displacement of the step before; zero if there was no search along it.
    #[quantity(Displacement)]
    along_displacement: Vec<f64>,
    /// Part of this step along the directions.
    #[quantity(Displacement)]
    along_directions: Vec<f64>,
    /// Largest decrease of the loss by one line search of this step, without the one along the displacement.
    #[quantity(Value)]
    largest_decrease: PerRunScalar,
    /// Case of this step: 1 without and 2 with a new direction, 3 without a lower point, and 0 before the first step.
    #[quantity(Case)]
    case: PerRunScalar,
    /// The losses before and after the searches along the directions; `None` before the first step.
    #[scratch]
    losses: Option<[f64; 2]>,
    /// The index of the direction of the largest decrease.
    #[scratch]
    steepest: usize,
}

impl Powell {
    /// Moves `w` (dim) to a minimum along the direction `u` (dim), where the loss is returned. `u` becomes the displacement.
    fn search(
        &self,
        w: &mut [f64],
        u: &mut [f64],
        loss: f64,
        oracle: &mut Oracle,
    ) -> Result<f64, StopReason> {
        if is_zero(u) {
            return Ok(loss);
        }
        let mut point = w.to_vec();
        let mut phi = |t: f64| {
            for ((p, w), u) in point.iter_mut().zip(&*w).zip(&*u) {
                *p = w + t * u;
            }
            oracle.value(&point)
        };
        let found = line_minimum(&mut phi, self.tolerance).map_err(StopReason::NoStep)?;
        for u in &mut *u {
            *u *= found.t;
        }
        add_scaled(w, 1.0, u);
        Ok(found.value)
    }

    /// Searches from `w` (dim) along the displacement of the step before if Powell's test accepts it, and replaces the direction
    /// of the largest decrease by it. `before` and `after` are the losses before and after the searches of that step. Returns
    /// the loss at `w`.
    fn search_displacement(
        &self,
        w: &mut [f64],
        s: &mut PowellState,
        [before, after]: [f64; 2],
        oracle: &mut Oracle,
    ) -> Result<f64, StopReason> {
        let dim = w.len();
        let mut d = std::mem::replace(&mut s.along_displacement, vec![0.0; dim]);
        add_scaled(&mut d, 1.0, &s.along_directions);
        let mut beyond = w.to_vec();
        add_scaled(&mut beyond, 1.0, &d);
        let delta = s.largest_decrease.0[0];
        let extrapolated = loss_at(&beyond, oracle);
        if !(extrapolated < before && accepts(before, after, extrapolated, delta)) {
            return Ok(after);
        }
        let from = w.to_vec();
        let loss = self.search(w, &mut d, after, oracle)?;
        s.along_displacement = difference(w, &from);
        s.line_minima.0[..dim].copy_from_slice(w);
        if !is_zero(&d) {
            let last = dim * (dim - 1);
            let directions = &mut s.directions.0;
            directions.copy_within(last.., s.steepest * dim);
            directions[last..].copy_from_slice(&d);
        }
        Ok(loss)
    }
}

/// Returns whether the displacement becomes a direction: `before` and `after` are the losses at its ends, `extrapolated` is the
/// loss at twice the displacement, and `delta` is the largest decrease by one search.
fn accepts(before: f64, after: f64, extrapolated: f64, delta: f64) -> bool {
    let others = before - after - delta;
    let gain = before - extrapolated;
    2.0 * (before + extrapolated - 2.0 * after) * (others * others) - delta * gain * gain < 0.0
}

impl Optimizer for Powell {
    type State = PowellState;

    fn start(&self, w: &[f64], _: &mut Oracle) -> PowellState {
        let dim = w.len();
        let mut directions = vec![0.0; dim * dim];
        shift_diagonal(&mut directions, dim, 1.0);
        PowellState {
            directions: Points(directions),
            line_minima: Points(w.repeat(dim + 1)),
            ..PowellState::zeros(dim, 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut PowellState, oracle: &mut Oracle) -> StepOutcome {
        let mut to = w.to_vec();
        match self.searched(&mut to, s, oracle) {
            Err(why) => return StepOutcome::Stop(why),
            Ok(()) if *w == *to => s.case.0[0] = f64::from(NO_LOWER_POINT),
            Ok(()) => {}
        }
        w.copy_from_slice(&to);
        StepOutcome::Continue
    }
}

impl Powell {
    /// Makes all searches of a step from `w` (dim).
    fn searched(
        &self,
        w: &mut [f64],
        s: &mut PowellState,
        oracle: &mut Oracle,
    ) -> Result<(), StopReason> {
        let dim = w.len();
        s.line_minima.0[..dim].copy_from_slice(w);
        let before = match s.losses {
            None => loss_at(w, oracle),
            Some(losses) => self.search_displacement(w, s, losses, oracle)?,
        };
        let is_new = !is_zero(&s.along_displacement);
        s.case.0[0] = f64::from([SAME_DIRECTIONS, NEW_DIRECTION][usize::from(is_new)]);
        let (from, mut loss, mut largest) = (w.to_vec(), before, 0.0);
        s.steepest = 0;
        for i in 0..dim {
            let mut u = s.directions.0[i * dim..(i + 1) * dim].to_vec();
            let above = loss;
            loss = self.search(w, &mut u, loss, oracle)?;
            if above - loss > largest {
                largest = above - loss;
                s.steepest = i;
            }
            s.line_minima.0[(i + 1) * dim..(i + 2) * dim].copy_from_slice(w);
        }
        s.along_directions = difference(w, &from);
        s.largest_decrease.0[0] = largest;
        s.losses = Some([before, loss]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::problems;

    #[test]
    fn a_quadratic_loss_is_minimized_by_its_conjugate_directions() {
        let problem = problems::REGISTRY.build(&"booth".parse().unwrap(), None);
        let problem = problem.unwrap();
        let rule = Powell { tolerance: 1e-8 };
        let (mut w, mut oracle) = (vec![8.0, -7.0], Oracle::new(&*problem.objective));
        let mut state = rule.start(&w, &mut oracle);
        // The Hessian of (x + 2 y - 7)^2 + (2 x + y - 5)^2.
        let h = [10.0, 8.0, 8.0, 10.0];
        for _ in 0..3 {
            assert_eq!(
                rule.step(&mut w, &mut state, &mut oracle),
                StepOutcome::Continue
            );
        }
        assert!(
            (w[0] - 1.0).abs() < 1e-6 && (w[1] - 3.0).abs() < 1e-6,
            "{w:?}"
        );
        let [a, b] = [0, 1].map(|i| &state.directions.0[2 * i..2 * i + 2]);
        let mut hb = [0.0; 2];
        product(&h, b, &mut hb);
        let lengths = dot(a, a).sqrt() * dot(b, b).sqrt();
        assert!(dot(a, &hb).abs() < 1e-5 * lengths, "{a:?} {b:?}");
    }

    #[test]
    fn the_test_of_powell_rejects_an_exhausted_displacement() {
        // Beyond the displacement, the loss rises again, or one direction alone explains the decrease.
        assert!(accepts(10.0, 4.0, 1.0, 3.0));
        assert!(!accepts(10.0, 1.0, 9.0, 3.0));
        assert!(!accepts(10.0, 4.0, 9.9, 3.0));
    }
}
