//! Tests of explanations: they describe what the run did.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    experiment::{Experiment, PreparedExperiment, Target},
    expression::{surface::FormulaObjective, tape::Tape, tree::Expression},
    objective::Objective,
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

/// Returns the explanation of the last of `epochs` steps on the saddle from (1, 0), where the gradient of y is zero.
fn on_the_ridge(with: &str, epochs: usize) -> String {
    let ridge = Experiment {
        start: Some(vec![1.0, 0.0]),
        ..experiment("saddle", with, epochs)
    };
    all(&ridge.prepare().unwrap()).last().unwrap().join("\n")
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
                let why = contest.contenders[0].why();
                let given = why.iter().any(|why| text.contains(&*why.words));
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
fn a_reason_with_an_unknown_gradient_is_omitted() {
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
        let held = words("article", &held, 2);
        assert!(
            reason(&held) && held.contains("it includes that of the regularizer"),
            "{held}"
        );
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
    let flat = "formula:1e-20*(x-1)^2+(y-1)^2,start=3,3";
    let text = words(flat, "gradient-descent:learning_rate=0.1", 1);
    assert_contains(
        &text,
        &["= \u{2212}4\u{d7}10\u{207b}\u{b2}\u{b9} for x, too small to change the weight"],
    );
}

#[test]
fn facts_are_not_repeated() {
    let text = words("article", "rprop", 5);
    assert_contains(
        &text,
        &[": equal to the step.", ": equal to the gradient above."],
    );
    let text = words("article", "rmsprop", 5);
    assert!(!text.contains("unless centered"), "{text}");
    let text = words("article", "bfgs", 1);
    assert_contains(&text, &["it scales the gradient by 1."]);
    // Before the first step there is no previous value.
    assert!(!words("article", "irprop-plus", 1).contains('\u{221e}'));
    assert!(!words("article", "lbfgs", 1).contains("unchanged"));
}

#[test]
fn a_step_size_stays_for_a_reason() {
    let stays = "The step size of the second weight stays 0.";
    for (with, epochs, reason) in [
        (
            "rprop",
            1,
            "1 because there is no earlier sign to compare with.\n",
        ),
        (
            "rprop",
            13,
            "3096 because step 12 undid its last step and remembered no sign.\n",
        ),
        (
            "irprop-minus",
            13,
            "3096 because step 12 left the weight in place and remembered no sign.\n",
        ),
        ("rprop:max_step=0.3", 9, "3, its maximum.\n"),
    ] {
        assert_contains(
            &words("article", with, epochs),
            &[&format!("{stays}{reason}")],
        );
    }
    assert_contains(
        &words("article", "rprop:max_step=0.3", 8),
        &["kept its sign, so its step size is set to its maximum (0.2986 to 0.3).\n"],
    );
    assert_contains(
        &on_the_ridge("rprop", 3),
        &["The step size of y stays 0.1 because its gradient is zero.\n"],
    );
}

#[test]
fn only_a_reversed_step_is_undone() {
    // Every step has the same length, so a repeated step equals the reversed one.
    let all = all(
        &experiment("quadratic", "rprop:initial_step=1,min_step=1,max_step=1", 9)
            .prepare()
            .unwrap(),
    );
    let undone = all
        .iter()
        .filter(|text| text.join(" ").contains("is undone"));
    assert!(undone.clone().count() > 1);
    for text in undone {
        assert!(
            text.join(" ")
                .contains(", its maximum, and its last step is undone"),
            "{text:?}"
        );
        assert!(
            text.iter()
                .any(|line| line.contains("zero for a weight whose step was undone: (")),
            "{text:?}"
        );
    }
}

#[test]
fn a_weight_without_a_gradient_stays_in_place() {
    for (with, epochs) in [
        ("rprop", 3),
        ("lion:weight_decay=0.1", 2),
        ("adafactor", 2),
        ("radam", 9),
        ("newton", 1),
    ] {
        let text = on_the_ridge(with, epochs);
        assert!(text.contains(": x moves "), "{text}");
        assert_contains(
            &text,
            &["\ny stays in place, because its gradient is zero.\n"],
        );
        assert!(!text.contains("; zero "), "{text}");
    }
}

#[test]
fn a_search_has_no_learning_rate() {
    // The minimum along the line is at the learning rate that the problem states.
    let text = words("quadratic", "gradient-descent:search=strong-wolfe", 3);
    assert!(
        text.starts_with(&format!(
            "Step 3: each weight {}. ",
            reason("gradient-descent", 1)
        )),
        "{text}"
    );
    let text = words("quadratic", "newton", 1);
    assert!(!text.contains("step size"), "{text}");
}

#[test]
fn proposed_steps_are_accepted_or_rejected() {
    let text = words("rosenbrock", "trust-region", 1);
    assert_contains(
        &text,
        &[
            reason("trust-region", 0),
            "Radius r of the trust region of this step: 1.",
            "The proposed step leads to the loss 6.008 and is accepted.",
        ],
    );
    for with in ["trust-region", "trust-region:subproblem=dogleg"] {
        let text = words("rosenbrock", with, 4);
        assert_contains(&text, &[reason("trust-region", 1), " and is rejected."]);
        assert!(!text.contains("line search"), "{text}");
    }
    let dogleg = |radius: &str, epochs| {
        let with = format!("trust-region:subproblem=dogleg,initial_radius={radius}");
        words("formula:(x^2+9*y^2)/2,start=9,1", &with, epochs)
    };
    assert_contains(&dogleg("1", 1), &[reason("trust-region", 2)]);
    assert_contains(
        &dogleg("5", 1),
        &[reason("trust-region", 3), "\nCalculation: "],
    );
    assert_contains(
        &on_the_ridge("trust-region", 1),
        &[reason("trust-region", 4)],
    );
    assert_contains(
        &on_the_ridge("cubic-newton", 1),
        &[reason("cubic-newton", 2)],
    );
}

#[test]
fn the_weight_decay_is_described() {
    for with in ["adamax", "amsgrad", "nadam", "radam"] {
        let text = words(
            "article",
            &format!("{with}:weight_decay=0.1,decoupled=true"),
            4,
        );
        assert_contains(
            &text,
            &["and shrinks by the weight decay. ", " \u{d7} (\u{2212}3.99"],
        );
        let text = words("article", &format!("{with}:weight_decay=0.1"), 4);
        assert_contains(
            &text,
            &["The optimizer uses another gradient: it includes the weight decay.\n"],
        );
    }
    for with in [
        "adafactor:weight_decay=0.1",
        "lion:weight_decay=0.1",
        "adamw",
    ] {
        let text = words("article", with, 4);
        assert_contains(&text, &["and shrinks by the weight decay. "]);
        assert!(!text.contains("another gradient"), "{text}");
    }
    let text = words("article", "adamw:weight_decay=0", 4);
    assert!(
        text.starts_with(&format!("Step 4: each weight {}. ", reason("adamw", 0))),
        "{text}"
    );
    // The factor of the rectified step is not fitted to the decay.
    let text = words("article", "radam:weight_decay=0.1,decoupled=true", 8);
    assert_contains(
        &text,
        &["\nCalculation: \u{2212}3.874\u{d7}10\u{207b}\u{2075} \u{d7} "],
    );
}

#[test]
fn matrix_rules_state_their_cases() {
    for (on, with, i) in [
        ("article", "muon", 0),
        ("article", "muon:scaling=moonlight", 1),
        ("article", "muon:scaling=none,weight_decay=0.1", 2),
        ("rosenbrock", "muon", 3),
        ("rosenbrock", "muon:auxiliary.nesterov=true", 4),
        ("rosenbrock", "muon:auxiliary.weight_decay=0.1", 5),
    ] {
        assert_contains(&words(on, with, 3), &[reason("muon", i)]);
    }
    for with in ["soap", "soap:weight_decay=0.1"] {
        assert_contains(&words("article", with, 1), &[reason("soap", 0)]);
    }
    let decays = "and shrinks by the weight decay";
    for id in ["muon", "kron", "soap"] {
        let with = format!("{id}:weight_decay=0.1");
        assert_contains(&words("article", &with, 2), &[decays]);
    }
    // The weight decay of matrices does not act on loose weights.
    for id in ["muon", "kron"] {
        let text = words("rosenbrock", &format!("{id}:weight_decay=0.1"), 2);
        assert!(!text.contains(decays), "{text}");
    }
    // The factors of the block are written row by row.
    let text = words("article", "shampoo", 1);
    assert_contains(
        &text,
        &["Sum or mean R of the products of the columns of the gradients: rows ("],
    );
}

#[test]
fn another_gradient_is_described() {
    assert_contains(
        &words("article", "adam:weight_decay=0.1", 3),
        &["The optimizer uses another gradient: it includes the weight decay.\n"],
    );
    // In the first step, there is no last change.
    let first = words("article", "momentum:mars=0.1", 1);
    assert!(!first.contains("another gradient"), "{first}");
    let second = words("article", "momentum:mars=0.1", 2);
    assert_contains(&second, &["it includes a multiple of its last change"]);
    let text = words("article", "rprop:regularizer=l2", 12);
    assert_contains(
        &text,
        &["The optimizer uses another gradient: it includes that of the regularizer.\n"],
    );
    let clip = "gradient_clip=norm,gradient_clip.limit=0.01";
    let clipped = words("article", &format!("momentum:{clip}"), 1);
    assert_contains(
        &clipped,
        &[
            reason("momentum", 0),
            "The optimizer uses another gradient: it is clipped to (",
        ],
    );
    let unclipped = words("article", "momentum:gradient_clip=norm", 1);
    assert!(!unclipped.contains("clipped"), "{unclipped}");
    assert_contains(
        &words("article", &format!("momentum:regularizer=l2,{clip}"), 2),
        &["it includes that of the regularizer, and it may be clipped."],
    );
    assert!(!text.contains("changed its sign"), "{text}");
}

#[test]
fn rmsprop_states_whether_it_is_centered() {
    for (i, with) in [
        "rmsprop",
        "rmsprop:centered=true",
        "rmsprop:momentum=0.5",
        "rmsprop:momentum=0.5,centered=true",
    ]
    .into_iter()
    .enumerate()
    {
        assert_contains(&words("article", with, 2), &[reason("rmsprop", i)]);
    }
    // The mean starts at zero, so the first step is long.
    assert_contains(
        &words("article", "rmsprop", 1),
        &["initially (0, 0); its square root, (0.00175, 0.0008686), "],
    );
}

#[test]
fn rules_with_several_cases_state_them() {
    let slow = "schedule=exponential,schedule.rate=0.5,schedule.every=10";
    for (with, epochs, i) in [
        ("optimistic-adam", 1, 1),
        ("optimistic-adam:nesterov=true", 4, 0),
        ("padam", 3, 0),
        ("padam:bias_correction=false", 3, 1),
        ("adabound", 3, 0),
        ("adabound:final_rate=1e-5", 3, 2),
        ("adabound:final_rate=10,gamma=1", 3, 1),
        ("ftrl:l1=10", 2, 1),
        ("rmsprop:momentum=0.5,nesterov=true", 3, 4),
        ("rmsprop:momentum=0.5,nesterov=true,centered=true", 3, 5),
    ] {
        let text = words("article", with, epochs);
        assert_contains(&text, &[reason(with.split(':').next().unwrap(), i)]);
    }
    for (with, i) in [
        ("momentum:rescale_velocity=true", 2),
        ("nesterov:rescale_velocity=true", 0),
        ("rmsprop:momentum=0.5,rescale_velocity=true", 6),
        (
            "rmsprop:momentum=0.5,rescale_velocity=true,centered=true",
            7,
        ),
        ("adafactor:momentum=0.5", 1),
    ] {
        let text = words("article", &format!("{with},{slow}"), 4);
        let id = with.split(':').next().unwrap();
        assert_contains(&text, &[reason(id, i), "\nCalculation: "]);
    }
}

#[test]
fn the_switch_of_swats_is_explained() {
    let with = "swats:learning_rate=0.01,relative_tolerance=1e-3";
    let contest = experiment("article", with, 900).prepare().unwrap();
    let steps: Vec<String> = all(&contest).iter().map(|text| text.join("\n")).collect();
    let states = |text: &str, i: usize| text.contains(reason("swats", i));
    let switch = steps.iter().position(|text| states(text, 1)).unwrap();
    assert!(steps[..switch].iter().all(|text| states(text, 0)));
    assert!(steps[switch + 1..].iter().all(|text| states(text, 2)));
    assert!(switch > 1 && switch + 1 < steps.len(), "{switch}");
}

#[test]
fn an_average_begins_after_some_steps() {
    let average = |epochs| words("article", "averaged-sgd:t0=5", epochs);
    assert_contains(
        &average(5),
        &["Average of the weights: equal to the weights after the step."],
    );
    assert!(!average(9).contains("Average of the weights: equal"));
}

#[test]
fn layer_wise_rules_calculate_every_step() {
    for with in [
        "adafactor:weight_decay=0.1",
        "came",
        "came:weight_decay=0.1",
        "sm3",
        "sm3:momentum=0,beta2=0.9,decreasing=false",
        "lamb:weight_decay=0.1",
        "lamb:bias_correction=rate,norm_limit=1",
        "lamb:bias_correction=rate,weight_decay=0.1",
        "lamb:bias_correction=none,biases=plain",
        "lars:nesterov=true",
        "lars:weight_decay=0.1,norm=sum",
        "lars:weight_decay=0.1,nesterov=true",
        "novograd:averaging=true",
        "novograd:weight_decay=0.1",
        "lamb:weight_decay=0.1,weight_decay_form=decoupled",
        "lars:weight_decay=0.1,weight_decay_form=coupled",
        "novograd:weight_decay=0.1,weight_decay_form=cautious",
        "fromage:min_norm=0.1",
    ] {
        for on in ["article", "rosenbrock"] {
            let contest = experiment(on, with, 4).prepare().unwrap();
            for text in all(&contest) {
                let text = text.join("\n");
                assert!(text.contains("\nCalculation: "), "{with} on {on}: {text}");
            }
        }
    }
}

#[test]
fn a_changed_number_is_written_differently() {
    let text = words("article", "momentum:schedule=exponential", 10);
    let rate = text.split("from the schedule: ").nth(1).unwrap();
    let (now, then) = rate
        .trim_end_matches('.')
        .split_once("; one step earlier ")
        .unwrap();
    assert_ne!(now, then);
}

#[test]
fn curvatures_are_described() {
    let text = words("saddle", "hessian-diagonal", 2);
    assert_contains(
        &text,
        &[
            &*format!("y {}.", reason("hessian-diagonal", 1)),
            ": (2, \u{2212}2).",
        ],
    );
    assert!(!text.contains("model"), "{text}");
    assert_contains(
        &words("article", "newton", 1),
        &["; its quadratic model is a bowl with curvatures from "],
    );
    // A step along a negative eigenvalue would move uphill.
    assert_contains(
        &words("article", "psb", 3),
        &["; its eigenvalues are \u{2212}9.631 and 48.77."],
    );
}

#[test]
fn huge_numbers_are_compared() {
    let text = words("rosenbrock", "nesterov:learning_rate=0.1", 5);
    assert!(text.contains("Velocity v: ("), "{text}");
}

#[test]
fn names_are_part_of_sentences() {
    let text = words("perceptron:bias=trained", "rprop", 2);
    assert_contains(
        &text,
        &[
            "gradient of w(First feature) kept its sign",
            "gradient of the bias kept its sign",
        ],
    );
}

/// The superscript digits from 0 to 9.
const SUPERSCRIPTS: &str =
    "\u{2070}\u{b9}\u{b2}\u{b3}\u{2074}\u{2075}\u{2076}\u{2077}\u{2078}\u{2079}";

/// Returns the value of a calculation as it is printed, and the sum of the magnitudes of its terms.
fn evaluate(printed: &str) -> [f64; 2] {
    // A power of ten follows its factor without a space: 3\u{d7}10\u{207b}\u{2075} is 3e-5.
    let mut text = printed.replace("\u{d7}10", "e");
    for power in SUPERSCRIPTS.chars().chain(['\u{207b}']) {
        text = text.replace(&format!("10{power}"), &format!("1e{power}"));
    }
    text = text.replace('\u{207b}', "-");
    for (value, digit) in SUPERSCRIPTS.chars().enumerate() {
        text = text.replace(digit, &value.to_string());
    }
    text = text.replace('\u{d7}', "*");
    while let Some((before, root)) = text.split_once('\u{221a}') {
        let end = root.find([' ', ')']).unwrap_or(root.len());
        text = format!("{before}sqrt({}){}", &root[..end], &root[end..]);
    }
    let signed = text.replace('\u{2212}', "-");
    let unsigned = text.replace(" \u{2212} ", " + ").replace('\u{2212}', "");
    [signed, unsigned].map(|formula| {
        let read = Expression::read(&formula).unwrap_or_else(|_| panic!("{formula}: {printed}"));
        FormulaObjective(Tape::of(&read)).value(&[0.0, 0.0])
    })
}

/// Returns the indices of the weights that a sentence is about.
fn subjects(sentence: &str, names: &[&str]) -> Vec<usize> {
    let sentence = sentence.to_lowercase();
    if sentence.contains("each weight ") {
        return (0..names.len()).collect();
    }
    let head = sentence.split(" moves ").next().unwrap();
    let head = head.split(" stays ").next().unwrap();
    let named = |i: &usize| {
        let words = head.split(|c: char| !c.is_alphanumeric() && c != ' ');
        words
            .into_iter()
            .any(|part| part.ends_with(names[*i]) || part.contains(&format!("{} and ", names[*i])))
    };
    (0..names.len()).filter(named).collect()
}

/// One explained step of a run of two weights.
struct ExplainedStep<'a> {
    trace: &'a Trace,
    objective: &'a dyn Objective,
    names: [&'a str; 2],
    /// Index of the step, from 0.
    i: usize,
    /// The explanation and its place, for messages.
    what: String,
}

impl ExplainedStep<'_> {
    fn gradient(&self, epoch: usize) -> Vec<f64> {
        let mut g = vec![0.0; 2];
        self.objective
            .value_and_gradient(self.trace.at(epoch), &mut g);
        g
    }

    fn displacement(&self) -> [f64; 2] {
        let [from, to] = [self.trace.at(self.i), self.trace.at(self.i + 1)];
        [to[0] - from[0], to[1] - from[1]]
    }

    /// Checks the condition that a sentence states.
    fn check_sentence(&self, sentence: &str) {
        let (step, g, what) = (self.displacement(), self.gradient(self.i), &self.what);
        for w in subjects(sentence, &self.names) {
            if sentence.contains("moves against its gradient") {
                assert!(step[w] * g[w] <= 0.0, "{what}");
            }
            if sentence.contains("moves along its gradient") {
                assert!(step[w] * g[w] >= 0.0, "{what}");
            }
            if sentence.contains("because its gradient is zero") {
                assert_eq!((step[w], g[w]), (0.0, 0.0), "{what}");
            }
            if sentence.contains("because its gradient changed its sign") {
                assert!(self.gradient(self.i - 1)[w] * g[w] < 0.0, "{what}");
            }
            if sentence.contains("because its curvature is negative") {
                let mut h = vec![0.0; 4];
                let curved = self.objective.curved().unwrap();
                curved.hessian(self.trace.at(self.i), &mut h);
                assert!(h[3 * w] < 0.0, "{what}");
            }
        }
        if let Some((was, is)) = sentence.split_once("loss falls from ") {
            let (was, is) = is.split_once(" to ").unwrap_or((was, is));
            assert_ne!(was, is.trim_end_matches('.'), "{what}");
            let losses = &self.trace.losses;
            assert!(losses[self.i + 1] < losses[self.i], "{what}");
        }
    }

    /// Checks that a calculation gives the displacement of its weight. Returns whether there is one.
    fn check_calculation(&self, piece: &str) -> bool {
        let Some((formula, rest)) = piece.rsplit_once(" = ") else {
            return false;
        };
        let name = rest.split_once(" for ").unwrap().1.trim_end_matches('.');
        let w = self.names.iter().position(|known| *known == name).unwrap();
        let [value, size] = evaluate(formula);
        let rounding = 4.0 * f64::EPSILON * self.trace.at(self.i)[w].abs();
        let step = self.displacement()[w];
        let is_right = (value - step).abs() <= 2e-3 * size + rounding;
        assert!(is_right, "{value} {step}: {}", self.what);
        true
    }
}

/// Checks all steps of one optimizer on one problem, and returns the number of calculations.
fn check_reasons(id: &str, on: &str, start: [f64; 2]) -> usize {
    let experiment = Experiment {
        start: Some(start.to_vec()),
        target: Target::None,
        ..experiment(on, id, 25)
    };
    let Ok(contest) = experiment.prepare() else {
        return 0;
    };
    let trace = Trace::record(contest.runs().next().unwrap());
    let names = match &*contest.problem.weight_names[0] {
        "x" => ["x", "y"],
        _ => ["the first weight", "the second weight"],
    };
    let mut calculations = 0;
    for (i, text) in all(&contest).iter().enumerate() {
        let step = ExplainedStep {
            trace: &trace,
            objective: &*contest.problem.objective,
            names,
            i,
            what: format!("{id} on {on}, step {}: {}", i + 1, text.join("\n")),
        };
        let is_reason = |line: &&String| !line.starts_with("Calculation");
        for line in text.iter().take_while(is_reason) {
            line.split(". ")
                .for_each(|sentence| step.check_sentence(sentence));
        }
        let mut lines = text.iter();
        let calculation = lines.find_map(|line| line.strip_prefix("Calculation: "));
        let pieces = calculation.into_iter().flat_map(|all| all.split(", "));
        calculations += pieces.filter(|piece| step.check_calculation(piece)).count();
    }
    calculations
}

#[test]
fn the_reasons_of_options_and_wrappers_give_the_displacement() {
    for (with, words) in [
        ("momentum:weight_decay=0.1", "minus the learning rate"),
        (
            "momentum:weight_decay=0.1,weight_decay_form=decoupled",
            "and shrinks by the weight decay",
        ),
        (
            "momentum:weight_decay=0.1,weight_decay_form=cautious",
            "if that does not oppose the step",
        ),
        ("momentum:cautious=true", "would follow the gradient uphill"),
        (
            "momentum:cautious=true,weight_decay=1e-4,weight_decay_form=decoupled",
            "uphill, and shrinks",
        ),
        ("momentum:mars=0.1", "minus the learning rate"),
        ("lookahead:period=3", "goes back to a point between"),
        ("sharpness-aware:radius=0.5", "minus the learning rate"),
        ("averaged:path=average", "to the new average"),
        ("accumulate", "while gradients accumulate"),
        ("mechanize:first_scale=0.1", "the learned scale times"),
    ] {
        for (on, start) in [("article", [-4.0, -4.0]), ("booth", [3.0, -2.0])] {
            let count = check_reasons(with, on, start);
            assert!(count > 10, "{with} on {on}: {count}");
        }
        let contest = experiment("article", with, 90).prepare().unwrap();
        let all: Vec<String> = all(&contest).concat();
        assert!(all.iter().any(|text| text.contains(words)), "{with}");
    }
}

#[test]
fn every_stated_reason_is_true_and_gives_the_displacement() {
    let problems = [
        ("article", [-4.0, -4.0]),
        ("rosenbrock", [-1.5, 2.0]),
        ("himmelblau", [0.0, 0.0]),
        ("saddle", [1.0, 0.0]),
        ("booth", [3.0, -2.0]),
    ];
    let abouts = optimizers::REGISTRY.abouts();
    let calculations: usize = abouts
        .filter(|about| about.id != "recorded")
        .flat_map(|about| problems.map(|(on, start)| check_reasons(&about.id, on, start)))
        .sum();
    assert!(calculations > 1000, "{calculations}");
}

#[test]
fn a_wrapper_explains_the_step_of_its_rule() {
    let rule = "m := beta*m + g; w := w - a*m; beta = 0.5";
    let with = format!("lookahead:of=rule,of.text='{rule}',of.a=0.25,period=9");
    assert_contains(
        &words("formula:x^2+4*y^2", &with, 1),
        &[
            "each weight moves by its rule, w := w - a*m",
            "Calculation: \u{2212}0.25 \u{d7} ",
            "Variable m of the rule: ",
        ],
    );
}
