//! The map, as arrays of the browser's own.

use js_sys::{Float32Array, Float64Array, Uint32Array};
use thalweg_explore::map;
use wasm_bindgen::prelude::*;

/// The loss in a window on its way.
#[wasm_bindgen]
pub struct Survey {
    pub(crate) inner: map::Survey,
    pub(crate) target: Option<f64>,
}

#[wasm_bindgen]
impl Survey {
    /// Samples so many more rows; whether there are more.
    pub fn advance(&mut self, rows: usize) -> bool {
        self.inner.advance(rows)
    }

    /// What was sampled, as outlines of bands in a picture of so many px.
    pub fn bands(&self, width: f64, height: f64) -> Bands {
        let (field, size) = (self.inner.field(), [width, height]);
        Bands(map::Bands::new(field, size, self.target))
    }
}

/// Outlines of bands of equal loss, in px with y down.
#[wasm_bindgen]
pub struct Bands(map::Bands);

#[wasm_bindgen]
impl Bands {
    /// Edges of the bands, ascending.
    pub fn levels(&self) -> Float64Array {
        Float64Array::from(&*self.0.levels)
    }

    /// The bar of the bands' colours, as JSON.
    pub fn scale(&self) -> String {
        self.0.scale().to_string()
    }

    /// The numbers along both axes, as JSON.
    pub fn axes(&self) -> String {
        self.0.axes().to_string()
    }

    /// x and y of every corner in turn.
    pub fn points(&self) -> Float32Array {
        Float32Array::from(&*self.0.points)
    }

    /// How many numbers of the points belong to the outlines up to each.
    pub fn ends(&self) -> Uint32Array {
        Uint32Array::from(&*self.0.ends)
    }

    /// How many outlines belong to the bands up to each; what follows the last band is the line of the target.
    pub fn counts(&self) -> Uint32Array {
        Uint32Array::from(&*self.0.bands)
    }
}
