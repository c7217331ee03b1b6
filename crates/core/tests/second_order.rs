//! Second-order and quasi-Newton optimizers on quadratics, where their results are known.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    catalog::pick::Pick,
    experiment::{Experiment, Target},
    linalg::{add_outer, dot, product, shift_diagonal, solve},
    line::NoStep,
    objective::{LeastSquares, Objective, TwiceDifferentiable},
    optimizers,
    random::Random,
    randomness::Randomness,
    run::{Budget, Run, StopReason},
    trace::Trace,
};

/// The function (w - m)^T A (w - m) / 2.
struct Quadratic {
    matrix: Vec<f64>,
    minimum: Vec<f64>,
}

impl Quadratic {
    /// Creates a function of `dim` weights with curvatures of at least 0.5.
    fn random(dim: usize, seed: u64) -> Self {
        let mut random = Random::from_seed(seed);
        let mut matrix = vec![0.0; dim * dim];
        for _ in 0..dim {
            let x: Vec<f64> = (0..dim).map(|_| random.normal()).collect();
            add_outer(&mut matrix, 1.0, &x, &x);
        }
        shift_diagonal(&mut matrix, dim, 0.5);
        let minimum = (0..dim).map(|_| random.normal()).collect();
        Self { matrix, minimum }
    }

    /// Returns the inverse Hessian (dim, dim).
    fn inverse(&self) -> Vec<f64> {
        let dim = self.dim();
        let column = |i: usize| {
            let mut e = vec![0.0; dim];
            e[i] = 1.0;
            solve(&mut self.matrix.clone(), &mut e).unwrap();
            e
        };
        (0..dim).flat_map(column).collect()
    }
}

impl Objective for Quadratic {
    fn dim(&self) -> usize {
        self.minimum.len()
    }
    fn value(&self, w: &[f64]) -> f64 {
        self.value_and_gradient(w, &mut vec![0.0; w.len()])
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let away: Vec<f64> = w.iter().zip(&self.minimum).map(|(w, m)| w - m).collect();
        product(&self.matrix, &away, g);
        0.5 * dot(&away, g)
    }
    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }
}

impl TwiceDifferentiable for Quadratic {
    fn hessian(&self, _: &[f64], h: &mut [f64]) {
        h.copy_from_slice(&self.matrix);
    }
}

/// The mean of the squared components of B w - c.
struct Regression {
    rows: Vec<Vec<f64>>,
    goals: Vec<f64>,
}

impl Regression {
    fn random(samples: usize, dim: usize) -> Self {
        let mut random = Random::from_seed(9);
        let mut row = || (0..dim).map(|_| random.normal()).collect();
        let rows: Vec<Vec<f64>> = (0..samples).map(|_| row()).collect();
        let goals = (0..samples).map(|_| random.normal()).collect();
        Self { rows, goals }
    }
}

impl Objective for Regression {
    fn dim(&self) -> usize {
        self.rows[0].len()
    }
    fn value(&self, w: &[f64]) -> f64 {
        self.value_and_gradient(w, &mut vec![0.0; w.len()])
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        g.fill(0.0);
        let count = self.rows.len() as f64;
        let mut loss = 0.0;
        for (row, goal) in self.rows.iter().zip(&self.goals) {
            let error = dot(row, w) - goal;
            loss += error * error / count;
            for (g, x) in g.iter_mut().zip(row) {
                *g += 2.0 * error * x / count;
            }
        }
        loss
    }
    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        Some(self)
    }
}

impl LeastSquares for Regression {
    fn residuals(&self) -> usize {
        self.rows.len()
    }
    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        for (i, (row, goal)) in self.rows.iter().zip(&self.goals).enumerate() {
            r[i] = dot(row, w) - goal;
            j[i * w.len()..][..w.len()].copy_from_slice(row);
        }
        self.value(w)
    }
}

fn trace(pick: &str, f: &dyn Objective, start: &[f64], epochs: u64) -> Trace {
    let recipe = optimizers::REGISTRY
        .build(&pick.parse().unwrap(), None)
        .unwrap();
    let budget = Budget {
        epochs,
        target: None,
        tolerance: None,
    };
    Trace::record(Run::new(f, &*recipe, start, budget))
}

fn size(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

fn gradient(f: &dyn Objective, w: &[f64]) -> Vec<f64> {
    let mut g = vec![0.0; w.len()];
    f.value_and_gradient(w, &mut g);
    g
}

/// Returns the values of a channel after `epoch` steps.
fn reading<'a>(trace: &'a Trace, channel: &str, epoch: u64) -> &'a [f64] {
    trace.series(channel).unwrap().at(epoch as usize)
}

#[test]
fn exact_searches_minimize_a_quadratic_of_n_weights_in_n_steps() {
    let betas = [
        "fletcher-reeves",
        "polak-ribiere",
        "polak-ribiere-plus",
        "hestenes-stiefel",
        "liu-storey",
        "dai-yuan",
        "conjugate-descent",
        "hager-zhang",
    ];
    let conjugate = betas.map(|beta| format!("conjugate-gradient:beta={beta},search=exact"));
    let secant = ["bfgs", "dfp", "lbfgs"].map(|id| format!("{id}:search=exact"));
    for dim in [1, 2, 3, 5] {
        let f = Quadratic::random(dim, 3 + dim as u64);
        let start = vec![2.0; dim];
        for pick in conjugate.iter().chain(&secant) {
            let trace = trace(pick, &f, &start, dim as u64);
            let left = size(&gradient(&f, trace.last())) / size(&gradient(&f, &start));
            assert!(left < 1e-5, "{pick} with {dim} weights: {left:e}");
            let before = trace.at(trace.epochs() as usize - 1);
            let before = size(&gradient(&f, before)) / size(&gradient(&f, &start));
            assert!(
                dim == 1 || before > 1e-3,
                "{pick} with {dim} weights: {before:e}"
            );
        }
    }
}

#[test]
fn quasi_newton_methods_approximate_the_inverse_hessian() {
    let f = Quadratic::random(4, 2);
    let inverse = f.inverse();
    for pick in [
        "bfgs:search=exact",
        "dfp:search=exact",
        // SR1 does not need a line search for this.
        "sr1:search=armijo",
        "sr1:search=exact",
    ] {
        let trace = trace(pick, &f, &[2.0; 4], 5);
        let h = reading(&trace, "inverse_hessian", trace.epochs());
        for (h, expected) in h.iter().zip(&inverse) {
            assert!((h - expected).abs() < 1e-5, "{pick}: {h} {expected}");
        }
    }
}

#[test]
fn every_update_satisfies_the_secant_equation() {
    let f = Quadratic::random(3, 8);
    for id in ["bfgs", "dfp", "sr1", "psb"] {
        let trace = trace(id, &f, &[2.0; 3], 6);
        for epoch in 2..=trace.epochs().min(4) {
            // The matrix of this epoch was updated with the previous step.
            let [from, to] = [epoch - 2, epoch - 1].map(|e| trace.at(e as usize));
            let [before, after] = [from, to].map(|w| gradient(&f, w));
            let change: Vec<f64> = after.iter().zip(before).map(|(a, b)| a - b).collect();
            let mut fitted = [0.0; 3];
            let h = reading(&trace, "inverse_hessian", epoch);
            product(h, &change, &mut fitted);
            for (fitted, (to, from)) in fitted.iter().zip(to.iter().zip(from)) {
                let moved = to - from;
                assert!((fitted - moved).abs() < 1e-9, "{id}: {fitted} {moved}");
            }
            for i in 0..3 {
                for j in 0..i {
                    assert!((h[3 * i + j] - h[3 * j + i]).abs() < 1e-12, "{id}: {h:?}");
                }
            }
        }
    }
}

#[test]
fn lbfgs_with_full_memory_equals_bfgs_with_its_scale() {
    // After one step, both have the closed form H = (1 - s y / c) gamma (1 - y s / c) + s s / c.
    let f = Quadratic::random(2, 5);
    let trace = trace("lbfgs:search=fixed,search.step=0.1", &f, &[1.0, -2.0], 2);
    let [start, next] = [trace.at(0), trace.at(1)];
    let [g, after] = [start, next].map(|w| gradient(&f, w));
    let s: Vec<f64> = next.iter().zip(start).map(|(a, b)| a - b).collect();
    let y: Vec<f64> = after.iter().zip(&g).map(|(a, b)| a - b).collect();
    let curvature = dot(&s, &y);
    let gamma = curvature / dot(&y, &y);
    let share = dot(&s, &after) / curvature;
    let inner: Vec<f64> = after
        .iter()
        .zip(&y)
        .map(|(g, y)| gamma * (g - share * y))
        .collect();
    let other = dot(&y, &inner) / curvature;
    for i in 0..2 {
        let step = -0.1 * (inner[i] - other * s[i] + share * s[i]);
        assert!((trace.at(2)[i] - next[i] - step).abs() < 1e-13);
    }
    assert_eq!(reading(&trace, "scale", 2), [gamma]);
}

#[test]
fn newton_finds_the_minimum_of_a_quadratic_in_one_step() {
    let f = Quadratic::random(5, 1);
    for search in ["fixed", "armijo", "strong-wolfe"] {
        let trace = trace(
            &format!("newton:damping=0,search={search}"),
            &f,
            &[2.0; 5],
            1,
        );
        for (w, m) in trace.last().iter().zip(&f.minimum) {
            assert!((w - m).abs() < 1e-12, "{search}: {w} {m}");
        }
    }
}

#[test]
fn newton_moves_towards_a_saddle_point_without_damping() {
    let saddle = Quadratic {
        matrix: vec![0.0, 1.0, 1.0, 0.0],
        minimum: vec![0.0; 2],
    };
    // Elimination without pivoting would fail at the first pivot.
    let start = [1.0, 0.25];
    let plain = trace("newton:damping=0", &saddle, &start, 1);
    assert_eq!(plain.last(), [0.0, 0.0]);
    let damped = trace("newton:damping=2", &saddle, &start, 1);
    assert!(damped.loss() < saddle.value(&start));
    // For an ascent direction, the message does not blame the line search.
    let start = [1.0, -0.25];
    for search in ["armijo", "strong-wolfe", "exact", "golden-section"] {
        let pick = format!("newton:damping=0,search={search}");
        let stop = trace(&pick, &saddle, &start, 1).stop;
        assert_eq!(stop, StopReason::NoStep(NoStep::Uphill), "{search}");
    }
}

#[test]
fn a_singular_matrix_ends_the_run_with_advice() {
    let valley = Quadratic {
        matrix: vec![1.0, 1.0, 1.0, 1.0],
        minimum: vec![0.0; 2],
    };
    let trace = trace("newton:damping=0", &valley, &[1.0, 2.0], 10);
    assert_eq!((trace.stop, trace.epochs()), (StopReason::Singular, 0));
    assert!(trace.stop.to_string().contains("damping"));
    let parallel = Regression {
        rows: vec![vec![1.0, 2.0], vec![2.0, 4.0]],
        goals: vec![1.0, 0.0],
    };
    let gauss = self::trace("gauss-newton", &parallel, &[1.0, 2.0], 10);
    assert_eq!((gauss.stop, gauss.epochs()), (StopReason::Singular, 0));
}

#[test]
fn gauss_newton_solves_a_linear_regression_in_one_step() {
    let f = Regression::random(7, 3);
    for search in ["fixed", "strong-wolfe"] {
        let trace = trace(&format!("gauss-newton:search={search}"), &f, &[1.0; 3], 1);
        assert!(size(&gradient(&f, trace.last())) < 1e-13, "{search}");
        assert_eq!(trace.total().hessian, 0);
    }
    // The gradient follows from the residuals.
    let trace = trace("gauss-newton", &f, &[1.0; 3], 1);
    assert_eq!(trace.total().gradient, 1);
}

#[test]
fn the_noise_of_the_gradient_reaches_methods_that_use_residuals() {
    let f = Regression::random(12, 3);
    let start = [0.5, -1.0, 2.0];
    let after_one_step = |pick: &str, gradient_noise: f64| -> Vec<f64> {
        let recipe = optimizers::REGISTRY.build(&pick.parse().unwrap(), None);
        let budget = Budget {
            epochs: 1,
            target: None,
            tolerance: None,
        };
        let randomness = Randomness {
            gradient_noise,
            seed: 3,
            ..Randomness::default()
        };
        let mut run = Run::stochastic(&f, &*recipe.unwrap(), &start, budget, &randomness);
        run.advance();
        run.weights().to_vec()
    };
    // A step of gradient descent shows the gradient with its noise.
    let descended = after_one_step("gradient-descent:learning_rate=1", 0.3);
    let noisy: Vec<f64> = start.iter().zip(&descended).map(|(w, v)| w - v).collect();
    let exact = gradient(&f, &start);
    assert!((0..3).all(|i| (noisy[i] - exact[i]).abs() > 1e-3));
    // The loss is quadratic, so its Hessian is that of the normal equations.
    let mut hessian = vec![0.0; 9];
    for row in &f.rows {
        add_outer(&mut hessian, 2.0 / f.rows.len() as f64, row, row);
    }
    let mut step = noisy;
    solve(&mut hessian, &mut step).unwrap();
    for pick in [
        "gauss-newton",
        "levenberg-marquardt:damping=1e-12,repeat=false",
    ] {
        let found = after_one_step(pick, 0.3);
        let without = after_one_step(pick, 0.0);
        for i in 0..3 {
            assert!(
                (found[i] - (start[i] - step[i])).abs() < 1e-9,
                "{pick} {found:?}"
            );
            assert!((found[i] - without[i]).abs() > 1e-4, "{pick} {found:?}");
        }
    }
}

#[test]
fn levenberg_marquardt_lies_between_gauss_newton_and_the_gradient() {
    let f = Regression::random(7, 3);
    let start = [1.0; 3];
    let step = |pick: &str| -> Vec<f64> {
        let trace = trace(pick, &f, &start, 1);
        trace.last().iter().zip(start).map(|(w, s)| w - s).collect()
    };
    let angle = |x: &[f64], y: &[f64]| 1.0 - dot(x, y) / (size(x) * size(y));
    let newton = step("gauss-newton");
    let downhill: Vec<f64> = gradient(&f, &start).iter().map(|g| -g).collect();
    let [small, middle, large] =
        [1e-9, 3.0, 1e9].map(|damping| step(&format!("levenberg-marquardt:damping={damping}")));
    for (small, newton) in small.iter().zip(&newton) {
        assert!((small - newton).abs() < 1e-8);
    }
    assert!(angle(&large, &downhill) < 1e-12);
    let whole = angle(&newton, &downhill);
    assert!(angle(&middle, &newton) < whole && angle(&middle, &downhill) < whole);
    // J^T r is half the gradient of the sum of the seven squares.
    let expected = 3.5 * downhill[0] / 1e9;
    assert!((large[0] - expected).abs() < 1e-6 * expected.abs());
    // Without repetitions, the first epoch divides the damping by the factor.
    let divided = step("levenberg-marquardt:damping=1e9,repeat=false")[0];
    assert!((divided - 1.2 * expected).abs() < 1e-6 * expected.abs());
}

#[test]
fn levenberg_marquardt_without_repetitions_increases_the_damping_after_the_loss_rose() {
    let contest = Experiment::new(
        "article".parse().unwrap(),
        vec![
            "levenberg-marquardt:damping=1e-9,factor=2,repeat=false"
                .parse()
                .unwrap(),
        ],
    );
    let contest = contest.prepare().unwrap();
    let trace = Trace::record(contest.run(&contest.contenders[0]));
    let damping = &trace.series("damping").unwrap().numbers;
    for epoch in 1..=trace.epochs() as usize {
        let rose = epoch > 1 && trace.losses[epoch - 1] > trace.losses[epoch - 2];
        let factor = if rose { 2.0 } else { 0.5 };
        assert_eq!(damping[epoch], factor * damping[epoch - 1]);
    }
}

/// Eight samples of two classes that no line through the origin separates.
const OVERLAPPING: &str = "a,b,label\n-2.9,-1.5,0\n-0.1,2.9,0\n0.8,2.3,0\n-1.7,2.4,0\n-0.1,-1.8,0\n\
    -1.5,0.3,0\n3.7,1.8,1\n-4.8,2.3,0\n";

/// Returns the run of a pick on [`OVERLAPPING`] from the initial point of the article.
fn train_on_overlapping(pick: &str, epochs: u64) -> Trace {
    let mut on: Pick = "csv:path=overlapping.csv".parse().unwrap();
    on.files = vec![("overlapping.csv".into(), OVERLAPPING.into())];
    let experiment = Experiment {
        start: Some(vec![-4.0, -4.0]),
        target: Target::None,
        epochs,
        ..Experiment::new(on, vec![pick.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

#[test]
fn levenberg_marquardt_repeats_a_step_until_the_loss_falls() {
    let trace = train_on_overlapping("levenberg-marquardt", 1000);
    let first = [
        0.623_242_1,
        0.614_989_6,
        0.139_650_3,
        0.126_692_1,
        0.125_137_8,
    ];
    for (found, expected) in trace.losses.iter().zip(first) {
        assert!((found - expected).abs() < 5e-8, "{found} {expected}");
    }
    assert!(trace.losses.windows(2).all(|pair| pair[1] < pair[0]));
    assert!((trace.losses[40] - 0.089_668_818_678_702_22).abs() < 1e-15);
    assert!((trace.loss() - 0.089_668_818_648_28).abs() < 1e-14);
    for (found, expected) in trace.last().iter().zip([1.085_535_6, -0.567_405_5]) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }
    assert!((60..=100).contains(&trace.epochs()), "{}", trace.epochs());
    // The first step is accepted with the initial damping, and the first repetition multiplies the last one by the factor.
    let damping = &trace.series("damping").unwrap().numbers;
    assert_eq!(damping[1], 0.01);
    assert_eq!(trace.calls[1].value, 1);
}

#[test]
fn levenberg_marquardt_with_squared_errors_never_increases_their_sum() {
    for pick in ["errors", "squared-errors"] {
        for factor in [1.0, 1.2, 10.0] {
            let pick = format!("levenberg-marquardt:residuals={pick},factor={factor}");
            let trace = train_on_overlapping(&pick, 300);
            assert!(trace.loss() < trace.losses[0], "{pick}: {}", trace.loss());
        }
    }
    let old = train_on_overlapping("levenberg-marquardt:repeat=false", 40);
    assert!(old.losses.windows(2).any(|pair| pair[1] > pair[0]));
}

#[test]
fn hessian_diagonal_bounds_the_inverse_of_each_curvature() {
    let f = Quadratic {
        matrix: vec![4.0, 1.0, 0.0, 1.0, -1e-9, 0.0, 0.0, 0.0, -2.0],
        minimum: vec![0.0; 3],
    };
    let trace = trace("hessian-diagonal:learning_rate=0.5", &f, &[1.0; 3], 1);
    assert_eq!(
        trace.last(),
        [
            1.0 - 0.5 * 5.0 / 4.0,
            1.0 + 0.5 * 100.0 * (1.0 - 1e-9),
            1.0 + 0.5 * -2.0 / 2.0
        ]
    );
    assert_eq!(trace.total().hessian, 1);
}

#[test]
fn needs_of_an_optimizer_are_checked_before_the_run() {
    let about = |id: &str| &*optimizers::REGISTRY.named(id).unwrap().about.needs;
    for (id, need) in [
        ("newton", "second derivatives"),
        ("hessian-diagonal", "second derivatives"),
        ("sophia", "second derivatives"),
        ("adahessian", "second derivatives"),
        ("newton-cg", "second derivatives"),
        ("trust-region", "second derivatives"),
        ("cubic-newton", "second derivatives"),
        ("gauss-newton", "residuals"),
        ("levenberg-marquardt", "residuals"),
    ] {
        let [found] = about(id) else {
            panic!("{id} has one need");
        };
        assert!(found.to_string().starts_with(need), "{id}: {found}");
        assert!(!(&Plain as &dyn Objective).meets(*found), "{id}");
        let error = Error::Lacks {
            optimizer: id.into(),
            need: *found,
            instead: vec!["bfgs".into()],
        };
        assert!(error.help().unwrap().contains("bfgs"));
    }
    assert!(about("bfgs").is_empty());
}

/// A function with a loss and a gradient but no other capability.
struct Plain;

impl Objective for Plain {
    fn dim(&self) -> usize {
        1
    }
    fn value(&self, w: &[f64]) -> f64 {
        w[0]
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        g[0] = 1.0;
        w[0]
    }
}
