//! Parts of the map of two settings.

use crate::shared::{self, Result, error_text, misuse, pair, theme};
use js_sys::{Array, Uint8ClampedArray};
use thalweg_explore::{
    address::Address,
    settings_tile::{self, TileAxis},
};
use wasm_bindgen::prelude::*;

/// Two axes of a map.
#[wasm_bindgen]
pub struct MapAxes([TileAxis; 2]);

#[wasm_bindgen]
impl MapAxes {
    /// Creates the axes from two settings, the four ends of their ranges, and whether each is logarithmic.
    ///
    /// # Errors
    /// There are not two settings or four ends.
    #[wasm_bindgen(constructor)]
    pub fn new(keys: Vec<String>, ends: &[f64], x_is_log: bool, y_is_log: bool) -> Result<MapAxes> {
        let ([x, y], &[left, right, low, high]) = (&*keys, ends) else {
            return Err(misuse("a map of settings has two axes with two ends each"));
        };
        let axis = |key: &String, range, is_log| TileAxis {
            key: key.clone(),
            range,
            is_log,
        };
        Ok(Self([
            axis(x, [left, right], x_is_log),
            axis(y, [low, high], y_is_log),
        ]))
    }
}

/// The rows of a map of two settings, computed column by column.
#[wasm_bindgen]
pub struct SettingsTile(settings_tile::SettingsTile);

#[wasm_bindgen]
impl SettingsTile {
    /// Prepares the rows from `first` to before `end` of a map with `side` cells along each side. `files` are alternating names
    /// and contents of data files.
    ///
    /// # Errors
    /// The address is not valid, there is no such run, or an axis is not valid.
    #[expect(
        clippy::too_many_arguments,
        reason = "JavaScript passes each value separately"
    )]
    #[wasm_bindgen(constructor)]
    pub fn new(
        address: &str,
        files: &Array,
        run: usize,
        axes: &MapAxes,
        side: usize,
        first: usize,
        end: usize,
        limit: u32,
    ) -> Result<SettingsTile> {
        let address: Address = address.parse().map_err(error_text)?;
        let files = shared::files(files);
        let part = (side, first..end);
        let tile = settings_tile::SettingsTile::new(
            &address,
            &files,
            run,
            axes.0.clone(),
            part,
            limit.into(),
        );
        tile.map(Self).map_err(error_text)
    }

    /// Runs the next column; returns whether there are more.
    pub fn advance(&mut self) -> bool {
        self.0.advance()
    }

    /// Returns the pixels from the highest row: red, green, blue, and opacity.
    pub fn pixels(&self, theme: &str) -> Uint8ClampedArray {
        Uint8ClampedArray::from(&*self.0.pixels(self::theme(theme)))
    }
}

/// Returns the pick and the initial point at a position of a map, from 0 to 1 along both axes, and a sentence on its run, as
/// JSON.
///
/// # Errors
/// The address is not valid, there is no such run, or an axis is not valid.
#[wasm_bindgen]
pub fn settings_cell(
    address: &str,
    files: &Array,
    run: usize,
    axes: &MapAxes,
    at: &[f64],
    limit: u32,
) -> Result<String> {
    let address: Address = address.parse().map_err(error_text)?;
    let files = shared::files(files);
    let axes = axes.0.clone();
    let cell = settings_tile::cell(&address, &files, run, axes, pair(at)?, limit.into());
    Ok(shared::json(cell.map_err(error_text)?))
}
