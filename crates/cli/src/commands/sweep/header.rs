//! The first line of a table, which identifies the experiment and the shard.

use crate::{args::sweep::Shard, output::hex};
use sha2::{Digest as _, Sha256};
use std::{fmt, ops::Range, str::FromStr};
use thalweg::{
    experiment::PreparedExperiment,
    over::SettingValues,
    pick::Pick,
    randomness::Randomness,
    sweep::{Plan, Seeds, Starts, Sweep},
};

/// The version of the program. Other versions may compute slightly different numbers.
pub(in crate::commands) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The experiment and the shard of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands) struct Header {
    /// Hash of the experiment and the files that it reads.
    pub(in crate::commands) experiment: String,
    /// Number of runs of all shards.
    pub(in crate::commands) total: u64,
    /// The shard.
    pub(in crate::commands) shard: Shard,
    /// The version of the program.
    pub(in crate::commands) version: String,
}

impl Header {
    /// Returns the runs of the shard, counted from 0.
    pub(in crate::commands) fn runs(&self) -> Range<u64> {
        let [total, of] = [self.total, self.shard.of].map(u128::from);
        let end = |part: u64| (total * u128::from(part) / of) as u64;
        end(self.shard.part - 1)..end(self.shard.part)
    }

    /// Returns the number of runs of the shard.
    pub(in crate::commands) fn count(&self) -> u64 {
        let runs = self.runs();
        runs.end - runs.start
    }
}

/// Digits of the hash of an experiment, and of the checksum of the line.
const DIGITS: usize = 32;
const CHECK_DIGITS: usize = 8;

/// Formats the line without its newline.
impl fmt::Display for Header {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.runs();
        let line = format!(
            "# thalweg sweep: experiment {}, runs {} to {end} of {}, shard {}, version {}",
            self.experiment,
            start + 1,
            self.total,
            self.shard,
            self.version
        );
        let check = hex(&Sha256::digest(&line), CHECK_DIGITS);
        write!(out, "{line}, check {check}")
    }
}

/// Parses the line. The error completes a sentence that starts with the file's name.
impl FromStr for Header {
    type Err = &'static str;

    fn from_str(line: &str) -> Result<Self, &'static str> {
        let foreign = "it is not a table of runs";
        let parts = line.strip_prefix("# thalweg sweep: ").ok_or(foreign)?;
        let field = |name: &str| {
            let mut parts = parts.split(", ").filter_map(|part| part.split_once(' '));
            let (_, value) = parts.find(|(other, _)| *other == name)?;
            Some(value.to_owned())
        };
        let read = || {
            Some(Self {
                experiment: field("experiment")?,
                total: field("runs")?.rsplit(' ').next()?.parse().ok()?,
                shard: field("shard")?.parse().ok()?,
                version: field("version")?,
            })
        };
        let changed = "its first line was changed";
        let header = read().ok_or(changed)?;
        // Formatting the parsed header reproduces the line with its checksum, unless the line was changed.
        if header.to_string() == line {
            Ok(header)
        } else {
            Err(changed)
        }
    }
}

/// Returns the hash of everything that determines the rows of a sweep. It is the same on every machine.
pub(super) fn identity(sweep: &Sweep, plan: &Plan) -> String {
    let mut hash = IdentityHasher::new("thalweg sweep 1");
    let problems: Vec<_> = plan.problems().collect();
    hash.list(&problems, |hash, (pick, contest)| {
        hash.problem(pick, contest);
    });
    hash.list(&sweep.with, IdentityHasher::pick);
    hash.list(&sweep.over, |hash, SettingValues { key, values, .. }| {
        hash.text(key);
        hash.list(values, |hash, value| hash.text(value));
    });
    match &sweep.starts {
        Starts::Problem => hash.text("problem"),
        Starts::Given(starts) => {
            hash.text("given");
            hash.list(starts, |hash, start| hash.floats(start));
        }
        Starts::Random(count) => {
            hash.text("random");
            hash.number(*count);
        }
    }
    match &sweep.seeds {
        Seeds::List(seeds) => {
            hash.text("list");
            hash.list(seeds, |hash, seed| hash.number(*seed));
        }
        Seeds::Span { from, count } => {
            hash.text("span");
            hash.number(*from);
            hash.number(*count);
        }
    }
    hash.number(sweep.epochs);
    hash.randomness(&sweep.randomness);
    // Without a tolerance, the hash is that of earlier versions.
    if let Some(tolerance) = sweep.tolerance {
        hash.text("tolerance");
        hash.floats(&[tolerance]);
    }
    hash.finish()
}

/// Hashes each item with its length, so that different sequences of items cannot have the same bytes.
pub(in crate::commands) struct IdentityHasher(Sha256);

impl IdentityHasher {
    /// Begins a hash with the format of the experiment and the version of the program.
    pub(in crate::commands) fn new(format: &str) -> Self {
        let mut hash = Self(Sha256::new());
        hash.text(format);
        hash.text(VERSION);
        hash
    }

    pub(in crate::commands) fn finish(self) -> String {
        hex(&self.0.finalize(), DIGITS)
    }

    /// Hashes a problem with its files and everything that an experiment can change.
    pub(in crate::commands) fn problem(&mut self, pick: &Pick, contest: &PreparedExperiment) {
        self.pick(pick);
        self.floats(&contest.start);
        let window = contest.problem.window;
        self.floats(&[window.w1, window.w2].concat());
        self.floats(contest.budget.target.as_slice());
    }

    /// Hashes the randomness without its seed.
    pub(in crate::commands) fn randomness(&mut self, randomness: &Randomness) {
        self.number(randomness.batch.unwrap_or(0));
        self.number(u64::from(randomness.shuffle));
        self.floats(&[randomness.gradient_noise]);
    }

    pub(in crate::commands) fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    pub(in crate::commands) fn list<T>(&mut self, items: &[T], one: impl Fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            one(self, item);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub(in crate::commands) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(in crate::commands) fn floats(&mut self, numbers: &[f64]) {
        self.list(numbers, |hash, number| hash.number(number.to_bits()));
    }

    pub(in crate::commands) fn pick(&mut self, pick: &Pick) {
        self.text(pick.text());
        self.list(&pick.files, |hash, (name, content)| {
            hash.text(name);
            hash.bytes(content.bytes());
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(shard: &str) -> Header {
        Header {
            experiment: "0123".repeat(8),
            total: 10,
            shard: shard.parse().unwrap(),
            version: "0.1.0".to_owned(),
        }
    }

    #[test]
    fn a_formatted_header_parses_to_the_same_header() {
        let line = header("2/3").to_string();
        assert!(
            line.contains("runs 4 to 6 of 10, shard 2/3, version 0.1.0, check "),
            "{line}"
        );
        assert_eq!(line.parse(), Ok(header("2/3")));
    }

    #[test]
    fn shards_contain_every_run_once() {
        for of in 1..=12 {
            let runs = (1..=of).flat_map(|part| header(&format!("{part}/{of}")).runs());
            assert_eq!(runs.collect::<Vec<u64>>(), (0..10).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn a_changed_line_is_rejected() {
        let line = header("1/2").to_string();
        assert_eq!(
            "run,problem".parse::<Header>(),
            Err("it is not a table of runs")
        );
        for (from, to) in [
            ("0123", "0124"),
            ("1/2", "2/2"),
            ("of 10", "of 11"),
            ("check", ""),
        ] {
            let changed = line.replacen(from, to, 1);
            assert_ne!(changed, line);
            assert_eq!(
                changed.parse::<Header>(),
                Err("its first line was changed"),
                "{changed}"
            );
        }
    }
}
