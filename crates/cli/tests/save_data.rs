//! `thalweg draw --save-data`.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;
use serde_json::Value;

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect()
}

#[test]
fn json_contains_the_map_the_paths_and_the_data() {
    let folder = TestFolder::new();
    let with = ["--with", "momentum:learning_rate=0.3", "--with", "rprop"];
    let args = [
        "draw",
        "contour",
        "--on",
        "article",
        "--save-data",
        "d.json",
    ];
    assert_eq!(folder.done(&[&args[..], &with].concat()), "");
    let json: Value = serde_json::from_str(&folder.read("d.json")).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["figure"], "contour");
    assert_eq!(numbers(&json["window"]), [-6.0, 6.0, -6.0, 6.0]);
    let field = &json["field"];
    assert_eq!(numbers(&field["w1"]).len(), 101);
    assert_eq!(field["loss"].as_array().unwrap().len(), 101);
    let paths = json["paths"].as_array().unwrap();
    assert_eq!(paths.len(), 2);
    assert_eq!(paths[0]["label"], "Momentum");
    assert_eq!(paths[0]["pick"], "momentum:learning_rate=0.3");
    assert_eq!(paths[0]["stop"], "reached");
    // The numbers have the same bits as those of the trace.
    let trace = [
        "train",
        "--on",
        "article",
        "--with",
        "momentum:learning_rate=0.3",
    ];
    let trace = folder.done(&[&trace[..], &["--trace", "-"]].concat());
    let text = folder.read("d.json");
    let keys = ["epoch", "w1", "w2", "loss", "value_calls", "gradient_calls"];
    for (i, key) in keys.iter().enumerate() {
        let column = trace.lines().skip(1);
        let column = column.map(|line| {
            let cell = line.split(',').nth(i).unwrap();
            if key.starts_with('w') || *key == "loss" {
                format!("{:?}", cell.parse::<f64>().unwrap())
            } else {
                cell.to_owned()
            }
        });
        let list = column.collect::<Vec<_>>().join(",");
        assert!(text.contains(&format!("\"{key}\": [{list}]")), "{key}");
    }
    assert_eq!(numbers(&json["data"]["targets"]).len(), 6);
    assert_eq!(json["data"]["inputs"].as_array().unwrap().len(), 6);
}

#[test]
fn csv_is_one_long_table() {
    let folder = TestFolder::new();
    folder.write("r.csv", "w1,w2\n-4,-4\n1,nan\n");
    let args = ["draw", "contour", "--on", "article", "-o", "m.svg"];
    let with = [
        "--with",
        "rprop",
        "--with",
        "recorded:path=r.csv,label='a, b'",
    ];
    let saved = ["--save-data", "d.csv", "--save-data", "d.json"];
    folder.done(&[&args[..], &with, &saved].concat());
    let table = folder.read("d.csv");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "kind,label,epoch,w1,w2,loss");
    let count = |begin: &str| lines.iter().filter(|line| line.starts_with(begin)).count();
    assert_eq!(count("field,,,"), 101 * 101);
    assert_eq!(count("path,RPROP,"), 21);
    assert!(lines[1].starts_with("field,,,-6,-6,0."), "{}", lines[1]);
    assert!(
        lines
            .last()
            .unwrap()
            .starts_with("path,\"a, b\",1,1,nan,nan"),
        "{:?}",
        lines.last()
    );
    let json: Value = serde_json::from_str(&folder.read("d.json")).unwrap();
    assert_eq!(json["paths"][1]["w2"], serde_json::json!([-4.0, null]));
    assert_eq!(json["paths"][1]["stop"], "diverged");
    assert_eq!(folder.files("").len(), 4, "r.csv, m.svg, d.csv, and d.json");
}

#[test]
fn only_the_requested_epochs_are_saved() {
    let folder = TestFolder::new();
    let args = ["draw", "contour", "--on", "article", "--with", "rprop"];
    folder.done(&[&args[..], &["--epochs", "3..5", "--save-data", "d.json"]].concat());
    let json: Value = serde_json::from_str(&folder.read("d.json")).unwrap();
    assert_eq!(numbers(&json["paths"][0]["epoch"]), [3.0, 4.0, 5.0]);
    assert_eq!(numbers(&json["paths"][0]["loss"]).len(), 3);
}

#[test]
fn invalid_file_names_are_rejected() {
    let folder = TestFolder::new();
    let args = ["draw", "contour", "--on", "article", "--with", "rprop"];
    let with = |more: &[&'static str]| [&args[..], more].concat();
    folder.refused(
        &with(&["--save-data", "d.txt"]),
        &[
            "--save-data d.txt does not have an allowed file extension",
            ".json or .csv",
        ],
    );
    folder.refused(
        &with(&["--save-data", "d.csv", "--save-data", "d.csv"]),
        &["--save-data d.csv is given twice"],
    );
    folder.refused(
        &with(&["--save-data", "no/d.csv"]),
        &["cannot write to no/d.csv"],
    );
    folder.refused(&with(&[]), &["--output"]);
}
