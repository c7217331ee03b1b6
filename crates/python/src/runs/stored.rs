//! Finished runs and maps as bytes, for pickles.

use crate::work::Error;
use pyo3::prelude::*;
use thalweg::{
    bytes::{ByteReader, ByteWriter},
    experiment::PreparedExperiment,
};
use thalweg_cli::embed;

/// What precedes the results: the notes, and the files that the experiment reads.
pub(crate) struct StoredHead {
    pub(crate) notes: String,
    /// Names and hashes.
    files: Vec<(String, String)>,
}

impl StoredHead {
    /// Begins to write the results of an experiment.
    pub(crate) fn write(notes: &str, contest: &PreparedExperiment) -> ByteWriter {
        let mut out = ByteWriter::default();
        out.text(notes);
        out.list(&embed::file_hashes(contest), |out, (name, hash)| {
            out.text(name);
            out.text(hash);
        });
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
            Some(Self { notes, files })
        };
        read().ok_or_else(damaged)
    }

    /// Checks that the experiment has read the same files.
    ///
    /// # Errors
    /// A file has other contents.
    pub(crate) fn check(&self, contest: &PreparedExperiment) -> PyResult<()> {
        let files = embed::file_hashes(contest);
        match self.files.iter().find(|file| !files.contains(file)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::new_err(format!(
                "the file {name} has changed since the pickle was written: restore its contents, or train again"
            ))),
        }
    }
}

/// Returns the exception for bytes that are not those of a pickle.
pub(crate) fn damaged() -> PyErr {
    Error::new_err("the pickle is damaged: train again, or copy the pickle again")
}
