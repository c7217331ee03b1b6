//! Colors, strokes, and areas in files; `None` if they are invisible.

use super::hundredths::Hundredths;
use crate::scene::{Color, Rect, Stroke};

/// Returns a color if it is visible.
#[derive(Clone, Copy)]
pub(crate) struct VisibleColor {
    pub(crate) rgb: [u8; 3],
    pub(crate) opacity: Hundredths,
}

impl VisibleColor {
    pub(crate) fn of(color: Color) -> Option<Self> {
        Some(Self {
            rgb: color.rgb,
            opacity: length(color.opacity.min(1.0))?,
        })
    }
}

/// Returns a stroke if it is visible.
#[derive(Clone, Copy)]
pub(crate) struct VisibleStroke {
    pub(crate) paint: VisibleColor,
    pub(crate) width: Hundredths,
    pub(crate) dash: Option<[Hundredths; 2]>,
}

impl VisibleStroke {
    pub(crate) fn of(stroke: Stroke) -> Option<Self> {
        // With a zero length of dash or gap, the line is solid.
        let dash = stroke.dash.map(|lengths| lengths.map(length));
        Some(Self {
            paint: VisibleColor::of(stroke.color)?,
            width: length(stroke.width)?,
            dash: match dash {
                Some([Some(dash), Some(gap)]) => Some([dash, gap]),
                _ => None,
            },
        })
    }
}

/// Returns a length if it is visible.
pub(crate) fn length(px: f64) -> Option<Hundredths> {
    Hundredths::of(px).filter(|&length| length > Hundredths::ZERO)
}

/// Returns left, top, width, and height of an area if it is visible.
pub(crate) fn corner_and_size(rect: Rect) -> Option<[Hundredths; 4]> {
    Some([
        Hundredths::of(rect.left)?,
        Hundredths::of(rect.top)?,
        length(rect.width)?,
        length(rect.height)?,
    ])
}
