//! Light on nearly black.

use super::{Theme, colors, solid};
use crate::scene::Color;

impl Theme {
    /// Light on nearly black: a small loss glows, a great one sinks into the dark.
    pub const DARK: Self = Self {
        paper: Color::hex(0x0011_161d),
        ink: Color::hex(0x00e8_edf2),
        faint: Color::hex(0x003a_4450),
        ramp: &colors([
            0x00a8_e6dc,
            0x0062_bdbd,
            0x002f_7b9b,
            0x002b_5f88,
            0x0022_3e64,
            0x0019_2540,
        ]),
        // White in place of black, then the hues of the light theme, lighter.
        paths: &solid([
            0x00f4_f6f8,
            0x0089_d796,
            0x00d6_53ac,
            0x00ea_7a20,
            0x00fb_f03a,
            0x005a_86ff,
            0x0040_c8f8,
            0x00a8_512a,
        ]),
        areas: &colors([
            0x0041_b9ff,
            0x00d9_bb6d,
            0x0020_a776,
            0x00ed_f86c,
            0x003f_5db1,
            0x00e5_87bd,
            0x00b4_3e27,
        ]),
        nothing: Color::hex(0x0039_424d),
        missed: Color::hex(0x00f7_c65c),
        failed: Color::hex(0x00ff_5a3c),
        classes: [Color::hex(0x0041_b9ff), Color::hex(0x00ea_7a20)],
        text: 15.0,
        small: 13.0,
    };
}
