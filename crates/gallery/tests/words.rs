//! What is said of a step is what the run did.
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

/// What is said of every step of a run.
fn all(contest: &PreparedExperiment) -> Vec<Vec<String>> {
    let trace = Trace::record(contest.runs().next().unwrap());
    let (problem, seen) = (&contest.problem, contest.randomness.is_none());
    let (objective, names) = (&*problem.objective, &problem.weight_names);
    let epochs = 1..=trace.epochs() as usize;
    let told = epochs.map(|epoch| StepNarrative::new(objective, names, &trace, epoch, seen));
    told.map(|told| told.by(&contest.contenders[0]).paragraphs())
        .collect()
}

/// What is said of the last of so many steps.
fn words(on: &str, with: &str, epochs: usize) -> String {
    let contest = experiment(on, with, epochs).prepare().unwrap();
    all(&contest).last().unwrap().join("\n")
}

fn assert_said(words: &str, sentences: &[&str]) {
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
            for (epoch, said) in all(&contest).iter().enumerate() {
                let said = said.join("\n");
                let given = about.why.iter().any(|why| said.contains(&*why.words));
                let back = said.contains("is taken back");
                assert!(given || back, "{} on {on}, {epoch}: {said}", about.id);
            }
        }
    }
}

#[test]
fn adam_tells_whether_its_means_are_corrected() {
    assert_said(
        &words("article", "adam:learning_rate=0.3", 1),
        &[
            "divided by the root of its bias-corrected mean squared gradient",
            ": \u{2212}0.3 \u{d7} (\u{2212}0.0175) / 0.0175 = 0.3 for the first weight, ",
        ],
    );
    let bare = "adam:learning_rate=0.3,bias_correction=false";
    assert_said(
        &words("article", bare, 1),
        &[": \u{2212}0.3 \u{d7} (\u{2212}0.00175) / 0.0005534 = 0.9487 for the first weight, "],
    );
    // After many steps the correction makes no difference any more, and is none all the same.
    let late = "adam:learning_rate=1e-5,beta1=0.5,beta2=0.5,bias_correction=false";
    for epochs in [1, 200] {
        let words = words("article", late, epochs);
        assert_said(&words, &["both without bias correction"]);
    }
}

#[test]
fn each_weight_has_its_own_reason() {
    let words = words("article", "irprop-plus", 12);
    assert_said(
        &words,
        &[
            "\nThe first weight moves by its step size against the sign of its gradient.\n",
            "\nThe second weight does not move, because its gradient changed its sign but the last step did not increase the loss.\n",
            "\nGradient of this step, remembered for the next one; zero where the step size was reduced: (\u{2212}0.05951, 0).\n",
            "\nLoss before this step, remembered for the next one: 0.2568; a step earlier 0.2929.",
        ],
    );
}

#[test]
fn a_reason_whose_numbers_are_not_those_of_the_step_is_not_given() {
    let reason = |words: &str| words.contains("Each weight");
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
    // What goes by its means alone can be told whatever they were made of.
    let scheduled = words("article", "adam:schedule=step-decay,regularizer=l2", 5);
    assert!(reason(&scheduled), "{scheduled}");
}

#[test]
fn matrices_are_told_by_rows_and_many_weights_without_numbers() {
    assert_said(
        &words("article", "bfgs", 2),
        &[": rows (250.5, 122.2) and (122.2, 60.86); it stretches the gradient by "],
    );
    let many = words("mlp:data=moons,layers=2-8-1", "nesterov", 3);
    let reason = many.lines().nth(2).unwrap();
    assert!(reason.starts_with("Each weight goes ") && reason.ends_with("against its gradient."));
}

#[test]
fn a_reason_outlives_what_is_too_small_to_be_told() {
    // By then the product of the momenta is nothing that could be divided by.
    let said = words("article", "nadam", 1600);
    assert_said(&said, &["as far as it can be foreseen one step ahead"]);
}

#[test]
fn numbers_have_the_digits_that_tell_them_apart() {
    let said = words("article", "lion:learning_rate=1e-6", 1);
    assert_said(
        &said,
        &["to (\u{2212}3.999999, \u{2212}3.999999): the loss falls"],
    );
    let losses = said.split("from ").nth(1).unwrap();
    let (was, rest) = losses.split_once(" to ").unwrap();
    let is = rest.split('.').take(2).collect::<Vec<_>>().join(".");
    assert_ne!(was, is);
    let huge = "formula:1e200*(x^2+y^2),start=3e10,4e10";
    assert_said(
        &words(huge, "rprop", 1),
        &["its length 10\u{b2}\u{b9}\u{b9}"],
    );
}

#[test]
fn a_step_that_is_lost_in_rounding_is_told() {
    let flat = "formula:1e-20*(x-1)^2,start=3,3";
    let said = words(flat, "gradient-descent:learning_rate=0.1", 1);
    assert_said(
        &said,
        &["= \u{2212}4\u{d7}10\u{207b}\u{b2}\u{b9} for x, too little to move it"],
    );
}

#[test]
fn no_fact_is_told_twice() {
    let said = words("article", "rprop", 5);
    assert_said(&said, &[": the step itself.", ": the gradient above."]);
    let said = words("article", "rmsprop", 5);
    assert!(!said.contains("unless centered"), "{said}");
    let said = words("article", "bfgs", 1);
    assert_said(&said, &["it stretches the gradient by 1."]);
    // Before the first step there was none.
    assert!(!words("article", "irprop-plus", 1).contains('\u{221e}'));
    assert!(!words("article", "lbfgs", 1).contains("as before"));
}
