//! Invalid picks: exit status 2, no files, and a message with the mistake, the value, and the allowed values.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]

mod common;
use common::TestFolder;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

/// Returns the underlined part of `text` in an error message.
fn marked<'a>(err: &str, text: &'a str) -> &'a str {
    let mut lines = err.lines();
    let begin = lines
        .find_map(|line| line.find(text))
        .expect("the text is shown");
    let marks = lines.next().expect("a line of marks");
    // A bar in the middle of the `^` characters leads down to the label.
    let is_mark = |c: char| c == '^' || c == '|';
    let (first, last) = (marks.find(is_mark), marks.rfind(is_mark));
    let (first, last) = (first.expect("a mark"), last.expect("a mark"));
    &text[first - begin..=last - begin]
}

#[test]
fn a_missing_capability_is_reported_with_alternative_optimizers() {
    let folder = TestFolder::new();
    let second = "second derivatives";
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "mlp:activation=relu",
            "newton",
            &[
                "`newton` needs",
                second,
                "choose an optimizer that does not need this: gradient-descent, momentum",
            ],
        ),
        (
            "mlp:data=moons,layers=2-30-30-1",
            "hessian-diagonal",
            &["`hessian-diagonal` needs", second],
        ),
        (
            "branin",
            "gauss-newton",
            &[
                "`gauss-newton` needs residuals",
                "choose an optimizer that does not need this",
                "newton",
            ],
        ),
        (
            "perceptron:loss=binary-cross-entropy",
            "levenberg-marquardt",
            &["`levenberg-marquardt` needs residuals", "bfgs"],
        ),
    ];
    for (on, with, words) in cases {
        folder.refused(&["train", "--on", on, "--with", with, "--out", "r"], words);
    }
    for with in ["newton", "gauss-newton"] {
        folder.refused(
            &["train", "--on", "article", "--batch", "2", "--with", with],
            &[
                &format!("`{with}` needs"),
                "which a mini-batch does not have",
            ],
        );
    }
}

#[test]
fn mistakes_in_picks_are_underlined() {
    let folder = TestFolder::new();
    let cases: [(&str, &[&str]); 17] = [
        (
            "bfgs:search=fixed:step=0.1",
            &[
                "cannot be followed by settings",
                "search=fixed,search.step=0.1",
            ],
        ),
        (
            "momentun",
            &["no optimizer `momentun`", "did you mean `momentum`?"],
        ),
        (
            "zzz",
            &["no optimizer `zzz`", "gradient-descent, momentum, nesterov"],
        ),
        ("", &["it is empty"]),
        (
            "momentum:learning_rat=1",
            &[
                "`momentum` has no setting `learning_rat`",
                "did you mean `learning_rate`?",
            ],
        ),
        (
            "momentum:speed=1",
            &[
                "`momentum` has no setting `speed`",
                "learning_rate, momentum",
            ],
        ),
        (
            "momentum:momentum=1",
            &["`momentum` cannot be `1`", "of at least 0 and below 1"],
        ),
        (
            "momentum:learning_rate=0",
            &["`learning_rate` cannot be `0`", "a number above 0"],
        ),
        ("momentum:learning_rate=-0.1", &["cannot be `-0.1`"]),
        ("momentum:learning_rate=nan", &["cannot be `nan`"]),
        ("momentum:learning_rate=inf", &["cannot be `inf`"]),
        (
            "momentum:learning_rate=fast",
            &["cannot be `fast`", "a number"],
        ),
        (
            "momentum:0.3",
            &["write key=value, such as learning_rate=0.3"],
        ),
        (
            "momentum:momentum=0.5,momentum=0.6",
            &["`momentum` is given twice"],
        ),
        (
            "gradient-descent:search=golden",
            &["no line search `golden`", "did you mean `golden-section`?"],
        ),
        (
            "gradient-descent:search.tolerance=0.1",
            &["`search.tolerance` has no effect without `search`"],
        ),
        (
            "gradient-descent:search=golden-section,learning_rate=1",
            &["`learning_rate` has no effect if `search` is given"],
        ),
    ];
    for (pick, words) in cases {
        folder.refused(&train(&["--with", pick]), words);
        folder.refused(
            &train(&["--with", "rprop", "--with", pick, "--out", "r"]),
            words,
        );
    }
    folder.refused(
        &["train", "--on", "artikle", "--with", "rprop"],
        &["no problem `artikle`", "did you mean `article`?"],
    );
    folder.refused(
        &["train", "--on", "article:x=1", "--with", "rprop"],
        &["`article` has no setting `x`", "no settings"],
    );
    folder.refused(
        &["show", "rprob"],
        &["no entry `rprob`", "did you mean `rprop`?"],
    );
    folder.refused(&["train", "--on", "article"], &["--with"]);
}

#[test]
fn mistakes_in_settings_of_a_component_are_reported() {
    let folder = TestFolder::new();
    let pick = "gradient-descent:search=golden-section,search.tolerance=2";
    folder.refused(
        &train(&["--with", pick]),
        &["`tolerance` cannot be `2`", "above 0 and below 1"],
    );
    let pick = "gradient-descent:search=golden-section,search.tolerances=0.2";
    folder.refused(
        &train(&["--with", pick]),
        &[
            "`golden-section` has no setting `tolerances`",
            "`tolerance`",
        ],
    );
}

#[test]
fn losses_layers_and_data_must_fit_together() {
    let folder = TestFolder::new();
    folder.write("three.csv", "a,b,c,y\n1,2,3,1\n3,4,5,0\n1,1,1,2\n");
    let cases: [(&str, &[&str]); 13] = [
        (
            "perceptron:loss=binary-cross-entropy,activation=tanh",
            &[
                "binary-cross-entropy is incompatible with the activation tanh",
                "sigmoid",
            ],
        ),
        (
            "perceptron:loss=hinge",
            &[
                "hinge is incompatible with the activation sigmoid",
                "choose linear or tanh",
            ],
        ),
        (
            "perceptron:data=three.csv",
            &["three.csv, line 4, column 4", "not between 0 and 1"],
        ),
        (
            "perceptron:data=three.csv,loss=binary-cross-entropy",
            &[
                "three.csv, line 4, column 4",
                "targets must be 0 or 1",
                "categorical-cross-entropy",
            ],
        ),
        (
            "perceptron:data=iris,class=rose",
            &["no class `rose`", "setosa, versicolor, virginica"],
        ),
        (
            "perceptron:data=mons",
            &["no data set `mons`", "did you mean `moons`?"],
        ),
        (
            "perceptron:data=moons,data.nois=1",
            &["`moons` has no setting `nois`", "did you mean `noise`?"],
        ),
        (
            "perceptron:bias_value=1",
            &["`bias_value` has no effect", "bias=trained"],
        ),
        (
            "mlp:data=three.csv",
            &["`layers` begins with 2,", "3 features"],
        ),
        (
            "mlp:data=three.csv,layers=3-4-2,loss=categorical-cross-entropy",
            &["target 2 has no output", "ends with 2: end it with 3"],
        ),
        (
            "mlp:loss=categorical-cross-entropy",
            &["one output per class"],
        ),
        (
            "mlp:layers=2-0-1",
            &["`layers` cannot be `2-0-1`", "such as 2-8-1"],
        ),
        (
            "mlp:layers=2-8-2,loss=categorical-cross-entropy,output=tanh",
            &["a softmax", "remove `output`"],
        ),
    ];
    for (on, words) in cases {
        folder.refused(&["train", "--on", on, "--with", "rprop"], words);
    }
    // The message underlines the invalid value.
    for (on, wrong) in [
        ("mlp:seed=3,layers=3-8-1", "3-8-1"),
        ("mlp:loss=categorical-cross-entropy,layers=2-8-1", "2-8-1"),
        (
            "mlp:layers=2-8-2,loss=categorical-cross-entropy,output=tanh",
            "tanh",
        ),
        (
            "perceptron:loss=binary-cross-entropy,activation=tanh",
            "tanh",
        ),
        ("perceptron:bias_value=0.5", "0.5"),
    ] {
        let output = folder.run(&["train", "--on", on, "--with", "rprop"]);
        assert_eq!(marked(&output.err, on), wrong, "{}", output.err);
    }
    folder.refused(
        &[
            "train",
            "--on",
            "perceptron:data=gone.csv",
            "--with",
            "rprop",
        ],
        &["could not read the data file gone.csv"],
    );
}

#[test]
fn messages_state_the_allowed_values() {
    let folder = TestFolder::new();
    let cases: [(&[&str], &[&str]); 4] = [
        (
            &["--with", "momentum:learning_rate"],
            &["`learning_rate` has no value", "such as learning_rate=0.1"],
        ),
        (
            &["--with", "rprop", "--gradient-noise", "-1"],
            &["cannot be -1", "at least 0"],
        ),
        (
            &["--with", "rprop", "--start", "1"],
            &["the initial point 1 must have one number per weight"],
        ),
        (
            &["--with", "rprop", "--on", "formula:x^2+z"],
            &["`z`", "choose one of: x, y"],
        ),
    ];
    for (args, words) in cases {
        folder.refused(&[&["train"], args].concat(), words);
    }
    folder.write("run.csv", "w1,w2\n0,0\nnan,1\n");
    let output = folder.done(&["train", "--with", "recorded:path=run.csv"]);
    let words = "a weight of epoch 1 is not finite";
    assert!(
        output.contains(words) && !output.contains("smaller steps"),
        "{output}"
    );
    for rule in ["rule:w := 0/0", "rule:w := w - g/0"] {
        let output = folder.done(&["train", "--with", rule]);
        assert!(
            output.contains("check the formulas of the rule") && !output.contains("smaller steps"),
            "{output}"
        );
    }
    let output = folder.done(&["train", "--with", "rule:w := w"]);
    assert_eq!(output.matches("larger steps").count(), 1, "{output}");
    folder.refused(
        &["train", "--with", "rule:@none.rule"],
        &[
            "could not read the rule none.rule",
            "such as w := w - 0.1*g",
        ],
    );
}

#[test]
fn mistakes_in_formulas_are_underlined() {
    let folder = TestFolder::new();
    let cases: [(&str, &[&str]); 8] = [
        ("formula", &["the formula is missing"]),
        ("formula:' '", &["the formula is empty"]),
        (
            "formula:x^2+cso(y)",
            &["function `cso`", "did you mean `cos`?"],
        ),
        ("formula:(x+y^2", &["this bracket is not closed"]),
        ("formula:x^2+*y", &["this is not an operand"]),
        (
            "formula:ln(x)",
            &["not finite at the initial point -3,2", "give a `start`"],
        ),
        (
            "formula:x^2,start=1",
            &["`start` cannot be `1`", "2 finite numbers"],
        ),
        (
            "formula:x^2,window=1,0,0,1",
            &["window 1,0,0,1", "min below max"],
        ),
    ];
    for (on, words) in cases {
        folder.refused(&["train", "--on", on, "--with", "rprop"], words);
    }
    // The formula must be finite at the initial point of the runs.
    let elsewhere = ["--start", "1,1", "--epochs", "3", "--with", "rprop"];
    folder.done(&[&["train", "--on", "formula:ln(x)+y^2"][..], &elsewhere].concat());
    for (on, wrong) in [
        ("formula:x^2+cso(y)", "cso"),
        ("formula:x^2+*y", "*"),
        ("formula:x^2+y^2,start=1", "start=1"),
    ] {
        let output = folder.run(&["train", "--on", on, "--with", "rprop"]);
        assert_eq!(marked(&output.err, on), wrong, "{}", output.err);
    }
}
