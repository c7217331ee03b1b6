//! Contours by marching squares: where a sampled field reaches a level.
//!
//! [`Tracer::rings`] gives the closed outlines of `{v >= level}`. Painted from the lowest level to
//! the highest, each as one even-odd path over those before, they make filled contours without
//! seams and without assigning holes to outlines. [`Tracer::lines`] gives the thin lines between
//! the bands: the same outlines without what runs along a border.
//!
//! ```
//! use thalweg_plot::contour::{Grid, ContourPaths, Tracer};
//!
//! let values = [0.0, 1.0, 0.0, 1.0]; // rises from west to east
//! let mut tracer = Tracer::new(Grid::new(&[0.0, 1.0], &[0.0, 1.0], &values));
//! let mut rings = ContourPaths::default();
//! tracer.rings(0.5, &mut rings);
//! let ring = rings.iter().next().expect("half of the square is inside");
//! assert_eq!(ring.points, [[0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.5, 1.0]]);
//! ```

mod border;
pub mod levels;
mod path_values;
mod paths;
mod quantile;
pub mod refined;

use border::{BorderEdge, border_edges, solid_cells};
pub use paths::{ContourPath, ContourPaths};

/// A point in data coordinates.
pub type DataPoint = [f64; 2];

/// A field sampled at the nodes of a rectangular grid.
///
/// A node that is not finite masks the cells at which it is a corner: they are holes in the field.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    xs: &'a [f64],
    ys: &'a [f64],
    values: &'a [f64],
}

impl<'a> Grid<'a> {
    /// Takes the columns' `xs` and the rows' `ys`, both finite and strictly increasing, and the
    /// `values` at the nodes, shape `(ys.len(), xs.len())`, row-major, first row at `ys[0]`.
    /// There must be at least 2 x 2 nodes and fewer than 2^30.
    pub fn new(xs: &'a [f64], ys: &'a [f64], values: &'a [f64]) -> Self {
        for axis in [xs, ys] {
            assert!(axis.len() >= 2, "a grid needs at least 2 x 2 nodes");
            assert!(
                axis.iter().all(|x| x.is_finite()),
                "coordinates must be finite"
            );
            assert!(
                axis.is_sorted_by(|a, b| a < b),
                "coordinates must increase strictly"
            );
        }
        let (rows, columns, nodes) = (ys.len(), xs.len(), values.len());
        assert!(
            rows.checked_mul(columns) == Some(nodes),
            "a grid of {rows} x {columns} nodes needs a value for each, not {nodes}"
        );
        assert!(nodes < 1 << 30, "a grid must have fewer than 2^30 nodes");
        Self { xs, ys, values }
    }

    fn position(&self, node: usize) -> DataPoint {
        [self.xs[node % self.xs.len()], self.ys[node / self.xs.len()]]
    }
}

/// A point that a path can pass, counted from 1: first the edges of the grid, `1 + 2 node` from each
/// node to the east and `2 + 2 node` to the north, where the level crosses them; then the starts of
/// the edges of the border.
type Slot = u32;

/// No slot. It is 0 because the system provides zeroed memory lazily, and few slots are used.
const NOWHERE: Slot = 0;

/// Number of cells per run: large enough to skip many cells at once, small enough to search a crossed run quickly.
const RUN: usize = 32;

/// Finds the contours of one grid, level by level.
#[derive(Clone, Debug)]
pub struct Tracer<'a> {
    grid: Grid<'a>,
    /// Which cells are not holes: `(ys.len() + 1, xs.len() + 1)`, row-major, surrounded by a ring of
    /// holes for the outside of the grid.
    solid: Vec<bool>,
    border: Vec<BorderEdge>,
    /// Smallest and largest value of each run of cells, row by row. Most runs are not crossed.
    ranges: Vec<[f64; 2]>,
    /// The next slot of each slot on a path. All are `NOWHERE` between calls, because following a path removes it.
    next: Vec<Slot>,
    /// Starts of open paths.
    heads: Vec<Slot>,
    /// All slots that a path leaves; a ring can begin at any of its slots.
    begins: Vec<Slot>,
}

impl<'a> Tracer<'a> {
    /// Prepares the tracer for any number of levels with one pass over the grid.
    pub fn new(grid: Grid<'a>) -> Self {
        let solid = solid_cells(&grid);
        let border = border_edges(&solid, grid.xs.len());
        let next = vec![NOWHERE; 1 + 2 * grid.values.len() + border.len()];
        let (heads, begins) = (Vec::new(), Vec::new());
        Self {
            grid,
            solid,
            border,
            ranges: ranges(&grid),
            next,
            heads,
            begins,
        }
    }

    /// Replaces `rings` by the closed outlines of `{v >= level}`.
    ///
    /// The region is on the left of every ring: with y up, outer rings run counterclockwise and
    /// those around gaps clockwise, so their signed areas add up to the region's area. Rings may
    /// touch but do not cross. Where the region meets the border of the grid or of a hole, the ring
    /// follows it exactly. A region without area has no ring.
    ///
    /// The level `-inf` gives the outlines of the field itself; `inf` and NaN give nothing.
    pub fn rings(&mut self, level: f64, rings: &mut ContourPaths) {
        self.link_border(level);
        self.link_cells(level, true);
        self.walk(level, rings);
    }

    /// Replaces `lines` by the lines on which the field has the `level`: the rings without what
    /// runs along a border.
    ///
    /// The larger values are on the left. A line is open where it ends at a border; open lines
    /// come first. A ridge that only just reaches the level has no line, unless it runs from border
    /// to border. A level that is not finite gives nothing.
    pub fn lines(&mut self, level: f64, lines: &mut ContourPaths) {
        for edge in &self.border {
            if self.inside(edge, level) == [true, false] {
                self.heads.push(edge.crossing);
            }
        }
        self.link_cells(level, false);
        self.walk(level, lines);
    }

    /// Returns whether the start and the end of an edge of the border are inside.
    fn inside(&self, edge: &BorderEdge, level: f64) -> [bool; 2] {
        let end = self.border[edge.next].start;
        let values = self.grid.values;
        [values[edge.start] >= level, values[end] >= level]
    }

    /// Adds the parts of the border that are inside to the paths.
    fn link_border(&mut self, level: f64) {
        let first = 1 + 2 * self.grid.values.len();
        for (start, edge) in (first..).zip(&self.border) {
            let [start, end] = [start, first + edge.next].map(|slot| slot as Slot);
            let (from, to) = match self.inside(edge, level) {
                [true, true] => (start, end),
                [true, false] => (start, edge.crossing),
                [false, true] => (edge.crossing, end),
                [false, false] => continue,
            };
            self.next[from as usize] = to;
            self.begins.push(from);
        }
    }

    /// Adds the pieces in all crossed cells to the paths.
    fn link_cells(&mut self, level: f64, along_border: bool) {
        let columns = self.grid.xs.len();
        let runs = (columns - 1).div_ceil(RUN);
        for run in 0..self.ranges.len() {
            let [low, high] = self.ranges[run];
            if low < level && level <= high {
                let (row, column) = (run / runs, run % runs * RUN);
                let first = row * columns + column;
                let last = first + RUN.min(columns - 1 - column);
                let south = self.grid.values[first..=last].windows(2);
                let north = self.grid.values[first + columns..=last + columns].windows(2);
                for (cell, (south, north)) in (first..).zip(south.zip(north)) {
                    let corners = [south[0], south[1], north[1], north[0]];
                    let inside = at_least(corners, level);
                    if inside != [inside[0]; 4] {
                        self.link_cell(cell, corners, level, along_border);
                    }
                }
            }
        }
    }

    /// Adds the pieces in one cell, identified by its southwestern node, unless it is a hole.
    /// `along_border` states whether to keep a piece that lies on a border.
    #[inline]
    fn link_cell(&mut self, cell: usize, corners: [f64; 4], level: f64, along_border: bool) {
        let columns = self.grid.xs.len();
        let at = cell + cell / columns + columns + 2; // in `solid`
        if !self.solid[at] {
            return;
        }
        let slots = [
            1 + 2 * cell,
            4 + 2 * cell,
            1 + 2 * (cell + columns),
            2 + 2 * cell,
        ];
        let neighbors = [at - columns - 1, at + 1, at + columns + 1, at - 1];
        // A saddle connects its inside corners if its center is inside. The sum is over quarters to avoid overflow.
        let joined = corners.iter().map(|value| 0.25 * value).sum::<f64>() >= level;
        for (entry, exit) in pieces(at_least(corners, level), joined) {
            let (from, to) = (slots[entry], slots[exit] as Slot);
            // A piece between opposite sides lies on the side between them if both of its ends do.
            let base = (entry + 3) % 4;
            let on_base = (exit + 2) % 4 == entry && [corners[base], corners[entry]] == [level; 2];
            if on_base && !along_border && !self.solid[neighbors[base]] {
                self.heads.push(to);
            } else {
                self.next[from] = to;
                self.begins.push(from as Slot);
            }
        }
    }

    /// Follows all paths and removes them.
    fn walk(&mut self, level: f64, paths: &mut ContourPaths) {
        let Self {
            grid,
            border,
            next,
            heads,
            begins,
            ..
        } = self;
        paths.clear();
        for begin in heads.drain(..).chain(begins.drain(..)) {
            let mut slot = begin;
            loop {
                let following = std::mem::replace(&mut next[slot as usize], NOWHERE);
                if following == NOWHERE && slot == begin {
                    break; // walked already
                }
                paths.push(position(grid, border, slot, level));
                if following == NOWHERE || following == begin {
                    paths.finish(following == begin);
                    break;
                }
                slot = following;
            }
        }
    }
}

/// Returns which corners of a cell are inside. With optimization for size, `map` of arrays would not be inlined.
#[inline]
fn at_least([a, b, c, d]: [f64; 4], level: f64) -> [bool; 4] {
    [a >= level, b >= level, c >= level, d >= level]
}

/// Returns the pieces of a contour in a cell: the side where each enters and the side where it leaves, with
/// the inside on its left. Corners are numbered counterclockwise from the southwest, and side `i` goes from
/// corner `i` to the next, so a piece enters where a walk around the cell leaves the inside.
fn pieces(inside: [bool; 4], joined: bool) -> impl Iterator<Item = (usize, usize)> {
    // It separates the next outside corners or the previous inside corners; these differ only for a saddle.
    let step = if joined { 1 } else { 3 };
    let leaves = move |side: &usize| inside[*side] && !inside[(side + 1) % 4];
    (0..4).filter(leaves).map(move |entry| {
        let mut exit = (entry + step) % 4;
        while inside[exit] || !inside[(exit + 1) % 4] {
            exit = (exit + step) % 4;
        }
        (entry, exit)
    })
}

/// Returns the position of a slot.
fn position(grid: &Grid, border: &[BorderEdge], slot: Slot, level: f64) -> DataPoint {
    let (node, axis) = ((slot as usize - 1) / 2, (slot as usize - 1) % 2);
    if node >= grid.values.len() {
        return grid.position(border[slot as usize - 1 - 2 * grid.values.len()].start);
    }
    let end = node + [1, grid.xs.len()][axis];
    let (mut a, mut b, mut v) = (grid.values[node], grid.values[end], level);
    if (b - a).is_infinite() {
        (a, b, v) = (0.5 * a, 0.5 * b, 0.5 * v);
    }
    let t = (v - a) / (b - a);
    let (mut point, to) = (grid.position(node), grid.position(end)[axis]);
    // The interpolation is exact at both ends; the clamp keeps rounded positions on the edge.
    point[axis] = (point[axis] * (1.0 - t) + to * t).clamp(point[axis], to);
    point
}

fn ranges(grid: &Grid) -> Vec<[f64; 2]> {
    let columns = grid.xs.len();
    // Comparisons with NaN are false, so it is ignored.
    let join = |[low, high]: [f64; 2], [a, b]: [f64; 2]| {
        [
            if a < low { a } else { low },
            if b > high { b } else { high },
        ]
    };
    let mut rows = Vec::new();
    for row in grid.values.chunks_exact(columns) {
        for first in (0..columns - 1).step_by(RUN) {
            let nodes = row[first..columns.min(first + RUN + 1)]
                .iter()
                .map(|&v| [v, v]);
            rows.push(nodes.fold([f64::INFINITY, f64::NEG_INFINITY], join));
        }
    }
    let runs = (columns - 1).div_ceil(RUN);
    rows.iter()
        .zip(&rows[runs..])
        .map(|(&south, &north)| join(south, north))
        .collect()
}
