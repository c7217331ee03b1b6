//! Colours and sizes that all figures share.

use crate::color::Color;

/// Colours and sizes of a figure.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Behind everything.
    pub paper: Color,
    /// Text, frames, ticks.
    pub ink: Color,
    /// Lines that only guide the eye.
    pub faint: Color,
    /// From the smallest value to the greatest.
    pub ramp: &'static [Color],
    /// Paths, in the order of the optimizers.
    pub paths: &'static [Color],
    /// Areas that are told apart by name, in order.
    pub areas: &'static [Color],
    /// Where there is nothing to tell.
    pub nothing: Color,
    /// Where a run did not get to its goal: no colour of the ramp.
    pub missed: Color,
    /// Where a run went out of all bounds: no colour of the ramp.
    pub failed: Color,
    /// The two classes of a data set.
    pub classes: [Color; 2],
    /// Font size of labels in px.
    pub text: f64,
    /// Font size of tick labels in px.
    pub small: f64,
}

impl Theme {
    /// Dark on white, the map in blues: light is a small error.
    pub const LIGHT: Self = Self {
        paper: Color::hex(0x00ff_ffff),
        ink: Color::hex(0x001b_2430),
        faint: Color::hex(0x00c9_d1da),
        ramp: &[
            Color::hex(0x00f7_fbff),
            Color::hex(0x00d3_e4f3),
            Color::hex(0x0093_bfe0),
            Color::hex(0x0047_8dc4),
            Color::hex(0x0016_599d),
            Color::hex(0x0008_2f64),
        ],
        // The article's black, green, magenta, red and yellow, moved apart for eyes that see two of them alike:
        // they differ in lightness too.
        paths: &[
            Color::hex(0x0010_1418),
            Color::hex(0x0000_8f5d),
            Color::hex(0x00c0_2f9e),
            Color::hex(0x00e0_4b1f),
            Color::hex(0x00ff_c71f),
            Color::hex(0x0074_5cd6),
            Color::hex(0x0000_b6c8),
            Color::hex(0x008a_5a2b),
        ],
        // Okabe and Ito's, for eyes that see two colours of the rainbow alike; in an order that differs in lightness too.
        areas: &[
            Color::hex(0x0056_b4e9),
            Color::hex(0x00e6_9f00),
            Color::hex(0x0000_9e73),
            Color::hex(0x00f0_e442),
            Color::hex(0x0000_72b2),
            Color::hex(0x00cc_79a7),
            Color::hex(0x00d5_5e00),
        ],
        nothing: Color::hex(0x00e3_e6ea),
        // Against the blues of the ramp, light and dark.
        missed: Color::hex(0x00f4_c76b),
        failed: Color::hex(0x00b2_3a1b),
        classes: [Color::hex(0x0016_599d), Color::hex(0x00e0_4b1f)],
        text: 15.0,
        small: 13.0,
    };

    /// The colour of the `i`-th path; they come again after the last.
    pub fn path(&self, i: usize) -> Color {
        self.paths[i % self.paths.len()]
    }

    /// The colour of the `i`-th area; they come again after the last.
    pub fn area(&self, i: usize) -> Color {
        self.areas[i % self.areas.len()]
    }

    /// The colour a share `t` of the way from the smallest value to the greatest.
    pub fn ramp_at(&self, t: f64) -> Color {
        let last = self.ramp.len() - 1;
        let place = t.clamp(0.0, 1.0) * last as f64;
        let i = (place.floor() as usize).min(last - 1);
        self.ramp[i].mix(self.ramp[i + 1], place - i as f64)
    }

    /// What makes a line of this colour stand out from any ground: dark around light lines, light around dark ones.
    pub fn casing(&self, color: Color) -> Color {
        if color.luminance() > 0.5 {
            self.ink.with_opacity(0.85)
        } else {
            self.paper.with_opacity(0.7)
        }
    }
}
