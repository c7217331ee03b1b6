//! Palettes: the colors of pictures, or the most important of them.

use crate::{KeepGoing, PlotError, error::check, scene::Color, theme::vision::oklab};

/// A pixel: red, green, blue, and an unused byte.
type Pixel = [u8; 4];

/// Largest number of colors of a palette, whose indices are bytes.
pub const MAX_COLORS: usize = 256;
/// Number of pixels between two checks.
const PIECE: usize = 1 << 14;
/// Size of the cache of nearest colors.
const REMEMBERED: usize = 1 << 14;

/// Number of pixels of each color, ordered by color.
#[derive(Default)]
pub(super) struct ColorHistogram(Vec<([u8; 3], u64)>);

impl ColorHistogram {
    /// Counts the pixels of a picture.
    ///
    /// # Errors
    /// The work shall stop.
    pub(super) fn add(
        &mut self,
        picture: &[Pixel],
        keep_going: KeepGoing,
    ) -> Result<(), PlotError> {
        for piece in picture.chunks(PIECE) {
            check(keep_going)?;
            for run in piece.chunk_by(|a, b| a == b) {
                let [r, g, b, _] = run[0];
                let place = self.0.binary_search_by(|(seen, _)| seen.cmp(&[r, g, b]));
                match place {
                    Ok(i) => self.0[i].1 += run.len() as u64,
                    Err(i) => self.0.insert(i, ([r, g, b], run.len() as u64)),
                }
            }
        }
        Ok(())
    }

    /// Selects a palette of at most `limit` colors greedily: each step adds the color with the largest error, which is its
    /// number of pixels times its distance to the selected colors.
    ///
    /// # Errors
    /// The work shall stop.
    pub(super) fn palette(
        &self,
        limit: usize,
        keep_going: KeepGoing,
    ) -> Result<Palette, PlotError> {
        struct Candidate {
            rgb: [u8; 3],
            look: OklabColor,
            count: f64,
            distance: f64,
        }
        let candidate = |(rgb, count): &([u8; 3], u64)| Candidate {
            rgb: *rgb,
            look: look(*rgb),
            count: *count as f64,
            distance: 1.0,
        };
        let mut candidates: Vec<Candidate> = self.0.iter().map(candidate).collect();
        let mut palette = Palette {
            colors: Vec::new(),
            looks: Vec::new(),
            memory: vec![None; REMEMBERED],
        };
        while palette.colors.len() < limit.min(MAX_COLORS) {
            check(keep_going)?;
            let loss = |c: &Candidate| c.count * c.distance;
            let missed = candidates
                .iter()
                .max_by(|a, b| loss(a).total_cmp(&loss(b)))
                .filter(|c| c.distance > 0.0);
            let Some(Candidate { rgb, look, .. }) = missed else {
                break;
            };
            let (rgb, look) = (*rgb, *look);
            palette.colors.push(rgb);
            palette.looks.push(look);
            for c in &mut candidates {
                c.distance = c.distance.min(distance(c.look, look));
            }
        }
        Ok(palette)
    }
}

/// Up to [`MAX_COLORS`] colors.
pub(super) struct Palette {
    colors: Vec<[u8; 3]>,
    looks: Vec<OklabColor>,
    /// Cache of colors and their nearest palette colors, by hash.
    memory: Vec<Option<([u8; 3], u8)>>,
}

impl Palette {
    /// Returns red, green, and blue of each color.
    pub(super) fn bytes(&self) -> &[u8] {
        self.colors.as_flattened()
    }

    /// Returns the indices of the perceptually nearest colors of a picture.
    ///
    /// # Errors
    /// The work shall stop.
    pub(super) fn indices(
        &mut self,
        picture: &[Pixel],
        keep_going: KeepGoing,
    ) -> Result<Vec<u8>, PlotError> {
        let mut indices = Vec::with_capacity(picture.len());
        for piece in picture.chunks(PIECE) {
            check(keep_going)?;
            // Most pixels are equal to their neighbors.
            for run in piece.chunk_by(|a, b| a == b) {
                let nearest = self.nearest(run[0]);
                indices.extend(std::iter::repeat_n(nearest, run.len()));
            }
        }
        Ok(indices)
    }

    /// Returns the index of the perceptually nearest color.
    pub(super) fn nearest(&mut self, [r, g, b, _]: Pixel) -> u8 {
        let rgb = [r, g, b];
        let spread = u32::from_be_bytes([0, r, g, b]).wrapping_mul(0x9e37_79b1);
        let place = (spread >> 16) as usize % REMEMBERED;
        if let Some((known, nearest)) = self.memory[place]
            && known == rgb
        {
            return nearest;
        }
        let look = look(rgb);
        let far = self.looks.iter().map(|other| distance(look, *other));
        let nearest = far
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(0, |(i, _)| i as u8);
        self.memory[place] = Some((rgb, nearest));
        nearest
    }
}

/// A color in Oklab.
type OklabColor = [f64; 3];

fn distance(a: OklabColor, b: OklabColor) -> f64 {
    let [l, m, s] = [0, 1, 2].map(|i| (a[i] - b[i]) * (a[i] - b[i]));
    l + m + s
}

fn look(rgb: [u8; 3]) -> OklabColor {
    let opacity = 1.0;
    oklab(Color { rgb, opacity })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_all_of_a_few_colors() {
        let picture: Vec<Pixel> = (0..200).map(|i| [i, 255 - i, i / 2, 255]).collect();
        let mut counted = ColorHistogram::default();
        counted.add(&picture, &|| true).unwrap();
        let mut palette = counted.palette(255, &|| true).unwrap();
        for pixel in picture {
            let i = usize::from(palette.nearest(pixel));
            assert_eq!(palette.bytes()[3 * i..3 * i + 3], pixel[..3]);
        }
    }

    #[test]
    fn the_limit_keeps_the_most_frequent_colors() {
        let mut counted = ColorHistogram::default();
        let [light, dark, rare] = [[250, 250, 250, 255], [10, 20, 30, 255], [12, 20, 30, 255]];
        let picture = [vec![light; 50], vec![dark; 30], vec![rare]].concat();
        counted.add(&picture, &|| true).unwrap();
        let mut palette = counted.palette(2, &|| true).unwrap();
        assert_eq!(palette.bytes(), [250, 250, 250, 10, 20, 30]);
        let indices = palette.indices(&[rare, dark, light, light], &|| true);
        assert_eq!(indices.unwrap(), [1, 1, 0, 0]);
    }

    #[test]
    fn keeps_frequent_colors_and_approximates_others() {
        let frequent = [[16, 20, 24, 255], [0, 143, 93, 255], [247, 251, 255, 255]];
        let mut counted = ColorHistogram::default();
        let rare = (0..4096_u32).map(|i| {
            let [g, r] = (i as u16 * 16).to_be_bytes();
            [r, g, 128, 255]
        });
        let rare: Vec<Pixel> = rare.collect();
        counted.add(&rare, &|| true).unwrap();
        for pixel in frequent {
            counted.add(&vec![pixel; 5000], &|| true).unwrap();
        }
        let mut palette = counted.palette(255, &|| true).unwrap();
        let bytes = palette.bytes().to_vec();
        let mut found = |pixel: Pixel| {
            let i = usize::from(palette.nearest(pixel));
            [bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]]
        };
        for pixel in frequent {
            assert_eq!(found(pixel), pixel[..3]);
        }
        for pixel in rare {
            let near = found(pixel);
            let apart = distance(look(near), look([pixel[0], pixel[1], pixel[2]]));
            assert!(apart < 0.05 * 0.05, "{pixel:?} became {near:?}");
        }
    }
}
