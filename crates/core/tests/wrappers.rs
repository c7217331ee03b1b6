//! Wrappers: optimizers that hold another one.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    catalog::Family,
    experiment::{Experiment, PreparedExperiment, Target},
    optimizers,
    randomness::Randomness,
    trace::Trace,
};

fn experiment(on: &str, with: &str, epochs: u64) -> Experiment {
    Experiment {
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    }
}

fn contest(on: &str, with: &str, epochs: u64) -> PreparedExperiment {
    experiment(on, with, epochs).prepare().unwrap()
}

fn train(on: &str, with: &str, epochs: u64) -> Trace {
    Trace::record(contest(on, with, epochs).runs().next().unwrap())
}

/// Returns the bits of all weights and losses of a run, and its evaluations.
fn bits(trace: &Trace) -> (Vec<u64>, thalweg::oracle::EvaluationCounts) {
    let numbers = trace.weights.iter().chain(&trace.losses);
    (numbers.map(|v| v.to_bits()).collect(), trace.total())
}

/// The wrappers with neutral settings.
const NEUTRAL: &[&str] = &[
    "lookahead:pull=1,period=3",
    "sharpness-aware:radius=0",
    "averaged:average=ema",
    "averaged:average=swa,begin=2,every=3",
    "accumulate:every=1",
];

#[test]
fn a_neutral_wrapper_equals_the_wrapped_rule() {
    let mut compared = 0;
    for about in optimizers::REGISTRY.abouts() {
        let others = [Family::Recorded, Family::DerivativeFree];
        let is_other = about.family.is_some_and(|family| others.contains(&family));
        if is_other || !about.needs.is_empty() {
            continue;
        }
        for on in ["article", "mlp:layers=2-2-1,data.samples=8"] {
            let alone = bits(&train(on, &about.id, 20));
            for neutral in NEUTRAL {
                let with = format!("{neutral},of={}", about.id);
                let Ok(contest) = experiment(on, &with, 20).prepare() else {
                    // Line searches evaluate more than one loss per step.
                    assert!(about.setting("search").is_some(), "{with}");
                    continue;
                };
                let trace = Trace::record(contest.runs().next().unwrap());
                assert_eq!(bits(&trace), alone, "{with} on {on}");
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn wrappers_can_be_nested_to_any_depth() {
    let nested = "lookahead:pull=1,of=averaged,of.of=sharpness-aware,of.of.radius=0,\
                  of.of.of=accumulate,of.of.of.every=1,of.of.of.of=adam,of.of.of.of.learning_rate=0.1";
    let alone = train("article", "adam:learning_rate=0.1", 30);
    let trace = train("article", nested, 30);
    assert_eq!(bits(&trace).0, bits(&alone).0);
    let contest = contest("article", nested, 1);
    let contender = &contest.contenders[0];
    assert_eq!(
        contender.name(),
        "Lookahead of Average of Sharpness-Aware of Accumulation of Adam"
    );
    assert_eq!(contender.number("learning_rate"), Some(0.1));
    // The gradients of both wrappers are channels.
    for name in ["gradient", "of_gradient", "slow_weights", "mean_square"] {
        assert!(trace.series(name).is_some(), "{name}");
        let known = contender.channels().iter().any(|c| c.name == name);
        assert!(known, "{name}");
    }
}

#[test]
fn the_problem_sets_the_learning_rate_of_the_wrapped_optimizer() {
    let contest = contest("article", "lookahead", 1);
    let settings = contest.contenders[0].settings_in_effect();
    let rate = settings.iter().find(|s| s.key == "of.learning_rate");
    assert_eq!(rate.unwrap().value, "0.3");
}

#[test]
fn a_wrong_key_is_reported_at_its_place() {
    let text = "lookahead:of=sharpness-aware,of.of=adam,of.of.learn_rate=0.1";
    let error = optimizers::REGISTRY.build(&text.parse().unwrap(), None);
    let Some(error @ Error::In { .. }) = error.err() else {
        panic!("{text} was accepted");
    };
    let Error::In { span, .. } = &error else {
        return;
    };
    assert_eq!(&text[span.clone()], "of.of.learn_rate=0.1");
    let help = error.help().unwrap();
    assert!(help.contains("learning_rate"), "{help}");
}

#[test]
fn an_optimizer_that_cannot_be_wrapped_is_refused() {
    for (pick, message) in [
        ("sharpness-aware:of=bfgs", "cannot hold `bfgs`"),
        ("accumulate:of=newton", "cannot hold `newton`"),
        (
            "mechanize:of=gradient-descent,of.search=armijo",
            "cannot hold `gradient-descent`",
        ),
        (
            "sharpness-aware:of=lookahead,of.of=lbfgs",
            "cannot hold `lookahead`",
        ),
        ("lookahead:of=recorded", "cannot hold a recorded run"),
        ("lookahead:of=adam,of.batch=2", "`of.batch` has no effect"),
        ("lookahead:of=adm", "adm"),
        ("lookahead:of.learning_rate=-1", "-1"),
    ] {
        let error = optimizers::REGISTRY.build(&pick.parse().unwrap(), None);
        let Some(Error::In { error, .. }) = error.err() else {
            panic!("{pick} was accepted");
        };
        assert!(error.to_string().contains(message), "{pick}: {error}");
    }
    // The needs are those of the wrapped optimizer.
    let newton = experiment("perceptron:activation=relu", "averaged:of=gauss-newton", 1);
    let alone = experiment("perceptron:activation=relu", "gauss-newton", 1);
    assert_eq!(newton.prepare().is_ok(), alone.prepare().is_ok());
    let newton = experiment("perceptron:loss=mae", "averaged:of=gauss-newton", 1);
    assert!(newton.prepare().is_err());
}

#[test]
fn lookahead_goes_back_after_each_period() {
    let fast = train("article", "gradient-descent", 4);
    let trace = train(
        "article",
        "lookahead:of=gradient-descent,period=4,pull=0.25",
        8,
    );
    let slow = trace.series("slow_weights").unwrap();
    for epoch in 1..4 {
        assert_eq!(trace.at(epoch), fast.at(epoch));
        assert_eq!(slow.at(epoch), trace.at(0));
    }
    for i in 0..2 {
        let [from, to] = [fast.at(0)[i], fast.at(4)[i]];
        assert!((trace.at(4)[i] - (from + 0.25 * (to - from))).abs() < 1e-15);
    }
    assert_eq!(slow.at(4), trace.at(4));
    assert_eq!(slow.at(7), trace.at(4));
    // With a new start, the velocity begins at zero again.
    let reset = train("article", "lookahead:period=4,reset=true", 5);
    let anew = train("article", "lookahead:period=4,reset=false", 5);
    assert_eq!(reset.at(4), anew.at(4));
    assert_ne!(reset.at(5), anew.at(5));
}

#[test]
fn the_gradient_of_sharpness_aware_is_that_of_the_perturbed_weights() {
    // The gradient of x^2 is 2x, so the perturbed point is 0.5 farther from zero.
    let with = "sharpness-aware:of=gradient-descent,of.learning_rate=0.1,radius=0.5";
    let trace = train("formula:x^2+0*y,start=3,0", with, 2);
    assert!((trace.at(1)[0] - (3.0 - 0.1 * 7.0)).abs() < 1e-15);
    assert_eq!(trace.series("perturbed_weights").unwrap().at(1), [3.5, 0.0]);
    assert_eq!(trace.series("gradient").unwrap().at(1), [7.0, 0.0]);
    assert_eq!(trace.total().gradient, 4);
}

#[test]
fn accumulated_mini_batches_are_a_larger_batch() {
    // The article has six samples.
    let run = |with: &str, batch: Option<u64>, epochs: u64| {
        let experiment = Experiment {
            randomness: Randomness {
                batch,
                ..Randomness::default()
            },
            ..experiment("article", with, epochs)
        };
        let contest = experiment.prepare().unwrap();
        Trace::record(contest.runs().next().unwrap())
    };
    let whole = run("momentum", None, 5);
    let accumulated = run("accumulate:every=3", Some(2), 15);
    for epoch in 0..=15 {
        let [found, expected] = [accumulated.at(epoch), whole.at(epoch / 3)];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-13, "{epoch}");
        }
    }
}

#[test]
fn accumulated_gradients_are_those_of_the_wrapped_optimizer() {
    let run = |with: &str| {
        let experiment = Experiment {
            randomness: Randomness {
                batch: Some(2),
                ..Randomness::default()
            },
            ..experiment("article", with, 30)
        };
        let contest = experiment.prepare().unwrap();
        bits(&Trace::record(contest.runs().next().unwrap()))
    };
    // Each gradient of the mean is one uphill of the weights, on its own mini-batch, in either order.
    let [outside, inside] = [
        "sharpness-aware:radius=0.3,of=accumulate,of.every=3",
        "accumulate:every=3,of=sharpness-aware,of.radius=0.3",
    ]
    .map(run);
    assert_eq!(outside, inside);
    assert_eq!(outside.1.gradient, 60);
    assert_ne!(outside.0, run("accumulate:every=3").0);
    // The mean of equal gradients is the gradient, at the point where the wrapped optimizer evaluates it.
    for of in ["nesterov-lookahead", "sharpness-aware"] {
        let alone = train("article", of, 10);
        let accumulated = train("article", &format!("accumulate:of={of},every=2"), 20);
        for epoch in 0..=10 {
            assert_eq!(accumulated.at(2 * epoch), alone.at(epoch), "{of}: {epoch}");
        }
    }
}

#[test]
fn a_learned_scale_uses_the_gradient_uphill_of_the_weights() {
    // The gradient of x is the same everywhere, so the point at which it is evaluated does not matter.
    let on = "formula:x+0*y,start=3,0";
    let inner = "of.of=gradient-descent,of.of.learning_rate=0.1,first_scale=0.1";
    let wrapped = format!("mechanize:of=sharpness-aware,{inner},of.radius=0.5");
    let plain = inner.replace("of.of", "of");
    let plain = train(on, &format!("mechanize:{plain}"), 20);
    assert_eq!(train(on, &wrapped, 20).weights, plain.weights);
    let other = train("article", &wrapped, 20);
    assert_ne!(
        other.at(20),
        train("article", "mechanize:first_scale=0.1", 20).at(20)
    );
}

#[test]
fn averages_follow_their_formulas() {
    let path = train("article", "momentum", 12);
    let ema = train("article", "averaged:ema_decay=0.8", 12);
    let swa = train("article", "averaged:average=swa,begin=3,every=2", 12);
    let (mut sum, mut weight) = ([0.0; 2], 0.0);
    let mut swept: Vec<&[f64]> = Vec::new();
    for epoch in 1..=12 {
        assert_eq!(ema.at(epoch), path.at(epoch));
        weight = 0.8 * weight + 0.2;
        if epoch > 3 && (epoch - 4) % 2 == 0 {
            swept.push(path.at(epoch));
        }
        for i in 0..2 {
            sum[i] = 0.8 * sum[i] + 0.2 * path.at(epoch)[i];
            let average = ema.series("average").unwrap().at(epoch)[i];
            assert!((average - sum[i] / weight).abs() < 1e-13, "{epoch}");
            let expected = if epoch <= 3 {
                path.at(epoch)[i]
            } else {
                swept.iter().map(|w| w[i]).sum::<f64>() / swept.len() as f64
            };
            let average = swa.series("average").unwrap().at(epoch)[i];
            assert!((average - expected).abs() < 1e-13, "{epoch}");
        }
    }
    // The average can be the path; the steps are the same.
    let shown = train("article", "averaged:ema_decay=0.8,path=average", 12);
    let average = ema.series("average").unwrap();
    let iterate = shown.series("iterate").unwrap();
    for epoch in 0..=12 {
        assert_eq!(shown.at(epoch), average.at(epoch));
        assert_eq!(iterate.at(epoch), path.at(epoch));
    }
}
