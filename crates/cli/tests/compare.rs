//! `thalweg compare`, and `--tune` in other commands.

#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;
use thalweg_explore::tuning::Tuning;

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
fn a_picture_shows_every_optimizer_and_its_evaluations() {
    let folder = TestFolder::new();
    let on = [
        "compare",
        "--on",
        "article",
        "--on",
        "rastrigin",
        "--pairs",
        "2",
    ];
    let with = ["--with", "rprop", "--with", "gauss-newton", "-o", "x.svg"];
    folder.done(&[&on[..], &with[..]].concat());
    let untuned = folder.read("x.svg");
    for words in [
        "rprop: 20 evaluations (not tuned)",
        "Target loss: ",
        "gauss-newton: missed with loss",
        "gauss-newton: cannot run",
        "Study (no setting is tuned)",
        "Budget: 1000 evaluations; above it: the target was missed",
    ] {
        assert!(untuned.contains(words), "no `{words}`");
    }
    // A learning rate of 100 diverges, or ends at an enormous loss; both are above the budget.
    let momentum = ["--with", "momentum", "--tune", "--tune-by", "grid"];
    folder.done(&[&on[..], &with[..], &momentum[..]].concat());
    let tuned = folder.read("x.svg");
    for words in [
        "evaluations to the target by tuned setting",
        "Loss at the end of each trial",
        "gauss-newton: missed",
        "(not tuned, because no setting in effect scales the steps)",
        "Diverged (at the upper edges)",
    ] {
        assert!(tuned.contains(words), "no `{words}`");
    }
    folder.done(&["redraw", "x.svg", "-o", "again.svg"]);
    assert_eq!(folder.read("again.svg"), tuned);
}

#[test]
fn a_search_uses_the_trial_of_a_comparison() {
    let folder = TestFolder::new();
    let words = ["--on", "article", "--with", "momentum", "--tune"];
    let compared = unwrapped(&folder.done(&[&["compare"], &words[..]].concat()));
    let output = folder.run(&[&["train"], &words[..]].concat());
    let notes = unwrapped(&output.err);
    let (_, settings) = notes
        .split_once("the best trial of the median study, ")
        .unwrap();
    let (settings, _) = settings.split_once(", reaches").unwrap();
    assert!(compared.contains(settings), "{settings}: {compared}");
}

#[test]
fn options_without_effect_are_refused() {
    let folder = TestFolder::new();
    let tuned = [
        "--on",
        "article",
        "--with",
        "rprop",
        "--tune",
        "--trials",
        "9",
        "--tune-by",
    ];
    for command in ["compare", "train"] {
        for method in ["grid", "defaults"] {
            let words = [&[command], &tuned[..], &[method]].concat();
            folder.refused(&words, &["--trials has no effect with --tune-by", method]);
        }
    }
    let without = [
        "draw", "contour", "--on", "article", "--tune", "-o", "x.svg",
    ];
    folder.refused(
        &without,
        &["--tune has no effect without an optimizer", "--with"],
    );
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
        table.contains("tuned: 15 trials, best of the median study)")
            && table.contains("2 of 2 optimizers tuned"),
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
fn the_page_tunes_like_the_shell() {
    for (words, address) in [
        (
            "--on article --with momentum --epochs 300",
            "on=article&with=momentum&epochs=300",
        ),
        (
            "--on ravine --gradient-noise 0.1 --with adam --seed 3 --start 2,-1 --epochs 500",
            "on=ravine&gradient-noise=0.1&with=adam&seed=3&start=2,-1&epochs=500",
        ),
    ] {
        let folder = TestFolder::new();
        let words: Vec<&str> = words.split(' ').chain(["--tune"]).collect();
        let notes = folder.run(&[&["train"], &words[..]].concat()).err;
        let mut page = Tuning::new(&address.parse().unwrap(), &[], 0).unwrap();
        while page.advance(100).unwrap() {}
        let sentence = page.result().unwrap().sentence;
        let found = sentence.trim_start_matches('T').trim_end_matches('.');
        assert!(unwrapped(&notes).contains(found), "{sentence}\n{notes}");
    }
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
        notes.contains("the best trial of the median study, learning_rate=")
            && notes.contains("no trial reaches the target;")
            && notes.contains(", ends with the loss"),
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
        // The report of a comparison states it, because it decides the result.
        let text = if command == "compare" {
            output.out
        } else {
            output.err
        };
        let notes = unwrapped(&text);
        for note in [
            "adam:learning_rate=1 was not tuned, because `learning_rate` is given",
            "was not tuned, because the rule has no setting that is named learning_rate, lr, rate",
        ] {
            assert!(notes.contains(note), "{notes}");
        }
        // The default of PyTorch is not a given value.
        assert!(!notes.contains("gradient-descent was not"), "{notes}");
    }
}

#[test]
fn tuned_runs_end_with_the_budget_of_a_trial() {
    let folder = TestFolder::new();
    // No learning rate reaches the target in so few evaluations.
    let words = "train --on rosenbrock --with sign-sgd --tune --budget 20";
    let words: Vec<&str> = words.split(' ').collect();
    let output = folder.run(&words);
    assert!(
        unwrapped(&output.err).contains("the runs end at the target or after 20 epochs"),
        "{}",
        output.err
    );
    assert!(output.out.contains("at most 20 epochs"), "{}", output.out);
    // Given epochs are a limit, also if they are the default.
    for limit in ["7", "100000"] {
        let output = folder.run(&[&words[..], &["--epochs", limit]].concat());
        let stated = format!("at most {limit} epochs");
        assert!(output.out.contains(&stated), "{}", output.out);
        assert!(!output.err.contains("the runs end"), "{}", output.err);
    }
    let draw = [&["draw", "loss"], &words[1..], &["-o", "loss.svg"]].concat();
    assert!(folder.run(&draw).err.contains("after 20 epochs"));
    for epochs in ["40", "2..9"] {
        let output = folder.run(&[&draw[..], &["--epochs", epochs]].concat());
        assert_eq!(output.status, 0, "{}", output.err);
        assert!(!output.err.contains("the runs end"), "{}", output.err);
    }
}

#[test]
fn long_rules_are_shortened_and_complete_once() {
    let folder = TestFolder::new();
    let long = format!("w := w - lr*(g{}); lr = 0.01", " + 0*g".repeat(60));
    let [a, b] =
        ["", " + 0"].map(|end| format!("rule:{}", long.replace("; lr", &format!("{end}; lr"))));
    let words = ["--on", "article", "--with", &a, "--with", &b, "--tune"];
    let compare = [&["compare"], &words[..], &["-o", "x.svg"]].concat();
    let text = folder.done(&compare);
    for rule in [&a, &b] {
        assert_eq!(text.matches(&**rule).count(), 1, "{text}");
    }
    let picture = folder.read("x.svg");
    let drawn = picture.split("</metadata>").last().unwrap();
    assert!(!drawn.contains(&long[..80]));
    let text = folder.done(&[&["train"], &words[..], &["--plain"]].concat());
    let value = a.strip_prefix("rule:").unwrap();
    assert_eq!(text.matches(value).count(), 1, "{text}");
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
    let compare = "compare --on article --with rprop";
    for (line, message) in [
        ("compare --on article", "compare needs an optimizer"),
        ("compare --with rprop", "--on <PROBLEM>"),
        (
            "compare --on saddle --with rprop",
            "saddle has no target loss",
        ),
        (
            "compare --on article --on article --with rprop",
            "--on article is given twice",
        ),
        (&format!("{compare} --tune --studies 0"), "--studies"),
        ("train --on article --with rprop --studies 2", "--tune"),
        ("compare --on article --with recorded:path=no.csv", "no.csv"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        folder.refused(&words, &[message]);
    }
    for pairs in ["0", "10001", "1000000000000", "18446744073709551615"] {
        let line = format!("{compare} --pairs {pairs}");
        let words: Vec<&str> = line.split(' ').collect();
        folder.refused(&words, &["--pairs", "a whole number from 1 to 10000"]);
    }
}

#[test]
fn an_optimizer_that_is_given_twice_is_refused() {
    let folder = TestFolder::new();
    let same = ["compare", "--on", "article", "--with"];
    for (a, b) in [("adam", "adam"), ("adam:beta1=0.5", "adam:beta1=5e-1")] {
        folder.refused(&[&same[..], &[a, "--with", b]].concat(), &[a, b]);
    }
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
