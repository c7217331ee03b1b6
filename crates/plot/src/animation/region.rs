//! An upright rectangle of whole pixels.

use crate::scene::Rect;

/// The pixels from `left` and `top` up to `right` and `bottom`, which lie outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First column.
    pub left: usize,
    /// First row.
    pub top: usize,
    /// The column behind the last.
    pub right: usize,
    /// The row below the last.
    pub bottom: usize,
}

impl Region {
    /// The first pixel.
    pub(crate) const PIXEL: Self = Self {
        left: 0,
        top: 0,
        right: 1,
        bottom: 1,
    };

    /// A whole picture.
    pub fn whole([width, height]: [u32; 2]) -> Self {
        Self {
            left: 0,
            top: 0,
            right: width as usize,
            bottom: height as usize,
        }
    }

    /// The pixels that a rectangle touches with the hair's breadth by which edges are blurred; none outside of `room`.
    pub(crate) fn touched(rect: Rect, scale: f64, room: Self) -> Option<Self> {
        // A number that is none becomes 0, one that is too large the largest: both are harmless here.
        let edge = |v: f64, least: usize, most: usize| (v.max(0.0) as usize).clamp(least, most);
        let region = Self {
            left: edge((rect.left * scale - 1.0).floor(), room.left, room.right),
            top: edge((rect.top * scale - 1.0).floor(), room.top, room.bottom),
            right: edge((rect.right() * scale + 1.0).ceil(), room.left, room.right),
            bottom: edge((rect.bottom() * scale + 1.0).ceil(), room.top, room.bottom),
        };
        region.has_pixels().then_some(region)
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// The smallest region with both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both have, if they have anything.
    pub(crate) fn common(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        both.has_pixels().then_some(both)
    }

    pub(super) fn has_pixels(&self) -> bool {
        self.left < self.right && self.top < self.bottom
    }

    /// The pixels of each row, as a range in a picture so many pixels wide.
    pub(crate) fn rows(self, width: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
        (self.top..self.bottom).map(move |y| y * width + self.left..y * width + self.right)
    }
}
