//! Invalid arguments: exit status 2, no files, and a message with the mistake, the value, and the allowed values.

mod common;
use common::TestFolder;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

#[test]
fn invalid_numbers_are_rejected() {
    let folder = TestFolder::new();
    let with = |more: &[&'static str]| [&train(&["--with", "rprop"]), more].concat();
    folder.refused(
        &with(&["--start", "1"]),
        &[
            "must have one number per weight: 2, not 1",
            "give 2 numbers",
        ],
    );
    folder.refused(
        &with(&["--start", "1,2,3"]),
        &["must have one number per weight: 2, not 3"],
    );
    folder.refused(
        &with(&["--start", "nan,1"]),
        &["`nan` is not a finite number"],
    );
    folder.refused(&with(&["--start", "1,"]), &["`` is not a finite number"]);
    folder.refused(
        &with(&["--target", "NaN"]),
        &["`NaN` is not a finite number"],
    );
    folder.refused(&with(&["--epochs", "-1"]), &["--epochs", "-1"]);
    folder.refused(&with(&["--epochs", "many"]), &["--epochs", "many"]);
    folder.refused(
        &with(&["--out", "r", "--window", "1,0,0,1"]),
        &["the window 1,0,0,1"],
    );
    for window in ["-1e308,1e308,0,1", "1,1.0000000000000002,0,1"] {
        folder.refused(
            &with(&["--out", "r", "--window", window]),
            &["the window", "is"],
        );
    }
    folder.refused(
        &train(&["--with", "rprop:min_step=60"]),
        &["`min_step` is 60, which exceeds `max_step`, 50"],
    );
    folder.refused(
        &with(&["--out", "r", "--window", "0,1,0"]),
        &["four numbers, not 3"],
    );
    folder.refused(&with(&["--window", "0,1,0,1"]), &["--out"]);
}

#[test]
fn no_negative_number_is_suggested_where_none_is_allowed() {
    let folder = TestFolder::new();
    let draw = "draw contour --with rprop -o a.png";
    let animate = "animate --with rprop -o a.gif";
    for (command, option) in [
        (draw, "--scale"),
        (draw, "--tolerance"),
        (draw, "--gradient-noise"),
        (animate, "--fps"),
        (animate, "--duration"),
        (animate, "--pause-start"),
    ] {
        let words: Vec<&str> = command.split(' ').chain([option, "nan"]).collect();
        folder.refused(&words, &[option, "give a number such as 1.5"]);
    }
}

#[test]
fn epochs_are_a_whole_number() {
    let folder = TestFolder::new();
    for given in ["1e-5", "1.5", "18446744073709551616", "-5"] {
        folder.refused(
            &train(&["--with", "rprop", "--epochs", given]),
            &[&format!(
                "`{given}` is not allowed: give a whole number from 0 to"
            )],
        );
    }
}

#[test]
fn the_exit_status_does_not_depend_on_standard_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let folder = TestFolder::new();
    let mut command = folder.command();
    command.args(["train", "--on", "x", "--with", "rprop"]);
    assert_eq!(command.stderr(writer).status().unwrap().code(), Some(2));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_reported_with_its_option() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let folder = TestFolder::new();
    for (words, message) in [
        (
            "train --with rprop --on",
            "`--on \u{fffd}.csv` is not valid UTF-8",
        ),
        (
            "draw loss -o a.svg --log",
            "the log \u{fffd}.csv is not valid UTF-8",
        ),
    ] {
        let mut command = folder.command();
        command.args(words.split(' '));
        let output = command.arg(OsStr::from_bytes(b"\xff.csv")).output();
        let output = output.expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(err.contains(message), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_failed_write_of_the_help_is_a_failure() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let folder = TestFolder::new();
    let mut command = folder.command();
    command.arg("--help").stdout(full.expect("a full device"));
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_setting_given_as_a_flag_is_explained() {
    let folder = TestFolder::new();
    for (args, hint) in [
        (
            train(&["--learning-rate", "3"]),
            "as in --with gradient-descent:learning_rate=",
        ),
        (
            vec!["draw", "surface", "--azimuth", "3"],
            "as in surface:azimuth=",
        ),
        (train(&["--bracket", "3"]), "unexpected argument"),
    ] {
        folder.refused(&args, &[args[args.len() - 2], hint]);
    }
}
