//! Colors: sRGB with opacity.

use thalweg::float::powf;

/// A color in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// From 0 (transparent) to 1 (opaque).
    pub opacity: f64,
}

impl Color {
    /// Creates an opaque color from 0xRRGGBB.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self {
            rgb: [r, g, b],
            opacity: 1.0,
        }
    }

    /// Returns the color with this opacity.
    #[must_use]
    pub const fn with_opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    /// Returns red, green, and blue as linear light, from 0 to 1. The opacity is ignored.
    pub fn light(self) -> [f64; 3] {
        self.rgb.map(|c| match f64::from(c) / 255.0 {
            c if c <= 0.04045 => c / 12.92,
            c => powf((c + 0.055) / 1.055, 2.4),
        })
    }

    /// Returns the relative luminance, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.light();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Returns the contrast ratio of two colors as defined by WCAG 2, from 1 (equal) to 21 (black on white). Small text
    /// needs at least 4.5.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Composites the color on an opaque color.
    #[must_use]
    pub fn over(self, ground: Self) -> Self {
        Self {
            opacity: 1.0,
            ..ground.mix(self, self.opacity)
        }
    }

    /// Interpolates linearly to `other`, where `t` is from 0 to 1, per channel.
    #[must_use]
    pub fn mix(self, other: Self, t: f64) -> Self {
        let channel = |i: usize| {
            let (a, b) = (f64::from(self.rgb[i]), f64::from(other.rgb[i]));
            (a + t * (b - a)).round() as u8
        };
        Self {
            rgb: [channel(0), channel(1), channel(2)],
            opacity: self.opacity + t * (other.opacity - self.opacity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        let [black, white, red] = [0, 0x00ff_ffff, 0x00ff_0000].map(Color::hex);
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(red) - 4.0).abs() < 0.01);
        assert_eq!(red.contrast(red), 1.0);
    }

    #[test]
    fn a_translucent_color_shows_its_background() {
        let [black, white] = [0, 0x00ff_ffff].map(Color::hex);
        assert_eq!(black.with_opacity(0.2).over(white), Color::hex(0x00cc_cccc));
        assert_eq!(black.over(white), black);
    }
}
