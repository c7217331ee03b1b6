//! A search for the best learning rate.

use crate::shared::{self, Result, error_text};
use js_sys::Array;
use thalweg_explore::{address::Address, rate_search};
use wasm_bindgen::prelude::*;

/// A search for the best learning rate of an optimizer, which runs in slices.
#[wasm_bindgen]
pub struct RateSearch(rate_search::RateSearch);

#[wasm_bindgen]
impl RateSearch {
    /// Prepares the search for the optimizer of a run of an experiment. `files` are alternating names and contents of data
    /// files.
    ///
    /// # Errors
    /// The address is not valid, there is no such run, or the optimizer has no learning rate.
    #[wasm_bindgen(constructor)]
    pub fn new(address: &str, files: &Array, run: usize) -> Result<RateSearch> {
        let address: Address = address.parse().map_err(error_text)?;
        let search = rate_search::RateSearch::new(&address, &shared::files(files), run);
        search.map(Self).map_err(error_text)
    }

    /// Advances by at most `epochs` steps; returns whether there is more to do.
    ///
    /// # Errors
    /// No learning rate is allowed.
    pub fn advance(&mut self, epochs: u32) -> Result<bool> {
        self.0.advance(epochs.into()).map_err(error_text)
    }

    /// Returns the share of the rates that were tried.
    pub fn progress(&self) -> f64 {
        let [tried, all] = self.0.progress();
        tried as f64 / all as f64
    }

    /// Returns the pick with the best rate and a sentence as JSON.
    ///
    /// # Errors
    /// Does not fail in practice.
    pub fn result(&self) -> Result<String> {
        Ok(shared::json(self.0.result().map_err(error_text)?))
    }
}
