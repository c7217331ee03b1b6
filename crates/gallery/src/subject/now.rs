//! Runs that are stopped to be looked at, as a player does.

use crate::prelude::*;
use std::borrow::Cow;

/// Runs that are stopped to be looked at, as a player does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// The epoch of each run, in their order.
    pub epochs: Vec<usize>,
    /// The run that is looked into, counted from 0: figures of one run show it where they name none.
    pub run: usize,
}

/// Where a run went until an epoch.
pub(super) fn until(trace: &Trace, epoch: usize) -> Cow<'_, Trace> {
    let rows = epoch + 1;
    if rows >= trace.losses.len() {
        return Cow::Borrowed(trace);
    }
    Cow::Owned(Trace {
        weights: trace.weights[..rows * trace.dim].to_vec(),
        losses: trace.losses[..rows].to_vec(),
        calls: trace.calls[..rows].to_vec(),
        inner: Vec::new(),
        trials: Vec::new(),
        stop: StopReason::EpochLimit,
        dim: trace.dim,
        blocks: trace.blocks.clone(),
        needs: trace.needs.clone(),
    })
}
