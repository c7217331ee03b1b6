//! Traces: recorded runs in columns.

mod stored;

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

/// A recorded run in columns; row 0 is the initial point.
///
/// Row i is the state after i epochs, unless the trace is sparse: then it contains only some epochs and the last one.
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
    /// The cumulative number of evaluations (epochs + 1). The last row also counts those of a last step that failed or changed
    /// nothing, because this step has no row of its own.
    pub calls: Vec<EvaluationCounts>,
    /// The capabilities that the optimizer needs besides the loss and its gradient.
    pub needs: Vec<Need>,
    /// The channels of the inner state.
    pub inner: Vec<Series>,
    /// The points that the line search evaluated in each step (epochs + 1); the first entry is empty.
    pub trials: Vec<Vec<Trial>>,
    /// The epoch of each row of a sparse trace (rows); otherwise empty.
    pub sparse_epochs: Vec<u64>,
    /// Why the run ended.
    pub stop: StopReason,
}

/// One channel over all epochs.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The description of the channel.
    pub channel: Channel,
    /// Numbers per row.
    pub width: usize,
    /// The values (epochs + 1, width), row-major.
    pub numbers: Vec<f64>,
}

impl Series {
    /// Returns the values after `epoch` steps (width).
    pub fn at(&self, epoch: usize) -> &[f64] {
        &self.numbers[epoch * self.width..(epoch + 1) * self.width]
    }
}

impl Trace {
    /// Returns a trace of nothing but a path of two weights, for drawing: the losses are zero. `weights` has two numbers
    /// per epoch.
    pub fn of_path(weights: Vec<f64>, stop: StopReason) -> Self {
        Self {
            dim: 2,
            blocks: Vec::new(),
            losses: vec![0.0; weights.len() / 2],
            weights,
            calls: Vec::new(),
            needs: Vec::new(),
            inner: Vec::new(),
            trials: Vec::new(),
            sparse_epochs: Vec::new(),
            stop,
        }
    }

    /// Makes all steps of a run and records them.
    pub fn record(run: Run) -> Self {
        Self::record_while(run, |_| true)
    }

    /// Makes steps until the run ends or `go_on` returns false, and records them.
    ///
    /// The stop reason of an interrupted run is the epoch limit.
    pub fn record_while(mut run: Run, go_on: impl FnMut(&Run) -> bool) -> Self {
        let mut trace = Self::begin(&run);
        trace.record_rest(&mut run, go_on);
        trace
    }

    /// Creates a trace with one row, the current state of a run.
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
            sparse_epochs: Vec::new(),
            stop: run.stop().unwrap_or(StopReason::EpochLimit),
        };
        trace.push(run);
        trace
    }

    /// Records the following steps of the same run until the run ends or `go_on` returns false.
    ///
    /// After an interruption, another call continues the recording.
    pub fn record_rest(&mut self, run: &mut Run, mut go_on: impl FnMut(&Run) -> bool) {
        while go_on(run) && run.advance() {
            self.push(run);
        }
        self.update_end(run);
    }

    /// Records the following steps of the same run up to the epoch `last`, but only every `stride`-th epoch and the last
    /// one, so that a long run needs no more memory than a short one.
    pub fn record_sparsely(&mut self, run: &mut Run, last: u64, stride: u64) {
        while run.epoch() < last {
            let next = (run.epoch() / stride + 1).saturating_mul(stride).min(last);
            let before = run.epoch();
            while run.epoch() < next && run.advance() {}
            if run.epoch() == before {
                break;
            }
            // The last row was only stored because it was the last.
            if !before.is_multiple_of(stride) {
                self.pop();
            }
            self.push(run);
        }
        self.update_end(run);
    }

    /// Keeps the rows of every `stride`-th epoch and the last row.
    pub fn thin(&mut self, stride: u64) {
        if self.sparse_epochs.is_empty() {
            self.sparse_epochs = (0..self.losses.len() as u64).collect();
        }
        let (epochs, last) = (self.sparse_epochs.clone(), self.last_row());
        self.retain_rows(|row| row == last || epochs[row].is_multiple_of(stride));
    }

    fn retain_rows(&mut self, keeps: impl Fn(usize) -> bool) {
        retain(&mut self.weights, self.dim, &keeps);
        for series in &mut self.inner {
            retain(&mut series.numbers, series.width, &keeps);
        }
        retain(&mut self.losses, 1, &keeps);
        retain(&mut self.calls, 1, &keeps);
        retain(&mut self.trials, 1, &keeps);
        retain(&mut self.sparse_epochs, 1, &keeps);
    }

    fn pop(&mut self) {
        let rows = self.last_row();
        self.weights.truncate(rows * self.dim);
        for series in &mut self.inner {
            series.numbers.truncate(rows * series.width);
        }
        self.losses.truncate(rows);
        self.calls.truncate(rows);
        self.trials.truncate(rows);
        self.sparse_epochs.truncate(rows);
    }

    fn update_end(&mut self, run: &Run) {
        // A failed line search has made evaluations, too.
        if let Some(last) = self.calls.last_mut() {
            *last = run.calls();
        }
        self.stop = run.stop().unwrap_or(StopReason::EpochLimit);
    }

    /// Returns the memory that the current row of a run needs, in bytes.
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
        if !self.sparse_epochs.is_empty() {
            self.sparse_epochs.push(run.epoch());
        }
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

    /// Returns the number of steps.
    pub fn epochs(&self) -> u64 {
        self.epoch_of(self.last_row())
    }

    /// Returns the index of the last row.
    pub fn last_row(&self) -> usize {
        self.losses.len() - 1
    }

    /// Returns the number of steps before a row.
    pub fn epoch_of(&self, row: usize) -> u64 {
        self.sparse_epochs.get(row).copied().unwrap_or(row as u64)
    }

    /// Returns the last row that is not later than an epoch.
    pub fn row_at(&self, epoch: u64) -> usize {
        let last = self.last_row();
        if self.sparse_epochs.is_empty() {
            return usize::try_from(epoch).map_or(last, |row| row.min(last));
        }
        let earlier = self.sparse_epochs.partition_point(|known| *known <= epoch);
        earlier.saturating_sub(1)
    }

    /// Returns whether the trace contains only some epochs.
    pub fn is_sparse(&self) -> bool {
        !self.sparse_epochs.is_empty()
    }

    /// Returns the weights after each step, beginning with the initial point.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = &[f64]> + ExactSizeIterator + Clone {
        self.weights.chunks_exact(self.dim)
    }

    /// Returns the weights after `epoch` steps (dim).
    pub fn at(&self, epoch: usize) -> &[f64] {
        &self.weights[epoch * self.dim..(epoch + 1) * self.dim]
    }

    /// Returns the final weights (dim).
    pub fn last(&self) -> &[f64] {
        self.at(self.last_row())
    }

    /// Returns the final loss.
    pub fn loss(&self) -> f64 {
        self.losses[self.last_row()]
    }

    /// Returns the total number of evaluations.
    pub fn total(&self) -> EvaluationCounts {
        self.calls[self.calls.len() - 1]
    }

    /// Returns the channel with this name, if the optimizer has it.
    pub fn series(&self, name: &str) -> Option<&Series> {
        self.inner.iter().find(|s| s.channel.name == name)
    }

    /// Returns the trace as CSV with a header and one row per epoch.
    ///
    /// The last row also counts the evaluations of a last step that failed or changed nothing.
    pub fn to_csv(&self) -> String {
        let mut csv = String::new();
        // Writing into a string never fails.
        let _ = self.write_csv(&mut csv);
        csv
    }

    /// Writes the trace as CSV with a header and one row per epoch.
    ///
    /// # Errors
    /// Writing to `out` fails.
    pub fn write_csv(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let columns = TraceColumns {
            dim: self.dim,
            hessian_calls: uses_hessian(&self.needs),
        };
        columns.write_header(out, self.inner.iter().map(|s| (&s.channel, s.width)))?;
        for (epoch, ((w, loss), calls)) in
            self.path().zip(&self.losses).zip(&self.calls).enumerate()
        {
            let inner = self.inner.iter();
            let inner = inner.flat_map(|s| s.at(epoch));
            columns.write_row(out, self.epoch_of(epoch), w, *loss, *calls, inner.copied())?;
        }
        Ok(())
    }
}

/// Removes rows of `width` values each.
fn retain<T>(values: &mut Vec<T>, width: usize, keeps: impl Fn(usize) -> bool) {
    let mut i = 0;
    values.retain(|_| {
        i += 1;
        keeps((i - 1) / width)
    });
}

/// Makes steps until the run ends or `go_on` returns false, and writes each row as CSV without storing the trace.
///
/// # Errors
/// Writing to `out` fails.
pub fn stream_csv(
    run: &mut Run,
    out: &mut impl fmt::Write,
    mut go_on: impl FnMut(&Run) -> bool,
) -> fmt::Result {
    let mut channels = Vec::new();
    run.read(&mut |channel, numbers| channels.push((channel.clone(), numbers.len())));
    let columns = TraceColumns {
        dim: run.weights().len(),
        hessian_calls: uses_hessian(run.needs()),
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
        let continues = go_on(run) && run.advance();
        if !continues {
            // A failed line search has changed the numbers of evaluations; the inner state is still that of the last step.
            write(run, &inner, &mut row)?;
        }
        out.write_str(&row)?;
        if !continues {
            return Ok(());
        }
    }
}

/// The columns of a trace.
#[derive(Clone, Copy)]
struct TraceColumns {
    dim: usize,
    /// Whether there is a column for evaluations of the Hessian.
    hessian_calls: bool,
}

fn uses_hessian(needs: &[Need]) -> bool {
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
                _ => {
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
