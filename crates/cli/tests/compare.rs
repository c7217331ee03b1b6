//! `thalweg compare`, and `--tune` in other commands.

#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;

/// Returns a text with single blanks, because the output is wrapped.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn better_is_printed_only_after_a_test() {
    let folder = TestFolder::new();
    let noisy = "compare --on ravine --gradient-noise 0.1 --with lion --with adam --tune";
    let words: Vec<&str> = noisy.split(' ').collect();
    let text = unwrapped(&folder.done(&words));
    assert!(
        text.contains(
            "Adam is better than Lion: faster in 20 of 20 pairs (sign test, p = 0.0000019)"
        ) || text
            .contains("Adam is better than Lion: faster in 20 of 20 pairs (sign test, p = 1.9e-6)"),
        "{text}"
    );
    assert!(text.contains("3 studies of 5 trials"), "{text}");
    let equal = [
        "compare",
        "--on",
        "article",
        "--with",
        "rprop",
        "--with",
        "rprop:increase=1.2",
    ];
    let text = unwrapped(&folder.done(&equal));
    assert!(text.contains("no difference between"), "{text}");
    assert!(
        text.contains("20 ties") && !text.contains("better"),
        "{text}"
    );
}

#[test]
fn every_trial_is_listed_with_its_settings() {
    let folder = TestFolder::new();
    let words = "compare --on article --on beale --with momentum --with rprop --with gauss-newton \
                 --tune --pairs 3 --studies 2 --trials 4 -o trials.csv -o losses.svg";
    let words: Vec<&str> = words.split_whitespace().collect();
    folder.done(&words);
    let table = folder.read("trials.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows[0].ends_with(",outcome,evaluations,loss,learning_rate,initial_step"));
    // Gauss-Newton has nothing to tune, so each of its studies is one run.
    let each = 2 * 4;
    assert_eq!(rows.len() - 1, 2 * (2 * each + 2), "{table}");
    assert!(
        rows[1].starts_with("1,article,momentum,1,1,0,1000,"),
        "{}",
        rows[1]
    );
    let picture = folder.read("losses.svg");
    assert!(picture.contains("tuned: 8 trials"));
    // The same bytes for every number of threads.
    let again: Vec<&str> = words
        .iter()
        .map(|word| {
            if *word == "trials.csv" {
                "again.csv"
            } else {
                word
            }
        })
        .collect();
    folder.done(&[&again[..again.len() - 2], &["--threads", "1"]].concat());
    assert_eq!(folder.read("again.csv"), table);
}

#[test]
fn train_and_draw_state_the_tuning() {
    let folder = TestFolder::new();
    let experiment = [
        "--on", "article", "--with", "momentum", "--with", "rprop", "--tune",
    ];
    let output = folder.run(&[&["train"], &experiment[..]].concat());
    assert_eq!(output.status, 0, "{}", output.err);
    let (table, notes) = (unwrapped(&output.out), unwrapped(&output.err));
    assert!(
        notes.contains("note: momentum: tuned by 15 trials in 3 studies"),
        "{notes}"
    );
    assert!(
        table.contains("tuned: 15 trials)") && table.contains("2 of 2 optimizers tuned"),
        "{table}"
    );
    folder.done(&[&["draw", "loss"], &experiment[..], &["-o", "loss.svg"]].concat());
    let picture = folder.read("loss.svg");
    assert!(picture.contains("tuned: 15 trials"));
    // The recipe tunes again, so that the picture is the same.
    folder.done(&["redraw", "loss.svg", "-o", "again.svg"]);
    assert_eq!(folder.read("again.svg"), picture);
}

#[test]
fn a_search_without_success_names_the_best_trial() {
    let folder = TestFolder::new();
    let words = [
        "--on",
        "rosenbrock",
        "--with",
        "sign-sgd",
        "--tune",
        "--budget",
        "20",
    ];
    let output = folder.run(&[&["train"], &words[..], &["--epochs", "30"]].concat());
    let notes = unwrapped(&output.err);
    assert!(
        notes.contains("none of them reaches the target; the best is learning_rate="),
        "{notes}"
    );
    let text = unwrapped(&folder.done(&[&["compare"], &words[..]].concat()));
    assert!(
        text.contains("no trial reaches the target (15 trials); the best, learning_rate="),
        "{text}"
    );
}

#[test]
fn what_is_not_tuned_is_stated() {
    let folder = TestFolder::new();
    let words = "--on article --with torch.SGD --with adam:learning_rate=1 --tune --trials 2";
    let words: Vec<&str> = words
        .split(' ')
        .chain(["--with", "rule:w:=w-a*g; a=0.1"])
        .collect();
    for command in ["compare", "train"] {
        let output = folder.run(&[&[command], &words[..]].concat());
        let notes = unwrapped(&output.err);
        for note in [
            "note: adam:learning_rate=1 was not tuned, because `learning_rate` is given",
            "was not tuned, because the rule has no setting that is named learning_rate, lr, rate",
        ] {
            assert!(notes.contains(note), "{notes}");
        }
        // The default of PyTorch is not a given value.
        assert!(!notes.contains("gradient-descent was not"), "{notes}");
    }
}

#[test]
fn invalid_comparisons_are_refused() {
    let folder = TestFolder::new();
    let nothing = [
        "--on",
        "article",
        "--with",
        "momentum:learning_rate=1",
        "--tune",
    ];
    for command in ["compare", "train"] {
        let words = [&[command], &nothing[..]].concat();
        folder.refused(
            &words,
            &[
                "--tune has nothing to tune",
                "`learning_rate` is given",
                "thalweg show ID",
            ],
        );
    }
    folder.refused(
        &["compare", "--on", "article"],
        &["compare needs an optimizer"],
    );
    folder.refused(&["compare", "--with", "rprop"], &["--on <PROBLEM>"]);
    let saddle = ["compare", "--on", "saddle", "--with", "rprop"];
    folder.refused(&saddle, &["saddle has no target loss", "--target"]);
    let twice = [
        "compare", "--on", "article", "--on", "article", "--with", "rprop",
    ];
    folder.refused(&twice, &["--on article is given twice"]);
    let studies = [
        "compare",
        "--on",
        "article",
        "--with",
        "rprop",
        "--tune",
        "--studies",
        "0",
    ];
    folder.refused(&studies, &["--studies"]);
    let without = [
        "train",
        "--on",
        "article",
        "--with",
        "rprop",
        "--studies",
        "2",
    ];
    folder.refused(&without, &["--tune"]);
    let recorded = [
        "compare",
        "--on",
        "article",
        "--with",
        "recorded:path=no.csv",
    ];
    folder.refused(&recorded, &["no.csv"]);
}

#[test]
fn show_prints_what_tuning_searches() {
    let folder = TestFolder::new();
    let text = unwrapped(&folder.done(&["show", "adam"]));
    assert!(
        text.contains("Tuning searches learning_rate from 0.00001 to 10 (log)."),
        "{text}"
    );
    assert!(
        !folder
            .done(&["show", "gauss-newton"])
            .contains("Tuning searches")
    );
}
