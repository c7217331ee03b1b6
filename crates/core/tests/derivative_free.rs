//! Optimizers that evaluate only the loss: refused settings, few and many weights, and regions without a loss.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    catalog::Family,
    experiment::{Experiment, PreparedExperiment, Target},
    optimizers,
    pick::Pick,
    randomness::Randomness,
    run::StopReason,
    stillness::stillness_note,
    trace::Trace,
};

fn ids() -> Vec<&'static str> {
    let abouts = optimizers::REGISTRY.abouts();
    let family = abouts.filter(|about| about.family == Some(Family::DerivativeFree));
    let ids: Vec<&str> = family.map(|about| &*about.id).collect();
    assert!(ids.len() >= 7, "{ids:?}");
    ids
}

fn experiment(on: &str, with: &str, epochs: u64) -> Experiment {
    Experiment {
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    }
}

fn train(contest: &PreparedExperiment) -> Trace {
    Trace::record(contest.runs().next().unwrap())
}

fn error(on: &str, with: &str) -> String {
    let refused = experiment(on, with, 10).prepare();
    refused
        .err()
        .unwrap_or_else(|| panic!("{with} was accepted"))
        .to_string()
}

#[test]
fn settings_of_gradients_are_refused_with_the_reason() {
    for id in ids() {
        for given in [
            "weight_decay=0.1",
            "decoupled=true",
            "cautious=true",
            "mars=0.1",
            "schedule=cosine",
            "gradient_clip=norm",
            "gradient_clip.limit=1",
        ] {
            let error = error("article", &format!("{id}:{given}"));
            assert!(
                error.contains("it evaluates only the loss"),
                "{id}: {error}"
            );
        }
        for wrapper in [
            "lookahead",
            "averaged",
            "accumulate",
            "mechanize",
            "sharpness-aware",
        ] {
            let error = error("article", &format!("{wrapper}:of={id}"));
            assert!(error.contains(&format!("cannot hold `{id}`")), "{error}");
        }
    }
}

#[test]
fn impossible_populations_and_steps_are_refused() {
    for with in [
        "cma-es:population=0",
        "cma-es:population=2",
        "cma-es:sigma=0",
        "particle-swarm:population=0",
        "particle-swarm:spread=0",
        "differential-evolution:population=3",
        "differential-evolution:scale=0",
        "random-search:samples=0",
        "random-search:sigma=0",
        "simulated-annealing:cooling=1.1",
        "nelder-mead:expansion=1",
        "powell:tolerance=0",
    ] {
        let error = error("article", with);
        assert!(error.contains("cannot be"), "{with}: {error}");
    }
}

#[test]
fn one_weight_and_many_weights_are_minimized() {
    let mut one: Pick = "csv:path=d.csv".parse().unwrap();
    let data = "a,y\n0.5,1\n-1,0\n2,1\n";
    one.files.push(("d.csv".to_owned(), data.into()));
    let many: Pick = "matrix-regression:shape=8x8".parse().unwrap();
    for id in ids() {
        for (on, dim) in [(&one, 1), (&many, 64)] {
            let with = vec![id.parse().unwrap()];
            let experiment = Experiment {
                target: Target::None,
                epochs: 60,
                ..Experiment::new(on.clone(), with)
            };
            let contest = experiment.prepare().unwrap();
            let trace = train(&contest);
            assert_eq!(trace.dim, dim);
            assert!(trace.loss() < trace.losses[0], "{id}: {}", trace.loss());
            assert_eq!(trace.total().gradient, 0, "{id}");
        }
    }
}

#[test]
fn a_region_without_a_loss_is_avoided() {
    // The loss is NaN for a negative x.
    let on = "formula:sqrt(x)+(x-1)^2+y^2,start=2,1";
    for id in ids() {
        let trace = train(&experiment(on, id, 80).prepare().unwrap());
        let losses = &trace.losses;
        assert!(
            losses.iter().all(|loss| loss.is_finite()),
            "{id}: {:?}",
            trace.stop
        );
        assert!(trace.loss() <= losses[0] && trace.last()[0] >= 0.0, "{id}");
    }
}

#[test]
fn a_run_that_never_improves_is_explained() {
    for id in ["random-search", "nelder-mead", "powell", "particle-swarm"] {
        let contest = experiment("formula:x^2+y^2,start=0,0", id, 30)
            .prepare()
            .unwrap();
        let trace = train(&contest);
        assert_eq!(trace.last(), [0.0, 0.0], "{id}");
        if id == "random-search" {
            assert_eq!(trace.stop, StopReason::EpochLimit, "{id}");
        }
        let contender = &contest.contenders[0];
        let note = stillness_note(
            &contest,
            contender,
            trace.last(),
            trace.epochs(),
            StopReason::EpochLimit,
        );
        assert!(
            note.unwrap()
                .contains("no point that the optimizer evaluated"),
            "{id}"
        );
    }
}

#[test]
fn the_seed_of_the_experiment_or_of_the_optimizer_determines_the_points() {
    let run = |with: &str, seed: u64| {
        let experiment = Experiment {
            randomness: Randomness {
                seed,
                ..Randomness::default()
            },
            ..experiment("article", with, 20)
        };
        train(&experiment.prepare().unwrap()).weights
    };
    for id in ids() {
        let about = &optimizers::REGISTRY.named(id).unwrap().about;
        let is_random = about.setting("seed").is_some();
        assert_eq!(run(id, 1), run(id, 1), "{id}");
        assert_eq!(run(id, 1) != run(id, 2), is_random, "{id}");
        if is_random {
            let own = format!("{id}:seed=1");
            assert_eq!(run(&own, 5), run(id, 1), "{id}");
        }
    }
}

#[test]
fn evaluations_are_counted() {
    let evaluations = |with: &str, epochs: u64| {
        let trace = train(&experiment("article", with, epochs).prepare().unwrap());
        trace.total().value
    };
    // The first step of a simplex or a population also evaluates its first points.
    assert_eq!(evaluations("random-search:samples=8", 10), 90);
    assert_eq!(evaluations("simulated-annealing", 10), 20);
    assert_eq!(evaluations("cma-es", 10), 60);
    assert_eq!(evaluations("particle-swarm", 10), 220);
    assert_eq!(evaluations("differential-evolution", 10), 220);
    let simplex = evaluations("nelder-mead", 10);
    assert!((3 + 10..=3 + 40).contains(&simplex), "{simplex}");
}
