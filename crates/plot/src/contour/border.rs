//! Borders of a field: edges between cells with values and holes, or the outside.

use super::{Grid, Slot};

/// An edge between a cell on its left and a hole, or the outside of the grid, on its right.
#[derive(Clone, Copy, Debug)]
pub(super) struct BorderEdge {
    /// The node at its start.
    pub(super) start: usize,
    /// The slot where the level crosses it.
    pub(super) crossing: Slot,
    /// The next edge of the border.
    pub(super) next: usize,
}

/// Returns the edges of all borders of a grid with this number of columns, given its [solid cells](solid_cells).
pub(super) fn border_edges(solid: &[bool], columns: usize) -> Vec<BorderEdge> {
    let stride = columns + 1;
    // A node is identified by the cell to its southwest. The cells around it are numbered counterclockwise
    // from the northeast, directions from the east: cell `i` is on the left of direction `i`.
    let around = |at: usize| [at + stride + 1, at + stride, at, at + 1].map(|cell| solid[cell]);
    let leaves = |cells: [bool; 4], i: usize| cells[i] && !cells[(i + 3) % 4];
    let mut starts = Vec::new();
    for (at, (south, north)) in solid.windows(2).zip(solid[stride..].windows(2)).enumerate() {
        let cells = [north[1], north[0], south[0], south[1]];
        if cells != [cells[0]; 4] {
            starts.extend((0..4).filter(|&i| leaves(cells, i)).map(|i| (at, i)));
        }
    }
    let edge = |&(at, i): &(usize, usize)| {
        let end = match i {
            0 => at + 1,
            1 => at + stride,
            2 => at - 1,
            _ => at - stride,
        };
        // The sharpest possible turn to the left stays with the same cell:
        // where two cells meet only at a corner, they have separate rings.
        let mut turns = [1, 0, 3].map(|turn| (end, (i + turn) % 4)).into_iter();
        let next = turns.find(|&(end, i)| leaves(around(end), i));
        let next = next.and_then(|next| starts.binary_search(&next).ok());
        let [start, low] = [at, at.min(end)].map(|at| at - at / stride);
        let crossing = (1 + 2 * low + i % 2) as Slot;
        BorderEdge {
            start,
            crossing,
            next: next.expect("a border continues at the end of an edge"),
        }
    };
    starts.iter().map(edge).collect()
}

/// Returns which cells are not holes: (rows + 1, columns + 1), row-major, surrounded by a ring of holes.
pub(super) fn solid_cells(grid: &Grid) -> Vec<bool> {
    let columns = grid.xs.len();
    let mut solid = vec![false; (columns + 1) * (grid.ys.len() + 1)];
    let rows = solid.chunks_exact_mut(columns + 1).skip(1);
    // The common case does not need a test of each cell.
    if grid.values.iter().all(|v| v.is_finite()) {
        for row in rows.take(grid.ys.len() - 1) {
            row[1..columns].fill(true);
        }
        return solid;
    }
    for (row, nodes) in rows.zip(grid.values.windows(2 * columns).step_by(columns)) {
        let (south, north) = nodes.split_at(columns);
        for (cell, (south, north)) in row[1..]
            .iter_mut()
            .zip(south.windows(2).zip(north.windows(2)))
        {
            *cell = [south[0], south[1], north[0], north[1]]
                .iter()
                .all(|v| v.is_finite());
        }
    }
    solid
}
