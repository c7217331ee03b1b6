//! Tests of explanations: they describe what the run did.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment},
    optimizers,
    randomness::Randomness,
    trace::Trace,
};
use thalweg_gallery::words::StepNarrative;

fn experiment(on: &str, with: &str, epochs: usize) -> Experiment {
    Experiment {
        epochs: epochs as u64,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    }
}

/// Returns the explanation of every step of a run.
fn all(contest: &PreparedExperiment) -> Vec<Vec<String>> {
    let trace = Trace::record(contest.runs().next().unwrap());
    let (problem, is_exact) = (&contest.problem, contest.randomness.is_none());
    let (objective, names) = (&*problem.objective, &problem.weight_names);
    let epochs = 1..=trace.epochs() as usize;
    let narratives =
        epochs.map(|epoch| StepNarrative::new(objective, names, &trace, epoch, is_exact));
    narratives
        .map(|one| one.with_optimizer(&contest.contenders[0]).paragraphs())
        .collect()
}

/// Returns the explanation of the last of `epochs` steps.
fn words(on: &str, with: &str, epochs: usize) -> String {
    let contest = experiment(on, with, epochs).prepare().unwrap();
    all(&contest).last().unwrap().join("\n")
}

/// Returns the phrase of an optimizer's reason.
fn reason(optimizer: &str, i: usize) -> &'static str {
    let entry = optimizers::REGISTRY.named(optimizer).unwrap();
    &entry.about.why[i].words
}

fn assert_contains(words: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
}

#[test]
fn every_step_of_every_optimizer_has_a_reason() {
    let abouts = optimizers::REGISTRY.abouts();
    for about in abouts.filter(|about| about.id != "recorded") {
        for (on, steps) in [
            ("article", 30),
            ("rosenbrock", 30),
            ("perceptron:bias=trained", 9),
        ] {
            let contest = match experiment(on, &about.id, steps).prepare() {
                Err(Error::In { .. } | Error::Lacks { .. }) => continue,
                contest => contest.unwrap(),
            };
            for (epoch, text) in all(&contest).iter().enumerate() {
                let text = text.join("\n");
                let given = about.why.iter().any(|why| text.contains(&*why.words));
                let undone = text.contains("is undone");
                assert!(given || undone, "{} on {on}, {epoch}: {text}", about.id);
            }
        }
    }
}

#[test]
fn adam_states_whether_its_means_are_bias_corrected() {
    assert_contains(
        &words("article", "adam:learning_rate=0.3", 1),
        &[
            reason("adam", 0),
            "\nCalculation: \u{2212}0.3 \u{d7} (\u{2212}0.0175) / 0.0175 = 0.3 for the first weight, ",
        ],
    );
    let bare = "adam:learning_rate=0.3,bias_correction=false";
    assert_contains(
        &words("article", bare, 1),
        &[
            "\nCalculation: \u{2212}0.3 \u{d7} (\u{2212}0.00175) / 0.0005534 = 0.9487 for the first weight, ",
        ],
    );
    // After many steps, the correction makes no numerical difference, but it is still off.
    let late = "adam:learning_rate=1e-5,beta1=0.5,beta2=0.5,bias_correction=false";
    for epochs in [1, 200] {
        let words = words("article", late, epochs);
        assert_contains(&words, &[reason("adam", 1)]);
    }
}

#[test]
fn each_weight_has_its_own_reason() {
    let words = words("article", "irprop-plus", 12);
    assert_contains(
        &words,
        &[
            &format!("\nThe first weight {}.\n", reason("irprop-plus", 0)),
            &format!("\nThe second weight {}.\n", reason("irprop-plus", 1)),
            ": (\u{2212}0.05951, 0).\n",
            ": 0.2568; one step earlier 0.2929.",
        ],
    );
}

#[test]
fn a_reason_with_other_numbers_than_the_step_is_omitted() {
    let reason = |words: &str| words.contains(": each weight ");
    for with in [
        "gradient-descent",
        "momentum",
        "adagrad",
        "gradient-descent:search=armijo",
    ] {
        assert!(reason(&words("article", with, 2)), "{with}");
        let join = if with.contains(':') { ',' } else { ':' };
        let held = format!("{with}{join}regularizer=l2,regularizer.rate=0.1");
        assert!(!reason(&words("article", &held, 2)), "{with}");
        let mut noisy = experiment("article", with, 2);
        noisy.randomness = Randomness {
            batch: Some(2),
            ..Randomness::default()
        };
        let noisy = all(&noisy.prepare().unwrap()).last().unwrap().join("\n");
        assert!(!reason(&noisy), "{with}: {noisy}");
    }
    // A reason that refers only to the means is valid for any gradient.
    let scheduled = words("article", "adam:schedule=step-decay,regularizer=l2", 5);
    assert!(reason(&scheduled), "{scheduled}");
}

#[test]
fn matrices_are_written_by_rows_and_many_weights_without_numbers() {
    assert_contains(
        &words("article", "bfgs", 2),
        &[": rows (250.5, 122.2) and (122.2, 60.86); it scales the gradient by "],
    );
    let many = words("mlp:data=moons,layers=2-8-1", "nesterov", 3);
    assert!(many.starts_with(&format!("Step 3: each weight {}. ", reason("nesterov", 0))));
    assert!(!many.contains("Calculation"), "{many}");
}

#[test]
fn a_reason_does_not_need_numbers_that_vanish() {
    // The product of the momenta is too small for a division by then.
    let text = words("article", "nadam", 1600);
    assert_contains(&text, &[reason("nadam", 0)]);
}

#[test]
fn different_numbers_are_written_differently() {
    let text = words("article", "lion:learning_rate=1e-6", 1);
    assert_contains(&text, &["leads to (\u{2212}3.999999, \u{2212}3.999999)."]);
    let losses = text.split("falls from ").nth(1).unwrap();
    let (was, rest) = losses.split_once(" to ").unwrap();
    let is = rest.split('.').take(2).collect::<Vec<_>>().join(".");
    assert_ne!(was, is);
    let huge = "formula:1e200*(x^2+y^2),start=3e10,4e10";
    assert_contains(
        &words(huge, "rprop", 1),
        &["its norm is 10\u{b2}\u{b9}\u{b9}"],
    );
}

#[test]
fn a_step_below_the_precision_is_described() {
    let flat = "formula:1e-20*(x-1)^2,start=3,3";
    let text = words(flat, "gradient-descent:learning_rate=0.1", 1);
    assert_contains(
        &text,
        &["= \u{2212}4\u{d7}10\u{207b}\u{b2}\u{b9} for x, too small to change the weight"],
    );
}

#[test]
fn facts_are_not_repeated() {
    let text = words("article", "rprop", 5);
    assert_contains(&text, &[": the step itself.", ": the gradient above."]);
    let text = words("article", "rmsprop", 5);
    assert!(!text.contains("unless centered"), "{text}");
    let text = words("article", "bfgs", 1);
    assert_contains(&text, &["it scales the gradient by 1."]);
    // Before the first step there is no previous value.
    assert!(!words("article", "irprop-plus", 1).contains('\u{221e}'));
    assert!(!words("article", "lbfgs", 1).contains("unchanged"));
}
