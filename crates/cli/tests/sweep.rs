//! `thalweg sweep`: the table, shards, and rejected input. Interruptions are tested in `sweep_stopped.rs`.

#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;

const SMALL: &str = r#"
on = ["article", "data.csv"]
with = ["momentum", "gradient-descent:search=golden-section", "rprop"]
starts = [[-4, -4], [0, 1.5]]
epochs = 300
[over]
learning_rate = [0.3, 1]
search.tolerance = "0.01|0.1"
"#;
const DATA: &str = "a,b,class\n0.9,0.3,1\n0.5,0.3,1\n0.2,0.1,1\n0.7,0.5,0\n0.1,0.8,0\n0.1,0.9,0\n";

fn folder() -> TestFolder {
    let folder = TestFolder::new();
    folder.write("small.toml", SMALL);
    folder.write("data.csv", DATA);
    folder
}

/// Returns an unfinished table of the small sweep with seven rows.
fn unfinished(folder: &TestFolder) -> String {
    folder.done(&["sweep", "small.toml", "-o", "whole.csv", "--overwrite"]);
    folder.done(&["sweep", "small.toml", "-o", "shard.csv", "--shard", "1/2"]);
    let (whole, shard) = (folder.read("whole.csv"), folder.read("shard.csv"));
    let first = whole.split_inclusive('\n').take(1);
    let rest = shard.split_inclusive('\n').skip(1).take(8);
    std::fs::remove_file(folder.path("whole.csv")).unwrap();
    std::fs::remove_file(folder.path("shard.csv")).unwrap();
    first.chain(rest).collect()
}

/// Returns the rows of a table without the lines before them.
fn rows(table: &str) -> Vec<&str> {
    table.lines().skip(2).collect()
}

#[test]
fn the_table_has_one_row_per_run_in_a_fixed_order() {
    let folder = folder();
    let output = folder.run(&["sweep", "small.toml"]);
    assert_eq!(output.status, 0, "{}", output.err);
    assert_eq!(output.out, "small.csv: 20 runs, done\n");
    assert_eq!(output.err, "", "a progress bar outside of a terminal");
    let table = folder.read("small.csv");
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("# thalweg sweep: experiment "));
    assert!(
        lines[0].contains(", runs 1 to 20 of 20, shard 1/1, version "),
        "{}",
        lines[0]
    );
    assert_eq!(
        lines[1],
        "run,problem,optimizer,seed,start,outcome,epochs,loss,value_calls,gradient_calls,hessian_calls,weights"
    );
    let begins = [
        "1,article,momentum:learning_rate=0.3,0,\"-4,-4\",reached,92,",
        "2,article,momentum:learning_rate=0.3,0,\"0,1.5\",reached,",
        "3,article,momentum:learning_rate=1,0,\"-4,-4\",reached,",
        "4,article,momentum:learning_rate=1,0,\"0,1.5\",reached,",
        "5,article,\"gradient-descent:search=golden-section,search.tolerance=0.01\",0,\"-4,-4\",reached,",
    ];
    for (row, begin) in rows(&table).iter().zip(begins) {
        assert!(row.starts_with(begin), "{row}");
    }
    assert!(
        lines[10].starts_with("9,article,rprop,0,\"-4,-4\",reached,20,"),
        "{}",
        lines[10]
    );
    assert!(lines[12].starts_with("11,data.csv") || lines[12].starts_with("11,csv:path=data.csv,"));
    assert!(!folder.path("small.csv.partial").exists());
}

#[test]
fn a_row_agrees_with_train() {
    let folder = folder();
    folder.done(&["sweep", "small.toml"]);
    let table = folder.read("small.csv");
    let trace = folder.done(&[
        "train",
        "--on",
        "article",
        "--with",
        "rprop",
        "--start=0,1.5",
        "--epochs",
        "300",
        "--trace",
        "-",
    ]);
    let last: Vec<&str> = trace.lines().last().unwrap().split(',').collect();
    let [epoch, w1, w2, loss, values, gradients] = last[..6] else {
        panic!("{trace}")
    };
    let end = format!("reached,{epoch},{loss},{values},{gradients},0,\"{w1},{w2}\"");
    assert!(
        rows(&table)[9].ends_with(&end),
        "{}\n{end}",
        rows(&table)[9]
    );
}

#[test]
fn each_seed_has_its_own_batches_and_noise() {
    let folder = folder();
    folder.write(
        "w.toml",
        "on = 'data.csv'\nwith = 'momentum'\nbatch = 2\nshuffle = true\ngradient_noise = 0.01\n\
         seeds = [4, 7]\ntarget = 'none'\nepochs = 60\n",
    );
    let output = folder.run(&["sweep", "w.toml"]);
    assert_eq!(output.status, 0);
    assert!(
        output
            .err
            .starts_with("note: csv:path=data.csv: learning_rate="),
        "{}",
        output.err
    );
    let table = folder.read("w.csv");
    let args = "train --on data.csv --with momentum --batch 2 --shuffle --gradient-noise 0.01 --target none --epochs 60";
    for (row, seed) in rows(&table).iter().zip(["4", "7"]) {
        let args: Vec<&str> = args
            .split(' ')
            .chain(["--seed", seed, "--trace", "-"])
            .collect();
        let trace = folder.done(&args);
        let last: Vec<&str> = trace.lines().last().unwrap().split(',').collect();
        assert!(
            row.ends_with(&format!("\"{},{}\"", last[1], last[2])),
            "{row}\n{last:?}"
        );
    }
    assert_eq!(rows(&table).len(), 2);
}

#[test]
fn the_number_of_threads_does_not_change_the_table() {
    let folder = folder();
    folder.write(
        "random.toml",
        "on = 'article'\nwith = ['momentum', 'rprop', 'gradient-descent:search=golden-section']\n\
         starts = { random = 150 }\nseeds = { from = 3, count = 2 }\nepochs = 200\n\
         [over]\nlearning_rate = '0.1..10:log:3'\n",
    );
    for threads in ["1", "2", "3"] {
        let out = format!("{threads}.csv");
        let output = folder.done(&["sweep", "random.toml", "-o", &out, "--threads", threads]);
        assert_eq!(output, format!("{out}: 1500 runs, done\n"));
    }
    assert_eq!(folder.read("1.csv"), folder.read("2.csv"));
    assert_eq!(folder.read("1.csv"), folder.read("3.csv"));
}

#[test]
fn merged_shards_equal_the_whole_table() {
    let folder = folder();
    folder.done(&["sweep", "small.toml"]);
    for shard in ["1/3", "2/3", "3/3"] {
        folder.done(&["sweep", "small.toml", "--shard", shard]);
    }
    let parts = ["small-3-of-3.csv", "small-1-of-3.csv", "small-2-of-3.csv"];
    let merge = |out| [&["sweep", "--merge"], &parts[..], &["-o", out]].concat();
    assert_eq!(
        folder.done(&merge("all.csv")),
        "all.csv: merged 20 runs of 3 shards\n"
    );
    assert_eq!(folder.read("all.csv"), folder.read("small.csv"));
    folder.refused(
        &merge("all.csv"),
        &["all.csv already exists", "--overwrite"],
    );
    folder.write("all.csv", "something else");
    folder.done(&[&merge("all.csv")[..], &["--overwrite"]].concat());
    assert_eq!(folder.read("all.csv"), folder.read("small.csv"));
    // Shards of different sizes can be merged if they contain every run once.
    folder.done(&["sweep", "small.toml", "-o", "half.csv", "--shard", "1/2"]);
    folder.done(&["sweep", "small.toml", "-o", "3.csv", "--shard", "3/4"]);
    folder.done(&["sweep", "small.toml", "-o", "4.csv", "--shard", "4/4"]);
    folder.done(&[
        "sweep",
        "--merge",
        "4.csv",
        "half.csv",
        "3.csv",
        "-o",
        "again.csv",
    ]);
    assert_eq!(folder.read("again.csv"), folder.read("small.csv"));
}

#[test]
fn incomplete_sets_of_shards_are_rejected() {
    let folder = folder();
    let part = |out, shard| folder.done(&["sweep", "small.toml", "-o", out, "--shard", shard]);
    part("1.csv", "1/3");
    part("2.csv", "2/3");
    part("3.csv", "3/3");
    part("half.csv", "1/2");
    let refused = |parts: &[&str], words: &[&str]| {
        folder.refused(
            &[&["sweep", "--merge"], parts, &["-o", "all.csv"]].concat(),
            words,
        );
    };
    refused(&["1.csv", "3.csv"], &["runs 7 to 13 of 20 are missing"]);
    refused(&["1.csv", "2.csv"], &["runs 14 to 20 of 20 are missing"]);
    refused(&["3.csv", "2.csv"], &["runs 1 to 6 of 20 are missing"]);
    let twice = ["1.csv", "2.csv", "1.csv", "3.csv"];
    refused(&twice, &["1.csv and 1.csv both contain the runs 1 to 6"]);
    let overlap = ["2.csv", "half.csv", "3.csv"];
    refused(
        &overlap,
        &["half.csv and 2.csv both contain the runs 7 to 10"],
    );
    refused(&["1.csv", "missing.csv"], &["could not read missing.csv"]);
    refused(
        &["1.csv", "data.csv"],
        &["cannot merge data.csv: it is not a table of runs"],
    );
    refused(
        &["1.csv", "."],
        &["could not read .: it is not a regular file"],
    );

    folder.write("other.toml", SMALL.replace("epochs = 300", "epochs = 301"));
    folder.done(&["sweep", "other.toml", "-o", "other.csv", "--shard", "3/3"]);
    let foreign = ["1.csv", "2.csv", "other.csv"];
    refused(
        &foreign,
        &["other.csv and 1.csv are shards of different experiments"],
    );

    let three = folder.read("3.csv");
    let line = three.lines().next().unwrap();
    let changes = [
        (
            line.replace("shard 3/3", "shard 2/3"),
            "its first line was changed",
        ),
        (line.replace("of 20", "of 21"), "its first line was changed"),
        (line.replace("0.1.0", "0.2.0"), "its first line was changed"),
        (String::new(), "it is not a table of runs"),
    ];
    for (changed, words) in changes {
        folder.write("edited.csv", three.replacen(line, &changed, 1));
        refused(
            &["1.csv", "2.csv", "edited.csv"],
            &["cannot merge edited.csv", words],
        );
    }
    folder.write("edited.csv", three.replacen("run,problem", "run,goal", 1));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["its column names were changed"],
    );
    // A row is missing at the end or in the middle, or there is an additional row.
    let lines: Vec<&str> = three.lines().collect();
    let of = |lines: &[&str]| lines.join("\n") + "\n";
    folder.write("edited.csv", of(&lines[..8]));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["edited.csv: it contains 6 of the 7 rows"],
    );
    folder.write("edited.csv", of(&[&lines[..4], &lines[5..]].concat()));
    let words = &["edited.csv: the rows do not follow each other: line 5 is not the next row"];
    refused(&["1.csv", "2.csv", "edited.csv"], words);
    folder.write("edited.csv", of(&[&lines[..], &lines[8..]].concat()));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["the text after row 7 of 7"],
    );
    folder.write("edited.csv", three.trim_end());
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["the text after row 6 of 7"],
    );
}

/// Returns texts that differ from `text` in one place after its first line: every digit of every row is replaced, and
/// single bits are flipped.
fn damaged(text: &str) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let bytes = text.as_bytes();
    let rows = text
        .match_indices('\n')
        .nth(1)
        .map_or(0, |(end, _)| end + 1);
    (rows..bytes.len() - 1).flat_map(move |place| {
        let byte = bytes[place];
        let other = byte.is_ascii_digit().then(|| b'0' + (byte - b'0' + 1) % 10);
        let flipped = (place % 3 == 0).then(|| byte ^ 1 << (place / 3 % 8));
        other.into_iter().chain(flipped).map(move |byte| {
            let mut changed = bytes.to_vec();
            changed[place] = byte;
            let line = 1 + text[..place].matches('\n').count();
            (line, changed)
        })
    })
}

#[test]
fn a_damaged_row_of_a_shard_is_named() {
    let folder = folder();
    for shard in ["1/2", "2/2"] {
        folder.done(&["sweep", "small.toml", "--shard", shard]);
    }
    let half = folder.read("small-2-of-2.csv");
    let (parts, mut tried) = (["small-1-of-2.csv", "damaged.csv"], 0);
    for (line, changed) in damaged(&half).step_by(29) {
        folder.write("damaged.csv", changed);
        let merge = [&["sweep", "--merge"], &parts[..], &["-o", "all.csv"]].concat();
        let place = format!("cannot merge damaged.csv: line {line} was changed");
        folder.refused(&merge, &[&place, "run the shard again"]);
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn resume_names_a_damaged_row() {
    let folder = folder();
    let partial = unfinished(&folder);
    folder.done(&["sweep", "small.toml"]);
    let whole = folder.read("small.csv");
    std::fs::remove_file(folder.path("small.csv")).unwrap();
    let resume = ["sweep", "small.toml", "--resume"];
    for (line, changed) in damaged(&partial).step_by(29) {
        folder.write("small.csv.partial", changed);
        let place = format!("cannot resume small.csv.partial: line {line} was changed");
        let help = format!("delete line {line} and all lines after it");
        folder.refused(&resume, &[&place, &help]);
    }
    // A row that is missing or repeated is an accident, too, not the end of the table.
    let lines: Vec<&str> = partial.split_inclusive('\n').collect();
    for (line, rows) in [
        (4, [&lines[..3], &lines[4..]].concat()),
        (5, [&lines[..4], &lines[3..]].concat()),
    ] {
        folder.write("small.csv.partial", rows.concat());
        let place = format!("line {line} is not the next row");
        folder.refused(&resume, &["do not follow each other", &place]);
    }
    // The advice works.
    let kept: String = partial.split_inclusive('\n').take(5).collect();
    folder.write("small.csv.partial", kept);
    folder.done(&resume);
    assert_eq!(folder.read("small.csv"), whole);
    assert!(!folder.path("small.csv.partial").exists());
}

#[test]
fn tables_without_checks_are_only_accepted_if_they_are_finished() {
    let folder = folder();
    folder.done(&["sweep", "small.toml"]);
    folder.done(&["sweep", "small.toml", "--shard", "1/2"]);
    let without = |text: &str| {
        let cut = |(i, line): (usize, &str)| match i {
            0 => format!("{line}\n"),
            _ => format!("{}\n", line.rsplit_once(',').unwrap().0),
        };
        text.lines().enumerate().map(cut).collect::<String>()
    };
    let why = "its rows have no checks, because an earlier version of the program wrote it";
    folder.write("old.csv", without(&folder.read("small-1-of-2.csv")));
    let merge = |part| ["sweep", "--merge", part, "-o", "all.csv"];
    folder.refused(&merge("old.csv"), &["cannot merge old.csv", why]);
    folder.refused(&merge("small.csv"), &["nothing to merge"]);
    let table = folder.read("small.csv");
    std::fs::remove_file(folder.path("small.csv")).unwrap();
    folder.write("small.csv.partial", table);
    folder.refused(&["sweep", "small.toml", "--resume"], &[why, "--overwrite"]);
}

#[test]
fn a_finished_table_is_only_replaced_with_overwrite() {
    let folder = folder();
    folder.done(&["sweep", "small.toml"]);
    let table = folder.read("small.csv");
    folder.refused(
        &["sweep", "small.toml"],
        &["small.csv already exists", "--overwrite"],
    );
    let again = folder.done(&["sweep", "small.toml", "--resume"]);
    assert_eq!(again, "small.csv: 20 runs, already complete\n");

    folder.write("small.csv", "precious");
    let resume = ["sweep", "small.toml", "--resume"];
    folder.refused(
        &resume,
        &["cannot resume small.csv: it is not a table of runs"],
    );
    folder.write(
        "small.csv",
        table.lines().take(9).collect::<Vec<_>>().join("\n") + "\n",
    );
    folder.refused(
        &resume,
        &["small.csv was changed: only 7 of its 20 rows are complete"],
    );
    folder.write("small.csv", "precious");
    folder.done(&["sweep", "small.toml", "--overwrite"]);
    assert_eq!(folder.read("small.csv"), table);
}

#[test]
fn an_output_never_replaces_an_input() {
    let folder = folder();
    for file in ["small.toml", "data.csv", "./data.csv"] {
        folder.refused(
            &["sweep", "small.toml", "--overwrite", "-o", file],
            &["would replace the input file"],
        );
    }
    folder.write("o.partial", SMALL);
    folder.refused(
        &["sweep", "o.partial", "--overwrite", "-o", "o"],
        &["the input file o.partial"],
    );
    folder.done(&["sweep", "small.toml"]);
    let merge = [
        "sweep",
        "--merge",
        "small.csv",
        "-o",
        "small.csv",
        "--overwrite",
    ];
    folder.refused(&merge, &["the input file small.csv"]);
}

#[test]
fn resume_rejects_rows_of_another_experiment() {
    let folder = folder();
    folder.done(&["sweep", "small.toml"]);
    let table = folder.read("small.csv");
    let partial = unfinished(&folder);
    std::fs::remove_file(folder.path("small.csv")).unwrap();
    folder.write("small.csv.partial", &partial);
    let resume = ["sweep", "small.toml", "--resume"];

    let begin = ["sweep", "small.toml"];
    folder.refused(
        &begin,
        &[
            "small.csv.partial already exists",
            "--resume",
            "--overwrite",
        ],
    );
    for (from, to) in [
        ("epochs = 300", "epochs = 301"),
        ("[0.3, 1]", "[0.3, 1.5]"),
        ("rprop", "rprop:increase=1.3"),
        ("1.5]]", "1.25]]"),
        ("epochs", "seeds = [2]\nepochs"),
        ("epochs", "target = 0.13\nepochs"),
    ] {
        folder.write("small.toml", SMALL.replacen(from, to, 1));
        folder.refused(
            &resume,
            &["cannot resume small.csv.partial", "another experiment"],
        );
    }
    // The content of a data file is part of the experiment.
    folder.write("small.toml", SMALL);
    folder.write("data.csv", DATA.replace("0.7", "0.71"));
    folder.refused(&resume, &["an input file was changed"]);
    folder.write("data.csv", DATA);
    let shard = [
        "sweep",
        "small.toml",
        "-o",
        "small.csv",
        "--resume",
        "--shard",
        "1/2",
    ];
    folder.refused(&shard, &["it contains shard 1/1, not 1/2"]);
    folder.write(
        "small.csv.partial",
        partial.replace("experiment ", "experiment 0"),
    );
    folder.refused(&resume, &["its first line was changed"]);
    folder.write("small.csv.partial", "mine\nand mine alone\n");
    folder.refused(&resume, &["it is not a table of runs"]);

    // Another notation describes the same experiment.
    let same = SMALL
        .replace("[0.3, 1]", "'0.3|1'")
        .replace("epochs", "# a comment\nepochs");
    folder.write("small.toml", same);
    folder.write("small.csv.partial", &partial);
    folder.done(&resume);
    assert_eq!(folder.read("small.csv"), table);
}

/// Invalid descriptions, and words of the error message.
const WRONG: [(&str, &[&str]); 33] = [
    (
        "on = ['article']\nepoch = 5",
        &[
            "w.toml, line 2, column 1: there is no key `epoch`",
            "did you mean `epochs`?",
        ],
    ),
    ("", &["w.toml: `on` is missing"]),
    ("on = 'article'", &["w.toml: `with` is missing", "rprop"]),
    (
        "on = 'article'\nwith = []",
        &["line 2, column 8: `with` is empty"],
    ),
    (
        "on = 'article'\nwith = [1]",
        &["`with` must be a list of ids", "this is a whole number"],
    ),
    (
        "on = ['artikle']\nwith = 'rprop'",
        &[
            "line 1, column 8: there is no problem `artikle`",
            "`article`",
        ],
    ),
    (
        "on = ['article', 'article']\nwith = 'rprop'",
        &["line 1, column 18: `article` is given twice"],
    ),
    (
        "on = 'missing.csv'\nwith = 'rprop'",
        &["line 1, column 6: could not read the data file missing.csv"],
    ),
    (
        "on = 'article'\nwith = ['rprop', 'momentum:momentum=2']",
        &["line 2, column 28: `momentum` cannot be `2`"],
    ),
    ("on = 'article'\nwith = ['rprop'", &["line 2", "array"]),
    (
        "on = 'article'\nwith = 'rprop'\nwith = 'rprop'",
        &["line 3, column 1: duplicate key"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rat = 1",
        &[
            "none of the optimizers has a setting `learning_rat`",
            "`learning_rate`",
        ],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = '0..1:3'",
        &["line 4, column 17", "`learning_rate` cannot be `0`"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = '1..0:3'",
        &["line 4, column 17", "LOW below HIGH"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = []",
        &["`learning_rate` has an empty value"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = true",
        &["must be a number, but this is true or false"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = 1\nepochs = 5",
        &["setting `epochs`", "move it above the line [over]"],
    ),
    (
        "on = 'article'\n[over]\nlearning_rate = 1\nwith = 'momentum'",
        &["`with` is missing", "is in the table [over]"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\n[over]\nmin_step = '1|60'\nmax_step = '50|70'",
        &["`min_step` is 60, which exceeds `max_step`, 50"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nover = 3",
        &["`over` must be a table"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = [-4, -4]",
        &["`starts` must be a list of starts", "[[-4, -4], [0, 1]]"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = [[1, 2, 3]]",
        &[
            "line 3, column 10",
            "must have one number per weight: 2, not 3",
        ],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = []",
        &["give at least one"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = [[nan, 1]]",
        &["`starts` must be finite, but this is nan"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = { randon = 3 }",
        &["there is no key `randon`", "`random`"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = { random = 1000000000 }",
        &["w.toml: 1 (problems) x 1 (", "1 to 100000000 runs"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nseeds = [1, 2, 1]",
        &["line 3, column 9: the seed 1 is given twice"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nseeds = { from = 1 }",
        &[
            "`seeds` must be a list of whole numbers",
            "from = 1, count = 10",
        ],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nepochs = 1e3",
        &["`epochs` must be a whole number", "a decimal number"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\ntarget = 'low'",
        &["`target` must be a number or \"none\""],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nbatch = 7",
        &["line 3, column 9: a mini-batch cannot have 7 samples; use 1 to 6"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nbatch = 2\ngradient_noise = -1",
        &["line 4, column 18", "cannot be -1"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nshuffle = true",
        &["line 3, column 11: `shuffle` has no effect without `batch`"],
    ),
];

#[test]
fn mistakes_in_descriptions_are_shown_with_their_position() {
    let folder = folder();
    for (text, words) in WRONG {
        folder.write("w.toml", text);
        folder.refused(&["sweep", "w.toml"], words);
    }
    folder.write("w.toml", b"on = 'article'\nwith = '\xff'\n");
    folder.refused(
        &["sweep", "w.toml"],
        &["w.toml, line 2: this line is not UTF-8; save the file as UTF-8"],
    );
    folder.write(
        "w.toml",
        "on = 'article'\nwith = \"momentum:\\nmomentum=0\"\n",
    );
    folder.refused(&["sweep", "w.toml"], &["must not contain line breaks"]);
}

#[test]
fn invalid_arguments_are_rejected() {
    let folder = folder();
    folder.write("file", "");
    folder.refused(&["sweep"], &["FILE.toml"]);
    folder.refused(
        &["sweep", "missing.toml"],
        &["could not read the sweep missing.toml"],
    );
    folder.refused(&["sweep", "."], &["could not read the sweep ."]);
    let sweep = |more: &[&'static str]| [&["sweep", "small.toml"], more].concat();
    folder.refused(&sweep(&["-o", "."]), &[". is a folder"]);
    folder.refused(&sweep(&["-o", "-"]), &["cannot write to standard output"]);
    folder.refused(
        &sweep(&["-o", "nowhere/t.csv"]),
        &["cannot write to nowhere/t.csv.partial"],
    );
    folder.refused(
        &sweep(&["-o", "file/t.csv"]),
        &["cannot write to file/t.csv.partial"],
    );
    for shard in [
        "--shard=0/2",
        "--shard=3/2",
        "--shard=1/0",
        "--shard=1",
        "--shard=a/b",
        "--shard=-1/2",
    ] {
        folder.refused(&sweep(&[shard]), &["is not a shard", "as in 1/4"]);
    }
    folder.refused(
        &sweep(&["--shard", "1/21"]),
        &["shard 1/21 is empty, because the number of runs is 20"],
    );
    folder.refused(
        &sweep(&["--threads", "0"]),
        &["`0` is not allowed; give a whole number from 1 to 1024"],
    );
    folder.refused(&["sweep", "--merge", "a.csv"], &["--out"]);
    folder.refused(
        &["sweep", "--resume", "--merge", "a.csv", "-o", "b.csv"],
        &["--resume"],
    );
}

#[test]
fn seeds_without_effect_are_noted() {
    let folder = folder();
    folder.write("w.toml", "on = 'article'\nwith = 'rprop'\nseeds = [1, 5]\n");
    let output = folder.run(&["sweep", "w.toml"]);
    assert_eq!(output.status, 0, "{}", output.err);
    assert_eq!(
        output.err,
        "note: nothing in the sweep is random, so all seeds give the same runs\n"
    );
    assert_eq!(rows(&folder.read("w.csv")).len(), 2);
}

#[test]
fn learning_rates_that_follow_from_the_curvature_are_reported() {
    let folder = TestFolder::new();
    let sweep = |with: &str, over: &str| {
        let on = "[\"formula:x^2+4*y^2\", \"booth\"]";
        let text = format!("on = {on}\nwith = {with}\nepochs = 3\n[over]\n{over}\n");
        folder.write("rates.toml", text);
        let output = folder.run(&["sweep", "rates.toml", "--overwrite"]);
        assert_eq!(output.status, 0, "{}", output.err);
        output.err
    };
    assert_eq!(
        sweep(
            "[\"momentum\", \"adam\", \"gradient-descent\"]",
            "momentum = [0.5, 0.9]"
        ),
        "note: formula:x^2+4*y^2: learning_rate=0.0625 for Momentum, Gradient Descent, \
         from the greatest curvature found in the window\n"
    );
    assert_eq!(sweep("[\"momentum\"]", "learning_rate = [0.1, 0.2]"), "");
    let searched = sweep("[\"gradient-descent\"]", "search = [\"none\", \"armijo\"]");
    assert!(
        searched.contains("learning_rate=0.0625 for Gradient Descent"),
        "{searched}"
    );
}
