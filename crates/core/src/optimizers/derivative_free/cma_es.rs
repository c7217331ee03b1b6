//! The covariance matrix adaptation evolution strategy.

use super::{cma_constants::Constants, loss_at, random, ranks};
use crate::{
    catalog::inspect::Points,
    numeric::{float::exp, matrix::Eigen, random::Random},
    optimizers::prelude::*,
};

/// Samples a normal distribution, moves its mean to the best samples, and learns its covariance from them.
///
/// ```text
/// y_i = C^(1/2) z_i, x_i = m + sigma y_i, z_i standard normal, i = 1 .. lambda in the order of their losses
/// y = sum_i w_i y_i for w_i > 0                m <- m + sigma y
/// s <- (1 - c_s) s + sqrt(c_s (2 - c_s) mu) C^(-1/2) y
/// p <- (1 - c_c) p + h sqrt(c_c (2 - c_c) mu) y    h = 0 if |s| is unusually large, else 1
/// C <- (1 - c1 h' - c_m sum_i w_i) C + c1 p p^T + c_m sum_i w_i y_i y_i^T
/// sigma <- sigma exp((c_s / d_s) (|s| / E|z| - 1))
/// ```
///
/// The path and the loss of a run are those of the mean m. Its constants, which follow from the number of weights and the
/// population lambda, and its negative weights are those of Hansen's tutorial. The samples use the symmetric root C^(1/2)
/// instead of B D; both have the same distribution. The condition for h is that of the package `cma` of Hansen, whose default
/// settings also adapt a diagonal and use another step-size control. A good initial sigma is about a third of the distance to
/// the minimum.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "cma-es",
    title = "CMA-ES",
    family = DerivativeFree,
    cite = "hansen2016cma",
    why = REASONS
)]
pub struct CmaEs {
    /// Initial standard deviation sigma of the samples.
    #[param(default = 0.5, valid = positive, slider = 1e-3..=10.0, log, tuned)]
    pub sigma: f64,
    /// Number of samples per epoch. The default is 4 + 3 ln n for n weights, rounded down.
    #[param(valid = 3.0..=1e6, slider = 3.0..=100.0)]
    pub population: Option<u64>,
    /// Whether the worse half of the samples has negative weights, which reduce the variance in their directions.
    #[param(default = true)]
    pub active: bool,
    /// Seed of the samples. The default is `seed` of the experiment.
    #[param(valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: Option<u64>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves to the weighted mean of the better half of the samples",
    "before(sigma) * mean_step",
)];

/// Keeps the weight of a step of the length 0 finite; the value is that of `cma`.
const LENGTH_OFFSET: f64 = 1e-9;

/// The distribution and its evolution paths.
#[derive(Clone, Debug, Inspect)]
pub struct CmaEsState {
    /// Step size sigma after this step.
    #[quantity(Number)]
    sigma: PerRunScalar,
    /// Covariance sigma^2 C of the samples around the weights after this step.
    #[quantity(Covariance)]
    covariance: Matrix,
    /// Samples of this step in the order of their losses; the initial point before the first step.
    #[quantity(Position)]
    samples: Points,
    /// Weighted mean y of the steps to the better half of the samples, in multiples of sigma; zero before the first step.
    #[quantity(Number)]
    mean_step: Vec<f64>,
    /// Evolution path s, which controls sigma; zero before the first step.
    #[quantity(Number)]
    step_size_path: Vec<f64>,
    /// Evolution path p, which enters the covariance; zero before the first step.
    #[quantity(Number)]
    covariance_path: Vec<f64>,
    /// Lowest loss among the samples of this step; infinite before the first step.
    #[quantity(Value)]
    best_sample_loss: PerRunScalar,
    #[scratch]
    hidden: Hidden,
}

/// The rest of the state.
#[derive(Clone, Debug, Default)]
struct Hidden {
    constants: Constants,
    random: Option<Random>,
    /// The covariance C (dim, dim) without the step size.
    shape: Vec<f64>,
    /// C^(1/2) and C^(-1/2) (dim, dim) of a recent epoch.
    root: Vec<f64>,
    inverse_root: Vec<f64>,
    /// Number of steps.
    epoch: u64,
}

impl Hidden {
    /// Computes the roots of the covariance if they are due.
    fn update_roots(&mut self, dim: usize) {
        if !self.epoch.is_multiple_of(self.constants.root_period) {
            return;
        }
        let eigen = Eigen::new(&self.shape, dim);
        // Rounding can make the smallest eigenvalues negative.
        let least = eigen.cutoff().max(f64::MIN_POSITIVE);
        self.root = eigen.function(|v| v.max(least).sqrt());
        self.inverse_root = eigen.function(|v| 1.0 / v.max(least).sqrt());
    }
}

impl CmaEs {
    fn population(&self, dim: usize) -> usize {
        let population = self.population.map(|count| count as usize);
        population.unwrap_or_else(|| Constants::default_population(dim))
    }
}

impl CmaEsState {
    /// Draws the samples around `w` (dim) and evaluates them. Returns their steps y (lambda, dim) in the order of their losses.
    fn sample(&mut self, w: &[f64], oracle: &mut Oracle) -> Vec<Vec<f64>> {
        let dim = w.len();
        let (sigma, hidden) = (self.sigma.0[0], &mut self.hidden);
        hidden.update_roots(dim);
        let Some(random) = &mut hidden.random else {
            return Vec::new();
        };
        let draws = self.samples.0.chunks_exact_mut(dim).map(|sample| {
            let z: Vec<f64> = (0..dim).map(|_| random.normal()).collect();
            let mut y = z.clone();
            product(&hidden.root, &z, &mut y);
            for ((x, w), y) in sample.iter_mut().zip(w).zip(&y) {
                *x = w + sigma * y;
            }
            (y, sample.to_vec(), loss_at(sample, oracle))
        });
        let draws: Vec<_> = draws.collect();
        let losses: Vec<f64> = draws.iter().map(|(.., loss)| *loss).collect();
        let order = ranks(&losses);
        for (sample, i) in self.samples.0.chunks_exact_mut(dim).zip(&order) {
            sample.copy_from_slice(&draws[*i].1);
        }
        self.best_sample_loss.0[0] = losses[order[0]];
        order.iter().map(|i| draws[*i].0.clone()).collect()
    }

    /// Updates both evolution paths by the weighted mean of the steps. Returns whether the path of the covariance is updated,
    /// as 1 or 0.
    fn update_paths(&mut self) -> f64 {
        let dim = self.mean_step.len();
        let (c, hidden) = (&self.hidden.constants, &self.hidden);
        let mut isotropic = self.mean_step.clone();
        product(&hidden.inverse_root, &self.mean_step, &mut isotropic);
        let update = |path: &mut [f64], rate: f64, step: &[f64]| {
            let gain = (rate * (2.0 - rate) * c.mu).sqrt();
            for (p, y) in path.iter_mut().zip(step) {
                *p = (1.0 - rate) * *p + gain * y;
            }
        };
        update(&mut self.step_size_path, c.step_size_rate, &isotropic);
        // The path begins at zero, so it is shorter in the first epochs.
        let steps = 2.0 * (hidden.epoch + 1) as f64;
        let warm = 1.0 - powf(1.0 - c.step_size_rate, steps);
        let squared = dot(&self.step_size_path, &self.step_size_path);
        let n = dim as f64;
        let is_usual = squared / warm / n < 2.0 + 4.0 / (n + 1.0);
        let step = if is_usual {
            self.mean_step.clone()
        } else {
            vec![0.0; dim]
        };
        update(&mut self.covariance_path, c.path_rate, &step);
        f64::from(u8::from(is_usual))
    }

    /// Updates C by the steps in the order of their losses; `usual` is 1 or 0.
    fn update_shape(&mut self, steps: &[Vec<f64>], usual: f64) {
        let Self {
            hidden,
            covariance_path,
            ..
        } = self;
        let (c, dim) = (&hidden.constants, covariance_path.len());
        // Without an update of its path, C would lose variance.
        let rank_one = c.rank_one * (1.0 - (1.0 - usual) * c.path_rate * (2.0 - c.path_rate));
        let sum: f64 = c.weights.iter().sum();
        for v in &mut hidden.shape {
            *v *= 1.0 - rank_one - c.rank_mu * sum;
        }
        add_outer(
            &mut hidden.shape,
            c.rank_one,
            covariance_path,
            covariance_path,
        );
        for (y, weight) in steps.iter().zip(&c.weights) {
            let mut weight = *weight;
            if weight < 0.0 {
                // A long step must not make C indefinite.
                let mut z = y.clone();
                product(&hidden.inverse_root, y, &mut z);
                let length = dot(&z, &z).sqrt() + LENGTH_OFFSET;
                weight *= dim as f64 / (length * length);
            }
            add_outer(&mut hidden.shape, c.rank_mu * weight, y, y);
        }
    }
}

impl Optimizer for CmaEs {
    type State = CmaEsState;

    fn start(&self, w: &[f64], oracle: &mut Oracle) -> CmaEsState {
        let (dim, population) = (w.len(), self.population(w.len()));
        let mut identity = vec![0.0; dim * dim];
        shift_diagonal(&mut identity, dim, 1.0);
        let covariance = identity.iter().map(|v| self.sigma * self.sigma * v);
        CmaEsState {
            sigma: PerRunScalar(vec![self.sigma]),
            covariance: Matrix(covariance.collect()),
            samples: Points(w.repeat(population)),
            best_sample_loss: PerRunScalar(vec![f64::INFINITY]),
            hidden: Hidden {
                constants: Constants::new(dim, population, self.active),
                random: Some(random(self.seed, oracle)),
                shape: identity,
                ..Hidden::default()
            },
            ..CmaEsState::zeros(dim, 1)
        }
    }

    fn step(&self, w: &mut [f64], s: &mut CmaEsState, oracle: &mut Oracle) -> StepOutcome {
        let steps = s.sample(w, oracle);
        s.mean_step.fill(0.0);
        for (y, weight) in steps.iter().zip(&s.hidden.constants.weights) {
            if *weight > 0.0 {
                add_scaled(&mut s.mean_step, *weight, y);
            }
        }
        add_scaled(w, s.sigma.0[0], &s.mean_step);
        let usual = s.update_paths();
        s.update_shape(&steps, usual);
        let c = &s.hidden.constants;
        let length = dot(&s.step_size_path, &s.step_size_path).sqrt();
        let change = c.step_size_rate / c.damping * (length / c.mean_length - 1.0);
        s.sigma.0[0] *= exp(change.min(1.0));
        let sigma = s.sigma.0[0];
        s.covariance.0 = s.hidden.shape.iter().map(|v| sigma * sigma * v).collect();
        s.hidden.epoch += 1;
        StepOutcome::Continue
    }

    fn is_autonomous(&self) -> bool {
        false
    }

    fn resolved_settings(&self, dim: usize) -> Vec<ResolvedSetting> {
        let population = self.population(dim).to_string();
        vec![ResolvedSetting::new("population", Some(population))]
    }
}
