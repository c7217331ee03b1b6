//! Traces as bytes, which keep every bit.
//!
//! The order of each table is part of the format: new values are added at the end.

use super::{Series, Trace};
use crate::{
    catalog::inspect::{Channel, Quantity, Shape},
    need::Need,
    numeric::bytes::{ByteReader, ByteWriter},
    objective::blocks::{Block, BlockKind},
    run::{
        StopReason,
        convergence::Convergence,
        line::NoStep,
        oracle::{EvaluationCounts, Trial},
    },
};

const QUANTITIES: [Quantity; 11] = [
    Quantity::Displacement,
    Quantity::StepSize,
    Quantity::Position,
    Quantity::Gradient,
    Quantity::GradientSquared,
    Quantity::Curvature,
    Quantity::InverseCurvature,
    Quantity::Value,
    Quantity::Number,
    Quantity::Covariance,
    Quantity::Case,
];
const SHAPES: [Shape; 7] = [
    Shape::Scalar,
    Shape::Vector,
    Shape::Matrix,
    Shape::LeftFactors,
    Shape::RightFactors,
    Shape::Points,
    Shape::Simplex,
];
const NEEDS: [Need; 2] = [Need::Hessian, Need::Residuals];
const BLOCK_KINDS: [BlockKind; 3] = [BlockKind::Matrix, BlockKind::Bias, BlockKind::Scalar];
const CONVERGENCES: [Convergence; 5] = [
    Convergence::Minimum,
    Convergence::Stationary,
    Convergence::Saddle,
    Convergence::Stalled,
    Convergence::Tolerance,
];
const NO_STEPS: [NoStep; 4] = [
    NoStep::NoDescent,
    NoStep::Uphill,
    NoStep::Unbounded,
    NoStep::Damping,
];

impl Trace {
    /// Writes the trace.
    pub fn write_bytes(&self, out: &mut ByteWriter) {
        out.count(self.dim as u64);
        out.list(&self.blocks, write_block);
        out.numbers(&self.weights);
        out.numbers(&self.losses);
        out.list(&self.calls, |out, calls| calls.write_bytes(out));
        out.list(&self.needs, |out, need| out.place(&NEEDS, need));
        out.list(&self.inner, write_series);
        out.list(&self.trials, |out, trials| out.list(trials, write_trial));
        out.list(&self.sparse_epochs, |out, epoch| out.count(*epoch));
        write_stop(out, self.stop);
    }

    /// Reads what [`write_bytes`](Self::write_bytes) wrote. Returns `None` if the bytes are damaged.
    pub fn read_bytes(reader: &mut ByteReader) -> Option<Self> {
        let trace = Self {
            dim: reader.size()?,
            blocks: reader.list(read_block)?,
            weights: reader.numbers()?,
            losses: reader.numbers()?,
            calls: reader.list(EvaluationCounts::read_bytes)?,
            needs: reader.list(|reader| reader.place(&NEEDS))?,
            inner: reader.list(read_series)?,
            trials: reader.list(|reader| reader.list(read_trial))?,
            sparse_epochs: reader.list(ByteReader::count)?,
            stop: read_stop(reader)?,
        };
        trace.has_equal_columns().then_some(trace)
    }

    /// Returns whether all columns have the same number of rows, and at least one.
    fn has_equal_columns(&self) -> bool {
        let rows = self.losses.len();
        let has_rows = |count: usize, width: usize| Some(count) == rows.checked_mul(width);
        let fits = |range: &std::ops::Range<usize>| range.end <= self.dim;
        rows > 0
            && has_rows(self.weights.len(), self.dim)
            && (self.calls.is_empty() || self.calls.len() == rows)
            && (self.trials.is_empty() || self.trials.len() == rows)
            && (self.sparse_epochs.is_empty() || self.sparse_epochs.len() == rows)
            && self
                .inner
                .iter()
                .all(|s| has_rows(s.numbers.len(), s.width))
            && self
                .trials
                .iter()
                .flatten()
                .all(|t| t.weights.len() == self.dim)
            && self.blocks.iter().all(|block| fits(&block.range))
    }
}

impl EvaluationCounts {
    pub(crate) fn write_bytes(self, out: &mut ByteWriter) {
        out.count(self.value);
        out.count(self.gradient);
        out.count(self.hessian);
    }

    pub(crate) fn read_bytes(reader: &mut ByteReader) -> Option<Self> {
        Some(Self {
            value: reader.count()?,
            gradient: reader.count()?,
            hessian: reader.count()?,
        })
    }
}

fn write_block(out: &mut ByteWriter, block: &Block) {
    out.text(&block.name);
    out.place(&BLOCK_KINDS, &block.kind);
    let [rows, columns] = block.shape;
    for size in [rows, columns, block.range.start] {
        out.count(size as u64);
    }
}

fn read_block(reader: &mut ByteReader) -> Option<Block> {
    let name = reader.text()?.to_owned().into();
    let kind = reader.place(&BLOCK_KINDS)?;
    let shape = [reader.size()?, reader.size()?];
    let (first, count) = (reader.size()?, shape[0].checked_mul(shape[1])?);
    Some(Block {
        name,
        kind,
        shape,
        range: first..first.checked_add(count)?,
    })
}

fn write_series(out: &mut ByteWriter, series: &Series) {
    let channel = &series.channel;
    out.text(&channel.name);
    out.text(&channel.help);
    out.place(&QUANTITIES, &channel.quantity);
    out.place(&SHAPES, &channel.shape);
    out.count(series.width as u64);
    out.numbers(&series.numbers);
}

fn read_series(reader: &mut ByteReader) -> Option<Series> {
    let channel = Channel {
        name: reader.text()?.to_owned().into(),
        help: reader.text()?.to_owned().into(),
        quantity: reader.place(&QUANTITIES)?,
        shape: reader.place(&SHAPES)?,
    };
    Some(Series {
        channel,
        width: reader.size()?,
        numbers: reader.numbers()?,
    })
}

fn write_trial(out: &mut ByteWriter, trial: &Trial) {
    out.number(trial.step);
    out.numbers(&trial.weights);
    out.number(trial.loss);
}

fn read_trial(reader: &mut ByteReader) -> Option<Trial> {
    Some(Trial {
        step: reader.number()?,
        weights: reader.numbers()?,
        loss: reader.number()?,
    })
}

fn write_stop(out: &mut ByteWriter, stop: StopReason) {
    match stop {
        StopReason::Reached => out.count(0),
        StopReason::Converged(why) => {
            out.count(1);
            out.place(&CONVERGENCES, &why);
        }
        StopReason::EpochLimit => out.count(2),
        StopReason::Diverged { epoch } => {
            out.count(3);
            out.count(epoch);
        }
        StopReason::NoStep(why) => {
            out.count(4);
            out.place(&NO_STEPS, &why);
        }
        StopReason::Singular => out.count(5),
        StopReason::RecordEnds { reached } => {
            out.count(6);
            out.list(reached.as_slice(), |out, epoch| out.count(*epoch));
        }
    }
}

fn read_stop(reader: &mut ByteReader) -> Option<StopReason> {
    Some(match reader.count()? {
        0 => StopReason::Reached,
        1 => StopReason::Converged(reader.place(&CONVERGENCES)?),
        2 => StopReason::EpochLimit,
        3 => StopReason::Diverged {
            epoch: reader.count()?,
        },
        4 => StopReason::NoStep(reader.place(&NO_STEPS)?),
        5 => StopReason::Singular,
        6 => StopReason::RecordEnds {
            reached: reader.list(ByteReader::count)?.pop(),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{optimizers, study::experiment::Experiment};

    fn bytes(trace: &Trace) -> Vec<u8> {
        let mut out = ByteWriter::default();
        trace.write_bytes(&mut out);
        out.finish()
    }

    fn traces() -> Vec<Trace> {
        let picks = |on: &str| match on {
            "article" => vec![
                "bfgs",
                "newton",
                "nelder-mead",
                "gradient-descent:learning_rate=1e9",
            ],
            _ => vec!["shampoo", "rprop"],
        };
        let traces = ["article", "mlp"].map(|on| {
            let with = picks(on).into_iter().map(|pick| pick.parse().unwrap());
            let experiment = Experiment {
                epochs: 12,
                ..Experiment::new(on.parse().unwrap(), with.collect())
            };
            let contest = experiment.prepare().unwrap();
            contest.runs().map(Trace::record).collect::<Vec<_>>()
        });
        traces.concat()
    }

    #[test]
    fn the_tables_have_the_values_of_all_channels() {
        for channel in optimizers::REGISTRY
            .abouts()
            .flat_map(|about| &*about.channels)
        {
            assert!(QUANTITIES.contains(&channel.quantity), "{channel:?}");
            assert!(SHAPES.contains(&channel.shape), "{channel:?}");
        }
    }

    #[test]
    fn a_stored_trace_is_the_same() {
        for trace in traces() {
            let bytes = bytes(&trace);
            let mut reader = ByteReader::new(&bytes);
            let read = Trace::read_bytes(&mut reader).unwrap();
            assert!(reader.is_empty());
            // Debug texts also compare NaN.
            assert_eq!(format!("{read:?}"), format!("{trace:?}"));
        }
    }

    #[test]
    fn every_reason_to_stop_is_kept() {
        let stops = [
            StopReason::Reached,
            StopReason::EpochLimit,
            StopReason::Diverged { epoch: 300 },
            StopReason::Singular,
            StopReason::RecordEnds { reached: None },
            StopReason::RecordEnds { reached: Some(0) },
        ];
        let converged = CONVERGENCES.map(StopReason::Converged);
        let no_step = NO_STEPS.map(StopReason::NoStep);
        for stop in stops.into_iter().chain(converged).chain(no_step) {
            let trace = Trace::of_path(vec![1.0, 2.0], stop);
            let bytes = bytes(&trace);
            assert_eq!(Trace::read_bytes(&mut ByteReader::new(&bytes)), Some(trace));
        }
    }

    #[test]
    fn damaged_bytes_give_no_trace_or_one_with_equal_columns() {
        let bytes = bytes(&traces()[0]);
        for end in 0..bytes.len() {
            assert_eq!(Trace::read_bytes(&mut ByteReader::new(&bytes[..end])), None);
        }
        for i in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[i] ^= 0x41;
            if let Some(trace) = Trace::read_bytes(&mut ByteReader::new(&damaged)) {
                assert_eq!(trace.weights.len(), trace.losses.len() * trace.dim);
            }
        }
    }
}
