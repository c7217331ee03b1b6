//! The options that all rules share.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    batch::RunEnd,
    catalog::{EntryMetadata, Family},
    experiment::{Experiment, PreparedExperiment, Target},
    optimizers,
    trace::Trace,
};

fn contest(on: &str, with: &str, epochs: u64) -> PreparedExperiment {
    let experiment = Experiment {
        target: Target::None,
        epochs,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse().unwrap()])
    };
    experiment.prepare().unwrap()
}

fn train(on: &str, with: &str, epochs: u64) -> Trace {
    Trace::record(contest(on, with, epochs).runs().next().unwrap())
}

/// Returns the bits of all weights of a run.
fn bits(on: &str, with: &str) -> Vec<u64> {
    let trace = train(on, with, 30);
    trace.weights.iter().map(|w| w.to_bits()).collect()
}

/// Returns the rules with options.
fn rules() -> impl Iterator<Item = &'static EntryMetadata> {
    let abouts = optimizers::REGISTRY.abouts();
    abouts.filter(|about| about.setting("cautious").is_some())
}

#[test]
fn an_option_that_is_off_changes_no_bit() {
    let mut compared = 0;
    for about in rules() {
        let default = |key: &str| about.setting(key).map(|p| p.preset.to_string());
        let mut offs = vec!["cautious=false", "gradient_clip=none"];
        if about.id != "mars" {
            offs.push("mars=0");
        }
        let has_forms = about.setting("weight_decay_form").is_some();
        if has_forms && default("weight_decay").as_deref() == Some("0") {
            offs.extend([
                "weight_decay=0",
                "weight_decay_form=coupled",
                "weight_decay_form=decoupled",
                "weight_decay_form=cautious",
            ]);
        }
        for on in ["article", "rosenbrock"] {
            let usual = bits(on, &about.id);
            for off in &offs {
                let with = format!("{}:{off}", about.id);
                assert_eq!(bits(on, &with), usual, "{with} on {on}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn options_work_in_batches_and_change_the_run() {
    let options = [
        "weight_decay=0.05",
        "weight_decay=0.05,weight_decay_form=decoupled",
        "weight_decay=0.05,weight_decay_form=cautious",
        "cautious=true",
        "mars=0.1",
        "gradient_clip=adaptive,gradient_clip.limit=0.002",
        "weight_decay=0.05,cautious=true,mars=0.1,gradient_clip=norm,gradient_clip.limit=0.01",
    ];
    for id in ["gradient-descent", "momentum", "rprop", "adam", "nadam"] {
        for option in options {
            let with = format!("{id}:{option}");
            let mut contest = contest("article", &with, 25);
            let count = 20;
            let mut starts: Vec<f64> = (0..2 * count)
                .map(|k| f64::from((k * 7919) % 1201) / 100.0 - 6.0)
                .collect();
            let first = starts.clone();
            let mut ends = vec![RunEnd::NONE; count as usize];
            assert!(contest.is_batched(&contest.contenders[0]));
            contest.run_many(&contest.contenders[0], &mut starts, &mut ends);
            for (i, end) in ends.iter().enumerate() {
                contest.start = vec![first[i], first[count as usize + i]];
                let mut run = contest.run(&contest.contenders[0]);
                while run.advance() {}
                let single = (run.epoch(), run.loss().to_bits(), run.stop());
                let batched = (end.epochs, end.loss.to_bits(), Some(end.stop));
                assert_eq!(batched, single, "{with} from {:?}", contest.start);
            }
        }
        for option in &options[..5] {
            let with = format!("{id}:{option}");
            // Only momentum moves uphill in these steps. Signs are the same after small changes of the gradient.
            let is_uphill = id == "momentum" || *option != "cautious=true";
            if is_uphill && id != "rprop" {
                assert_ne!(bits("rosenbrock", &with), bits("rosenbrock", id), "{with}");
            }
        }
    }
}

#[test]
fn the_form_of_the_weight_decay_has_another_name() {
    for id in ["adamax", "amsgrad", "nadam", "radam"] {
        let decay = format!("{id}:weight_decay=0.1");
        for (alias, form) in [("true", "decoupled"), ("false", "coupled")] {
            assert_eq!(
                bits("article", &format!("{decay},decoupled={alias}")),
                bits("article", &format!("{decay},weight_decay_form={form}")),
            );
        }
        let both = format!("{decay},decoupled=true,weight_decay_form=coupled");
        let error = optimizers::REGISTRY.build(&both.parse().unwrap(), None);
        let error = error.err().unwrap().to_string();
        assert!(error.contains("remove one of them"), "{error}");
    }
    assert_eq!(
        bits("article", "adamw"),
        bits(
            "article",
            "adam:weight_decay=0.01,weight_decay_form=decoupled"
        )
    );
}

#[test]
fn every_rule_has_every_form_of_the_weight_decay() {
    let mut own = 0;
    for about in rules() {
        let param = about.setting("weight_decay_form").unwrap();
        let words: Vec<&str> = param.kind.words().iter().map(|word| &**word).collect();
        let usual = ["coupled", "decoupled", "cautious"];
        let others: Vec<&&str> = words.iter().filter(|word| !usual.contains(word)).collect();
        assert_eq!(words.len(), usual.len() + others.len(), "{}", about.id);
        let preset = param.preset.to_string();
        assert!(words.contains(&&*preset), "{}", about.id);
        own += others.len();
        // A form that only other rules have is refused.
        for word in ["matrices", "layer-wise"] {
            let pick = format!("{}:weight_decay_form={word}", about.id);
            let built = optimizers::REGISTRY.build(&pick.parse().unwrap(), None);
            assert_eq!(built.is_ok(), words.contains(&word), "{pick}");
            // The form that only some rules have is their default.
            assert!(built.is_err() || preset == word, "{pick}");
        }
        // Without a form, the weight decay has the default one.
        let usual = format!("{}:weight_decay=0.05", about.id);
        let on = "mlp:data=six-points,layers=2-4-1";
        let given = format!("{usual},weight_decay_form={preset}");
        assert_eq!(bits(on, &usual), bits(on, &given), "{given}");
    }
    // Among them are muon, kron, lamb, lars, novograd, and stable-adamw.
    assert!(own >= 6, "{own}");
    // All families whose steps follow from one gradient have the options.
    let families = [
        Family::FirstOrder,
        Family::SignBased,
        Family::Adaptive,
        Family::LayerWise,
        Family::Matrix,
        Family::ParameterFree,
    ];
    for about in optimizers::REGISTRY.abouts() {
        let is_first_order = about.family.is_some_and(|own| families.contains(&own));
        let has_form = about.setting("weight_decay_form").is_some();
        assert!(has_form || !is_first_order, "{}", about.id);
    }
}

#[test]
fn rules_with_their_own_weight_decay_have_the_other_forms() {
    let on = "matrix-regression:shape=3x4";
    let same = |on: &str, a: &str, b: &str| assert_eq!(bits(on, a), bits(on, b), "{a} {b}");
    let differ = |on: &str, a: &str, b: &str| assert_ne!(bits(on, a), bits(on, b), "{a} {b}");
    // All weights are part of a matrix, or none is.
    for id in ["muon", "kron"] {
        let decay = format!("{id}:weight_decay=0.1");
        same(on, &decay, &format!("{decay},weight_decay_form=decoupled"));
        differ(on, &decay, &format!("{decay},weight_decay_form=coupled"));
        differ(on, &decay, &format!("{decay},weight_decay_form=cautious"));
        same("rosenbrock", &decay, id);
        let all = format!("{decay},weight_decay_form=decoupled");
        differ("rosenbrock", &all, id);
    }
    let auxiliary = "muon:learning_rate=0.01,auxiliary.learning_rate=0.01";
    same(
        "rosenbrock",
        &format!("{auxiliary},weight_decay=0.1,weight_decay_form=decoupled"),
        &format!("{auxiliary},auxiliary.weight_decay=0.1"),
    );
    // The norm of LARS is that of the sum of the gradient and the weight decay.
    for on in [on, "article", "rosenbrock"] {
        let coupled = "lars:weight_decay=0.1,weight_decay_form=coupled";
        same(on, coupled, "lars:weight_decay=0.1,norm=sum");
        differ(on, coupled, "lars:weight_decay=0.1");
    }
    for id in ["lamb", "novograd", "stable-adamw"] {
        let forms = ["layer-wise", "coupled", "decoupled", "cautious"];
        let picks = forms.map(|form| format!("{id}:weight_decay=0.1,weight_decay_form={form}"));
        for (i, a) in picks.iter().enumerate() {
            picks[..i].iter().for_each(|b| differ(on, a, b));
        }
    }
    // The first step of SOAP does not move.
    for form in ["decoupled", "cautious"] {
        let trace = train(
            on,
            &format!("soap:weight_decay=0.1,weight_decay_form={form}"),
            2,
        );
        assert_eq!(trace.at(1), trace.at(0), "{form}");
        assert_ne!(trace.at(2), trace.at(1), "{form}");
    }
}

#[test]
fn mars_is_adamw_with_the_option() {
    let settings = "learning_rate=0.05,beta1=0.95,beta2=0.99,weight_decay=0.1";
    let mars = bits("article", &format!("mars:{settings}"));
    let option = bits("article", &format!("adamw:{settings},mars=0.025"));
    assert_eq!(mars, option);
    let other = bits("article", &format!("adamw:{settings},mars=0.05"));
    assert_ne!(mars, other);
}

#[test]
fn the_variance_reduction_adds_the_change_of_the_gradient() {
    // The gradient of x^2 / 2 is x, and beta / (1 - beta) is 9. The gradients stay below the norm 1.
    let on = "formula:(x^2+y^2)/2,start=0.5,0";
    let trace = train(on, "gradient-descent:learning_rate=0.1,mars=0.1", 3);
    let mut w = [0.5, 0.0];
    let mut before = w[0];
    for epoch in 1..=3 {
        let c = w[0] + 0.9 * (w[0] - before);
        before = w[0];
        w[0] -= 0.1 * c;
        assert!((trace.at(epoch)[0] - w[0]).abs() < 1e-15, "{epoch}");
    }
    // A longer gradient is shortened to the norm 1.
    let trace = train(
        "formula:(x^2+y^2)/2,start=30,0",
        "gradient-descent:learning_rate=0.5,mars=0.1",
        1,
    );
    assert_eq!(trace.at(1), [29.5, 0.0]);
}

#[test]
fn a_cautious_step_never_follows_the_gradient_uphill() {
    let with = "momentum:learning_rate=0.3,cautious=true";
    let trace = train("article", with, 80);
    let contest = contest("article", with, 1);
    let factors = trace.series("step_factor").unwrap();
    let mut seen = [0, 0, 0];
    for epoch in 1..=trace.epochs() as usize {
        let [from, to] = [trace.at(epoch - 1), trace.at(epoch)];
        let mut g = [0.0; 2];
        contest.problem.objective.value_and_gradient(from, &mut g);
        let moving = factors.at(epoch).iter().filter(|f| **f > 0.0).count();
        seen[moving] += 1;
        for i in 0..2 {
            assert!((to[i] - from[i]) * g[i] <= 0.0, "{epoch}");
            // The two weights are one block, so the mean of their factors is 1.
            let factor = factors.at(epoch)[i];
            assert!(factor == 0.0 || factor == 2.0 / moving as f64, "{epoch}");
        }
    }
    assert!(seen[1] > 0 && seen[2] > 0, "{seen:?}");
    // Without blocks, each weight is one, so no step becomes longer.
    let trace = train("rosenbrock", "momentum:cautious=true", 30);
    let factors = trace.series("step_factor").unwrap();
    assert!(factors.numbers.iter().all(|f| *f == 0.0 || *f == 1.0));
}

#[test]
fn the_forms_of_the_weight_decay_follow_their_formulas() {
    // The gradient of x - y is (1, -1) everywhere, so x moves towards zero and y away from it.
    let on = "formula:x-y,start=2,4";
    let step = |form: &str| {
        let with =
            format!("gradient-descent:learning_rate=0.5,weight_decay=0.1,weight_decay_form={form}");
        train(on, &with, 1).at(1).to_vec()
    };
    assert_eq!(step("coupled"), [2.0 - 0.5 * 1.2, 4.0 - 0.5 * (-1.0 + 0.4)]);
    assert_eq!(step("decoupled"), step("coupled"));
    assert_eq!(step("cautious"), [step("coupled")[0], 4.5]);
    // The learning rate of the schedule multiplies the decay; a rule without a learning rate uses the coefficient.
    let with = "adamw:learning_rate=0.5,weight_decay=0.1,schedule=exponential,schedule.rate=0.5,\
                schedule.every=1";
    let without = with.replace("weight_decay=0.1", "weight_decay=0");
    let [with, without] = [with, &*without].map(|pick| train(on, pick, 1).at(1).to_vec());
    assert!((without[0] - with[0] - 0.5 * 0.1 * 2.0).abs() < 1e-15);
    let rprop = "rprop:weight_decay=0.25,weight_decay_form=decoupled";
    let [with, without] = [rprop, "rprop"].map(|pick| train(on, pick, 1).at(1).to_vec());
    assert!((without[1] - with[1] - 1.0).abs() < 1e-15);
}

#[test]
fn a_search_has_no_options() {
    for option in ["weight_decay=0.1", "cautious=true", "mars=0.1"] {
        let pick = format!("gradient-descent:search=armijo,{option}");
        let error = optimizers::REGISTRY.build(&pick.parse().unwrap(), None);
        let Some(Error::In { error, .. }) = error.err() else {
            panic!("{pick} was accepted");
        };
        let message = error.to_string();
        assert!(message.contains("has no effect if `search`"), "{message}");
    }
}
