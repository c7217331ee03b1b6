//! Finished runs and maps as bytes, for pickles.

use crate::work::Error;
use pyo3::{prelude::*, types::PyBytes};
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    contender::TuningSummary,
    experiment::PreparedExperiment,
};
use thalweg_cli::embed;

/// What precedes the results: the notes, and the files that the experiment reads.
pub(crate) struct StoredHead {
    pub(crate) notes: String,
    /// Names and hashes.
    files: Vec<(String, String)>,
    /// One per optimizer, if it was tuned.
    tunings: Vec<Option<TuningSummary>>,
    /// The epoch limit, which tuning lowers.
    epochs: u64,
}

impl StoredHead {
    /// Returns what precedes the results of an experiment.
    pub(crate) fn of(notes: &str, contest: &PreparedExperiment) -> Self {
        let tunings = contest.contenders.iter().map(|one| one.tuning.clone());
        Self {
            tunings: tunings.collect(),
            epochs: contest.budget.epochs,
            ..Self::with_files(notes, &embed::file_hashes(contest))
        }
    }

    /// Returns what precedes results of which these files are part: their names and hashes.
    pub(crate) fn with_files(notes: &str, files: &[(String, String)]) -> Self {
        Self {
            notes: notes.to_owned(),
            files: files.to_vec(),
            tunings: Vec::new(),
            epochs: 0,
        }
    }

    /// Returns the bytes of a pickle: a head, followed by what `write_results` writes.
    pub(crate) fn pickled(
        py: Python,
        head: impl FnOnce() -> Self + Send,
        write_results: impl FnOnce(&mut ByteWriter) + Send,
    ) -> Bound<PyBytes> {
        let bytes = py.detach(|| {
            let mut out = head().write();
            write_results(&mut out);
            out.finish()
        });
        PyBytes::new(py, &bytes)
    }

    /// Begins to write the results.
    fn write(&self) -> ByteWriter {
        let mut out = ByteWriter::default();
        out.text(&self.notes);
        out.list(&self.files, |out, (name, hash)| {
            out.text(name);
            out.text(hash);
        });
        out.list(&self.tunings, |out, tuning| {
            write_tuning(tuning.as_ref(), out);
        });
        out.count(self.epochs);
        out
    }

    /// Reads what precedes the results.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub(crate) fn read(reader: &mut ByteReader) -> PyResult<Self> {
        let mut read = || {
            let notes = reader.text()?.to_owned();
            let text = |reader: &mut ByteReader| Some(reader.text()?.to_owned());
            let files = reader.list(|reader| Some((text(reader)?, text(reader)?)))?;
            Some(Self {
                notes,
                files,
                tunings: reader.list(read_tuning)?,
                epochs: reader.count()?,
            })
        };
        read().ok_or_else(damaged)
    }

    /// Returns the experiment with the tuned settings. It is not tuned again.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub(crate) fn tuned(&self, contest: &PreparedExperiment) -> PyResult<PreparedExperiment> {
        if self.tunings.len() != contest.contenders.len() {
            return Err(damaged());
        }
        let mut tuned = contest.with_tuning(&self.tunings).map_err(|_| damaged())?;
        tuned.budget.epochs = self.epochs;
        Ok(tuned)
    }

    /// Checks that the experiment has read the same files.
    ///
    /// # Errors
    /// A file has other contents.
    pub(crate) fn check(&self, contest: &PreparedExperiment) -> PyResult<()> {
        self.check_files(&embed::file_hashes(contest))
    }

    /// Checks that the same files were read: their names and hashes.
    ///
    /// # Errors
    /// A file has other contents.
    pub(crate) fn check_files(&self, files: &[(String, String)]) -> PyResult<()> {
        match self.files.iter().find(|file| !files.contains(file)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::new_err(format!(
                "the file {name} has changed since the pickle was written: restore its contents, or train again"
            ))),
        }
    }
}

/// Writes the tuning of an optimizer, without settings if it was not tuned.
fn write_tuning(tuning: Option<&TuningSummary>, out: &mut ByteWriter) {
    let settings = tuning.map_or(&[][..], |tuning| &tuning.settings);
    out.list(settings, |out, setting| out.text(setting));
    if let Some(tuning) = tuning {
        out.count(tuning.studies as u64);
        out.count(tuning.trials as u64);
        out.count(tuning.evaluations);
    }
}

/// Reads what [`write_tuning`] wrote: `Some(None)` if the optimizer was not tuned.
#[expect(clippy::option_option, reason = "damaged bytes differ from no tuning")]
fn read_tuning(reader: &mut ByteReader) -> Option<Option<TuningSummary>> {
    let settings = reader.list(|reader| Some(reader.text()?.to_owned()))?;
    if settings.is_empty() {
        return Some(None);
    }
    Some(Some(TuningSummary {
        settings,
        studies: reader.size()?,
        trials: reader.size()?,
        evaluations: reader.count()?,
    }))
}

/// Returns the exception for bytes that are not those of a pickle.
pub(crate) fn damaged() -> PyErr {
    Error::new_err("the pickle is damaged: train again, or copy the pickle again")
}
