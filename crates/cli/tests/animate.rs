//! `thalweg animate` from outside.
#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod common;
use common::TestFolder;
use std::{fs, io::Cursor};

fn animate<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["animate", "--on", "article"], more].concat()
}

const MOMENTUM: [&str; 2] = ["--with", "momentum:learning_rate=0.3,momentum=0.9"];

/// Width and height, number of pictures, and the sum of the delays in hundredths of a second.
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
fn the_ending_says_what_is_written() {
    let place = TestFolder::new();
    let files = ["-o", "a.gif", "-o", "b.apng", "-o", "c.png"];
    place.done(&animate(&[&MOMENTUM[..], &files].concat()));
    let a = fs::read(place.path("a.gif")).unwrap();
    assert_eq!(gif(&a), ([800, 600], 93, 622));
    assert!(a.len() < 400_000, "{}", a.len());
    let [b, c] = ["b.apng", "c.png"].map(|name| fs::read(place.path(name)).unwrap());
    assert!(b == c);
    let reader = png::Decoder::new(Cursor::new(b)).read_info().unwrap();
    assert_eq!([reader.info().width, reader.info().height], [800, 600]);
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 93);

    place.done(&animate(&[&MOMENTUM[..], &["-o", "again.gif"]].concat()));
    assert!(
        a == fs::read(place.path("again.gif")).unwrap(),
        "same input, same bytes"
    );
}

#[test]
fn rate_duration_pauses_and_size_are_as_asked() {
    let place = TestFolder::new();
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
    place.done(&animate(&[&MOMENTUM[..], &timing, &more].concat()));
    let bytes = fs::read(place.path("a.gif")).unwrap();
    assert_eq!(gif(&bytes), ([400, 300], 60, 225));
    let once = !bytes.windows(11).any(|w| w == b"NETSCAPE2.0");
    assert!(once, "it is played once");
    place.done(&animate(
        &[&MOMENTUM[..], &["--epochs", "0", "-o", "still.gif"]].concat(),
    ));
    let bytes = fs::read(place.path("still.gif")).unwrap();
    assert_eq!(gif(&bytes), ([800, 600], 1, 254));
}

#[test]
fn more_than_two_weights_are_seen_on_a_plane() {
    let place = TestFolder::new();
    let mlp = [
        "animate",
        "--on",
        "mlp:data=moons",
        "--with",
        "rprop",
        "--epochs",
        "30",
    ];
    place.refused(
        &[&mlp[..], &["-o", "a.gif"]].concat(),
        &["weights, not two", "--plane"],
    );
    place.done(
        &[
            &mlp[..],
            &["--plane", "w1,w2", "--size", "400x300", "-o", "a.gif"],
        ]
        .concat(),
    );
    assert_eq!(gif(&fs::read(place.path("a.gif")).unwrap()).0, [400, 300]);
}

#[test]
fn wrong_input_is_refused_before_any_work() {
    let place = TestFolder::new();
    fs::create_dir(place.path("folder.gif")).unwrap();
    let cases: [(&[&str], &[&str]); 20] = [
        (&["--fps", "0"], &["frame rate cannot be 0", "above 0"]),
        (&["--fps", "-3"], &["frame rate cannot be -3"]),
        (&["--fps", "x"], &["`x` is no finite number"]),
        (
            &["--fps", "60"],
            &["--fps 60 is too fast for a GIF", ".apng"],
        ),
        (&["--duration", "0"], &["duration cannot be 0", "above 0"]),
        (
            &["--duration", "1000"],
            &["25063 pictures", "the limit is 20000"],
        ),
        (
            &["--pause-start", "-1"],
            &["pause at the start cannot be -1", "from 0 to 60"],
        ),
        (&["--pause-end", "61"], &["pause at the end cannot be 61"]),
        (&["--size", "800"], &["`800` is no size", "800x600"]),
        (&["--size", "100x100"], &["100x100 is too small", "240"]),
        (&["--size", "4000x3000"], &["more than 10000000 pixels"]),
        (&["--loops", "0"], &["`0` is neither `forever`", "65535"]),
        (&["--spacing", "fast"], &["even, arc-length, log"]),
        (&["--view", "side"], &["map, surface"]),
        (
            &["--on", "rosenbrock", "--beside", "data"],
            &["the problem has none"],
        ),
        (&["--start", "1,2,3"], &["3 of 2 weights"]),
        (
            &["-o", "b.svg"],
            &["-o b.svg has no ending", ".gif, .apng, .png or .mp4"],
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
        place.refused(&args, words);
    }
    place.refused(
        &animate(&["-o", "a.gif"]),
        &["needs an optimizer", "--with rprop"],
    );
    place.refused(&animate(&MOMENTUM), &["--output"]);
}

#[cfg(not(feature = "mp4"))]
#[test]
fn without_mp4_it_says_how_to_get_it() {
    let place = TestFolder::new();
    place.refused(
        &animate(&[&MOMENTUM[..], &["-o", "a.mp4"]].concat()),
        &[
            "built without MP4",
            "cargo run --release --features mp4 -- animate",
        ],
    );
}

#[cfg(feature = "mp4")]
#[test]
fn with_mp4_it_writes_one() {
    let place = TestFolder::new();
    let odd = ["--size", "401x300", "-o", "a.mp4"];
    place.refused(
        &animate(&[&MOMENTUM[..], &odd].concat()),
        &["even", "402x300"],
    );
    let large = ["--size", "4000x2000", "-o", "a.mp4"];
    place.refused(
        &animate(&[&MOMENTUM[..], &large].concat()),
        &["too large", "3840x2160"],
    );
    for name in ["a.mp4", "b.mp4"] {
        place.done(&animate(
            &[&MOMENTUM[..], &["--size", "400x300", "-o", name]].concat(),
        ));
    }
    let [a, b] = ["a.mp4", "b.mp4"].map(|name| fs::read(place.path(name)).unwrap());
    assert_eq!(a[4..8], *b"ftyp");
    assert!(a == b);
}

/// Ctrl-C in the middle of a long animation leaves nothing behind.
#[cfg(unix)]
#[test]
fn ctrl_c_leaves_nothing_behind() {
    let place = TestFolder::new();
    let long = ["--duration", "700", "--size", "1600x1200", "-o", "a.apng"];
    let mut child = place
        .command()
        .args(animate(&[&MOMENTUM[..], &long].concat()))
        .spawn()
        .unwrap();
    // The handler is set soon after the unfinished file is there; until then Ctrl-C would end the program at once.
    while place.files("").iter().all(|(_, bytes)| bytes.is_empty()) {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    let kill = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(place.files("").is_empty());
}

/// A limit on the size of files stands for the end of the disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_named_and_leaves_nothing_behind() {
    let place = TestFolder::new();
    for name in ["a.gif", "a.apng"] {
        // The shell keeps its signal from the program.
        let script = format!(
            "trap '' XFSZ; ulimit -f 8; exec '{}' animate --on article --with momentum -o {name}",
            env!("CARGO_BIN_EXE_thalweg")
        );
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script]).current_dir(place.path(""));
        let full = common::said(&command.output().unwrap());
        assert_eq!(full.status, 1, "{}", full.err);
        let words = format!("could not write {name}: File too large");
        assert!(full.err.contains(&words), "{}", full.err);
        assert!(place.files("").is_empty());
    }
}
