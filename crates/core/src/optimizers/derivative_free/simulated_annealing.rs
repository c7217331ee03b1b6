//! Simulated annealing.

use super::{draw_around, loss_at, random};
use crate::{
    numeric::{float::exp, random::Random},
    optimizers::prelude::*,
};

/// Moves to random points around the weights. At a high temperature it also accepts higher losses, and so leaves local minima.
///
/// ```text
/// c = w + sigma z, z standard normal, d = f(c) - f(w), u uniform in [0, 1)
/// w <- c if d <= 0 or u < exp(-d / T)          T <- cooling T
/// ```
///
/// Kirkpatrick et al. accept points as Metropolis et al. do, and lower the temperature when the loss no longer changes on
/// average; here each epoch multiplies it by `cooling`. `scipy.optimize.dual_annealing` draws points from another distribution,
/// and also runs a local search.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "simulated-annealing",
    title = "Simulated annealing",
    family = DerivativeFree,
    cite = "kirkpatrick1983optimization",
    why = REASONS
)]
pub struct SimulatedAnnealing {
    /// Standard deviation sigma of the random points in each weight.
    #[param(default = 0.5, valid = positive, slider = 1e-3..=10.0, log, tuned)]
    pub sigma: f64,
    /// Initial temperature T, in units of the loss.
    #[param(default = 0.1, valid = positive, slider = 1e-4..=1000.0, log)]
    pub temperature: f64,
    /// Factor that multiplies the temperature after each epoch; 1 keeps it.
    #[param(default = 0.99, valid = open(0.0..=1.0), slider = 0.9..=1.0)]
    pub cooling: f64,
    /// Seed of the random numbers. The default is `seed` of the experiment.
    #[param(valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: Option<u64>,
}

/// The cases of a step.
const LOWER: u32 = 1;
const ACCEPTED: u32 = 2;
const REJECTED: u32 = 3;

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::of_case(
        LOWER,
        "moves to the random point, because its loss is not higher",
        "sigma * draw",
    ),
    StepReason::of_case(
        ACCEPTED,
        "moves to the random point although its loss is higher, because the uniform number is below the probability of accepting it",
        "sigma * draw",
    ),
    StepReason::of_case(
        REJECTED,
        "stays in place, because the loss at the random point is higher, and the uniform number is not below the probability of accepting it",
        "",
    ),
];

/// The random point of this step and its acceptance.
#[derive(Clone, Debug, Inspect)]
pub struct SimulatedAnnealingState {
    /// Random point of this step; the initial point before the first step.
    #[quantity(Position)]
    candidate: Vec<f64>,
    /// Standard normal numbers z of the random point; zero before the first step.
    #[quantity(Number)]
    draw: Vec<f64>,
    /// Temperature T after this step.
    #[quantity(Number)]
    temperature: PerRunScalar,
    /// Probability of accepting the random point of this step; zero before the first step.
    #[quantity(Number)]
    probability: PerRunScalar,
    /// Uniform number u of this step; zero before the first step.
    #[quantity(Number)]
    uniform: PerRunScalar,
    /// Case of this step: 1 if the loss is not higher, 2 if a higher loss is accepted, 3 if it is rejected, and 0 before the
    /// first step.
    #[quantity(Case)]
    case: PerRunScalar,
    #[scratch]
    random: Option<Random>,
}

impl Optimizer for SimulatedAnnealing {
    type State = SimulatedAnnealingState;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> SimulatedAnnealingState {
        SimulatedAnnealingState {
            candidate: w.to_vec(),
            temperature: PerRunScalar(vec![self.temperature]),
            random: Some(random(self.seed, oracle)),
            ..SimulatedAnnealingState::zeros(w.len(), 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        s: &mut SimulatedAnnealingState,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        let Some(random) = &mut s.random else {
            return StepOutcome::AtRest;
        };
        draw_around(w, self.sigma, &mut s.draw, &mut s.candidate, random);
        s.uniform.0[0] = random.uniform();
        let increase = loss_at(&s.candidate, oracle) - loss_at(w, oracle);
        let temperature = s.temperature.0[0];
        // At the temperature 0, which rounding can reach, no increase is accepted.
        let probability = if increase <= 0.0 {
            1.0
        } else if temperature > 0.0 {
            exp(-increase / temperature)
        } else {
            0.0
        };
        let case = if increase <= 0.0 {
            LOWER
        } else if s.uniform.0[0] < probability {
            ACCEPTED
        } else {
            REJECTED
        };
        if case != REJECTED {
            w.copy_from_slice(&s.candidate);
        }
        s.probability.0[0] = probability;
        s.case.0[0] = f64::from(case);
        s.temperature.0[0] *= self.cooling;
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
    fn each_point_is_accepted_as_metropolis_et_al_do() {
        let problem = problems::REGISTRY.build(&"himmelblau".parse().unwrap(), None);
        let problem = problem.unwrap();
        let rule = SimulatedAnnealing {
            sigma: 0.4,
            temperature: 30.0,
            cooling: 0.97,
            seed: Some(2),
        };
        let (mut w, mut oracle) = (vec![0.0, 0.0], Oracle::new(&*problem.objective));
        let mut state = rule.start(&w, &mut oracle);
        let (mut random, mut temperature) = (Random::from_seed(2), 30.0);
        let mut counts = [0; 3];
        for epoch in 0..200 {
            let z = [random.normal(), random.normal()];
            let u = random.uniform();
            let candidate = [w[0] + 0.4 * z[0], w[1] + 0.4 * z[1]];
            let change = problem.objective.value(&candidate) - problem.objective.value(&w);
            let accepts = u < exp(-change / temperature);
            let expected = if accepts { candidate } else { [w[0], w[1]] };
            let case = match (accepts, change <= 0.0) {
                (true, true) => LOWER,
                (true, false) => ACCEPTED,
                (false, _) => REJECTED,
            };
            rule.step(&mut w, &mut state, &mut oracle);
            temperature *= 0.97;
            assert_eq!(
                (&*w, state.case.0[0]),
                (&expected[..], f64::from(case)),
                "{epoch}"
            );
            assert!((state.temperature.0[0] - temperature).abs() < 1e-12);
            counts[case as usize - 1] += 1;
        }
        assert!(counts.iter().all(|count| *count > 5), "{counts:?}");
    }
}
