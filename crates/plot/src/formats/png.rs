//! Scenes as PNG.

use super::{
    palette::ColorHistogram,
    recipe::{self, KEYWORD},
    zlib::{FAST, MAX_CHUNK, SMALL, compressed},
};
pub use crate::scene::size::PIXEL_LIMIT;
use crate::{
    KeepGoing, PlotError, raster,
    scene::{Scene, size},
};
use png::{BitDepth, ColorType, Encoder, chunk};
use thalweg::bytes::crc32;

/// Encodes a scene as an opaque PNG file, on white, with `scale` pixels per px of the written picture.
///
/// What lets light through lies on white.
///
/// # Errors
///
/// The picture has no pixels or more than [`PIXEL_LIMIT`].
pub fn encode(scene: &Scene, scale: f64) -> Result<Vec<u8>, PlotError> {
    encode_while(scene, scale, None, &|| true)
}

/// Encodes a scene like [`encode`] while `keep_going` returns true. A number of `colors` is the largest size of a palette, with
/// which the file is several times smaller: a color outside of the palette becomes the perceptually nearest one, without
/// dithering.
///
/// # Errors
///
/// The picture has no pixels or more than [`PIXEL_LIMIT`], or the work was stopped.
pub fn encode_while(
    scene: &Scene,
    scale: f64,
    colors: Option<usize>,
    keep_going: KeepGoing,
) -> Result<Vec<u8>, PlotError> {
    let size = size::pixels(scene.size, scene.scale * scale)?;
    let picture = raster::picture(scene, size, keep_going)?;
    let samples = match colors {
        None => Samples::Rgb(raster::rgb(picture)),
        Some(colors) => {
            let (pixels, _) = picture.data().as_chunks();
            let mut counted = ColorHistogram::default();
            counted.add(pixels, keep_going)?;
            let mut palette = counted.palette(colors, keep_going)?;
            let indices = palette.indices(pixels, keep_going)?;
            let palette = palette.bytes().to_vec();
            Samples::Indexed { indices, palette }
        }
    };
    compress(&samples, size, scene.recipe.as_deref(), keep_going)
}

/// The samples of a picture, row by row.
enum Samples {
    /// Red, green, and blue per pixel.
    Rgb(Vec<u8>),
    /// One index per pixel, and red, green, and blue per color.
    Indexed { indices: Vec<u8>, palette: Vec<u8> },
}

/// Adds a recipe to a PNG file that another program encoded.
pub fn with_recipe(file: &[u8], recipe: &str) -> Vec<u8> {
    /// Bytes of the signature and of the header, which is the first chunk.
    const HEAD: usize = 8 + 25;
    let mut chunk = b"iTXt".to_vec();
    chunk.extend(KEYWORD.as_bytes());
    // The end of the keyword, no compression, and neither a language nor a translation.
    chunk.extend([0; 5]);
    chunk.extend(recipe::clean(recipe).as_bytes());
    let (head, rest) = file.split_at(HEAD.min(file.len()));
    let length = (chunk.len() - 4) as u32;
    let check = crc32(&chunk);
    [
        head,
        &length.to_be_bytes(),
        &chunk,
        &check.to_be_bytes(),
        rest,
    ]
    .concat()
}

/// Returns the requested number of pixels per px of the written picture, reduced if [`PIXEL_LIMIT`] requires it.
pub fn scale_within_limit(scene: &Scene, wanted: f64) -> f64 {
    let [width, height] = scene.px().map(|px| px + 1.0);
    // The limit also holds if either side is rounded up.
    wanted.min((PIXEL_LIMIT as f64 / (width * height)).sqrt())
}

fn compress(
    samples: &Samples,
    [width, height]: [u32; 2],
    recipe: Option<&str>,
    keep_going: KeepGoing,
) -> Result<Vec<u8>, PlotError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_depth(BitDepth::Eight);
    let (data, bytes, level) = match samples {
        Samples::Rgb(rgb) => {
            encoder.set_color(ColorType::Rgb);
            (rgb, 3, FAST)
        }
        // The purpose of a palette is a small file.
        Samples::Indexed { indices, palette } => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette);
            (indices, 1, SMALL)
        }
    };
    if let Some(text) = recipe {
        encoder.add_itxt_chunk(KEYWORD.to_owned(), recipe::clean(text))?;
    }
    let mut writer = encoder.write_header()?;
    let pixels = compressed(data, bytes * width as usize, level, keep_going)?;
    for part in pixels.chunks(MAX_CHUNK) {
        writer.write_chunk(chunk::IDAT, part)?;
    }
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::recipe::recipe_of;

    #[test]
    fn a_recipe_is_added_to_a_finished_file() {
        let samples = Samples::Rgb(vec![7; 12]);
        let plain = compress(&samples, [2, 2], None, &|| true).expect("a picture");
        let text = "thalweg 1.0\nthalweg draw contour --on 'formula:x²'";
        let file = with_recipe(&plain, text);
        assert_eq!(recipe_of(&file).as_deref(), Some(text));
    }
}
