//! Sizes of pictures: presets for paper and screen, or a width and a height.

use crate::{PlotError, scene::Scene};
use std::{fmt, str::FromStr};

/// The size of a picture: the px of its layout, and the scale of the output.
///
/// Font sizes in the layout are constant, so the scale determines their size on paper, which is at least [`MIN_FONT_SIZE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width and height in px of the layout.
    pub layout: [f64; 2],
    /// Px of the picture per px of the layout.
    pub scale: f64,
    /// Whether only the width is given, such as that of a text column.
    pub is_column: bool,
}

/// Smallest font size in points at the intended size of a picture.
pub const MIN_FONT_SIZE: f64 = 7.0;
/// Points (72 per inch) per px (96 per inch).
pub const POINT: f64 = 0.75;
/// Px per millimeter.
const MM: f64 = 96.0 / 25.4;
/// Largest side of a picture in px.
const MAX_SIDE: f64 = 100_000.0;

/// Smallest side of a picture in px; labels would leave no space in a smaller one.
const MIN_SIDE: f64 = 200.0;

/// Largest number of pixels of a picture (40 MB of memory).
pub const PIXEL_LIMIT: u64 = 10_000_000;

/// A named size.
#[derive(Clone, Copy, Debug)]
pub struct SizePreset {
    /// Id on the command line.
    pub id: &'static str,
    /// Description.
    pub summary: &'static str,
    /// The size.
    pub size: Size,
}

/// All named sizes.
pub const PRESETS: &[SizePreset] = &[
    SizePreset {
        id: "paper-column",
        summary: "One column of a paper, 85 mm wide.",
        size: Size::column(85.0 * MM, [428.0, 430.0]),
    },
    SizePreset {
        id: "paper-page",
        summary: "The full width of a page, 178 mm.",
        size: Size::column(178.0 * MM, [840.0, 640.0]),
    },
    SizePreset {
        id: "slide",
        summary: "A slide, 1280 x 720 px.",
        size: Size::wide(1280.0, [1280.0 / 1.4, 720.0 / 1.4]),
    },
    SizePreset {
        id: "square",
        summary: "A square, 1080 x 1080 px, for social media.",
        size: Size::wide(1080.0, [720.0, 720.0]),
    },
];

impl Size {
    /// Creates a size from a layout that is scaled to this width in px.
    const fn wide(width: f64, layout: [f64; 2]) -> Self {
        Self {
            layout,
            scale: width / layout[0],
            is_column: false,
        }
    }

    /// Creates a size from a layout that is scaled to a column of this width.
    const fn column(width: f64, layout: [f64; 2]) -> Self {
        Self {
            is_column: true,
            ..Self::wide(width, layout)
        }
    }

    /// Creates a size from a width and a height in px, both above zero. The layout of a small picture is larger and scaled
    /// down as far as the smallest font size allows.
    pub fn of_px([width, height]: [f64; 2]) -> Self {
        const ROOMY: [f64; 2] = [560.0, 480.0];
        const SMALLEST: f64 = 0.75;
        let scale = (width / ROOMY[0]).min(height / ROOMY[1]);
        let scale = scale.clamp(SMALLEST, 1.0);
        Self {
            layout: [width / scale, height / scale],
            scale,
            is_column: false,
        }
    }

    /// Returns the width and height of the picture in px.
    pub fn px(&self) -> [f64; 2] {
        self.layout.map(|px| px * self.scale)
    }

    /// Scales a scene to this size. A scene with another layout is scaled to fit and centered. For a column, only the width
    /// counts.
    pub fn fit(&self, scene: Scene) -> Scene {
        let shares = [0, 1].map(|i| self.layout[i] / scene.size[i]);
        let share = if self.is_column {
            shares[0]
        } else {
            shares[0].min(shares[1])
        };
        let page = self.layout.map(|px| px / share);
        let scene = if self.is_column {
            scene
        } else {
            scene.centered_on(page)
        };
        scene.magnified(share * self.scale)
    }

    /// Returns the width and height of its PNG with `scale` pixels per px. Call it to detect an error before any work.
    ///
    /// # Errors
    /// Returns [`PlotError::TooManyPixels`] if there are more than [`PIXEL_LIMIT`].
    pub fn pixels(&self, scale: f64) -> Result<[u32; 2], PlotError> {
        pixels(self.layout, self.scale * scale)
    }
}

impl FromStr for Size {
    type Err = PlotError;

    /// Reads the name of a preset, or `WIDTHxHEIGHT` in px, as in `800x600`.
    fn from_str(text: &str) -> Result<Self, PlotError> {
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == text) {
            return Ok(preset.size);
        }
        let wrong = |why| PlotError::Size {
            given: text.to_owned(),
            why,
        };
        let names = || {
            let names: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
            let names = names.join(", ");
            format!("give WIDTHxHEIGHT in px, as in 800x600, or one of {names}")
        };
        let sides = text
            .split_once('x')
            .and_then(|(width, height)| Some([width.parse::<f64>().ok()?, height.parse().ok()?]));
        let sides = sides.ok_or_else(|| wrong(names()))?;
        if !sides.iter().all(|px| *px > 0.0) {
            return Err(wrong("width and height must be above zero".to_owned()));
        }
        if sides.iter().any(|px| *px < MIN_SIDE) {
            return Err(wrong(format!(
                "width and height must be at least {MIN_SIDE} px"
            )));
        }
        if sides.iter().any(|px| *px > MAX_SIDE) {
            return Err(wrong(format!(
                "width and height must be at most {MAX_SIDE} px"
            )));
        }
        Ok(Self::of_px(sides))
    }
}

impl fmt::Display for Size {
    /// Writes the name of the preset, or width and height in px.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(preset) = PRESETS.iter().find(|preset| preset.size == *self) {
            return f.write_str(preset.id);
        }
        // The scale caused floating-point rounding.
        let [width, height] = self.px().map(|px| (px * 100.0).round() / 100.0);
        write!(f, "{width}x{height}")
    }
}

/// Returns the width and height in pixels of a picture of this size in px, with `scale` pixels per px.
///
/// # Errors
///
/// There are no pixels, or more than [`PIXEL_LIMIT`].
pub fn pixels(size: [f64; 2], scale: f64) -> Result<[u32; 2], PlotError> {
    let [width, height] = size;
    let scaled = size.map(|px| px * scale);
    if !(scale > 0.0 && scaled.iter().all(|px| px.is_finite() && *px > 0.0)) {
        return Err(PlotError::NoPixels {
            width,
            height,
            scale,
        });
    }
    let whole = scaled.map(|px| px.round().max(1.0));
    if whole[0] * whole[1] > PIXEL_LIMIT as f64 {
        return Err(PlotError::TooManyPixels {
            width,
            height,
            scale,
            limit: PIXEL_LIMIT,
        });
    }
    Ok(whole.map(|px| px as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_have_their_stated_sizes() {
        let px = |name: &str| name.parse::<Size>().expect("a size").px();
        let wide = |name| (px(name)[0] / MM * 10.0).round() / 10.0;
        assert_eq!([wide("paper-column"), wide("paper-page")], [85.0, 178.0]);
        assert_eq!(px("slide").map(f64::round), [1280.0, 720.0]);
        assert_eq!(px("square"), [1080.0, 1080.0]);
        for preset in PRESETS {
            assert_eq!(preset.size.to_string(), preset.id);
        }
    }

    #[test]
    fn a_size_in_px_is_read_and_written() {
        for text in ["800x600", "320x240", "560x200", "212.5x307"] {
            let size: Size = text.parse().expect("a size");
            assert_eq!(size.to_string(), text);
            assert!((0.75..=1.0).contains(&size.scale));
        }
        let size: Size = "800x600".parse().expect("a size");
        assert_eq!((size.layout, size.scale), ([800.0, 600.0], 1.0));
    }

    #[test]
    fn an_invalid_size_is_an_error_with_advice() {
        let message = |text: &str| text.parse::<Size>().expect_err("wrong").to_string();
        assert_eq!(
            message("papercolumn"),
            "the size cannot be `papercolumn`: give WIDTHxHEIGHT in px, as in 800x600, or one of paper-column, \
             paper-page, slide, square"
        );
        assert_eq!(
            message("0x600"),
            "the size cannot be `0x600`: width and height must be above zero"
        );
        for text in ["800x-600", "NaNx5"] {
            assert!(message(text).ends_with("must be above zero"), "{text}");
        }
        for text in ["800", "800x", "800x600x2", "axb", "", "800 x 600"] {
            assert!(message(text).contains("give WIDTHxHEIGHT"), "{text}");
        }
        for text in ["199x600", "800x1e-3"] {
            assert!(message(text).ends_with("at least 200 px"), "{text}");
        }
        assert!(message("1e9x300").ends_with("at most 100000 px"));
        assert!(message("infx300").ends_with("at most 100000 px"));
    }

    #[test]
    fn a_png_with_too_many_pixels_is_an_error() {
        let size: Size = "2000x1500".parse().expect("a size");
        assert_eq!(size.pixels(1.0).expect("few enough"), [2000, 1500]);
        let error = size.pixels(2.0).expect_err("12 million").to_string();
        assert!(error.contains("10000000 pixels"), "{error}");
    }
}
