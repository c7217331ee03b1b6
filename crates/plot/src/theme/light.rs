//! Dark on white.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// Dark on white, the map in blues: light is a small error.
    pub const LIGHT: Self = Self {
        paper: Color::hex(0x00ff_ffff),
        ink: Color::hex(0x001b_2430),
        faint: Color::hex(0x00c9_d1da),
        ramp: &colors([
            0x00f7_fbff,
            0x00d3_e4f3,
            0x0093_bfe0,
            0x0047_8dc4,
            0x0016_599d,
            0x0008_2f64,
        ]),
        // The article's black, green, magenta, red and yellow, moved apart for eyes that see two of them alike:
        // they differ in lightness too. Violet, sky and brown were sought as far from these as they come.
        paths: &solid([
            0x0010_1418,
            0x0000_8f5d,
            0x00c0_2f9e,
            0x00e0_4b1f,
            0x00ff_c71f,
            0x004b_17a0,
            0x004f_c0f0,
            0x006b_3a12,
        ]),
        // Okabe and Ito's hues, moved apart in lightness.
        areas: &colors([
            0x00a8_c3e8,
            0x00ca_ab51,
            0x0035_9286,
            0x00e7_ef7a,
            0x0032_60b4,
            0x00d2_68d8,
            0x00db_5e16,
        ]),
        nothing: Color::hex(0x00e3_e6ea),
        // Against the blues of the ramp, light and dark.
        missed: Color::hex(0x00f4_c76b),
        failed: Color::hex(0x00b2_3a1b),
        classes: [Color::hex(0x0016_599d), Color::hex(0x00e0_4b1f)],
        text: 15.0,
        small: 13.0,
    };
}
