//! Perceived difference of colors, also with color vision deficiencies.
//!
//! One man in twelve can hardly distinguish red and green, so no figure relies on this difference alone. The tests of
//! the [themes](crate::theme::THEMES) measure every pair of colors for each kind of vision.

use crate::scene::Color;
use thalweg::float::powf;

/// A kind of color vision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorVision {
    /// Normal color vision.
    Normal,
    /// Protanopia: no cones for long wavelengths (red).
    Protanopia,
    /// Deuteranopia: no cones for medium wavelengths (green).
    Deuteranopia,
}

impl ColorVision {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Protanopia, Self::Deuteranopia];

    /// Matrix that simulates this kind of vision. Each row computes one of red, green, and blue from linear light.
    ///
    /// Source: the matrices with severity 1.0 of Machado, Oliveira, Fernandes: A Physiologically-based Model for
    /// Simulation of Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Normal => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        }
    }

    /// Returns the perceived difference of two opaque colors: 0 for equal colors, 100 for black and white, and about 2
    /// for colors that can just be distinguished side by side.
    ///
    /// It is 100 times the distance in Oklab (Ottosson, A perceptual color space for image processing, 2020).
    pub fn difference(self, a: Color, b: Color) -> f64 {
        let [a, b] = [a, b].map(|color| oklab_of(times(&self.matrix(), color.light())));
        let squares = a.iter().zip(&b).map(|(a, b)| (a - b) * (a - b));
        100.0 * squares.sum::<f64>().sqrt()
    }
}

/// Returns the smallest perceived difference of two opaque colors over all kinds of vision.
pub fn difference(a: Color, b: Color) -> f64 {
    let all = ColorVision::ALL.map(|vision| vision.difference(a, b));
    all.into_iter().fold(f64::INFINITY, f64::min)
}

/// Returns the perceived difference of two opaque colors printed in gray, on the scale of [`difference`].
pub fn difference_in_gray(a: Color, b: Color) -> f64 {
    let [a, b] = [a, b].map(|color| root(color.luminance()));
    100.0 * (a - b).abs()
}

/// Converts an opaque color to Oklab: lightness, green to red, and blue to yellow.
pub fn oklab(color: Color) -> [f64; 3] {
    oklab_of(color.light())
}

fn oklab_of(light: [f64; 3]) -> [f64; 3] {
    const CONES: [[f64; 3]; 3] = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const LAB: [[f64; 3]; 3] = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    // The simulated light may be outside of the gamut of screens.
    let light = light.map(|v| v.clamp(0.0, 1.0));
    times(&LAB, times(&CONES, light).map(root))
}

/// Returns the cube root of a non-negative number.
fn root(v: f64) -> f64 {
    if v > 0.0 { powf(v, 1.0 / 3.0) } else { 0.0 }
}

fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_green_of_equal_luminance_look_alike_with_deuteranopia() {
        let [red, green] = [Color::hex(0x00e0_2020), Color::hex(0x0080_7000)];
        assert!(ColorVision::Normal.difference(red, green) > 20.0);
        assert!(difference(red, green) < 9.0);
        let [black, white] = [0, 0x00ff_ffff].map(Color::hex);
        for vision in ColorVision::ALL {
            assert!((vision.difference(black, white) - 100.0).abs() < 0.1);
            assert_eq!(vision.difference(red, red), 0.0);
        }
        assert!((difference_in_gray(black, white) - 100.0).abs() < 1e-9);
    }
}
