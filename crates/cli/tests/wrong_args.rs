//! Arguments that cannot be: exit status 2, a message that names the thing, what was given and
//! what is allowed, and nothing written.

mod common;
use common::TestFolder;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

#[test]
fn numbers_must_be_numbers_and_as_many_as_needed() {
    let place = TestFolder::new();
    let with = |more: &[&'static str]| [&train(&["--with", "rprop"]), more].concat();
    place.refused(
        &with(&["--start", "1"]),
        &["has 1 of 2 weights", "give 2 numbers"],
    );
    place.refused(&with(&["--start", "1,2,3"]), &["has 3 of 2 weights"]);
    place.refused(&with(&["--start", "nan,1"]), &["`nan` is no finite number"]);
    place.refused(&with(&["--start", "1,"]), &["`` is no finite number"]);
    place.refused(
        &with(&["--target", "NaN"]),
        &["`NaN` is no finite number, nor `none`"],
    );
    place.refused(&with(&["--epochs", "-1"]), &["--epochs", "-1"]);
    place.refused(&with(&["--epochs", "many"]), &["--epochs", "many"]);
    place.refused(
        &with(&["--out", "r", "--window", "1,0,0,1"]),
        &["the window 1,0,0,1"],
    );
    for window in ["-1e308,1e308,0,1", "1,1.0000000000000002,0,1"] {
        place.refused(
            &with(&["--out", "r", "--window", window]),
            &["the window", "is"],
        );
    }
    place.refused(
        &train(&["--with", "rprop:min_step=60"]),
        &["`min_step`, 60, is above `max_step`, 50"],
    );
    place.refused(
        &with(&["--out", "r", "--window", "0,1,0"]),
        &["3 numbers, not four"],
    );
    place.refused(&with(&["--window", "0,1,0,1"]), &["--out"]);
}

#[test]
fn epochs_are_a_whole_number() {
    let place = TestFolder::new();
    for given in ["1e-5", "1.5", "18446744073709551616", "-5"] {
        place.refused(
            &train(&["--with", "rprop", "--epochs", given]),
            &[&format!("`{given}` is no whole number from 0 to")],
        );
    }
}

#[test]
fn the_exit_status_tells_where_nobody_hears() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let place = TestFolder::new();
    let mut command = place.command();
    command.args(["train", "--on", "x", "--with", "rprop"]);
    assert_eq!(command.stderr(writer).status().unwrap().code(), Some(2));
}

#[cfg(unix)]
#[test]
fn what_is_no_text_is_named_with_its_option() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let place = TestFolder::new();
    let mut command = place.command();
    command.args(["train", "--with", "rprop", "--on"]);
    let output = command.arg(OsStr::from_bytes(b"\xff.csv")).output();
    let output = output.expect("the program runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains("--on \u{fffd}.csv is no UTF-8 text"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let place = TestFolder::new();
    let mut command = place.command();
    command.arg("--help").stdout(full.expect("a full device"));
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_flag_that_is_a_setting_is_told_its_place() {
    let place = TestFolder::new();
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
        place.refused(&args, &[args[args.len() - 2], hint]);
    }
}
