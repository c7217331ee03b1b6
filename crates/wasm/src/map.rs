//! The map as drawing commands, in arrays of the browser's own.

use crate::shared::{Result, pair, theme};
use js_sys::{Float32Array, Float64Array};
use thalweg_explore::{json::Json, map, overlay};
use wasm_bindgen::prelude::*;

/// Commands for a canvas.
#[wasm_bindgen]
pub struct Drawing(thalweg_explore::Drawing);

#[wasm_bindgen]
impl Drawing {
    /// The commands.
    pub fn numbers(&self) -> Float32Array {
        Float32Array::from(&*self.0.numbers)
    }

    /// The texts that they refer to, as JSON.
    pub fn texts(&self) -> String {
        Json::from(&*self.0.texts).to_string()
    }
}

/// The loss in a window on its way.
#[wasm_bindgen]
pub struct FieldSampler(pub(crate) map::FieldSampler);

#[wasm_bindgen]
impl FieldSampler {
    /// Samples so many more rows; whether there are more.
    pub fn advance(&mut self, rows: usize) -> bool {
        self.0.advance(rows)
    }

    /// Draws what was sampled in a picture of so many px.
    ///
    /// # Errors
    /// `size` is not two numbers.
    pub fn ground(&self, size: &[f64], theme: &str) -> Result<BaseMap> {
        let theme = self::theme(theme);
        Ok(BaseMap(map::BaseMap::new(&self.0, pair(size)?, theme)))
    }
}

/// The bands of the loss and the line of the target.
#[wasm_bindgen]
pub struct BaseMap(map::BaseMap);

#[wasm_bindgen]
impl BaseMap {
    /// The picture.
    pub fn drawing(&self) -> Drawing {
        Drawing(self.0.drawing.clone())
    }

    /// The bar of the colors, as JSON.
    pub fn scale(&self) -> String {
        self.0.scale.to_string()
    }
}

/// The part of the map that moves.
#[wasm_bindgen]
pub struct Overlay(pub(crate) overlay::Overlay);

#[wasm_bindgen]
impl Overlay {
    /// Paths, arrows, signs, and names.
    pub fn marks(&self) -> Drawing {
        Drawing(self.0.marks.clone())
    }

    /// The numbers along both edges, and the names of the weights.
    pub fn axes(&self) -> Drawing {
        Drawing(self.0.axes.clone())
    }

    /// Where the handle of the start lies, in px; empty where there is none.
    pub fn handle(&self) -> Float64Array {
        Float64Array::from(self.0.handle.as_ref().map_or(&[][..], |at| at))
    }

    /// Whether a path ends out of sight.
    pub fn leaves(&self) -> bool {
        self.0.leaves
    }
}
