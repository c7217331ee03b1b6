//! Colours: sRGB with opacity.

use thalweg::float::powf;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// From 0 (not there) to 1 (solid).
    pub opacity: f64,
}

impl Color {
    /// A solid colour from 0xRRGGBB.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self {
            rgb: [r, g, b],
            opacity: 1.0,
        }
    }

    /// The same colour, let through.
    #[must_use]
    pub const fn with_opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    /// Red, green and blue as amounts of light, from 0 to 1; opacity is not looked at.
    pub fn light(self) -> [f64; 3] {
        self.rgb.map(|c| match f64::from(c) / 255.0 {
            c if c <= 0.04045 => c / 12.92,
            c => powf((c + 0.055) / 1.055, 2.4),
        })
    }

    /// How much light it gives, from 0 (black) to 1 (white): what a print in grey keeps of it.
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.light();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// How well the one can be read on the other, from 1 (not at all) to 21 (black on white), as WCAG 2 defines it: 4.5
    /// is enough for small text, 7 is easy.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour that is seen where this one lies on another, solid one.
    #[must_use]
    pub fn over(self, ground: Self) -> Self {
        Self {
            opacity: 1.0,
            ..ground.mix(self, self.opacity)
        }
    }

    /// The colour a share `t` of the way to `other`, channel by channel.
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
    fn contrast_is_that_of_wcag() {
        let [black, white, red] = [0, 0x00ff_ffff, 0x00ff_0000].map(Color::hex);
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(red) - 4.0).abs() < 0.01);
        assert_eq!(red.contrast(red), 1.0);
    }

    #[test]
    fn what_lets_light_through_shows_its_ground() {
        let [black, white] = [0, 0x00ff_ffff].map(Color::hex);
        assert_eq!(black.with_opacity(0.2).over(white), Color::hex(0x00cc_cccc));
        assert_eq!(black.over(white), black);
    }
}
