//! Particle swarm optimization.

use super::{losses_at, population_around, random, ranks};
use crate::{catalog::inspect::Points, numeric::random::Random, optimizers::prelude::*};

/// Moves particles through the weight space. Each one is pulled to the best point that it has found and to the best point of all.
///
/// ```text
/// v <- inertia v + cognitive r (b - x) + social s (g - x)          x <- x + v
/// b = the best point of the particle, g = that of all particles, r, s uniform in [0, 1) for each weight
/// ```
///
/// The path and the loss of a run are those of g. One particle begins at the initial point and the others in the box of half
/// width `spread` around it, all at rest. Kennedy and Eberhart use `inertia=1`, `cognitive=2`, and `social=2`, and limit the
/// velocity; the defaults are those of Clerc and Kennedy, with which the swarm contracts. All particles move before g changes.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "particle-swarm",
    title = "Particle swarm",
    family = DerivativeFree,
    cite = "kennedy1995particle",
    why = REASONS
)]
pub struct ParticleSwarm {
    /// Number of particles.
    #[param(default = 20, valid = 1.0..=1e6, slider = 2.0..=100.0)]
    pub population: u64,
    /// Half the width of the box around the initial point in which the particles begin.
    #[param(default = 1.0, valid = positive, slider = 1e-2..=10.0, log, tuned)]
    pub spread: f64,
    /// Fraction of the velocity that is kept.
    #[param(default = 0.7298, valid = 0.0.., slider = 0.0..=1.0)]
    pub inertia: f64,
    /// Strength of the pull to the best point of the particle.
    #[param(default = 1.49618, valid = 0.0.., slider = 0.0..=3.0)]
    pub cognitive: f64,
    /// Strength of the pull to the best point of all particles.
    #[param(default = 1.49618, valid = 0.0.., slider = 0.0..=3.0)]
    pub social: f64,
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
        "moves to the new position of a particle, because its loss is the lowest so far",
        "[leader_origin - weight] + leader_velocity",
    ),
    StepReason::of_case(
        SAME_BEST,
        "stays at the best point so far, because no particle has found a lower loss",
        "",
    ),
    StepReason::of_case(
        FIRST_BEST,
        "moves to the first position of a particle, because its loss is lower than at the initial point, and no particle has moved to a lower one",
        "",
    ),
];

/// The swarm.
#[derive(Clone, Debug, Inspect)]
pub struct ParticleSwarmState {
    /// Positions x of the particles after this step.
    #[quantity(Position)]
    particles: Points,
    /// Velocities v of the particles in this step; zero before the first step.
    #[quantity(Displacement)]
    velocities: Points,
    /// Position before this step of the particle that has the lowest loss after it; the initial point before the first step.
    #[quantity(Position)]
    leader_origin: Vec<f64>,
    /// Velocity of this particle in this step; zero before the first step.
    #[quantity(Displacement)]
    leader_velocity: Vec<f64>,
    /// Case of this step: 1 if a particle finds a lower loss, 2 if none does, 3 if the lowest loss is that of the first swarm, and
    /// 0 before the first step.
    #[quantity(Case)]
    case: PerRunScalar,
    #[scratch]
    memory: Memory,
}

/// What the particles remember.
#[derive(Clone, Debug, Default)]
struct Memory {
    random: Option<Random>,
    /// The best points b (population, dim) and their losses (population); no losses before the first step.
    best: Vec<f64>,
    losses: Vec<f64>,
}

impl ParticleSwarm {
    /// Changes the velocities `v` and the positions `x` of all particles (population, dim). `leader` is the best point g (dim).
    fn fly(&self, x: &mut [f64], v: &mut [f64], leader: &[f64], memory: &mut Memory) {
        let Some(random) = &mut memory.random else {
            return;
        };
        let leader = leader.iter().cycle();
        let particles = x.iter_mut().zip(v).zip(&memory.best).zip(leader);
        for (((x, v), best), leader) in particles {
            let [r, s] = [random.uniform(), random.uniform()];
            *v = self.inertia * *v
                + self.cognitive * r * (best - *x)
                + self.social * s * (leader - *x);
            *x += *v;
        }
    }
}

impl Memory {
    /// Takes the losses at the positions `x` (population, dim) and remembers the points that are better.
    fn remember(&mut self, x: &[f64], losses: &[f64]) {
        let dim = x.len() / losses.len();
        let best = self.best.chunks_exact_mut(dim).zip(x.chunks_exact(dim));
        for ((best, x), (known, loss)) in best.zip(self.losses.iter_mut().zip(losses)) {
            if loss < known {
                *known = *loss;
                best.copy_from_slice(x);
            }
        }
    }

    /// Returns the best point of all particles (dim) and its loss.
    fn leader(&self) -> (Vec<f64>, f64) {
        let (i, dim) = (ranks(&self.losses)[0], self.best.len() / self.losses.len());
        (self.best[i * dim..(i + 1) * dim].to_vec(), self.losses[i])
    }
}

impl Optimizer for ParticleSwarm {
    type State = ParticleSwarmState;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> ParticleSwarmState {
        let mut random = random(self.seed, oracle);
        let particles = population_around(w, self.population as usize, self.spread, &mut random);
        ParticleSwarmState {
            velocities: Points(vec![0.0; particles.len()]),
            leader_origin: w.to_vec(),
            memory: Memory {
                random: Some(random),
                best: particles.clone(),
                losses: Vec::new(),
            },
            particles: Points(particles),
            ..ParticleSwarmState::zeros(w.len(), 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut ParticleSwarmState, oracle: &mut Oracle) -> StepOutcome {
        let dim = w.len();
        let (x, v) = (&mut s.particles.0, &mut s.velocities.0);
        if s.memory.losses.is_empty() {
            s.memory.losses = losses_at(x, dim, oracle);
        }
        let (leader, lowest) = s.memory.leader();
        let before = x.clone();
        self.fly(x, v, &leader, &mut s.memory);
        let losses = losses_at(x, dim, oracle);
        let best = ranks(&losses)[0] * dim;
        s.leader_origin.copy_from_slice(&before[best..best + dim]);
        s.leader_velocity.copy_from_slice(&v[best..best + dim]);
        s.memory.remember(x, &losses);
        let (leader, loss) = s.memory.leader();
        s.case.0[0] = f64::from(if loss < lowest {
            NEW_BEST
        } else if *w == *leader {
            SAME_BEST
        } else {
            FIRST_BEST
        });
        w.copy_from_slice(&leader);
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
    fn particles_follow_the_recurrence_with_the_recorded_random_numbers() {
        let problem = problems::REGISTRY.build(&"himmelblau".parse().unwrap(), None);
        let f = problem.unwrap().objective;
        let rule = ParticleSwarm {
            population: 3,
            spread: 2.0,
            inertia: 0.6,
            cognitive: 1.1,
            social: 1.3,
            seed: Some(9),
        };
        let (mut w, mut oracle) = (vec![0.5, -0.5], Oracle::new(&*f));
        let mut state = rule.start(&w, &mut oracle);
        let mut random = Random::from_seed(9);
        let mut x = [[0.5, -0.5]; 3];
        for particle in &mut x[1..] {
            for v in particle {
                *v += 2.0 * (2.0 * random.uniform() - 1.0);
            }
        }
        let (mut v, mut own) = ([[0.0; 2]; 3], x);
        for epoch in 0..40 {
            let all = own
                .iter()
                .copied()
                .min_by(|a, b| f.value(a).total_cmp(&f.value(b)));
            let all = all.unwrap();
            for i in 0..3 {
                for k in 0..2 {
                    let [r, s] = [random.uniform(), random.uniform()];
                    let pull = 1.1 * r * (own[i][k] - x[i][k]) + 1.3 * s * (all[k] - x[i][k]);
                    v[i][k] = 0.6 * v[i][k] + pull;
                    x[i][k] += v[i][k];
                }
            }
            for i in 0..3 {
                if f.value(&x[i]) < f.value(&own[i]) {
                    own[i] = x[i];
                }
            }
            rule.step(&mut w, &mut state, &mut oracle);
            let pairs = state.particles.0.iter().zip(x.as_flattened());
            for (found, expected) in pairs {
                assert!(
                    (found - expected).abs() < 1e-12,
                    "{epoch}: {found} {expected}"
                );
            }
            let lowest = own.iter().map(|p| f.value(p)).fold(f64::INFINITY, f64::min);
            assert!((f.value(&w) - lowest).abs() < 1e-9, "{epoch}");
        }
        assert_eq!(oracle.calls().value, 3 + 3 * 40);
    }
}
