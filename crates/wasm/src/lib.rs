//! The browser's door: a handful of functions over [`thalweg_explore`].
//!
//! Structured answers come as JSON, columns of numbers as arrays of the browser's own. Every error is a sentence.

#![expect(
    clippy::needless_pass_by_value,
    reason = "lists of texts come from JavaScript by value"
)]

mod film;
mod map;
mod session;
mod shared;

pub use film::GifWriter;
pub use map::{BaseMap, Drawing, FieldSampler, Overlay};
pub use session::Session;
use shared::{Result, said};
use thalweg_explore::{Window, address::Address, catalog, controls, tell};
use wasm_bindgen::prelude::*;

/// Everything that there is, as JSON.
///
/// # Errors
/// None that a user could cause.
#[wasm_bindgen]
pub fn catalog() -> Result<String> {
    let json = catalog::json(&catalog::lists()).map_err(said)?;
    Ok(json.to_string())
}

/// The colours of paths, `dark` or `light`, as JSON.
#[wasm_bindgen]
pub fn colors(theme: &str) -> String {
    tell::colors(shared::theme(theme)).to_string()
}

/// An address taken apart, as JSON: the parts of its experiment, a key and a value in turn, and what is seen of it.
///
/// # Errors
/// It is too long, or has a part that is not allowed.
#[wasm_bindgen]
pub fn opened(address: &str) -> Result<String> {
    let address: Address = address.parse().map_err(said)?;
    Ok(tell::opened(&address).to_string())
}

/// The link and the command of an experiment and what is seen of it, as JSON, from keys and values in turn.
///
/// # Errors
/// A key or a value that is not allowed.
#[wasm_bindgen]
pub fn link(parts: Vec<String>) -> Result<String> {
    let address = Address::from_parts(&parts).map_err(said)?;
    Ok(tell::link(&address).to_string())
}

/// The controls of a pick, as JSON.
///
/// # Errors
/// The text is no pick of the list.
#[wasm_bindgen]
pub fn panel(list: &str, pick: &str) -> Result<String> {
    let panel = controls::panel(list, pick, None).map_err(said)?;
    Ok(panel.to_string())
}

/// A pick with one setting changed; an empty value takes it away.
///
/// # Errors
/// The value cannot stand in a pick.
#[wasm_bindgen]
pub fn changed(list: &str, pick: &str, key: &str, value: &str) -> Result<String> {
    controls::changed(list, pick, key, value).map_err(said)
}

/// A pick with one setting where its slider stands, from 0 to 1.
///
/// # Errors
/// The setting has no slider.
#[wasm_bindgen]
pub fn slid(list: &str, pick: &str, key: &str, share: f64) -> Result<String> {
    controls::slid(list, pick, key, share).map_err(said)
}

/// The weights under a px of a picture that shows a window, as a start is written.
///
/// # Errors
/// There is no such window, or `size` or `at` are no two numbers.
#[wasm_bindgen]
pub fn place(window: &[f64], size: &[f64], at: &[f64]) -> Result<String> {
    let window = Window::of(window).map_err(said)?;
    let (size, at) = (shared::pair(size)?, shared::pair(at)?);
    Ok(thalweg_explore::map::place(window, size, at))
}
