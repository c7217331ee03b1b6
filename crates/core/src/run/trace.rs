//! A finished run as columns.

use crate::{
    catalog::inspect::{Channel, Shape},
    need::Need,
    numeric::number::ShortestFloat,
    objective::blocks::Block,
    run::{
        Run, StopReason,
        oracle::{EvaluationCounts, Trial},
    },
};
use std::fmt;

/// A finished run as columns; row 0 is the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Number of weights.
    pub dim: usize,
    /// The blocks of the weights.
    pub blocks: Vec<Block>,
    /// The weights (epochs + 1, dim), row-major.
    pub weights: Vec<f64>,
    /// The loss (epochs + 1).
    pub losses: Vec<f64>,
    /// What the optimizer had asked (epochs + 1).
    pub calls: Vec<EvaluationCounts>,
    /// What the optimizer must be able to ask, beside the loss and its gradient.
    pub needs: Vec<Need>,
    /// The inner state.
    pub inner: Vec<Series>,
    /// What the line search tried in each step (epochs + 1); the first is empty.
    pub trials: Vec<Vec<Trial>>,
    /// Why the run ended.
    pub stop: StopReason,
}

/// One channel over all epochs.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is.
    pub channel: Channel,
    /// Numbers a row.
    pub width: usize,
    /// (epochs + 1, width), row-major.
    pub numbers: Vec<f64>,
}

impl Series {
    /// Its numbers after `epoch` steps (width).
    pub fn at(&self, epoch: usize) -> &[f64] {
        &self.numbers[epoch * self.width..(epoch + 1) * self.width]
    }
}

impl Trace {
    /// Drives a run to its end and keeps every step.
    pub fn record(run: Run) -> Self {
        Self::record_while(run, |_| true)
    }

    /// Drives a run to its end, or until `go_on` says no at some epoch, and keeps every step.
    ///
    /// A run that was cut short counts as one that met its epoch limit.
    pub fn record_while(mut run: Run, go_on: impl FnMut(&Run) -> bool) -> Self {
        let mut trace = Self::begin(&run);
        trace.follow(&mut run, go_on);
        trace
    }

    /// A trace that has only the row where a run stands.
    pub fn begin(run: &Run) -> Self {
        let mut trace = Self {
            dim: run.weights().len(),
            blocks: run.blocks().to_vec(),
            weights: Vec::new(),
            losses: Vec::new(),
            calls: Vec::new(),
            needs: run.needs().to_vec(),
            inner: Vec::new(),
            trials: Vec::new(),
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
        };
        trace.push(run);
        trace
    }

    /// Drives the run that the trace began with to its end, or until `go_on` says no at some epoch, and keeps every step.
    ///
    /// It may be called again where it was cut short.
    pub fn follow(&mut self, run: &mut Run, mut go_on: impl FnMut(&Run) -> bool) {
        while go_on(run) && run.advance() {
            self.push(run);
        }
        // A search that found nothing has asked all the same.
        if let Some(last) = self.calls.last_mut() {
            *last = run.calls();
        }
        self.stop = run.stop().unwrap_or(StopReason::EpochLimit);
    }

    /// How much memory the row of a run takes where it stands, in bytes.
    pub fn row_bytes(run: &Run) -> usize {
        let mut numbers = run.weights().len() + 1;
        run.read(&mut |_, inner| numbers += inner.len());
        let trial = |t: &Trial| size_of::<Trial>() + size_of_val(&*t.weights);
        let trials: usize = run.trials().iter().map(trial).sum();
        numbers * size_of::<f64>()
            + size_of::<EvaluationCounts>()
            + size_of::<Vec<Trial>>()
            + trials
    }

    fn push(&mut self, run: &Run) {
        self.weights.extend_from_slice(run.weights());
        self.losses.push(run.loss());
        self.calls.push(run.calls());
        self.trials.push(run.trials().to_vec());
        let (inner, mut i) = (&mut self.inner, 0);
        run.read(&mut |channel, numbers| {
            if inner.len() == i {
                inner.push(Series {
                    channel: channel.clone(),
                    width: numbers.len(),
                    numbers: Vec::new(),
                });
            }
            inner[i].numbers.extend_from_slice(numbers);
            i += 1;
        });
    }

    /// Number of steps made.
    pub fn epochs(&self) -> u64 {
        self.losses.len() as u64 - 1
    }

    /// The weights after each number of steps, the start first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator + Clone {
        self.weights.chunks_exact(self.dim)
    }

    /// The weights after `epoch` steps.
    pub fn at(&self, epoch: usize) -> &[f64] {
        &self.weights[epoch * self.dim..(epoch + 1) * self.dim]
    }

    /// The last weights.
    pub fn last(&self) -> &[f64] {
        self.at(self.losses.len() - 1)
    }

    /// The last loss.
    pub fn loss(&self) -> f64 {
        self.losses[self.losses.len() - 1]
    }

    /// What the optimizer asked in all.
    pub fn total(&self) -> EvaluationCounts {
        self.calls[self.calls.len() - 1]
    }

    /// The channel of this name, if the optimizer has it.
    pub fn series(&self, name: &str) -> Option<&Series> {
        self.inner.iter().find(|s| s.channel.name == name)
    }

    /// The trace as CSV: a header, then one row an epoch.
    pub fn to_csv(&self) -> String {
        let mut csv = String::new();
        // A string takes all that is written into it.
        let _ = self.write_csv(&mut csv);
        csv
    }

    /// Writes the trace as CSV: a header, then one row an epoch.
    ///
    /// # Errors
    /// Only those of `out`.
    pub fn write_csv(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let columns = TraceColumns {
            dim: self.dim,
            hessian_calls: asks_hessian(&self.needs),
        };
        columns.write_header(out, self.inner.iter().map(|s| (&s.channel, s.width)))?;
        for (epoch, ((w, loss), calls)) in
            self.path().zip(&self.losses).zip(&self.calls).enumerate()
        {
            let inner = self.inner.iter();
            let inner = inner.flat_map(|s| s.at(epoch));
            columns.write_row(out, epoch as u64, w, *loss, *calls, inner.copied())?;
        }
        Ok(())
    }
}

/// Drives a run to its end, or until `go_on` says no at some epoch, and writes it as CSV, row by row: nothing of the
/// past is kept.
///
/// # Errors
/// Only those of `out`.
pub fn stream_csv(
    run: &mut Run,
    out: &mut impl fmt::Write,
    mut go_on: impl FnMut(&Run) -> bool,
) -> fmt::Result {
    let mut channels = Vec::new();
    run.read(&mut |channel, numbers| channels.push((channel.clone(), numbers.len())));
    let columns = TraceColumns {
        dim: run.weights().len(),
        hessian_calls: asks_hessian(run.needs()),
    };
    columns.write_header(out, channels.iter().map(|(c, width)| (c, *width)))?;
    let (mut inner, mut row) = (Vec::new(), String::new());
    let write = |run: &Run, inner: &[f64], row: &mut String| {
        row.clear();
        let (w, loss, calls) = (run.weights(), run.loss(), run.calls());
        columns.write_row(row, run.epoch(), w, loss, calls, inner.iter().copied())
    };
    loop {
        inner.clear();
        run.read(&mut |_, numbers| inner.extend_from_slice(numbers));
        write(run, &inner, &mut row)?;
        let goes_on = go_on(run) && run.advance();
        if !goes_on {
            // A search that found nothing has asked all the same; the inner state is the one after the last step.
            write(run, &inner, &mut row)?;
        }
        out.write_str(&row)?;
        if !goes_on {
            return Ok(());
        }
    }
}

/// The columns that every trace has.
#[derive(Clone, Copy)]
struct TraceColumns {
    dim: usize,
    /// Only optimizers that ask for Hessians have this column.
    hessian_calls: bool,
}

fn asks_hessian(needs: &[Need]) -> bool {
    needs.contains(&Need::Hessian)
}

impl TraceColumns {
    fn write_header<'c>(
        self,
        out: &mut impl fmt::Write,
        channels: impl Iterator<Item = (&'c Channel, usize)>,
    ) -> fmt::Result {
        write!(out, "epoch")?;
        for i in 1..=self.dim {
            write!(out, ",w{i}")?;
        }
        write!(out, ",loss,value_calls,gradient_calls")?;
        if self.hessian_calls {
            write!(out, ",hessian_calls")?;
        }
        for (channel, width) in channels {
            match channel.shape {
                Shape::Scalar => write!(out, ",{}", channel.name)?,
                Shape::Vector | Shape::Matrix => {
                    for i in 1..=width {
                        write!(out, ",{}_{i}", channel.name)?;
                    }
                }
            }
        }
        writeln!(out)
    }

    fn write_row(
        self,
        out: &mut impl fmt::Write,
        epoch: u64,
        w: &[f64],
        loss: f64,
        calls: EvaluationCounts,
        inner: impl Iterator<Item = f64>,
    ) -> fmt::Result {
        write!(out, "{epoch}")?;
        for w in w {
            write!(out, ",{}", ShortestFloat(*w))?;
        }
        write!(
            out,
            ",{},{},{}",
            ShortestFloat(loss),
            calls.value,
            calls.gradient
        )?;
        if self.hessian_calls {
            write!(out, ",{}", calls.hessian)?;
        }
        for v in inner {
            write!(out, ",{}", ShortestFloat(v))?;
        }
        writeln!(out)
    }
}
