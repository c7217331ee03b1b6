//! A picture as plain pixels: what formats without shapes are made of.

use super::{picture, rgb};
use crate::{PlotError, scene::Scene};

/// An opaque picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels across and down.
    pub size: [usize; 2],
    /// Red, green and blue of each, row by row from the top.
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// The scene, drawn this many pixels across and down; what lets light through lies on white.
    ///
    /// # Errors
    /// The picture has no pixels.
    pub fn of(scene: &Scene, size: [u32; 2]) -> Result<Self, PlotError> {
        Ok(Self {
            rgb: rgb(picture(scene, size)?),
            size: size.map(|side| side as usize),
        })
    }

    /// A picture of one color.
    pub fn filled(size: [usize; 2], rgb: [u8; 3]) -> Self {
        Self {
            size,
            rgb: rgb.repeat(size[0] * size[1]),
        }
    }

    /// The color of the pixel `x` from the left, `y` from the top; below the last row that of the last row.
    pub fn at(&self, [x, y]: [usize; 2]) -> [u8; 3] {
        let i = 3 * (y.min(self.size[1] - 1) * self.size[0] + x);
        [self.rgb[i], self.rgb[i + 1], self.rgb[i + 2]]
    }

    /// Gives one pixel another color.
    pub fn set(&mut self, [x, y]: [usize; 2], rgb: [u8; 3]) {
        let i = 3 * (y * self.size[0] + x);
        self.rgb[i..i + 3].copy_from_slice(&rgb);
    }
}
