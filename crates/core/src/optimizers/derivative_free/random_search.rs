//! Random search around the best point.

use super::{draw_around, loss_at, random, ranks};
use crate::{catalog::inspect::Points, numeric::random::Random, optimizers::prelude::*};

/// Tries random points around the weights, and moves to the best one if its loss is lower.
///
/// ```text
/// c_i = w + sigma z_i, z_i standard normal, i = 1 .. samples
/// w <- the c_i with the lowest loss, if that is lower than f(w)
/// ```
///
/// Matyas tries one point per step: `samples=1`. Optimizers of this name in other libraries, such as `RandomSearch` of
/// Nevergrad, draw all points from one fixed distribution instead of around the best point.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "random-search",
    title = "Random search",
    family = DerivativeFree,
    cite = "matyas1965random",
    why = REASONS
)]
pub struct RandomSearch {
    /// Standard deviation sigma of the random points in each weight.
    #[param(default = 0.5, valid = positive, slider = 1e-3..=10.0, log, tuned)]
    pub sigma: f64,
    /// Number of random points per epoch.
    #[param(default = 8, valid = 1.0..=1e6, slider = 1.0..=100.0)]
    pub samples: u64,
    /// Seed of the random points. The default is `seed` of the experiment.
    #[param(valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: Option<u64>,
}

/// The cases of a step.
const MOVES: u32 = 1;
const STAYS: u32 = 2;

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::of_case(
        MOVES,
        "moves to the best random point, because its loss is lower",
        "sigma * best_draw",
    ),
    StepReason::of_case(
        STAYS,
        "stays in place, because no random point has a lower loss",
        "",
    ),
];

/// The random points of this step.
#[derive(Clone, Debug, Inspect)]
pub struct RandomSearchState {
    /// Random points of this step; the initial point before the first step.
    #[quantity(Position)]
    candidates: Points,
    /// Standard normal numbers z of the best random point of this step; zero before the first step.
    #[quantity(Number)]
    best_draw: Vec<f64>,
    /// Lowest loss among the random points of this step; infinite before the first step.
    #[quantity(Value)]
    best_candidate_loss: PerRunScalar,
    /// Case of this step: 1 if the weights move, 2 if they stay, and 0 before the first step.
    #[quantity(Case)]
    case: PerRunScalar,
    #[scratch]
    random: Option<Random>,
}

impl Optimizer for RandomSearch {
    type State = RandomSearchState;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> RandomSearchState {
        RandomSearchState {
            candidates: Points(w.repeat(self.samples as usize)),
            best_candidate_loss: PerRunScalar(vec![f64::INFINITY]),
            random: Some(random(self.seed, oracle)),
            ..RandomSearchState::zeros(w.len(), 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut RandomSearchState, oracle: &mut Oracle) -> StepOutcome {
        let Some(random) = &mut s.random else {
            return StepOutcome::AtRest;
        };
        let here = loss_at(w, oracle);
        let dim = w.len();
        let (mut draws, mut losses) = (Vec::new(), Vec::new());
        for candidate in s.candidates.0.chunks_exact_mut(dim) {
            let mut draw = vec![0.0; dim];
            draw_around(w, self.sigma, &mut draw, candidate, random);
            losses.push(loss_at(candidate, oracle));
            draws.push(draw);
        }
        let best = ranks(&losses)[0];
        s.best_draw.copy_from_slice(&draws[best]);
        s.best_candidate_loss.0[0] = losses[best];
        let is_lower = losses[best] < here;
        if is_lower {
            w.copy_from_slice(&s.candidates.0[best * dim..(best + 1) * dim]);
        }
        s.case.0[0] = f64::from(if is_lower { MOVES } else { STAYS });
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::problems;

    #[test]
    fn each_step_moves_to_the_best_of_the_drawn_points_or_stays() {
        let problem = problems::REGISTRY.build(&"rosenbrock".parse().unwrap(), None);
        let problem = problem.unwrap();
        let rule = RandomSearch {
            sigma: 0.3,
            samples: 3,
            seed: Some(5),
        };
        let (mut w, mut oracle) = (vec![-1.5, 2.0], Oracle::new(&*problem.objective));
        let mut state = rule.start(&w, &mut oracle);
        let mut random = Random::from_seed(5);
        for epoch in 1..=60_u64 {
            let f = |p: &[f64; 2]| problem.objective.value(p);
            let here = [w[0], w[1]];
            let points: [[f64; 2]; 3] = std::array::from_fn(|_| {
                let z = [random.normal(), random.normal()];
                [here[0] + 0.3 * z[0], here[1] + 0.3 * z[1]]
            });
            let best = points
                .iter()
                .chain([&here])
                .min_by(|a, b| f(a).total_cmp(&f(b)));
            rule.step(&mut w, &mut state, &mut oracle);
            assert_eq!(w, best.unwrap(), "{epoch}");
            assert_eq!(oracle.calls().value, 4 * epoch);
        }
        assert!(problem.objective.value(&w) < problem.objective.value(&[-1.5, 2.0]));
    }
}
