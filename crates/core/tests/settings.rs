//! The settings in effect: the list is complete and true for every entry of the catalog, and `none` is a setting that is not
//! given.
#![allow(
    clippy::unwrap_used,
    reason = "a test may panic on an unexpected value"
)]

use std::collections::BTreeMap;
use thalweg::{
    catalog::{DefaultValue, EntryMetadata, Kind, Param, Registry},
    data_sets,
    effective::EffectiveSetting,
    experiment::{Experiment, PreparedExperiment},
    gradient_clips, line_searches,
    optimizers::{self, matrix::auxiliary},
    pick::Pick,
    problems, regularizers, schedules,
    spec::{ExperimentField, ExperimentSpec},
    sweep::{Seeds, Starts, Sweep},
    trace::Trace,
};

const DATA: &str = "a,b,kind\n0.5,-1,no\n-0.25,1.5,yes\n1,0.75,yes\n0.1,0.2,no\n";
const PICTURE: &[u8] = include_bytes!("pictures/plain.png");
const RECORD: &str = "x,y,loss\n-4,-4,1\n-3,-2,0.5\n";

/// Parses the pick of a problem and attaches the files.
fn pick(text: &str) -> Pick {
    with_files(problems::pick(text).unwrap())
}

/// Attaches the files `d.csv`, `r.csv`, `state.npz`, and `hill.png` to a pick.
fn with_files(mut pick: Pick) -> Pick {
    let network = include_bytes!("records/state_dict.npz").to_vec();
    pick.files = vec![
        ("d.csv".to_owned(), DATA.into()),
        ("r.csv".to_owned(), RECORD.into()),
        ("state.npz".to_owned(), network.into()),
        ("hill.png".to_owned(), PICTURE.to_vec().into()),
    ];
    pick
}

fn contest(on: &Pick, with: &Pick) -> PreparedExperiment {
    let experiment = Experiment {
        epochs: 3,
        ..Experiment::new(on.clone(), vec![with.clone()])
    };
    experiment.prepare().unwrap()
}

fn trace(on: &Pick, with: &Pick) -> Vec<u64> {
    let contest = contest(on, with);
    let trace = Trace::record(contest.runs().next().unwrap());
    trace.weights.iter().map(|w| w.to_bits()).collect()
}

/// Returns the components of a kind, such as the line searches.
fn components(kind: &str) -> Vec<&'static EntryMetadata> {
    fn of<T>(registry: &Registry<T>, kind: &str) -> Vec<&'static EntryMetadata> {
        let abouts = registry.abouts();
        abouts.filter(|_| registry.kind == kind).collect()
    }
    [
        of(&line_searches::REGISTRY, kind),
        of(&schedules::REGISTRY, kind),
        of(&regularizers::REGISTRY, kind),
        of(&gradient_clips::REGISTRY, kind),
        of(&auxiliary::REGISTRY, kind),
        of(&data_sets::REGISTRY, kind),
        of(&optimizers::REGISTRY, kind),
    ]
    .concat()
}

/// Optimizers that every wrapper can hold; one is a wrapper itself.
const WRAPPED: &[&str] = &["adam", "rprop", "lookahead"];

fn optimizer_picks() -> Vec<String> {
    let mut picks = Vec::new();
    for about in optimizers::REGISTRY.abouts().filter(|a| a.id != "recorded") {
        picks.push(about.id.to_string());
        for param in about.settings() {
            if let Kind::Part(kind) = &param.kind {
                let parts = components(kind).into_iter();
                let parts =
                    parts.filter(|part| kind != "optimizer" || WRAPPED.contains(&&*part.id));
                picks.extend(parts.map(|part| format!("{}:{}={}", about.id, param.name, part.id)));
            }
        }
    }
    picks.extend(
        [
            "recorded:path=r.csv",
            "recorded:path=r.csv,weights=y|x,label=mine",
        ]
        .map(str::to_owned),
    );
    picks
}

fn problem_picks() -> Vec<String> {
    let needing = ["csv", "formula", "image", "perceptron", "mlp"];
    let plain = problems::REGISTRY
        .abouts()
        .map(|about| about.id.to_string());
    let mut picks: Vec<String> = plain.filter(|id| !needing.contains(&&**id)).collect();
    picks.extend(
        [
            "d.csv",
            "csv:path=d.csv,class=no,scale=standard,bias=trained",
            "csv:path=d.csv,features=a,activation=linear,target=b",
            "formula:x^2+3*y^2",
            "formula:x^2+y^2,start=1,2,target=0.1,window=-3,3,-4,4",
            "hill.png",
            "image:path=hill.png,smoothing=0,height=3,start=1,2,target=0.1",
            "perceptron:data=iris",
            "perceptron:data=iris,class=2",
            "mlp",
            "mlp:loss=binary-cross-entropy",
            "mlp:layers=2-1,data=d.csv",
            "mlp:layers=2-3-3,data=blobs,loss=categorical-cross-entropy",
        ]
        .map(str::to_owned),
    );
    for about in components("data set") {
        if about.id != "csv" {
            picks.push(format!("perceptron:data={}", about.id));
        }
    }
    picks
}

/// Returns why a setting that is not in the list has no effect.
fn reason(key: &str, param: &Param, list: &BTreeMap<String, String>) -> Option<&'static str> {
    let has = |key: &str| list.contains_key(key);
    let is = |key: &str, value: &str| list.get(key).is_some_and(|v| v == value);
    let is_replaced = param.unless.as_deref().is_some_and(has);
    let name = key.rsplit('.').next().unwrap_or(key);
    let options = ["weight_decay", "weight_decay_form", "cautious", "mars"];
    match key {
        _ if options.contains(&name) => Some("the option is off"),
        _ if name == "batch" => Some("it is that of the experiment"),
        _ if is_replaced => Some("another setting replaces it"),
        _ if matches!(param.kind, Kind::Part(_)) && param.preset == DefaultValue::None => {
            Some("the component is not used")
        }
        _ if name == "decoupled" => Some("it is another name"),
        "label" => Some("it is the name before the list"),
        "target" if param.kind == Kind::Number => Some("there is no target loss"),
        "bias_value" if is("bias", "none") => Some("there is no bias"),
        "activation" if is("layers", "2-1") => Some("there are no hidden units"),
        "output" if is("loss", "categorical-cross-entropy") => Some("it is a softmax"),
        "class" if is("activation", "linear") => Some("the targets are numbers"),
        "order" if is("path", "r.csv") => Some("the problem has no matrix"),
        _ => None,
    }
}

/// Asserts that the list has every setting of an entry and of its components, or that it has no effect.
fn assert_complete(name: &str, about: &EntryMetadata, settings: &[EffectiveSetting]) {
    let list = settings.iter().map(|s| (s.key.clone(), s.value.clone()));
    let list: BTreeMap<String, String> = list.collect();
    let check = |key: &str, param: &Param| {
        let is_known = list.contains_key(key) || reason(key, param, &list).is_some();
        assert!(is_known, "{name}: {key} is not in {list:?}");
    };
    for param in about.settings() {
        check(&param.name, param);
        if let (Kind::Part(kind), Some(id)) = (&param.kind, list.get(&*param.name)) {
            let id = if data_sets::is_csv(id) { "csv" } else { id };
            let part = components(kind).into_iter().find(|part| part.id == id);
            for inner in part.unwrap().settings() {
                // The name of a file abbreviates the data set with this path.
                let key = format!("{}.{}", param.name, inner.name);
                if inner.kind != Kind::File {
                    check(&key, inner);
                }
            }
        }
    }
}

/// Returns a pick with all settings of a list.
fn with_all(pick: &Pick, settings: &[EffectiveSetting]) -> Pick {
    let all = settings.iter();
    let all = all.map(|s| format!("{}=\"{}\"", s.key, s.value));
    let text = format!("{}:{}", pick.id, all.collect::<Vec<_>>().join(","));
    let mut all: Pick = if settings.is_empty() {
        pick.id.parse()
    } else {
        text.parse()
    }
    .unwrap();
    all.files.clone_from(&pick.files);
    all
}

#[test]
fn every_setting_of_every_optimizer_is_in_the_list_and_has_its_value() {
    let on = pick("booth");
    for text in optimizer_picks() {
        let with = with_files(text.parse().unwrap());
        let contest = contest(&on, &with);
        let settings = contest.contenders[0].settings_in_effect();
        let about = &optimizers::REGISTRY.named(&with.id).unwrap().about;
        assert_complete(&text, about, &settings);
        let all = with_all(&with, &settings);
        assert_eq!(trace(&on, &with), trace(&on, &all), "{all}");
    }
}

#[test]
fn every_setting_of_every_problem_is_in_the_list_and_has_its_value() {
    let with = pick("momentum");
    for text in problem_picks() {
        let on = pick(&text);
        let settings = contest(&on, &with).problem_settings();
        let about = &problems::REGISTRY.named(&on.id).unwrap().about;
        assert_complete(&text, about, &settings);
        let all = with_all(&on, &settings);
        assert_eq!(trace(&on, &with), trace(&all, &with), "{all}");
    }
}

/// Returns the value and the source of a setting of a problem, or of an optimizer if there is one.
fn value(on: &str, with: &str, key: &str) -> Option<(String, String)> {
    let with = with_files(with.parse().unwrap());
    let contest = contest(&pick(on), &with);
    let optimizer = contest.contenders[0].settings_in_effect();
    let all = contest.problem_settings().into_iter().chain(optimizer);
    let found = all.rev().find(|s| s.key == key);
    found.map(|s| (s.value, s.source.to_string()))
}

/// A problem, an optimizer, a setting, and its value with the source of the value, if it is listed.
type ListedSetting = (
    &'static str,
    &'static str,
    &'static str,
    Option<(&'static str, &'static str)>,
);

const NETWORK: &str = "mlp:layers=2-3-1,data=d.csv,loss=binary-cross-entropy";

const LISTED: &[ListedSetting] = &[
    (
        "perceptron:data=iris",
        "rprop",
        "class",
        Some(("setosa", "default")),
    ),
    (
        "perceptron:data=iris,class=1",
        "rprop",
        "class",
        Some(("versicolor", "given")),
    ),
    ("d.csv", "rprop", "class", Some(("yes", "default"))),
    ("perceptron", "rprop", "class", Some(("1", "default"))),
    (
        "csv:path=d.csv,features=a,activation=linear,target=b",
        "rprop",
        "class",
        None,
    ),
    (NETWORK, "rprop", "output", Some(("sigmoid", "default"))),
    ("mlp", "rprop", "output", Some(("linear", "default"))),
    (
        "mlp:output=sigmoid",
        "rprop",
        "output",
        Some(("sigmoid", "given")),
    ),
    (
        "formula:x^2+y^2",
        "rprop",
        "start",
        Some(("-3,2", "default")),
    ),
    (
        "formula:x^2+y^2",
        "rprop",
        "window",
        Some(("-5,5,-5,5", "default")),
    ),
    (
        "article",
        "conjugate-gradient",
        "restart",
        Some(("2", "default")),
    ),
    (
        "mlp",
        "conjugate-gradient",
        "restart",
        Some(("105", "default")),
    ),
    (
        "article",
        "conjugate-gradient:restart=0",
        "restart",
        Some(("0", "given")),
    ),
    (
        "formula:x^2+y^2",
        "recorded:path=r.csv",
        "weights",
        Some(("x|y", "default")),
    ),
    (
        "formula:x^2+y^2",
        "recorded:path=r.csv,weights=y|x",
        "weights",
        Some(("y|x", "given")),
    ),
    ("formula:x^2+y^2", "recorded:path=r.csv", "order", None),
    (
        NETWORK,
        "recorded:path=state.npz",
        "order",
        Some(("torch", "default")),
    ),
    (
        NETWORK,
        "recorded:path=state.npz,order=torch",
        "order",
        Some(("torch", "given")),
    ),
    // The shapes of the arrays decide.
    (
        NETWORK,
        "recorded:path=state.npz,order=thalweg",
        "order",
        Some(("torch", "default")),
    ),
    (NETWORK, "recorded:path=state.npz", "weights", None),
];

#[test]
fn values_that_follow_from_the_problem_or_a_file_are_listed() {
    for &(on, with, key, expected) in LISTED {
        let expected = expected.map(|(value, source)| (value.to_owned(), source.to_owned()));
        assert_eq!(value(on, with, key), expected, "{on} {with} {key}");
    }
}

#[test]
fn the_initial_point_of_the_experiment_replaces_that_of_the_problem() {
    let experiment = Experiment {
        start: Some(vec![1.0, 1.0]),
        ..Experiment::new(pick("formula:x^2+y^2,start=2,2"), Vec::new())
    };
    let settings = experiment.prepare().unwrap().problem_settings();
    assert!(settings.iter().all(|s| s.key != "start"), "{settings:?}");
}

/// Returns each optimizer with each of its optional settings whose listed default is `none`.
fn unset_picks() -> Vec<(Pick, Pick)> {
    let mut picks = Vec::new();
    for about in optimizers::REGISTRY.abouts().filter(|a| a.id != "recorded") {
        for param in about.settings().filter(|param| param.is_unset("none")) {
            let text = format!("{}:{}=none", about.id, param.name);
            picks.push((text.parse().unwrap(), about.id.parse().unwrap()));
        }
    }
    picks
}

#[test]
fn none_is_a_setting_that_is_not_given() {
    let keys = [
        "schedule",
        "search",
        "regularizer",
        "gradient_clip",
        "batch",
    ];
    let picks = unset_picks();
    for key in keys {
        let ending = format!(":{key}=none");
        assert!(
            picks.iter().any(|(pick, _)| pick.text().ends_with(&ending)),
            "{key}"
        );
    }
    let field = ExperimentField::named("with").unwrap();
    for (pick, usual) in picks {
        let on = self::pick("article");
        assert_eq!(trace(&on, &pick), trace(&on, &usual), "{pick}");
        let contest = contest(&on, &pick);
        assert_eq!(contest.contenders[0].pick, usual);
        let mut spec = ExperimentSpec::default();
        field.read(&mut spec, pick.text()).unwrap();
        assert_eq!(spec.with, [usual.text()]);
    }
    let mut spec = ExperimentSpec::default();
    let text = "adam:beta1=0.5,schedule=none,epsilon=1e-6,gradient_clip=none";
    field.read(&mut spec, text).unwrap();
    assert_eq!(spec.with, ["adam:beta1=0.5,epsilon=1e-6"]);
    // A text can be `none`, and a required component cannot.
    let on = problems::pick("perceptron:data=none").unwrap();
    assert!(problems::build(&on).is_err());
    assert_eq!(
        value("booth", "recorded:path=r.csv,label=none", "label")
            .unwrap()
            .0,
        "none"
    );
}

#[test]
fn a_sweep_can_omit_a_component() {
    let sweep = Sweep {
        on: vec![pick("article")],
        with: vec!["adam:gradient_clip=none".parse().unwrap()],
        over: vec!["schedule=none|cosine".parse().unwrap()],
        starts: Starts::Problem,
        seeds: Seeds::List(vec![0]),
        target: thalweg::experiment::Target::None,
        epochs: 2,
        tolerance: None,
        randomness: thalweg::randomness::Randomness::default(),
    };
    let plan = sweep.plan().unwrap();
    plan.check(0).unwrap();
    let picks = (0..2).map(|i| plan.drive(i..i + 1).unwrap()[0].with.text().to_owned());
    assert_eq!(picks.collect::<Vec<_>>(), ["adam", "adam:schedule=cosine"]);
}
