//! Trajectories of other implementations, and the deviations of this program from them.

use std::{error::Error, fs, path::Path};
use thalweg::{
    experiment::{Experiment, Target},
    pick::Pick,
    trace::Trace,
};

/// A trajectory of another implementation, from a file in `golden/trajectories`.
pub(crate) struct Golden {
    /// Name of the file without its extension.
    pub(crate) name: String,
    /// Library, version, and name of the optimizer in it.
    pub(crate) library: String,
    /// The pick of the problem.
    pub(crate) on: Pick,
    /// The optimizer of this program with the same settings.
    pub(crate) with: Pick,
    /// The initial point.
    pub(crate) start: Vec<f64>,
    /// Maximum deviation, relative to the larger of the number and 1.
    pub(crate) tolerance: f64,
    /// Epoch, weights, and loss of each row in the file.
    pub(crate) rows: Vec<(u64, Vec<f64>)>,
}

/// The default tolerance.
const TOLERANCE: f64 = 1e-10;

impl Golden {
    /// Reads a file whose header contains `library`, `problem`, `pick`, `start`, and optionally `tolerance`.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path)?;
        let find = |name: &str| {
            let mut lines = text.lines().map_while(|line| line.strip_prefix("# "));
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let head = |name: &str| {
            find(name).ok_or_else(|| format!("{}: the header has no `{name}`", path.display()))
        };
        let numbers =
            |text: &str| -> Result<Vec<f64>, _> { text.split(',').map(str::parse).collect() };
        let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        let row = |line: &str| -> Result<_, Box<dyn Error>> {
            let (epoch, rest) = line.split_once(',').ok_or("a row without a comma")?;
            Ok((epoch.parse()?, numbers(rest)?))
        };
        let tolerance = find("tolerance").and_then(|text| text.split(' ').next());
        Ok(Self {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            library: head("library")?.to_owned(),
            on: head("problem")?.parse()?,
            with: head("pick")?.parse()?,
            start: numbers(head("start")?)?,
            tolerance: tolerance.map_or(Ok(TOLERANCE), str::parse)?,
            rows: rows.map(row).collect::<Result<_, _>>()?,
        })
    }

    /// Reads all trajectories, sorted by name.
    pub(crate) fn all() -> Result<Vec<Self>, Box<dyn Error>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/trajectories");
        let mut paths: Vec<_> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// Returns the largest deviation of `with` over all rows, relative to the larger of the number and 1, or infinity if the
    /// run ended before the last row.
    pub(crate) fn deviation(&self, with: &Pick) -> Result<f64, thalweg::Error> {
        let last = self.rows.last().map_or(0, |(epoch, _)| *epoch);
        let experiment = Experiment {
            start: Some(self.start.clone()),
            target: Target::None,
            epochs: last,
            ..Experiment::new(self.on.clone(), vec![with.clone()])
        };
        let contest = experiment.prepare()?;
        let trace = Trace::record(contest.run(&contest.contenders[0]));
        if trace.epochs() < last {
            return Ok(f64::INFINITY);
        }
        let of_row = |(epoch, expected): &(u64, Vec<f64>)| {
            let epoch = *epoch as usize;
            let found = trace.at(epoch).iter().chain([&trace.losses[epoch]]);
            let pairs = found.zip(expected);
            pairs
                .map(|(found, expected)| (found - expected).abs() / expected.abs().max(1.0))
                .fold(0.0, f64::max)
        };
        Ok(self.rows.iter().map(of_row).fold(0.0, f64::max))
    }
}
