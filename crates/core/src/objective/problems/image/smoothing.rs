//! Smoothing of a picture.

use super::picture::Picture;
use crate::numeric::float::exp;

/// Half of the width of the kernel, in standard deviations.
const RADIUS: f64 = 4.0;

/// Convolves a picture with a Gaussian of this standard deviation in pixels. The picture is mirrored at its outermost pixels.
pub(super) fn smooth(picture: &mut Picture, deviation: f64) {
    let kernel = kernel(deviation);
    if kernel.len() == 1 {
        return;
    }
    let [columns, rows] = picture.size;
    for row in picture.pixels.chunks_exact_mut(columns) {
        convolve(row, &kernel);
    }
    let mut column = vec![0.0; rows];
    for x in 0..columns {
        for (y, v) in column.iter_mut().enumerate() {
            *v = picture.pixels[y * columns + x];
        }
        convolve(&mut column, &kernel);
        for (y, v) in column.iter().enumerate() {
            picture.pixels[y * columns + x] = *v;
        }
    }
}

/// Returns the weights of the pixels at the distances 0, 1, and so on. Both sides together have the sum 1.
fn kernel(deviation: f64) -> Vec<f64> {
    let weight = |distance: usize| {
        let x = distance as f64 / deviation;
        exp(-0.5 * x * x)
    };
    let radius = (RADIUS * deviation).ceil() as usize;
    let side: Vec<f64> = (1..=radius).map(weight).collect();
    let sum = 1.0 + 2.0 * side.iter().sum::<f64>();
    let weights = std::iter::once(1.0).chain(side);
    weights.map(|w| w / sum).collect()
}

fn convolve(line: &mut [f64], kernel: &[f64]) {
    let source = line.to_vec();
    let last = source.len() - 1;
    for (i, v) in line.iter_mut().enumerate() {
        *v = kernel[0] * source[i];
        for (distance, weight) in kernel.iter().enumerate().skip(1) {
            // A period is added, so that the position before is not negative.
            let before = i + 2 * last * (distance + 1) - distance;
            let [before, after] = [before, i + distance].map(|at| source[mirrored(at, last)]);
            *v += weight * (before + after);
        }
    }
}

/// Returns the index inside of `0..=last` that mirrors an index outside.
fn mirrored(i: usize, last: usize) -> usize {
    let place = i % (2 * last);
    place.min(2 * last - place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_keeps_a_constant_and_spreads_a_point() {
        let mut flat = Picture {
            size: [5, 3],
            pixels: vec![0.25; 15],
        };
        smooth(&mut flat, 3.0);
        assert!(flat.pixels.iter().all(|v| (v - 0.25).abs() < 1e-15));
        let mut point = Picture {
            size: [41, 41],
            pixels: vec![0.0; 41 * 41],
        };
        point.pixels[20 * 41 + 20] = 1.0;
        smooth(&mut point, 2.0);
        let at = |x: usize, y: usize| point.pixels[y * 41 + x];
        // The ratio of the Gaussian at distances (2, 0) and (0, 0) is exp(-1/2).
        assert!((at(22, 20) / at(20, 20) - exp(-0.5)).abs() < 1e-12);
        assert_eq!(at(17, 21), at(21, 17));
        assert!((point.pixels.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_a_deviation_nothing_changes() {
        assert_eq!(kernel(0.0), [1.0]);
        assert_eq!(
            [1, 3, 4, 6, 7, 11].map(|i| mirrored(i, 2)),
            [1, 1, 0, 2, 1, 1]
        );
    }
}
