//! Clip rectangles of groups.

use crate::prelude::*;
use std::cell::OnceCell;
use tiny_skia::{FillRule, Mask, PathBuilder, Transform};

/// Tolerates the rounding of coordinates to single precision, in px.
const ROUNDING: f64 = 1e-3;

/// A clip rectangle, intersected with the outer clips.
pub(super) struct Clip<'a> {
    rect: Rect,
    edge: tiny_skia::Rect,
    around: Option<&'a Clip<'a>>,
    to_pixels: Transform,
    /// Columns and rows of the picture.
    size: [u32; 2],
    /// Created when the first node crosses the edge, because drawing through a mask is several times slower.
    mask: OnceCell<Option<Mask>>,
}

impl<'a> Clip<'a> {
    /// Returns `None` if the rectangle has no area.
    pub(super) fn new(
        rect: Rect,
        around: Option<&'a Clip<'a>>,
        to_pixels: Transform,
        size: [u32; 2],
    ) -> Option<Self> {
        let [left, top, width, height] =
            [rect.left, rect.top, rect.width, rect.height].map(|px| px as f32);
        Some(Self {
            rect,
            edge: tiny_skia::Rect::from_xywh(left, top, width, height)?,
            around,
            to_pixels,
            size,
            mask: OnceCell::new(),
        })
    }

    /// Returns the mask for a node within `bounds`, or `None` if the node lies inside the clip.
    pub(super) fn mask_for(&self, bounds: Rect) -> Option<&Mask> {
        (!self.contains(bounds)).then(|| self.mask())?
    }

    fn contains(&self, bounds: Rect) -> bool {
        self.rect.grown(ROUNDING).encloses(&bounds)
            && self.around.is_none_or(|around| around.contains(bounds))
    }

    /// Removes from a mask what is outside.
    pub(super) fn intersect(&self, mask: &mut Mask) {
        let edge = PathBuilder::from_rect(self.edge);
        mask.intersect_path(&edge, FillRule::Winding, true, self.to_pixels);
        if let Some(around) = self.around {
            around.intersect(mask);
        }
    }

    fn mask(&self) -> Option<&Mask> {
        let mask = || {
            let edge = PathBuilder::from_rect(self.edge);
            let mut mask = Mask::new(self.size[0], self.size[1])?;
            mask.fill_path(&edge, FillRule::Winding, true, self.to_pixels);
            if let Some(around) = self.around {
                around.intersect(&mut mask);
            }
            Some(mask)
        };
        self.mask.get_or_init(mask).as_ref()
    }
}
