//! Runs that were made elsewhere, from outside.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::TestFolder;

const RUN: &str = "w1,w2,loss,note\n-4,-4,0.9,a\n-1,-2,0.7,b\n1,0,0.3,c\n2,1,0.2,d\n";

/// The message without the line breaks of the terminal.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An array of numbers as `numpy.save` writes it.
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
fn a_record_stands_beside_our_runs() {
    let place = TestFolder::new();
    std::fs::create_dir(place.path("runs")).unwrap();
    place.write("runs/torch.csv", RUN);
    let on = ["train", "--on", "article"];
    let with = ["--with", "rprop", "--with", "recorded:path=runs/torch.csv"];
    let table = place.done(&[&on[..], &with, &["--target", "none"]].concat());
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
        table.contains("all but what was recorded: start -4,-4"),
        "{table}"
    );
    assert!(
        flat(&table).contains("the recorded loss at epoch 0 is 0.9, and this problem's is 0."),
        "{table}"
    );
    // A record that is cut off is said to be.
    let short = ["--target", "none", "--epochs", "2"];
    let short = place.done(&[&on[..], &with, &short].concat());
    assert!(
        flat(&short).contains("cut off by --epochs at 2 of its 3 steps"),
        "{short}"
    );
    // The same, in a picture and in files.
    place.done(&[&on[..], &with, &["--out", "r"]].concat());
    let names: Vec<String> = place.files("r").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["map.png", "map.svg", "recorded.csv", "rprop.csv"]);
    assert!(place.read("r/map.svg").contains("torch.csv (3 steps)"));
    let said = place.run(
        &[
            &["draw", "contour", "--on", "article", "-o", "m.svg"],
            &with[..],
        ]
        .concat(),
    );
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(flat(&said.err).contains("note: torch.csv: the recorded loss at epoch 0"));
    assert!(place.read("m.svg").contains("torch.csv (3 steps)"));
}

#[test]
fn our_own_trace_comes_back_to_the_bit() {
    let place = TestFolder::new();
    let on = ["train", "--on", "article"];
    let first = place.done(&[&on[..], &["--with", "momentum", "--trace", "own.csv"]].concat());
    let again = [
        "--with",
        "recorded:path=own.csv,label=Momentum",
        "--out",
        "r",
    ];
    let second = place.done(&[&on[..], &again].concat());
    let row = |table: &str| flat(table.lines().find(|l| l.starts_with("Momentum ")).unwrap());
    assert_eq!(row(&first), row(&second), "calls and all");
    assert!(!second.contains("recorded loss"), "{second}");
    let columns = |text: &str| -> Vec<String> {
        let cells = text
            .lines()
            .map(|l| l.splitn(7, ',').take(6).collect::<Vec<_>>());
        cells.map(|cells| cells.join(",")).collect()
    };
    assert_eq!(
        columns(&place.read("own.csv")),
        columns(&place.read("r/recorded.csv"))
    );
}

#[test]
fn an_array_is_a_record_too() {
    let place = TestFolder::new();
    let numbers = [-4.0_f32, -4.0, 0.5, 1.25];
    let bytes: Vec<u8> = numbers.iter().flat_map(|v| v.to_le_bytes()).collect();
    place.write("run.npy", npy("<f4", "(2, 2)", &bytes));
    let args = [
        "train",
        "--on",
        "article",
        "--with",
        "recorded:run.npy",
        "--trace",
        "-",
    ];
    let trace = place.done(&args);
    assert!(
        trace.lines().nth(2).unwrap().starts_with("1,0.5,1.25,"),
        "{trace}"
    );
}

#[test]
fn a_record_that_cannot_be_used_is_refused() {
    let place = TestFolder::new();
    place.write("empty.csv", "");
    place.write("none.csv", "x,y\n1,2\n");
    place.write("gap.csv", "w1,w3\n1,2\n");
    place.write("text.csv", "w1,w2\n1,2\n1,2x\n");
    place.write("many.csv", "w1,w2,w3\n1,2,3\n");
    place.write("int.npy", npy("<i8", "(2, 2)", &[0; 32]));
    place.write("flat.npy", npy("<f8", "(4,)", &[0; 32]));
    place.write("short.npy", npy("<f8", "(2, 2)", &[0; 31]));
    for (file, words) in [
        (
            "missing.csv",
            &["could not read the record missing.csv", "w1, w2"][..],
        ),
        ("empty.csv", &["empty.csv: the file is empty"]),
        ("none.csv", &["there is no column w1"]),
        ("gap.csv", &["a column w3 but no column w2"]),
        (
            "text.csv",
            &["text.csv, line 3, column 2: `2x` is no number"],
        ),
        (
            "many.csv",
            &["many.csv: it holds 3 weights, and the problem has 2"],
        ),
        ("int.npy", &["`<i8`", "float32 or float64"]),
        ("flat.npy", &["shape is (4)", "(epochs, weights)"]),
        ("short.npy", &["31 bytes of numbers where 2 x 2 of 8 bytes"]),
    ] {
        let pick = format!("recorded:path={file}");
        for args in [
            &["train", "--on", "article", "--with", &pick][..],
            &[
                "draw", "contour", "--on", "article", "--with", &pick, "-o", "m.svg",
            ],
        ] {
            place.refused(args, words);
        }
    }
    place.refused(
        &["train", "--on", "article", "--with", "recorded"],
        &["`path` is missing: give a file name"],
    );
    place.write("run.csv", RUN);
    place.refused(
        &["train", "--on", "article", "--with", "run.csv"],
        &[
            "no optimizer `run.csv`, but a file",
            "--with recorded:path=run.csv",
        ],
    );
}

#[test]
fn maps_and_sweeps_have_nothing_to_run() {
    let place = TestFolder::new();
    place.write("run.csv", RUN);
    let with = ["--on", "article", "--with", "recorded:path=run.csv"];
    let starts = [&["map", "starts"], &with[..], &["-o", "m.svg"]].concat();
    place.refused(&starts, &["`recorded` is one run that is over"]);
    let over = ["--over", "path=a|b", "-o", "m.svg"];
    let settings = [&["map", "settings"], &with[..], &over].concat();
    place.refused(&settings, &["`recorded` is one run that is over"]);
    place.write(
        "s.toml",
        "on = \"article\"\nwith = \"recorded:path=run.csv\"\n",
    );
    place.refused(&["sweep", "s.toml"], &["one run that is over"]);
}

#[test]
fn the_catalogue_tells_of_records() {
    let place = TestFolder::new();
    let shown = place.done(&["show", "recorded"]);
    for words in [
        "Recorded (recorded), recorded",
        "path",
        "must be given",
        "label",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(place.done(&["list", "optimizers"]).contains("recorded"));
    let json = place.done(&["list", "optimizers", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let all = json["optimizers"].as_array().unwrap();
    let entry = all.iter().find(|entry| entry["id"] == "recorded").unwrap();
    assert_eq!(entry["family"], "recorded");
    assert_eq!(entry["params"][0]["kind"], "file");
    assert_eq!(entry["params"].as_array().unwrap().len(), 2);
    // It is no way out where an optimizer asks too much.
    let said = place.run(&["train", "--on", "mlp:layers=2-2-1", "--with", "newton"]);
    assert!(!said.err.contains("recorded"), "{}", said.err);
}

#[test]
fn a_picture_is_made_again_from_the_same_record_only() {
    let place = TestFolder::new();
    place.write("run.csv", RUN);
    let with = ["--on", "article", "--with", "recorded:path=run.csv"];
    place.done(
        &[
            &["draw", "contour"],
            &with[..],
            &["-o", "m.svg", "-o", "-", "--plain"],
        ]
        .concat(),
    );
    let told = place.done(&["recipe", "m.svg"]);
    assert!(!told.contains("--plain"), "{told}");
    let first = place.read("m.svg");
    place.done(&["redraw", "m.svg"]);
    assert_eq!(place.read("m.svg"), first);
    place.write("run.csv", "w1,w2\n1,2\n");
    place.refused(
        &["redraw", "m.svg"],
        &["run.csv is not the file that the picture was made from"],
    );
}
