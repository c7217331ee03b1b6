//! Files as people have them: notes, legends, defaults, and the settings in effect.
#![allow(
    clippy::unwrap_used,
    reason = "a test may panic on an unexpected value"
)]

mod common;
use common::TestFolder;

const NAMES: &str = include_str!("../../core/tests/cases/names.csv");
const SCORES: &str = include_str!("../../core/tests/cases/scores.csv");

fn folder() -> TestFolder {
    let folder = TestFolder::new();
    folder.write("names.csv", NAMES);
    folder.write("scores.csv", SCORES);
    folder
}

#[test]
fn the_table_lists_notes_and_all_settings_in_effect() {
    let folder = folder();
    let args = [
        "train",
        "--on",
        "names.csv",
        "--with",
        "gradient-descent",
        "--with",
        "adam:beta1=0.5",
        "--epochs",
        "3",
    ];
    let text = folder.done(&args);
    for words in [
        "note: the column `leaf` contains classes: pointed is 0, round is 1",
        "Settings in effect (* not given):",
        "csv: path=names.csv, features=length|width*, target=leaf*, scale=none*",
        "bias=none*",
        "(from the greatest curvature found in the window)",
        "Adam: learning_rate=",
        "beta1=0.5, beta2=0.999*",
        "start 0,0; target loss none",
        "without tuning to the results",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let given = folder.done(&[
        "train",
        "--on",
        "names.csv",
        "--with",
        "gradient-descent:learning_rate=0.3",
        "--epochs",
        "3",
    ]);
    assert!(
        given.contains("Gradient Descent: learning_rate=0.3\n"),
        "{given}"
    );
    assert!(given.contains("no hyperparameter tuning"), "{given}");
}

#[test]
fn pictures_name_the_classes_the_scaling_and_the_learning_rate() {
    let folder = folder();
    let draw = |figure: &str, on: &str, file: &str| {
        folder.done(&[
            "draw",
            figure,
            "--on",
            on,
            "--with",
            "gradient-descent",
            "--epochs",
            "5",
            "-o",
            file,
        ]);
        folder.read(file)
    };
    let data = draw("data", "names.csv", "data.svg");
    assert!(data.contains("pointed") && data.contains("round") && !data.contains("Class 0"));
    let scaled = draw("contour", "csv:path=scores.csv,scale=standard", "map.svg");
    assert!(scaled.contains("w(first test, scaled)") && scaled.contains("w(second test, scaled)"));
    assert!(scaled.contains("Gradient Descent, learning rate "));
}

#[test]
fn saved_data_contains_notes_and_settings() {
    let folder = folder();
    folder.done(&[
        "draw",
        "contour",
        "--on",
        "names.csv",
        "--with",
        "gradient-descent",
        "--epochs",
        "2",
        "--save-data",
        "d.json",
        "-o",
        "d.svg",
    ]);
    let saved: serde_json::Value = serde_json::from_str(&folder.read("d.json")).unwrap();
    assert_eq!(
        saved["notes"][0],
        "the column `leaf` contains classes: pointed is 0, round is 1"
    );
    assert_eq!(saved["data"]["classes"][1], "round");
    let rate = &saved["paths"][0]["settings"][0];
    assert_eq!(rate["key"], "learning_rate");
    assert_eq!(
        rate["source"],
        "from the greatest curvature found in the window"
    );
    let activation = saved["settings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["key"] == "activation");
    assert_eq!(activation.unwrap()["source"], "default");
}

/// Runs a command. If it is refused, runs it again with the problem that the error advises.
fn first_or_second_command(folder: &TestFolder, figure: &str, on: &str, file: &str) {
    let draw = |on: &str| {
        folder.run(&[
            "draw", figure, "--on", on, "--with", "rprop", "--epochs", "20", "-o", file,
        ])
    };
    let first = draw(on);
    if first.status != 0 {
        assert_eq!(first.status, 2, "{}", first.err);
        let text = first.err.replace("\n  ", " ");
        let (_, advised) = text
            .split_once("--on '")
            .unwrap_or_else(|| panic!("{text}"));
        let second = draw(advised.split('\'').next().unwrap());
        assert_eq!(second.status, 0, "{} {}", first.err, second.err);
    }
    assert!(folder.read(file).contains("<svg"));
}

#[test]
fn a_file_is_drawn_by_the_first_or_the_second_command() {
    let folder = folder();
    folder.write(
        "curve.csv",
        "time;value\n0,5;1,2\n1,5;2,9\n2,5;5,1\n3,5;6,8\n",
    );
    folder.write(
        "text.csv",
        "name,age,height,city,won\nann,31,1.7,Rome,yes\nbo,,1.8,Oslo,no\ncy,40,1.6,Rome,yes\ndi,28,1.9,Bern,no\n",
    );
    folder.write("index.csv", ",a,b,y\n0,1.5,2,0\n1,0.5,1,1\n2,2.5,3,0\n");
    for on in [
        "names.csv",
        "scores.csv",
        "curve.csv",
        "text.csv",
        "index.csv",
    ] {
        first_or_second_command(&folder, "contour", on, "map.svg");
        first_or_second_command(&folder, "data", on, "data.svg");
    }
}

#[test]
fn dense_methods_on_many_weights_are_refused_before_any_work() {
    let folder = TestFolder::new();
    folder.refused(
        &["train", "--on", "mlp:layers=2-300-300-1", "--with", "bfgs"],
        &[
            "`bfgs` needs about 62.4 GiB",
            "91501 weights",
            "such as lbfgs",
        ],
    );
}

#[test]
fn a_sweep_prints_the_notes_of_its_data() {
    let folder = folder();
    folder.write("s.toml", "on = 'names.csv'\nwith = 'rprop'\nepochs = 2\n");
    let output = folder.run(&["sweep", "s.toml"]);
    assert_eq!(output.status, 0, "{}", output.err);
    assert!(
        output
            .err
            .contains("note: the column `leaf` contains classes"),
        "{}",
        output.err
    );
}

#[test]
fn a_run_that_does_not_move_is_not_advised_to_run_longer() {
    let folder = folder();
    let args = [
        "train",
        "--on",
        "scores.csv",
        "--with",
        "adam",
        "--start=-4,-4",
        "--target",
        "0.125",
        "--epochs",
        "50",
    ];
    let out = folder.done(&args);
    assert!(out.contains("Adam: no weight has moved"), "{out}");
    assert!(out.contains("scale=standard"), "{out}");
    assert!(!out.contains("increase the limit"), "{out}");
}

#[test]
fn names_of_columns_and_classes_cannot_control_the_terminal() {
    let folder = TestFolder::new();
    let title = "\u{1b}]0;title\u{7}";
    let text = format!("a{title},b\u{202e},y\n1,2,red{title}\n2,1,blue\n3,3,red{title}\n");
    folder.write("d.csv", &text);
    for mode in ["blocks", "plain", "auto"] {
        for figure in ["data", "contour", "loss"] {
            let output = folder.run(&[
                "draw",
                figure,
                "--on",
                "d.csv",
                "--with",
                "rprop",
                "--epochs",
                "5",
                "--terminal",
                mode,
                "-o",
                "-",
            ]);
            assert_eq!(output.status, 0, "{}", output.err);
            let printed = output.out + &output.err;
            assert!(
                !printed.contains(['\u{7}', '\u{202e}']),
                "{figure} {mode}: {printed:?}"
            );
            assert!(!printed.contains("\u{1b}]"), "{figure} {mode}: {printed:?}");
        }
    }
    let data = folder.done(&[
        "draw",
        "data",
        "--on",
        "d.csv",
        "--with",
        "rprop",
        "--epochs",
        "5",
        "--terminal",
        "blocks",
        "-o",
        "-",
    ]);
    assert!(data.contains(r"red\u{1b}]0;title\u{7}"), "{data:?}");
}

#[test]
fn a_picture_is_a_landscape() {
    let folder = TestFolder::new();
    let picture = include_bytes!("../../core/tests/pictures/plain.png");
    std::fs::write(folder.path("hill.png"), picture).unwrap();
    let table = folder.done(&["train", "--on", "hill.png", "--with", "adam", "--plain"]);
    assert!(
        table.contains("image: path=hill.png, smoothing=2*, height=1*, start=-3,1.5*"),
        "{table}"
    );
    let draw = ["draw", "contour", "--on", "image:path=hill.png,smoothing=1"];
    folder.done(&[&draw[..], &["--with", "rprop", "-o", "a.svg"]].concat());
    let recipe = folder.done(&["recipe", "a.svg"]);
    assert!(
        recipe.contains("image:path=hill.png,smoothing=1"),
        "{recipe}"
    );
    folder.done(&["redraw", "a.svg"]);
    std::fs::write(folder.path("photo.png"), b"\xff\xd8\xff\xe0").unwrap();
    for (on, words) in [
        (
            "photo.png",
            "this is a JPEG picture, but a PNG picture is required",
        ),
        ("missing.png", "give a PNG file"),
    ] {
        folder.refused(&["train", "--on", on, "--with", "rprop"], &[words, on]);
    }
}
