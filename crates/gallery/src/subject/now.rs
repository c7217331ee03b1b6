//! The playhead: runs that are shown up to an epoch, as a player does.

use crate::prelude::*;
use std::{borrow::Cow, ops::RangeInclusive};

/// The epochs up to which runs are shown, as in a player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// The row of each run's trace, in the order of the runs. Unless the trace is sparse, it is the epoch.
    pub epochs: Vec<usize>,
    /// The selected run, counted from 0. Figures of one run show it if their settings name none.
    pub run: usize,
}

/// Returns the part of a run between two epochs, without its inner state.
pub(super) fn part(trace: &Trace, epochs: RangeInclusive<usize>) -> Cow<'_, Trace> {
    let rows = *epochs.start()..trace.losses.len().min(epochs.end() + 1);
    if rows.len() == trace.losses.len() {
        return Cow::Borrowed(trace);
    }
    Cow::Owned(Trace {
        weights: trace.weights[rows.start * trace.dim..rows.end * trace.dim].to_vec(),
        losses: trace.losses[rows.clone()].to_vec(),
        calls: trace.calls[rows.clone()].to_vec(),
        inner: Vec::new(),
        trials: Vec::new(),
        stop: StopReason::EpochLimit,
        dim: trace.dim,
        blocks: trace.blocks.clone(),
        needs: trace.needs.clone(),
        sparse_epochs: trace
            .sparse_epochs
            .get(rows)
            .map_or_else(Vec::new, <[u64]>::to_vec),
    })
}
