//! `thalweg map`: files of every format with the same numbers for any number of threads.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::{TestFolder, read_output};

fn starts<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["map", "starts", "--on", "article"], more].concat()
}

fn settings<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["map", "settings", "--on", "article"], more].concat()
}

/// Returns the header of an array and the bytes of its numbers.
fn array(folder: &TestFolder, name: &str) -> (String, Vec<u8>) {
    let bytes = std::fs::read(folder.path(name)).unwrap();
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let begin = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!(begin % 64, 0);
    let header = String::from_utf8(bytes[10..begin].to_vec()).unwrap();
    (header.trim_end().to_owned(), bytes[begin..].to_vec())
}

fn integers(bytes: &[u8]) -> Vec<u32> {
    let number = |four: &[u8]| u32::from_le_bytes(four.try_into().unwrap());
    bytes.chunks_exact(4).map(number).collect()
}

fn floats(bytes: &[u8]) -> Vec<f64> {
    let number = |eight: &[u8]| f64::from_le_bytes(eight.try_into().unwrap());
    bytes.chunks_exact(8).map(number).collect()
}

#[test]
fn a_map_of_starts_agrees_with_another_program_in_every_cell() {
    let golden = include_str!("../../core/tests/golden/epochs_momentum_200x200.csv");
    let rows = golden.lines().filter(|line| !line.starts_with('#'));
    let expected: Vec<u32> = rows
        .flat_map(|row| row.split(',').map(|v| v.parse().unwrap()))
        .collect();
    let folder = TestFolder::new();
    folder.done(&starts(&[
        "--with",
        "momentum:learning_rate=0.3,momentum=0.9",
        "--window",
        "-6,6,-6,6",
        "--size",
        "200x200",
        "--target",
        "0.125",
        "--epochs",
        "2000",
        "-o",
        "epochs.npy",
    ]));
    let (header, numbers) = array(&folder, "epochs.npy");
    let words = "{'descr': '<u4', 'fortran_order': False, 'shape': (200, 200), }";
    assert_eq!(header, words);
    let found = integers(&numbers);
    assert_eq!(found.len(), expected.len());
    let differ = found.iter().zip(&expected).filter(|(a, b)| a != b);
    assert_eq!(differ.count(), 0);
    assert_eq!(found.iter().map(|n| u64::from(*n)).sum::<u64>(), 2_719_746);
}

#[test]
fn the_number_of_threads_does_not_change_the_files() {
    let folder = TestFolder::new();
    let files = ["a.csv", "a.npy", "a.svg", "a.png", "a.pdf"];
    let mut made = Vec::new();
    for threads in ["1", "2", "5"] {
        let mut args = starts(&[
            "--with", "rprop", "--with", "momentum", "--size", "90x70", "--epochs", "300",
            "--table",
        ]);
        args.extend(["--threads", threads]);
        args.extend(files.iter().flat_map(|file| ["-o", file]));
        let table = folder.done(&args);
        made.push((table, folder.files("")));
    }
    assert!(made[0] == made[1] && made[1] == made[2]);
    assert_eq!(made[0].1.len(), files.len());
}

#[test]
fn every_format_has_the_same_numbers() {
    let folder = TestFolder::new();
    let shows = [
        ("epochs", 3),
        ("evaluations", 4),
        ("loss", 8),
        ("outcome", 9),
    ];
    for (show, column) in shows {
        let size = ["--size", "7x5", "--epochs", "40", "--show", show];
        let files = ["-o", "m.csv", "-o", "m.npy", "-o", "m.svg"];
        let with = [
            "--with",
            "gradient-descent:search=golden-section",
            "--with",
            "rprop",
        ];
        folder.done(&starts(&[&with[..], &size, &files].concat()));
        let csv = folder.read("m.csv");
        let mut rows = csv.lines();
        assert_eq!(
            rows.next(),
            Some(
                "optimizer,w1,w2,epochs,value_calls,gradient_calls,hessian_calls,minimum,loss,outcome"
            )
        );
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split(',').collect()).collect();
        assert_eq!(rows.len(), 2 * 35);
        // The first row of the array belongs to the smallest second weight.
        assert_eq!(rows[1][1..3], ["-4", "-6"]);
        assert_eq!(rows[7][1..3], ["-6", "-3"]);
        let (header, numbers) = array(&folder, "m.npy");
        assert!(header.contains("(2, 5, 7)"), "{header}");
        let wide = show == "loss";
        assert_eq!(header.contains("<f8"), wide);
        let numbers = if wide {
            floats(&numbers)
        } else {
            integers(&numbers).into_iter().map(f64::from).collect()
        };
        let words = ["reached", "epoch limit", "converged", "no step", "diverged"];
        for (row, number) in rows.iter().zip(&numbers) {
            let expected = match show {
                "outcome" => words.iter().position(|word| *word == row[9]).unwrap() as f64,
                "evaluations" => row[4..7].iter().map(|n| n.parse::<f64>().unwrap()).sum(),
                _ => row[column].parse().unwrap(),
            };
            assert_eq!(*number, expected, "{show}: {row:?}");
        }
        assert_eq!(numbers.len(), rows.len());
    }
    // The last picture shows the outcomes.
    assert!(folder.read("m.svg").contains("Outcome of the run"));
}

#[test]
fn the_table_summarizes_the_robustness() {
    let folder = TestFolder::new();
    let args = [
        "--with", "rprop", "--size", "20x20", "--epochs", "500", "--table",
    ];
    let table = folder.done(&starts(&args));
    let row = table
        .lines()
        .find(|line| line.starts_with("RPROP"))
        .unwrap();
    let cells: Vec<&str> = row
        .split("  ")
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .collect();
    assert_eq!(cells.len(), 10, "{table}");
    assert_eq!(cells[1], "400");
    let counts: Vec<u64> = cells[6..].iter().map(|n| n.parse().unwrap()).collect();
    let share: f64 = cells[2].trim_end_matches(" %").parse().unwrap();
    let missed: u64 = counts.iter().sum();
    assert!(
        (share - (400 - missed) as f64 / 4.0).abs() < 0.006,
        "{table}"
    );
    let ranks: Vec<u64> = cells[3..6].iter().map(|n| n.parse().unwrap()).collect();
    assert!(ranks[0] <= ranks[1] && ranks[1] <= ranks[2]);
    assert!(folder.files("").is_empty());
}

#[test]
fn a_curve_contains_both_learning_rates_of_the_article() {
    let folder = TestFolder::new();
    let over = ["--over", "learning_rate=0.3|10"];
    let files = ["-o", "s.csv", "-o", "s.npy", "-o", "s.svg"];
    let with = ["--with", "gradient-descent", "--table"];
    let table = folder.done(&settings(&[&with[..], &over, &files].concat()));
    assert_eq!(
        folder.read("s.csv"),
        "optimizer,learning_rate,starts,reached,diverged,epochs,outcome\n\
         gradient-descent,0.3,1,1,0,797,reached\n\
         gradient-descent,10,1,1,0,25,reached\n"
    );
    let (header, numbers) = array(&folder, "s.npy");
    assert!(
        header.contains("'<f8'") && header.contains("(2,)"),
        "{header}"
    );
    assert_eq!(floats(&numbers), [797.0, 25.0]);
    assert!(table.contains("learning_rate=10"), "{table}");
    assert!(
        folder
            .read("s.svg")
            .contains("best: 25 epochs at learning_rate 10")
    );
}

const RATES: [&str; 14] = [
    "map",
    "settings",
    "--on",
    "rastrigin",
    "--with",
    "adam",
    "--over",
    "learning_rate=1e-4..10:log:60",
    "--start",
    "-2,3.5",
    "--epochs",
    "500",
    "--target",
    "0.01",
];

#[test]
fn a_map_of_settings_shows_the_final_losses() {
    let folder = TestFolder::new();
    let files = [
        "--show", "loss", "--table", "-o", "r.csv", "-o", "r.npy", "-o", "r.svg",
    ];
    let table = folder.done(&[&RATES[..], &files].concat());
    let csv = folder.read("r.csv");
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("optimizer,learning_rate,starts,reached,diverged,epochs,loss,outcome")
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let losses: Vec<f64> = rows.iter().map(|row| row[6].parse().unwrap()).collect();
    let best = (0..60)
        .min_by(|a, b| losses[*a].total_cmp(&losses[*b]))
        .unwrap();
    assert_eq!(best, 48);
    assert!((losses[48] - 0.994_959_06).abs() < 5e-9, "{}", losses[48]);
    assert!(rows[48][1].starts_with("1.16895"), "{}", rows[48][1]);
    assert!((losses[0] - 34.915_120).abs() < 5e-7, "{}", losses[0]);
    assert!(
        table.contains("learning_rate=1.16895") && table.contains("0.99495"),
        "{table}"
    );
    assert_eq!(floats(&array(&folder, "r.npy").1), losses);
    assert!(
        folder
            .read("r.svg")
            .contains("best: loss 0.995 at learning_rate 1.17")
    );

    // A sweep over the same values gives the same losses.
    let sweep = "on = 'rastrigin'\nwith = 'adam'\nstarts = [[-2, 3.5]]\nepochs = 500\ntarget = 0.01\n\
                 [over]\nlearning_rate = '1e-4..10:log:60'\n";
    folder.write(
        "s.toml",
        sweep
            .replace("'rastrigin'", "['rastrigin']")
            .replace("'adam'", "['adam']"),
    );
    folder.done(&["sweep", "s.toml"]);
    let table = folder.read("s.csv");
    // The initial point and the weights are in quotes.
    let cells = table
        .lines()
        .skip(2)
        .map(|row| row.split('"').nth(2).unwrap());
    let swept: Vec<f64> = cells
        .map(|cells| cells.split(',').nth(3).unwrap().parse().unwrap())
        .collect();
    assert_eq!(swept, losses);
}

#[test]
fn a_target_that_no_value_reaches_is_explained() {
    let folder = TestFolder::new();
    let text = folder.done(&[&RATES[..], &["--table"]].concat());
    let words =
        "Adam: no value reached the target loss 0.01; add --show loss to compare the final losses";
    assert!(text.contains(words), "{text}");
    let none = |more: &[&'static str]| {
        let mut args = RATES.to_vec();
        args[13] = "none";
        [&args[..], more].concat()
    };
    folder.refused(
        &none(&["--table"]),
        &["there is no target", "or use --show loss"],
    );
    let text = folder.done(&none(&["--table", "--show", "loss"]));
    assert!(text.contains("0.99495"), "{text}");
}

#[test]
fn a_table_without_results_states_the_reason() {
    let folder = TestFolder::new();
    let booth = ["--on", "booth", "--epochs", "200", "--table", "-o", "m.csv"];
    let table =
        |kind: &str, more: &[&str]| folder.done(&[&["map", kind][..], &booth, more].concat());
    let large = [
        "--with",
        "gradient-descent",
        "--over",
        "learning_rate=10..1000:log:3",
    ];
    let diverged = "Gradient Descent: every run diverged, with every value; try other values\n";
    for more in [
        &["--show", "loss"][..],
        &[],
        &["--show", "loss", "--starts", "3"],
    ] {
        let text = table("settings", &[&large[..], more].concat());
        assert!(text.ends_with(diverged), "{text}");
    }
    assert!(
        folder.read("m.csv").contains(",100,3,"),
        "{}",
        folder.read("m.csv")
    );
    let slow = [
        "--with",
        "gradient-descent:learning_rate=1e-8",
        "--size",
        "4x4",
    ];
    for (more, words) in [
        (
            &slow[..],
            "Gradient Descent: no run reached the target loss 0.001; --show loss or",
        ),
        (
            &[
                "--with",
                "gradient-descent:learning_rate=10",
                "--size",
                "4x4",
            ],
            "Gradient Descent: every run diverged; try smaller steps",
        ),
        (
            &["--with", "rprop", "--size", "4x4", "--target", "none"],
            "RPROP: there is no target loss; add --target LOSS",
        ),
    ] {
        let text = table("starts", more);
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_learning_rate_that_varies_is_not_reported_as_derived() {
    let folder = TestFolder::new();
    let map = |over: &str| {
        let args = [
            "map",
            "settings",
            "--on",
            "formula:x^2+4*y^2",
            "--with",
            "momentum",
            "--over",
            over,
            "--show",
            "loss",
            "--epochs",
            "3",
            "-o",
            "m.csv",
        ];
        folder.run(&args).err
    };
    assert_eq!(map("learning_rate=0.1|0.2"), "");
    assert!(map("momentum=0.5|0.9").contains("Momentum: learning_rate=0.0625, from the greatest"));
}

#[test]
fn a_setting_is_given_once() {
    let folder = TestFolder::new();
    let twice = [
        "--with",
        "momentum:learning_rate=0.5",
        "--over",
        "learning_rate=1|2",
    ];
    let words = "`learning_rate` is given here and with the values 1, 2; remove one of them";
    folder.refused(&settings(&[&twice[..], &["--table"]].concat()), &[words]);
    folder.write(
        "s.toml",
        "on = ['article']\nwith = ['rprop', 'momentum:momentum=0.5']\n[over]\nmomentum = [0.1, 0.9]\n",
    );
    folder.refused(
        &["sweep", "s.toml"],
        &[
            "s.toml, line 2",
            "`momentum` is given here and with the values 0.1, 0.9",
        ],
    );
}

#[test]
fn two_settings_give_a_heat_map_and_many_starts_a_median() {
    let folder = TestFolder::new();
    let args = [
        "--with",
        "momentum",
        "--over",
        "learning_rate=0.1..10:log:6",
        "--over",
        "momentum=0..0.9:4",
        "--starts",
        "11",
        "--seed",
        "3",
        "--epochs",
        "200",
        "-o",
        "b.npy",
        "-o",
        "b.csv",
        "-o",
        "b.svg",
    ];
    folder.done(&settings(&args));
    let (header, numbers) = array(&folder, "b.npy");
    assert!(header.contains("(4, 6)"), "{header}");
    let first = floats(&numbers);
    let csv = folder.read("b.csv");
    for (row, number) in csv.lines().skip(1).zip(&first) {
        let cells: Vec<&str> = row.split(',').collect();
        let reached: u64 = cells[4].parse().unwrap();
        // The median is finite if more than half of the starts reach the target.
        assert_eq!(number.is_finite(), reached >= 6, "{row}");
        assert_eq!(cells[6].is_empty(), !number.is_finite(), "{row}");
    }
    let mut other = args;
    other[9] = "4";
    folder.done(&settings(&other));
    assert_ne!(floats(&array(&folder, "b.npy").1), first);
    folder.done(&settings(&[&args[..], &["--threads", "1"]].concat()));
    assert_eq!(floats(&array(&folder, "b.npy").1), first);
}

#[test]
fn a_note_describes_the_thinning_of_a_large_map() {
    let folder = TestFolder::new();
    let args = [
        "--with", "rprop", "--size", "1001x20", "--epochs", "30", "-o", "m.svg",
    ];
    let output = folder.run(&starts(&args));
    assert_eq!(output.status, 0, "{}", output.err);
    assert!(
        output.err.contains("one of every 3 x 1 starts"),
        "{}",
        output.err
    );
}

/// Arguments that must be rejected before any work, and words of the message.
type Refused<'a> = (&'a [&'a str], &'a [&'a str]);

#[test]
fn invalid_input_is_rejected_before_any_work() {
    let folder = TestFolder::new();
    folder.write("three.csv", "a,b,c,y\n1,0,2,0\n0,1,1,1\n");
    let momentum = ["--with", "momentum", "-o", "m.npy"];
    let sizes = [
        "0x5",
        "5",
        "-3x4",
        "1x5",
        "5x",
        "x",
        "4x4x4",
        "30000x2",
        "99999999999999999999x2",
    ];
    for size in sizes {
        let args = [&momentum[..], &["--size", size]].concat();
        folder.refused(
            &starts(&args),
            &[size, "an allowed size", "from 2 to 20000, as in 400x400"],
        );
    }
    let cases: [Refused; 13] = [
        (
            &["--size", "20000x20000"],
            &["400000000 runs", "limit of 100000000", "36.0 GB"],
        ),
        (
            &["--show", "speed"],
            &["speed", "epochs, evaluations, minimum, loss, outcome"],
        ),
        (
            &["--show", "minimum"],
            &["`article` has no known minimum", "--show loss"],
        ),
        (
            &["--window", "nan,1,0,1"],
            &["`nan` is not a finite number"],
        ),
        (&["--window", "1,0,0,1"], &["the window 1,0,0,1"]),
        (&["--window", "0,1,0"], &["four numbers, not 3"]),
        (&["--target", "NaN"], &["`NaN`"]),
        (
            &["--threads", "0"],
            &["`0` is not allowed; give a whole number from 1 to"],
        ),
        (&["--threads", "-2"], &["`-2`"]),
        (
            &["--epochs", "1000000000"],
            &["exceeds the limit of a map, 100000000"],
        ),
        (
            &["-o", "m.txt"],
            &[
                "m.txt does not have an allowed file extension",
                ".svg, .png, .pdf, .html, .csv, or .npy",
            ],
        ),
        (&["-o", "nowhere/m.csv"], &["cannot write to nowhere/m.csv"]),
        (&["-o", "m.npy"], &["m.npy is given twice"]),
    ];
    for (more, words) in cases {
        folder.refused(&starts(&[&momentum[..], more].concat()), words);
    }
    folder.refused(&starts(&["--with", "momentum"]), &["--output"]);
    folder.refused(
        &[
            "map",
            "starts",
            "--on",
            "three.csv",
            "--with",
            "rprop",
            "-o",
            "m.svg",
        ],
        &["needs two weights, but the problem has 3"],
    );
}

#[test]
fn invalid_settings_are_rejected() {
    let folder = TestFolder::new();
    let rate = ["--over", "learning_rate=1|2"];
    let cases: [Refused; 13] = [
        (
            &["--over", "learning_rat=1|2"],
            &["no setting `learning_rat`", "did you mean `learning_rate`?"],
        ),
        (
            &["--over", "momentum=0.5|1.5"],
            &["`momentum` cannot be `1.5`", "below 1"],
        ),
        (
            &["--over", "momentum=0..2:3"],
            &["`momentum` cannot be `1`"],
        ),
        (
            &["--over", "learning_rate=1..2"],
            &["the number of values is missing"],
        ),
        (
            &["--over", "learning_rate=0..1:log:5"],
            &["must be above 0"],
        ),
        (&["--over", "learning_rate=1..nan:5"], &["finite number"]),
        (
            &["--over", "learning_rate"],
            &["expected KEY=LOW..HIGH:COUNT"],
        ),
        (
            &[rate[0], rate[1], rate[0], rate[1]],
            &["`learning_rate` is given twice"],
        ),
        (
            &[
                rate[0],
                rate[1],
                "--over",
                "momentum=0|0.1",
                "--over",
                "x=1|2",
            ],
            &["3 settings are given; give one or two"],
        ),
        (
            &[rate[0], rate[1], "--target", "none"],
            &["there is no target", "--target LOSS"],
        ),
        (
            &[rate[0], rate[1], "--starts", "0"],
            &["`0` is not allowed; give a whole number from 1"],
        ),
        (
            &[rate[0], rate[1], "--window", "0,1,0,1"],
            &["there is only one initial point"],
        ),
        (
            &[
                "--over",
                "learning_rate=1..2:2000",
                "--over",
                "momentum=0..0.5:2000",
            ],
            &["4000000 cells", "the limits are 1000000 cells"],
        ),
    ];
    for (more, words) in cases {
        let args = [&["--with", "momentum", "-o", "m.svg"], more].concat();
        folder.refused(&settings(&args), words);
    }
}

/// Ctrl-C ends a map immediately and leaves no file.
#[cfg(unix)]
#[test]
fn an_interrupted_map_leaves_no_files() {
    use std::{
        io::{BufRead as _, BufReader},
        process::{Command, Stdio},
    };
    let folder = TestFolder::new();
    let mut command = folder.command();
    // All runs end at the epoch limit, so the whole map would take an hour.
    command.args(starts(&[
        "--with",
        "gradient-descent:search=golden-section",
        "--size",
        "1000x1000",
        "--target",
        "none",
        "--epochs",
        "1000000",
        "-o",
        "m.csv",
    ]));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    // The signal handler is installed before the temporary file exists.
    let watch = format!(
        "until ls -A '{}' | grep -q thalweg; do :; done; echo there",
        folder.path("").display()
    );
    let mut shell = Command::new("sh");
    let mut shell = shell
        .args(["-c", &watch])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(shell.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    shell.wait().unwrap();
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let output = read_output(&child.wait_with_output().unwrap());
    assert_eq!(output.status, 130, "{}", output.err);
    assert!(output.err.contains("interrupted"), "{}", output.err);
    assert!(folder.files("").is_empty());
}

#[test]
fn a_map_without_a_target_states_how_the_runs_end() {
    let folder = TestFolder::new();
    let map = [
        "map",
        "starts",
        "--on",
        "formula:x^2+y^2",
        "--size",
        "4x4",
        "--show",
        "loss",
    ];
    let with = ["--with", "rprop", "--epochs", "3", "-o", "m.svg", "--table"];
    let table = folder.done(&[&map[..], &with].concat());
    let svg = folder.read("m.svg");
    assert!(
        svg.contains("epoch limit 100 %") && !svg.contains("reached"),
        "{svg}"
    );
    let row = table
        .lines()
        .find(|line| line.starts_with("RPROP "))
        .unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells[..3], ["RPROP", "16", "-"], "{table}");
}

#[test]
fn maps_of_epochs_to_the_target_need_a_target() {
    let folder = TestFolder::new();
    let args = |show: &'static str, file: &'static str| {
        let few = ["--with", "rprop", "--size", "4x4", "--epochs", "9"];
        let more = ["--target", "none", "--show", show, "-o", file];
        starts(&[&few[..], &more].concat())
    };
    for show in ["epochs", "evaluations"] {
        let words = ["there is no target", "--target LOSS, or use --show"];
        folder.refused(&args(show, "m.svg"), &words);
        folder.refused(&args(show, "m.npy"), &words);
    }
    // A table also contains the losses, and other maps need no target.
    folder.done(&args("epochs", "m.csv"));
    folder.done(&args("loss", "m.svg"));
}
