//! The article's own look.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// White paper, the map in light to dark blue, paths in black, green, magenta, red and yellow.
    pub const ARTICLE: Self = Self {
        paper: Color::hex(0x00ff_ffff),
        ink: Color::hex(0x0000_0000),
        faint: Color::hex(0x00cc_cccc),
        ramp: &colors([
            0x00f7_fbff,
            0x00de_ebf7,
            0x00c6_dbef,
            0x009e_cae1,
            0x006b_aed6,
            0x0042_92c6,
            0x0021_71b5,
            0x0008_519c,
            0x0008_306b,
        ]),
        // Pure green and red look alike to too many: these are as near to them as can be told apart.
        paths: &solid([
            0x0000_0000,
            0x0000_8f2f,
            0x00bf_00bf,
            0x00ff_2010,
            0x00d8_d020,
            0x003a_10a0,
            0x0050_c0e0,
            0x005a_2d10,
        ]),
        areas: Self::LIGHT.areas,
        nothing: Color::hex(0x00e6_e6e6),
        missed: Self::LIGHT.missed,
        failed: Self::LIGHT.failed,
        classes: [Color::hex(0x0008_519c), Color::hex(0x00ff_2010)],
        text: 15.0,
        small: 13.0,
    };
}
