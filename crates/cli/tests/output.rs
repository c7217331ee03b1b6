//! Output files: permissions, links, and temporary files of killed processes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::{TestFolder, read_output};
use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{PermissionsExt as _, symlink},
        process::ExitStatusExt as _,
    },
    process::{Child, Command, Stdio},
    thread,
};

const DRAW: [&str; 8] = [
    "draw", "contour", "--with", "rprop", "--epochs", "2", "-o", "a.svg",
];
const SWEEP: &str = "on = ['article']\nwith = ['rprop']\nseeds = [1, 2]\nepochs = 3\n";
/// An animation whose frames take minutes.
const LONG: [&str; 11] = [
    "animate",
    "--with",
    "rprop",
    "--epochs",
    "900",
    "--target",
    "none",
    "--duration",
    "600",
    "-o",
    "long.gif",
];

fn mode(folder: &TestFolder, name: &str) -> u32 {
    fs::metadata(folder.path(name))
        .unwrap()
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn an_overwritten_file_keeps_its_permissions() {
    let folder = TestFolder::new();
    folder.write("s.toml", SWEEP);
    let trace = [
        "train", "--with", "rprop", "--epochs", "2", "--trace", "t.csv",
    ];
    let shard = [
        "sweep",
        "s.toml",
        "--overwrite",
        "-o",
        "shard.csv",
        "--shard",
        "1/2",
    ];
    for (name, args) in [
        ("a.svg", &DRAW[..]),
        ("t.csv", &trace),
        ("s.csv", &["sweep", "s.toml", "--overwrite"]),
        ("shard.csv", &shard),
    ] {
        for permissions in [0o600, 0o640, 0o444] {
            folder.write(name, "before");
            fs::set_permissions(folder.path(name), Permissions::from_mode(permissions)).unwrap();
            folder.done(args);
            assert_eq!(mode(&folder, name), permissions, "{name}");
            assert_ne!(folder.read(name), "before");
            fs::remove_file(folder.path(name)).unwrap();
        }
    }
}

#[test]
fn a_symbolic_link_stays_and_its_target_is_written() {
    let folder = TestFolder::new();
    fs::create_dir(folder.path("inside")).unwrap();
    folder.write("inside/old.svg", "before");
    for target in ["inside/old.svg", "inside/new.svg"] {
        symlink("second.svg", folder.path("a.svg")).unwrap();
        symlink(target, folder.path("second.svg")).unwrap();
        folder.done(&DRAW);
        assert!(folder.read(target).ends_with("</svg>\n"));
        for link in ["a.svg", "second.svg"] {
            assert!(folder.path(link).is_symlink());
            fs::remove_file(folder.path(link)).unwrap();
        }
    }
    symlink("a.svg", folder.path("a.svg")).unwrap();
    let output = folder.run(&DRAW);
    assert_eq!(output.status, 2, "{}", output.err);
    assert!(output.err.contains("symbolic links"), "{}", output.err);
}

/// Starts the long animation and waits until it has a temporary file.
fn start(folder: &TestFolder) -> Child {
    let mut command = folder.command();
    command
        .args(LONG)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    while temporary(folder).is_empty() {
        assert!(child.try_wait().unwrap().is_none());
        thread::yield_now();
    }
    child
}

fn temporary(folder: &TestFolder) -> Vec<String> {
    let names = folder.files("").into_iter().map(|(name, _)| name);
    names.filter(|name| name.starts_with(".thalweg-")).collect()
}

#[test]
fn a_signal_ends_the_program_without_temporary_files() {
    for (signal, status) in [("-TERM", 143), ("-INT", 130), ("-HUP", 129)] {
        let folder = TestFolder::new();
        let child = start(&folder);
        let killed = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        let output = read_output(&child.wait_with_output().unwrap());
        assert_eq!(output.status, status, "{}", output.err);
        assert!(folder.files("").is_empty(), "{signal}");
    }
}

#[test]
fn the_next_run_deletes_the_temporary_files_of_a_killed_one() {
    let folder = TestFolder::new();
    let mut living = start(&folder);
    let of_living = temporary(&folder);
    let mut killed = folder.command();
    let mut killed = killed.args(LONG).stderr(Stdio::null()).spawn().unwrap();
    while temporary(&folder).len() < 2 {
        assert!(killed.try_wait().unwrap().is_none());
        thread::yield_now();
    }
    killed.kill().unwrap();
    assert_eq!(killed.wait().unwrap().signal(), Some(9));
    assert_eq!(temporary(&folder).len(), 2);
    folder.done(&DRAW);
    // The file of the process that is still running remains.
    assert_eq!(temporary(&folder), of_living);
    living.kill().unwrap();
    living.wait().unwrap();
}

#[test]
fn an_output_never_replaces_an_input() {
    let folder = TestFolder::new();
    let picture = include_bytes!("../../core/tests/pictures/plain.png");
    folder.write("hill.png", picture);
    let data = "a,b,y\n0,1,0\n1,0,1\n1,1,1\n";
    fs::create_dir(folder.path("ob")).unwrap();
    for name in ["d.csv", "rprop.csv", "d.html", "d.py", "ob/results.csv"] {
        folder.write(name, data);
    }
    folder.write("l.csv", "step,loss\n0,2\n1,1\n");
    folder.write("ob/trials.csv", "[[problem]]\non = 'article'\n");
    folder.write(
        "ob.toml",
        "[[problem]]\non = 'ob/results.csv'\ntarget = 1\n",
    );
    symlink("d.csv", folder.path("link.csv")).unwrap();
    let trace = ["train", "--with", "rprop", "--epochs", "3", "--plain"];
    folder.done(&[&trace[..], &["--trace", "rec.csv"]].concat());
    for words in [
        "train --on d.csv --with rprop --trace d.csv",
        "train --on d.csv --with rprop --trace ./d.csv",
        "train --on d.csv --with rprop --trace link.csv",
        "train --on link.csv --with rprop --trace d.csv",
        "train --on rprop.csv --with rprop --out .",
        "train --with recorded:path=rec.csv --trace rec.csv",
        "train --on d.csv --with rprop --tune --trace d.csv",
        "draw contour --on hill.png -o hill.png",
        "draw contour --on d.csv --with rprop -o a.svg --save-data d.csv",
        "draw loss --log l.csv -o a.svg --save-data l.csv",
        "animate --on hill.png --with rprop -o hill.png",
        "map starts --on d.csv --with rprop -o d.csv",
        "map settings --on d.csv --target 1 --with rprop --over max_step=1..9:3 -o d.csv",
        "compare --on d.csv --target 1 --with rprop --with adam -o d.csv",
        "explore --on csv:path=d.html -o d.html",
        "export --on csv:path=d.py --with adam --as torch -o d.py",
        "benchmark ob.toml -o ob",
        "benchmark ob/trials.csv -o ob",
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        folder.refused(&words, &["would replace the input file"]);
    }
    // A picture is not an input of its own recipe.
    folder.done(&DRAW);
    folder.done(&["redraw", "a.svg"]);
}

#[test]
fn a_failed_train_changes_no_files() {
    let folder = TestFolder::new();
    // The last file cannot be written, because a folder has its name.
    fs::create_dir_all(folder.path("old/map.png")).unwrap();
    let train = ["train", "--with", "rprop", "--epochs", "3", "--plain"];
    let train = [&train[..], &["--trace", "t.csv", "--out"]].concat();
    folder.refused(&[&train[..], &["old"]].concat(), &["map.png is a folder"]);
    let mut child = folder.command();
    let endless = ["--epochs", "900000000", "--target", "none"];
    child.args(["train", "--with", "gradient-descent", "--plain"]);
    child
        .args(endless)
        .args(["--trace", "t.csv", "--out", "new/inner"]);
    let mut child = child.stderr(Stdio::null()).spawn().unwrap();
    while temporary(&folder).is_empty() {
        assert!(child.try_wait().unwrap().is_none());
        thread::yield_now();
    }
    let killed = Command::new("kill").arg(child.id().to_string()).status();
    assert!(killed.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert!(folder.files("").is_empty() && !folder.path("new").exists());
}
