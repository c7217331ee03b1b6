//! The brightness of the pixels of a PNG file.

use super::png::{Png, SIGNATURE};
use crate::{Error, catalog::File};

/// Limit of the number of pixels, which keeps the smoothing fast.
const MAX_PIXELS: usize = 1 << 20;

/// The brightness of pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    /// Number of columns and rows.
    pub(super) size: [usize; 2],
    /// Brightness from 0 (black) to 1 (white), row by row from the bottom: (rows, columns).
    pub(super) pixels: Vec<f64>,
}

impl Picture {
    /// Reads a PNG file.
    ///
    /// # Errors
    /// The file is not a PNG, is damaged, or has too few or too many pixels.
    pub(super) fn read(file: &File) -> Result<Self, Error> {
        let bytes = file.content.bytes();
        if !bytes.starts_with(SIGNATURE) {
            return Err(wrong(file, &not_png(file)));
        }
        let damaged = |what: &str| {
            wrong(
                file,
                &format!("the PNG picture is damaged ({what}); save it again"),
            )
        };
        let png = Png::read(bytes).map_err(damaged)?;
        let [width, height] = png.size;
        if width < 2 || height < 2 {
            let message =
                format!("the picture has {width} x {height} pixels; give one with at least 2 x 2");
            return Err(wrong(file, &message));
        }
        if width.saturating_mul(height) > MAX_PIXELS {
            let message = format!(
                "the picture has {width} x {height} pixels; reduce it to at most {MAX_PIXELS}, such as 1024 x 1024"
            );
            return Err(wrong(file, &message));
        }
        let pixels = png.brightness().map_err(damaged)?;
        let rows = pixels.chunks_exact(width).rev();
        Ok(Self {
            size: png.size,
            pixels: rows.flatten().copied().collect(),
        })
    }
}

/// Describes a file that is not a PNG.
fn not_png(file: &File) -> String {
    let is = match file.kind() {
        _ if file.content.bytes().is_empty() => "the file is empty".to_owned(),
        Some(kind) => format!("this is {kind}"),
        None => "this is not a picture".to_owned(),
    };
    format!("{is}, but a PNG picture is required; save the picture as PNG")
}

fn wrong(file: &File, message: &str) -> Error {
    Error::in_file(&file.name, None, None, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::png::{BitDepth, ColorType, Encoder};

    fn read(bytes: Vec<u8>) -> Result<Picture, String> {
        let file = File {
            name: "hill.png".to_owned(),
            content: bytes.into(),
        };
        Picture::read(&file).map_err(|error| error.to_string())
    }

    fn encoded(size: [u32; 2], color: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, size[0], size[1]);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == ColorType::Indexed {
            encoder.set_palette(vec![0, 0, 0, 255, 255, 255, 255, 0, 0]);
            encoder.set_trns(vec![255, 255, 0]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(samples).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn all_kinds_of_pixels_become_brightness() {
        use BitDepth::{Eight, One, Sixteen, Two};
        use ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
        let third = 1.0 / 3.0;
        for (color, depth, samples, expected) in [
            (Grayscale, One, &[0x40, 0x80][..], [1.0, 0.0, 0.0, 1.0]),
            (Grayscale, Two, &[0x10, 0xf0], [1.0, 1.0, 0.0, third]),
            (Grayscale, Eight, &[0, 51, 102, 255], [0.4, 1.0, 0.0, 0.2]),
            (
                Grayscale,
                Sixteen,
                &[0, 0, 0x33, 0x33, 0x66, 0x66, 255, 255],
                [0.4, 1.0, 0.0, 0.2],
            ),
            (
                GrayscaleAlpha,
                Eight,
                &[0, 255, 0, 0, 51, 255, 0, 51],
                [0.2, 0.8, 0.0, 1.0],
            ),
            (
                Rgb,
                Eight,
                &[255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0],
                [0.0722, 0.0, 0.2126, 0.7152],
            ),
            (
                Rgba,
                Eight,
                &[255, 0, 0, 255, 0, 255, 0, 255, 9, 9, 9, 0, 0, 0, 0, 255],
                [1.0, 0.0, 0.2126, 0.7152],
            ),
            // A transparent color of the palette is white.
            (Indexed, Eight, &[0, 1, 2, 0], [1.0, 0.0, 0.0, 1.0]),
        ] {
            let picture = read(encoded([2, 2], color, depth, samples)).unwrap();
            assert_eq!(picture.size, [2, 2]);
            for (found, expected) in picture.pixels.iter().zip(expected) {
                let is_close = (found - expected).abs() < 1e-12;
                assert!(is_close, "{color:?} {depth:?}: {:?}", picture.pixels);
            }
        }
    }

    #[test]
    fn an_interlaced_picture_is_equal_to_a_plain_one() {
        // Both have the same 9 x 7 pixels.
        let plain = include_bytes!("../../../../tests/pictures/plain.png");
        let interlaced = include_bytes!("../../../../tests/pictures/interlaced.png");
        assert_eq!(read(plain.to_vec()), read(interlaced.to_vec()));
    }

    #[test]
    fn unusable_files_are_described() {
        let tiny = encoded([1, 1], ColorType::Grayscale, BitDepth::Eight, &[7]);
        let good = encoded([2, 2], ColorType::Grayscale, BitDepth::Eight, &[0, 1, 2, 3]);
        let mut huge = good.clone();
        // The width is part of the header, whose check is checked first.
        huge[16..20].copy_from_slice(&[0x7f, 255, 255, 255]);
        for (bytes, words) in [
            (Vec::new(), "the file is empty"),
            (b"a,b\n1,2\n".to_vec(), "this is not a picture"),
            (b"\xff\xd8\xff\xe0".to_vec(), "this is a JPEG picture"),
            (b"GIF89a".to_vec(), "this is a GIF picture"),
            (good[..20].to_vec(), "damaged"),
            (good[..good.len() - 20].to_vec(), "damaged"),
            (huge, "damaged"),
            (tiny, "1 x 1 pixels; give one with at least 2 x 2"),
            (
                encoded(
                    [2048, 1024],
                    ColorType::Grayscale,
                    BitDepth::One,
                    &vec![0; 2 << 17],
                ),
                "2048 x 1024 pixels; reduce it to at most 1048576",
            ),
        ] {
            let error = read(bytes).unwrap_err();
            assert!(error.contains(words), "{error}");
            assert!(error.contains("hill.png"), "{error}");
        }
    }
}
