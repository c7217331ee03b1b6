//! What a figure is made of: a problem, the runs on it, and the part of the space of weights that is seen.

pub(crate) mod algorithms;
pub mod colors;
mod now;
mod view;

pub use now::Playhead;
pub use view::{PlaneView, ProjectedRuns};

use crate::map::{MapPath, label};
use crate::prelude::*;
use colors::places;
use now::until;
use std::{borrow::Cow, fmt, ops::RangeInclusive};
use thalweg::plane::{PLANE_FORMS, PlaneSpec};
use thalweg_plot::theme::PathStyle;

/// What a figure cannot be drawn without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureRequirement {
    /// At least one run.
    Runs,
    /// Two weights, or a plane through more of them.
    Plane,
    /// A data set of two features.
    Data,
}

/// In words that follow "it needs".
impl fmt::Display for FigureRequirement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Runs => "a run",
            Self::Plane => "two weights, or a plane",
            Self::Data => "data of two features",
        })
    }
}

/// Is told how many of how many runs are done that a figure makes itself; false where nobody waits for it any more.
pub type ProgressCallback<'a> = &'a dyn Fn(usize, usize) -> bool;

/// A problem, the runs on it, and what is to be seen of them.
pub struct FigureInput<'a> {
    /// The problem, its optimizers, and what was the same for all.
    pub contest: &'a PreparedExperiment,
    /// What each optimizer of the contest did, in all weights, in their order.
    pub traces: &'a [Trace],
    /// The epochs that are asked for; none for all.
    pub epochs: Option<RangeInclusive<usize>>,
    /// Where runs are stopped to be looked at; none for their ends.
    pub now: Option<Playhead>,
    /// Who waits for a figure that makes runs of its own; what nobody waits for is left unfinished.
    pub watch: Option<ProgressCallback<'a>>,
    /// What a plane shows; none where the problem has other than two weights and no plane was named.
    view: Option<PlaneView<'a>>,
}

impl<'a> FigureInput<'a> {
    /// What is to be seen of the runs of a contest: on a plane where one is named, in a window where one is given.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn new(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        cut: Option<PlaneSpec>,
        window: Option<Window>,
    ) -> Result<Self, Error> {
        let shadows = cut
            .map(|cut| ProjectedRuns::new(contest, traces, cut))
            .transpose()?;
        Ok(Self::seen_by(
            contest,
            traces,
            shadows.map(Cow::Owned),
            window,
        ))
    }

    /// The same, with the runs on a plane as they were seen before.
    pub fn seen_by(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        shadows: Option<Cow<'a, ProjectedRuns>>,
        window: Option<Window>,
    ) -> Self {
        Self {
            contest,
            traces,
            epochs: None,
            now: None,
            watch: None,
            view: PlaneView::new(contest, traces, shadows, window),
        }
    }

    /// The problem's title, and that a plane shows shadows of the paths where it does.
    pub fn title(&self) -> String {
        let shadows = self.view.as_ref().map_or("", PlaneView::shadows);
        format!("{}{shadows}", self.contest.problem.title)
    }

    /// Tells that so many of so many runs of a figure's own are done; whether anybody waits for the others.
    pub(crate) fn goes_on(&self, done: usize, of: usize) -> bool {
        self.watch.is_none_or(|watch| watch(done, of))
    }

    /// The names of the runs, for legends.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.contest.contenders.iter().map(|c| &*c.label)
    }

    /// The names of the runs with how many steps each made, "Momentum (92 steps)", or where it is stopped to be looked at,
    /// "Momentum (epoch 12 of 92)".
    pub fn long_labels(&self) -> Vec<String> {
        let runs = self.labels().zip(self.traces).enumerate();
        let labels = runs.map(|(i, (name, trace))| {
            let (now, last) = (self.epoch_now(i), trace.epochs());
            if now as u64 == last {
                label(name, trace)
            } else {
                format!("{name} (epoch {now} of {last})")
            }
        });
        labels.collect()
    }

    /// The paths of the runs as they are seen on the plane, under these names.
    ///
    /// # Errors
    /// The problem has other than two weights, and no plane was named.
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

    /// The runs in all weights: the name of each, what it did, and how its path is drawn.
    pub fn runs(&self, theme: &Theme) -> impl Iterator<Item = (&str, &'a Trace, PathStyle)> {
        let runs = self.labels().zip(self.traces).zip(self.styles(theme));
        runs.map(|((name, trace), style)| (name, trace, style))
    }

    /// How the paths of the runs are drawn: an optimizer the same in every figure.
    pub fn styles(&self, theme: &Theme) -> Vec<PathStyle> {
        let picks = self.contest.contenders.iter().map(|c| &c.pick);
        let places = places(picks, theme.paths.len());
        places.into_iter().map(|i| theme.path(i)).collect()
    }

    /// What a plane shows.
    ///
    /// # Errors
    /// The problem has other than two weights, and no plane was named.
    pub fn view(&self) -> Result<&PlaneView<'a>, Error> {
        self.view.as_ref().ok_or_else(|| {
            let dim = self.contest.start.len();
            let weights = if dim == 1 { "weight" } else { "weights" };
            let help = if dim < 2 {
                String::new()
            } else {
                format!(", so it is seen on a plane: give --plane {PLANE_FORMS}")
            };
            Error::Settings(format!("the problem has {dim} {weights}, not two{help}"))
        })
    }

    /// What a plane shows, where there is one.
    pub fn seen(&self) -> Option<&PlaneView<'a>> {
        self.view.as_ref()
    }

    /// Checks that there is what a figure asks for.
    ///
    /// # Errors
    /// There is not.
    pub fn check(&self, asks: &[FigureRequirement]) -> Result<(), Error> {
        for ask in asks {
            match ask {
                FigureRequirement::Runs if self.traces.is_empty() => {
                    let message = "this figure shows runs, and no optimizer was named";
                    return Err(Error::Settings(message.to_owned()));
                }
                FigureRequirement::Plane => self.view().map(|_| ())?,
                FigureRequirement::Data => {
                    let network = self.contest.problem.network.as_ref();
                    let features = network.map(|network| network.data().dim());
                    let message = match features {
                        Some(2) => continue,
                        Some(n) => format!("this figure shows data of two features, not of {n}"),
                        None => "this figure shows data, and the problem has none".to_owned(),
                    };
                    return Err(Error::Settings(message));
                }
                FigureRequirement::Runs => {}
            }
        }
        Ok(())
    }

    /// The part of the epochs that is asked for, of a run of so many.
    pub fn shown(&self, epochs: u64) -> RangeInclusive<usize> {
        let last = epochs as usize;
        match &self.epochs {
            None => 0..=last,
            Some(shown) => (*shown.start()).min(last)..=(*shown.end()).min(last),
        }
    }

    /// The part of the epochs of a run that is asked for and has gone by when it is looked at.
    pub fn gone(&self, run: usize) -> RangeInclusive<usize> {
        let shown = self.shown(self.traces[run].epochs());
        let last = self.epoch_now(run).min(*shown.end());
        (*shown.start()).min(last)..=last
    }

    /// The epoch after which a run is looked at.
    pub(crate) fn epoch_now(&self, run: usize) -> usize {
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
