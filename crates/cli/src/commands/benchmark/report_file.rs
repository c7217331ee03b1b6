//! The file of the report, which is checked before the first trial.

use crate::{
    args::benchmark::BenchmarkArgs,
    output::{
        check_not_an_input,
        files::{PendingFile, resolve_output_path},
    },
    prelude::*,
};
use std::fs;

/// The lines that every report contains. They distinguish a report, which the next benchmark replaces, from other files.
pub(super) const REPORT_LINES: [&str; 2] = ["## Scores\n", "## Time to the target\n"];

/// Returns the path of the report, given the output folder, which need not exist.
///
/// # Errors
/// The path does not end in .md, is an input, or is a file that is not a report and must not be replaced.
pub(super) fn report_path(
    args: &BenchmarkArgs,
    inputs: &[&Path],
    folder: &Path,
) -> Result<PathBuf> {
    let path = args.report.clone();
    let path = path.unwrap_or_else(|| folder.join("report.md"));
    let place = resolve_output_path(&path)?;
    // A symbolic link could lead to a file of another kind, such as a table of the benchmark.
    let is_markdown = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
    };
    if !is_markdown(&path) || !is_markdown(&place) {
        refuse!(
            "--report {} is not a Markdown file", path.display();
            "give a path that ends in .md, such as --report report.md"
        );
    }
    check_not_an_input(inputs, &path)?;
    if place.exists() && !args.table.overwrite && !is_report(&place) {
        refuse!(
            "{} already exists and is not a report of a benchmark", path.display();
            "choose another --report, or add --overwrite to replace it"
        );
    }
    Ok(path)
}

/// The report before it is written. The file appears when it is complete.
pub(super) struct ReportFile {
    path: PathBuf,
    pending: PendingFile,
}

impl ReportFile {
    /// Tests that the path can be written, so that mistakes are reported before any work.
    pub(super) fn prepare(path: &Path) -> Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            pending: PendingFile::new(path)?,
        })
    }

    /// Writes the text and moves the file to its destination.
    pub(super) fn write(mut self, text: &str) -> Result {
        self.pending.write(text.as_bytes())?;
        self.pending.persist()?;
        terminal::report_written(&self.path);
        Ok(())
    }
}

/// Returns whether a file is a report of a benchmark. A file that cannot be read is not.
fn is_report(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.starts_with("# ") && REPORT_LINES.iter().all(|line| text.contains(line))
}
