//! Tuning of an optimizer.

use crate::shared::{self, Result, error_text};
use js_sys::Array;
use thalweg_explore::{address::Address, tuning};
use wasm_bindgen::prelude::*;

/// Tuning of an optimizer, which runs in slices.
#[wasm_bindgen]
pub struct Tuning(tuning::Tuning);

#[wasm_bindgen]
impl Tuning {
    /// Prepares the trials for the optimizer of a run of an experiment. `files` are alternating names and contents of data
    /// files.
    ///
    /// # Errors
    /// The address is not valid, there is no such run, or the optimizer has nothing to tune.
    #[wasm_bindgen(constructor)]
    pub fn new(address: &str, files: &Array, run: usize) -> Result<Tuning> {
        let address: Address = address.parse().map_err(error_text)?;
        let tuning = tuning::Tuning::new(&address, &shared::files(files), run);
        tuning.map(Self).map_err(error_text)
    }

    /// Advances by at most `epochs` steps; returns whether there is more to do.
    ///
    /// # Errors
    /// The optimizer refuses the values of a trial.
    pub fn advance(&mut self, epochs: u32) -> Result<bool> {
        self.0.advance(epochs.into()).map_err(error_text)
    }

    /// Returns the number of the current trial and that of all trials, as in "trial 4 of 15".
    pub fn progress(&self) -> String {
        self.0.progress()
    }

    /// Returns the pick with the tuned settings and a sentence as JSON.
    ///
    /// # Errors
    /// Not all trials have ended.
    pub fn result(&self) -> Result<String> {
        Ok(shared::json(self.0.result().map_err(error_text)?))
    }
}
