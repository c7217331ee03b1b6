//! Problems whose weights are matrices: what their settings mean.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    experiment::{Experiment, Target},
    float::ln,
    linalg::eigenvalues,
    problems::{self, Problem},
    trace::Trace,
};

fn problem(on: &str) -> Problem {
    problems::build(&on.parse().unwrap()).unwrap_or_else(|error| panic!("{on}: {error}"))
}

/// Returns the eigenvalues of the Hessian at the initial point, ascending.
fn curvatures(problem: &Problem) -> Vec<f64> {
    let dim = problem.objective.dim();
    let mut h = vec![0.0; dim * dim];
    let curved = problem.objective.curved().unwrap();
    curved.hessian(&problem.start, &mut h);
    eigenvalues(&mut h, dim)
}

#[test]
fn the_condition_number_is_that_of_the_hessian() {
    for shape in ["4x4", "2x5", "1x3", "3x1"] {
        let problem = problem(&format!("matrix-regression:shape={shape},condition=50"));
        let curvatures = curvatures(&problem);
        let (least, most) = (curvatures[0], curvatures[curvatures.len() - 1]);
        assert!((most - 1.0).abs() < 1e-13, "{shape}: {most}");
        assert!((most / least - 50.0).abs() < 1e-10, "{shape}: {least}");
    }
}

#[test]
fn a_full_newton_step_reaches_the_minimum_of_a_regression() {
    let with = ["newton:damping=0", "gauss-newton"];
    let experiment = Experiment {
        target: Target::None,
        epochs: 1,
        ..Experiment::new(
            "matrix-regression:shape=3x4".parse().unwrap(),
            with.map(|with| with.parse().unwrap()).into(),
        )
    };
    let contest = experiment.prepare().unwrap();
    for run in contest.runs() {
        let trace = Trace::record(run);
        let away = contest.problem.distance(trace.last()).unwrap();
        assert!(away < 1e-11, "{away}");
    }
}

#[test]
fn a_memory_without_weights_guesses() {
    for on in [
        "associative-memory",
        "associative-memory:pairs=5,exponent=0",
        "associative-memory:embedding=one-hot",
    ] {
        let problem = problem(on);
        let pairs = (problem.start.len() as f64).sqrt();
        let loss = problem.objective.value(&problem.start);
        assert!((loss - ln(pairs)).abs() < 1e-14, "{on}: {loss}");
    }
}

#[test]
fn frequent_pairs_have_larger_gradients() {
    // With one-hot keys, the row of a key contains its gradient, which is proportional to its frequency.
    let problem = problem("associative-memory:embedding=one-hot,exponent=1,pairs=4");
    let mut g = vec![0.0; 16];
    problem.objective.value_and_gradient(&problem.start, &mut g);
    for (i, row) in g.chunks_exact(4).enumerate() {
        let ratio = g[0] / row[i];
        assert!((ratio - (i + 1) as f64).abs() < 1e-13, "{i}: {ratio}");
    }
}

#[test]
fn a_deep_network_learns_as_many_singular_values_as_it_has_units() {
    // The singular values are 1, 1/2, and 1/4; the largest two can be learned.
    let on = "deep-linear:shape=3x3,hidden=2,condition=4";
    let experiment = Experiment::new(on.parse().unwrap(), vec!["bfgs".parse().unwrap()]);
    let contest = experiment.prepare().unwrap();
    let (least, learned) = (0.5 / 16.0, 0.5 * (1.0 + 0.25));
    let target = contest.problem.target.unwrap();
    assert!((target - least - 0.01 * learned).abs() < 1e-14, "{target}");
    let trace = Trace::record(contest.runs().next().unwrap());
    assert!(
        trace.loss() <= target && trace.loss() >= least,
        "{}",
        trace.loss()
    );
    // Without weights, the product is 0.
    let empty = contest.problem.objective.value(&[0.0; 12]);
    assert!((empty - least - learned).abs() < 1e-14, "{empty}");
}

#[test]
fn the_same_seed_gives_the_same_problem() {
    for on in [
        "matrix-regression",
        "associative-memory",
        "deep-linear:factors=3",
    ] {
        let value = |on: &str| {
            let problem = problem(on);
            let w: Vec<f64> = problem.start.iter().map(|w| w + 0.1).collect();
            problem.objective.value(&w)
        };
        assert_eq!(value(on).to_bits(), value(on).to_bits());
        let separator = if on.contains(':') { "," } else { ":" };
        assert_ne!(value(on), value(&format!("{on}{separator}seed=2")), "{on}");
    }
}

#[test]
fn blocks_are_the_matrices() {
    let shapes = |on: &str| -> Vec<[usize; 2]> {
        let blocks = problem(on).objective.blocks().to_vec();
        blocks.into_iter().map(|block| block.shape).collect()
    };
    assert_eq!(shapes("matrix-regression:shape=16x4"), [[16, 4]]);
    assert_eq!(shapes("associative-memory"), [[8, 8]]);
    assert_eq!(shapes("deep-linear:shape=2x5,hidden=3"), [[2, 3], [3, 5]]);
    let three = "deep-linear:factors=3,shape=2x5,hidden=3";
    assert_eq!(shapes(three), [[2, 3], [3, 3], [3, 5]]);
    let names = problem(three).weight_names;
    assert_eq!((&*names[0], &*names[29]), ("W1[1,1]", "W3[3,5]"));
}

#[test]
fn a_wrong_shape_is_named_with_what_is_allowed() {
    for given in ["8", "8x", "0x4", "8x8x8", "8*8", "501x2", "-1x2", "axb"] {
        let on = format!("matrix-regression:shape={given}");
        let error = problems::build(&on.parse().unwrap())
            .map(|_| ())
            .unwrap_err();
        let text = error.to_string();
        for words in ["shape", given, "from 1 to 500", "8x8"] {
            assert!(text.contains(words), "{text}");
        }
    }
}
