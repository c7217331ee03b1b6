//! The map as drawing commands in typed arrays.

use crate::shared::json;
use js_sys::{Float32Array, Float64Array};
use thalweg_explore::{json::Json, map, overlay};
use wasm_bindgen::prelude::*;

/// Drawing commands for a canvas.
#[wasm_bindgen]
pub struct Drawing(thalweg_explore::Drawing);

#[wasm_bindgen]
impl Drawing {
    /// Returns the commands.
    pub fn numbers(&self) -> Float32Array {
        Float32Array::from(&*self.0.numbers)
    }

    /// Returns the texts that the commands refer to, as JSON.
    pub fn texts(&self) -> String {
        Json::from(&*self.0.texts).to_string()
    }
}

/// The bands of the loss and the target line.
#[wasm_bindgen]
pub struct BaseMap(pub(crate) map::BaseMap);

#[wasm_bindgen]
impl BaseMap {
    /// Takes the drawing commands; they are empty afterwards.
    pub fn drawing(&mut self) -> Drawing {
        Drawing(std::mem::take(&mut self.0.drawing))
    }

    /// Returns the color bar as JSON.
    pub fn scale(&self) -> String {
        json(self.0.scale.clone())
    }
}

/// The part of the map that changes during playback.
#[wasm_bindgen]
pub struct Overlay(pub(crate) overlay::Overlay);

#[wasm_bindgen]
impl Overlay {
    /// Takes paths, arrows, markers, and names; they are empty afterwards.
    pub fn marks(&mut self) -> Drawing {
        Drawing(std::mem::take(&mut self.0.marks))
    }

    /// Takes the tick labels along both edges, and the names of the weights; they are empty afterwards.
    pub fn axes(&mut self) -> Drawing {
        Drawing(std::mem::take(&mut self.0.axes))
    }

    /// Returns the position of the handle of the initial point in px; the array is empty if there is none.
    pub fn handle(&self) -> Float64Array {
        Float64Array::from(self.0.handle.as_ref().map_or(&[][..], |at| at))
    }

    /// Returns whether a path ends outside the window.
    pub fn leaves(&self) -> bool {
        self.0.path_leaves_window
    }
}
