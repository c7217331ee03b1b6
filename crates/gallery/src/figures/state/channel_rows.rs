//! The values of a channel over the epochs.

use crate::parts::scaling::has_place;
use thalweg_plot::scale::Spacing;

/// Numbers over the epochs that are drawn in one plot.
pub(super) struct ChannelRows {
    pub(super) epochs: Vec<usize>,
    pub(super) width: usize,
    /// (epochs, width), row-major.
    pub(super) numbers: Vec<f64>,
}

impl ChannelRows {
    /// Returns the points of one line.
    pub(super) fn line(&self, i: usize) -> Vec<[f64; 2]> {
        let numbers = self.numbers.iter().skip(i).step_by(self.width);
        let points = self.epochs.iter().zip(numbers);
        points.map(|(epoch, v)| [*epoch as f64, *v]).collect()
    }

    /// Returns the rows up to an epoch.
    pub(super) fn until(&self, last: usize) -> Self {
        let count = self.epochs.partition_point(|epoch| *epoch <= last);
        Self {
            epochs: self.epochs[..count].to_vec(),
            width: self.width,
            numbers: self.numbers[..count * self.width].to_vec(),
        }
    }

    /// Returns the largest absolute value of the finite numbers.
    pub(super) fn largest(&self) -> f64 {
        let finite = self.numbers.iter().filter(|v| v.is_finite());
        finite.fold(0.0, |largest, v| v.abs().max(largest))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &[f64])> {
        self.epochs
            .iter()
            .copied()
            .zip(self.numbers.chunks_exact(self.width))
    }
}

/// The minimum, median, and maximum of the positive or finite numbers of each epoch.
pub(super) struct MinMedianMax {
    pub(super) spans: Vec<[f64; 3]>,
    pub(super) medians: Vec<[f64; 2]>,
}

impl MinMedianMax {
    pub(super) fn new(rows: &ChannelRows, spacing: Spacing) -> Self {
        let mut spread = Self {
            spans: Vec::new(),
            medians: Vec::new(),
        };
        for (epoch, row) in rows.rows() {
            let placed = row.iter().copied().filter(|v| has_place(*v, spacing));
            let mut placed: Vec<f64> = placed.collect();
            placed.sort_by(f64::total_cmp);
            let (x, count) = (epoch as f64, placed.len());
            let [low, middle, high] = match (placed.first(), placed.last()) {
                (Some(low), Some(high)) => [
                    *low,
                    f64::midpoint(placed[(count - 1) / 2], placed[count / 2]),
                    *high,
                ],
                _ => [f64::NAN; 3],
            };
            spread.spans.push([x, low, high]);
            spread.medians.push([x, middle]);
        }
        spread
    }
}
