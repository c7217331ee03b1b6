//! `thalweg animate`.
#![allow(clippy::unwrap_used, reason = "tests and their helpers may panic")]

mod common;
use common::TestFolder;
use std::{fs, io::Cursor};

fn animate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["animate", "--on", "article"], more].concat()
}

const MOMENTUM: [&str; 2] = ["--with", "momentum:learning_rate=0.3,momentum=0.9"];

/// Returns the width and height, the number of frames, and the sum of the delays in hundredths of a second.
fn gif(bytes: &[u8]) -> ([u16; 2], usize, u64) {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).unwrap();
    let (mut pictures, mut delays) = (0, 0);
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        pictures += 1;
        delays += u64::from(frame.delay);
    }
    ([decoder.width(), decoder.height()], pictures, delays)
}

#[test]
fn the_file_extension_selects_the_format() {
    let folder = TestFolder::new();
    let files = ["-o", "a.gif", "-o", "b.apng", "-o", "c.png"];
    folder.done(&animate(&[&MOMENTUM[..], &files].concat()));
    let a = fs::read(folder.path("a.gif")).unwrap();
    assert_eq!(gif(&a), ([800, 600], 93, 622));
    assert!(a.len() < 400_000, "{}", a.len());
    let [b, c] = ["b.apng", "c.png"].map(|name| fs::read(folder.path(name)).unwrap());
    assert!(b == c);
    let reader = png::Decoder::new(Cursor::new(b)).read_info().unwrap();
    assert_eq!([reader.info().width, reader.info().height], [800, 600]);
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 93);

    folder.done(&animate(&[&MOMENTUM[..], &["-o", "again.gif"]].concat()));
    assert!(
        a == fs::read(folder.path("again.gif")).unwrap(),
        "the same input gives different bytes"
    );
}

#[test]
fn rate_duration_pauses_and_size_can_be_set() {
    let folder = TestFolder::new();
    let timing = [
        "--fps",
        "30",
        "--duration",
        "2",
        "--pause-start",
        "0",
        "--pause-end",
        "0.25",
    ];
    let more = [
        "--size",
        "400x300",
        "--spacing",
        "log",
        "--loops",
        "1",
        "-o",
        "a.gif",
    ];
    folder.done(&animate(&[&MOMENTUM[..], &timing, &more].concat()));
    let bytes = fs::read(folder.path("a.gif")).unwrap();
    assert_eq!(gif(&bytes), ([400, 300], 60, 225));
    let once = !bytes.windows(11).any(|w| w == b"NETSCAPE2.0");
    assert!(once, "the GIF loops");
    folder.done(&animate(
        &[&MOMENTUM[..], &["--epochs", "0", "-o", "still.gif"]].concat(),
    ));
    let bytes = fs::read(folder.path("still.gif")).unwrap();
    assert_eq!(gif(&bytes), ([800, 600], 1, 254));
}

#[test]
fn more_than_two_weights_are_shown_on_a_plane() {
    let folder = TestFolder::new();
    let mlp = [
        "animate",
        "--on",
        "mlp:data=moons",
        "--with",
        "rprop",
        "--epochs",
        "30",
    ];
    folder.done(&[&mlp[..], &["--size", "400x300", "-o", "default.gif"]].concat());
    folder.done(
        &[
            &mlp[..],
            &["--plane", "w1,w2", "--size", "400x300", "-o", "a.gif"],
        ]
        .concat(),
    );
    assert_eq!(gif(&fs::read(folder.path("a.gif")).unwrap()).0, [400, 300]);
}

#[test]
fn invalid_input_is_rejected_before_any_work() {
    let folder = TestFolder::new();
    fs::create_dir(folder.path("folder.gif")).unwrap();
    let cases: [(&[&str], &[&str]); 20] = [
        (&["--fps", "0"], &["frame rate cannot be 0", "above 0"]),
        (&["--fps", "-3"], &["frame rate cannot be -3"]),
        (&["--fps", "x"], &["`x` is not a finite number"]),
        (
            &["--fps", "60"],
            &["--fps 60 is too fast for a GIF", ".apng"],
        ),
        (&["--duration", "0"], &["duration cannot be 0", "above 0"]),
        (
            &["--duration", "1000"],
            &["25063 frames", "the limit is 20000"],
        ),
        (
            &["--pause-start", "-1"],
            &["pause at the start cannot be -1", "give 0 to 60 seconds"],
        ),
        (&["--pause-end", "61"], &["pause at the end cannot be 61"]),
        (&["--size", "800"], &["`800` is not a size", "800x600"]),
        (&["--size", "100x100"], &["100x100 is too small", "240"]),
        (&["--size", "4000x3000"], &["more than 10000000 pixels"]),
        (
            &["--loops", "0"],
            &["`0` is not a number of loops", "65535"],
        ),
        (&["--spacing", "fast"], &["even, arc-length, log"]),
        (&["--view", "side"], &["map, surface"]),
        (
            &["--on", "rosenbrock", "--beside", "data"],
            &["the problem has none"],
        ),
        (&["--start", "1,2,3"], &["2, not 3"]),
        (
            &["-o", "b.svg"],
            &[
                "-o b.svg does not have an allowed",
                ".gif, .apng, .png, or .mp4",
            ],
        ),
        (&["-o", "a.gif"], &["-o a.gif is given twice"]),
        (&["-o", "folder.gif"], &["folder.gif is a folder"]),
        (&["-o", "nowhere/b.gif"], &["cannot write to nowhere/b.gif"]),
    ];
    for (more, words) in cases {
        let on: &[&str] = if more[0] == "--on" {
            &[]
        } else {
            &["--on", "article"]
        };
        let args = [&["animate", "-o", "a.gif"], on, &MOMENTUM, more].concat();
        folder.refused(&args, words);
    }
    folder.refused(
        &animate(&["-o", "a.gif"]),
        &["needs an optimizer", "--with rprop"],
    );
    folder.refused(&animate(&MOMENTUM), &["--output"]);
}

#[cfg(not(feature = "mp4"))]
#[test]
fn without_mp4_the_error_shows_how_to_build_it() {
    let folder = TestFolder::new();
    folder.refused(
        &animate(&[&MOMENTUM[..], &["-o", "a.mp4"]].concat()),
        &[
            "built without support for MP4",
            "cargo run --release --features mp4 -- animate",
        ],
    );
}

#[cfg(feature = "mp4")]
#[test]
fn with_mp4_the_program_writes_one() {
    let folder = TestFolder::new();
    let odd = ["--size", "401x300", "-o", "a.mp4"];
    folder.refused(
        &animate(&[&MOMENTUM[..], &odd].concat()),
        &["even", "402x300"],
    );
    let large = ["--size", "4000x2000", "-o", "a.mp4"];
    folder.refused(
        &animate(&[&MOMENTUM[..], &large].concat()),
        &["too large", "3840x2160"],
    );
    for name in ["a.mp4", "b.mp4"] {
        folder.done(&animate(
            &[&MOMENTUM[..], &["--size", "400x300", "-o", name]].concat(),
        ));
    }
    let [a, b] = ["a.mp4", "b.mp4"].map(|name| fs::read(folder.path(name)).unwrap());
    assert_eq!(a[4..8], *b"ftyp");
    assert!(a == b);
}

/// Ctrl-C during a long animation leaves no files.
#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_files() {
    let folder = TestFolder::new();
    let long = ["--duration", "700", "--size", "1600x1200", "-o", "a.apng"];
    let mut child = folder
        .command()
        .args(animate(&[&MOMENTUM[..], &long].concat()))
        .spawn()
        .unwrap();
    // Wait for the first bytes of the temporary file, when the signal handler is certainly installed.
    while folder.files("").iter().all(|(_, bytes)| bytes.is_empty()) {
        assert!(
            child.try_wait().unwrap().is_none(),
            "the program ended before the signal"
        );
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    let kill = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(folder.files("").is_empty());
}

/// A limit on the size of files simulates a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_and_leaves_no_files() {
    let folder = TestFolder::new();
    for name in ["a.gif", "a.apng"] {
        // The shell ignores the signal that would end the program.
        let script = format!(
            "trap '' XFSZ; ulimit -f 8; exec '{}' animate --on article --with momentum -o {name}",
            env!("CARGO_BIN_EXE_thalweg")
        );
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).current_dir(folder.path(""));
        let full = common::read_output(&command.output().unwrap());
        assert_eq!(full.status, 1, "{}", full.err);
        let words = format!("could not write {name}: File too large");
        assert!(full.err.contains(&words), "{}", full.err);
        assert!(folder.files("").is_empty());
    }
}
