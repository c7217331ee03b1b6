//! Recorded runs as optimizers of `train`, `draw`, and `show`.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;

const RUN: &str = "w1,w2,loss,note\n-4,-4,0.9,a\n-1,-2,0.7,b\n1,0,0.3,c\n2,1,0.2,d\n";

/// Removes the line breaks from a message.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns an array in the format of `numpy.save`.
fn npy(kind: &str, shape: &str, numbers: &[u8]) -> Vec<u8> {
    let header =
        format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}          \n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(numbers);
    bytes
}

#[test]
fn a_recorded_run_is_compared_with_other_runs() {
    let folder = TestFolder::new();
    std::fs::create_dir(folder.path("runs")).unwrap();
    folder.write("runs/torch.csv", RUN);
    let on = ["train", "--on", "article"];
    let with = ["--with", "rprop", "--with", "recorded:path=runs/torch.csv"];
    let table = folder.done(&[&on[..], &with, &["--target", "none"]].concat());
    let line = table.lines().find(|l| l.starts_with("torch.csv ")).unwrap();
    let cells: Vec<&str> = line.split("  ").map(str::trim).collect();
    let cells: Vec<&str> = cells.into_iter().filter(|c| !c.is_empty()).collect();
    assert_eq!(cells[1..3], ["record ends", "3"], "{table}");
    assert_eq!(cells[5..], ["-", "-", "2,1"], "{table}");
    assert!(
        table.contains("torch.csv: recorded in runs/torch.csv\n"),
        "{table}"
    );
    assert!(
        table.contains("Shared settings (except recorded runs): start -4,-4"),
        "{table}"
    );
    assert!(
        flat(&table)
            .contains("the recorded loss at epoch 0 is 0.9, but the loss of this problem is 0."),
        "{table}"
    );
    // The number of evaluations of the recorded run is not 0 but unknown.
    let bars = ["draw", "bars", "--on", "article", "-o", "bars.svg"];
    folder.done(&[&bars[..], &with].concat());
    let bars = folder.read("bars.svg");
    assert_eq!(bars.matches("not recorded").count(), 2, "{bars}");
    // A note reports that the epoch limit shortens the recorded run.
    let short = ["--target", "none", "--epochs", "2"];
    let short = folder.done(&[&on[..], &with, &short].concat());
    assert!(
        flat(&short).contains("limited by --epochs to 2 of 3 steps"),
        "{short}"
    );
    // The recorded run also appears in pictures and files.
    folder.done(&[&on[..], &with, &["--out", "r"]].concat());
    let names: Vec<String> = folder
        .files("r")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["map.png", "map.svg", "recorded.csv", "rprop.csv"]);
    assert!(folder.read("r/map.svg").contains("torch.csv (3 steps)"));
    let output = folder.run(
        &[
            &["draw", "contour", "--on", "article", "-o", "m.svg"],
            &with[..],
        ]
        .concat(),
    );
    assert_eq!(output.status, 0, "{}", output.err);
    assert!(flat(&output.err).contains("note: torch.csv: the recorded loss at epoch 0"));
    assert!(folder.read("m.svg").contains("torch.csv (3 steps)"));
}

#[test]
fn a_trace_read_as_a_recorded_run_has_the_same_bits() {
    let folder = TestFolder::new();
    let on = ["train", "--on", "article"];
    let first = folder.done(&[&on[..], &["--with", "momentum", "--trace", "own.csv"]].concat());
    let again = [
        "--with",
        "recorded:path=own.csv,label=Momentum",
        "--out",
        "r",
    ];
    let second = folder.done(&[&on[..], &again].concat());
    let row = |table: &str| flat(table.lines().find(|l| l.starts_with("Momentum ")).unwrap());
    assert_eq!(
        row(&first),
        row(&second),
        "including the numbers of evaluations"
    );
    assert!(!second.contains("recorded loss"), "{second}");
    let columns = |text: &str| -> Vec<String> {
        let cells = text
            .lines()
            .map(|l| l.splitn(7, ',').take(6).collect::<Vec<_>>());
        cells.map(|cells| cells.join(",")).collect()
    };
    assert_eq!(
        columns(&folder.read("own.csv")),
        columns(&folder.read("r/recorded.csv"))
    );
}

#[test]
fn an_array_can_be_a_recorded_run() {
    let folder = TestFolder::new();
    let numbers = [-4.0_f32, -4.0, 0.5, 1.25];
    let bytes: Vec<u8> = numbers.iter().flat_map(|v| v.to_le_bytes()).collect();
    folder.write("run.npy", npy("<f4", "(2, 2)", &bytes));
    let args = [
        "train",
        "--on",
        "article",
        "--with",
        "recorded:run.npy",
        "--trace",
        "-",
    ];
    let trace = folder.done(&args);
    assert!(
        trace.lines().nth(2).unwrap().starts_with("1,0.5,1.25,"),
        "{trace}"
    );
}

#[test]
fn invalid_recorded_runs_are_rejected() {
    let folder = TestFolder::new();
    folder.write("empty.csv", "");
    folder.write("none.csv", "x,y\n1,2\n");
    folder.write("gap.csv", "w1,w3\n1,2\n");
    folder.write("text.csv", "w1,w2\n1,2\n1,2x\n");
    folder.write("many.csv", "w1,w2,w3\n1,2,3\n");
    folder.write("int.npy", npy("<i8", "(2, 2)", &[0; 32]));
    folder.write("flat.npy", npy("<f8", "(4,)", &[0; 32]));
    folder.write("short.npy", npy("<f8", "(2, 2)", &[0; 31]));
    for (file, words) in [
        (
            "missing.csv",
            &["could not read the recorded run missing.csv", "w1, w2"][..],
        ),
        ("empty.csv", &["empty.csv: the file is empty"]),
        ("none.csv", &["there is no column w1"]),
        ("gap.csv", &["a column w3 but no column w2"]),
        (
            "text.csv",
            &["text.csv, line 3, column 2: `2x` is not a number"],
        ),
        (
            "many.csv",
            &["many.csv: the record has 3 weights, but the problem has 2"],
        ),
        ("int.npy", &["`<i8`", "float32 or float64"]),
        ("flat.npy", &["shape is (4)", "(epochs, weights)"]),
        (
            "short.npy",
            &["31 bytes of numbers, but the header states 2 x 2 numbers of 8 bytes"],
        ),
    ] {
        let pick = format!("recorded:path={file}");
        for args in [
            &["train", "--on", "article", "--with", &pick][..],
            &[
                "draw", "contour", "--on", "article", "--with", &pick, "-o", "m.svg",
            ],
        ] {
            folder.refused(args, words);
        }
    }
    folder.refused(
        &["train", "--on", "article", "--with", "recorded"],
        &["`path` is missing: give a file name"],
    );
    folder.write("run.csv", RUN);
    folder.refused(
        &["train", "--on", "article", "--with", "run.csv"],
        &[
            "`run.csv` is a file, not an optimizer",
            "--with recorded:path=run.csv",
        ],
    );
}

#[test]
fn recorded_runs_have_no_other_initial_points() {
    let folder = TestFolder::new();
    folder.write("r.csv", "w1,w2\n-4,-4\n-3,-3\n");
    let with = ["--with", "rprop", "--with", "recorded:path=r.csv"];
    folder.refused(
        &[&["draw", "starts"], &with[..], &["-o", "s.svg"]].concat(),
        &["`recorded` is a recorded run, which cannot be repeated"],
    );
}

#[test]
fn maps_and_sweeps_reject_recorded_runs() {
    let folder = TestFolder::new();
    folder.write("run.csv", RUN);
    let with = ["--on", "article", "--with", "recorded:path=run.csv"];
    let starts = [&["map", "starts"], &with[..], &["-o", "m.svg"]].concat();
    folder.refused(&starts, &["`recorded` is a recorded run"]);
    let over = ["--over", "path=a|b", "-o", "m.svg"];
    let settings = [&["map", "settings"], &with[..], &over].concat();
    folder.refused(&settings, &["`recorded` is a recorded run"]);
    folder.write(
        "s.toml",
        "on = \"article\"\nwith = \"recorded:path=run.csv\"\n",
    );
    folder.refused(
        &["sweep", "s.toml"],
        &["a recorded run, which cannot be repeated"],
    );
}

#[test]
fn the_catalog_describes_recorded_runs() {
    let folder = TestFolder::new();
    let shown = folder.done(&["show", "recorded"]);
    for words in [
        "Recorded (recorded), optimizer, recorded",
        "path",
        "required",
        "label",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(folder.done(&["list", "optimizers"]).contains("recorded"));
    let json = folder.done(&["list", "optimizers", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let all = json["optimizers"].as_array().unwrap();
    let entry = all.iter().find(|entry| entry["id"] == "recorded").unwrap();
    assert_eq!(entry["family"], "recorded");
    assert_eq!(entry["params"][0]["kind"], "file");
    assert_eq!(entry["params"].as_array().unwrap().len(), 4);
    // It is not suggested as an alternative optimizer.
    let output = folder.run(&["train", "--on", "mlp:loss=mae", "--with", "newton"]);
    assert!(!output.err.contains("recorded"), "{}", output.err);
}

#[test]
fn redraw_requires_an_unchanged_recorded_run() {
    let folder = TestFolder::new();
    folder.write("run.csv", RUN);
    let with = ["--on", "article", "--with", "recorded:path=run.csv"];
    folder.done(
        &[
            &["draw", "contour"],
            &with[..],
            &["-o", "m.svg", "-o", "-", "--plain"],
        ]
        .concat(),
    );
    let recipe = folder.done(&["recipe", "m.svg"]);
    assert!(!recipe.contains("--plain"), "{recipe}");
    let first = folder.read("m.svg");
    folder.done(&["redraw", "m.svg"]);
    assert_eq!(folder.read("m.svg"), first);
    folder.write("run.csv", "w1,w2\n1,2\n");
    folder.refused(
        &["redraw", "m.svg"],
        &["run.csv was changed after the picture was drawn"],
    );
}
