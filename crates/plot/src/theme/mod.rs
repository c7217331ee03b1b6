//! Colours and sizes that all figures share.
//!
//! No theme tells things apart by a difference that some eyes do not see: `tests/themes.rs` measures each of them.

mod article;
mod dark;
mod light;
mod print;
pub mod vision;

use crate::scene::{Color, Stroke};
use thalweg::Error;

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
    pub paths: &'static [PathStyle],
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
    /// Font size of tick labels in px: the smallest of all.
    pub small: f64,
}

/// How a path is told from others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStyle {
    /// Its colour.
    pub color: Color,
    /// Lengths of dash and gap in px, if it is dashed.
    pub dash: Option<[f64; 2]>,
}

impl PathStyle {
    /// A line without gaps.
    pub const fn solid(color: Color) -> Self {
        Self { color, dash: None }
    }

    /// A line in dashes of this length and gap in px.
    pub const fn dashed(color: Color, dash: [f64; 2]) -> Self {
        Self {
            color,
            dash: Some(dash),
        }
    }

    /// The line at a width in px.
    pub const fn stroke(self, width: f64) -> Stroke {
        Stroke {
            color: self.color,
            width,
            dash: self.dash,
        }
    }
}

/// A theme with its name.
#[derive(Clone, Copy, Debug)]
pub struct ThemeEntry {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it looks like, in a sentence.
    pub summary: &'static str,
    /// Its colours and sizes.
    pub theme: Theme,
}

/// All themes, the first one is preset.
pub const THEMES: &[ThemeEntry] = &[
    ThemeEntry {
        id: "light",
        summary: "Dark on white, the map in blues: light is a small loss.",
        theme: Theme::LIGHT,
    },
    ThemeEntry {
        id: "dark",
        summary: "Light on nearly black, for screens in dim rooms: a small loss glows.",
        theme: Theme::DARK,
    },
    ThemeEntry {
        id: "print",
        summary: "For printers without colour: greys, and paths that differ in lightness and in their dashes.",
        theme: Theme::PRINT,
    },
    ThemeEntry {
        id: "article",
        summary: "As in the article: its blues, and paths in black, green, magenta, red and yellow.",
        theme: Theme::ARTICLE,
    },
];

/// Dashes and gaps in px of the rounds of paths after the first: none is one of a theme's own.
const AGAIN: [[f64; 2]; 4] = [[10.0, 5.0], [3.5, 4.0], [18.0, 7.0], [1.5, 2.5]];

impl Theme {
    /// The theme of this name.
    ///
    /// # Errors
    /// [`Error::UnknownId`] if there is none, with the names that there are.
    pub fn by_name(id: &str) -> Result<&'static Self, Error> {
        let entry = THEMES.iter().find(|entry| entry.id == id);
        entry
            .map(|entry| &entry.theme)
            .ok_or_else(|| Error::UnknownId {
                kind: "theme",
                given: id.to_owned(),
                allowed: Self::names().map(Into::into).collect(),
            })
    }

    /// The names of all themes, that of the preset one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|entry| entry.id)
    }

    /// How the `i`-th path is drawn; after the last the colours come again with other dashes.
    pub fn path(&self, i: usize) -> PathStyle {
        let count = self.paths.len();
        let (round, style) = (i / count, self.paths[i % count]);
        match round.checked_sub(1) {
            None => style,
            Some(again) => PathStyle {
                dash: Some(AGAIN[again % AGAIN.len()]),
                ..style
            },
        }
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

    /// What makes a line of this colour stand out from any ground: the paper's colour, or the ink's around a line that is
    /// hard to see on paper.
    pub fn casing(&self, color: Color) -> Color {
        const FAINT: f64 = 2.5;
        let [around, other] = if color.contrast(self.paper) < FAINT {
            [self.ink, self.paper]
        } else {
            [self.paper, self.ink]
        };
        let is_dark = around.luminance() < other.luminance();
        around.with_opacity(if is_dark { 0.85 } else { 0.7 })
    }

    /// What is drawn below a line so that it stands out from any ground: it shows by a px on either side.
    pub fn cased(&self, line: Stroke) -> Stroke {
        Stroke::new(self.casing(line.color), line.width + 2.0)
    }

    /// The darker one of paper and ink: what shadows go towards.
    pub fn shadow(&self) -> Color {
        if self.ink.luminance() < self.paper.luminance() {
            self.ink
        } else {
            self.paper
        }
    }
}

/// Many solid colours from 0xRRGGBB.
const fn colors<const N: usize>(rgb: [u32; N]) -> [Color; N] {
    let mut colors = [Color::hex(0); N];
    let mut i = 0;
    while i < N {
        colors[i] = Color::hex(rgb[i]);
        i += 1;
    }
    colors
}

/// Many lines without gaps from 0xRRGGBB.
const fn solid<const N: usize>(rgb: [u32; N]) -> [PathStyle; N] {
    let mut styles = [PathStyle::solid(Color::hex(0)); N];
    let mut i = 0;
    while i < N {
        styles[i].color = Color::hex(rgb[i]);
        i += 1;
    }
    styles
}
