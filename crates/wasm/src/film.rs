//! A GIF, picture by picture.

use crate::shared::Result;
use thalweg_explore::{self as explore, Loops, Region};
use wasm_bindgen::prelude::*;

/// A GIF on its way, of pictures that the browser turned into pixels.
#[wasm_bindgen]
pub struct GifWriter {
    reel: explore::GifWriter<Vec<u8>>,
    whole: Region,
}

#[wasm_bindgen]
impl GifWriter {
    /// Begins a GIF of so many pixels across and down with the colours of a sample; red, green, blue and 255 of each pixel.
    ///
    /// # Errors
    /// It has too many pixels.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32, sample: &[u8]) -> Result<GifWriter> {
        let pixels = [width, height];
        let reel =
            explore::GifWriter::new(Vec::new(), pixels, &[sample.as_chunks().0], Loops::Forever);
        Ok(Self {
            reel: reel.map_err(unwritten)?,
            whole: Region::whole(pixels),
        })
    }

    /// Adds a picture that is seen from one second to another.
    ///
    /// # Errors
    /// It has other than so many pixels.
    pub fn add(&mut self, pixels: &[u8], from: f64, to: f64) -> Result<()> {
        let pixels = pixels.as_chunks().0;
        if pixels.len() != self.whole.width() * self.whole.height() {
            return Err("every picture of a GIF has as many pixels as the first".to_owned());
        }
        let added = self.reel.add(pixels, &[self.whole], [from, to]);
        added.map_err(unwritten)
    }

    /// The file.
    ///
    /// # Errors
    /// None that a user could cause.
    pub fn finish(self) -> Result<Vec<u8>> {
        self.reel.finish().map_err(unwritten)
    }
}

/// It is written to memory: what can go wrong is its size alone.
fn unwritten<E>(_: E) -> String {
    "the picture is too large for a GIF".to_owned()
}
