//! Pictures as pixels, for formats without shapes.

use super::{picture, rgb};
use crate::{PlotError, scene::Scene};

/// An opaque picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Red, green, and blue of each pixel, row by row from the top.
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// Draws the scene on white, with this width and height in pixels.
    ///
    /// # Errors
    /// The picture has no pixels.
    pub fn of(scene: &Scene, size: [u32; 2]) -> Result<Self, PlotError> {
        Ok(Self {
            rgb: rgb(picture(scene, size, &|| true)?),
            size: size.map(|side| side as usize),
        })
    }

    /// Creates a picture of one color.
    pub fn filled(size: [usize; 2], rgb: [u8; 3]) -> Self {
        Self {
            size,
            rgb: rgb.repeat(size[0] * size[1]),
        }
    }

    /// Returns the color of a pixel, `x` from the left and `y` from the top. Below the last row, it repeats the last row.
    pub fn at(&self, [x, y]: [usize; 2]) -> [u8; 3] {
        let i = 3 * (y.min(self.size[1] - 1) * self.size[0] + x);
        [self.rgb[i], self.rgb[i + 1], self.rgb[i + 2]]
    }

    /// Sets the color of a pixel.
    pub fn set(&mut self, [x, y]: [usize; 2], rgb: [u8; 3]) {
        let i = 3 * (y * self.size[0] + x);
        self.rgb[i..i + 3].copy_from_slice(&rgb);
    }
}
