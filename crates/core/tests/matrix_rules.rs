//! Properties of the rules that treat the weights of a matrix together.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    blocks::{Block, BlockKind},
    experiment::{Experiment, Target},
    matrix::{SingularValues, multiply, orthonormalize},
    objective::Objective,
    optimizers,
    oracle::Oracle,
    random::Random,
    trace::Trace,
};

/// The ids of the rules.
const RULES: [&str; 6] = [
    "muon",
    "spectral-descent",
    "shampoo",
    "soap",
    "kron",
    "galore",
];

/// A loss with a constant gradient on one matrix.
struct Slope {
    gradient: Vec<f64>,
    blocks: [Block; 1],
}

impl Slope {
    fn new(gradient: Vec<f64>, shape: [usize; 2]) -> Self {
        let block = Block {
            name: "W".into(),
            kind: BlockKind::Matrix,
            shape,
            range: 0..gradient.len(),
        };
        Self {
            gradient,
            blocks: [block],
        }
    }

    /// Returns the displacement from 0 in `steps` steps.
    fn displacement(&self, with: &str, steps: usize) -> Vec<f64> {
        let optimizer = optimizers::REGISTRY
            .build(&with.parse().unwrap(), None)
            .unwrap();
        let (mut w, mut oracle) = (vec![0.0; self.dim()], Oracle::new(self));
        let mut stepper = optimizer.start(&w, &mut oracle);
        for _ in 0..steps {
            stepper.step(&mut w, &mut oracle);
        }
        w
    }
}

impl Objective for Slope {
    fn dim(&self) -> usize {
        self.gradient.len()
    }

    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.gradient.iter().zip(w).map(|(g, w)| g * w).sum()
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        g.copy_from_slice(&self.gradient);
        self.value(w)
    }
}

/// Returns the first rows of a random orthonormal basis (n, n).
fn basis(random: &mut Random, n: usize) -> Vec<f64> {
    let mut basis: Vec<f64> = (0..n * n).map(|_| random.normal()).collect();
    orthonormalize(&mut basis, n);
    basis
}

/// Returns a random matrix whose singular values reach from `size` down to `size` / `condition`.
fn matrix(random: &mut Random, [m, n]: [usize; 2], condition: f64, size: f64) -> Vec<f64> {
    let (left, right, rank) = (basis(random, m), basis(random, n), m.min(n));
    let mut scaled = vec![0.0; m * n];
    for i in 0..rank {
        let value = size * thalweg::float::powf(condition, -(i as f64) / (rank - 1).max(1) as f64);
        for j in 0..n {
            scaled[i * n + j] = value * right[i * n + j];
        }
    }
    let turned: Vec<f64> = (0..m * m).map(|at| left[at % m * m + at / m]).collect();
    let mut out = vec![0.0; m * n];
    multiply(&turned, &scaled, &mut out, [m, m, n]);
    out
}

#[test]
fn spectral_descent_is_muon_and_shampoo_without_memory() {
    let mut random = Random::from_seed(21);
    for shape in [[8, 8], [16, 4], [4, 16], [1, 3]] {
        for condition in [1.0, 10.0, 1e3] {
            for size in [1.0, 1e-3, 1e4] {
                let slope = Slope::new(matrix(&mut random, shape, condition, size), shape);
                let spectral = slope.displacement("spectral-descent:learning_rate=1", 1);
                for with in [
                    "muon:learning_rate=1,momentum=0,coefficients=exact,scaling=none",
                    "shampoo:learning_rate=1,accumulation=none,grafting=none,power=-0.25,epsilon=0",
                ] {
                    for (a, b) in slope.displacement(with, 1).iter().zip(&spectral) {
                        let difference = (a - b).abs();
                        assert!(difference < 1e-9, "{with}, {shape:?}: {difference:e}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_scale_of_spectral_descent_is_the_sum_of_the_singular_values() {
    let mut random = Random::from_seed(22);
    let gradient = matrix(&mut random, [5, 3], 7.0, 2.0);
    let values = SingularValues::new(&gradient, [5, 3]).values;
    let sum: f64 = values.iter().sum();
    let slope = Slope::new(gradient, [5, 3]);
    let plain = slope.displacement("spectral-descent:learning_rate=1", 1);
    let scaled = slope.displacement("spectral-descent:learning_rate=1,scale=nuclear", 1);
    for (scaled, plain) in scaled.iter().zip(plain) {
        assert!((scaled - sum * plain).abs() < 1e-14);
    }
}

#[test]
fn a_zero_matrix_stays_and_a_singular_one_moves_downhill() {
    let mut random = Random::from_seed(23);
    for shape in [[3, 3], [5, 2], [2, 5], [1, 4], [4, 1]] {
        let zero = Slope::new(vec![0.0; shape[0] * shape[1]], shape);
        let rank_one = matrix(&mut random, shape, 1e300, 1.0);
        let rank_one = Slope::new(rank_one, shape);
        for with in RULES {
            let still = zero.displacement(with, 4);
            assert!(
                still.iter().all(|d| *d == 0.0),
                "{with}, {shape:?}: {still:?}"
            );
            let moved = rank_one.displacement(with, 4);
            assert!(moved.iter().all(|d| d.is_finite()), "{with}, {shape:?}");
            assert!(rank_one.value(&moved) < 0.0, "{with}, {shape:?}: {moved:?}");
        }
    }
}

#[test]
fn an_infinite_gradient_is_an_outcome() {
    let slope = Slope::new(vec![f64::INFINITY, 1.0, 2.0, f64::NAN], [2, 2]);
    for with in RULES {
        let moved = slope.displacement(with, 2);
        assert!(moved.iter().any(|d| !d.is_finite()), "{with}: {moved:?}");
    }
}

/// Returns the run of an optimizer on a problem.
fn trace(on: &str, with: &str, epochs: u64) -> Trace {
    let experiment = Experiment {
        epochs,
        target: Target::None,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

/// Asserts that two optimizers take the same path.
fn assert_same_path(on: &str, with: &str, other: &str, skipped: usize) {
    let (a, b) = (trace(on, with, 30), trace(on, other, 30));
    for epoch in 0..=30 - skipped {
        for (a, b) in a.at(epoch + skipped).iter().zip(b.at(epoch)) {
            let close = (a - b).abs() <= 1e-12 * b.abs().max(1.0);
            assert!(close, "{with} and {other} at epoch {epoch}: {a} {b}");
        }
    }
}

#[test]
fn on_loose_weights_a_matrix_rule_is_a_simpler_one() {
    let on = "rosenbrock";
    let rate = "learning_rate=0.01";
    assert_same_path(
        on,
        "muon:auxiliary.learning_rate=0.01",
        "adamw:learning_rate=0.01,beta2=0.95,epsilon=1e-10,weight_decay=0",
        0,
    );
    assert_same_path(on, "spectral-descent", "sign-sgd:learning_rate=0.02", 0);
    assert_same_path(
        on,
        &format!("shampoo:{rate},epsilon=1e-6"),
        &format!("adagrad:{rate},epsilon=0,epsilon_root=1e-6"),
        0,
    );
    assert_same_path(
        on,
        &format!("galore:{rate},epsilon=0"),
        &format!("adam:{rate},epsilon=0"),
        0,
    );
    assert_same_path(
        on,
        &format!("soap:{rate},epsilon=0"),
        &format!("adam:{rate},epsilon=0,beta1=0.95,beta2=0.95"),
        1,
    );
}

#[test]
fn the_simpler_rule_is_noted() {
    for with in RULES {
        let notes = |on: &str| {
            let experiment = Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()]);
            experiment.prepare().unwrap().matrix_notes()
        };
        assert_eq!(notes("article"), [""; 0], "{with}");
        let notes = notes("rosenbrock");
        assert!(
            notes[0].contains("no weight of this problem is part of a matrix, so it is "),
            "{notes:?}"
        );
    }
}

#[test]
fn full_rank_galore_equals_adam_in_the_axes_of_a_diagonal_gradient() {
    // The singular vectors of a diagonal matrix are the axes.
    let mut gradient = vec![0.0; 9];
    for i in 0..3 {
        gradient[4 * i] = 1.0 + i as f64;
    }
    let slope = Slope::new(gradient, [3, 3]);
    let galore = slope.displacement("galore:learning_rate=0.01,scale=1,epsilon=1e-12", 7);
    let adam = slope.displacement("adam:learning_rate=0.01,epsilon=1e-12", 7);
    for (a, b) in galore.iter().zip(adam) {
        assert!((a - b).abs() < 1e-10, "{a} {b}");
    }
}
