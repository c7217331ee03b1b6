//! Every start on a grid over a window of two weights.

use super::StartCell;
use crate::{
    numeric::number::spread,
    objective::field::Window,
    run::batch::RunEnd,
    study::{contender::ComparedOptimizer, experiment::PreparedExperiment},
};
use std::ops::Range;

/// A run ended at a known minimum if it came this near, as a share of the window's shorter side.
pub const MINIMUM_RADIUS: f64 = 0.05;

/// The starts of a map, their cells counted row by row: the first row lies at the smallest second weight, the first
/// column at the smallest first one.
#[derive(Clone, Debug, PartialEq)]
pub struct StartGrid {
    /// First weights, ascending, one a column.
    pub xs: Vec<f64>,
    /// Second weights, ascending, one a row.
    pub ys: Vec<f64>,
    /// How near is at a minimum, in weights.
    near: f64,
}

impl StartGrid {
    /// `columns` x `rows` starts, at least two each way, evenly over the window, its edges included.
    pub fn new(window: Window, [columns, rows]: [usize; 2]) -> Self {
        assert!(columns >= 2 && rows >= 2, "a grid has two edges");
        let side = |[low, high]: [f64; 2]| high - low;
        Self {
            xs: spread(window.w1, columns),
            ys: spread(window.w2, rows),
            near: MINIMUM_RADIUS * side(window.w1).min(side(window.w2)),
        }
    }

    /// Number of starts.
    pub fn cells(&self) -> usize {
        self.xs.len() * self.ys.len()
    }

    /// The weights of one cell's start.
    pub fn start(&self, cell: usize) -> [f64; 2] {
        [self.xs[cell % self.xs.len()], self.ys[cell / self.xs.len()]]
    }

    /// Drives one optimizer's runs from these cells to their ends.
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

    /// The nearest of the minima, counted from 1; 0 where none is near.
    pub fn minimum(&self, minima: &[Vec<f64>], w: [f64; 2]) -> u32 {
        // Compared as squares; what is not finite is near nothing.
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
    fn cells_are_counted_row_by_row_from_below() {
        let grid = grid();
        assert_eq!(grid.cells(), 15);
        assert_eq!(grid.start(0), [-2.0, 0.0]);
        assert_eq!(grid.start(6), [-1.0, 5.0]);
        assert_eq!(grid.start(14), [2.0, 10.0]);
    }

    #[test]
    fn the_nearest_minimum_is_told_where_one_is_near() {
        let grid = grid();
        let minima = [vec![0.0, 1.0], vec![0.1, 1.0]];
        // Near is a twentieth of 4.
        assert_eq!(grid.minimum(&minima, [0.0, 1.0]), 1);
        assert_eq!(grid.minimum(&minima, [0.08, 1.0]), 2);
        assert_eq!(grid.minimum(&minima, [-0.19, 1.0]), 1);
        assert_eq!(grid.minimum(&minima, [-0.21, 1.0]), 0);
        assert_eq!(grid.minimum(&minima, [f64::NAN, 1.0]), 0);
        assert_eq!(grid.minimum(&minima, [f64::INFINITY, 1.0]), 0);
        assert_eq!(grid.minimum(&[], [0.0, 0.0]), 0);
    }
}
