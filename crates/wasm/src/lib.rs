//! The interface of the browser: functions over [`thalweg_explore`].
//!
//! Structured results are JSON, and columns of numbers are typed arrays. Every error is a sentence.

#![expect(
    clippy::needless_pass_by_value,
    reason = "lists of texts come from JavaScript by value"
)]

mod field;
mod gif_writer;
mod map;
mod session;
mod settings_tile;
mod shared;
mod tuning;

pub use field::{FieldSampler, field_rows};
pub use gif_writer::GifWriter;
use js_sys::Array;
pub use map::{BaseMap, Drawing, Overlay};
pub use session::Session;
pub use settings_tile::{MapAxes, SettingsTile, settings_cell};
use shared::{Result, error_text};
use thalweg_explore::{address::Address, addresses, changes, controls, menus, tables};
pub use tuning::Tuning;
use wasm_bindgen::prelude::*;

/// Returns the lists of the catalog as JSON.
///
/// # Errors
/// Does not fail in practice.
#[wasm_bindgen]
pub fn catalog() -> Result<String> {
    menus::lists().map(shared::json).map_err(error_text)
}

/// Returns the path colors of the theme `dark` or `light` as JSON.
#[wasm_bindgen]
pub fn colors(theme: &str) -> String {
    shared::json(tables::colors(shared::theme(theme)))
}

/// Returns the parts of an address as JSON: alternating keys and values of the experiment, and the view.
///
/// # Errors
/// The address is too long, or a part is not allowed.
#[wasm_bindgen]
pub fn opened(address: &str) -> Result<String> {
    let address: Address = address.parse().map_err(error_text)?;
    Ok(shared::json(addresses::describe_address(&address)))
}

/// Returns the link and the command for alternating keys and values of an experiment and its view, as JSON.
///
/// # Errors
/// A key or a value is not allowed.
#[wasm_bindgen]
pub fn link(parts: Vec<String>) -> Result<String> {
    let address = Address::from_parts(&parts).map_err(error_text)?;
    Ok(shared::json(addresses::link(&address)))
}

/// Returns the recipe of the picture of an address, or of its animation. `files` are alternating names and contents of
/// data files.
///
/// # Errors
/// The address is not valid.
#[wasm_bindgen]
pub fn recipe(address: &str, files: &Array, theme: &str, is_animation: bool) -> Result<String> {
    let address: Address = address.parse().map_err(error_text)?;
    let recipe = address.recipe(&shared::files(files), theme, is_animation);
    recipe.map_err(error_text)
}

/// Returns a PNG file with a recipe.
#[wasm_bindgen]
pub fn png_with_recipe(file: &[u8], recipe: &str) -> Vec<u8> {
    thalweg_explore::with_recipe(file, recipe)
}

/// Returns the controls of an entry with settings as JSON.
///
/// # Errors
/// The text cannot be parsed, or the list has no such entry.
#[wasm_bindgen]
pub fn panel(list: &str, pick: &str) -> Result<String> {
    let panel = controls::panel(list, pick, &[], None).map_err(error_text)?;
    Ok(shared::json(panel))
}

/// Returns the text with one setting changed; an empty value removes it.
///
/// # Errors
/// The value cannot be quoted.
#[wasm_bindgen]
pub fn changed(list: &str, pick: &str, key: &str, value: &str) -> Result<String> {
    changes::change_setting(list, pick, key, value).map_err(error_text)
}

/// Returns the text with one setting at a slider position from 0 to 1. `files` are alternating names and contents of data files,
/// among them those of rules.
///
/// # Errors
/// The setting has no slider.
#[wasm_bindgen]
pub fn slid(list: &str, pick: &str, key: &str, share: f64, files: &Array) -> Result<String> {
    changes::set_slider(list, pick, key, share, &shared::files(files)).map_err(error_text)
}
