//! Selects the cells of a large map that a picture shows.

/// More cells along a side could not be distinguished.
const MOST_CELLS: usize = 500;

/// The cells of a map that a picture shows: all, or every second, third, ... of each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellSubsampling {
    size: [usize; 2],
    strides: [usize; 2],
}

impl CellSubsampling {
    /// Creates the selection for a map with this number of columns and rows.
    pub fn new(size: [usize; 2]) -> Self {
        Self {
            size,
            strides: size.map(|side| side.div_ceil(MOST_CELLS)),
        }
    }

    /// Returns the strides; they are 1 if no cells are omitted.
    pub fn strides(&self) -> [usize; 2] {
        self.strides
    }

    /// Returns the number of columns and rows that are kept: the middle one of each stride.
    pub(super) fn kept(&self) -> [usize; 2] {
        [0, 1].map(|i| (self.size[i] - self.strides[i] / 2).div_ceil(self.strides[i]))
    }

    pub(super) fn keeps(&self, cell: usize) -> bool {
        let at = [cell % self.size[0], cell / self.size[0]];
        (0..2).all(|i| at[i] % self.strides[i] == self.strides[i] / 2)
    }

    /// Returns the outer edges of the kept cells in data coordinates.
    pub(super) fn edges(&self, axis: usize, nodes: &[f64]) -> [f64; 2] {
        let step = (nodes[nodes.len() - 1] - nodes[0]) / (nodes.len() - 1) as f64;
        let low = nodes[0] - step / 2.0;
        let kept = self.kept()[axis] * self.strides[axis];
        [low, low + step * kept as f64]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_map_is_subsampled_evenly() {
        let all = CellSubsampling::new([3, 500]);
        assert_eq!((all.strides(), all.kept()), ([1, 1], [3, 500]));
        assert!((0..1500).all(|cell| all.keeps(cell)));
        let some = CellSubsampling::new([1001, 2]);
        assert_eq!((some.strides(), some.kept()), ([3, 1], [334, 2]));
        let kept = (0..2002).filter(|cell| some.keeps(*cell)).count();
        assert_eq!(kept, 668);
        let nodes: Vec<f64> = (0..1001).map(f64::from).collect();
        assert_eq!(some.edges(0, &nodes), [-0.5, 1001.5]);
    }
}
