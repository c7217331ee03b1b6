//! The samples of the map, by one or several workers.

use crate::{
    map::BaseMap,
    shared::{self, Result, error_text, pair, theme},
};
use js_sys::{Array, Float64Array};
use thalweg_explore::{Window, address::Address, field, map};
use wasm_bindgen::prelude::*;

/// Samples the loss in a window.
#[wasm_bindgen]
pub struct FieldSampler(pub(crate) field::FieldSampler);

#[wasm_bindgen]
impl FieldSampler {
    /// Samples this number of rows; returns whether there are more that no other worker has taken.
    pub fn advance(&mut self, rows: usize) -> bool {
        self.0.advance(rows)
    }

    /// Takes at most this number of rows for another worker. Returns the first one and the one after the last.
    pub fn take(&mut self, rows: usize) -> Box<[usize]> {
        let taken = self.0.take(rows);
        [taken.start, taken.end].into()
    }

    /// Accepts the losses of rows that were taken. If they are empty, the rows wait again.
    pub fn accept(&mut self, first: usize, end: usize, losses: &[f64]) {
        self.0.accept(first..end, losses);
    }

    /// Returns whether all rows are sampled.
    pub fn is_complete(&self) -> bool {
        self.0.is_complete()
    }

    /// Returns the numbers of the plane; the array is empty if the map shows two weights.
    pub fn plane(&self) -> Float64Array {
        Float64Array::from(&*self.0.plane_numbers())
    }

    /// Draws the samples in a picture of `size` px.
    ///
    /// # Errors
    /// `size` is not two numbers.
    pub fn ground(&self, size: &[f64], theme: &str) -> Result<BaseMap> {
        let theme = self::theme(theme);
        Ok(BaseMap(map::BaseMap::new(&self.0, pair(size)?, theme)))
    }
}

/// Returns the losses of the rows from `first` to before `end` of a field with `samples` along each side. `files` are
/// alternating names and contents of data files, and `plane` are the numbers of the plane.
///
/// # Errors
/// The address or the window is not valid, or the plane does not fit the number of weights.
#[wasm_bindgen]
pub fn field_rows(
    address: &str,
    files: &Array,
    plane: &[f64],
    window: &[f64],
    samples: usize,
    first: usize,
    end: usize,
) -> Result<Float64Array> {
    let address: Address = address.parse().map_err(error_text)?;
    let window = Window::of(window).map_err(error_text)?;
    let files = shared::files(files);
    let rows = field::FieldRows::new(&address, &files, plane, window, samples, first..end);
    let mut rows = rows.map_err(error_text)?;
    Ok(Float64Array::from(rows.losses()))
}
