//! Comparisons in memory.

use super::{
    figure::DrawnFigure,
    request::{CommandError, parse},
};
use crate::{
    args::{Command, compare::CompareArgs},
    commands::compare::{self, ComparedParts, Comparison, ComparisonRuns},
    output::Recipe,
};
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    tuning::TrialResult,
};

/// The results of a command `compare`.
pub struct ComparisonResult {
    comparison: Comparison,
    recipe: Recipe,
}

impl ComparisonResult {
    /// Makes all trials and paired runs. The notes go to the host. Given problems and optimizers replace those of the words; the
    /// runs of those that are not in the catalog stay in this thread.
    ///
    /// # Errors
    /// The words are not those of a command `compare`, or the comparison is invalid.
    pub fn new(words: &[String], given: Option<ComparedParts>) -> Result<Self, CommandError> {
        let (args, recipe) = arguments(words, given.is_some())?;
        let (comparison, recipe) = compare::finished(&args, given, &recipe)?;
        Ok(Self { comparison, recipe })
    }

    /// Writes the results of all runs.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        let runs = self.comparison.runs();
        let write = |out: &mut ByteWriter, result: &TrialResult| result.write_bytes(out);
        out.list(&runs.trials, write);
        out.list(&runs.paired, |out, paired| out.list(paired, write));
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote for a comparison of the same words and parts, of which nothing is
    /// evaluated. Returns `None` if the bytes are damaged.
    ///
    /// # Errors
    /// The words are not those of a command `compare`, or the comparison is invalid.
    pub fn read_bytes(
        words: &[String],
        given: Option<ComparedParts>,
        reader: &mut ByteReader,
    ) -> Result<Option<Self>, CommandError> {
        let (args, recipe) = arguments(words, given.is_some())?;
        let Some(trials) = reader.list(TrialResult::read_bytes) else {
            return Ok(None);
        };
        let paired = reader.list(|reader| reader.list(TrialResult::read_bytes));
        let Some(paired) = paired else {
            return Ok(None);
        };
        let runs = ComparisonRuns { trials, paired };
        let found = compare::of_runs(&args, given, &recipe, runs)?;
        Ok(found.map(|(comparison, recipe)| Self { comparison, recipe }))
    }

    /// Returns the names and the hashes of the files that the comparison reads.
    pub fn file_hashes(&self) -> &[(String, String)] {
        self.recipe.files()
    }

    /// Returns what the command prints: a table, the tests, and the protocol.
    pub fn report(&self) -> String {
        self.comparison.report()
    }

    /// Returns the results as CSV: one row per problem and optimizer.
    pub fn results(&self) -> String {
        self.comparison.results_table()
    }

    /// Returns the tests as CSV: one row per problem and pair of optimizers.
    pub fn tests(&self) -> String {
        self.comparison.tests_table()
    }

    /// Returns all trials as CSV, as the command writes them.
    pub fn trials(&self) -> String {
        self.comparison.trials_table()
    }

    /// Draws the evaluations to the target and the losses of all trials by the tuned setting, one figure per problem.
    pub fn figure(&self) -> DrawnFigure {
        DrawnFigure::of_scene(self.comparison.picture(), &self.recipe)
    }
}

/// Parses the words of a command `compare`. No command repeats a comparison with other parts than those of the words.
fn arguments(
    words: &[String],
    has_other_parts: bool,
) -> Result<(Box<CompareArgs>, Recipe), CommandError> {
    let (command, recipe) = parse(words)?;
    let Command::Compare(args) = command else {
        unreachable!("the words must be those of the command `compare`");
    };
    let recipe = if has_other_parts {
        Recipe::default()
    } else {
        recipe
    };
    Ok((args, recipe))
}
