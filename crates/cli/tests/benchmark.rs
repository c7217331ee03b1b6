//! `thalweg benchmark`: the report, interruptions, shards, and rejected files.
#![cfg(unix)]
#![allow(clippy::too_many_lines, reason = "tables of test cases are long")]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;
use std::{fs, thread};
use thalweg::random::Random;

const SMALL: &str = r#"
version = 1
title = "Two problems"
introduction = "Small problems."
with = ["momentum", "quasi-Newton", "gauss-newton"]
budget = 400
studies = 2
trials = 3
[[problem]]
on = "rastrigin"
target = 1
[[problem]]
name = "noisy ravine"
on = "ravine"
gradient_noise = 0.1
budget = 900
"#;

fn folder() -> TestFolder {
    let folder = TestFolder::new();
    folder.write("b.toml", SMALL);
    folder
}

#[test]
fn a_benchmark_accepts_the_names_of_another_library() {
    let folder = TestFolder::new();
    let file = |with: &str| {
        let head = format!("with = [{with}]\nbudget = 60\nstudies = 1\ntrials = 2\n");
        head + "[[problem]]\non = \"article\"\n"
    };
    folder.write("b.toml", file(r#""torch.Adam", "momentum""#));
    folder.done(&["benchmark", "b.toml"]);
    let trials = folder.read("b/trials.csv");
    assert!(
        trials.contains("adam") && !trials.contains("torch"),
        "{trials}"
    );
    folder.write("c.toml", file(r#""adam", "torch.Adam""#));
    folder.refused(
        &["benchmark", "c.toml"],
        &["`torch.Adam` is `adam`, which is given twice", "line 1"],
    );
    assert!(!folder.path("c").exists());
}

#[test]
fn a_benchmark_writes_tables_figures_and_a_report() {
    let folder = folder();
    let text = folder.done(&["benchmark", "b.toml"]);
    assert!(
        text.contains("Gauss-Newton") && text.contains("of 2"),
        "{text}"
    );
    let names: Vec<String> = folder
        .files("b")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "profile.svg",
            "report.md",
            "results.csv",
            "runs.csv",
            "trials.csv",
            "tuning-1.svg",
            "tuning-2.svg"
        ]
    );
    let report = folder.read("b/report.md");
    assert!(
        report.starts_with("# Two problems\n\nSmall problems.\n\nProtocol: 2 studies of 3 trials")
    );
    assert!(
        report.contains("| noisy ravine (`ravine`) | 2 | 0.001 | 900 | noise 0.1 |"),
        "{report}"
    );
    let trials = folder.read("b/trials.csv");
    assert_eq!(
        trials.lines().count(),
        folder.read("b/runs.csv").lines().count() - 1
    );
    // Gauss-Newton needs residuals, which one of the problems does not have.
    assert!(
        folder
            .read("b/results.csv")
            .contains("rastrigin,gauss-newton,")
    );
    folder.refused(&["benchmark", "b.toml"], &["already exists", "--overwrite"]);
    folder.done(&["benchmark", "b.toml", "--resume"]);
    folder.done(&["benchmark", "b.toml", "--report", "r.md", "--overwrite"]);
    assert!(folder.read("r.md").contains("](b/profile.svg)"));
}

#[test]
fn a_report_replaces_only_reports() {
    let folder = folder();
    folder.write("notes.md", "# My notes");
    folder.write("input.md", SMALL);
    std::os::unix::fs::symlink(folder.path("b.toml"), folder.path("link.md")).unwrap();
    for (file, report, words) in [
        ("b.toml", "-", ["--report - is not a Markdown file", ".md"]),
        ("b.toml", "b.toml", ["is not a Markdown file", ".md"]),
        ("b.toml", "b/runs.csv", ["is not a Markdown file", ".md"]),
        ("b.toml", "link.md", ["is not a Markdown file", ".md"]),
        (
            "b.toml",
            "notes.md",
            ["notes.md already exists and is not a report", "--overwrite"],
        ),
        ("b.toml", "no/r.md", ["no/r.md", "writable file"]),
        (
            "input.md",
            "input.md",
            ["would replace the input file", "input.md"],
        ),
    ] {
        folder.refused(&["benchmark", file, "-o", "b", "--report", report], &words);
        assert!(!folder.path("b/runs.csv").exists(), "{report}");
    }
    assert_eq!(folder.read("notes.md"), "# My notes");
    assert_eq!(folder.read("b.toml"), SMALL);
    folder.refused(
        &["benchmark", "b.toml", "--shard", "1/2", "--report", "r.md"],
        &["--report", "--shard"],
    );
    folder.done(&["benchmark", "b.toml", "--report", "notes.md", "--overwrite"]);
    // A report may be replaced.
    folder.done(&["benchmark", "b.toml", "--report", "notes.md", "--resume"]);
    assert!(folder.read("notes.md").starts_with("# Two problems"));
}

#[test]
fn shards_give_the_same_bytes() {
    let folder = folder();
    folder.done(&["benchmark", "b.toml", "-o", "whole"]);
    let mut parts = Vec::new();
    for i in 1..=3 {
        let shard = format!("{i}/3");
        folder.done(&["benchmark", "b.toml", "-o", "cut", "--shard", &shard]);
        parts.push(format!("cut/runs-{i}-of-3.csv"));
    }
    assert!(!folder.path("cut/report.md").exists());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    folder.done(
        &[
            &["benchmark", "b.toml", "-o", "merged", "--merge"],
            &parts[..],
        ]
        .concat(),
    );
    assert_eq!(folder.files("whole"), folder.files("merged"));
    folder.write("other.toml", SMALL.replace("900", "901"));
    let other = [
        &["benchmark", "other.toml", "-o", "other", "--merge"],
        &parts[..],
    ]
    .concat();
    let output = folder.run(&other);
    assert_eq!(output.status, 2, "{}", output.err);
    assert!(output.err.contains("another experiment"), "{}", output.err);
    // Nothing blocks the next run.
    assert!(!folder.path("other/runs.csv").exists());
    folder.done(&["benchmark", "other.toml", "-o", "other"]);
}

#[test]
fn a_killed_benchmark_resumes_to_the_same_bytes() {
    let folder = folder();
    folder.done(&["benchmark", "b.toml", "-o", "whole"]);
    let all = fs::read(folder.path("whole/runs.csv")).unwrap().len();
    let resume = [
        "benchmark",
        "b.toml",
        "-o",
        "cut",
        "--resume",
        "--threads",
        "1",
    ];
    for seed in 0..3 {
        let mut random = Random::from_seed(seed);
        for _ in 0..6 {
            let mut child = folder.command().args(resume).spawn().unwrap();
            let more = random.below(all / 3) as u64;
            let size = || fs::metadata(folder.path("cut/runs.csv.partial")).map_or(0, |m| m.len());
            let enough = size() + more;
            while size() < enough && child.try_wait().unwrap().is_none() {
                thread::yield_now();
            }
            // The process cannot handle SIGKILL.
            child.kill().unwrap();
            child.wait().unwrap();
        }
        folder.done(&resume);
        let is_result = |(name, _): &(String, Vec<u8>)| !name.starts_with('.');
        let files: Vec<_> = folder.files("cut").into_iter().filter(is_result).collect();
        assert_eq!(files, folder.files("whole"), "seed {seed}");
        fs::remove_dir_all(folder.path("cut")).unwrap();
    }
}

#[test]
fn groups_are_scored_apart() {
    let folder = TestFolder::new();
    let groups = r#"
[[group]]
name = "Rules"
with = ["momentum", "rprop"]
[[group]]
name = "Curvature"
with = "second order"
[[problem]]
on = "article"
"#;
    folder.write("g.toml", groups);
    let text = folder.done(&["benchmark", "g.toml"]);
    assert!(
        text.contains("Rules:\n") && text.contains("Curvature:\n"),
        "{text}"
    );
    let report = folder.read("g/report.md");
    // The best optimizer of each group has the score 1.
    assert_eq!(report.matches(" | 1 | 1 of 1 |").count(), 2, "{report}");
    assert!(folder.path("g/profile-2.svg").exists() && folder.path("g/tuning-1-1.svg").exists());
}

#[test]
fn names_are_plain_text_in_the_report() {
    let folder = TestFolder::new();
    let names = r#"
title = "Two\nlines"
with = ["rprop", "gauss-newton"]
search = "none"
[[problem]]
name = "a|b <b>"
on = "article"
"#;
    folder.write("n.toml", names);
    folder.done(&["benchmark", "n.toml"]);
    let report = folder.read("n/report.md");
    assert!(report.starts_with("# Two lines\n"), "{report}");
    assert!(report.contains("| a\\|b \\<b\\> (`article`) |"), "{report}");
    assert!(
        report.contains("![Evaluations on a\\|b \\<b\\>](n/tuning-1.svg)")
            || report.contains("](tuning-1.svg)")
    );
    assert!(
        folder
            .read("n/tuning-1.svg")
            .contains("rprop: 20 evaluations (not tuned)")
    );
}

#[test]
fn invalid_files_are_refused_with_their_position() {
    let folder = TestFolder::new();
    for (content, words) in [
        ("", &["there is no problem", "[[problem]]"][..]),
        (
            "version = 2\nnew_key = 1",
            &["line 1", "version 2", "update the program"],
        ),
        (
            "trails = 3\n[[problem]]\non = \"article\"",
            &["no key `trails`", "did you mean `trials`?"],
        ),
        (
            "[[problem]]\non = \"article\"\nbatsh = 2",
            &["line 3", "did you mean `batch`?"],
        ),
        ("[[problem]]\nname = \"x\"", &["line 1", "no `on`"]),
        ("[[problem]]\non = \"artikle\"", &["line 2", "article"]),
        (
            "with = [\"adan\", \"adma\"]\n[[problem]]\non = \"article\"",
            &["line 1", "adma"],
        ),
        (
            "with = [\"adam\", \"adam\"]\n[[problem]]\non = \"article\"",
            &["`adam` is given twice"],
        ),
        (
            "with = [\"adam:learning_rate=0.1\", \"adam:learning_rate=1e-1\"]\n[[problem]]\non = \"article\"",
            &["`adam:learning_rate=0.1` and `adam:learning_rate=1e-1` are the same optimizer"],
        ),
        (
            "search = \"grid\"\ntrials = 3\n[[problem]]\non = \"article\"",
            &["line 2", "`trials` has no effect with search = \"grid\""],
        ),
        (
            "search = \"none\"\ntrials = 3\n[[problem]]\non = \"article\"",
            &["`trials` has no effect with search = \"none\""],
        ),
        (
            "title = \" \"\n[[problem]]\non = \"article\"",
            &["line 1", "`title` is empty"],
        ),
        (
            "[[problem]]\non = \"article\"\nname = \"\"",
            &["line 3", "`name` is empty"],
        ),
        (
            "[[group]]\nname = \"x\"\nwith = \"rprop\"\n[[group]]\nname = \"x\"\nwith = \"muon\"\n[[problem]]\non = \"article\"",
            &["line 5", "two groups have the name `x`"],
        ),
        (
            "[[problem]]\non = \"article\"\nshuffle = true",
            &["line 3", "`shuffle` has no effect without `batch`"],
        ),
        (
            "search = \"gird\"\n[[problem]]\non = \"article\"",
            &["did you mean `grid`?"],
        ),
        (
            "trials = 0\n[[problem]]\non = \"article\"",
            &["`trials` must be a whole number from 1"],
        ),
        (
            "[[problem]]\non = \"saddle\"",
            &["line 2", "saddle has no target loss", "target = 0.1"],
        ),
        (
            "[[problem]]\non = \"article\"\n[[problem]]\non = \"article\"",
            &["two problems have the name `article`"],
        ),
        (
            "with = [\"gauss-newton\"]\n[[problem]]\non = \"rastrigin\"",
            &["line 1", "gauss-newton"],
        ),
        ("[[problem]]\non = \"article\"\nstart = [1]", &["line 2"]),
        (
            "with = \"adam\"\n[[group]]\nwith = \"rprop\"\n[[problem]]\non = \"article\"",
            &["line 1", "`with` and `[[group]]` are both given"],
        ),
        (
            "[[group]]\nwith = \"matrix\"\n[[group]]\nwith = \"muon\"\n[[problem]]\non = \"article\"",
            &["line 4", "`muon` is given twice"],
        ),
    ] {
        folder.write("wrong.toml", content);
        let output = folder.run(&["benchmark", "wrong.toml"]);
        let message = output.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(output.status, 2, "{content}: {message}");
        for word in words {
            assert!(
                message.contains(word),
                "{content}: no `{word}` in: {message}"
            );
        }
        assert!(!folder.path("wrong").exists(), "{content}");
    }
}
