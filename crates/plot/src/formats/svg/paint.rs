//! Colors, strokes, and areas as files write them; `None` for what cannot be seen.

use super::hundredths::Hundredths;
use crate::scene::{Color, Rect, Stroke};

/// A color that can be seen.
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

/// A stroke that can be seen.
#[derive(Clone, Copy)]
pub(crate) struct VisibleStroke {
    pub(crate) paint: VisibleColor,
    pub(crate) width: Hundredths,
    pub(crate) dash: Option<[Hundredths; 2]>,
}

impl VisibleStroke {
    pub(crate) fn of(stroke: Stroke) -> Option<Self> {
        // A dash or a gap of no length is a solid line.
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

/// A length that can be seen.
pub(crate) fn length(px: f64) -> Option<Hundredths> {
    Hundredths::of(px).filter(|&length| length > Hundredths::ZERO)
}

/// The left, top, width, and height of an area that can be seen.
pub(crate) fn corner_and_size(rect: Rect) -> Option<[Hundredths; 4]> {
    Some([
        Hundredths::of(rect.left)?,
        Hundredths::of(rect.top)?,
        length(rect.width)?,
        length(rect.height)?,
    ])
}
