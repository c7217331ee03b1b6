//! The theme `light`.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// Dark on white, with a blue map: small losses are light.
    pub const LIGHT: Self = Self {
        background: Color::hex(0xff_ffff),
        foreground: Color::hex(0x1b_2430),
        target: Color::hex(0x1b_2430),
        muted: Color::hex(0xc9_d1da),
        ramp: &colors([
            0xf7_fbff, 0xd3_e4f3, 0x93_bfe0, 0x47_8dc4, 0x16_599d, 0x08_2f64,
        ]),
        // The black, green, magenta, red, and yellow of the article, changed to differ in lightness, so that they can be
        // distinguished with color vision deficiencies. Violet, sky, and brown are as different from these as possible.
        paths: &solid([
            0x10_1418, 0x00_8f5d, 0xc0_2f9e, 0xe0_4b1f, 0xff_c71f, 0x4b_17a0, 0x4f_c0f0, 0x6b_3a12,
        ]),
        // The hues of Okabe and Ito, with different lightness.
        areas: &colors([
            0xa8_c3e8, 0xca_ab51, 0x35_9286, 0xe7_ef7a, 0x32_60b4, 0xd2_68d8, 0xdb_5e16,
        ]),
        nothing: Color::hex(0xe3_e6ea),
        // These contrast with the light and the dark blues of the ramp.
        missed: Color::hex(0xf4_c76b),
        failed: Color::hex(0xb2_3a1b),
        classes: [Color::hex(0x16_599d), Color::hex(0xe0_4b1f)],
        text: 15.0,
        small: 13.0,
    };
}
