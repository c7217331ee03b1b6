//! Wrong input: exit status 2, a message that names the thing, what was given and what is allowed, and nothing written.

mod common;
use common::Place;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

/// What is underlined of `text` where an error shows it.
fn marked<'a>(err: &str, text: &'a str) -> &'a str {
    let mut lines = err.lines();
    let begin = lines
        .find_map(|line| line.find(text))
        .expect("the text is shown");
    let marks = lines.next().expect("a line of marks");
    // In the middle of the line of `^` a bar leads down to the words.
    let is_mark = |c: char| c == '^' || c == '|';
    let (first, last) = (marks.find(is_mark), marks.rfind(is_mark));
    let (first, last) = (first.expect("a mark"), last.expect("a mark"));
    &text[first - begin..=last - begin]
}

#[test]
fn an_optimizer_that_asks_too_much_is_told_what_would_do() {
    let place = Place::new();
    let second = "second derivatives";
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "mlp",
            "newton",
            &[
                "`newton` needs",
                second,
                "these do without: gradient-descent, momentum",
            ],
        ),
        (
            "mlp:data=moons",
            "hessian-diagonal",
            &["`hessian-diagonal` needs", second],
        ),
        (
            "branin",
            "gauss-newton",
            &[
                "`gauss-newton` needs residuals",
                "these do without",
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
        place.refused(&["train", "--on", on, "--with", with, "--out", "r"], words);
    }
    for with in ["newton", "gauss-newton"] {
        place.refused(
            &["train", "--on", "article", "--batch", "2", "--with", with],
            &[
                &format!("`{with}` needs"),
                "which a mini-batch does not have",
            ],
        );
    }
}

#[test]
fn a_wrong_pick_is_shown_where_it_is_wrong() {
    let place = Place::new();
    let cases: [(&str, &[&str]); 17] = [
        (
            "bfgs:search=fixed:step=0.1",
            &["a setting of `fixed`", "search=fixed,search.step=0.1"],
        ),
        (
            "momentun",
            &["no optimizer `momentun`", "did you mean `momentum`?"],
        ),
        (
            "sgd",
            &["no optimizer `sgd`", "gradient-descent, momentum, nesterov"],
        ),
        ("", &["an id is missing"]),
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
            &["expected key=value, such as learning_rate=0.3"],
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
            &["`search.tolerance` needs `search`"],
        ),
        (
            "gradient-descent:search=golden-section,learning_rate=1",
            &["`learning_rate` has no effect where `search` is given"],
        ),
    ];
    for (pick, words) in cases {
        place.refused(&train(&["--with", pick]), words);
        place.refused(
            &train(&["--with", "rprop", "--with", pick, "--out", "r"]),
            words,
        );
    }
    place.refused(
        &["train", "--on", "artikle", "--with", "rprop"],
        &["no problem `artikle`", "did you mean `article`?"],
    );
    place.refused(
        &["train", "--on", "article:x=1", "--with", "rprop"],
        &["`article` has no setting `x`", "no settings"],
    );
    place.refused(
        &["show", "rprob"],
        &["no entry `rprob`", "did you mean `rprop`?"],
    );
    place.refused(&["train", "--on", "article"], &["--with"]);
}

#[test]
fn the_search_has_its_own_settings() {
    let place = Place::new();
    let pick = "gradient-descent:search=golden-section,search.tolerance=2";
    place.refused(
        &train(&["--with", pick]),
        &["`tolerance` cannot be `2`", "above 0 and below 1"],
    );
    let pick = "gradient-descent:search=golden-section,search.tolerances=0.2";
    place.refused(
        &train(&["--with", pick]),
        &[
            "`golden-section` has no setting `tolerances`",
            "`tolerance`",
        ],
    );
}

#[test]
fn numbers_must_be_numbers_and_as_many_as_needed() {
    let place = Place::new();
    let with = |more: &[&'static str]| [&train(&["--with", "rprop"]), more].concat();
    place.refused(
        &with(&["--start", "1"]),
        &["has 1 of 2 weights", "give 2 numbers"],
    );
    place.refused(&with(&["--start", "1,2,3"]), &["has 3 of 2 weights"]);
    place.refused(&with(&["--start", "nan,1"]), &["`nan` is no finite number"]);
    place.refused(&with(&["--start", "1,"]), &["`` is no finite number"]);
    place.refused(
        &with(&["--target", "NaN"]),
        &["`NaN` is no finite number, nor `none`"],
    );
    place.refused(&with(&["--epochs", "-1"]), &["--epochs", "-1"]);
    place.refused(&with(&["--epochs", "many"]), &["--epochs", "many"]);
    place.refused(
        &with(&["--out", "r", "--window", "1,0,0,1"]),
        &["the window 1,0,0,1"],
    );
    for window in ["-1e308,1e308,0,1", "1,1.0000000000000002,0,1"] {
        place.refused(
            &with(&["--out", "r", "--window", window]),
            &["the window", "is"],
        );
    }
    place.refused(
        &train(&["--with", "rprop:min_step=60"]),
        &["`min_step`, 60, is above `max_step`, 50"],
    );
    place.refused(
        &with(&["--out", "r", "--window", "0,1,0"]),
        &["3 numbers, not four"],
    );
    place.refused(&with(&["--window", "0,1,0,1"]), &["--out"]);
}

#[test]
fn data_must_be_a_table_of_numbers_with_two_classes() {
    let place = Place::new();
    let files: [(&str, &[u8], &[&str]); 11] = [
        ("empty.csv", b"", &["empty.csv: the file is empty"]),
        ("header.csv", b"a,b,y\n", &["no row of data"]),
        (
            "ragged.csv",
            b"a,b,y\n1,2,0\n1,1\n",
            &["ragged.csv, line 3", "2 cells where the header has 3"],
        ),
        (
            "word.csv",
            b"a,b,y\n1,2,0\n1,two,1\n",
            &["word.csv, line 3, column 2", "`two` is no finite number"],
        ),
        (
            "nan.csv",
            b"a,b,y\r\n\r\n1,NaN,0\r\n",
            &["nan.csv, line 3, column 2", "`NaN`"],
        ),
        (
            "gap.csv",
            b"a,b,y\n1,,0\n",
            &["gap.csv, line 2, column 2", "the cell is empty"],
        ),
        (
            "bare.csv",
            b"1,2,0\n3,4,1\n",
            &["bare.csv, line 1, column 1", "must name the columns"],
        ),
        (
            "latin.csv",
            b"a,b,y\n1,2,0\n1,\xe9,1\n",
            &["latin.csv, line 3", "no UTF-8"],
        ),
        ("single.csv", b"y\n1\n0\n", &["one column is no data set"]),
        (
            "one.csv",
            b"a,b,y\n1,2,1\n3,4,1\n",
            &["every target in `y` is 1", "one class only"],
        ),
        (
            "far.csv",
            b"a,b,y\n1,2,1\n3,4,3\n",
            &["far.csv, line 3, column 3", "not between 0 and 1"],
        ),
    ];
    for (name, content, words) in files {
        place.write(name, content);
        place.refused(
            &["train", "--on", name, "--with", "rprop", "--out", "r"],
            words,
        );
    }
}

#[test]
fn data_must_be_there_and_have_the_columns_that_are_named() {
    let place = Place::new();
    place.refused(
        &["train", "--on", "missing.csv", "--with", "rprop"],
        &["could not read the data file missing.csv"],
    );
    place.refused(
        &["train", "--on", "csv", "--with", "rprop"],
        &["`path` is missing", "file name"],
    );
    place.write("wide.csv", "a,b,c,y\n1,2,3,1\n3,4,5,0\n");
    place.refused(
        &[
            "train", "--on", "wide.csv", "--with", "rprop", "--out", "r", "--window", "0,1,0,1",
        ],
        &["--window is for a map, and the problem has 3 weights"],
    );
    place.write("data.txt", "a,y\n1,1\n3,0\n");
    place.refused(
        &["train", "--on", "data.txt", "--with", "rprop"],
        &[
            "no problem `data.txt`, but a file",
            "--on csv:path=data.txt",
        ],
    );
    place.write("good.csv", "a,b,y\n1,2,1\n3,4,0\n");
    place.refused(
        &[
            "train",
            "--on",
            "csv:path=good.csv,target=z",
            "--with",
            "rprop",
        ],
        &["no column `z`", "a, b, y"],
    );
    place.refused(
        &[
            "train",
            "--on",
            "csv:path=good.csv,activation=sigmoit",
            "--with",
            "rprop",
        ],
        &[
            "`activation` cannot be `sigmoit`",
            "sigmoid, tanh, relu, softplus, linear",
            "did you mean `sigmoid`?",
        ],
    );
}

#[test]
fn a_place_that_cannot_be_written_to_is_said_before_any_work() {
    let place = Place::new();
    place.write("file", "already here");
    place.refused(
        &["article", "--out", "file"],
        &["--out file is a file, not a folder"],
    );
    place.refused(
        &["article", "--out", "file/below"],
        &["cannot write to --out file/below"],
    );
    place.refused(
        &train(&["--with", "rprop", "--out", "file"]),
        &["is a file, not a folder"],
    );
    place.refused(
        &train(&["--with", "rprop", "--trace", "."]),
        &["is a folder, not a file"],
    );
    place.refused(
        &train(&["--with", "rprop", "--trace", "nowhere/t.csv"]),
        &["cannot write to nowhere/t.csv"],
    );
    place.refused(
        &train(&["--with", "rprop", "--with", "momentum", "--trace", "t.csv"]),
        &["holds one run, and there are 2 optimizers", "--out DIR"],
    );
    let said = place.run(&train(&["--with", "rprop", "--trace", "nowhere/t.csv"]));
    assert!(!said.err.contains(".thalweg-"), "{}", said.err);
    assert_eq!(place.read("file"), "already here");
}

/// Moving a finished file over it would take it away from everyone who uses it.
#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_never_replaced() {
    use std::os::unix::{fs::FileTypeExt as _, fs::symlink, net::UnixListener};
    let place = Place::new();
    let _socket = UnixListener::bind(place.path("socket")).unwrap();
    symlink("socket", place.path("link")).unwrap();
    for name in ["socket", "link"] {
        let said = place.run(&train(&["--with", "rprop", "--trace", name]));
        assert_eq!(said.status, 2, "{name}: {}", said.err);
        for words in ["socket is no ordinary file", "give the name of a file"] {
            assert!(said.err.contains(words), "{}", said.err);
        }
    }
    let kind = |name| place.path(name).symlink_metadata().unwrap().file_type();
    assert!(kind("socket").is_socket());
    assert!(kind("link").is_symlink());
}

#[test]
fn a_wrong_data_file_is_not_shown_as_a_wrong_pick() {
    let place = Place::new();
    place.write("d.csv", "a,b,y\n1,x,0\n");
    let said = place.run(&["train", "--on", "d.csv", "--with", "rprop"]);
    assert_eq!(
        said.err,
        "error: d.csv, line 2, column 2: `x` is no finite number\n"
    );
}

#[test]
fn epochs_are_a_whole_number() {
    let place = Place::new();
    for given in ["1e-5", "1.5", "18446744073709551616", "-5"] {
        place.refused(
            &train(&["--with", "rprop", "--epochs", given]),
            &[&format!("`{given}` is no whole number from 0 to")],
        );
    }
}

#[test]
fn the_exit_status_tells_where_nobody_hears() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let place = Place::new();
    let mut command = place.command();
    command.args(["train", "--on", "x", "--with", "rprop"]);
    assert_eq!(command.stderr(writer).status().unwrap().code(), Some(2));
}

#[test]
fn losses_layers_and_data_must_fit_together() {
    let place = Place::new();
    place.write("three.csv", "a,b,c,y\n1,2,3,1\n3,4,5,0\n1,1,1,2\n");
    let cases: [(&str, &[&str]); 13] = [
        (
            "perceptron:loss=binary-cross-entropy,activation=tanh",
            &[
                "binary-cross-entropy does not go with the activation tanh",
                "sigmoid",
            ],
        ),
        (
            "perceptron:loss=hinge",
            &[
                "hinge does not go with the activation sigmoid",
                "linear, tanh",
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
                "no class",
                "categorical-cross-entropy",
            ],
        ),
        (
            "perceptron:data=iris",
            &["the target 2 is not between 0 and 1"],
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
            &["`layers` begins with 2 units", "3 features"],
        ),
        (
            "mlp:data=three.csv,layers=3-4-2,loss=categorical-cross-entropy",
            &[
                "the target 2 is no class of 2 outputs",
                "end `layers` with 3",
            ],
        ),
        (
            "mlp:loss=categorical-cross-entropy",
            &["an output for each class"],
        ),
        (
            "mlp:layers=2-0-1",
            &["`layers` cannot be `2-0-1`", "such as 2-8-1"],
        ),
        (
            "mlp:layers=2-8-2,loss=categorical-cross-entropy,output=tanh",
            &["a softmax, in place of tanh", "leave `output` out"],
        ),
    ];
    for (on, words) in cases {
        place.refused(&["train", "--on", on, "--with", "rprop"], words);
    }
    // Underlined is the value that is to blame.
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
        let said = place.run(&["train", "--on", on, "--with", "rprop"]);
        assert_eq!(marked(&said.err, on), wrong, "{}", said.err);
    }
    place.refused(
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
fn messages_say_what_is_allowed() {
    let place = Place::new();
    let cases: [(&[&str], &[&str]); 4] = [
        (
            &["--with", "momentum:learning_rate"],
            &["`learning_rate` has no value", "such as learning_rate=0.1"],
        ),
        (
            &["--with", "rprop", "--gradient-noise", "-1"],
            &["cannot be -1", "0 or above"],
        ),
        (
            &["--with", "rprop", "--start", "1"],
            &["the start 1 has 1 of 2 weights"],
        ),
        (
            &["--with", "rprop", "--on", "formula:x^2+z"],
            &["`z`", "there is x, y"],
        ),
    ];
    for (args, words) in cases {
        place.refused(&[&["train"], args].concat(), words);
    }
    place.write("run.csv", "w1,w2\n0,0\nnan,1\n");
    let said = place.done(&["train", "--with", "recorded:path=run.csv"]);
    let words = "a weight of epoch 1 is no finite number";
    assert!(
        said.contains(words) && !said.contains("smaller steps"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_text_is_named_with_its_option() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let place = Place::new();
    let mut command = place.command();
    command.args(["train", "--with", "rprop", "--on"]);
    let output = command.arg(OsStr::from_bytes(b"\xff.csv")).output();
    let output = output.expect("the program runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains("--on \u{fffd}.csv is no UTF-8 text"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let place = Place::new();
    let mut command = place.command();
    command.arg("--help").stdout(full.expect("a full device"));
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_formula_is_wrong_where_it_is_wrong() {
    let place = Place::new();
    let cases: [(&str, &[&str]); 8] = [
        ("formula", &["the formula is missing"]),
        ("formula:' '", &["the formula is empty"]),
        (
            "formula:x^2+cso(y)",
            &["function `cso`", "did you mean `cos`?"],
        ),
        ("formula:(x+y^2", &["this bracket is not closed"]),
        ("formula:x^2+*y", &["a number or a weight must stand here"]),
        (
            "formula:ln(x)",
            &[
                "no finite number at the problem's own start -3,2",
                "another start",
            ],
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
        place.refused(&["train", "--on", on, "--with", "rprop"], words);
    }
    // It is where runs begin that it must be a number.
    let elsewhere = ["--start", "1,1", "--epochs", "3", "--with", "rprop"];
    place.done(&[&["train", "--on", "formula:ln(x)+y^2"][..], &elsewhere].concat());
    for (on, wrong) in [
        ("formula:x^2+cso(y)", "cso"),
        ("formula:x^2+*y", "*"),
        ("formula:x^2+y^2,start=1", "start=1"),
    ] {
        let said = place.run(&["train", "--on", on, "--with", "rprop"]);
        assert_eq!(marked(&said.err, on), wrong, "{}", said.err);
    }
}

#[test]
fn a_flag_that_is_a_setting_is_told_its_place() {
    let place = Place::new();
    for (args, hint) in [
        (
            train(&["--learning-rate", "3"]),
            "as in --with gradient-descent:learning_rate=",
        ),
        (
            vec!["draw", "surface", "--azimuth", "3"],
            "as in surface:azimuth=",
        ),
        (train(&["--bracket", "3"]), "unexpected argument"),
    ] {
        place.refused(&args, &[args[args.len() - 2], hint]);
    }
}
