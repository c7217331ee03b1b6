//! Layer-wise rules and rules with numbers per row and column: their steps in each layer.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    blocks::layers,
    experiment::{Experiment, Target},
    linalg::dot,
    trace::Trace,
};

/// A network of two matrices and two biases on six points.
const NETWORK: &str = "mlp:data=six-points,layers=2-4-1";

/// All rules that treat layers.
const RULES: [&str; 7] = [
    "lamb",
    "lars",
    "novograd",
    "fromage",
    "sm3",
    "came",
    "adafactor",
];

fn trace(on: &str, with: &str, epochs: u64) -> Trace {
    from(on, with, epochs, None)
}

fn from(on: &str, with: &str, epochs: u64, start: Option<Vec<f64>>) -> Trace {
    let experiment = Experiment {
        start,
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

fn norm(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

/// Returns the displacement of a step.
fn displacement(trace: &Trace, epoch: usize) -> Vec<f64> {
    let pairs = trace.at(epoch).iter().zip(trace.at(epoch - 1));
    pairs.map(|(to, from)| to - from).collect()
}

#[test]
fn the_step_of_each_layer_is_a_fraction_of_its_weights() {
    let trace = trace(NETWORK, "lamb:learning_rate=0.02", 20);
    let layers = layers(&trace.blocks, trace.dim);
    assert_eq!(layers.len(), 4);
    for epoch in 2..=20 {
        let step = displacement(&trace, epoch);
        for layer in &layers {
            let weights = norm(&trace.at(epoch - 1)[layer.range.clone()]);
            let moved = norm(&step[layer.range.clone()]);
            assert!((moved - 0.02 * weights).abs() < 1e-12, "{epoch}: {moved}");
        }
    }
}

#[test]
fn loose_weights_are_one_layer() {
    for with in ["lamb", "lars", "fromage"] {
        let trace = trace("rosenbrock", with, 5);
        let ratios = trace.series("trust_ratio").unwrap();
        for epoch in 1..=5 {
            let [x, y] = ratios.at(epoch) else {
                panic!("{with}: one number per weight")
            };
            assert!(x == y && *x > 0.0, "{with}: {x} {y}");
        }
    }
}

#[test]
fn biases_can_be_exempt_from_the_trust_ratio() {
    for with in ["lamb:biases=plain", "lars:biases=plain,weight_decay=0.1"] {
        let trace = trace(NETWORK, with, 3);
        let ratios = trace.series("trust_ratio").unwrap().at(3);
        for layer in layers(&trace.blocks, trace.dim) {
            let is_plain = ratios[layer.range.start] == 1.0;
            assert_eq!(is_plain, layer.shape[0] == 1, "{with}: {layer:?}");
        }
    }
}

#[test]
fn fromage_turns_without_making_the_weights_longer() {
    // Where the gradient is orthogonal to the weights, their size stays the same.
    let trace = from("quadratic:condition=1", "fromage", 1, Some(vec![3.0, 4.0]));
    let (before, after) = (norm(trace.at(0)), norm(trace.at(1)));
    // Here, the gradient is parallel to the weights: they become shorter by the learning rate.
    let expected = before * (1.0 - 0.01) / (1.0_f64 + 0.01 * 0.01).sqrt();
    assert!((after - expected).abs() < 1e-14, "{after} {expected}");
}

#[test]
fn novograd_divides_by_the_mean_size_of_the_gradient() {
    let trace = trace(NETWORK, "novograd:learning_rate=0.5", 1);
    let step = displacement(&trace, 1);
    for layer in layers(&trace.blocks, trace.dim) {
        let moved = norm(&step[layer.range]);
        assert!((moved - 0.5).abs() < 1e-7, "{moved}");
    }
}

#[test]
fn sm3_on_vectors_is_adagrad() {
    let found = trace("rosenbrock", "sm3:learning_rate=0.3,momentum=0", 50);
    let expected = trace("rosenbrock", "adagrad:learning_rate=0.3,epsilon=0", 50);
    for (found, expected) in found.path().zip(expected.path()) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-13, "{found} {expected}");
        }
    }
}

#[test]
fn sm3_bounds_the_sum_of_squares_from_above() {
    let on = "matrix-regression:shape=3x5";
    let trace = trace(on, "sm3", 30);
    let problem = thalweg::problems::build(&on.parse().unwrap()).unwrap();
    let mut sums = vec![0.0; trace.dim];
    for epoch in 1..=30 {
        let mut g = vec![0.0; trace.dim];
        let at = trace.at(epoch - 1);
        problem.objective.value_and_gradient(at, &mut g);
        let [bounds, rows, columns] = ["square_sum_bound", "row_maximum", "column_maximum"]
            .map(|name| trace.series(name).unwrap().at(epoch));
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum += g[i] * g[i];
            assert!(bounds[i] >= *sum - 1e-12 * *sum, "{epoch}: {i}");
            assert!(bounds[i] <= rows[i].min(columns[i]), "{epoch}: {i}");
        }
    }
}

#[test]
fn factors_are_exact_for_squares_of_rank_one() {
    // The gradient at W = M + x y^T is the outer product of two vectors, and so are its squares.
    let on = "matrix-regression:shape=3x4,condition=1";
    let problem = thalweg::problems::build(&on.parse().unwrap()).unwrap();
    let (x, y) = ([1.0, -2.0, 0.5], [0.3, 1.0, -1.0, 2.0]);
    let away = x.iter().flat_map(|x| y.iter().map(move |y| x * y));
    let start: Vec<f64> = problem.minima[0]
        .iter()
        .zip(away)
        .map(|(m, d)| m + d)
        .collect();
    for with in ["adafactor", "came:epsilon=1e-30"] {
        let trace = from(on, with, 1, Some(start.clone()));
        let mut g = vec![0.0; 12];
        problem.objective.value_and_gradient(&start, &mut g);
        let share = if with == "adafactor" { 1.0 } else { 0.001 };
        let squares = trace.series("mean_square").unwrap().at(1);
        for (square, g) in squares.iter().zip(g) {
            assert!(
                (square - share * g * g).abs() < 1e-13,
                "{with}: {square} {g}"
            );
        }
    }
}

#[test]
fn adafactor_factorizes_only_matrices() {
    let trace = trace(NETWORK, "adafactor", 3);
    let rows = trace.series("row_mean_square").unwrap().at(3);
    for layer in layers(&trace.blocks, trace.dim) {
        let is_factorized = rows[layer.range.start] > 0.0;
        assert_eq!(is_factorized, layer.is_matrix(), "{layer:?}");
    }
    let whole = from(NETWORK, "adafactor:factor_from=3", 3, None);
    let rows = whole.series("row_mean_square").unwrap().at(3);
    assert!(rows.iter().all(|row| *row == 0.0), "{rows:?}");
}

#[test]
fn zero_weights_and_zero_gradients_give_finite_steps() {
    for with in RULES {
        // All weights are zero.
        let memory = trace("associative-memory:pairs=3", with, 30);
        assert!(
            memory.loss() < memory.losses[0],
            "{with}: {}",
            memory.loss()
        );
        // The gradient is zero.
        let minimum = from("booth", with, 3, Some(vec![1.0, 3.0]));
        assert!(minimum.last().iter().all(|w| w.is_finite()), "{with}");
        assert!(with == "fromage" || minimum.last() == [1.0, 3.0], "{with}");
        // Both are zero.
        let origin = from("quadratic", with, 3, Some(vec![0.0, 0.0]));
        assert_eq!(origin.last(), [0.0, 0.0], "{with}");
        // Without epsilon, a rule must not divide by zero.
        if with == "lamb" || with == "novograd" {
            let with = format!("{with}:epsilon=0");
            let minimum = from("booth", &with, 3, Some(vec![1.0, 3.0]));
            assert_eq!(minimum.last(), [1.0, 3.0], "{with}");
        }
    }
}

#[test]
fn shapes_of_one_row_or_column_are_trained() {
    for with in RULES {
        for shape in ["1x5", "5x1", "1x1", "2x3"] {
            let on = format!("matrix-regression:shape={shape},condition=2");
            let trace = trace(&on, with, 40);
            assert!(trace.loss() < trace.losses[0], "{with} on {on}");
        }
    }
}
