//! Measures the time and the peak memory of whole processes.

use super::BenchRow;
use crate::{measure, process::tool, programs::profile_folder};
use anyhow::{Context as _, Result, bail};
use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

/// Number of measured runs of a process, after one warm-up run.
const RUNS: usize = 7;

/// A process, with the contents of its [`BenchRow`]s, its command, and its limits. Pairs of numbers are time and memory.
pub(super) struct Process {
    pub(super) name: &'static str,
    what: &'static str,
    /// A program in cargo's folder with its arguments. It writes to its working directory.
    command: &'static str,
    limits: [f64; 2],
}

/// Defines the table: name, description, and limits; and the command.
macro_rules! processes {
    ($($name:literal $what:literal $limits:expr => $command:literal;)*) => {
        pub(super) const PROCESSES: &[Process] = &[$(Process {
            name: $name,
            what: $what,
            command: $command,
            limits: $limits,
        }),*];
    };
}

processes! {
    "figure" "one figure, 800 x 600 PNG, whole process" [0.10, 40.0]
        => "examples/one_figure figure.png";
    "article" "the whole article, two cores" [2.0, 150.0] => "thalweg article --out article";
    "million-starts" "RPROP from 1000 x 1000 starts, one thread" [2.0, 400.0]
        => "thalweg map starts --on article --with rprop --size 1000x1000 --threads 1 -o starts.npy";
    "million-starts" "RPROP from 1000 x 1000 starts, two threads" [2.0, 400.0]
        => "thalweg map starts --on article --with rprop --size 1000x1000 --threads 2 -o starts.npy";
    "large-map" "RPROP from 4000 x 4000 starts, two threads" [f64::NAN, 400.0]
        => "thalweg map starts --on article --with rprop --size 4000x4000 --threads 2 -o starts.npy";
    "animation" "momentum's 92 epochs, 800 x 600 GIF" [0.35, 60.0]
        => "thalweg animate --on article -o momentum.gif --epochs 300 --with momentum:learning_rate=0.3,momentum=0.9";
    "video" "a race of five over 300 epochs, 800 x 600 MP4" [3.0, f64::NAN]
        => "thalweg animate --on article -o race.mp4 --epochs 300 --with gradient-descent:learning_rate=0.3 \
            --with momentum:learning_rate=0.3 --with rprop --with irprop-plus \
            --with gradient-descent:search=golden-section";
}

/// Measures the chosen processes. Each gives two or three rows.
pub(super) fn rows(chosen: &[&str]) -> Result<Vec<BenchRow>> {
    let scratch = env::temp_dir().join(format!("thalweg-bench-{}", std::process::id()));
    let cannot = || format!("cannot write to {}", scratch.display());
    fs::create_dir_all(&scratch).with_context(cannot)?;
    let mut rows = Vec::new();
    let is_chosen = |process: &&Process| chosen.contains(&process.name);
    for process in PROCESSES.iter().filter(is_chosen) {
        rows.extend(process.measure(&scratch)?);
        match process.name {
            "figure" => expect_size(&scratch.join("figure.png"), [800, 600])?,
            "animation" => {
                let gif = fs::metadata(scratch.join("momentum.gif"));
                let bytes = gif.context("no GIF was written")?.len();
                let size = [bytes as f64 / 1000.0; 2];
                rows.push(process.row("file size", "kB", size, 400.0));
            }
            _ => {}
        }
    }
    fs::remove_dir_all(&scratch).with_context(cannot)?;
    Ok(rows)
}

impl Process {
    /// Returns the command.
    pub(super) fn command(&self) -> Result<Command> {
        let (program, arguments) = self.command.split_once(' ').unwrap_or_default();
        Ok(tool(profile_folder("release")?.join(program), arguments))
    }

    /// Runs the process several times in a folder without showing its output. Returns the rows of its time and memory.
    fn measure(&self, folder: &Path) -> Result<[BenchRow; 2]> {
        let mut command = self.command()?;
        command.current_dir(folder).stdout(Stdio::null());
        let (times, mib) = measure::child_repeatedly(RUNS, &mut command)?;
        let seconds = [times.min(), times.median()].map(|t| t.as_secs_f64());
        let [time, memory] = self.limits;
        Ok([
            self.row(self.what, "s", seconds, time),
            self.row("peak memory", "MiB", [mib; 2], memory),
        ])
    }

    fn row(&self, what: &'static str, unit: &'static str, found: [f64; 2], limit: f64) -> BenchRow {
        BenchRow {
            name: self.name,
            what,
            unit,
            found,
            limit,
            floor: f64::NAN,
        }
    }
}

/// Fails if the file is not a PNG of this width and height, because the row would not measure the described work.
fn expect_size(path: &Path, size: [u32; 2]) -> Result<()> {
    let bytes = fs::read(path).context("no figure was drawn")?;
    match png_size(&bytes) {
        Some(found) if found == size => Ok(()),
        found => bail!(
            "the figure must be a PNG of {size:?}, not {found:?}: correct crates/gallery/examples/one_figure.rs"
        ),
    }
}

/// Returns the width and height, which follow the signature in every PNG.
fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some([number(0)?, number(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_size_of_a_png() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 3, 32, 0, 0, 2, 88]);
        assert_eq!(png_size(&png), Some([800, 600]));
        assert_eq!(png_size(&png[..20]), None);
        assert_eq!(png_size(b"<svg>"), None);
    }
}
