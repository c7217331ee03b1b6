//! Writes GIFs in the browser.

use crate::shared::{Result, misuse};
use thalweg_explore::{self as explore, Loops, Region};
use wasm_bindgen::prelude::*;

/// A GIF writer for frames that the browser converted to pixels.
#[wasm_bindgen]
pub struct GifWriter {
    reel: explore::GifWriter<Vec<u8>>,
    whole: Region,
}

#[wasm_bindgen]
impl GifWriter {
    /// Starts a GIF with a recipe, with this width and height in pixels, and with the colors of a sample: red, green,
    /// blue, and 255 for each pixel.
    ///
    /// # Errors
    /// The GIF has too many pixels.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32, sample: &[u8], recipe: &str) -> Result<GifWriter> {
        let pixels = [width, height];
        let (samples, loops) = (&[sample.as_chunks().0], Loops::Forever);
        let reel = explore::GifWriter::new(Vec::new(), pixels, samples, loops, &|| true);
        let mut reel = reel.map_err(unwritten)?;
        reel.add_recipe(recipe).map_err(unwritten)?;
        Ok(Self {
            reel,
            whole: Region::whole(pixels),
        })
    }

    /// Adds a frame that is visible from one time to another, in seconds.
    ///
    /// # Errors
    /// The number of pixels differs from the size.
    pub fn add(&mut self, pixels: &[u8], from: f64, to: f64) -> Result<()> {
        let pixels = pixels.as_chunks().0;
        if pixels.len() != self.whole.width() * self.whole.height() {
            return Err(misuse(
                "every frame of a GIF must have the size of the first",
            ));
        }
        let added = self.reel.add(pixels, &[self.whole], [from, to], &|| true);
        added.map_err(unwritten)
    }

    /// Returns the file.
    ///
    /// # Errors
    /// Does not fail in practice.
    pub fn finish(self) -> Result<Vec<u8>> {
        self.reel.finish(&|| true).map_err(unwritten)
    }
}

/// Writing to memory can only fail because of the size.
fn unwritten<E>(_: E) -> String {
    misuse("the picture is too large for a GIF: choose a smaller size")
}
