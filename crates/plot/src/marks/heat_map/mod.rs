//! Heat maps.

mod outline;

use crate::prelude::*;
use crate::{
    contour::levels::ColorBarLayout,
    layout::{ColorBar, Frame, Mark, Spacing, share},
};
use thalweg::{
    float::{exp, ln},
    number::spread,
};

/// A grid of equal cells, each in the color of its class.
pub struct HeatMap<'a> {
    /// Number of columns and rows.
    pub size: [usize; 2],
    /// Data coordinates of the outer edges of the first and the last column.
    pub x: [f64; 2],
    /// Data coordinates of the outer edges of the first and the last row.
    pub y: [f64; 2],
    /// Class of each cell: (rows, columns), row-major, the first row at the bottom.
    pub classes: &'a [u8],
    /// Color of each class. Files are smallest if neighboring cells have consecutive classes.
    pub colors: &'a [Color],
}

impl Mark for HeatMap<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let [columns, rows] = self.size;
        assert_eq!(self.classes.len(), columns * rows, "a class for each cell");
        let [left, bottom] = frame.px_from_data(&[self.x[0], self.y[0]]);
        let [right, top] = frame.px_from_data(&[self.x[1], self.y[1]]);
        let (width, height) = (right - left, bottom - top);
        let px = |[column, row]: [usize; 2]| {
            let (x, y) = (column as f64 / columns as f64, row as f64 / rows as f64);
            [left + x * width, bottom - y * height]
        };
        let mut present = vec![false; self.colors.len()];
        for class in self.classes {
            present[usize::from(*class)] = true;
        }
        let mut nodes = Vec::new();
        let present = present.iter().enumerate().filter(|(_, there)| **there);
        for (i, (class, _)) in present.enumerate() {
            let color = Some(self.colors[class]);
            if i == 0 {
                let whole = Rect::new([left, top], [width, height]);
                nodes.push(whole.node(color, None));
                continue;
            }
            // Each class also covers the area of all higher classes, which avoids seams.
            let outlines =
                outline::outlines(self.size, |cell| usize::from(self.classes[cell]) >= class);
            let ring = |corners: Vec<_>| Polyline::closed(corners.into_iter().map(px).collect());
            let rings = outlines.into_iter().map(ring).collect();
            nodes.push(path(rings, color, None));
        }
        out.push(group("heat-map", nodes));
    }
}

/// Bands of numbers, each with a color of the ramp.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// Edges of the bands, ascending, one more than there are bands.
    pub levels: Vec<f64>,
    /// Spacing of the edges.
    pub spacing: Spacing,
}

/// Ratio of the ends from which the spacing is logarithmic.
const WIDE: f64 = 20.0;

impl Bands {
    /// Creates `count` bands from the smallest to the largest number. Numbers that are not finite are ignored. If the range
    /// is large, the bands are logarithmic and begin at 10^-12 times the largest number or above.
    pub fn over(numbers: impl Iterator<Item = f64>, count: usize) -> Self {
        const LEAST: f64 = 1e-12;
        let (mut low, mut high, mut above_zero) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY);
        for v in numbers.filter(|v| v.is_finite()) {
            (low, high) = (low.min(v), high.max(v));
            if v > 0.0 {
                above_zero = above_zero.min(v);
            }
        }
        let above_zero = above_zero.max(LEAST * high);
        if low >= 0.0 && high / above_zero >= WIDE {
            let exponents = spread([ln(above_zero), ln(high)], count + 1);
            let mut levels: Vec<f64> = exponents.into_iter().map(exp).collect();
            (levels[0], levels[count]) = (above_zero, high);
            return Self {
                levels,
                spacing: Spacing::Log,
            };
        }
        let ends = match (low <= high, low < high) {
            (_, true) => [low, high],
            (true, false) => [low - 0.5, low + 0.5],
            (false, _) => [0.0, 1.0],
        };
        Self {
            levels: spread(ends, count + 1),
            spacing: Spacing::Linear,
        }
    }

    /// Returns the number of bands.
    pub fn count(&self) -> usize {
        self.levels.len() - 1
    }

    /// Returns the band of a number. Numbers outside of the range are in the first or the last band.
    pub fn band(&self, v: f64) -> u8 {
        let after = self.levels.partition_point(|level| *level <= v);
        (after.clamp(1, self.count()) - 1) as u8
    }

    /// Returns the colors of the bands.
    pub fn colors(&self, theme: &Theme) -> Vec<Color> {
        let bands = self.count();
        (0..bands).map(|i| theme.ramp_at(share(i, bands))).collect()
    }

    /// Returns the color bar of the bands.
    pub fn color_bar(&self, label: &str) -> ColorBar {
        ColorBar {
            levels: self.levels.clone(),
            label: label.to_owned(),
            layout: ColorBarLayout::Scale(self.spacing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_contain_all_numbers() {
        let even = Bands::over([3.0, 5.0, f64::NAN].into_iter(), 4);
        assert_eq!(even.levels, [3.0, 3.5, 4.0, 4.5, 5.0]);
        assert_eq!(
            [3.0, 3.5, 4.9, 5.0, 9.0, 0.0].map(|v| even.band(v)),
            [0, 1, 3, 3, 3, 0]
        );
        let decades = Bands::over([0.0, 1.0, 1000.0].into_iter(), 3);
        assert_eq!(decades.spacing, Spacing::Log);
        assert_eq!(
            [0.0, 1.0, 9.0, 11.0, 1000.0].map(|v| decades.band(v)),
            [0, 0, 0, 1, 2]
        );
        assert_eq!(Bands::over([7.0].into_iter(), 2).levels, [6.5, 7.0, 7.5]);
        assert_eq!(Bands::over([].into_iter(), 2).levels, [0.0, 0.5, 1.0]);
    }
}
