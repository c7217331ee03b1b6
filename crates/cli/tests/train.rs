//! `thalweg train`.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;

const DATA: &str = "a,b,class\n0.9,0.3,1\n0.5,0.3,1\n0.2,0.1,1\n0.7,0.5,0\n0.1,0.8,0\n0.1,0.9,0\n";

/// Returns the cells of the row that starts with these words. Two spaces separate the cells.
fn row<'a>(table: &'a str, words: &str) -> Vec<&'a str> {
    let line = table.lines().find(|line| line.starts_with(words));
    let line = line.unwrap_or_else(|| panic!("no row {words} in\n{table}"));
    line.split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[test]
fn a_larger_learning_rate_needs_25_epochs() {
    let folder = TestFolder::new();
    let pick = "gradient-descent:learning_rate=10";
    for start in [&["--start=-4,-4"][..], &["--start", "-4,-4"]] {
        let args = [
            &[
                "train", "--on", "article", "--with", pick, "--target", "0.125",
            ],
            start,
        ]
        .concat();
        let table = folder.done(&args);
        assert_eq!(
            row(&table, "Gradient Descent")[1..3],
            ["reached", "25"],
            "{table}"
        );
    }
}

#[test]
fn several_optimizers_make_a_table() {
    let folder = TestFolder::new();
    let with = [
        "--with",
        "momentum",
        "--with",
        "rprop",
        "--with",
        "momentum:momentum=0.5",
    ];
    let table = folder.done(&[&["train", "--on", "article"], &with[..]].concat());
    assert_eq!(row(&table, "Momentum ")[1..3], ["reached", "92"], "{table}");
    assert_eq!(row(&table, "RPROP")[1..3], ["reached", "20"], "{table}");
    assert!(table.contains("Momentum (momentum=0.5)"), "{table}");
    assert!(!table.contains('\u{1b}'), "the output contains colors");
}

#[test]
fn the_table_counts_evaluations_and_lists_the_shared_settings() {
    let folder = TestFolder::new();
    let with = ["--with", "bfgs", "--with", "newton:damping=0.1"];
    let own = ["--with", "hessian-diagonal", "--epochs", "2e2"];
    let table = folder.done(&[&["train", "--on", "article"], &with[..], &own].concat());
    let head = row(&table, "optimizer");
    assert_eq!(
        head[4..8],
        [
            "distance to minimum",
            "loss evals",
            "gradient evals",
            "Hessian evals"
        ]
    );
    let newton = row(&table, "Newton ");
    assert_eq!(newton[1..3], ["reached", "24"], "{table}");
    // The article's problem has no known minimum.
    assert_eq!(newton[4..8], ["-", "0", "24", "24"], "{table}");
    assert_eq!(row(&table, "BFGS ")[7], "0", "{table}");
    assert_eq!(
        row(&table, "Hessian Diagonal ")[1..3],
        ["epoch limit", "200"]
    );
    let terms = "Shared settings: start -4,-4; target loss 0.125; at most 200 epochs; all samples; no hyper";
    assert!(table.contains(terms), "{table}");
    let args = [
        "--with", "momentum", "--batch", "2", "--seed", "7", "--epochs", "3",
    ];
    let table = folder.done(&[&["train", "--on", "article"], &args[..]].concat());
    assert!(!table.contains("Hessian"), "{table}");
    assert!(table.contains("mini-batches of 2; seed 7"), "{table}");
}

#[test]
fn each_optimizer_can_have_its_own_batch_size_and_clipping() {
    let folder = TestFolder::new();
    let head = [
        "train", "--on", "article", "--target", "none", "--epochs", "9",
    ];
    let with = ["--with", "adam:batch=2", "--with", "rprop", "--shuffle"];
    let clipped = [
        "--with",
        "momentum:gradient_clip=norm,gradient_clip.limit=0.5",
    ];
    let table = folder.done(&[&head[..], &with, &clipped].concat());
    let terms = "all samples; mini-batches of 2 for Adam; seed 0; no hyperparameter tuning; gradient clipping only for Momentum";
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(table.contains(terms), "{table}");
    let refused = [&head[..], &["--with", "rprop", "--shuffle"]].concat();
    folder.refused(&refused, &["--shuffle has no effect without --batch"]);
    let refused = [&head[..], &["--with", "rprop:batch=7"]].concat();
    folder.refused(&refused, &["use 1 to 6"]);
    let refused = [&head[..], &["--with", "bfgs:gradient_clip=norm"]].concat();
    folder.refused(&refused, &["gradient_clip"]);
}

#[test]
fn a_run_at_rest_has_converged() {
    let folder = TestFolder::new();
    let bowl = "formula:(x-1)^2+9*(y+2)^2";
    let rate = format!("gradient-descent:learning_rate={}", 0.5 / 18.0);
    let args = [
        "train", "--on", bowl, "--with", &rate, "--with", "momentum", "--with", "rprop",
    ];
    let table = folder.done(&[&args[..], &["--tolerance", "1e-12"]].concat());
    for name in ["Gradient Descent", "Momentum", "RPROP"] {
        assert_eq!(row(&table, name)[1], "converged", "{table}");
    }
    assert!(!table.contains("try "), "{table}");
    let table = folder.done(&args[..5]);
    assert_eq!(
        row(&table, "Gradient Descent")[1..3],
        ["converged", "627"],
        "{table}"
    );
    let raised = format!("{bowl}+3");
    let with = [
        "--with",
        "bfgs",
        "--with",
        "lbfgs",
        "--with",
        "conjugate-gradient",
    ];
    let table = folder.done(&[&["train", "--on", &raised][..], &with].concat());
    for name in ["BFGS", "L-BFGS", "Conjugate Gradient"] {
        assert_eq!(row(&table, name)[1], "converged", "{table}");
    }
    assert!(!table.contains("try "), "{table}");
    folder.refused(
        &[&args[..], &["--tolerance", "-1"]].concat(),
        &["the tolerance cannot be -1"],
    );
}

#[test]
fn the_table_shows_the_distance_to_the_known_minimum() {
    let folder = TestFolder::new();
    // Newton's method reaches the minimum of a quadratic, 0, in one step. Without a step it stays at the start.
    let newton = ["--with", "newton:damping=0", "--start", "3,4"];
    let args = [&["train", "--on", "quadratic"], &newton[..]].concat();
    for (epochs, far) in [("0", 5.0), ("1", 0.0)] {
        let table = folder.done(&[&args[..], &["--target", "none", "--epochs", epochs]].concat());
        let heads = row(&table, "optimizer");
        let column = heads
            .iter()
            .position(|head| *head == "distance to minimum")
            .unwrap();
        let found: f64 = row(&table, "Newton")[column].parse().unwrap();
        assert!((found - far).abs() < 1e-12, "{table}");
    }
    // No minimum of the article's loss is known.
    let table = folder.done(&["train", "--on", "article", "--with", "rprop"]);
    assert_eq!(row(&table, "RPROP")[4], "-", "{table}");
}

#[test]
fn a_trace_on_standard_output_is_the_run() {
    let folder = TestFolder::new();
    let output = folder.run(&[
        "train",
        "--on",
        "article",
        "--with",
        "momentum:learning_rate=0.3",
        "--trace",
        "-",
    ]);
    let lines: Vec<&str> = output.out.lines().collect();
    assert_eq!(
        lines[0],
        "epoch,w1,w2,loss,value_calls,gradient_calls,velocity_1,velocity_2"
    );
    assert!(
        lines[1].starts_with("0,-4,-4,0.4164453112910"),
        "{}",
        lines[1]
    );
    assert_eq!(lines.len(), 1 + 93);
    assert!(
        lines[93].starts_with("92,2.48856176537519"),
        "{}",
        lines[93]
    );
    // The table goes to standard error.
    assert_eq!(row(&output.err, "Momentum")[1..3], ["reached", "92"]);
    folder.done(&[
        "train",
        "--on",
        "article",
        "--with",
        "momentum:learning_rate=0.3",
        "--trace",
        "t.csv",
    ]);
    assert_eq!(folder.read("t.csv"), output.out);
}

#[test]
fn the_output_folder_contains_all_traces_and_a_map() {
    let folder = TestFolder::new();
    let with = [
        "--with",
        "rprop",
        "--with",
        "gradient-descent:search=golden-section",
        "--with",
        "rprop:initial_step=1",
    ];
    folder.done(
        &[
            &[
                "train",
                "--on",
                "article",
                "--out",
                "r",
                "--window",
                "-5,5,-7,3",
            ],
            &with[..],
        ]
        .concat(),
    );
    let names: Vec<String> = folder
        .files("r")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "gradient-descent.csv",
            "map.png",
            "map.svg",
            "rprop-2.csv",
            "rprop.csv"
        ]
    );
    assert!(
        folder
            .read("r/map.svg")
            .contains("RPROP (initial_step=1) (")
    );
}

#[test]
fn a_trace_file_equals_the_trace_in_the_output_folder() {
    let folder = TestFolder::new();
    let args = [
        "train", "--on", "article", "--with", "rprop", "--out", "r", "--trace", "t.csv",
    ];
    folder.done(&args);
    assert_eq!(folder.read("t.csv"), folder.read("r/rprop.csv"));
}

#[test]
fn the_map_grows_to_contain_the_paths() {
    let folder = TestFolder::new();
    let pick = "gradient-descent:search=golden-section";
    folder.done(&["train", "--on", "article", "--with", pick, "--out", "own"]);
    let fixed = ["--out", "fixed", "--window", "-6,6,-6,6"];
    folder.done(&[&["train", "--on", "article", "--with", pick][..], &fixed].concat());
    // The last point is below the problem's window.
    assert_ne!(folder.read("own/map.svg"), folder.read("fixed/map.svg"));
}

#[test]
fn data_files_with_unusual_names_can_be_used() {
    let folder = TestFolder::new();
    folder.write("my data, v=2.csv", DATA);
    folder.write("it's,target=b.csv", DATA);
    let own = [
        "it's,target=b.csv",
        "my data, v=2.csv",
        "csv:path='my data, v=2.csv'",
        "csv:path='my data, v=2.csv',target=class",
    ];
    let article = folder.done(&["train", "--on", "article", "--with", "rprop"]);
    for on in own {
        // The article's defaults do not apply to a file.
        let defaults = ["--start=-4,-4", "--target", "0.125"];
        let table =
            folder.done(&[&["train", "--on", on, "--with", "rprop"], &defaults[..]].concat());
        assert_eq!(row(&table, "RPROP"), row(&article, "RPROP"), "{on}");
    }
    let other = folder.done(&[
        "train",
        "--on",
        "csv:path='my data, v=2.csv',target=a",
        "--with",
        "rprop",
        "--epochs",
        "3",
    ]);
    assert_ne!(row(&other, "RPROP"), row(&article, "RPROP"));
}

#[test]
fn data_with_any_number_of_features_trains_but_one_weight_has_no_map() {
    let folder = TestFolder::new();
    folder.write("three.csv", "a,b,c,y\n1,0,2,0\n0,1,1,1\n");
    folder.write("one.csv", "\u{feff}\"a\",y\r\n1,0\r\n-1,1\r\n");
    // Three weights are shown on a plane.
    for (file, note, files) in [("three.csv", "", 3), ("one.csv", "1 weight\n", 1)] {
        let out = &*format!("of-{file}");
        let output = folder.run(&[
            "train", "--on", file, "--with", "rprop", "--epochs", "5", "--out", out, "--target",
            "none",
        ]);
        assert_eq!(output.status, 0, "{}", output.err);
        assert!(output.err.contains(note), "{}", output.err);
        assert_eq!(folder.files(out).len(), files, "{file}");
    }
}

#[test]
fn a_missed_target_is_reported_as_an_outcome() {
    let folder = TestFolder::new();
    let few = folder.done(&[
        "train", "--on", "article", "--with", "momentum", "--epochs", "10",
    ]);
    assert_eq!(row(&few, "Momentum ")[1..3], ["epoch limit", "10"], "{few}");
    assert!(few.contains("increase the limit"), "{few}");
    let free = folder.done(&[
        "train", "--on", "article", "--with", "momentum", "--epochs", "200", "--target", "none",
    ]);
    assert_eq!(row(&free, "Momentum ")[2], "200", "{free}");
    let none = folder.done(&[
        "train", "--on", "article", "--with", "momentum", "--epochs", "0",
    ]);
    assert_eq!(
        row(&none, "Momentum ")[1..3],
        ["epoch limit", "0"],
        "{none}"
    );
    let there = folder.done(&[
        "train", "--on", "article", "--with", "momentum", "--target", "0.5",
    ]);
    assert_eq!(row(&there, "Momentum ")[1..3], ["reached", "0"], "{there}");
}

#[test]
fn a_diverged_run_is_reported_and_drawn() {
    let folder = TestFolder::new();
    folder.write("d.csv", DATA);
    let args = [
        "train",
        "--on",
        "csv:path=d.csv,activation=linear",
        "--with",
        "gradient-descent:learning_rate=50",
        "--out",
        "r",
        "--target",
        "none",
    ];
    let table = folder.done(&args);
    let cells = row(&table, "Gradient Descent ");
    assert_eq!(cells[1], "diverged", "{table}");
    assert!(
        table.contains(&format!("diverged at epoch {}", cells[2])),
        "{table}"
    );
    let svg = folder.read("r/map.svg");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    assert!(svg.contains("Gradient Descent (diverged at epoch"));
}

#[cfg(unix)]
#[test]
fn a_trace_written_to_a_link_replaces_its_target() {
    let folder = TestFolder::new();
    folder.write("goal.csv", "old");
    std::os::unix::fs::symlink("goal.csv", folder.path("link.csv")).unwrap();
    folder.done(&[
        "train", "--on", "article", "--with", "rprop", "--trace", "link.csv",
    ]);
    assert!(folder.path("link.csv").is_symlink());
    assert_eq!(folder.read("goal.csv").lines().count(), 22);
}

#[test]
fn a_rule_for_matrices_reports_what_it_is_without_matrices() {
    let folder = TestFolder::new();
    let note = "no weight of this problem is part of a matrix, so it is";
    let train = |on| folder.done(&["train", "--on", on, "--with", "sm3", "--epochs", "3"]);
    let loose = train("rosenbrock");
    let expected = format!("note: SM3: {note} Adagrad with momentum\n");
    assert!(loose.contains(&expected), "{loose}");
    assert!(!train("article").contains(note));
    // Figures print the note once.
    let draw = [
        "draw",
        "contour",
        "--on",
        "rosenbrock",
        "--with",
        "sm3",
        "-o",
        "a.svg",
    ];
    let output = folder.run(&draw);
    assert_eq!(output.err.matches(note).count(), 1, "{}", output.err);
}
