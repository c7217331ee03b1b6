//! Runs that come to rest, and runs within a tolerance.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    batch::RunEnd,
    catalog::Family,
    experiment::{Experiment, PreparedExperiment, Target},
    optimizer::StepOutcome,
    optimizers,
    oracle::Oracle,
    run::{StopReason, convergence::Convergence, watch::PATIENCE},
    trace::Trace,
};

/// A quadratic function whose greatest curvature is 18, with its minimum at (1, -2).
const BOWL: &str = "formula:(x-1)^2+9*(y+2)^2";

fn experiment(on: &str, with: &str, epochs: u64) -> Experiment {
    Experiment {
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    }
}

fn train(experiment: &Experiment) -> Trace {
    let contest = experiment.prepare().unwrap();
    Trace::record(contest.run(&contest.contenders[0]))
}

fn converged(kind: Convergence) -> StopReason {
    StopReason::Converged(kind)
}

#[test]
fn a_run_that_no_longer_changes_has_converged() {
    let rate = 0.5 / 18.0;
    let with = format!("gradient-descent:learning_rate={rate}");
    let trace = train(&experiment(BOWL, &with, 100_000));
    assert_eq!(
        (trace.stop, trace.epochs()),
        (converged(Convergence::Minimum), 627)
    );
    let [last, before] = [627, 626].map(|epoch| trace.at(epoch));
    assert_ne!(last, before);
    // The last step, which changed nothing, is counted as an evaluation.
    assert_eq!(trace.total().gradient, 628);
    // A schedule can still change the learning rate.
    let with = format!("{with},schedule=constant");
    let trace = train(&experiment(BOWL, &with, 2000));
    assert_eq!(trace.stop, StopReason::EpochLimit);
}

#[test]
fn every_run_at_rest_would_stay_there() {
    let abouts = optimizers::REGISTRY.abouts();
    let mut rested = 0;
    for about in abouts.filter(|about| about.family != Some(Family::Recorded)) {
        for on in [BOWL, "article", "himmelblau"] {
            let Ok(contest) = experiment(on, &about.id, 4000).prepare() else {
                continue;
            };
            let contender = &contest.contenders[0];
            let trace = Trace::record(contest.run(contender));
            let StopReason::Converged(_) = trace.stop else {
                continue;
            };
            rested += 1;
            let recipe = optimizers::REGISTRY.build(&contender.pick, contest.problem.learning_rate);
            let mut oracle = Oracle::new(&*contest.problem.objective);
            let mut w = contest.start.clone();
            let mut stepper = recipe.unwrap().start(&w, &mut oracle);
            for epoch in 0..trace.epochs() + 300 {
                oracle.begin_step();
                if stepper.step(&mut w, &mut oracle) != StepOutcome::Continue {
                    break;
                }
                if epoch >= trace.epochs() {
                    assert_eq!(w, trace.last(), "{} on {on}, {epoch}", about.id);
                }
            }
        }
    }
    assert!(rested > 10, "{rested}");
}

#[test]
fn a_search_without_a_lower_point_has_converged_where_the_gradient_vanishes() {
    let searches = [
        "bfgs",
        "lbfgs",
        "dfp",
        "sr1",
        "conjugate-gradient",
        "newton:search=armijo",
        "gradient-descent:search=golden-section",
        "gradient-descent:search=exact",
        "bfgs:search=armijo",
    ];
    for on in [
        "formula:(x-1)^2+9*(y+2)^2+3",
        "formula:(x-1)^2+9*(y+2)^2+300",
        "formula:1e6*((x-1)^2+9*(y+2)^2)+3",
        "formula:3-exp(-x^2-4*y^2),start=0.3,0.2",
    ] {
        for with in searches {
            let trace = train(&experiment(on, with, 5000));
            let expected = converged(Convergence::Minimum);
            assert_eq!(trace.stop, expected, "{with} on {on}: {}", trace.loss());
        }
    }
    let text = converged(Convergence::Minimum).to_string();
    assert!(!text.contains("try"), "{text}");
}

#[test]
fn the_kind_of_a_stationary_point_is_described() {
    for (on, with, kind) in [
        (BOWL, "newton:damping=0", Convergence::Minimum),
        ("formula:x^2-y^2,start=0,0", "momentum", Convergence::Saddle),
        ("formula:x*y,start=0,0", "momentum", Convergence::Saddle),
        ("formula:-x^2-y^2,start=0,0", "rprop", Convergence::Saddle),
        (
            "formula:x^2+y^3,start=0,0",
            "momentum",
            Convergence::Stationary,
        ),
        (
            BOWL,
            "gradient-descent:learning_rate=1e-30",
            Convergence::Stalled,
        ),
    ] {
        let trace = train(&experiment(on, with, 1000));
        assert_eq!(trace.stop, converged(kind), "{with} on {on}");
    }
}

#[test]
fn a_run_within_the_tolerance_has_converged() {
    for with in ["momentum", "rprop", "adam", "gradient-descent", "bfgs"] {
        for offset in ["", "+3"] {
            let experiment = Experiment {
                tolerance: Some(1e-12),
                ..experiment(&format!("{BOWL}{offset}"), with, 100_000)
            };
            let trace = train(&experiment);
            let StopReason::Converged(_) = trace.stop else {
                panic!("{with}{offset}: {:?}", trace.stop);
            };
            assert!(trace.epochs() < 60_000, "{with}: {}", trace.epochs());
        }
    }
    // The gradient of x^2 at 0.5 is 1, and that at 0.25 is 0.5.
    let tolerance = |tolerance| Experiment {
        tolerance: Some(tolerance),
        ..experiment(
            "formula:x^2+0*y,start=1,0",
            "gradient-descent:learning_rate=0.25",
            9,
        )
    };
    let ends = [2.0, 1.0, 0.5].map(|limit| train(&tolerance(limit)).epochs());
    assert_eq!(ends, [0, 1, 2]);
    let flat = Experiment {
        tolerance: Some(0.0),
        ..experiment(
            "formula:abs(x)+0*y,start=0.5,0",
            "sign-sgd:learning_rate=1",
            1000,
        )
    };
    let trace = train(&flat);
    assert_eq!(
        (trace.stop, trace.epochs()),
        (converged(Convergence::Tolerance), PATIENCE)
    );
    for wrong in [-1.0, f64::NAN, f64::INFINITY] {
        let refused = Experiment {
            tolerance: Some(wrong),
            ..experiment(BOWL, "rprop", 10)
        };
        let error = refused.prepare().err().unwrap().to_string();
        assert!(error.contains("the tolerance"), "{error}");
    }
}

/// Compares batched runs with single runs.
fn assert_batch_equals_single_runs(contest: &mut PreparedExperiment, what: &str) {
    let count = 40;
    let first: Vec<f64> = (0..2 * count)
        .map(|k| ((k * 7919) % 1201) as f64 / 200.0 - 3.0)
        .collect();
    let (mut starts, mut ends) = (first.clone(), vec![RunEnd::NONE; count]);
    contest.run_many(&contest.contenders[0], &mut starts, &mut ends);
    for i in 0..count {
        contest.start = vec![first[i], first[count + i]];
        let mut run = contest.run(&contest.contenders[0]);
        while run.advance() {}
        let single = (run.epoch(), run.loss().to_bits(), run.calls(), run.stop());
        let end = ends[i];
        let batched = (end.epochs, end.loss.to_bits(), end.calls, Some(end.stop));
        assert_eq!(batched, single, "{what} from {:?}", contest.start);
    }
}

#[test]
fn batched_runs_come_to_rest_like_single_runs() {
    let abouts = optimizers::REGISTRY.abouts();
    for about in abouts.filter(|about| about.needs.is_empty()) {
        if about.family == Some(Family::Recorded)
            || about
                .setting("search")
                .is_some_and(|p| p.unless.is_none() && about.id != "gradient-descent")
        {
            continue;
        }
        for tolerance in [None, Some(1e-9)] {
            let experiment = Experiment {
                tolerance,
                ..experiment(BOWL, &about.id, 1500)
            };
            let what = format!("{} with the tolerance {tolerance:?}", about.id);
            assert_batch_equals_single_runs(&mut experiment.prepare().unwrap(), &what);
        }
    }
    for with in [
        "gradient-descent:gradient_clip=norm,gradient_clip.limit=0.5",
        "momentum:gradient_clip=value,gradient_clip.limit=0.1",
        "gradient-descent:learning_rate=1e-30",
        "hessian-diagonal",
    ] {
        let mut contest = experiment(BOWL, with, 3000).prepare().unwrap();
        assert_batch_equals_single_runs(&mut contest, with);
    }
}

#[test]
fn a_mini_batch_without_a_gradient_does_not_end_a_run() {
    // The first samples are far from the boundary, so their gradient is zero; that of the last one is not.
    let on = "perceptron:data=csv,data.path=d.csv";
    let mut experiment = Experiment {
        start: Some(vec![1.0, 0.0]),
        ..experiment(on, "gradient-descent:batch=1", 50)
    };
    let data = "a,b,y\n1000,0,1\n2000,0,1\n3000,0,1\n0.5,1,0\n";
    experiment.on.files.push(("d.csv".into(), data.into()));
    let trace = train(&experiment);
    assert_eq!((trace.stop, trace.epochs()), (StopReason::EpochLimit, 50));
    assert_eq!(trace.at(3), trace.at(0));
    assert_ne!(trace.at(4), trace.at(0));
}
