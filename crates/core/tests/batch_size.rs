//! A batch size of each optimizer, and limits on its gradient.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    batch::RunEnd,
    catalog::Family,
    experiment::{Experiment, Target},
    optimizers,
    randomness::Randomness,
    trace::Trace,
};

/// Returns the runs of several optimizers on the article with this batch size of the experiment.
fn train(with: &[&str], batch: Option<u64>) -> Vec<Trace> {
    let experiment = Experiment {
        target: Target::None,
        epochs: 40,
        randomness: Randomness {
            batch,
            shuffle: true,
            seed: 3,
            ..Randomness::default()
        },
        ..Experiment::new(
            "article".parse().unwrap(),
            with.iter().map(|pick| pick.parse().unwrap()).collect(),
        )
    };
    let contest = experiment.prepare().unwrap();
    contest.runs().map(Trace::record).collect()
}

#[test]
fn an_optimizer_has_its_own_batch_size() {
    let own = train(
        &["adam:batch=2", "adam", "adam:batch=0", "rprop:batch=3"],
        Some(3),
    );
    let [two, three, all] = [Some(2), Some(3), None].map(|batch| train(&["adam"], batch).remove(0));
    assert_eq!(own[0].weights, two.weights);
    assert_eq!(own[1].weights, three.weights);
    assert_eq!(own[2].weights, all.weights);
    assert_ne!(two.weights, three.weights);
    assert_ne!(two.weights, all.weights);
}

#[test]
fn batched_runs_use_the_batch_size_of_their_optimizer() {
    for with in ["adam:batch=2", "momentum:batch=6", "adam:batch=0"] {
        let experiment = Experiment {
            target: Target::None,
            epochs: 20,
            randomness: Randomness {
                batch: Some(4),
                ..Randomness::default()
            },
            ..Experiment::new("article".parse().unwrap(), vec![with.parse().unwrap()])
        };
        let contest = experiment.prepare().unwrap();
        let contender = &contest.contenders[0];
        assert_eq!(
            contest.is_batched(contender),
            with.ends_with("=0"),
            "{with}"
        );
        let (mut starts, mut ends) = ([1.0, -2.0, 0.5, 3.0], [RunEnd::NONE; 2]);
        contest.run_many(contender, &mut starts, &mut ends);
        let single = Trace::record(contest.run_from(contender, &[1.0, 0.5]));
        assert_eq!([starts[0], starts[2]], *single.last(), "{with}");
        assert_eq!(ends[0].loss, single.loss(), "{with}");
    }
}

#[test]
fn a_batch_size_that_the_problem_lacks_is_refused() {
    for (on, with, expected) in [
        ("article", "adam:batch=7", "use 1 to 6"),
        (
            "booth",
            "adam:batch=2",
            "the problem `booth` has no samples",
        ),
        ("article", "newton:batch=2", "`batch=0`"),
    ] {
        let experiment = Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()]);
        let error = experiment.prepare().err().unwrap().to_string();
        assert!(error.contains(expected), "{with}: {error}");
    }
    // Without a mini-batch of its own, an optimizer that needs the Hessian can be compared with one that has one.
    assert_eq!(train(&["newton:batch=0", "adam"], Some(2)).len(), 2);
}

#[test]
fn every_first_order_rule_can_clip_its_gradient() {
    let mut clipped = Vec::new();
    for about in optimizers::REGISTRY.abouts() {
        let clips = about.setting("gradient_clip").is_some();
        let has_search = about.setting("search").is_some() && about.id != "gradient-descent";
        let others = [Family::Recorded, Family::Wrapper, Family::DerivativeFree];
        let is_rule = !about.family.is_some_and(|family| others.contains(&family));
        let expected = about.needs.is_empty() && !has_search && is_rule;
        assert_eq!(clips, expected, "{}", about.id);
        if clips {
            clipped.push(about.id.to_string());
        }
    }
    for id in clipped {
        let huge = train(
            &[
                &id,
                &format!("{id}:gradient_clip=norm,gradient_clip.limit=1e9"),
            ],
            None,
        );
        assert_eq!(huge[0].weights, huge[1].weights, "{id}");
        for clip in ["norm", "value"] {
            let pick = format!("{id}:gradient_clip={clip},gradient_clip.limit=1e-3");
            let trace = train(&[&pick], None).remove(0);
            assert!(trace.loss().is_finite(), "{pick}");
        }
    }
}

#[test]
fn a_clipped_step_has_the_length_of_the_limit() {
    let pick = "gradient-descent:learning_rate=2,gradient_clip=norm,gradient_clip.limit=1e-3";
    let trace = train(&[pick], None).remove(0);
    let [from, to] = [0, 1].map(|epoch| trace.at(epoch));
    let [d1, d2] = [0, 1].map(|i| to[i] - from[i]);
    let length = (d1 * d1 + d2 * d2).sqrt();
    assert!((length - 2e-3).abs() < 1e-15, "{length}");
    let pick = "nesterov-lookahead:learning_rate=2,gradient_clip=value,gradient_clip.limit=1e-3";
    let trace = train(&[pick], None).remove(0);
    let step = (trace.at(1)[0] - trace.at(0)[0]).abs();
    assert!((step - 2e-3).abs() < 1e-15, "{step}");
}
