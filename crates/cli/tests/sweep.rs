//! `thalweg sweep` from outside: the table, shards, and what is refused. Interruptions are in `sweep_stopped.rs`.

#![allow(
    clippy::too_many_lines,
    reason = "a table of cases is as long as it is"
)]
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

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

fn place() -> TestFolder {
    let place = TestFolder::new();
    place.write("small.toml", SMALL);
    place.write("data.csv", DATA);
    place
}

/// The rows of a table, without the lines in front of them.
fn rows(table: &str) -> Vec<&str> {
    table.lines().skip(2).collect()
}

#[test]
fn one_row_a_run_in_a_fixed_order() {
    let place = place();
    let said = place.run(&["sweep", "small.toml"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(said.out, "small.csv: 20 runs, done\n");
    assert_eq!(said.err, "", "no progress where nobody looks");
    let table = place.read("small.csv");
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
    assert!(!place.path("small.csv.partial").exists());
}

#[test]
fn a_row_says_what_train_says() {
    let place = place();
    place.done(&["sweep", "small.toml"]);
    let table = place.read("small.csv");
    let trace = place.done(&[
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
    let place = place();
    place.write(
        "w.toml",
        "on = 'data.csv'\nwith = 'momentum'\nbatch = 2\nshuffle = true\ngradient_noise = 0.01\n\
         seeds = [4, 7]\ntarget = 'none'\nepochs = 60\n",
    );
    let said = place.run(&["sweep", "w.toml"]);
    assert_eq!((said.status, &*said.err), (0, ""));
    let table = place.read("w.csv");
    let args = "train --on data.csv --with momentum --batch 2 --shuffle --gradient-noise 0.01 --target none --epochs 60";
    for (row, seed) in rows(&table).iter().zip(["4", "7"]) {
        let args: Vec<&str> = args
            .split(' ')
            .chain(["--seed", seed, "--trace", "-"])
            .collect();
        let trace = place.done(&args);
        let last: Vec<&str> = trace.lines().last().unwrap().split(',').collect();
        assert!(
            row.ends_with(&format!("\"{},{}\"", last[1], last[2])),
            "{row}\n{last:?}"
        );
    }
    assert_eq!(rows(&table).len(), 2);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let place = place();
    place.write(
        "random.toml",
        "on = 'article'\nwith = ['momentum', 'rprop', 'gradient-descent:search=golden-section']\n\
         starts = { random = 150 }\nseeds = { from = 3, count = 2 }\nepochs = 200\n\
         [over]\nlearning_rate = '0.1..10:log:3'\n",
    );
    for threads in ["1", "2", "3"] {
        let out = format!("{threads}.csv");
        let said = place.done(&["sweep", "random.toml", "-o", &out, "--threads", threads]);
        assert_eq!(said, format!("{out}: 1500 runs, done\n"));
    }
    assert_eq!(place.read("1.csv"), place.read("2.csv"));
    assert_eq!(place.read("1.csv"), place.read("3.csv"));
}

#[test]
fn shards_make_the_whole() {
    let place = place();
    place.done(&["sweep", "small.toml"]);
    for shard in ["1/3", "2/3", "3/3"] {
        place.done(&["sweep", "small.toml", "--shard", shard]);
    }
    let parts = ["small-3-of-3.csv", "small-1-of-3.csv", "small-2-of-3.csv"];
    let merge = |out| [&["sweep", "--merge"], &parts[..], &["-o", out]].concat();
    assert_eq!(
        place.done(&merge("all.csv")),
        "all.csv: 20 runs of 3 parts\n"
    );
    assert_eq!(place.read("all.csv"), place.read("small.csv"));
    place.refused(
        &merge("all.csv"),
        &["all.csv is there already", "--overwrite"],
    );
    place.write("all.csv", "something else");
    place.done(&[&merge("all.csv")[..], &["--overwrite"]].concat());
    assert_eq!(place.read("all.csv"), place.read("small.csv"));
    // Parts of different sizes that hold every run once are all there is.
    place.done(&["sweep", "small.toml", "-o", "half.csv", "--shard", "1/2"]);
    place.done(&["sweep", "small.toml", "-o", "3.csv", "--shard", "3/4"]);
    place.done(&["sweep", "small.toml", "-o", "4.csv", "--shard", "4/4"]);
    place.done(&[
        "sweep",
        "--merge",
        "4.csv",
        "half.csv",
        "3.csv",
        "-o",
        "again.csv",
    ]);
    assert_eq!(place.read("again.csv"), place.read("small.csv"));
}

#[test]
fn parts_that_do_not_make_a_whole_are_refused() {
    let place = place();
    let part = |out, shard| place.done(&["sweep", "small.toml", "-o", out, "--shard", shard]);
    part("1.csv", "1/3");
    part("2.csv", "2/3");
    part("3.csv", "3/3");
    part("half.csv", "1/2");
    let refused = |parts: &[&str], words: &[&str]| {
        place.refused(
            &[&["sweep", "--merge"], parts, &["-o", "all.csv"]].concat(),
            words,
        );
    };
    refused(
        &["1.csv", "3.csv"],
        &["runs 7 to 13 of 20 are in none of the parts"],
    );
    refused(&["1.csv", "2.csv"], &["runs 14 to 20 of 20 are in none"]);
    refused(&["3.csv", "2.csv"], &["runs 1 to 6 of 20 are in none"]);
    let twice = ["1.csv", "2.csv", "1.csv", "3.csv"];
    refused(&twice, &["1.csv and 1.csv both hold the runs 1 to 6"]);
    let overlap = ["2.csv", "half.csv", "3.csv"];
    refused(&overlap, &["half.csv and 2.csv both hold the runs 7 to 10"]);
    refused(&["1.csv", "missing.csv"], &["could not read missing.csv"]);
    refused(
        &["1.csv", "data.csv"],
        &["cannot merge data.csv: it is no table of a sweep"],
    );
    refused(
        &["1.csv", "."],
        &["could not read .: it is no ordinary file"],
    );

    place.write("other.toml", SMALL.replace("epochs = 300", "epochs = 301"));
    place.done(&["sweep", "other.toml", "-o", "other.csv", "--shard", "3/3"]);
    let foreign = ["1.csv", "2.csv", "other.csv"];
    refused(
        &foreign,
        &["other.csv and 1.csv are parts of different experiments"],
    );

    let three = place.read("3.csv");
    let line = three.lines().next().unwrap();
    let changes = [
        (
            line.replace("shard 3/3", "shard 2/3"),
            "its first line was changed",
        ),
        (line.replace("of 20", "of 21"), "its first line was changed"),
        (line.replace("0.1.0", "0.2.0"), "its first line was changed"),
        (String::new(), "it is no table of a sweep"),
    ];
    for (changed, words) in changes {
        place.write("edited.csv", three.replacen(line, &changed, 1));
        refused(
            &["1.csv", "2.csv", "edited.csv"],
            &["cannot merge edited.csv", words],
        );
    }
    place.write("edited.csv", three.replacen("run,problem", "run,goal", 1));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["the names of its columns were changed"],
    );
    // A row is missing at the end, in the middle, or too many.
    let lines: Vec<&str> = three.lines().collect();
    let of = |lines: &[&str]| lines.join("\n") + "\n";
    place.write("edited.csv", of(&lines[..8]));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["edited.csv: it has 6 of the 7 rows"],
    );
    place.write("edited.csv", of(&[&lines[..4], &lines[5..]].concat()));
    let words = &["edited.csv: what follows row 2 of 7 is no row of its part, 3/3"];
    refused(&["1.csv", "2.csv", "edited.csv"], words);
    place.write("edited.csv", of(&[&lines[..], &lines[8..]].concat()));
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["what follows row 7 of 7"],
    );
    place.write("edited.csv", three.trim_end());
    refused(
        &["1.csv", "2.csv", "edited.csv"],
        &["what follows row 6 of 7"],
    );
}

#[test]
fn a_finished_table_stays_unless_it_is_given_up() {
    let place = place();
    place.done(&["sweep", "small.toml"]);
    let table = place.read("small.csv");
    place.refused(
        &["sweep", "small.toml"],
        &["small.csv is there already", "--overwrite"],
    );
    let again = place.done(&["sweep", "small.toml", "--resume"]);
    assert_eq!(again, "small.csv: 20 runs, all there already\n");

    place.write("small.csv", "precious");
    let resume = ["sweep", "small.toml", "--resume"];
    place.refused(
        &resume,
        &["cannot go on with small.csv: it is no table of a sweep"],
    );
    place.write(
        "small.csv",
        table.lines().take(9).collect::<Vec<_>>().join("\n") + "\n",
    );
    place.refused(
        &resume,
        &["small.csv was changed: 7 of its 20 rows are whole"],
    );
    place.write("small.csv", "precious");
    place.done(&["sweep", "small.toml", "--overwrite"]);
    assert_eq!(place.read("small.csv"), table);
}

#[test]
fn what_is_read_is_never_written_over() {
    let place = place();
    for file in ["small.toml", "data.csv", "./data.csv"] {
        place.refused(
            &["sweep", "small.toml", "--overwrite", "-o", file],
            &["is read and cannot be written over"],
        );
    }
    place.write("o.partial", SMALL);
    place.refused(
        &["sweep", "o.partial", "--overwrite", "-o", "o"],
        &["o.partial is read"],
    );
    place.done(&["sweep", "small.toml"]);
    let merge = [
        "sweep",
        "--merge",
        "small.csv",
        "-o",
        "small.csv",
        "--overwrite",
    ];
    place.refused(&merge, &["small.csv is read"]);
}

#[test]
fn rows_of_another_experiment_are_not_gone_on_with() {
    let place = place();
    place.done(&["sweep", "small.toml"]);
    let table = place.read("small.csv");
    let partial: String = table.split_inclusive('\n').take(9).collect();
    std::fs::remove_file(place.path("small.csv")).unwrap();
    place.write("small.csv.partial", &partial);
    let resume = ["sweep", "small.toml", "--resume"];

    let begin = ["sweep", "small.toml"];
    place.refused(
        &begin,
        &["small.csv.partial is there", "--resume", "--overwrite"],
    );
    for (from, to) in [
        ("epochs = 300", "epochs = 301"),
        ("[0.3, 1]", "[0.3, 1.5]"),
        ("rprop", "rprop:increase=1.3"),
        ("1.5]]", "1.25]]"),
        ("epochs", "seeds = [2]\nepochs"),
        ("epochs", "target = 0.13\nepochs"),
    ] {
        place.write("small.toml", SMALL.replacen(from, to, 1));
        place.refused(
            &resume,
            &["cannot go on with small.csv.partial", "another experiment"],
        );
    }
    // What a data file holds is part of the experiment.
    place.write("small.toml", SMALL);
    place.write("data.csv", DATA.replace("0.7", "0.71"));
    place.refused(&resume, &["a file that the experiment reads was changed"]);
    place.write("data.csv", DATA);
    let shard = [
        "sweep",
        "small.toml",
        "-o",
        "small.csv",
        "--resume",
        "--shard",
        "1/2",
    ];
    place.refused(&shard, &["it holds shard 1/1, not 1/2"]);
    place.write(
        "small.csv.partial",
        partial.replace("experiment ", "experiment 0"),
    );
    place.refused(&resume, &["its first line was changed"]);
    place.write("small.csv.partial", "mine\nand mine alone\n");
    place.refused(&resume, &["it is no table of a sweep"]);

    // Written otherwise, the experiment is the same.
    let same = SMALL
        .replace("[0.3, 1]", "'0.3|1'")
        .replace("epochs", "# so many\nepochs");
    place.write("small.toml", same);
    place.write("small.csv.partial", &partial);
    place.done(&resume);
    assert_eq!(place.read("small.csv"), table);
}

/// Descriptions, and words of the message.
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
        &["`with` must be a list of picks", "this is a whole number"],
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
        &["line 4, column 17", "from low to high"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = []",
        &["a value is missing"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = true",
        &["must be a number, and this is true or false"],
    ),
    (
        "on = 'article'\nwith = 'momentum'\n[over]\nlearning_rate = 1\nepochs = 5",
        &["setting `epochs`", "move it above that line"],
    ),
    (
        "on = 'article'\n[over]\nlearning_rate = 1\nwith = 'momentum'",
        &["`with` is missing", "stands in the table [over]"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\n[over]\nmin_step = '1|60'\nmax_step = '50|70'",
        &["`min_step`, 60, is above `max_step`, 50"],
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
        &["line 3, column 10", "has 3 of 2 weights"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = []",
        &["at least one start"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = [[nan, 1]]",
        &["nan is no finite number"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = { randon = 3 }",
        &["there is no key `randon`", "`random`"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nstarts = { random = 1000000000 }",
        &["w.toml: 1 problems x 1 optimizers", "1 to 100000000 runs"],
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
        &["line 3, column 9: a mini-batch of 7; it must be 1 to 6"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nbatch = 2\ngradient_noise = -1",
        &["line 4, column 18", "cannot be -1"],
    ),
    (
        "on = 'article'\nwith = 'rprop'\nshuffle = true",
        &["line 3, column 11: `shuffle` makes no difference without `batch`"],
    ),
];

#[test]
fn wrong_descriptions_are_shown_where_they_are_wrong() {
    let place = place();
    for (text, words) in WRONG {
        place.write("w.toml", text);
        place.refused(&["sweep", "w.toml"], words);
    }
    place.write("w.toml", b"on = 'article'\nwith = '\xff'\n");
    place.refused(
        &["sweep", "w.toml"],
        &["w.toml, line 2: this is no UTF-8 text"],
    );
    place.write(
        "w.toml",
        "on = 'article'\nwith = \"momentum:\\nmomentum=0\"\n",
    );
    place.refused(&["sweep", "w.toml"], &["may hold no line break"]);
}

#[test]
fn wrong_arguments_are_refused() {
    let place = place();
    place.write("file", "");
    place.refused(&["sweep"], &["FILE.toml"]);
    place.refused(
        &["sweep", "missing.toml"],
        &["could not read the sweep missing.toml"],
    );
    place.refused(&["sweep", "."], &["could not read the sweep ."]);
    let sweep = |more: &[&'static str]| [&["sweep", "small.toml"], more].concat();
    place.refused(&sweep(&["-o", "."]), &[". is a folder"]);
    place.refused(&sweep(&["-o", "-"]), &["a sweep is written to a file"]);
    place.refused(
        &sweep(&["-o", "nowhere/t.csv"]),
        &["cannot write to nowhere/t.csv.partial"],
    );
    place.refused(
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
        place.refused(&sweep(&[shard]), &["is no part such as 1/4"]);
    }
    place.refused(
        &sweep(&["--shard", "1/21"]),
        &["shard 1/21 of 20 runs holds none"],
    );
    place.refused(
        &sweep(&["--threads", "0"]),
        &["`0` is no whole number from 1 to 1024"],
    );
    place.refused(&["sweep", "--merge", "a.csv"], &["--out"]);
    place.refused(
        &["sweep", "--resume", "--merge", "a.csv", "-o", "b.csv"],
        &["--resume"],
    );
}

#[test]
fn seeds_that_change_nothing_are_noted() {
    let place = place();
    place.write("w.toml", "on = 'article'\nwith = 'rprop'\nseeds = [1, 5]\n");
    let said = place.run(&["sweep", "w.toml"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(
        said.err,
        "note: nothing in the sweep is random, so each seed gives the same runs\n"
    );
    assert_eq!(rows(&place.read("w.csv")).len(), 2);
}
