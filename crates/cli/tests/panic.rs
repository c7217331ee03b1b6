//! A panic leaves no temporary file and ends the program with status 1.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::{TestFolder, read_output};
use std::{env, path::PathBuf, process::Command, thread};

/// The environment variables that tell this program to panic: the output file, and the thread.
const OUT: &str = "THALWEG_TEST_OUT";
const THREAD: &str = "THALWEG_TEST_THREAD";

/// Not a test: the process that the test below starts.
#[test]
fn panicking_process() {
    let Some(out) = env::var_os(OUT).map(PathBuf::from) else {
        return;
    };
    thalweg_cli::exit_after_panic();
    thalweg_cli::write_during(&out, || {
        let panics = || panic!("the row {} is missing", 7);
        if env::var_os(THREAD).is_some() {
            let _ = thread::spawn(panics).join();
        } else {
            panics();
        }
    });
    // Without the hook, the process would end here or with another status.
    std::process::exit(3);
}

#[test]
fn a_panic_leaves_no_file_and_asks_for_a_report() {
    for thread in [None, Some("1")] {
        let folder = TestFolder::new();
        folder.write("out.svg", "before");
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["panicking_process", "--exact", "--nocapture"])
            .env(OUT, folder.path("out.svg"))
            .envs(thread.map(|thread| (THREAD, thread)));
        let output = read_output(&command.output().unwrap());
        assert_eq!(output.status, 1, "{}", output.err);
        for words in [
            "the row 7 is missing",
            "panic.rs:",
            "please report this message",
        ] {
            assert!(output.err.contains(words), "{}", output.err);
        }
        assert_eq!(
            folder.files(""),
            [("out.svg".to_owned(), b"before".to_vec())]
        );
    }
}
