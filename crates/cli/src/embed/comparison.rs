//! Comparisons in memory.

use super::{
    figure::DrawnFigure,
    request::{CommandError, parse},
};
use crate::{
    args::Command,
    commands::compare::{self, Comparison},
    output::Recipe,
};

/// The results of a command `compare`.
pub struct ComparisonResult {
    comparison: Comparison,
    recipe: Recipe,
}

impl ComparisonResult {
    /// Makes all trials and paired runs. The notes go to the host.
    ///
    /// # Errors
    /// The words are not those of a command `compare`, or the comparison is invalid.
    pub fn new(words: &[String]) -> Result<Self, CommandError> {
        let (command, recipe) = parse(words)?;
        let Command::Compare(args) = command else {
            unreachable!("the words must be those of the command `compare`");
        };
        let (comparison, recipe) = compare::finished(&args, &recipe)?;
        Ok(Self { comparison, recipe })
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
