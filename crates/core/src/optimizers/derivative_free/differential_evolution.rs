//! Differential evolution.

use super::{loss_at, losses_at, population_around, random, ranks};
use crate::{catalog::inspect::Points, numeric::random::Random, optimizers::prelude::*};

/// Changes each member of a population by the difference of two others, and keeps the change if the loss does not rise.
///
/// ```text
/// v = x_a + scale (x_b - x_c), a, b, c random, different from each other and from i
/// u_k = v_k with the probability crossover and for one random weight k, else x_ik
/// x_i <- u if f(u) <= f(x_i), for all members i at the same time
/// ```
///
/// This is the form rand/1/bin of Storn and Price. The path and the loss of a run are those of the best point so far. One member
/// begins at the initial point and the others in the box of half width `spread` around it.
/// `scipy.optimize.differential_evolution` begins in the whole box of its bounds, and its default moves the best member:
/// best1bin with a random scale.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "differential-evolution",
    title = "Differential evolution",
    family = DerivativeFree,
    cite = "storn1997differential",
    why = REASONS
)]
pub struct DifferentialEvolution {
    /// Number of members; a change needs three others.
    #[param(default = 20, valid = 4.0..=1e6, slider = 4.0..=100.0)]
    pub population: u64,
    /// Half the width of the box around the initial point in which the members begin.
    #[param(default = 1.0, valid = positive, slider = 1e-2..=10.0, log, tuned)]
    pub spread: f64,
    /// Factor of the difference.
    #[param(default = 0.8, valid = open(0.0..=2.0), slider = 0.1..=1.5)]
    pub scale: f64,
    /// Probability that a weight is changed.
    #[param(default = 0.9, valid = 0.0..=1.0)]
    pub crossover: f64,
    /// Seed of the random numbers. The default is `seed` of the experiment.
    #[param(valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: Option<u64>,
}

/// The cases of a step.
const NEW_BEST: u32 = 1;
const SAME_BEST: u32 = 2;
const FIRST_BEST: u32 = 3;

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::of_case(
        NEW_BEST,
        "moves to a changed member with the lowest loss so far, which has a multiple of the difference of two members added to a third one here",
        "[base - weight] + scale * difference",
    ),
    StepReason::of_case(
        NEW_BEST,
        "moves to a changed member with the lowest loss so far, which keeps its value here",
        "parent - weight",
    ),
    StepReason::of_case(
        SAME_BEST,
        "stays at the best point so far, because no changed member has a lower loss",
        "",
    ),
    StepReason::of_case(
        FIRST_BEST,
        "moves to the best member of the first population, because its loss is lower than at the initial point, and no changed member has a lower one",
        "",
    ),
];

/// The population.
#[derive(Clone, Debug, Inspect)]
pub struct DifferentialEvolutionState {
    /// Members x of the population after this step.
    #[quantity(Position)]
    members: Points,
    /// Member before this step whose change u has the lowest loss; the initial point before the first step.
    #[quantity(Position)]
    parent: Vec<f64>,
    /// Member before this step to which the difference is added for this change; the initial point before the first step.
    #[quantity(Position)]
    base: Vec<f64>,
    /// Difference of two members for this change; zero before the first step.
    #[quantity(Displacement)]
    difference: Vec<f64>,
    /// Number of members that this step changed; zero before the first step.
    #[quantity(Number)]
    changed_members: PerRunScalar,
    /// Case of this step: 1 if a changed member has a lower loss, 2 if none has, 3 if the lowest loss is that of the first
    /// population, and 0 before the first step.
    #[quantity(Case)]
    case: PerRunScalar,
    #[scratch]
    memory: Memory,
}

/// The random numbers, the losses of the members (population), which are empty before the first step, and the lowest loss.
#[derive(Clone, Debug, Default)]
struct Memory {
    random: Option<Random>,
    losses: Vec<f64>,
    lowest: f64,
}

/// A changed member.
struct Trial {
    point: Vec<f64>,
    base: usize,
    difference: Vec<f64>,
}

impl DifferentialEvolution {
    /// Returns the change of the member `i` of the members (population, dim).
    fn trial(&self, members: &[f64], dim: usize, i: usize, random: &mut Random) -> Trial {
        let member = |i: usize| &members[i * dim..(i + 1) * dim];
        let mut chosen = [i; 4];
        for k in 1..chosen.len() {
            // A number among the members that are not chosen yet.
            while chosen[..k].contains(&chosen[k]) {
                chosen[k] = random.below(members.len() / dim);
            }
        }
        let [_, base, b, c] = chosen;
        let difference = difference(member(b), member(c));
        let always = random.below(dim);
        let mut point = member(i).to_vec();
        for (k, u) in point.iter_mut().enumerate() {
            let changes = random.uniform() < self.crossover;
            if changes || k == always {
                *u = member(base)[k] + self.scale * difference[k];
            }
        }
        Trial {
            point,
            base,
            difference,
        }
    }
}

impl Optimizer for DifferentialEvolution {
    type State = DifferentialEvolutionState;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> DifferentialEvolutionState {
        let mut random = random(self.seed, oracle);
        let members = population_around(w, self.population as usize, self.spread, &mut random);
        DifferentialEvolutionState {
            members: Points(members),
            parent: w.to_vec(),
            base: w.to_vec(),
            memory: Memory {
                random: Some(random),
                ..Memory::default()
            },
            ..DifferentialEvolutionState::zeros(w.len(), 1)
        }
    }

    fn step(
        &self,
        w: &mut [f64],
        s: &mut DifferentialEvolutionState,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        let (dim, before) = (w.len(), s.members.0.clone());
        let mut to = w.to_vec();
        if s.memory.losses.is_empty() {
            s.memory.losses = losses_at(&before, dim, oracle);
            let best = ranks(&s.memory.losses)[0];
            s.memory.lowest = s.memory.losses[best];
            to.copy_from_slice(&before[best * dim..(best + 1) * dim]);
        }
        let Some(random) = &mut s.memory.random else {
            return StepOutcome::AtRest;
        };
        let (mut lowest, mut best_trial, mut changed) = (s.memory.lowest, f64::INFINITY, 0_u32);
        let mut case = if *w == *to { SAME_BEST } else { FIRST_BEST };
        for (i, known) in s.memory.losses.iter_mut().enumerate() {
            let trial = self.trial(&before, dim, i, random);
            let loss = loss_at(&trial.point, oracle);
            let place = i * dim..(i + 1) * dim;
            if loss < best_trial || i == 0 {
                best_trial = loss;
                s.parent.copy_from_slice(&before[place.clone()]);
                s.base
                    .copy_from_slice(&before[trial.base * dim..(trial.base + 1) * dim]);
                s.difference.copy_from_slice(&trial.difference);
            }
            if loss < lowest {
                (lowest, case) = (loss, NEW_BEST);
                to.copy_from_slice(&trial.point);
            }
            if loss <= *known {
                *known = loss;
                changed += 1;
                s.members.0[place].copy_from_slice(&trial.point);
            }
        }
        s.memory.lowest = lowest;
        s.changed_members.0[0] = f64::from(changed);
        s.case.0[0] = f64::from(case);
        w.copy_from_slice(&to);
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
    fn members_follow_the_recurrence_with_the_recorded_random_numbers() {
        let problem = problems::REGISTRY.build(&"himmelblau".parse().unwrap(), None);
        let f = problem.unwrap().objective;
        let rule = DifferentialEvolution {
            population: 5,
            spread: 2.0,
            scale: 0.7,
            crossover: 0.5,
            seed: Some(4),
        };
        let (mut w, mut oracle) = (vec![0.0, 1.0], Oracle::new(&*f));
        let mut state = rule.start(&w, &mut oracle);
        let mut random = Random::from_seed(4);
        let mut x = [[0.0, 1.0]; 5];
        for v in x[1..].as_flattened_mut() {
            *v += 2.0 * (2.0 * random.uniform() - 1.0);
        }
        let mut lowest = x
            .map(|x| f.value(&x))
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        for epoch in 0..40 {
            let old = x;
            for i in 0..5 {
                let mut others = Vec::new();
                while others.len() < 3 {
                    let j = random.below(5);
                    if j != i && !others.contains(&j) {
                        others.push(j);
                    }
                }
                let always = random.below(2);
                let mut u = old[i];
                for k in 0..2 {
                    if random.uniform() < 0.5 || k == always {
                        u[k] = old[others[0]][k] + 0.7 * (old[others[1]][k] - old[others[2]][k]);
                    }
                }
                if f.value(&u) <= f.value(&old[i]) {
                    x[i] = u;
                }
                lowest = lowest.min(f.value(&u));
            }
            rule.step(&mut w, &mut state, &mut oracle);
            assert_eq!(state.members.0, x.as_flattened(), "{epoch}");
            assert_eq!(f.value(&w), lowest, "{epoch}");
        }
        assert_eq!(oracle.calls().value, 5 + 5 * 40);
        assert!(lowest < 0.1, "{lowest}");
    }
}
