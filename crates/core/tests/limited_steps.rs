//! Methods whose model limits the step, and other second-order methods where models fail: saddle points, flat functions, NaN.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    experiment::{Experiment, Target},
    linalg::{dot, product, shift_diagonal},
    objective::{Objective, TwiceDifferentiable},
    optimizers,
    run::{Budget, Run, StopReason, convergence::Convergence},
    trace::Trace,
};

/// The second-order methods with and without limits, with their main settings.
const METHODS: [&str; 11] = [
    "trust-region",
    "trust-region:subproblem=dogleg",
    "cubic-newton",
    "cubic-newton:adaptive=false",
    "newton-cg",
    "newton-cg:first_step=decrease,search=hager-zhang",
    "conjugate-gradient:beta=hager-zhang,search=hager-zhang",
    "sophia",
    "sophia:diagonal=hutchinson,bias_correction=true,delayed=true",
    "adahessian",
    "adahessian:diagonal=hutchinson",
];

/// The sum of `c_i (w_i - 1)^2 / 2 + w_i^4 / 4` with one curvature c per weight.
struct Bowl {
    curvatures: Vec<f64>,
}

impl Objective for Bowl {
    fn dim(&self) -> usize {
        self.curvatures.len()
    }
    fn value(&self, w: &[f64]) -> f64 {
        self.value_and_gradient(w, &mut vec![0.0; w.len()])
    }
    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for ((w, c), g) in w.iter().zip(&self.curvatures).zip(g) {
            let away = w - 1.0;
            loss += 0.5 * c * away * away + 0.25 * w * w * w * w;
            *g = c * away + w * w * w;
        }
        loss
    }
    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }
}

impl TwiceDifferentiable for Bowl {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        h.fill(0.0);
        for (i, (w, c)) in w.iter().zip(&self.curvatures).enumerate() {
            h[i * self.curvatures.len() + i] = c + 3.0 * w * w;
        }
    }
}

fn minimize(f: &dyn Objective, start: &[f64], with: &str, epochs: u64) -> Trace {
    let optimizer = optimizers::REGISTRY
        .build(&with.parse().unwrap(), Some(0.1))
        .unwrap();
    let budget = Budget {
        epochs,
        target: None,
        tolerance: None,
    };
    Trace::record(Run::new(f, &*optimizer, start, budget))
}

fn run(on: &str, start: &[f64], with: &str, epochs: u64) -> Trace {
    let experiment = Experiment {
        start: Some(start.to_vec()),
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    };
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

fn number(trace: &Trace, channel: &str, epoch: usize) -> f64 {
    trace.series(channel).unwrap().at(epoch)[0]
}

fn length(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

#[test]
fn every_proposal_solves_the_damped_equations_within_its_limit() {
    for (on, start) in [("rosenbrock", [-1.5, 2.0]), ("himmelblau", [0.1, 0.0])] {
        for with in ["trust-region", "cubic-newton"] {
            let trace = run(on, &start, with, 25);
            assert!(trace.epochs() > 5, "{with} on {on}");
            let objective = &Experiment::new(on.parse().unwrap(), vec![])
                .prepare()
                .unwrap()
                .problem
                .objective;
            for t in 1..=trace.epochs() as usize {
                let [p, h] =
                    ["proposal", "damped_hessian"].map(|name| trace.series(name).unwrap().at(t));
                let damping = number(&trace, "damping", t);
                let (mut g, mut image) = ([0.0; 2], [0.0; 2]);
                objective.value_and_gradient(trace.at(t - 1), &mut g);
                product(h, p, &mut image);
                for i in 0..2 {
                    let rounding = 1e-10 * (length(&g) + h[0].abs() * length(p));
                    assert!((image[i] + g[i]).abs() <= rounding, "{with} on {on}, {t}");
                }
                // The damped Hessian is positive semidefinite.
                let determinant = h[0] * h[3] - h[1] * h[2];
                assert!(h[0] >= 0.0 && determinant >= -1e-9 * h[0] * h[3], "{t}");
                let limit = match with {
                    "trust-region" => number(&trace, "radius", t),
                    _ => 2.0 * damping / number(&trace, "cubic_weight", t),
                };
                let is_inside = with == "trust-region" && damping == 0.0 && length(p) <= limit;
                let apart = (length(p) - limit).abs();
                assert!(
                    is_inside || apart <= 1e-9 * limit,
                    "{with} on {on}, {t}: {apart:e}"
                );
            }
        }
    }
}

#[test]
fn a_rejected_step_shrinks_the_region_and_costs_one_loss() {
    let trace = run("rosenbrock", &[-1.5, 2.0], "trust-region", 26);
    let mut rejected = 0;
    for t in 1..=trace.epochs() as usize {
        let (ratio, calls) = (
            number(&trace, "ratio", t),
            [t - 1, t].map(|t| trace.calls[t]),
        );
        assert_eq!(trace.trials[t].len(), 1);
        if ratio > 0.15 {
            assert_eq!(trace.trials[t][0].weights, trace.at(t));
            continue;
        }
        rejected += 1;
        assert_eq!(trace.at(t), trace.at(t - 1));
        if t < trace.epochs() as usize {
            let [now, next] = [t, t + 1].map(|t| number(&trace, "radius", t));
            assert_eq!(next, 0.25 * now);
            // The next step uses the same gradient and Hessian.
            let next = trace.calls[t + 1];
            assert_eq!(
                [
                    next.gradient - calls[1].gradient,
                    next.hessian - calls[1].hessian
                ],
                [0, 0]
            );
        }
        assert_eq!(calls[1].value - calls[0].value, 1);
    }
    assert!(rejected > 1, "{rejected}");
}

#[test]
fn exact_models_leave_a_saddle_point_along_the_negative_curvature() {
    // E = x^2 - y^2, whose gradient is zero at the start.
    for (with, length) in [("trust-region", 1.0), ("cubic-newton", 4.0)] {
        let trace = run("saddle", &[0.0, 0.0], with, 1);
        assert_eq!(trace.at(1), [0.0, length], "{with}");
        assert_eq!(number(&trace, "damping", 1), 2.0, "{with}");
    }
    // On the ridge, the gradient has no component along the negative curvature: the hard case.
    let trace = run("saddle", &[1.0, 0.0], "trust-region", 1);
    let [x, y] = [0.5, 0.75_f64.sqrt()];
    assert!((trace.at(1)[0] - x).abs() < 1e-15 && (trace.at(1)[1] - y).abs() < 1e-15);
    for with in METHODS.iter().filter(|with| !with.contains("adaptive")) {
        let stop = run("saddle", &[0.0, 0.0], with, 3).stop;
        let leaves = ["trust-region", "cubic-newton"].contains(with);
        let expected = if leaves {
            StopReason::EpochLimit
        } else {
            StopReason::Converged(Convergence::Saddle)
        };
        assert_eq!(stop, expected, "{with}");
    }
}

#[test]
fn the_dogleg_bends_at_the_cauchy_point() {
    // E = (x^2 + 9 y^2) / 2 from (9, 1): g = (9, 9), the Cauchy point is at 1/5 of it, the Newton step is (-9, -1).
    let on = "formula:(x^2+9*y^2)/2,start=9,1";
    let step = |radius: f64| {
        let with = format!("trust-region:subproblem=dogleg,initial_radius={radius}");
        let trace = run(on, &[9.0, 1.0], &with, 1);
        [trace.at(1)[0] - 9.0, trace.at(1)[1] - 1.0]
    };
    let short = step(1.0);
    assert!((short[0] + 0.5_f64.sqrt()).abs() < 1e-14 && (short[0] - short[1]).abs() < 1e-14);
    let bent = step(5.0);
    assert!((length(&bent) - 5.0).abs() < 1e-14);
    // It lies on the line from (-1.8, -1.8) to (-9, -1).
    let slope = (bent[1] + 1.8) / (bent[0] + 1.8);
    assert!(
        (slope + 0.8 / 7.2).abs() < 1e-14 && bent[0] < -1.8,
        "{bent:?}"
    );
    assert_eq!(step(10.0), [-9.0, -1.0]);
    // With an indefinite Hessian, the step is the one along the gradient.
    let ridge = run("saddle", &[1.0, 0.5], "trust-region:subproblem=dogleg", 1);
    let moved = [ridge.at(1)[0] - 1.0, ridge.at(1)[1] - 0.5];
    assert!((moved[0] + 2.0 * moved[1]).abs() < 1e-15, "{moved:?}");
}

#[test]
fn cubic_steps_never_increase_a_loss_with_a_known_lipschitz_constant() {
    // The third derivative of ln(cosh x) is at most 0.77 in magnitude, that of the cosine at most 1.
    for on in [
        "formula:ln(exp(x)+exp(-x))+y^2,start=9,3",
        "formula:cos(x)+cos(y),start=0.1,0.2",
    ] {
        let experiment = Experiment {
            target: Target::None,
            epochs: 30,
            ..Experiment::new(
                on.parse().unwrap(),
                vec!["cubic-newton:adaptive=false".parse().unwrap()],
            )
        };
        let contest = experiment.prepare().unwrap();
        let trace = Trace::record(contest.run(&contest.contenders[0]));
        let rises = trace
            .losses
            .windows(2)
            .any(|pair| pair[1] > pair[0] + 1e-15);
        assert!(!rises && trace.epochs() > 3, "{on}: {:?}", trace.losses);
        assert_eq!(
            trace.stop,
            StopReason::Converged(Convergence::Minimum),
            "{on}"
        );
    }
}

#[test]
fn newton_cg_follows_the_negative_gradient_where_the_curvature_is_negative() {
    let trace = run("saddle", &[0.1, 1.0], "newton-cg:search=fixed", 1);
    // g = (0.2, -2), g.H g = 2 (0.04 - 4): the step is -g (g.g) / |g.H g|.
    let factor = 4.04 / 7.92;
    let expected = [0.1 - 0.2 * factor, 1.0 + 2.0 * factor];
    for (found, expected) in trace.at(1).iter().zip(expected) {
        assert!((found - expected).abs() < 1e-14);
    }
    assert_eq!(number(&trace, "iterations", 1), 1.0);
}

#[test]
fn one_weight_and_many_weights_reach_the_minimum() {
    for dim in [1, 64] {
        let curvatures: Vec<f64> = (0..dim).map(|i| 0.5 + 0.25 * f64::from(i)).collect();
        let f = Bowl { curvatures };
        let start: Vec<f64> = (0..dim).map(|i| 2.0 - 0.05 * f64::from(i)).collect();
        for with in METHODS {
            let trace = minimize(&f, &start, with, 1500);
            let mut g = vec![0.0; start.len()];
            f.value_and_gradient(trace.last(), &mut g);
            let limit = if with.starts_with("sophia") {
                0.5
            } else {
                1e-4
            };
            assert!(length(&g) < limit, "{with}, {dim}: {:e}", length(&g));
        }
    }
}

#[test]
fn flat_functions_and_undefined_losses_have_an_outcome() {
    for on in [
        "formula:0*x*y,start=1,2",
        "formula:x+0*y,start=1,2",
        "formula:x+x^2+0*y,start=1,2",
        "formula:sqrt(x)+y^2,start=1,2",
        "formula:-ln(x)+y^2,start=1,2",
        "formula:x^2*1e300+y^2,start=1,2",
        "formula:1e-300*x^2+1e-300*y^2,start=1,2",
        "formula:-exp(x)-exp(y),start=1,2",
        "formula:x^4+y^4,start=0,1",
    ] {
        for with in METHODS {
            let start = if on.ends_with("0,1") {
                [0.0, 1.0]
            } else {
                [1.0, 2.0]
            };
            let trace = run(on, &start, with, 400);
            assert!(trace.losses[0].is_finite(), "{on}");
            let descends = ["trust-region", "cubic-newton", "newton-cg"];
            if descends.iter().any(|id| with.starts_with(id)) {
                let mut pairs = trace.losses.windows(2);
                let rises = pairs.any(|pair| pair[1] > pair[0] + 2e-6 * pair[0].abs());
                assert!(!rises || with.contains("false"), "{with} on {on}");
            }
            if on.starts_with("formula:0*x*y") {
                let stop = StopReason::Converged(Convergence::Stationary);
                assert_eq!((trace.stop, trace.epochs()), (stop, 0), "{with}");
            }
        }
    }
}

#[test]
fn a_damped_hessian_is_the_hessian_plus_the_damping() {
    let trace = run("himmelblau", &[0.1, 0.0], "trust-region", 1);
    let f = Experiment::new("himmelblau".parse().unwrap(), vec![]);
    let f = f.prepare().unwrap().problem.objective;
    let mut h = [0.0; 4];
    f.curved().unwrap().hessian(&[0.1, 0.0], &mut h);
    let damping = number(&trace, "damping", 1);
    assert!(damping > 0.0);
    shift_diagonal(&mut h, 2, damping);
    assert_eq!(trace.series("damped_hessian").unwrap().at(1), h);
}
