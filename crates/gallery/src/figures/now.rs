//! Runs that are stopped to be looked at, as a player does.

use super::Subject;
use std::{borrow::Cow, ops::RangeInclusive};
use thalweg::{Error, run::Stop, trace::Trace};

/// Runs that are stopped to be looked at, as a player does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// The epoch of each run, in their order.
    pub epochs: Vec<usize>,
    /// The run that is looked into, counted from 0: figures of one run show it where they name none.
    pub run: usize,
}

impl Subject<'_> {
    /// The part of the epochs of a run that is asked for and has gone by when it is looked at.
    pub fn gone(&self, run: usize) -> RangeInclusive<usize> {
        let shown = self.shown(self.traces[run].epochs());
        let last = self.epoch_now(run).min(*shown.end());
        (*shown.start()).min(last)..=last
    }

    /// The epoch after which a run is looked at.
    pub(super) fn epoch_now(&self, run: usize) -> usize {
        let last = self.traces[run].epochs() as usize;
        let now = self.now.as_ref().and_then(|now| now.epochs.get(run));
        now.map_or(last, |now| last.min(*now))
    }

    /// The runs as they are seen on the plane, each as far as it has gone when it is looked at.
    ///
    /// # Errors
    /// The problem has other than two weights, and no plane was named.
    pub fn gone_traces(&self) -> Result<Vec<Cow<'_, Trace>>, Error> {
        let traces = self.view()?.traces.iter().enumerate();
        let gone = traces.map(|(i, trace)| until(trace, self.epoch_now(i)));
        Ok(gone.collect())
    }

    /// The number of a run, counted from 0: the one that is chosen, counted from 1, or the one that is looked into.
    ///
    /// # Errors
    /// There are not so many.
    pub fn run(&self, chosen: Option<u64>) -> Result<usize, Error> {
        let count = self.traces.len();
        let Some(chosen) = chosen else {
            let now = self.now.as_ref().filter(|now| now.run < count);
            return Ok(now.map_or(0, |now| now.run));
        };
        let run = usize::try_from(chosen - 1).ok().filter(|i| *i < count);
        run.ok_or_else(|| Error::Value {
            key: "run".to_owned(),
            given: chosen.to_string(),
            allowed: match count {
                1 => "there is one run".to_owned(),
                count => format!("there are {count} runs"),
            },
            nearest: None,
        })
    }
}

/// Where a run went until an epoch.
fn until(trace: &Trace, epoch: usize) -> Cow<'_, Trace> {
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
        stop: Stop::EpochLimit,
        dim: trace.dim,
        needs: trace.needs.clone(),
    })
}
