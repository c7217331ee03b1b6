//! Rules that a user writes as a text.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use thalweg::{
    Error,
    batch::RunEnd,
    experiment::{Experiment, PreparedExperiment, Target},
    pick::Pick,
    trace::Trace,
};

const MOMENTUM: &str = "rule:v := mu*v - learning_rate*g; w := w + v,mu=0.9,learning_rate=0.1";

const ADAM: &str = "rule:m := beta1*m + (1-beta1)*g; v := beta2*v + (1-beta2)*g^2; \
    w := w - learning_rate*(m/(1-beta1^t))/(sqrt(v/(1-beta2^t)) + epsilon),\
    beta1=0.9,beta2=0.999,epsilon=1e-8,learning_rate=0.05";

const LION: &str = "rule:c := beta1*m + (1-beta1)*g; m := beta2*m + (1-beta2)*g; \
    w := w - learning_rate*sign(c),beta1=0.9,beta2=0.99,learning_rate=0.02";

const RPROP: &str = "rule:q := sign(g)*sign(p); s := where(t < 2, 0.1, s); \
    s := where(q > 0, min(1.2*s, 50), where(q < 0, max(0.5*s, 1e-6), s)); \
    v := where(q < 0, -v, -sign(g)*s); p := where(q < 0, 0, g); w := w + v";

fn contest(on: &str, with: &str) -> Result<PreparedExperiment, Error> {
    let experiment = Experiment {
        target: Target::None,
        epochs: 200,
        ..Experiment::new(on.parse().unwrap(), vec![with.parse::<Pick>()?])
    };
    experiment.prepare()
}

fn train(on: &str, with: &str) -> Trace {
    let contest = contest(on, with).unwrap_or_else(|error| panic!("{with}: {error}"));
    Trace::record(contest.runs().next().unwrap())
}

#[test]
fn rules_of_the_catalog_can_be_written() {
    for (rule, known, tolerance) in [
        (MOMENTUM, "momentum:learning_rate=0.1", 0.0),
        (LION, "lion:learning_rate=0.02", 0.0),
        (RPROP, "rprop", 0.0),
        (ADAM, "adam:learning_rate=0.05", 1e-12),
    ] {
        for on in ["article", "quadratic", "matrix-regression"] {
            let (rule, known) = (train(on, rule), train(on, known));
            assert_eq!(rule.epochs(), known.epochs(), "{on}");
            for (a, b) in rule.weights.iter().zip(&known.weights) {
                assert!(
                    (a - b).abs() <= tolerance * b.abs().max(1.0),
                    "{on}: {a} {b}"
                );
            }
        }
    }
}

#[test]
fn runs_side_by_side_have_the_bits_of_single_runs() {
    for rule in [MOMENTUM, ADAM, RPROP, "rule:w := w*(1 - 0.01) - 0.1*g*loss"] {
        let contest = contest("article", rule).unwrap();
        let count = 77;
        let start = |i: usize| 0.07 * i as f64 - 3.0;
        let starts: Vec<f64> = (0..2 * count).map(start).collect();
        let (mut last, mut ends) = (starts.clone(), vec![RunEnd::NONE; count]);
        contest.run_many(&contest.contenders[0], &mut last, &mut ends);
        for i in 0..count {
            let from = [starts[i], starts[count + i]];
            let trace = Trace::record(contest.run_from(&contest.contenders[0], &from));
            let single = trace.weights[trace.weights.len() - 2..].to_vec();
            assert_eq!(single, [last[i], last[count + i]], "{rule} from {from:?}");
        }
    }
}

#[test]
fn variables_are_channels_and_settings_have_their_values() {
    let contest = contest("article", MOMENTUM).unwrap();
    let contender = &contest.contenders[0];
    let channels: Vec<&str> = contender.channels().iter().map(|c| &*c.name).collect();
    assert_eq!(channels, ["v"]);
    assert_eq!(contender.number("mu"), Some(0.9));
    let settings = contender.settings_in_effect();
    let value = |key: &str| {
        let setting = settings.iter().find(|s| s.key == key);
        setting.map(|s| s.value.clone())
    };
    assert_eq!(value("mu").as_deref(), Some("0.9"));
    assert_eq!(value("learning_rate").as_deref(), Some("0.1"));
    let without = self::contest("article", "rule:w := w - lr*g; lr = 0.5").unwrap();
    let settings = without.contenders[0].settings_in_effect();
    assert!(settings.iter().all(|s| s.key != "learning_rate"));
    assert_eq!(contender.why()[0].step, "v");
    let why = |rule: &str| {
        let contest = self::contest("article", rule).unwrap();
        contest.contenders[0].why()[0].step.to_string()
    };
    assert_eq!(why("rule:w := w - a*m; m := g,a=0.1"), "-a * before(m)");
    assert_eq!(
        why("rule:w := 0.5*w; u := m + g; m := 2*u; u := m; w := w + u"),
        "(0.5 * weight) - weight + u"
    );
    assert_eq!(why("rule:w := w - 0.1*g*loss"), "");
}

#[test]
fn functions_of_blocks_see_the_whole_block() {
    let normalized = train("matrix-regression", "rule:w := w - 0.1*g/norm(g)");
    let spectral = train("matrix-regression", "rule:w := w - 0.1*orthogonalize(g)");
    let known = train("matrix-regression", "spectral-descent:learning_rate=0.1");
    assert_eq!(spectral.weights, known.weights);
    let dim = normalized.dim;
    let length = |weights: &[f64], dim: usize| {
        let squares = (0..dim)
            .map(|i| weights[dim + i] - weights[i])
            .map(|d| d * d);
        squares.sum::<f64>().sqrt()
    };
    let d = length(&normalized.weights, dim);
    assert!((d - 0.1).abs() < 1e-12, "{d}");
    // A norm after a statement is that of the new number.
    let two = train("article", "rule:m := 2*g; n := norm(m); w := w - 0.1*m/n");
    let d = length(&two.weights, 2);
    assert!((d - 0.1).abs() < 1e-12, "{d}");
}

#[test]
fn a_rule_combines_with_schedules_options_and_wrappers() {
    let plain = train("article", "rule:w := w - learning_rate*g,learning_rate=0.5");
    let known = train("article", "gradient-descent:learning_rate=0.5");
    assert_eq!(plain.weights, known.weights);
    let options = ",schedule=cosine,schedule.over=50,weight_decay=0.01,gradient_clip=norm,gradient_clip.limit=0.05";
    let rule = train(
        "article",
        &format!("rule:w := w - learning_rate*g,learning_rate=0.5{options}"),
    );
    let known = train(
        "article",
        &format!("gradient-descent:learning_rate=0.5{options}"),
    );
    assert_eq!(rule.weights, known.weights);
    let rule = train(
        "article",
        "lookahead:of=rule,of.text=\"w := w - a*g\",of.a=0.5",
    );
    let known = train(
        "article",
        "lookahead:of=gradient-descent,of.learning_rate=0.5",
    );
    assert_eq!(rule.weights, known.weights);
}

#[test]
fn a_wrapper_has_the_settings_of_its_rule() {
    let text = "m := beta*m + g; w := w - a*m; beta = 0.9";
    let pick = |a: f64| -> Pick {
        format!("lookahead:of=rule,of.text=\"{text}\",of.a={a}")
            .parse()
            .unwrap()
    };
    let contest = Experiment::new("article".parse().unwrap(), vec![pick(0.5), pick(0.25)])
        .prepare()
        .unwrap();
    let [first, second] = &contest.contenders[..] else {
        panic!("two optimizers");
    };
    assert_eq!(first.label, "Lookahead of Rule (of.a=0.5)");
    assert_eq!(second.label, "Lookahead of Rule (of.a=0.25)");
    assert_eq!(
        [first.number("a"), first.number("beta")],
        [Some(0.5), Some(0.9)]
    );
    assert_eq!(first.why().last().unwrap().step, "-a * m");
    let settings = second.settings_in_effect();
    let settings: Vec<String> = settings
        .iter()
        .map(|s| format!("{}={} ({})", s.key, s.value, s.source))
        .collect();
    assert!(
        settings.contains(&"of.a=0.25 (given)".to_owned()),
        "{settings:?}"
    );
    assert!(
        settings.contains(&"of.beta=0.9 (default)".to_owned()),
        "{settings:?}"
    );
}

#[test]
fn a_sweep_varies_the_settings_of_rules() {
    for (rule, key) in [
        ("rule:w := w - a*g", "a"),
        ("rule:w := w - a*g; a = 0.1", "a"),
        ("averaged:of=rule,of.text=w := w - a*g", "of.a"),
    ] {
        let pick: Pick = rule.parse().unwrap();
        assert!(thalweg::optimizers::has_rule_with(&pick, key), "{rule}");
        assert!(!thalweg::optimizers::has_rule_with(&pick, "of.b"), "{rule}");
    }
}

#[test]
fn errors_point_into_the_text() {
    for (rule, part, words) in [
        ("rule:w := w - beta*g", "beta", "add `,beta=NUMBER`"),
        ("rule:w := w - 0.1*gg", "gg", "`gg` has no value"),
        ("rule:w := w - 0.1*", "*", "ends after an operator"),
        ("rule:w - 0.1*g", "w - 0.1*g", "is not a statement"),
        ("rule:m := g", "m := g", "does not move the weights"),
        ("rule:g := 2; w := w - g", "g", "cannot be assigned"),
        (
            "rule:schedule := 2; w := w - g",
            "schedule",
            "another meaning",
        ),
        ("rule:sin := 2; w := w - g", "sin", "another meaning"),
        (
            "rule:w := w - schedule*g",
            "schedule",
            "setting of every rule",
        ),
        ("rule:m := g; w := w - m,m=2", "m", "is a setting"),
        ("rule:w := w - 0.1*g,beta=2", "beta=2", "no setting `beta`"),
        ("rule:w := w - beta*g,beta=x", "beta=x", "must be a number"),
        (
            "rule:w := w - 0.1*g,schedule=cosine",
            "schedule=cosine",
            "does not use the name",
        ),
        ("rule:w := where(g, 1, 2)", "where", "needs one of"),
        ("rule:w := w < g", "<", "only allowed in `where`"),
        ("rule:w := w - norm(2)", "norm", "takes a single name"),
        ("rule:w := w - norm(g*2)", "norm", "takes a single name"),
        ("rule:w := w - norm(g", "norm", "is not closed"),
        ("rule:w := w - norm*g", "norm", "write norm(g)"),
        ("rule:w := w - foo(g)", "foo", "`foo` is not a function"),
        ("rule:w := w - sqr(g)", "sqr", "did you mean `sqrt`?"),
        ("rule:w :=", "w :=", "`w :=` has no formula"),
        ("rule:w = w - g", "w = w - g", "a rule assigns with `:=`"),
        (
            "rule:w := w - b*g; b = 0.1; b = 0.2",
            "b",
            "`b` is given twice",
        ),
        ("rule:@", "@", "write rule:@FILE"),
        ("rule@0:w := w - 0.1*g", "rule@0", "write rule or rule@1"),
        ("rule@x:w := w - 0.1*g", "rule@x", "write rule or rule@1"),
        ("rule@2:w := w - 0.1*g", "rule@2", "update the program"),
        ("adam@1", "adam@1", "no optimizer `adam@1`"),
    ] {
        let error = contest("article", rule)
            .err()
            .unwrap_or_else(|| panic!("{rule}"));
        let Error::In { text, span, error } = error else {
            panic!("{rule}: {error:?}");
        };
        assert_eq!(&text[span], part, "{rule}: {error}");
        let whole = format!("{error} {}", error.help().unwrap_or_default());
        assert!(whole.contains(words), "{rule}: {whole}");
    }
}

#[test]
fn a_rule_may_be_long_but_has_a_limit_of_statements() {
    let long = format!("rule:w := w - 0.1*g{}", " + 0*g".repeat(20_000));
    assert!(contest("article", &long).is_ok());
    let many = format!("rule:{} w := w", "m := g;".repeat(20_000));
    assert!(contest("article", &many).is_err());
    assert!(contest("article", "rule@1:w := w - 0.1*g").is_ok());
}

#[test]
fn a_rule_can_come_from_a_file() {
    let mut pick: Pick = "rule:@heavy.rule,mu=0.5".parse().unwrap();
    assert_eq!(thalweg::optimizers::files(&pick), ["heavy.rule"]);
    let wrapper: Pick = "lookahead:of=rule,of.text=@heavy.rule".parse().unwrap();
    assert_eq!(thalweg::optimizers::files(&wrapper), ["heavy.rule"]);
    let text = "# Heavy ball\nmu = 0.9 # kept part\n\nv := mu*v - 0.1*g\nw := w + v\n";
    pick.files.push(("heavy.rule".to_owned(), text.into()));
    let experiment = Experiment::new("article".parse().unwrap(), vec![pick.clone()]);
    let contest = experiment.prepare().unwrap();
    assert_eq!(contest.contenders[0].label, "Heavy ball");
    assert_eq!(contest.contenders[0].number("mu"), Some(0.5));
    pick.files[0].1 = "# Wrong\nw := w -\n".into();
    let experiment = Experiment::new("article".parse().unwrap(), vec![pick]);
    let error = experiment.prepare().err().unwrap().to_string();
    assert!(
        error.contains("heavy.rule") && error.contains("line 2"),
        "{error}"
    );
}
