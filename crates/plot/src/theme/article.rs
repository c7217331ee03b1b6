//! The theme `article`.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// White background, the map in light to dark blue, paths in black, green, magenta, red and yellow.
    pub const ARTICLE: Self = Self {
        background: Color::hex(0xff_ffff),
        foreground: Color::hex(0x00_0000),
        target: Color::hex(0x00_0000),
        muted: Color::hex(0xcc_cccc),
        ramp: &colors([
            0xf7_fbff, 0xde_ebf7, 0xc6_dbef, 0x9e_cae1, 0x6b_aed6, 0x42_92c6, 0x21_71b5, 0x08_519c,
            0x08_306b,
        ]),
        // Pure green and red look alike to many readers. These are the nearest colors that can be distinguished.
        paths: &solid([
            0x00_0000, 0x00_8f2f, 0xbf_00bf, 0xff_2010, 0xd8_d020, 0x3a_10a0, 0x50_c0e0, 0x5a_2d10,
        ]),
        areas: Self::LIGHT.areas,
        nothing: Color::hex(0xe6_e6e6),
        missed: Self::LIGHT.missed,
        failed: Self::LIGHT.failed,
        classes: [Color::hex(0x08_519c), Color::hex(0xff_2010)],
        text: 15.0,
        small: 13.0,
    };
}
