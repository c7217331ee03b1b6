//! The input of figures: a problem, the runs on it, and the visible part of the weight space.

pub(crate) mod algorithms;
mod bulk;
pub mod colors;
mod losses;
mod now;
mod other_points;
mod plane_gap;
mod time_axis;
mod view;

pub use now::Playhead;
pub use plane_gap::PlaneGap;
pub use time_axis::TimeAxis;
pub use view::{PlaneView, ProjectedRuns};

use crate::map::{MapPath, count, label, search_state};
use crate::prelude::*;
use colors::theme_indices;
use now::part;
use std::{borrow::Cow, fmt, ops::RangeInclusive};
use thalweg::{
    contender::ComparedOptimizer,
    plane::{PLANE_FORMS, PlaneSpec},
    record::LossLog,
};
use thalweg_plot::{marks::Wireframe, text::number, theme::PathStyle};

/// A requirement of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureRequirement {
    /// At least one run.
    Runs,
    /// Two weights, or a plane through more of them.
    Plane,
    /// A data set with one or two features.
    Data,
}

/// Writes the requirement so that it can follow "it needs".
impl fmt::Display for FigureRequirement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Runs => "a run",
            Self::Plane => "two weights or a plane",
            Self::Data => "data with one or two features",
        })
    }
}

/// Reports how many of how many runs that a figure computes itself are done; returns false to cancel the rest.
pub type ProgressCallback<'a> = &'a dyn Fn(usize, usize) -> bool;

/// A problem, the runs on it, and the part to show.
pub struct FigureInput<'a> {
    /// The problem, its optimizers, and the shared settings.
    pub contest: &'a PreparedExperiment,
    /// The traces of the optimizers in all weights, in the order of the optimizers.
    pub traces: &'a [Trace],
    /// Losses of other programs, which a figure of losses shows beside the runs.
    pub logs: Vec<LossLog>,
    /// The selected epochs; `None` means all.
    pub epochs: Option<RangeInclusive<usize>>,
    /// The playhead; `None` means the ends of the runs.
    pub playhead: Option<Playhead>,
    /// The spacing of epochs or evaluations on the horizontal axis of curves; `None` means that their settings select it.
    pub time: Option<TimeAxis>,
    /// Receives the progress of a figure that computes runs itself, and may cancel it.
    pub on_progress: Option<ProgressCallback<'a>>,
    /// The view of the plane; `None` if the problem does not have two weights and no plane was given.
    view: Option<PlaneView<'a>>,
}

impl<'a> FigureInput<'a> {
    /// Creates the input of a figure, projected onto a plane if one is given, and restricted to a window if one is
    /// given.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn new(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        plane_spec: Option<PlaneSpec>,
        window: Option<Window>,
    ) -> Result<Self, Error> {
        let projected = plane_spec
            .map(|plane_spec| ProjectedRuns::new(contest, traces, plane_spec))
            .transpose()?;
        Ok(Self::with_projection(
            contest,
            traces,
            projected.map(Cow::Owned),
            window,
        ))
    }

    /// Creates the input with runs that were already projected.
    pub fn with_projection(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        projected: Option<Cow<'a, ProjectedRuns>>,
        window: Option<Window>,
    ) -> Self {
        Self {
            contest,
            traces,
            logs: Vec::new(),
            epochs: None,
            playhead: None,
            time: None,
            on_progress: None,
            view: PlaneView::new(contest, traces, projected, window),
        }
    }

    /// Returns the problem's title, with a note if the paths are projected onto a plane.
    pub fn title(&self) -> String {
        let projected = self.view.as_ref().map_or("", PlaneView::projection_note);
        format!("{}{projected}", self.contest.problem.title)
    }

    /// Reports the progress of the figure's own runs; returns whether to continue.
    pub(crate) fn should_continue(&self, done: usize, of: usize) -> bool {
        self.on_progress.is_none_or(|report| report(done, of))
    }

    /// Returns the names of the runs for legends.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.contest.contenders.iter().map(|c| &*c.label)
    }

    /// Returns the names of the runs with their numbers of steps, "Momentum (92 steps)", or with the playhead,
    /// "Momentum (epoch 12 of 92)". A learning rate that follows from the curvature is part of the name. If runs can leave
    /// the plane, their distances from it and the losses follow.
    pub fn long_labels(&self) -> Vec<String> {
        let runs = self.contest.contenders.iter().zip(self.traces).enumerate();
        let labels = runs.map(|(i, (contender, trace))| {
            let name = &name_with_rate(contender);
            let row = self.playhead_epoch(i);
            let (now, last) = (trace.epoch_of(row), trace.epochs());
            let label = if now == last {
                label(name, trace)
            } else {
                format!("{name} (epoch {now} of {last})")
            };
            self.with_plane_gap(label, i, row)
        });
        labels.collect()
    }

    /// Returns the names of the runs for a figure of their paths: with the selected steps, "Momentum (steps 10 to 16)", or
    /// as [`long_labels`](Self::long_labels) if no epochs are selected.
    pub fn path_labels(&self) -> Vec<String> {
        let Some(selected) = &self.epochs else {
            return self.long_labels();
        };
        let runs = self.labels().zip(self.traces).enumerate();
        let labels = runs.map(|(i, (name, trace))| {
            let (first, last) = ((*selected.start()).max(1), *self.path_epochs(i).end());
            let label = match last.checked_sub(first) {
                None if last > 0 => format!("{name} (ended after {})", count(last as u64, "step")),
                None => format!("{name} (start)"),
                Some(0) => format!("{name} (step {last})"),
                Some(_) if diverged_at(trace, last) => {
                    format!("{name} (steps {first} to {last}, then diverged)")
                }
                Some(_) => format!("{name} (steps {first} to {last})"),
            };
            self.with_plane_gap(label, i, last)
        });
        labels.collect()
    }

    /// Returns the paths of the runs on the plane under these names.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn paths<'s>(
        &'s self,
        labels: &'s [impl AsRef<str>],
        theme: &Theme,
    ) -> Result<Vec<MapPath<'s>>, Error> {
        let runs = self.view()?.traces.iter().zip(labels);
        let paths = runs.zip(self.styles(theme));
        let paths = paths.map(|((trace, label), style)| MapPath {
            trace,
            style,
            label: label.as_ref(),
        });
        Ok(paths.collect())
    }

    /// Returns the name, the trace in all weights, and the path style of each run.
    pub fn runs(&self, theme: &Theme) -> impl Iterator<Item = (&str, &'a Trace, PathStyle)> {
        let runs = self.labels().zip(self.traces).zip(self.styles(theme));
        runs.map(|((name, trace), style)| (name, trace, style))
    }

    /// Returns the path styles of the runs. An optimizer has the same style in every figure.
    pub fn styles(&self, theme: &Theme) -> Vec<PathStyle> {
        let picks = self.contest.contenders.iter().map(|c| &c.pick);
        let places = theme_indices(picks, theme.paths.len());
        places.into_iter().map(|i| theme.path(i)).collect()
    }

    /// Returns the styles of the logs: those that follow the styles of the runs.
    pub(crate) fn log_styles(&self, theme: &Theme) -> Vec<PathStyle> {
        let picks = self.contest.contenders.iter().map(|c| &c.pick);
        let used = theme_indices(picks, theme.paths.len());
        let free = (0..).filter(|i| !used.contains(i));
        free.take(self.logs.len()).map(|i| theme.path(i)).collect()
    }

    /// Returns the view of the plane.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn view(&self) -> Result<&PlaneView<'a>, Error> {
        self.view.as_ref().ok_or_else(|| {
            let dim = self.contest.start.len();
            let weights = if dim == 1 { "weight" } else { "weights" };
            let help = if dim < 2 {
                ": draw `loss` or `data`, or add a weight, such as bias=trained".to_owned()
            } else {
                format!(": to show it on a plane, add --plane with {PLANE_FORMS}")
            };
            Error::Settings(format!(
                "this figure needs two weights, but the problem has {dim} {weights}{help}"
            ))
        })
    }

    /// Returns the view of the plane, if there is one.
    pub fn optional_view(&self) -> Option<&PlaneView<'a>> {
        self.view.as_ref()
    }

    /// Checks that the input fulfills the requirements of a figure.
    ///
    /// # Errors
    /// A requirement is not fulfilled.
    pub fn check(&self, asks: &[FigureRequirement]) -> Result<(), Error> {
        for ask in asks {
            match ask {
                FigureRequirement::Runs if self.traces.is_empty() && self.logs.is_empty() => {
                    let message = "this figure shows runs, but no optimizer was given: add one";
                    return Err(Error::Settings(message.to_owned()));
                }
                FigureRequirement::Plane => self.view().map(|_| ())?,
                FigureRequirement::Data => {
                    let network = self.contest.problem.network.as_ref();
                    let features = network.map(|network| network.data().dim());
                    let message = match features {
                        Some(1 | 2) => continue,
                        Some(n) => format!(
                            "this figure shows data with one or two features, but the data has {n}: choose one or two of them"
                        ),
                        None => "this figure shows data, but the problem has none: choose a problem with data, such as mlp".to_owned(),
                    };
                    return Err(Error::Settings(message));
                }
                FigureRequirement::Runs => {}
            }
        }
        Ok(())
    }

    /// Returns the selected epochs of a run with this number of epochs.
    pub fn shown(&self, epochs: u64) -> RangeInclusive<usize> {
        let last = epochs as usize;
        match &self.epochs {
            None => 0..=last,
            Some(shown) => (*shown.start()).min(last)..=(*shown.end()).min(last),
        }
    }

    /// Returns the rows of the selected epochs of a trace.
    pub fn shown_rows(&self, trace: &Trace) -> RangeInclusive<usize> {
        self.shown(trace.last_row() as u64)
    }

    /// Returns the selected epochs of a run up to the playhead.
    pub fn elapsed_epochs(&self, run: usize) -> RangeInclusive<usize> {
        let shown = self.shown_rows(&self.traces[run]);
        let last = self.playhead_epoch(run).min(*shown.end());
        (*shown.start()).min(last)..=last
    }

    /// Returns the epochs that the path of a run connects: from the beginning of the first selected step to the playhead.
    pub fn path_epochs(&self, run: usize) -> RangeInclusive<usize> {
        let elapsed = self.elapsed_epochs(run);
        let (first, last) = (*elapsed.start(), *elapsed.end());
        match &self.epochs {
            // A run that ended before the selected steps has none of them.
            Some(selected) if *selected.start() > last => last..=last,
            Some(_) => first.saturating_sub(1)..=last,
            None => first..=last,
        }
    }

    /// Checks that at least one run has the selected epochs.
    ///
    /// # Errors
    /// All runs ended before them.
    pub fn check_epochs(&self) -> Result<(), Error> {
        let longest = self.labels().zip(self.traces);
        let longest = longest.max_by_key(|(_, trace)| trace.epochs());
        let (Some(selected), Some((name, trace))) = (&self.epochs, longest) else {
            return Ok(());
        };
        let (first, last) = (*selected.start(), trace.epochs());
        if first as u64 <= last {
            return Ok(());
        }
        Err(Error::Settings(format!(
            "{name} ended after {}: give epochs from 0 to {last} instead of {first}..{}",
            count(last, "epoch"),
            selected.end()
        )))
    }

    /// Returns the playhead's epoch of a run.
    pub fn playhead_epoch(&self, run: usize) -> usize {
        let last = self.traces[run].last_row();
        let playhead = self.playhead.as_ref();
        let epoch = playhead.and_then(|playhead| playhead.epochs.get(run));
        epoch.map_or(last, |epoch| last.min(*epoch))
    }

    /// Returns the runs on the plane, each with the selected steps up to the playhead.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn elapsed_traces(&self) -> Result<Vec<Cow<'_, Trace>>, Error> {
        let traces = self.view()?.traces.iter().enumerate();
        let elapsed = traces.map(|(i, trace)| part(trace, self.path_epochs(i)));
        Ok(elapsed.collect())
    }

    /// Returns the marks of the points and covariances in the states of the runs at the last epochs of their paths.
    ///
    /// # Errors
    /// The problem does not have two weights, and no plane was given.
    pub fn search_states(&self, theme: &Theme) -> Result<Vec<Wireframe>, Error> {
        let runs = self
            .view()?
            .traces
            .iter()
            .zip(self.styles(theme))
            .enumerate();
        let states = runs
            .flat_map(|(i, (trace, style))| search_state(trace, *self.path_epochs(i).end(), style));
        Ok(states.collect())
    }

    /// Returns the index of a run from 0: the chosen run, counted from 1, or else the selected run of the playhead.
    ///
    /// # Errors
    /// There is no such run.
    pub fn run(&self, chosen: Option<u64>) -> Result<usize, Error> {
        let count = self.traces.len();
        let Some(chosen) = chosen else {
            let selected = self.playhead.as_ref().map_or(0, |playhead| playhead.run);
            return Ok(if selected < count { selected } else { 0 });
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

/// Returns whether a run diverged in this epoch.
fn diverged_at(trace: &Trace, epoch: usize) -> bool {
    matches!(trace.stop, StopReason::Diverged { .. }) && epoch as u64 == trace.epochs()
}

/// Returns the name of an optimizer with its learning rate, if the rate follows from the curvature of the problem.
fn name_with_rate(contender: &ComparedOptimizer) -> String {
    match contender.derived_rate() {
        // The label of one of several runs may contain the rate already.
        Some(rate) if !contender.label.contains("learning_rate") => {
            format!("{}, learning rate {}", contender.label, number(rate, 4))
        }
        _ => contender.label.clone(),
    }
}
