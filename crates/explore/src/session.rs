//! An experiment on its way, in slices: nobody has to wait for its end.

use crate::address::Address;
use self_cell::self_cell;
use std::{borrow::Cow, cell::OnceCell};
use thalweg::{
    Error, experiment::PreparedExperiment, field::Window, pick::FileContent, plane::PlaneSpec,
    run::Run, trace::Trace,
};
use thalweg_gallery::figures::{FigureInput, ProjectedRuns};

struct SessionRuns<'a>(Vec<Run<'a>>);

self_cell!(
    /// A contest with its runs, which borrow from it.
    struct SessionCell {
        owner: PreparedExperiment,
        #[covariant]
        dependent: SessionRuns,
    }
);

/// An experiment on its way.
pub struct Session {
    going: SessionCell,
    traces: Vec<Trace>,
    cut: Option<PlaneSpec>,
    halted: bool,
    /// The traces as they are on the plane; made when they are first asked for, and anew after each slice.
    shadows: OnceCell<ProjectedRuns>,
}

impl Session {
    /// The experiment of an address, every run at its start; `files` are names and texts of data files.
    ///
    /// # Errors
    /// The address names what there is not, or what does not go together.
    pub fn new(address: &Address, files: &[(String, FileContent)]) -> Result<Self, Error> {
        let contest = address.experiment(files)?.prepare()?;
        let cut = match (address.spec.plane, contest.start.len()) {
            (Some(cut), _) => Some(cut),
            (None, 1 | 2) => None,
            // A plane that needs no path, for there is none yet.
            (None, _) => Some(PlaneSpec::Seed(1)),
        };
        let going = SessionCell::new(contest, |contest| SessionRuns(contest.runs().collect()));
        let traces: Vec<Trace> = going
            .borrow_dependent()
            .0
            .iter()
            .map(Trace::begin)
            .collect();
        let session = Self {
            going,
            traces,
            cut,
            halted: false,
            shadows: OnceCell::new(),
        };
        if cut != Some(PlaneSpec::Path) {
            session.subject()?;
        }
        Ok(session)
    }

    /// Makes at most so many more steps with every optimizer; whether one of them can go on.
    pub fn advance(&mut self, epochs: u64) -> bool {
        self.shadows.take();
        let traces = &mut self.traces;
        self.going.with_dependent_mut(|_, runs| {
            for (run, trace) in runs.0.iter_mut().zip(traces) {
                let last = run.epoch().saturating_add(epochs);
                trace.record_rest(run, |run| run.epoch() < last);
            }
            runs.0.iter().any(|run| run.stop().is_none())
        })
    }

    /// Nobody asks for more steps: what has not ended by itself was stopped.
    pub fn halt(&mut self) {
        self.halted = true;
    }

    /// Whether somebody stopped it.
    pub fn halted(&self) -> bool {
        self.halted
    }

    /// The problem, the optimizers, and what is the same for all.
    pub fn contest(&self) -> &PreparedExperiment {
        self.going.borrow_owner()
    }

    /// What each optimizer has done so far, in their order.
    pub fn traces(&self) -> &[Trace] {
        &self.traces
    }

    /// Whether the run of this number can go on.
    pub fn goes_on(&self, run: usize) -> bool {
        self.going.borrow_dependent().0[run].stop().is_none()
    }

    /// What a figure can be made of.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn subject(&self) -> Result<FigureInput<'_>, Error> {
        self.subject_in(None)
    }

    /// The same, seen in a window where one is given.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn subject_in(&self, window: Option<Window>) -> Result<FigureInput<'_>, Error> {
        let shadows = self.shadows()?.map(Cow::Borrowed);
        let (contest, traces) = (self.contest(), &self.traces);
        Ok(FigureInput::seen_by(contest, traces, shadows, window))
    }

    /// The runs on the plane, where there is one.
    fn shadows(&self) -> Result<Option<&ProjectedRuns>, Error> {
        if let (Some(cut), None) = (self.cut, self.shadows.get()) {
            let shadows = ProjectedRuns::new(self.contest(), &self.traces, cut)?;
            return Ok(Some(self.shadows.get_or_init(|| shadows)));
        }
        Ok(self.shadows.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::HOME;

    #[test]
    fn runs_are_seen_as_far_as_they_have_come() {
        let address = "on=mlp:data=moons&with=rprop&with=momentum&epochs=20&target=none";
        let mut session = Session::new(&address.parse().unwrap(), &[]).unwrap();
        for epochs in [0, 7, 14] {
            let subject = session.subject().unwrap();
            for trace in &*subject.view().unwrap().traces {
                assert_eq!((trace.dim, trace.epochs()), (2, epochs));
            }
            assert!(std::ptr::eq(
                session.shadows().unwrap().unwrap(),
                session.shadows().unwrap().unwrap()
            ));
            session.advance(7);
        }
    }

    #[test]
    fn slices_make_the_same_traces() {
        let address: Address = HOME.parse().unwrap();
        let mut session = Session::new(&address, &[]).unwrap();
        while session.advance(7) {}
        let whole: Vec<Trace> = session.contest().runs().map(Trace::record).collect();
        assert_eq!(session.traces(), whole);
        let epochs: Vec<u64> = whole.iter().map(Trace::epochs).collect();
        assert_eq!(epochs, [797, 92, 20, 17, 2]);
    }
}
