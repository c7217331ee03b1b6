//! Experiments that run in slices, so that the caller remains responsive.

use crate::address::Address;
use self_cell::self_cell;
use std::{borrow::Cow, cell::OnceCell};
use thalweg::{
    Error,
    experiment::PreparedExperiment,
    field::Window,
    pick::FileContent,
    plane::{Plane, PlaneSpec},
    run::Run,
    trace::Trace,
};
use thalweg_gallery::figures::{FigureInput, Playhead, ProjectedRuns};

struct SessionRuns<'a>(Vec<Run<'a>>);

self_cell!(
    /// A prepared experiment with its runs, which borrow from it.
    struct SessionCell {
        owner: PreparedExperiment,
        #[covariant]
        dependent: SessionRuns,
    }
);

/// The largest number of rows of a trace. Longer runs are stored sparsely.
const MAX_ROWS: usize = 1 << 17;
/// The largest memory of all traces in bytes.
const MAX_BYTES: usize = 128 << 20;
/// The number of rows that a trace may always have.
const MIN_ROWS: usize = 64;
/// The number of epochs after which the number of rows is checked.
const CHUNK: u64 = 1024;

/// A running experiment.
pub struct Session {
    cell: SessionCell,
    traces: Vec<Trace>,
    /// The number of epochs between the rows of each trace.
    strides: Vec<u64>,
    /// The given plane.
    plane: Option<PlaneSpec>,
    is_canceled: bool,
    /// The traces on the plane, computed when needed and again after each slice.
    projected_runs: OnceCell<ProjectedRuns>,
    /// The plane of the background that is shown, if there is one. The plane of a path changes with each step, and a
    /// background takes time.
    shown_plane: Option<Plane>,
    /// The traces on the plane that is shown.
    shown_runs: OnceCell<ProjectedRuns>,
}

impl Session {
    /// Starts the experiment of an address; every run is at its initial point. `files` are the names and contents of
    /// data files.
    ///
    /// # Errors
    /// The address names an unknown entry, or its parts are not compatible.
    pub fn new(address: &Address, files: &[(String, FileContent)]) -> Result<Self, Error> {
        let contest = address.experiment(files)?.prepare()?;
        let cell = SessionCell::new(contest, |contest| SessionRuns(contest.runs().collect()));
        let traces: Vec<Trace> = cell.borrow_dependent().0.iter().map(Trace::begin).collect();
        let session = Self {
            cell,
            strides: vec![1; traces.len()],
            traces,
            plane: address.spec.plane,
            is_canceled: false,
            projected_runs: OnceCell::new(),
            shown_plane: None,
            shown_runs: OnceCell::new(),
        };
        // The plane of a path does not exist before the first step.
        if session.plane != Some(PlaneSpec::Path) {
            session.subject()?;
        }
        Ok(session)
    }

    /// Advances every optimizer by at most `epochs` steps; returns whether one of them is still running.
    pub fn advance(&mut self, epochs: u64) -> bool {
        self.projected_runs.take();
        self.shown_runs.take();
        let traces = self.traces.iter_mut().zip(&mut self.strides);
        let bytes = MAX_BYTES / traces.len().max(1);
        self.cell.with_dependent_mut(|_, runs| {
            for (run, (trace, stride)) in runs.0.iter_mut().zip(traces) {
                let last = run.epoch().saturating_add(epochs);
                record(run, trace, last, stride, bytes);
            }
            runs.0.iter().any(|run| run.stop().is_none())
        })
    }

    /// Marks the runs that have not ended as canceled.
    pub fn cancel(&mut self) {
        self.is_canceled = true;
    }

    /// Returns whether the session was canceled.
    pub fn is_canceled(&self) -> bool {
        self.is_canceled
    }

    /// Returns the problem, the optimizers, and the shared settings.
    pub fn contest(&self) -> &PreparedExperiment {
        self.cell.borrow_owner()
    }

    /// Returns the traces of the optimizers so far, in their order.
    pub fn traces(&self) -> &[Trace] {
        &self.traces
    }

    /// Returns whether the run with this index is still running.
    pub fn is_running(&self, run: usize) -> bool {
        self.cell.borrow_dependent().0[run].stop().is_none()
    }

    /// Returns the input for figures.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn subject(&self) -> Result<FigureInput<'_>, Error> {
        self.subject_in(None)
    }

    /// Returns the input for figures, restricted to a window if one is given.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn subject_in(&self, window: Option<Window>) -> Result<FigureInput<'_>, Error> {
        let projected_runs = self.projected_runs()?.map(Cow::Borrowed);
        let (contest, traces) = (self.contest(), &self.traces);
        Ok(FigureInput::with_projection(
            contest,
            traces,
            projected_runs,
            window,
        ))
    }

    /// Shows the runs on a plane from now on; returns whether it differs from the last one.
    pub fn show_plane(&mut self, plane: Option<Plane>) -> bool {
        let is_other = self.shown_plane != plane;
        if is_other {
            self.shown_plane = plane;
            self.shown_runs.take();
        }
        is_other
    }

    /// Shows the runs on the plane that another session of the same problem shows; returns whether there is one.
    pub fn keep_plane(&mut self, other: &Self) -> bool {
        let same = self.contest().start.len() == other.contest().start.len();
        self.show_plane(other.shown_plane.clone().filter(|_| same));
        self.shown_plane.is_some()
    }

    /// Returns the input for figures on the plane that is shown, or on the current one if none is shown.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn shown_subject(&self, window: Option<Window>) -> Result<FigureInput<'_>, Error> {
        let Some(plane) = &self.shown_plane else {
            return self.subject_in(window);
        };
        let on_plane = || ProjectedRuns::on(plane.clone(), &self.traces);
        let shown = Cow::Borrowed(self.shown_runs.get_or_init(on_plane));
        let (contest, traces) = (self.contest(), &self.traces);
        Ok(FigureInput::with_projection(
            contest,
            traces,
            Some(shown),
            window,
        ))
    }

    /// Returns the current plane through the weights, if the map does not show two weights.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn current_plane(&self) -> Result<Option<&Plane>, Error> {
        Ok(self.projected_runs()?.map(ProjectedRuns::plane))
    }

    /// Returns the given plane, or the default one. It depends on the first path, so it changes while that run proceeds.
    pub fn plane(&self) -> Option<PlaneSpec> {
        let path = self.traces.iter().take(1).flat_map(Trace::path);
        let default = || PlaneSpec::default_for(&self.contest().start, path);
        self.plane.or_else(default)
    }

    /// Returns the runs projected onto the plane, if there is one.
    fn projected_runs(&self) -> Result<Option<&ProjectedRuns>, Error> {
        if self.projected_runs.get().is_none()
            && let Some(plane) = self.plane()
        {
            let projected_runs = ProjectedRuns::new(self.contest(), &self.traces, plane)?;
            return Ok(Some(self.projected_runs.get_or_init(|| projected_runs)));
        }
        Ok(self.projected_runs.get())
    }

    /// Returns the position of a player as the row of each trace: the last one that needs at most this number of epochs or
    /// evaluations. Run `run` is selected.
    pub fn playhead(&self, position: u64, by_evaluations: bool, run: usize) -> Playhead {
        let traces = self.traces.iter();
        let epochs = traces.map(|trace| row_at(trace, position, by_evaluations));
        Playhead {
            epochs: epochs.collect(),
            run,
        }
    }

    /// Converts a position of the longest run from epochs to evaluations, or back.
    pub fn converted_position(&self, position: u64, to_evaluations: bool) -> u64 {
        // Of several runs of this length, the first.
        let longest = self.traces.iter().rev().max_by_key(|trace| trace.epochs());
        longest.map_or(0, |trace| {
            let row = row_at(trace, position, !to_evaluations);
            if to_evaluations {
                trace.calls[row].evaluations()
            } else {
                trace.epoch_of(row)
            }
        })
    }
}

/// Advances a run up to the epoch `last` and records it. If the trace needs more memory than `bytes`, it becomes sparser.
fn record(run: &mut Run, trace: &mut Trace, last: u64, stride: &mut u64, bytes: usize) {
    while run.epoch() < last && run.stop().is_none() {
        trace.record_sparsely(run, last.min(run.epoch() + CHUNK), *stride);
        let most = (bytes / Trace::row_bytes(run)).clamp(MIN_ROWS, MAX_ROWS);
        while trace.last_row() > most {
            *stride *= 2;
            trace.thin(*stride);
        }
    }
}

/// Returns the row of a run at a position of a player.
fn row_at(trace: &Trace, position: u64, by_evaluations: bool) -> usize {
    if by_evaluations {
        let calls = &trace.calls;
        let within = calls.partition_point(|calls| calls.evaluations() <= position);
        within.saturating_sub(1)
    } else {
        trace.row_at(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::DEFAULT_ADDRESS;

    #[test]
    fn runs_are_projected_after_each_slice() {
        let address = "on=mlp:data=moons&with=rprop&with=momentum&epochs=20&target=none";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        for epochs in [0, 7, 14] {
            let subject = session.subject().unwrap();
            for trace in &*subject.view().unwrap().traces {
                assert_eq!((trace.dim, trace.epochs()), (2, epochs));
            }
            assert!(std::ptr::eq(
                session.projected_runs().unwrap().unwrap(),
                session.projected_runs().unwrap().unwrap()
            ));
            session.advance(7);
        }
    }

    #[test]
    fn slices_give_the_same_traces() {
        let address: Address = DEFAULT_ADDRESS.parse().unwrap();
        let mut session = Session::new(&address, &[]).unwrap();
        while session.advance(7) {}
        let whole: Vec<Trace> = session.contest().runs().map(Trace::record).collect();
        assert_eq!(session.traces(), whole);
        let epochs: Vec<u64> = whole.iter().map(Trace::epochs).collect();
        assert_eq!(epochs, [797, 92, 20, 17, 2]);
    }

    #[test]
    fn a_long_run_is_stored_sparsely_and_exactly() {
        let address = "on=article&with=gradient-descent:learning_rate=1e-9&target=none";
        let long = format!("{address}&epochs=300001");
        let mut session = Session::new(&long.parse().unwrap(), &[]).unwrap();
        while session.advance(4096) {
            assert!(session.traces()[0].last_row() <= MAX_ROWS);
        }
        let trace = &session.traces()[0];
        assert!(trace.is_sparse() && trace.last_row() > MAX_ROWS / 4);
        assert_eq!(trace.epochs(), 300_001);
        // The stored epochs are those of a run that stores every epoch.
        let mut run = session.contest().runs().next().unwrap();
        for row in 0..=trace.last_row() {
            while run.epoch() < trace.epoch_of(row) {
                run.advance();
            }
            assert_eq!(
                (trace.at(row), trace.losses[row]),
                (run.weights(), run.loss())
            );
            assert_eq!(trace.calls[row], run.calls());
            assert_eq!(trace.row_at(run.epoch()), row);
        }
        let middle = session.playhead(150_001, false, 0);
        assert_eq!(trace.epoch_of(middle.epochs[0]), 150_000);
        // One gradient per epoch.
        assert_eq!(session.converted_position(150_000, true), 150_000);
        assert_eq!(session.converted_position(150_000, false), 150_000);
    }

    #[test]
    fn the_memory_of_many_weights_is_bounded() {
        let address = "on=mlp:data=moons,layers=2-4-1&with=adam&epochs=400&target=none";
        let session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        let mut run = session.contest().runs().next().unwrap();
        let bytes = 100 * Trace::row_bytes(&run);
        let (mut trace, mut stride) = (Trace::begin(&run), 1);
        record(&mut run, &mut trace, 400, &mut stride, bytes);
        assert!(
            (50..=100).contains(&trace.last_row()),
            "{}",
            trace.last_row()
        );
        assert_eq!((trace.epochs(), stride), (400, 4));
        assert_eq!(trace.last(), run.weights());
    }
}
