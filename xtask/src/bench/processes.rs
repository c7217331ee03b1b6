//! Whole processes: their time and their peak memory.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{Peer, Row, release_folder};
use crate::measure;
use crate::process;
use crate::{Failure, Result};

/// Runs of a whole process, after one to warm up.
const RUNS: usize = 7;

/// Five optimizers that go different ways.
const RACE: [&str; 5] = [
    "gradient-descent:learning_rate=0.3",
    "momentum:learning_rate=0.3",
    "rprop",
    "irprop-plus",
    "gradient-descent:search=golden-section",
];

/// What whole processes cost, two rows each or three.
pub(super) fn rows(chosen: &[&str]) -> Result<Vec<Row>> {
    let (release, scratch) = (release_folder()?, env::temp_dir());
    let scratch = scratch.join(format!("thalweg-bench-{}", std::process::id()));
    let cannot = |e| Failure(format!("cannot write to {}: {e}", scratch.display()));
    std::fs::create_dir_all(&scratch).map_err(cannot)?;
    let mut rows = Vec::new();
    if chosen.contains(&"figure") {
        let png = scratch.join("figure.png");
        let costs = measure(
            release.join("examples/one_figure"),
            &[&png.to_string_lossy()],
        )?;
        expect_size(&png, [800, 600])?;
        rows.extend(process_rows(
            ["figure", "one figure, 800 x 600 PNG, whole process"],
            &costs,
            [0.10, 40.0],
            "numpy + matplotlib",
            [0.999, 112.0],
        ));
    }
    if chosen.contains(&"article") {
        let out = scratch.join("article");
        let arguments = ["article", "--out", &out.to_string_lossy()];
        rows.extend(process_rows(
            ["article", "the whole article, two cores"],
            &measure(release.join("thalweg"), &arguments)?,
            [2.0, 150.0],
            "",
            [f64::NAN; 2],
        ));
    }
    rows.extend(maps(chosen, &scratch)?);
    rows.extend(animations(chosen, &scratch)?);
    std::fs::remove_dir_all(&scratch).map_err(cannot)?;
    Ok(rows)
}

/// What maps of starts cost.
fn maps(chosen: &[&str], scratch: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let npy = scratch.join("starts.npy");
    let starts = |size: &str, threads: &str| {
        let file = npy.to_string_lossy();
        let line = ["map", "starts", "--on", "article", "--with", "rprop"];
        let rest = ["--size", size, "--threads", threads, "-o", &file];
        let arguments: Vec<&str> = line.into_iter().chain(rest).collect();
        measure(release_folder()?.join("thalweg"), &arguments)
    };
    if chosen.contains(&"million-starts") {
        for (what, threads) in [
            ("RPROP from 1000 x 1000 starts, one thread", "1"),
            ("the same, two threads", "2"),
        ] {
            let costs = starts("1000x1000", threads)?;
            let names = ["million-starts", what];
            rows.extend(process_rows(names, &costs, [2.0, 400.0], "", [f64::NAN; 2]));
        }
    }
    if chosen.contains(&"large-map") {
        let costs = starts("4000x4000", "2")?;
        let names = ["large-map", "RPROP from 4000 x 4000 starts, two threads"];
        let limits = [f64::NAN, 400.0];
        rows.extend(process_rows(names, &costs, limits, "", [f64::NAN; 2]));
    }
    Ok(rows)
}

/// What animations cost: the GIF's size too.
fn animations(chosen: &[&str], scratch: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let animate = |with: &[&str], file: &Path| {
        let file = file.to_string_lossy();
        let with = with.iter().flat_map(|pick| ["--with", pick]);
        let arguments = ["animate", "--on", "article", "-o", &file, "--epochs", "300"];
        let arguments: Vec<&str> = arguments.into_iter().chain(with).collect();
        measure(release_folder()?.join("thalweg"), &arguments)
    };
    if chosen.contains(&"animation") {
        let gif = scratch.join("momentum.gif");
        let costs = animate(&["momentum:learning_rate=0.3,momentum=0.9"], &gif)?;
        let names = ["animation", "momentum's 92 epochs, 800 x 600 GIF"];
        let [time, memory] = process_rows(names, &costs, [0.35, 60.0], "", [f64::NAN; 2]);
        let bytes = std::fs::metadata(&gif)
            .map_err(|e| Failure(format!("no GIF was written: {e}")))?
            .len();
        let size = Row {
            what: "its size",
            unit: "kB",
            found: [bytes as f64 / 1000.0; 2],
            limit: 400.0,
            peer: Peer::NONE,
            ..time
        };
        rows.extend([time, memory, size]);
    }
    if chosen.contains(&"video") {
        let costs = animate(&RACE, &scratch.join("race.mp4"))?;
        let names = ["video", "a race of five over 300 epochs, 800 x 600 MP4"];
        let limits = [3.0, f64::NAN];
        rows.extend(process_rows(names, &costs, limits, "", [f64::NAN; 2]));
    }
    Ok(rows)
}

/// Runs a program again and again, without what it prints.
fn measure(program: PathBuf, arguments: &[&str]) -> Result<(measure::Times, f64)> {
    let mut command = process::tool(program, arguments);
    measure::child_repeatedly(RUNS, command.stdout(Stdio::null()))
}

/// Seconds and MiB of a process, two rows: the limits and the peer's figures are in this order too.
fn process_rows(
    [name, what]: [&'static str; 2],
    (times, mib): &(measure::Times, f64),
    limits: [f64; 2],
    peer: &'static str,
    stated: [f64; 2],
) -> [Row; 2] {
    let row = |what, unit, found, i: usize| Row {
        name,
        what,
        unit,
        found,
        limit: limits[i],
        floor: f64::NAN,
        peer: Peer {
            name: peer,
            stated: stated[i],
            measured: None,
        },
    };
    let seconds = [times.min(), times.median()].map(|t| t.as_secs_f64());
    [
        row(what, "s", seconds, 0),
        row("its peak memory", "MiB", [*mib; 2], 1),
    ]
}

/// Fails unless the file is a PNG of this width and height: the row would measure something else.
fn expect_size(path: &Path, size: [u32; 2]) -> Result {
    let bytes = std::fs::read(path).map_err(|e| Failure(format!("no figure was drawn: {e}")))?;
    match png_size(&bytes) {
        Some(found) if found == size => Ok(()),
        found => Err(Failure(format!(
            "the figure must be a PNG of {size:?}, not of {found:?}: mend crates/gallery/examples/one_figure.rs"
        ))),
    }
}

/// Width and height, which every PNG tells right after its signature.
fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some([number(0)?, number(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_tells_its_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 3, 32, 0, 0, 2, 88]);
        assert_eq!(png_size(&png), Some([800, 600]));
        assert_eq!(png_size(&png[..20]), None);
        assert_eq!(png_size(b"<svg>"), None);
    }
}
