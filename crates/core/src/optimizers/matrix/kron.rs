//! PSGD Kron (preconditioned stochastic gradient descent with Kronecker factors).

use super::shared::{
    FactoredBlock, blocks_of, check_single_run, gram_matrices, identity, product, sandwich,
    transposed,
};
use crate::{
    catalog::inspect::{LeftFactors, RightFactors},
    numeric::{float::exp, linalg::product as product_with, random::Random},
    optimizers::{
        adaptive::means::{bias_correction_factor, update_mean},
        prelude::*,
    },
};

/// Learns one triangular preconditioner for the rows and one for the columns of a matrix, such that preconditioned gradients
/// become equally large in all directions.
///
/// ```text
/// m <- momentum m + (1 - momentum) g          M = m / (1 - momentum^t)
/// A = Q_l M Q_r^T          B = Q_l^(-T) V Q_r^(-1)          V: normal random numbers
/// Q_l <- Q_l - preconditioner_rate upper(A A^T - B B^T) Q_l / norm(A A^T + B B^T)          Q_r with A^T A, B^T B
/// D = Q_l^T Q_l M Q_r^T Q_r, at most 1.1 in the root mean square
/// w <- w - learning_rate (D + weight_decay w)
/// ```
///
/// `upper` keeps the upper triangle, and `norm` is a lower bound of the largest eigenvalue. The preconditioners are updated in
/// each of the first 500 steps, and then more and more rarely, down to 3 % of the steps. Every `balance_interval` updates, the
/// largest elements of `Q_l` and `Q_r` are made equal.
///
/// This is the form of the program `kron_torch` and of `pytorch_optimizer`. Differences: they draw V from the generator of their
/// library, and they balance at random, with the probability 1 %; here `seed` determines V, so that runs can be repeated.
/// `pytorch_optimizer` solves for B in single precision. A vector, such as a bias, has a diagonal preconditioner, and there is no
/// weight decay. On loose weights, Kron learns one factor per weight. torch and optax have no Kron.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "kron",
    title = "PSGD Kron",
    family = Matrix,
    cite = "li2018preconditioned",
    why = REASONS,
    without_matrices = "momentum with one learned factor per weight",
    pytorch_optimizer = "pytorch_optimizer.Kron"
)]
pub struct Kron {
    /// Learning rate.
    #[param(default = 0.001, valid = positive, slider = 1e-5..=1.0, log, torch = "lr")]
    pub learning_rate: f64,
    /// Decay rate of the mean gradient.
    #[param(default = 0.9, valid = 0.0..1.0)]
    pub momentum: f64,
    /// Rate at which the preconditioners learn.
    #[param(default = 0.1, valid = 0.0..=1.0)]
    pub preconditioner_rate: f64,
    /// Number of updates from one balancing of the preconditioners to the next.
    #[param(default = 100, valid = 1.0..=1e9, slider = 1.0..=1000.0, log)]
    pub balance_interval: u64,
    /// Seed of the random numbers V.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves against its mean gradient, multiplied by the preconditioners of the rows and of the columns of its block",
    "-learning_rate * direction",
)];

/// The state of [`Kron`].
#[derive(Clone, Debug, Inspect)]
pub struct KronState {
    /// Moving average m of the gradients.
    #[quantity(Gradient)]
    pub mean_gradient: Vec<f64>,
    /// Preconditioner of the rows, an upper triangular matrix.
    #[quantity(Number)]
    pub left_factor: LeftFactors,
    /// Preconditioner of the columns, an upper triangular matrix; diagonal for a vector.
    #[quantity(Number)]
    pub right_factor: RightFactors,
    /// Mean gradient multiplied by both preconditioners.
    #[quantity(Number)]
    pub direction: Vec<f64>,
    #[scratch]
    hidden: HiddenState,
}

/// The part of the state that is not a channel.
#[derive(Clone, Debug)]
struct HiddenState {
    random: Random,
    /// Number of steps since the last update of the preconditioners.
    waiting: u64,
    /// Number of updates so far.
    updates: u64,
}

impl Default for HiddenState {
    fn default() -> Self {
        Self {
            random: Random::from_seed(0),
            waiting: 0,
            updates: 0,
        }
    }
}

/// Avoids a division by zero; the smallest normal number of the type bfloat16.
const TINY: f64 = 1.175_494_350_822_287_5e-38;

/// Returns the fraction of the steps in which the preconditioners are updated, after `steps` steps.
fn update_rate(steps: u64) -> f64 {
    const LEAST: f64 = 0.03;
    exp(-0.001 * (steps as f64 - 500.0)).clamp(LEAST, 1.0)
}

impl Kron {
    /// Updates the preconditioners of a block with its mean gradient `g` and random numbers `v`.
    fn learn(&self, block: &FactoredBlock, g: &[f64], v: &[f64], [left, right]: [&mut [f64]; 2]) {
        let [m, n] = block.shape;
        let turned = transposed(right, [n, n]);
        let a = if block.is_matrix {
            sandwich(left, g, &turned, block.shape)
        } else {
            product(g, &turned, [m, n, n])
        };
        let mut b = v.to_vec();
        solve_right(&mut b, right, n);
        if block.is_matrix {
            // Q_l^(-T) V is the transpose of V^T Q_l^(-1).
            let mut columns = transposed(&b, [m, n]);
            solve_right(&mut columns, left, m);
            b = transposed(&columns, [n, m]);
        }
        let [a, b] = [a, b].map(|x| gram_matrices(&x, block.shape));
        let pairs = a.iter().zip(&b);
        for (side, (q, (a, b))) in [left, right].into_iter().zip(pairs).enumerate() {
            let size = block.shape[side];
            if block.is_matrix {
                self.turn(q, a, b, size);
            } else if side == 1 {
                self.turn_diagonal(q, a, b, size);
            }
        }
    }

    /// Updates a triangular preconditioner (n, n).
    fn turn(&self, q: &mut [f64], a: &[f64], b: &[f64], n: usize) {
        let sum: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + b).collect();
        let scale = norm_bound(&sum, n) + TINY;
        let mut step = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                let at = i * n + j;
                step[at] = (a[at] - b[at]) * self.preconditioner_rate / scale;
            }
        }
        let step = product(&step, q, [n; 3]);
        add_scaled(q, -1.0, &step);
    }

    /// Updates the diagonal of a preconditioner (n, n).
    fn turn_diagonal(&self, q: &mut [f64], a: &[f64], b: &[f64], n: usize) {
        let diagonal = || (0..n).map(|i| i * (n + 1));
        let largest = diagonal().fold(0.0_f64, |most, at| most.max(a[at] + b[at]));
        for at in diagonal() {
            q[at] -= (a[at] - b[at]) * self.preconditioner_rate * q[at] / (largest + TINY);
        }
    }
}

/// Replaces the rows x of `rows` by the solutions y of y Q = x, for an upper triangular matrix `q` (n, n).
fn solve_right(rows: &mut [f64], q: &[f64], n: usize) {
    for row in rows.chunks_exact_mut(n) {
        for j in 0..n {
            let known: f64 = (0..j).map(|i| row[i] * q[i * n + j]).sum();
            row[j] = (row[j] - known) / q[j * n + j];
        }
    }
}

/// Returns a lower bound of the largest eigenvalue of the positive semidefinite matrix `a` (n, n): one step of the power
/// method, from the longest row.
fn norm_bound(a: &[f64], n: usize) -> f64 {
    let largest = a.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    // The maximum of numbers hides a NaN among them.
    if largest == 0.0 || a.iter().any(|v| v.is_nan()) {
        return a.iter().sum();
    }
    let a: Vec<f64> = a.iter().map(|v| v / largest).collect();
    let lengths = a.chunks_exact(n).map(|row| dot(row, row));
    let (longest, _) =
        lengths.enumerate().fold(
            (0, -1.0),
            |best, (i, length)| {
                if length > best.1 { (i, length) } else { best }
            },
        );
    let (mut x, mut image) = (vec![0.0; n], vec![0.0; n]);
    product_with(&a, &a[longest * n..(longest + 1) * n], &mut x);
    let length = dot(&x, &x).sqrt();
    if length > 0.0 {
        for x in &mut x {
            *x /= length;
        }
    }
    product_with(&a, &x, &mut image);
    largest * dot(&image, &image).sqrt()
}

/// Scales two preconditioners so that their largest elements are equal, without changing their product.
fn balance(factors: [&mut [f64]; 2]) {
    let sizes = [0, 1].map(|i: usize| factors[i].iter().fold(0.0_f64, |most, v| most.max(v.abs())));
    let mean = (sizes[0] * sizes[1]).sqrt();
    for (factor, size) in factors.into_iter().zip(sizes) {
        for v in factor {
            *v *= mean / size;
        }
    }
}

/// Limits the root mean square of a direction to 1.1.
fn limit(direction: &mut [f64]) {
    let square = dot(direction, direction) / direction.len() as f64;
    let factor = (1.1 / (square.sqrt() + 1e-6)).min(1.0);
    for v in direction {
        *v *= factor;
    }
}

impl KronState {
    /// Returns whether the preconditioners are updated in the next step, and counts it.
    fn begin_step(&mut self, steps: u64) -> bool {
        self.hidden.waiting += 1;
        let updates = self.hidden.waiting as f64 >= 1.0 / update_rate(steps);
        if updates {
            self.hidden.waiting = 0;
            self.hidden.updates += 1;
        }
        updates
    }
}

impl GradientRule for Kron {
    type State = KronState;

    const OPTIONS: OptionDefaults = OptionDefaults::OF_MATRICES;

    fn init(&self, w: &[f64], size: StateShape) -> KronState {
        check_single_run(size);
        let sides = |side: usize| {
            let blocks = blocks_of(size.blocks, w.len());
            blocks.flat_map(move |block| identity(block.shape[side]))
        };
        let mut state = KronState {
            left_factor: LeftFactors(sides(0).collect()),
            right_factor: RightFactors(sides(1).collect()),
            ..KronState::zeros(w.len(), 1)
        };
        state.hidden.random = Random::from_seed(self.seed);
        state
    }

    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut KronState) {
        let updates = s.begin_step(here.epoch);
        let balances = updates && s.hidden.updates.is_multiple_of(self.balance_interval);
        let correction = bias_correction_factor(self.momentum, here.epoch + 1);
        for block in blocks_of(here.blocks, d.len()) {
            let g = &mut d[block.range.clone()];
            let m = &mut s.mean_gradient[block.range.clone()];
            update_mean(m, g, self.momentum);
            let mean: Vec<f64> = m.iter().map(|m| m / correction).collect();
            let left = &mut s.left_factor.0[block.left.clone()];
            let right = &mut s.right_factor.0[block.right.clone()];
            if balances && block.is_matrix {
                balance([left, right]);
            }
            if updates {
                let v: Vec<f64> = mean.iter().map(|_| s.hidden.random.normal()).collect();
                self.learn(&block, &mean, &v, [left, right]);
            }
            let [rows, columns] = block.shape;
            let [left, right] = [
                square(&s.left_factor.0[block.left], rows),
                square(&s.right_factor.0[block.right], columns),
            ];
            let direction = &mut s.direction[block.range];
            direction.copy_from_slice(&sandwich(&left, &mean, &right, block.shape));
            limit(direction);
            for (d, direction) in g.iter_mut().zip(direction) {
                *d = -self.learning_rate * *direction;
            }
        }
    }

    fn is_autonomous(&self) -> bool {
        false
    }
}

/// Returns Q^T Q of `q` (n, n).
fn square(q: &[f64], n: usize) -> Vec<f64> {
    let [_, square] = gram_matrices(q, [n, n]);
    square
}
