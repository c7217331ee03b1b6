//! Files that cannot be read, and places that cannot be written to: exit status 2, a message that names the thing, what was given and
//! what is allowed, and nothing written.

mod common;
use common::TestFolder;

fn train<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["train", "--on", "article"], more].concat()
}

#[test]
fn data_must_be_a_table_of_numbers_with_two_classes() {
    let place = TestFolder::new();
    let files: [(&str, &[u8], &[&str]); 11] = [
        ("empty.csv", b"", &["empty.csv: the file is empty"]),
        ("header.csv", b"a,b,y\n", &["no row of data"]),
        (
            "ragged.csv",
            b"a,b,y\n1,2,0\n1,1\n",
            &["ragged.csv, line 3", "2 cells where the header has 3"],
        ),
        (
            "word.csv",
            b"a,b,y\n1,2,0\n1,two,1\n",
            &["word.csv, line 3, column 2", "`two` is no finite number"],
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
            "bare.csv",
            b"1,2,0\n3,4,1\n",
            &["bare.csv, line 1, column 1", "must name the columns"],
        ),
        (
            "latin.csv",
            b"a,b,y\n1,2,0\n1,\xe9,1\n",
            &["latin.csv, line 3", "no UTF-8"],
        ),
        ("single.csv", b"y\n1\n0\n", &["one column is no data set"]),
        (
            "one.csv",
            b"a,b,y\n1,2,1\n3,4,1\n",
            &["every target in `y` is 1", "one class only"],
        ),
        (
            "far.csv",
            b"a,b,y\n1,2,1\n3,4,3\n",
            &["far.csv, line 3, column 3", "not between 0 and 1"],
        ),
    ];
    for (name, content, words) in files {
        place.write(name, content);
        place.refused(
            &["train", "--on", name, "--with", "rprop", "--out", "r"],
            words,
        );
    }
}

#[test]
fn data_must_be_there_and_have_the_columns_that_are_named() {
    let place = TestFolder::new();
    place.refused(
        &["train", "--on", "missing.csv", "--with", "rprop"],
        &["could not read the data file missing.csv"],
    );
    place.refused(
        &["train", "--on", "csv", "--with", "rprop"],
        &["`path` is missing", "file name"],
    );
    place.write("wide.csv", "a,b,c,y\n1,2,3,1\n3,4,5,0\n");
    place.refused(
        &[
            "train", "--on", "wide.csv", "--with", "rprop", "--out", "r", "--window", "0,1,0,1",
        ],
        &["--window is for a map, and the problem has 3 weights"],
    );
    place.write("data.txt", "a,y\n1,1\n3,0\n");
    place.refused(
        &["train", "--on", "data.txt", "--with", "rprop"],
        &[
            "no problem `data.txt`, but a file",
            "--on csv:path=data.txt",
        ],
    );
    place.write("good.csv", "a,b,y\n1,2,1\n3,4,0\n");
    place.refused(
        &[
            "train",
            "--on",
            "csv:path=good.csv,target=z",
            "--with",
            "rprop",
        ],
        &["no column `z`", "a, b, y"],
    );
    place.refused(
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
fn a_place_that_cannot_be_written_to_is_said_before_any_work() {
    let place = TestFolder::new();
    place.write("file", "already here");
    place.refused(
        &["article", "--out", "file"],
        &["--out file is a file, not a folder"],
    );
    place.refused(
        &["article", "--out", "file/below"],
        &["cannot write to --out file/below"],
    );
    place.refused(
        &train(&["--with", "rprop", "--out", "file"]),
        &["is a file, not a folder"],
    );
    place.refused(
        &train(&["--with", "rprop", "--trace", "."]),
        &["is a folder, not a file"],
    );
    place.refused(
        &train(&["--with", "rprop", "--trace", "nowhere/t.csv"]),
        &["cannot write to nowhere/t.csv"],
    );
    place.refused(
        &train(&["--with", "rprop", "--with", "momentum", "--trace", "t.csv"]),
        &["holds one run, and there are 2 optimizers", "--out DIR"],
    );
    let said = place.run(&train(&["--with", "rprop", "--trace", "nowhere/t.csv"]));
    assert!(!said.err.contains(".thalweg-"), "{}", said.err);
    assert_eq!(place.read("file"), "already here");
}

/// Moving a finished file over it would take it away from everyone who uses it.
#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_never_replaced() {
    use std::os::unix::{fs::FileTypeExt as _, fs::symlink, net::UnixListener};
    let place = TestFolder::new();
    let _socket = UnixListener::bind(place.path("socket")).unwrap();
    symlink("socket", place.path("link")).unwrap();
    for name in ["socket", "link"] {
        let said = place.run(&train(&["--with", "rprop", "--trace", name]));
        assert_eq!(said.status, 2, "{name}: {}", said.err);
        for words in ["socket is no ordinary file", "give the name of a file"] {
            assert!(said.err.contains(words), "{}", said.err);
        }
    }
    let kind = |name| place.path(name).symlink_metadata().unwrap().file_type();
    assert!(kind("socket").is_socket());
    assert!(kind("link").is_symlink());
}

#[test]
fn a_wrong_data_file_is_not_shown_as_a_wrong_pick() {
    let place = TestFolder::new();
    place.write("d.csv", "a,b,y\n1,x,0\n");
    let said = place.run(&["train", "--on", "d.csv", "--with", "rprop"]);
    assert_eq!(
        said.err,
        "error: d.csv, line 2, column 2: `x` is no finite number\n"
    );
}
