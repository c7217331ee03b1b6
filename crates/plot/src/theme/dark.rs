//! The theme `dark`.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// Light on nearly black: small losses are bright, large losses are dark.
    pub const DARK: Self = Self {
        background: Color::hex(0x11_161d),
        foreground: Color::hex(0xe8_edf2),
        target: Color::hex(0xdb_98bc),
        muted: Color::hex(0x3a_4450),
        ramp: &colors([
            0xa8_e6dc, 0x62_bdbd, 0x2f_7b9b, 0x2b_5f88, 0x22_3e64, 0x19_2540,
        ]),
        // White instead of black, then lighter versions of the colors of the light theme. The green is not on the ramp.
        paths: &solid([
            0xf4_f6f8, 0x78_da18, 0xd6_53ac, 0xea_7a20, 0xfb_f03a, 0x5a_86ff, 0x40_c8f8, 0xa8_512a,
        ]),
        areas: &colors([
            0x41_b9ff, 0xd9_bb6d, 0x20_a776, 0xed_f86c, 0x3f_5db1, 0xe5_87bd, 0xb4_3e27,
        ]),
        nothing: Color::hex(0x39_424d),
        missed: Color::hex(0xf7_c65c),
        failed: Color::hex(0xff_5a3c),
        classes: [Color::hex(0x41_b9ff), Color::hex(0xea_7a20)],
        text: 15.0,
        small: 13.0,
    };
}
