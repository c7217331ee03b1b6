//! Colours: sRGB with opacity.

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

    /// How light it is, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(|c| f64::from(c) / 255.0);
        0.2126 * r * r + 0.7152 * g * g + 0.0722 * b * b
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
