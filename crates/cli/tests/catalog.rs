//! `thalweg list`, `show`, `completions`, and the help.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;
use serde_json::Value;

#[test]
fn the_json_list_describes_every_entry() {
    let folder = TestFolder::new();
    let lists: Value = serde_json::from_str(&folder.done(&["list", "--json"])).unwrap();
    let words = folder.done(&["list"]);
    let mut entries = 0;
    for (kind, list) in lists.as_object().unwrap() {
        for entry in list.as_array().unwrap() {
            let id = entry["id"].as_str().unwrap();
            assert!(words.contains(id), "{kind}: {id}");
            assert!(entry["summary"].as_str().unwrap().ends_with('.'), "{id}");
            for param in entry["params"].as_array().unwrap() {
                assert!(
                    param["help"].as_str().unwrap().ends_with('.'),
                    "{id}: {param}"
                );
                if param["kind"] == "number" {
                    // Optional numbers have no default.
                    let default = &param["default"];
                    assert!(
                        (default.is_number() || default.is_null()) && param["valid"].is_object(),
                        "{id}: {param}"
                    );
                    assert!(
                        param["slider"]["low"].as_f64() < param["slider"]["high"].as_f64(),
                        "{id}: {param}"
                    );
                }
            }
            // `show` prints the formula, the settings, and the inner state of every entry.
            let shown = folder.done(&["show", id]);
            // Figures have no formula.
            let formula = entry["formula"].as_str().unwrap().lines().next();
            assert!(shown.contains(formula.unwrap_or_default()), "{shown}");
            for part in ["params", "channels"] {
                for named in entry[part].as_array().unwrap() {
                    assert!(shown.contains(named["name"].as_str().unwrap()), "{shown}");
                }
            }
            entries += 1;
        }
    }
    assert!(entries >= 7, "{entries}");
    let optimizers: Value =
        serde_json::from_str(&folder.done(&["list", "optimizers", "--json"])).unwrap();
    assert_eq!(optimizers.as_object().unwrap().len(), 1);
}

#[test]
fn show_names_the_paper_and_the_range() {
    let folder = TestFolder::new();
    // The paragraphs after the formula describe the differences from other libraries.
    let lamb = folder.done(&["show", "lamb"]);
    assert!(
        lamb.contains("its form is `bias_correction=rate,norm_limit=10,"),
        "{lamb}"
    );
    let shown = folder.done(&["show", "rprop"]);
    for words in [
        "M. Riedmiller, H. Braun",
        "1993",
        "doi.org",
        "initial_step",
        "0.1",
        "a number above 1",
    ] {
        assert!(shown.contains(words), "no {words} in\n{shown}");
    }
}

#[test]
fn completions_know_the_commands() {
    let folder = TestFolder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.done(&["completions", shell]);
        assert!(
            script.contains("article") && script.contains("epochs"),
            "{shell}"
        );
    }
}

#[test]
fn the_help_has_examples_and_the_default_epochs() {
    let folder = TestFolder::new();
    assert!(
        folder
            .done(&["--help"])
            .contains("thalweg train --on article")
    );
    for command in ["article", "train", "list", "show", "completions"] {
        let help = folder.done(&[command, "--help"]);
        assert!(help.contains("Example"), "{help}");
        assert!(
            !help.contains('\u{1b}'),
            "the output of a pipe contains colors"
        );
    }
    let help = folder.done(&["train", "--help"]);
    assert!(help.contains("[default: 100000]"), "{help}");
}

#[test]
fn entries_are_found_by_their_names_in_other_libraries() {
    let folder = TestFolder::new();
    for name in ["Rprop", "torch.Rprop", "torch.optim.Rprop"] {
        let shown = folder.done(&["show", name]);
        assert!(
            shown.starts_with("iRPROP- (irprop-minus), optimizer"),
            "{shown}"
        );
        assert!(shown.contains("In PyTorch: torch.optim.Rprop\n"), "{shown}");
        let rows = shown
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>());
        let mut rows = rows.filter(|row| *row == ["initial_step", "lr", "0.01"]);
        assert!(rows.next().is_some(), "{shown}");
    }
    let output = folder.run(&["show", "torch.Foo"]);
    assert_eq!(output.status, 2, "{}", output.err);
    assert!(
        output.err.contains("torch.optim.Adam") && !output.err.contains("rosenbrock"),
        "{}",
        output.err
    );
    assert!(
        folder
            .done(&["show", "sgd"])
            .starts_with("Gradient Descent (")
    );
    assert!(
        folder
            .done(&["show", "optax.amsgrad"])
            .starts_with("AMSGrad (amsgrad)")
    );
    // An id precedes the name in another library.
    assert!(folder.done(&["show", "rprop"]).starts_with("RPROP (rprop)"));
    for (with, help) in [
        (
            "sgd",
            "did you mean `gradient-descent` or `momentum` or `nesterov`?",
        ),
        ("Rprop", "did you mean `irprop-minus`?"),
        ("adam:lr=0.1", "did you mean `learning_rate`?"),
        ("adam:betas=0.9", "did you mean `beta1` or `beta2`?"),
        ("lbfgs:history_size=3", "did you mean `memory`?"),
    ] {
        folder.refused(&["train", "--on", "article", "--with", with], &[help]);
    }
    folder.refused(
        &["train", "--on", "x^2+y^2", "--with", "rprop"],
        &[
            "`x^2+y^2` is a formula, not a problem",
            "did you mean `formula:x^2+y^2`?",
        ],
    );
    folder.refused(
        &["train", "--on", "iris", "--with", "rprop"],
        &["`iris` is a data set, not a problem", "did you mean `"],
    );
}
