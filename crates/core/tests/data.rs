//! Data sets from CSV files as people have them: class names, no header, other columns, and features far from size 1.
#![allow(
    clippy::unwrap_used,
    reason = "a test may panic on an unexpected value"
)]

use thalweg::{
    Error,
    experiment::{Experiment, Target},
    float::{ln, sigmoid},
    pick::Pick,
    problems::{self, Problem, RateSource},
    trace::Trace,
};

/// Files with the content of these cases, by name.
const FILES: [(&str, &str); 6] = [
    ("names.csv", include_str!("cases/names.csv")),
    ("noheader.csv", include_str!("cases/noheader.csv")),
    ("numbers.csv", include_str!("cases/numbers.csv")),
    ("columns.csv", include_str!("cases/columns.csv")),
    ("scores.csv", include_str!("cases/scores.csv")),
    ("curve.csv", "x,y\n1,2.5\n2,4\n4,8.25\n"),
];

/// Parses a pick and attaches the files.
fn pick(text: &str, more: &[(&str, &str)]) -> Pick {
    let mut pick = problems::pick(text).unwrap();
    let files = FILES.iter().chain(more);
    pick.files = files
        .map(|(name, content)| ((*name).to_owned(), (*content).into()))
        .collect();
    pick
}

fn problem(text: &str) -> Problem {
    problems::REGISTRY.build(&pick(text, &[]), None).unwrap()
}

/// Returns the problem of a file `d.csv` with this content.
fn read(content: &str, settings: &str) -> Result<Problem, Error> {
    let text = format!("csv:path=d.csv{settings}");
    problems::build(&pick(&text, &[("d.csv", content)]))
}

/// Returns the message and the advice of an error.
fn complaint(content: &str, settings: &str) -> String {
    let error = read(content, settings).err().unwrap();
    format!("{error}; {}", error.help().unwrap_or_default())
}

/// Follows the advice of an error: builds the problem that it names, which has no error of its own.
fn advised(content: &str, settings: &str) -> Problem {
    let help = read(content, settings).err().unwrap().help();
    let help = help.unwrap_or_else(|| panic!("{}", complaint(content, settings)));
    let (_, quoted) = help.split_once("--on '").unwrap();
    let pick = pick(quoted.trim_end_matches('\''), &[("d.csv", content)]);
    problems::REGISTRY.build(&pick, None).unwrap()
}

#[test]
fn measured_whole_numbers_are_predicted_and_not_taken_for_classes() {
    for (targets, advice) in [(["52", "71", "64"], "linear"), (["1", "2", "3"], "class")] {
        let [a, b, c] = targets;
        let mut on = problems::pick("d.csv").unwrap();
        let text = format!("hours,score\n1,{a}\n2,{b}\n3,{c}\n");
        on.files = vec![("d.csv".to_owned(), text.into())];
        let experiment = Experiment::new(on, vec!["rprop".parse().unwrap()]);
        let error = experiment.prepare().map(drop).unwrap_err();
        assert!(error.help().unwrap().contains(advice), "{:?}", error.help());
    }
}

#[test]
fn numbers_names_and_selected_columns_give_the_same_run() {
    let run = |on: &str| {
        let with = "gradient-descent:learning_rate=0.3".parse().unwrap();
        let experiment = Experiment {
            start: Some(vec![-4.0, -4.0]),
            target: Target::Loss(0.125),
            epochs: 5000,
            ..Experiment::new(pick(on, &[]), vec![with])
        };
        let contest = experiment.prepare().unwrap();
        Trace::record(contest.run(&contest.contenders[0]))
    };
    let numbers = run("numbers.csv");
    assert_eq!(
        (numbers.epochs(), numbers.loss()),
        (272, 0.124_923_370_581_439_26)
    );
    for on in [
        "names.csv",
        "noheader.csv",
        "csv:path=noheader.csv,header=none,target=y",
        "csv:path=columns.csv,features=length|width,target=leaf",
        "csv:path=columns.csv,features=3|4",
    ] {
        let other = run(on);
        assert_eq!(
            (other.weights, other.losses),
            (numbers.weights.clone(), numbers.losses.clone()),
            "{on}"
        );
    }
}

#[test]
fn notes_report_how_a_file_was_read() {
    let notes = |on| problem(on).notes.join("\n");
    assert_eq!(notes("numbers.csv"), "");
    assert_eq!(
        notes("names.csv"),
        "the column `leaf` contains classes: pointed is 0, round is 1"
    );
    assert!(notes("noheader.csv").contains("the columns are named x1, x2, y"));
    assert!(
        notes("csv:path=scores.csv,scale=standard")
            .contains("scale=standard: the features are scaled")
    );
    let names = problem("names.csv").network.unwrap();
    assert_eq!(names.data().class_names, ["pointed", "round"]);
}

#[test]
fn an_error_advises_columns_that_can_be_read() {
    let columns = FILES[3].1;
    let error = complaint(columns, "");
    assert!(
        error.contains("d.csv, line 2, column 2: `green` is not a finite number (column `color`)"),
        "{error}"
    );
    assert!(
        error.contains("--on 'csv:path=d.csv,features=length|width'"),
        "{error}"
    );
    assert_eq!(advised(columns, "").weight_names, ["w(length)", "w(width)"]);
    // With few complete columns, rows are left out instead.
    let gaps = "name,age,height,city,won\nann,31,1.7,Rome,1\nbo,,1.8,Oslo,0\ncy,40,,Rome,1\ndi,28,1.6,Bern,0\n";
    let problem = advised(gaps, "");
    assert_eq!(problem.weight_names, ["w(age)", "w(height)"]);
    assert_eq!(problem.network.unwrap().data().samples(), 2);
    assert!(problem.notes.join(" ").contains("2 of 4 rows are left out"));
    // Free text is not a target.
    let letters = "abcdefghijklm".chars();
    let rows = letters
        .enumerate()
        .map(|(i, c)| format!("{i}.5,{},{c}\n", i % 2));
    let text = format!("size,kind,remark\n{}", rows.collect::<String>());
    let error = complaint(&text, "");
    assert!(
        error.contains("the target column `remark` contains 13 different words"),
        "{error}"
    );
    let problem = advised(&text, "");
    assert_eq!(problem.weight_names, ["w(size)"]);
    assert_eq!(problem.network.unwrap().data().target_name, "kind");
    // A target that is missing in some rows.
    let text = "a,b,y\n1,2,yes\n2,3,\n3,3,no\n";
    assert!(
        complaint(text, "")
            .contains("line 3, column 3: the cell is empty; every row needs a target")
    );
    assert_eq!(advised(text, "").network.unwrap().data().samples(), 2);
    // A column that counts rows is used only if there is no other.
    let text = "t,note,y\n1,wet,0\n2,dry,1\n";
    assert_eq!(advised(text, "").weight_names, ["w(t)"]);
    // Names that a pick cannot contain are replaced by the numbers of the columns.
    let text = "a|b,note,y\n1.5,wet,0\n2,dry,1\n";
    assert!(
        complaint(text, "").contains("features=1'"),
        "{}",
        complaint(text, "")
    );
    assert_eq!(advised(text, "").weight_names, ["w(a|b)"]);
    assert!(
        complaint("a,b,y\n1.5,inf,0\n2,3,1\n", "")
            .contains("every feature must be a finite number")
    );
    // Settings of a data set in a network have dotted keys.
    let text = "mlp:data=columns.csv,layers=2-3-1";
    let error = problems::REGISTRY
        .build(&pick(text, &[]), None)
        .err()
        .unwrap();
    let help = error.help().unwrap();
    assert!(
        help.contains("'mlp:data=columns.csv,layers=2-3-1,data.features=length|width'"),
        "{help}"
    );
}

#[test]
fn names_of_columns_must_exist_once() {
    let text = "a,b,y\n1,2,0\n3,4,1\n";
    assert!(
        complaint(text, ",features=a|z").contains("there is no column `z`; choose one of: a, b, y")
    );
    assert!(complaint(text, ",features=a|a").contains("listed twice"));
    assert!(complaint(text, ",features=a|y").contains("`y` is both a feature and the target"));
    assert!(complaint("a,a,y\n1,2,0\n", "").contains("two columns are named `a`"));
}

#[test]
fn equal_names_matter_only_if_they_are_selected() {
    let text = "a,a,y,note,note\n1,5,0,x,z\n3,1,1,x,z\n";
    for settings in [",features=1|2,target=3", ",features=1|2,target=y"] {
        let problem = read(text, settings).unwrap();
        assert_eq!(problem.weight_names, ["w(a (column 1))", "w(a (column 2))"]);
        assert_eq!(problem.objective.value(&[0.0, 0.0]), 0.25);
    }
    let one = read(text, ",features=1,target=y").unwrap();
    assert_eq!(one.weight_names, ["w(a)"]);
    let error = complaint(text, ",features=a,target=y");
    assert!(
        error.contains("several columns are named `a`; select one by its number: 1, 2"),
        "{error}"
    );
    let numbers = "a,a,y\n1,5,0\n3,1,1\n";
    assert!(
        complaint(numbers, "").contains("features=1|2,target=y'"),
        "{}",
        complaint(numbers, "")
    );
    assert_eq!(advised(numbers, "").weight_names.len(), 2);
}

#[test]
fn years_in_the_first_line_may_be_names() {
    let text = "2019,2020,2021\n5.5,6,0\n4,7,1\n3,5,1\n";
    let error = complaint(text, "");
    assert!(
        error.contains("header=none as values") && error.contains("header=first'"),
        "{error}"
    );
    assert_eq!(advised(text, "").weight_names, ["w(2019)", "w(2020)"]);
    let values = read(text, ",header=none,activation=linear").unwrap();
    assert_eq!(values.network.unwrap().data().samples(), 4);
    // The advice for the words and the targets is added.
    let named = advised("country,2019,2020\nRome,5.5,6.5\nOslo,4,7\n", "");
    assert_eq!(named.weight_names, ["w(2019)", "Bias"]);
}

#[test]
fn numbers_with_additions_are_named() {
    for (cells, words) in [
        (
            ["12%", "30%"],
            "a percent sign; write only the number, such as 12, in percent,",
        ),
        (
            ["$12.50", "$7"],
            "a currency; write only the number, such as 12.50,",
        ),
        (
            ["7 €", "8 €"],
            "a currency; write only the number, such as 7,",
        ),
        (
            ["1.234.567", "1.000.000"],
            "a thousands separator; write only the number, such as 1234567,",
        ),
        (["1 234", "2 345"], "a thousands separator"),
        (["\"1,234,567\"", "5"], "a thousands separator"),
        (["\"1,234\"", "7"], "write it as 1234 or as 1.234"),
        (["12 kg", "7 kg"], "a unit"),
    ] {
        let [first, second] = cells;
        let feature = complaint(&format!("size,a,y\n1.5,{first},0\n2.5,{second},1\n"), "");
        assert!(
            feature.contains("line 2, column 2")
                && feature.contains("(column `a`)")
                && feature.contains(words),
            "{feature}"
        );
        if words != "a unit" {
            let target = complaint(&format!("size,y\n1.5,{first}\n2.5,{second}\n"), "");
            assert!(
                target.contains("line 2, column 2") && target.contains(words),
                "{target}"
            );
        }
    }
    // Units may be parts of the names of classes, and a target with a gap is not a class.
    let classes = read("size,y\n1.5,2 stars\n2.5,3 stars\n", "").unwrap();
    assert_eq!(
        classes.network.unwrap().data().class_names,
        ["2 stars", "3 stars"]
    );
}

#[test]
fn a_dash_is_a_gap_except_beside_a_plus() {
    let gaps = "a,b,y\n1.5,2,0\n-,3,1\n2.5,--,0\n4,5,1\n";
    assert_eq!(advised(gaps, "").network.unwrap().data().samples(), 2);
    let signs = read("a,y\n1,+\n2,-\n3,+\n", "").unwrap();
    assert_eq!(signs.network.unwrap().data().class_names, ["+", "-"]);
    let target = "a,y\n1,0.5\n2,-\n3,0.25\n";
    assert_eq!(advised(target, "").network.unwrap().data().samples(), 2);
}

#[test]
fn advice_leads_to_a_problem_or_is_not_given() {
    // Words among the features, and targets beyond the range of a sigmoid.
    let stock =
        "Date,Open,Close\n2024-02-01,101.5,102.25\n2024-02-02,99,98.5\n2024-02-05,100,101\n";
    let problem = advised(stock, "");
    assert_eq!(problem.weight_names, ["w(Open)", "Bias"]);
    assert!(
        complaint(stock, "")
            .contains("to use only columns of numbers and to predict any number, write")
    );
    // Without the column of words, the target is still not readable.
    let prices = "id,kind,price\n7,a,$5\n3,b,$6\n";
    let error = complaint(prices, "");
    assert!(
        error.contains("`a` is not a finite number") && !error.contains("write --on"),
        "{error}"
    );
    let network = "mlp:data=columns.csv,data.features=length|width|id";
    let error = problems::build(&pick(network, &[])).err().unwrap();
    let help = error.help().unwrap();
    assert!(help.contains("layers=3-8-8-1"), "{help}");
}

#[test]
fn an_identifier_of_the_rows_is_not_a_feature() {
    for name in ["Id", "PassengerId", "user_id", "index", "No.", "#"] {
        let problem = read(&format!("{name},a,y\n1,5,0\n2,4,1\n3,9,1\n"), "").unwrap();
        assert_eq!(problem.weight_names, ["w(a)"], "{name}");
        assert!(
            problem.notes[0].contains("numbers the rows"),
            "{:?}",
            problem.notes
        );
    }
    for text in ["day,a,y\n1,5,0\n2,4,1\n", "Id,a,y\n7,5,0\n3,4,1\n"] {
        assert_eq!(read(text, "").unwrap().weight_names.len(), 2, "{text}");
    }
    assert_eq!(
        read("id,y\n1,0\n2,1\n", "").unwrap().weight_names,
        ["w(id)"]
    );
}

#[test]
fn classes_are_numbered_in_one_sentence() {
    let two = "x,y\n1,blue\n2,red\n3,red\n";
    let three = "x,y\n1,blue\n2,red\n3,green\n";
    for (text, settings, note) in [
        (
            two,
            "",
            "the column `y` contains classes: blue is 0, red is 1",
        ),
        (
            two,
            ",class=blue",
            "the class blue is 1, and the others (red) are 0",
        ),
        (
            three,
            "",
            "the class blue is 1, and the others (green, red) are 0; a single unit distinguishes two classes, and \
             `class` selects one",
        ),
        (
            three,
            ",class=red",
            "the class red is 1, and the others (blue, green) are 0",
        ),
    ] {
        assert_eq!(read(text, settings).unwrap().notes, [note]);
    }
}

#[test]
fn names_are_shown_without_control_characters() {
    let text = "a\u{1b}[31m,\"b\n(cm)\",y\n1,2,re\u{7}d\n2,1,blue\n";
    let problem = read(text, "").unwrap();
    assert_eq!(problem.weight_names, [r"w(a\u{1b}[31m)", "w(b (cm))"]);
    let network = problem.network.unwrap();
    assert_eq!(network.data().class_names, ["blue", r"re\u{7}d"]);
    assert!(problem.notes.concat().contains(r"re\u{7}d is 1"));
    assert!(read(text, ",class=re\u{7}d").is_ok());
}

#[test]
fn features_of_any_size_have_true_notes() {
    for unit in ["e300", "e-320", "e200", "e-160"] {
        let text = format!("a,b,y\n1{unit},1,0\n3{unit},2,1\n-1{unit},3,0\n");
        let scaled = read(&text, ",scale=standard").unwrap();
        let data = scaled.network.unwrap();
        let mean: f64 = data.data().feature(0).sum();
        assert!(mean.abs() < 1e-14, "{unit}: {mean}");
        assert_eq!(scaled.learning_rate_source, RateSource::Curvature, "{unit}");
    }
    let huge = read("a,b,y\n1e300,1,0\n-2e300,2,1\n3e299,3,0\n", "").unwrap();
    assert!(
        huge.notes[0].contains("no learning rate could be derived"),
        "{:?}",
        huge.notes
    );
    let constant = read("a,b,y\n1,7,0\n2,7,1\n", "").unwrap();
    assert!(
        constant.notes[0].ends_with("`b` is always 7"),
        "{:?}",
        constant.notes
    );
    assert_eq!(
        advised("a,b,y\n1,7,0\n2,7,1\n", ",scale=standard").weight_names,
        ["w(a, scaled)"]
    );
}

#[test]
fn learning_rates_of_any_number_of_weights_do_not_diverge() {
    let value = |i: u32, j: u32| f64::from((7 * i * i + 13 * j * i + 5 * j) % 31) * 40.0 - 300.0;
    for features in 1..=5 {
        let names: Vec<String> = (0..features).map(|j| format!("x{j},")).collect();
        for (settings, target) in [
            ("activation=linear,bias=trained", 1e4),
            ("activation=linear", 1e4),
            ("activation=relu,bias=trained", 1e4),
            ("bias=trained", 1.0),
            ("bias=trained,loss=binary-cross-entropy", 1.0),
        ] {
            let row = |i: u32| {
                let cells = (0..features).map(|j| format!("{},", value(i, j)));
                format!(
                    "{}{}\n",
                    cells.collect::<String>(),
                    f64::from(i % 2) * target
                )
            };
            let text = format!(
                "{}y\n{}",
                names.concat(),
                (0..20).map(row).collect::<String>()
            );
            let on = pick(&format!("csv:path=d.csv,{settings}"), &[("d.csv", &text)]);
            let experiment = Experiment {
                epochs: 60,
                ..Experiment::new(on, vec!["gradient-descent".parse().unwrap()])
            };
            let contest = experiment.prepare().unwrap();
            assert!(
                contest.problem.learning_rate_source.is_derived(),
                "{features} {settings}"
            );
            let trace = Trace::record(contest.run(&contest.contenders[0]));
            let is_lower = trace
                .losses
                .windows(2)
                .all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12));
            assert!(is_lower, "{features} {settings}: {:?}", trace.losses);
        }
    }
}

#[test]
fn an_index_without_a_name_is_not_a_feature() {
    let problem = read(",a,y\n0,5,0\n1,4,1\n2,7,1\n", "").unwrap();
    assert_eq!(problem.weight_names, ["w(a)"]);
    assert!(
        problem.notes[0].contains("numbers the rows"),
        "{:?}",
        problem.notes
    );
    // Trailing separators make an empty column.
    let problem = read("a;b;y;\n5;1;0;\n4;2;1;\n", "").unwrap();
    assert_eq!(problem.weight_names, ["w(a)", "w(b)"]);
    assert_eq!(problem.network.unwrap().data().target_name, "y");
}

#[test]
fn a_semicolon_file_with_decimal_commas_is_read() {
    let numbers = FILES[2].1;
    let commas = numbers.replace(',', ";").replace('.', ",");
    let [a, b] = [numbers, &*commas].map(|text| read(text, "").unwrap());
    let data = |problem: &Problem| problem.network.clone().unwrap().data().features.clone();
    assert_eq!(data(&a), data(&b));
    assert!(
        b.notes[0].contains("have a decimal comma: `0,28` is read as 0.28"),
        "{:?}",
        b.notes
    );
    let thousands = "a,y\n\"1,234\",0\n\"2,500\",1\n";
    assert_eq!(data(&advised(thousands, "")), [1.234, 2.5]);
}

#[test]
fn one_class_is_distinguished_from_the_others() {
    let iris = problem("perceptron:data=iris,bias=trained");
    let data = iris.network.clone().unwrap();
    assert_eq!(data.data().class_names, ["not setosa", "setosa"]);
    assert_eq!(data.data().targets.iter().sum::<f64>(), 50.0);
    assert!(
        iris.notes[0]
            .contains("the class setosa is 1, and the others (versicolor, virginica) are 0")
    );
    assert_eq!(iris.start, [0.0; 5]);
    let third = problem("perceptron:data=iris,class=virginica");
    assert_eq!(third.network.unwrap().data().targets[149], 1.0);
    let text = "perceptron:data=iris,class=rose";
    let error = problems::REGISTRY
        .build(&pick(text, &[]), None)
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .contains("no class `rose`; choose one of: setosa, versicolor, virginica")
    );
    let three = "a,y\n1,0\n2,1\n3,2\n";
    assert!(complaint(three, "").contains("class=2"));
    assert_eq!(
        advised(three, "").network.unwrap().data().targets,
        [0.0, 0.0, 1.0]
    );
}

#[test]
fn advice_makes_any_numeric_target_learnable() {
    let curve = advised("x,y\n1,2.5\n2,4\n4,8.25\n", "");
    assert_eq!(curve.weight_names, ["w(x)", "Bias"]);
    let signs = advised("x,y\n1,-1\n2,1\n", "");
    assert_eq!(signs.objective.value(&[0.0]), 1.0);
    let stars = advised("x,y\n1,1\n2,3\n3,2\n", "");
    assert_eq!(stars.network.unwrap().data().targets, [0.0, 1.0, 0.0]);
}

#[test]
fn defaults_follow_from_the_spread_of_the_features() {
    let scores = problem("scores.csv");
    assert_eq!((&*scores.start, scores.target), (&[0.0, 0.0][..], None));
    let unit = |[low, high]: [f64; 2]| {
        assert_eq!(low, -high);
        6.0 / high
    };
    // The standard deviations of the two scores.
    let (a, b) = (unit(scores.window.w1), unit(scores.window.w2));
    assert!(
        (a - 21.4).abs() < 0.05 && (b - 20.4).abs() < 0.05,
        "{a} {b}"
    );
    assert_eq!(scores.learning_rate_source, RateSource::Curvature);
    let greatest = thalweg::curvature::greatest_curvature(&*scores.objective, scores.window);
    assert_eq!(
        scores.learning_rate,
        greatest.map(|greatest| 0.5 / greatest)
    );
    // The minimum lies in the window.
    assert!(scores.window.contains(&[-0.002_755_4, 0.003_985_4]));
    let minimum = scores.objective.value(&[-0.002_755_4, 0.003_985_4]);
    assert!((minimum - 0.248_928).abs() < 1e-6, "{minimum}");
    // For more than two weights, the learning rate follows from a bound on the curvature. The greatest second derivative
    // of (sigmoid(z) - y)^2 is 0.154, and the greatest eigenvalue of the second moments is nearly their trace.
    let biased = problem("csv:path=scores.csv,bias=trained");
    assert_eq!(biased.learning_rate_source, RateSource::CurvatureBound);
    let data = scores.network.clone().unwrap();
    let moment = data.data().features.iter().map(|x| x * x).sum::<f64>();
    let moment = 1.0 + moment / data.data().samples() as f64;
    let ratio = biased.learning_rate.unwrap() / (0.5 / (0.154 * moment));
    assert!((1.0..1.1).contains(&ratio), "{ratio}");
    // Generated data keeps the defaults of the article, and a network its seeded weights.
    for on in ["perceptron", "perceptron:data=moons"] {
        let problem = problem(on);
        assert_eq!(
            (&*problem.start, problem.learning_rate),
            (&[-4.0, -4.0][..], Some(0.3))
        );
        assert!(problem.target.is_some());
    }
    let own = problem("mlp:layers=2-3-1,data=scores.csv");
    let moons = problem("mlp:layers=2-3-1");
    assert_eq!((own.start, own.target), (moons.start, None));
    assert!(moons.target.is_some());
}

#[test]
fn standardized_scores_have_the_known_minimum() {
    let scores = problem("csv:path=scores.csv,scale=standard");
    assert_eq!(
        scores.weight_names,
        ["w(first test, scaled)", "w(second test, scaled)"]
    );
    let at = [1.42100, 1.52779];
    let mut gradient = [1.0; 2];
    let loss = scores.objective.value_and_gradient(&at, &mut gradient);
    assert!((loss - 0.149_058_3).abs() < 1e-7, "{loss}");
    assert!(gradient.iter().all(|g| g.abs() < 2e-6), "{gradient:?}");
    let constant = complaint("a,b,y\n1,7,0\n2,7,1\n", ",scale=standard");
    assert!(
        constant.contains("`b` cannot be scaled, because it is always 7"),
        "{constant}"
    );
}

#[test]
fn a_csv_file_can_train_a_bias_and_choose_the_loss() {
    let scores = problem("csv:path=scores.csv,bias=trained,loss=binary-cross-entropy");
    let loss = scores
        .objective
        .value(&[0.088_893_1, 0.100_170_5, -11.92102]);
    assert!((loss - 0.421_382_970_5).abs() < 1e-9, "{loss}");
    assert_eq!(scores.weight_names[2], "Bias");
    // The definition of the loss.
    let data = scores.network.clone().unwrap();
    let terms = data.data().rows().map(|(x, y)| {
        let p = sigmoid(0.01 * x[0] - 0.02 * x[1] + 0.3);
        -ln(if y == 1.0 { p } else { 1.0 - p })
    });
    let mean = terms.sum::<f64>() / data.data().samples() as f64;
    let loss = scores.objective.value(&[0.01, -0.02, 0.3]);
    assert!((loss - mean).abs() < 1e-14);
    let value = problem("csv:path=scores.csv,bias=trained,bias_value=-3").start;
    assert_eq!(value, [0.0, 0.0, -3.0]);
}
