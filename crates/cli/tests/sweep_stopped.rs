//! Sweeps that are stopped on their way, and go on as if nothing had happened.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::{Said, TestFolder, said};
use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
};
use thalweg::random::Random;

/// Some hundred rows over a second or two, of both kinds of run: side by side and one by one.
const LONG: &str = r#"
on = "article"
with = ["gradient-descent:search=golden-section", "momentum", "rprop"]
starts = { random = 60 }
target = "none"
epochs = 3000
[over]
learning_rate = "1e-3..1:log:4"
"#;
/// One row at once, then a run without an end: its steps are too small.
const ENDLESS: &str = r#"
on = "article"
with = ["momentum"]
epochs = 1000000000000000
[over]
learning_rate = [0.3, 1e-300]
"#;
const RESUME: [&str; 5] = ["sweep", "s.toml", "-o", "t.csv", "--resume"];

fn start(place: &TestFolder, args: &[&str]) -> Child {
    let mut command = place.command();
    command
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Size of the unfinished table; 0 where there is none.
fn size(place: &TestFolder) -> u64 {
    fs::metadata(place.path("t.csv.partial")).map_or(0, |m| m.len())
}

/// Waits until the unfinished table has so many bytes; false if the process ends before.
fn wait_for(place: &TestFolder, child: &mut Child, bytes: u64) -> bool {
    while size(place) < bytes {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        thread::yield_now();
    }
    true
}

fn interrupt(child: &Child) {
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
}

fn end(child: Child) -> Said {
    said(&child.wait_with_output().unwrap())
}

/// The bytes of the long sweep that nobody stops.
fn whole(place: &TestFolder) -> Vec<u8> {
    place.write("s.toml", LONG);
    place.done(&["sweep", "s.toml", "-o", "whole.csv"]);
    fs::read(place.path("whole.csv")).unwrap()
}

#[test]
fn a_killed_sweep_goes_on_to_the_same_bytes() {
    let place = TestFolder::new();
    let whole = whole(&place);
    for seed in 0..3 {
        let mut random = Random::from_seed(seed);
        let mut kills = 0;
        // A machine that is busy elsewhere may let a sweep come to its end before the kill.
        for _ in 0..20 {
            let threads = (1 + random.below(2)).to_string();
            let mut child = start(&place, &[&RESUME[..], &["--threads", &threads]].concat());
            let more = random.below(whole.len() / 4) as u64;
            let size = size(&place);
            wait_for(&place, &mut child, size + more);
            // SIGKILL: the process cannot do anything about it.
            child.kill().unwrap();
            child.wait().unwrap();
            let Ok(partial) = fs::read(place.path("t.csv.partial")) else {
                let _ = fs::remove_file(place.path("t.csv"));
                continue;
            };
            // The system may end a write of many rows between two pages: the last row may be torn, nothing else.
            assert!(
                whole.starts_with(&partial),
                "what is there is the beginning of the whole"
            );
            // A machine that loses its power may do worse: the last row is torn, or zeros follow.
            let cut = partial.len() - random.below(1 + partial.len() / 4);
            let zeros = vec![0; random.below(2) * random.below(5000)];
            place.write("t.csv.partial", [&partial[..cut], &zeros].concat());
            kills += 1;
            if kills == 4 {
                break;
            }
        }
        assert!(kills > 0, "no kill came in time");
        place.done(&RESUME);
        assert!(
            fs::read(place.path("t.csv")).unwrap() == whole,
            "seed {seed}"
        );
        assert_eq!(size(&place), 0);
        fs::remove_file(place.path("t.csv")).unwrap();
    }
}

#[test]
fn ctrl_c_keeps_the_rows_and_says_how_to_go_on() {
    let place = TestFolder::new();
    let whole = whole(&place);
    let stopped = || {
        let mut child = start(&place, &RESUME);
        wait_for(&place, &mut child, whole.len() as u64 / 8).then(|| interrupt(&child));
        let said = end(child);
        // A machine that is busy elsewhere may let the sweep come to its end before.
        if said.status == 0 {
            fs::remove_file(place.path("t.csv")).unwrap();
        }
        said
    };
    let mut attempts = (0..20).map(|_| stopped());
    let said = attempts.find(|said| said.status != 0).unwrap();
    assert_eq!(said.status, 130, "{}", said.err);
    let words = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.starts_with("error: interrupted help: "), "{words}");
    assert!(
        words.contains("of 360 runs are kept; to go on: thalweg sweep s.toml -o t.csv --resume"),
        "{words}"
    );
    assert!(!place.path("t.csv").exists());
    let partial = fs::read(place.path("t.csv.partial")).unwrap();
    assert!(whole.starts_with(&partial) && partial.ends_with(b"\n"));
    place.done(&RESUME);
    assert!(fs::read(place.path("t.csv")).unwrap() == whole);
}

#[test]
fn two_processes_do_not_write_one_table() {
    let place = TestFolder::new();
    place.write("s.toml", ENDLESS);
    let mut child = start(&place, &["sweep", "s.toml", "-o", "t.csv"]);
    let rows = |place: &TestFolder| {
        let text = fs::read_to_string(place.path("t.csv.partial")).unwrap_or_default();
        text.lines().count().saturating_sub(2)
    };
    while rows(&place) < 1 {
        assert!(child.try_wait().unwrap().is_none());
        thread::yield_now();
    }
    let before = place.read("t.csv.partial");
    for more in [&[][..], &["--resume"], &["--overwrite"]] {
        let said = place.run(&[&["sweep", "s.toml", "-o", "t.csv"], more].concat());
        assert_eq!(said.status, 1, "{}", said.err);
        let words = "could not write t.csv.partial: another process is writing it";
        assert!(said.err.contains(words), "{}", said.err);
    }
    assert_eq!(place.read("t.csv.partial"), before);
    // Ctrl-C does not wait for a run that takes for ever.
    interrupt(&child);
    let said = end(child);
    assert_eq!(said.status, 130);
    assert!(said.err.contains("1 of 2 runs are kept"), "{}", said.err);
}

#[test]
fn a_full_disk_is_named_and_leaves_whole_rows() {
    let place = TestFolder::new();
    let whole = whole(&place);
    // A limit on the size of files stands for the end of the disk; the shell keeps its signal from the program.
    let script = format!(
        "trap '' XFSZ; ulimit -f 16; exec '{}' sweep s.toml -o t.csv",
        env!("CARGO_BIN_EXE_thalweg")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(place.path(""));
    let full = said(&command.output().unwrap());
    assert_eq!(full.status, 1, "{}", full.err);
    let words = full.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("could not write t.csv.partial: File too large"),
        "{words}"
    );
    assert!(
        words.contains("runs are kept; to go on: thalweg sweep s.toml -o t.csv --resume"),
        "{words}"
    );
    let partial = fs::read(place.path("t.csv.partial")).unwrap();
    assert!(whole.starts_with(&partial) && partial.ends_with(b"\n"));
    assert!(!place.path("t.csv").exists());
    place.done(&RESUME);
    assert!(fs::read(place.path("t.csv")).unwrap() == whole);
}
