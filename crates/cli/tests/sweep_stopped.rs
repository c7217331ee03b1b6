//! Interrupted sweeps, which `--resume` continues to the same bytes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::{ProgramOutput, TestFolder, read_output};
use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
};
use thalweg::random::Random;

/// A sweep of some hundred rows that takes a second or two, with vectorized and single runs.
const LONG: &str = r#"
on = "article"
with = ["gradient-descent:search=golden-section", "momentum", "rprop"]
starts = { random = 60 }
target = "none"
epochs = 3000
[over]
learning_rate = "1e-3..1:log:4"
"#;
/// A sweep with one immediate row and one endless run, whose steps are too small. Because of the noise, it never converges.
const ENDLESS: &str = r#"
on = "article"
with = ["momentum"]
epochs = 1000000000000000
gradient_noise = 1e-9
[over]
learning_rate = [0.3, 1e-300]
"#;
const RESUME: [&str; 5] = ["sweep", "s.toml", "-o", "t.csv", "--resume"];

fn start(folder: &TestFolder, args: &[&str]) -> Child {
    let mut command = folder.command();
    command
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Returns the size of the unfinished table, or 0 if it does not exist.
fn size(folder: &TestFolder) -> u64 {
    fs::metadata(folder.path("t.csv.partial")).map_or(0, |m| m.len())
}

/// Waits until the unfinished table has `bytes` bytes. Returns false if the process ends before.
fn wait_for(folder: &TestFolder, child: &mut Child, bytes: u64) -> bool {
    while size(folder) < bytes {
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

fn end(child: Child) -> ProgramOutput {
    read_output(&child.wait_with_output().unwrap())
}

/// Returns the bytes of the long sweep without interruption.
fn whole(folder: &TestFolder) -> Vec<u8> {
    folder.write("s.toml", LONG);
    folder.done(&["sweep", "s.toml", "-o", "whole.csv"]);
    fs::read(folder.path("whole.csv")).unwrap()
}

/// Returns the complete rows of an unfinished table without their checks, as in the finished table.
fn without_checks(partial: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for (i, line) in partial.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let check = match i {
            0 => 0,
            1 => ",check\n".len(),
            _ => ",01234567\n".len(),
        };
        if line.ends_with(b"\n") {
            text.extend(&line[..line.len() - check]);
            text.extend((check > 0).then_some(b'\n'));
        }
    }
    text
}

#[test]
fn a_killed_sweep_resumes_to_the_same_bytes() {
    let folder = TestFolder::new();
    let whole = whole(&folder);
    for seed in 0..3 {
        let mut random = Random::from_seed(seed);
        let mut kills = 0;
        // On a busy machine, a sweep may end before the kill.
        for _ in 0..20 {
            let threads = (1 + random.below(2)).to_string();
            let mut child = start(&folder, &[&RESUME[..], &["--threads", &threads]].concat());
            let more = random.below(whole.len() / 4) as u64;
            let size = size(&folder);
            wait_for(&folder, &mut child, size + more);
            // The process cannot handle SIGKILL.
            child.kill().unwrap();
            child.wait().unwrap();
            let Ok(partial) = fs::read(folder.path("t.csv.partial")) else {
                let _ = fs::remove_file(folder.path("t.csv"));
                continue;
            };
            // The system may split a write of many rows between two pages, so only the last row may be incomplete.
            assert!(
                whole.starts_with(&without_checks(&partial)),
                "the unfinished table is not a prefix of the whole table"
            );
            // A power failure may also truncate the last row or append null bytes.
            let cut = partial.len() - random.below(1 + partial.len() / 4);
            let zeros = vec![0; random.below(2) * random.below(5000)];
            folder.write("t.csv.partial", [&partial[..cut], &zeros].concat());
            kills += 1;
            if kills == 4 {
                break;
            }
        }
        assert!(kills > 0, "every sweep ended before the kill");
        folder.done(&RESUME);
        assert!(
            fs::read(folder.path("t.csv")).unwrap() == whole,
            "seed {seed}"
        );
        assert_eq!(size(&folder), 0);
        fs::remove_file(folder.path("t.csv")).unwrap();
    }
}

#[test]
fn ctrl_c_keeps_the_rows_and_prints_the_command_to_continue() {
    let folder = TestFolder::new();
    let whole = whole(&folder);
    let stopped = || {
        let mut child = start(&folder, &RESUME);
        wait_for(&folder, &mut child, whole.len() as u64 / 8).then(|| interrupt(&child));
        let output = end(child);
        // On a busy machine, the sweep may end before the signal.
        if output.status == 0 {
            fs::remove_file(folder.path("t.csv")).unwrap();
        }
        output
    };
    let mut attempts = (0..20).map(|_| stopped());
    let output = attempts.find(|output| output.status != 0).unwrap();
    assert_eq!(output.status, 130, "{}", output.err);
    let words = output.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.starts_with("error: interrupted help: "), "{words}");
    assert!(
        words
            .contains("of 360 runs are saved; to continue: thalweg sweep s.toml -o t.csv --resume"),
        "{words}"
    );
    assert!(!folder.path("t.csv").exists());
    let partial = fs::read(folder.path("t.csv.partial")).unwrap();
    assert!(whole.starts_with(&without_checks(&partial)) && partial.ends_with(b"\n"));
    folder.done(&RESUME);
    assert!(fs::read(folder.path("t.csv")).unwrap() == whole);
}

#[test]
fn two_processes_cannot_write_the_same_table() {
    let folder = TestFolder::new();
    folder.write("s.toml", ENDLESS);
    let mut child = start(&folder, &["sweep", "s.toml", "-o", "t.csv"]);
    let rows = |folder: &TestFolder| {
        let text = fs::read_to_string(folder.path("t.csv.partial")).unwrap_or_default();
        text.lines().count().saturating_sub(2)
    };
    while rows(&folder) < 1 {
        assert!(child.try_wait().unwrap().is_none());
        thread::yield_now();
    }
    let before = folder.read("t.csv.partial");
    for more in [&[][..], &["--resume"], &["--overwrite"]] {
        let output = folder.run(&[&["sweep", "s.toml", "-o", "t.csv"], more].concat());
        assert_eq!(output.status, 1, "{}", output.err);
        let words = "could not write t.csv.partial: another process is writing it";
        assert!(output.err.contains(words), "{}", output.err);
    }
    assert_eq!(folder.read("t.csv.partial"), before);
    // Ctrl-C does not wait for an endless run.
    interrupt(&child);
    let output = end(child);
    assert_eq!(output.status, 130);
    assert!(
        output.err.contains("1 of 2 runs are saved"),
        "{}",
        output.err
    );
}

#[test]
fn a_full_disk_is_reported_and_leaves_complete_rows() {
    let folder = TestFolder::new();
    let whole = whole(&folder);
    // A limit on the size of files simulates a full disk. The shell ignores the signal that would end the program.
    let script = format!(
        "trap '' XFSZ; ulimit -f 16; exec '{}' sweep s.toml -o t.csv",
        env!("CARGO_BIN_EXE_thalweg")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(folder.path(""));
    let full = read_output(&command.output().unwrap());
    assert_eq!(full.status, 1, "{}", full.err);
    let words = full.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("could not write t.csv.partial: File too large"),
        "{words}"
    );
    assert!(
        words.contains("runs are saved; to continue: thalweg sweep s.toml -o t.csv --resume"),
        "{words}"
    );
    let partial = fs::read(folder.path("t.csv.partial")).unwrap();
    assert!(whole.starts_with(&without_checks(&partial)) && partial.ends_with(b"\n"));
    assert!(!folder.path("t.csv").exists());
    folder.done(&RESUME);
    assert!(fs::read(folder.path("t.csv")).unwrap() == whole);
}
