//! Themes: colors and font sizes of all figures.
//!
//! All colors can be distinguished with color vision deficiencies, too; `tests/themes.rs` measures them.

mod article;
mod dark;
mod light;
mod print;
pub mod vision;

use crate::scene::{Color, Stroke};
use thalweg::Error;

/// Colors and sizes of a figure.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Background.
    pub background: Color,
    /// Text, frames, ticks.
    pub foreground: Color,
    /// Line of the target loss: not a color of a path in a dark theme, where paths are light too.
    pub target: Color,
    /// Guide lines.
    pub muted: Color,
    /// Color ramp from the smallest to the largest value.
    pub ramp: &'static [Color],
    /// Styles of paths, in the order of the optimizers.
    pub paths: &'static [PathStyle],
    /// Colors of categories, in order.
    pub areas: &'static [Color],
    /// Color of missing values.
    pub nothing: Color,
    /// Color of runs that did not reach their target: not a color of the ramp.
    pub missed: Color,
    /// Color of runs that diverged: not a color of the ramp.
    pub failed: Color,
    /// Colors of the two classes of a data set.
    pub classes: [Color; 2],
    /// Font size of labels in px.
    pub text: f64,
    /// Font size of tick labels in px, the smallest font size.
    pub small: f64,
}

/// The style of a path, which distinguishes it from others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStyle {
    /// Color.
    pub color: Color,
    /// Lengths of dash and gap in px, if it is dashed.
    pub dash: Option<[f64; 2]>,
}

impl PathStyle {
    /// Creates a solid line.
    pub const fn solid(color: Color) -> Self {
        Self { color, dash: None }
    }

    /// Creates a dashed line with these lengths of dash and gap in px.
    pub const fn dashed(color: Color, dash: [f64; 2]) -> Self {
        Self {
            color,
            dash: Some(dash),
        }
    }

    /// Returns the stroke with this width in px.
    pub const fn stroke(self, width: f64) -> Stroke {
        Stroke {
            color: self.color,
            width,
            dash: self.dash,
        }
    }
}

/// A named theme.
#[derive(Clone, Copy, Debug)]
pub struct ThemeEntry {
    /// Id on the command line.
    pub id: &'static str,
    /// Description.
    pub summary: &'static str,
    /// The theme.
    pub theme: Theme,
}

/// All themes; the first one is the default.
pub const THEMES: &[ThemeEntry] = &[
    ThemeEntry {
        id: "light",
        summary: "Dark on white, with a blue map: small losses are light.",
        theme: Theme::LIGHT,
    },
    ThemeEntry {
        id: "dark",
        summary: "Light on nearly black, for dim rooms: small losses are bright.",
        theme: Theme::DARK,
    },
    ThemeEntry {
        id: "print",
        summary: "For printing in gray: paths differ in lightness and dashes.",
        theme: Theme::PRINT,
    },
    ThemeEntry {
        id: "article",
        summary: "Colors of the article: a blue map, and paths in black, green, magenta, red, and yellow.",
        theme: Theme::ARTICLE,
    },
];

/// Dashes and gaps in px of paths whose colors repeat. They differ from the dashes of the themes.
const AGAIN: [[f64; 2]; 4] = [[10.0, 5.0], [3.5, 4.0], [18.0, 7.0], [1.5, 2.5]];

impl Theme {
    /// Returns the theme with this id.
    ///
    /// # Errors
    /// Returns [`Error::UnknownId`] with the allowed ids if there is no such theme.
    pub fn by_name(id: &str) -> Result<&'static Self, Error> {
        let entry = THEMES.iter().find(|entry| entry.id == id);
        entry
            .map(|entry| &entry.theme)
            .ok_or_else(|| Error::UnknownId {
                kind: "theme",
                given: id.to_owned(),
                allowed: Self::names().map(Into::into).collect(),
                meant: Box::default(),
            })
    }

    /// Returns the ids of all themes, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.iter().map(|entry| entry.id)
    }

    /// Returns the style of the `i`-th path. After the last style, the colors repeat with other dashes.
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

    /// Returns the color of the `i`-th category. After the last color, they repeat.
    pub fn area(&self, i: usize) -> Color {
        self.areas[i % self.areas.len()]
    }

    /// Returns the color of the ramp at `t`, from 0 (smallest value) to 1 (largest value).
    pub fn ramp_at(&self, t: f64) -> Color {
        let last = self.ramp.len() - 1;
        let place = t.clamp(0.0, 1.0) * last as f64;
        let i = (place.floor() as usize).min(last - 1);
        self.ramp[i].mix(self.ramp[i + 1], place - i as f64)
    }

    /// Returns the color of the casing of a line: the background color, or the foreground color if the line has little
    /// contrast to the background.
    pub fn casing(&self, color: Color) -> Color {
        const FAINT: f64 = 2.5;
        let [around, other] = if color.contrast(self.background) < FAINT {
            [self.foreground, self.background]
        } else {
            [self.background, self.foreground]
        };
        let is_dark = around.luminance() < other.luminance();
        around.with_opacity(if is_dark { 0.85 } else { 0.7 })
    }

    /// Returns the stroke of the casing below a line. One px is visible on each side of the line.
    pub fn cased(&self, line: Stroke) -> Stroke {
        Stroke::new(self.casing(line.color), line.width + 2.0)
    }

    /// Returns the darker one of background and foreground, for shading.
    pub fn shadow(&self) -> Color {
        if self.foreground.luminance() < self.background.luminance() {
            self.foreground
        } else {
            self.background
        }
    }
}

/// Creates opaque colors from 0xRRGGBB.
const fn colors<const N: usize>(rgb: [u32; N]) -> [Color; N] {
    let mut colors = [Color::hex(0); N];
    let mut i = 0;
    while i < N {
        colors[i] = Color::hex(rgb[i]);
        i += 1;
    }
    colors
}

/// Creates solid lines from 0xRRGGBB.
const fn solid<const N: usize>(rgb: [u32; N]) -> [PathStyle; N] {
    let mut styles = [PathStyle::solid(Color::hex(0)); N];
    let mut i = 0;
    while i < N {
        styles[i].color = Color::hex(rgb[i]);
        i += 1;
    }
    styles
}
