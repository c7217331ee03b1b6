//! Rectangles of whole pixels.

use crate::scene::Rect;

/// The pixels from `left` and `top` to `right` and `bottom`, which are excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First column.
    pub left: usize,
    /// First row.
    pub top: usize,
    /// The column after the last.
    pub right: usize,
    /// The row after the last.
    pub bottom: usize,
}

impl Region {
    /// Returns the first pixel.
    pub(crate) const PIXEL: Self = Self {
        left: 0,
        top: 0,
        right: 1,
        bottom: 1,
    };

    /// Returns the region of a whole picture.
    pub fn whole([width, height]: [u32; 2]) -> Self {
        Self {
            left: 0,
            top: 0,
            right: width as usize,
            bottom: height as usize,
        }
    }

    /// Returns the pixels in `room` that a rectangle covers, including antialiased edges.
    pub(crate) fn touched(rect: Rect, scale: f64, room: Self) -> Option<Self> {
        // The cast converts NaN to 0 and clamps large numbers, which is harmless here.
        let edge = |v: f64, least: usize, most: usize| (v.max(0.0) as usize).clamp(least, most);
        let region = Self {
            left: edge((rect.left * scale - 1.0).floor(), room.left, room.right),
            top: edge((rect.top * scale - 1.0).floor(), room.top, room.bottom),
            right: edge((rect.right() * scale + 1.0).ceil(), room.left, room.right),
            bottom: edge((rect.bottom() * scale + 1.0).ceil(), room.top, room.bottom),
        };
        region.has_pixels().then_some(region)
    }

    /// Returns the number of columns.
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    /// Returns the number of rows.
    pub fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// Returns the smallest region that contains both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Returns the intersection, if it is not empty.
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

    /// Returns the region as bands of some rows, between which work can stop.
    pub(super) fn bands(self) -> impl Iterator<Item = Self> {
        const PIXELS: usize = 1 << 18;
        let rows = (PIXELS / self.width().max(1)).max(1);
        let tops = (self.top..self.bottom).step_by(rows);
        tops.map(move |top| Self {
            top,
            bottom: self.bottom.min(top + rows),
            ..self
        })
    }

    /// Returns the range of pixels of each row, in a picture of this width.
    pub(crate) fn rows(self, width: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
        (self.top..self.bottom).map(move |y| y * width + self.left..y * width + self.right)
    }
}
