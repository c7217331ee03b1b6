//! For printers without colour.

use super::{PathStyle, Theme, colors};
use crate::scene::Color;

/// Each about a tenth of the way from black to white apart from the others, in an order in which neighbours differ most.
const PATHS: [PathStyle; 8] = [
    PathStyle::solid(Color::hex(0x0002_0202)),
    PathStyle::dashed(Color::hex(0x0011_5e5a), [9.0, 4.0]),
    PathStyle::dashed(Color::hex(0x0055_1f4c), [2.5, 3.0]),
    PathStyle::dashed(Color::hex(0x00a5_652a), [14.0, 3.0]),
    PathStyle::dashed(Color::hex(0x00fd_dc5b), [6.0, 6.0]),
    PathStyle::dashed(Color::hex(0x0016_0e3a), [4.0, 9.0]),
    PathStyle::dashed(Color::hex(0x0086_c1d9), [20.0, 5.0]),
    PathStyle::dashed(Color::hex(0x008a_9a7a), [4.5, 2.0]),
];

impl Theme {
    /// Greys that stay apart without colour; the map is light, so that lines stand out from it.
    pub const PRINT: Self = Self {
        paper: Color::hex(0x00ff_ffff),
        ink: Color::hex(0x0000_0000),
        faint: Color::hex(0x00c4_c4c4),
        ramp: &colors([
            0x00ff_ffff,
            0x00ec_ecec,
            0x00dc_dcdc,
            0x00cb_cbcb,
            0x00ba_baba,
            0x00a8_a8a8,
        ]),
        paths: &PATHS,
        areas: &colors([
            0x0007_598d,
            0x00da_7f1f,
            0x0000_412c,
            0x00ee_dc70,
            0x0004_1456,
            0x00ea_a2ca,
            0x00c0_532a,
        ]),
        nothing: Color::hex(0x00ff_ffff),
        missed: Color::hex(0x005a_5a5a),
        failed: Color::hex(0x0006_0606),
        classes: [Color::hex(0x001a_1a1a), Color::hex(0x00b0_b0b0)],
        text: 15.0,
        small: 13.0,
    };
}
