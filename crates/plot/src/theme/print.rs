//! The theme `print`.

use super::{PathStyle, Theme, colors};
use crate::scene::Color;

/// Levels of gray that differ by about a tenth of the range, ordered so that neighbors differ most.
const PATHS: [PathStyle; 8] = [
    PathStyle::solid(Color::hex(0x02_0202)),
    PathStyle::dashed(Color::hex(0x11_5e5a), [9.0, 4.0]),
    PathStyle::dashed(Color::hex(0x55_1f4c), [2.5, 3.0]),
    PathStyle::dashed(Color::hex(0xa5_652a), [14.0, 3.0]),
    PathStyle::dashed(Color::hex(0xfd_dc5b), [6.0, 6.0]),
    PathStyle::dashed(Color::hex(0x16_0e3a), [4.0, 9.0]),
    PathStyle::dashed(Color::hex(0x86_c1d9), [20.0, 5.0]),
    PathStyle::dashed(Color::hex(0x8a_9a7a), [4.5, 2.0]),
];

impl Theme {
    /// Grays only. The map is light, so that lines stand out from it.
    pub const PRINT: Self = Self {
        background: Color::hex(0xff_ffff),
        foreground: Color::hex(0x00_0000),
        target: Color::hex(0x00_0000),
        muted: Color::hex(0xc4_c4c4),
        ramp: &colors([
            0xff_ffff, 0xec_ecec, 0xdc_dcdc, 0xcb_cbcb, 0xba_baba, 0xa8_a8a8,
        ]),
        paths: &PATHS,
        areas: &colors([
            0x07_598d, 0xda_7f1f, 0x00_412c, 0xee_dc70, 0x04_1456, 0xea_a2ca, 0xc0_532a,
        ]),
        nothing: Color::hex(0xff_ffff),
        missed: Color::hex(0x5a_5a5a),
        failed: Color::hex(0x06_0606),
        classes: [Color::hex(0x1a_1a1a), Color::hex(0xb0_b0b0)],
        text: 15.0,
        small: 13.0,
    };
}
