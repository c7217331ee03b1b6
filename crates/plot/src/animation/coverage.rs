//! The coverage of a growing path: how much of each pixel its line and its casing cover.
//!
//! The coverage of all steps is stored instead of colors. A path that is drawn step by step therefore looks like a path
//! that is drawn at once: its casing is below its line, and the paths are in order.

use super::{GrowingPath, PathPiece, Region};
use crate::{raster, scene::Color};
use tiny_skia::{FillRule, Mask, Path};

/// The coverage of a growing path.
#[derive(Clone)]
pub(super) struct PathCoverage {
    /// Region of the picture that it can cover.
    region: Region,
    /// Coverage by line and casing of each pixel of the region, row by row.
    cover: Vec<[u8; 2]>,
    colors: [Color; 2],
    /// Widths of line and casing in px.
    widths: [f64; 2],
    scale: f64,
}

impl PathCoverage {
    pub(super) fn new(path: &GrowingPath, region: Region, scale: f64) -> Self {
        Self {
            region,
            cover: vec![[0, 0]; region.width() * region.height()],
            colors: [path.color, path.casing],
            widths: [path.width, path.width + 2.0 * path.margin],
            scale,
        }
    }

    /// Adds a piece and returns the region that may have changed.
    pub(super) fn add(&mut self, piece: &PathPiece) -> Option<Region> {
        let outline = self.widths[1] - self.widths[0];
        let mut changed: Option<Region> = None;
        for layer in [0, 1] {
            let lines = match (layer, &piece.dashes) {
                (0, Some(dashes)) => dashes,
                _ => &piece.lines,
            };
            let line = raster::line(lines, self.widths[layer]);
            let head = piece.head.as_deref().map(raster::polygon);
            // The casing of a head surrounds it.
            let head = head.flatten().and_then(|head| match layer {
                0 => Some(head),
                _ => raster::outline(&head, outline),
            });
            for path in [line, head].into_iter().flatten() {
                let region = self.cover(&path, layer);
                changed = match (changed, region) {
                    (Some(a), Some(b)) => Some(a.with(b)),
                    (a, b) => a.or(b),
                };
            }
        }
        changed
    }

    fn cover(&mut self, path: &Path, layer: usize) -> Option<Region> {
        let region = Region::touched(raster::bounds(path), self.scale, self.region)?;
        let mut mask = Mask::new(region.width() as u32, region.height() as u32)?;
        let to_pixels = raster::pixels(self.scale, [region.left, region.top]);
        mask.fill_path(path, FillRule::Winding, true, to_pixels);
        let own = self.within(region);
        let rows = own.rows(self.region.width());
        for (row, mask) in rows.zip(mask.data().chunks_exact(region.width())) {
            for (cover, mask) in self.cover[row].iter_mut().zip(mask) {
                cover[layer] = cover[layer].max(*mask);
            }
        }
        Some(region)
    }

    /// Returns the region relative to the corner of the region of the path.
    fn within(&self, region: Region) -> Region {
        Region {
            left: region.left - self.region.left,
            top: region.top - self.region.top,
            right: region.right - self.region.left,
            bottom: region.bottom - self.region.top,
        }
    }

    /// Composites the path over a part of an opaque RGBA picture that is `width` pixels wide.
    pub(super) fn lay(&self, part: Region, pixels: &mut [[u8; 4]], width: usize) {
        let Some(part) = part.common(self.region) else {
            return;
        };
        let own = self.within(part).rows(self.region.width());
        for (row, own) in part.rows(width).zip(own) {
            for (pixel, cover) in pixels[row].iter_mut().zip(&self.cover[own]) {
                for layer in [1, 0] {
                    if cover[layer] > 0 {
                        blend(pixel, self.colors[layer], cover[layer]);
                    }
                }
            }
        }
    }
}

/// Composites a color over a pixel with this coverage.
fn blend(pixel: &mut [u8; 4], color: Color, cover: u8) {
    // Opacity times coverage in 16 bits.
    let share = u32::from(cover) * (color.opacity * 257.0).round() as u32;
    let whole = 255 * 257;
    for (channel, value) in pixel.iter_mut().zip(color.rgb) {
        let mixed = u32::from(*channel) * (whole - share) + u32::from(value) * share;
        *channel = ((mixed + whole / 2) / whole) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_pieces_looks_like_a_path_drawn_at_once() {
        let points = [[2.0, 3.0], [14.0, 5.0], [25.5, 20.0], [8.0, 27.0]];
        let path = GrowingPath {
            color: Color::hex(0x00c0_2f9e),
            casing: Color::hex(0x00ff_ffff).with_opacity(0.7),
            width: 2.0,
            margin: 1.0,
            step: Box::new(|_| PathPiece::default()),
        };
        let region = Region::whole([32, 32]);
        let drawn = |pieces: &[&[[f64; 2]]]| {
            let mut coverage = PathCoverage::new(&path, region, 1.0);
            for piece in pieces {
                coverage.add(&PathPiece {
                    lines: vec![piece.to_vec()],
                    ..PathPiece::default()
                });
            }
            let mut pixels = vec![[90, 120, 200, 255]; 32 * 32];
            coverage.lay(region, &mut pixels, 32);
            pixels
        };
        let at_once = drawn(&[&points]);
        // Each piece includes the end of the previous step, so that the corner is round.
        let in_pieces = drawn(&[&points[..2], &points[..3], &points[1..]]);
        let pairs = at_once.iter().zip(&in_pieces);
        let far = pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 2));
        assert_eq!(far.count(), 0);
        assert!(at_once.iter().any(|p| p[..3] == [0xc0, 0x2f, 0x9e]));
    }
}
