//! Renders the frames of an animation, each from the previous one.

use super::{Animation, FrameContent, Region, coverage::PathCoverage};
use crate::{
    PlotError, raster,
    scene::{bounded, size},
};
use tiny_skia::{Pixmap, PixmapMut};

/// Renders the frames of an animation. Only regions that change are drawn.
#[derive(Clone)]
pub struct FrameRenderer<'a> {
    animation: &'a Animation<'a>,
    scale: f64,
    /// The background.
    background: Vec<[u8; 4]>,
    picture: Vec<[u8; 4]>,
    coverages: Vec<PathCoverage>,
    /// The overlay above the paths with alpha, and its region.
    overlay: Option<(Region, Pixmap)>,
    grown: Vec<usize>,
    /// Regions of the current foreground.
    above: Vec<Region>,
    changed: Vec<Region>,
}

impl<'a> FrameRenderer<'a> {
    /// Creates a renderer that shows the background.
    ///
    /// # Errors
    /// The picture has no pixels, or more than [`PIXEL_LIMIT`](super::PIXEL_LIMIT), or the work shall stop.
    pub fn new(animation: &'a Animation<'a>) -> Result<Self, PlotError> {
        let keep_going = &*animation.keep_going;
        let [width, height] = animation.pixels;
        let scale = f64::from(width) / animation.background.size[0];
        size::pixels([width, height].map(f64::from), 1.0)?;
        let background = raster::picture(&animation.background, animation.pixels, keep_going)?;
        animation.check()?;
        let background = pixels(&background);
        let room = Region::whole(animation.pixels);
        let clip = Region::touched(animation.clip.grown(-1.0 / scale), scale, room);
        let coverages = clip.map_or_else(Vec::new, |clip| {
            let growing_paths = animation.growing_paths.iter();
            growing_paths
                .map(|path| PathCoverage::new(path, clip, scale))
                .collect()
        });
        let overlay = raster::bounds_of_all(&animation.overlay)
            .and_then(|rect| Region::touched(rect, scale, room))
            .and_then(|region| {
                let mut overlay = Pixmap::new(region.width() as u32, region.height() as u32)?;
                let corner = [region.left, region.top];
                let onto = &mut overlay.as_mut();
                raster::paint(&animation.overlay, scale, corner, onto, keep_going);
                Some((region, overlay))
            });
        Ok(Self {
            animation,
            scale,
            picture: background.clone(),
            background,
            coverages,
            overlay,
            grown: vec![0; animation.growing_paths.len()],
            // In the first frame, everything is new.
            above: vec![room],
            changed: Vec::new(),
        })
    }

    /// Draws a frame, which must not precede the current one. The frame is incomplete if the work shall stop.
    pub fn show(&mut self, frame: &FrameContent) {
        let room = Region::whole(self.animation.pixels);
        self.changed.clear();
        self.changed.append(&mut self.above);
        let growing_paths = self.animation.growing_paths.iter().zip(&mut self.coverages);
        for ((path, coverage), (now, grown)) in
            growing_paths.zip(self.grown.iter_mut().zip(&frame.grown))
        {
            let steps = (*now..*grown).take_while(|_| (self.animation.keep_going)());
            let steps = steps.filter_map(|i| coverage.add(&(path.step)(i)));
            self.changed.extend(steps.reduce(Region::with));
            *now = *grown;
        }
        for region in &self.changed {
            for row in region.rows(room.width()) {
                self.picture[row.clone()].copy_from_slice(&self.background[row]);
            }
        }
        let keep_going = &*self.animation.keep_going;
        for (i, region) in self.changed.iter().enumerate() {
            // A pixel in two regions would be composited twice.
            let parts = without(*region, &self.changed[..i]);
            for part in parts.into_iter().flat_map(Region::bands) {
                if !keep_going() {
                    return;
                }
                for coverage in &self.coverages {
                    coverage.lay(part, &mut self.picture, room.width());
                }
                if let Some((region, overlay)) = &self.overlay {
                    cover(&mut self.picture, part, room.width(), *region, overlay);
                }
            }
        }
        let nodes = bounded(&frame.above, self.animation.background.surroundings());
        let places = nodes.iter().filter_map(raster::bounds_of);
        self.above = places
            .filter_map(|rect| Region::touched(rect, self.scale, room))
            .collect();
        let [width, height] = self.animation.pixels;
        let bytes = self.picture.as_flattened_mut();
        if let Some(mut pixmap) = PixmapMut::from_bytes(bytes, width, height) {
            raster::paint(&nodes, self.scale, [0, 0], &mut pixmap, keep_going);
        }
        self.changed.extend_from_slice(&self.above);
    }

    /// Returns the current frame: red, green, blue, and 255 per pixel, row by row.
    pub fn picture(&self) -> &[[u8; 4]] {
        &self.picture
    }

    /// Returns the regions in which the frame may differ from the previous one.
    pub fn changed(&self) -> &[Region] {
        &self.changed
    }
}

/// Composites an overlay that fills its region over a part of a picture that is `width` pixels wide.
fn cover(picture: &mut [[u8; 4]], part: Region, width: usize, region: Region, overlay: &Pixmap) {
    let Some(part) = part.common(region) else {
        return;
    };
    let overlay = overlay.data().as_chunks().0;
    for (y, row) in (part.top..).zip(part.rows(width)) {
        let at = (y - region.top) * region.width() + part.left - region.left;
        for (pixel, [r, g, b, opacity]) in picture[row].iter_mut().zip(&overlay[at..]) {
            // The colors of the overlay are premultiplied.
            for (channel, over) in pixel.iter_mut().zip([r, g, b]) {
                let through = u32::from(*channel) * u32::from(255 - opacity);
                *channel = over.saturating_add(((through + 127) / 255) as u8);
            }
        }
    }
}

/// Returns the parts of a region outside of other regions.
fn without(region: Region, others: &[Region]) -> Vec<Region> {
    let mut parts = vec![region];
    for other in others {
        let cut = |part: Region| {
            let Some(hole) = part.common(*other) else {
                return vec![part];
            };
            let rest = [
                [part.left, part.top, part.right, hole.top],
                [part.left, hole.bottom, part.right, part.bottom],
                [part.left, hole.top, hole.left, hole.bottom],
                [hole.right, hole.top, part.right, hole.bottom],
            ];
            let rest = rest.map(|[left, top, right, bottom]| Region {
                left,
                top,
                right,
                bottom,
            });
            rest.into_iter().filter(Region::has_pixels).collect()
        };
        parts = parts.into_iter().flat_map(cut).collect();
    }
    parts
}

fn pixels(pixmap: &Pixmap) -> Vec<[u8; 4]> {
    pixmap.data().as_chunks().0.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_regions_cover_each_pixel_once() {
        let region = |left, top, right, bottom| Region {
            left,
            top,
            right,
            bottom,
        };
        let others = [
            region(2, 2, 5, 5),
            region(4, 0, 9, 3),
            region(20, 20, 30, 30),
        ];
        let parts = without(region(0, 0, 8, 8), &others);
        let inside = |r: &Region, x: usize, y: usize| {
            (r.left..r.right).contains(&x) && (r.top..r.bottom).contains(&y)
        };
        for (x, y) in (0..8).flat_map(|x| (0..8).map(move |y| (x, y))) {
            let covered = parts.iter().filter(|r| inside(r, x, y)).count();
            let hidden = others.iter().any(|r| inside(r, x, y));
            assert_eq!(covered, usize::from(!hidden), "{x}, {y}");
        }
    }
}
