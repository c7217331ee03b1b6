//! The pictures of an animation in pixels, each drawn from the one before.

use super::{Animation, FrameContent, Region, ink::PathCoverage};
use crate::{PlotError, raster, scene::size};
use tiny_skia::{Pixmap, PixmapMut};

/// The pictures of an animation in pixels, each drawn from the one before: only what changes is touched.
pub struct FrameRenderer<'a> {
    animation: &'a Animation<'a>,
    scale: f64,
    /// What stays.
    background: Vec<[u8; 4]>,
    picture: Vec<[u8; 4]>,
    inks: Vec<PathCoverage>,
    /// What stays above the ways, with alpha, and where it lies.
    lid: Option<(Region, Pixmap)>,
    grown: Vec<usize>,
    /// Where something lies above the ways now.
    above: Vec<Region>,
    changed: Vec<Region>,
}

impl<'a> FrameRenderer<'a> {
    /// A film that shows the background.
    ///
    /// # Errors
    /// A picture without pixels, or with more than [`PIXEL_LIMIT`](super::PIXEL_LIMIT).
    pub fn new(animation: &'a Animation<'a>) -> Result<Self, PlotError> {
        let [width, height] = animation.pixels;
        let scale = f64::from(width) / animation.background.size[0];
        size::pixels([width, height].map(f64::from), 1.0)?;
        let background = raster::picture(&animation.background, animation.pixels)?;
        let background = pixels(&background);
        let room = Region::whole(animation.pixels);
        let clip = Region::touched(animation.clip.grown(-1.0 / scale), scale, room);
        let inks = clip.map_or_else(Vec::new, |clip| {
            let ways = animation.ways.iter();
            ways.map(|way| PathCoverage::new(way, clip, scale))
                .collect()
        });
        let lid = raster::bounds_of_all(&animation.lid)
            .and_then(|rect| Region::touched(rect, scale, room))
            .and_then(|region| {
                let mut lid = Pixmap::new(region.width() as u32, region.height() as u32)?;
                let corner = [region.left, region.top];
                raster::paint(&animation.lid, scale, corner, &mut lid.as_mut());
                Some((region, lid))
            });
        Ok(Self {
            animation,
            scale,
            picture: background.clone(),
            background,
            inks,
            lid,
            grown: vec![0; animation.ways.len()],
            // At first all of it is new.
            above: vec![room],
            changed: Vec::new(),
        })
    }

    /// Draws a moment, which must not come before the one that is shown.
    pub fn show(&mut self, moment: &FrameContent) {
        let room = Region::whole(self.animation.pixels);
        self.changed.clear();
        self.changed.append(&mut self.above);
        let ways = self.animation.ways.iter().zip(&mut self.inks);
        for ((way, ink), (now, grown)) in ways.zip(self.grown.iter_mut().zip(&moment.grown)) {
            let steps = (*now..*grown).filter_map(|i| ink.add(&(way.step)(i)));
            self.changed.extend(steps.reduce(Region::with));
            *now = *grown;
        }
        for region in &self.changed {
            for row in region.rows(room.width()) {
                self.picture[row.clone()].copy_from_slice(&self.background[row]);
            }
        }
        for (i, region) in self.changed.iter().enumerate() {
            // A pixel in two regions would be covered twice.
            for part in without(*region, &self.changed[..i]) {
                for ink in &self.inks {
                    ink.lay(part, &mut self.picture, room.width());
                }
                if let Some((region, lid)) = &self.lid {
                    cover(&mut self.picture, part, room.width(), *region, lid);
                }
            }
        }
        let places = moment.above.iter().filter_map(raster::bounds_of);
        self.above = places
            .filter_map(|rect| Region::touched(rect, self.scale, room))
            .collect();
        let [width, height] = self.animation.pixels;
        let bytes = self.picture.as_flattened_mut();
        if let Some(mut pixmap) = PixmapMut::from_bytes(bytes, width, height) {
            raster::paint(&moment.above, self.scale, [0, 0], &mut pixmap);
        }
        self.changed.extend_from_slice(&self.above);
    }

    /// The picture that is shown: red, green, blue and 255 of each pixel, row by row.
    pub fn picture(&self) -> &[[u8; 4]] {
        &self.picture
    }

    /// Where the picture may differ from the one before.
    pub fn changed(&self) -> &[Region] {
        &self.changed
    }
}

/// Lays a lid that fills its region over a part of a picture that is `width` pixels wide.
fn cover(picture: &mut [[u8; 4]], part: Region, width: usize, region: Region, lid: &Pixmap) {
    let Some(part) = part.common(region) else {
        return;
    };
    let lid = lid.data().as_chunks().0;
    for (y, row) in (part.top..).zip(part.rows(width)) {
        let at = (y - region.top) * region.width() + part.left - region.left;
        for (pixel, [r, g, b, opacity]) in picture[row].iter_mut().zip(&lid[at..]) {
            // The lid's colors are multiplied with their opacity already.
            for (channel, over) in pixel.iter_mut().zip([r, g, b]) {
                let through = u32::from(*channel) * u32::from(255 - opacity);
                *channel = over.saturating_add(((through + 127) / 255) as u8);
            }
        }
    }
}

/// The parts of a region that are in none of the others.
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
    fn cut_regions_cover_each_pixel_once() {
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
