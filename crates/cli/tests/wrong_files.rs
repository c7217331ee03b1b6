//! Unreadable input files and unwritable outputs: exit status 2, no files, and a message with the mistake, the value, and
//! the allowed values.

mod common;
use common::TestFolder;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

#[test]
fn data_must_be_a_table_with_numeric_features_and_two_classes() {
    let folder = TestFolder::new();
    let files: [(&str, &[u8], &[&str]); 10] = [
        ("empty.csv", b"", &["empty.csv: the file is empty"]),
        ("header.csv", b"a,b,y\n", &["not followed by any row"]),
        (
            "ragged.csv",
            b"a,b,y\n1,2,0\n1,1\n",
            &["ragged.csv, line 3", "cells is 2 instead of 3"],
        ),
        (
            "word.csv",
            b"a,b,y\n1,2,0\n1,two,1\n",
            &[
                "word.csv, line 3, column 2",
                "`two` is not a finite number",
                "--on 'csv:path=word.csv,features=a'",
            ],
        ),
        (
            "nan.csv",
            b"a,b,y\r\n\r\n1,NaN,0\r\n",
            &["nan.csv, line 3, column 2", "`NaN`"],
        ),
        (
            "gap.csv",
            b"a,b,y\n1,,0\n",
            &["gap.csv, line 2, column 2", "the cell is empty"],
        ),
        (
            "latin.csv",
            b"a,b,y\n1,2,0\n1,\xe9,1\n",
            &["latin.csv, line 3", "not UTF-8"],
        ),
        ("single.csv", b"y\n1\n0\n", &["there is only one column"]),
        (
            "one.csv",
            b"a,b,y\n1,2,1\n3,4,1\n",
            &["every target in column `y` is 1", "different values"],
        ),
        (
            "far.csv",
            b"a,b,y\n1,2,1\n3,4,3\n",
            &[
                "far.csv, line 3, column 3",
                "not between 0 and 1",
                "class=3",
            ],
        ),
    ];
    for (name, content, words) in files {
        folder.write(name, content);
        folder.refused(
            &["train", "--on", name, "--with", "rprop", "--out", "r"],
            words,
        );
    }
}

#[test]
fn data_files_must_exist_and_contain_the_named_columns() {
    let folder = TestFolder::new();
    folder.refused(
        &["train", "--on", "missing.csv", "--with", "rprop"],
        &["could not read the data file missing.csv"],
    );
    folder.refused(
        &["train", "--on", "csv", "--with", "rprop"],
        &["`path` is missing", "file name"],
    );
    folder.write("narrow.csv", "a,y\n1,1\n3,0\n");
    folder.refused(
        &[
            "train",
            "--on",
            "narrow.csv",
            "--with",
            "rprop",
            "--out",
            "r",
            "--window",
            "0,1,0,1",
        ],
        &["--window needs a map of two weights, but the problem has 1"],
    );
    folder.write("data.txt", "a,y\n1,1\n3,0\n");
    folder.refused(
        &["train", "--on", "data.txt", "--with", "rprop"],
        &[
            "`data.txt` is a file, not a problem",
            "--on csv:path=data.txt",
        ],
    );
    folder.write("good.csv", "a,b,y\n1,2,1\n3,4,0\n");
    folder.refused(
        &[
            "train",
            "--on",
            "csv:path=good.csv,target=z",
            "--with",
            "rprop",
        ],
        &["no column `z`", "a, b, y"],
    );
    folder.refused(
        &[
            "train",
            "--on",
            "csv:path=good.csv,activation=sigmoit",
            "--with",
            "rprop",
        ],
        &[
            "`activation` cannot be `sigmoit`",
            "sigmoid, tanh, relu, softplus, linear",
            "did you mean `sigmoid`?",
        ],
    );
}

#[test]
fn advice_for_a_file_says_what_to_do_or_is_a_pick_that_can_be_used() {
    let folder = TestFolder::new();
    for (name, content, words) in [
        (
            "d.csv.gz",
            &b"\x1f\x8b\x08rest"[..],
            "d.csv.gz: this is gzip-compressed, but a text file is required; decompress it first",
        ),
        (
            "d.xlsx",
            b"PK\x03\x04rest",
            "an Excel workbook, but a text file is required",
        ),
        (
            "d.parquet",
            b"PAR1",
            "a Parquet file, but a text file is required",
        ),
        (
            "d.json",
            b"[{\"a\": 1}]",
            "d.json: this is JSON; write the table as CSV",
        ),
        (
            "a,b=c.txt",
            b"a,y\n1,1\n3,0\n",
            "write --on 'csv:path=\"a,b=c.txt\"'",
        ),
        (
            "d.tsv",
            b"a\tb\ty\n1\tx\t1\n3\ty\t0\n",
            "write --on 'csv:path=d.tsv,features=a'",
        ),
    ] {
        std::fs::write(folder.path(name), content).unwrap();
        folder.refused(&["train", "--on", name, "--with", "rprop"], &[words]);
    }
}

#[test]
fn unwritable_outputs_are_rejected_before_any_work() {
    let folder = TestFolder::new();
    folder.write("file", "already here");
    folder.refused(
        &["article", "--out", "file"],
        &["--out file is a file, not a folder"],
    );
    folder.refused(
        &["article", "--out", "file/below"],
        &["cannot write to --out file/below"],
    );
    folder.refused(
        &train(&["--with", "rprop", "--out", "file"]),
        &["is a file, not a folder"],
    );
    folder.refused(
        &train(&["--with", "rprop", "--trace", "."]),
        &["is a folder, not a file"],
    );
    folder.refused(
        &train(&["--with", "rprop", "--trace", "nowhere/t.csv"]),
        &["cannot write to nowhere/t.csv"],
    );
    folder.refused(
        &train(&["--with", "rprop", "--with", "momentum", "--trace", "t.csv"]),
        &["contains one run, but there are 2 optimizers", "--out DIR"],
    );
    let output = folder.run(&train(&["--with", "rprop", "--trace", "nowhere/t.csv"]));
    assert!(!output.err.contains(".thalweg-"), "{}", output.err);
    assert_eq!(folder.read("file"), "already here");
}

/// Renaming a finished file to the path of a socket would remove the socket.
#[cfg(unix)]
#[test]
fn special_files_are_never_replaced() {
    use std::os::unix::{fs::FileTypeExt as _, fs::symlink, net::UnixListener};
    let folder = TestFolder::new();
    let _socket = UnixListener::bind(folder.path("socket")).unwrap();
    symlink("socket", folder.path("link")).unwrap();
    for name in ["socket", "link"] {
        let output = folder.run(&train(&["--with", "rprop", "--trace", name]));
        assert_eq!(output.status, 2, "{name}: {}", output.err);
        for words in ["socket is not a regular file", "give the path of a file"] {
            assert!(output.err.contains(words), "{}", output.err);
        }
    }
    let kind = |name| folder.path(name).symlink_metadata().unwrap().file_type();
    assert!(kind("socket").is_socket());
    assert!(kind("link").is_symlink());
}

#[test]
fn a_mistake_in_a_data_file_is_not_underlined_in_the_pick() {
    let folder = TestFolder::new();
    folder.write("d.csv", "a,b,y\n1,x,0\n2,x,1\n");
    let output = folder.run(&["train", "--on", "d.csv", "--with", "rprop"]);
    assert_eq!(
        output.err,
        "error: d.csv, line 2, column 2: `x` is not a finite number (column `b`); words are only allowed in the target \
         column\n  help: to use only columns of numbers, write --on 'csv:path=d.csv,features=a'\n"
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    let folder = TestFolder::new();
    for args in [
        train(&["--with", "recorded:path=/dev/zero"]),
        vec!["train", "--on", "csv:path=/dev/zero", "--with", "rprop"],
    ] {
        folder.refused(&args, &["/dev/zero: it is a device", "give a file"]);
    }
}

#[test]
fn a_file_that_is_not_text_is_named() {
    let folder = TestFolder::new();
    folder.write("run.csv", b"\x1f\x8b\x08\x00\x00");
    folder.write("data.csv", b"\xff\xfea\x00,\x00b\x00\n\x00");
    folder.write("state.csv", b"\x80\x04\x95\x0a\x00\x00.");
    for (file, words) in [
        (
            "run.csv",
            "this is gzip-compressed, but a text file is required; decompress it first",
        ),
        (
            "data.csv",
            "this is UTF-16 text, but a text file is required; save it as UTF-8",
        ),
        ("state.csv", "this is a Python pickle"),
    ] {
        let with = format!("recorded:path={file}");
        folder.refused(&train(&["--with", &with]), &[words]);
        folder.refused(&["train", "--on", file, "--with", "rprop"], &[words]);
    }
}

#[test]
fn messages_contain_no_control_characters_and_no_long_arguments() {
    let folder = TestFolder::new();
    let long = "x".repeat(100_000);
    for given in ["\u{1b}[31mred\u{7}", "a\rb", "\u{202e}abc", &long] {
        for args in [
            vec!["train", "--on", given, "--with", "rprop"],
            train(&["--with", given]),
            train(&["--with", &format!("adam:{given}=1")]),
            train(&["--with", &format!("adam:learning_rate={given}")]),
            train(&["--with", &format!("recorded:path={given}.csv")]),
            train(&["--with", "rprop", "--epochs", given]),
            train(&["--with", "rprop", "--target", given]),
            vec!["draw", given],
            vec!["show", given],
            vec![given],
        ] {
            let output = folder.run(&args);
            assert_eq!(output.status, 2, "{}", output.err);
            let hidden = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
            assert!(!output.err.contains(hidden), "{:?}", output.err);
            assert!(output.err.len() < 4000, "{} bytes", output.err.len());
        }
    }
}
