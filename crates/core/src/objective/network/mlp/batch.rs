//! Samples in the layout of the passes over a network: eight samples per block.

use crate::objective::data::DataSet;

/// One number of each sample of a block.
pub(super) type Lane = [f64; 8];

/// Number of blocks per chunk. A chunk passes through the network before its gradient is added. Its activations then
/// stay in the cache, and each entry of the gradient is updated once per chunk.
pub(super) const BLOCKS: usize = 8;

/// One number of each sample of a chunk.
pub(super) type ChunkRow = [Lane; BLOCKS];

pub(super) const ROW: ChunkRow = [[0.0; 8]; BLOCKS];

/// Samples for a pass. The last block is padded with copies of the last sample, which are ignored.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// Number of samples.
    pub(super) samples: usize,
    /// (chunks, features).
    pub(super) features: Vec<ChunkRow>,
    /// (chunks, outputs).
    pub(super) targets: Vec<ChunkRow>,
}

impl Batch {
    /// Creates a batch from these rows of `data`, at least one. With several outputs, the target is the number of the class.
    pub(super) fn new(data: &DataSet, rows: &[usize], outputs: usize) -> Self {
        let per_chunk = 8 * BLOCKS;
        let chunks = rows.len().div_ceil(per_chunk);
        let dim = data.dim();
        let mut features = vec![ROW; chunks * dim];
        let mut targets = vec![ROW; chunks * outputs];
        for k in 0..chunks * per_chunk {
            let (x, y) = data.row(rows[k.min(rows.len() - 1)]);
            let (chunk, block, lane) = (k / per_chunk, k % per_chunk / 8, k % 8);
            for (j, x) in x.iter().enumerate() {
                features[chunk * dim + j][block][lane] = *x;
            }
            for j in 0..outputs {
                targets[chunk * outputs + j][block][lane] = target(y, j, outputs);
            }
        }
        Self {
            samples: rows.len(),
            features,
            targets,
        }
    }
}

/// Returns the target of output `j` for a sample with the target `y`.
pub(super) fn target(y: f64, j: usize, outputs: usize) -> f64 {
    match outputs {
        1 => y,
        _ if y == j as f64 => 1.0,
        _ => 0.0,
    }
}
