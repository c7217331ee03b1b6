//! Scenes as PNG.

use super::recipe::{self, KEYWORD};
pub use crate::scene::size::PIXEL_LIMIT;
use crate::{
    PlotError, raster,
    scene::{Scene, size},
};
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};

/// Encodes a scene as an opaque PNG file, on white, with `scale` pixels per px of the written picture.
///
/// What lets light through lies on white.
///
/// # Errors
///
/// The picture has no pixels or more than [`PIXEL_LIMIT`].
pub fn encode(scene: &Scene, scale: f64) -> Result<Vec<u8>, PlotError> {
    let size = size::pixels(scene.size, scene.scale * scale)?;
    let rgb = raster::rgb(raster::picture(scene, size)?);
    compress(&rgb, size, scene.recipe.as_deref())
}

/// Returns the requested number of pixels per px of the written picture, reduced if [`PIXEL_LIMIT`] requires it.
pub fn scale_within_limit(scene: &Scene, wanted: f64) -> f64 {
    let [width, height] = scene.px().map(|px| px + 1.0);
    // The limit also holds if either side is rounded up.
    wanted.min((PIXEL_LIMIT as f64 / (width * height)).sqrt())
}

fn compress(
    rgb: &[u8],
    [width, height]: [u32; 2],
    recipe: Option<&str>,
) -> Result<Vec<u8>, PlotError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    // Measured on a figure of 800 x 600: 3 ms and 139 kB. Level 6 takes 16 ms for 116 kB, and the fast mode of the
    // crate 1 ms for 190 kB. Flat colors repeat in whole rows; with a filter, the file would be a sixth larger.
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    if let Some(text) = recipe {
        encoder.add_itxt_chunk(KEYWORD.to_owned(), recipe::clean(text))?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(file)
}
