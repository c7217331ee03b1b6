//! Runs from every initial point of a grid in a window of two weights.

use super::StartCell;
use crate::{
    numeric::number::spread,
    objective::field::Window,
    run::batch::RunEnd,
    study::{contender::ComparedOptimizer, experiment::PreparedExperiment},
};
use std::ops::Range;

/// Largest distance at which a run counts as having reached a minimum, as a fraction of the shorter side of the window.
pub const MINIMUM_RADIUS: f64 = 0.05;

/// The initial points of a map. Cells are numbered row by row: the first row has the smallest second weight, the first
/// column the smallest first weight.
#[derive(Clone, Debug, PartialEq)]
pub struct StartGrid {
    /// First weights, ascending, one per column.
    pub xs: Vec<f64>,
    /// Second weights, ascending, one per row.
    pub ys: Vec<f64>,
    /// Largest distance to a minimum that was reached, in units of weights.
    near: f64,
}

impl StartGrid {
    /// Creates `columns` x `rows` evenly spaced initial points, at least two in each direction, including the edges of the window.
    pub fn new(window: Window, [columns, rows]: [usize; 2]) -> Self {
        assert!(
            columns >= 2 && rows >= 2,
            "a grid needs at least two columns and rows"
        );
        let side = |[low, high]: [f64; 2]| high - low;
        Self {
            xs: spread(window.w1, columns),
            ys: spread(window.w2, rows),
            near: MINIMUM_RADIUS * side(window.w1).min(side(window.w2)),
        }
    }

    /// Returns the number of initial points.
    pub fn cells(&self) -> usize {
        self.xs.len() * self.ys.len()
    }

    /// Returns the initial point of a cell.
    pub fn start(&self, cell: usize) -> [f64; 2] {
        [self.xs[cell % self.xs.len()], self.ys[cell / self.xs.len()]]
    }

    /// Runs one optimizer from the initial points of these cells.
    ///
    /// The problem must have two weights.
    pub fn run(
        &self,
        contest: &PreparedExperiment,
        contender: &ComparedOptimizer,
        cells: Range<usize>,
    ) -> Vec<StartCell> {
        let count = cells.len();
        let mut weights = vec![0.0; 2 * count];
        let (first, second) = weights.split_at_mut(count);
        for ((w1, w2), cell) in first.iter_mut().zip(second).zip(cells) {
            [*w1, *w2] = self.start(cell);
        }
        let mut ends = vec![RunEnd::NONE; count];
        contest.run_many(contender, &mut weights, &mut ends);
        let (first, second) = weights.split_at(count);
        let minima = &contest.problem.minima;
        let last = first.iter().zip(second).map(|(w1, w2)| [*w1, *w2]);
        let cell =
            |(end, last): (&RunEnd, [f64; 2])| StartCell::new(*end, self.minimum(minima, last));
        ends.iter().zip(last).map(cell).collect()
    }

    /// Returns the nearest minimum within reach, counted from 1, or 0 if there is none.
    pub fn minimum(&self, minima: &[Vec<f64>], w: [f64; 2]) -> u32 {
        // Squares are compared. The comparison is false if a weight is not finite.
        let mut nearest = (self.near * self.near, 0);
        for (number, m) in (1..).zip(minima) {
            let (x, y) = (w[0] - m[0], w[1] - m[1]);
            let distance = x * x + y * y;
            if distance <= nearest.0 {
                nearest = (distance, number);
            }
        }
        nearest.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> StartGrid {
        let window = Window::new([-2.0, 2.0, 0.0, 10.0]);
        StartGrid::new(window.expect("a window"), [5, 3])
    }

    #[test]
    fn cells_are_numbered_row_by_row_from_below() {
        let grid = grid();
        assert_eq!(grid.cells(), 15);
        assert_eq!(grid.start(0), [-2.0, 0.0]);
        assert_eq!(grid.start(6), [-1.0, 5.0]);
        assert_eq!(grid.start(14), [2.0, 10.0]);
    }

    #[test]
    fn finds_the_nearest_minimum_within_reach() {
        let grid = grid();
        let minima = [vec![0.0, 1.0], vec![0.1, 1.0]];
        // The largest distance is 5% of the shorter side, 4.
        assert_eq!(grid.minimum(&minima, [0.0, 1.0]), 1);
        assert_eq!(grid.minimum(&minima, [0.08, 1.0]), 2);
        assert_eq!(grid.minimum(&minima, [-0.19, 1.0]), 1);
        assert_eq!(grid.minimum(&minima, [-0.21, 1.0]), 0);
        assert_eq!(grid.minimum(&minima, [f64::NAN, 1.0]), 0);
        assert_eq!(grid.minimum(&minima, [f64::INFINITY, 1.0]), 0);
        assert_eq!(grid.minimum(&[], [0.0, 0.0]), 0);
    }
}
