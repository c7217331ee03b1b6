//! What a figure is made of: a problem, the runs on it, and the part of the space of weights that is seen.

use super::Now;
use crate::{
    colors::places,
    map::{Path, label},
};
use std::{borrow::Cow, fmt, ops::RangeInclusive, sync::Arc};
use thalweg::{
    Error,
    experiment::Contest,
    field::{Field, Window},
    objective::Objective,
    plane::{CUTS, Cut, Plane, Slice},
    trace::Trace,
};
use thalweg_plot::theme::{PathStyle, Theme};

/// What a figure cannot be drawn without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// At least one run.
    Runs,
    /// Two weights, or a plane through more of them.
    Plane,
    /// A data set of two features.
    Data,
}

/// In words that follow "it needs".
impl fmt::Display for Ask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Runs => "a run",
            Self::Plane => "two weights, or a plane",
            Self::Data => "data of two features",
        })
    }
}

/// A problem, the runs on it, and what is to be seen of them.
pub struct Subject<'a> {
    /// The problem, its optimizers, and what was the same for all.
    pub contest: &'a Contest,
    /// What each optimizer of the contest did, in all weights, in their order.
    pub traces: &'a [Trace],
    /// The epochs that are asked for; none for all.
    pub epochs: Option<RangeInclusive<usize>>,
    /// Where runs are stopped to be looked at; none for their ends.
    pub now: Option<Now>,
    /// What a plane shows; none where the problem has other than two weights and no plane was named.
    view: Option<View<'a>>,
}

/// The plane of two weights, or another plane, as a figure shows it.
pub struct View<'a> {
    /// The loss on the plane: a function of two weights.
    pub objective: Arc<dyn Objective>,
    /// Names of the two weights, or of the plane's directions.
    pub names: [String; 2],
    /// Where runs begin.
    pub start: [f64; 2],
    /// Where the loss is least, as far as it is known.
    pub minima: Vec<Vec<f64>>,
    /// The runs as they are seen on the plane: traces of two weights.
    pub traces: Cow<'a, [Trace]>,
    /// Where in the space of weights it lies; none where it is all of it.
    plane: Option<Plane>,
    /// The part that is asked for.
    window: Option<Window>,
    /// The part that shows the problem, where none is asked for.
    own: Window,
}

impl<'a> Subject<'a> {
    /// What is to be seen of the runs of a contest: on a plane where one is named, in a window where one is given.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn new(
        contest: &'a Contest,
        traces: &'a [Trace],
        cut: Option<Cut>,
        window: Option<Window>,
    ) -> Result<Self, Error> {
        let (problem, start) = (&contest.problem, &contest.start);
        let view = match (cut, start.len()) {
            (None, 2) => Some(View {
                objective: problem.objective.clone(),
                names: [0, 1].map(|i| problem.weight_names[i].clone()),
                start: [start[0], start[1]],
                minima: problem.minima.clone(),
                traces: Cow::Borrowed(traces),
                plane: None,
                window,
                own: problem.window,
            }),
            (None, _) => None,
            (Some(cut), _) => {
                let path = traces.iter().take(1).flat_map(Trace::path);
                let plane = Plane::new(cut, start, path)?;
                let shadows: Vec<_> = traces.iter().map(|t| plane.shadow(t)).collect();
                let minima = problem.minima.iter().map(|m| plane.coordinates(m).to_vec());
                Some(View {
                    names: plane.names(&problem.weight_names),
                    start: plane.coordinates(start),
                    // Seen from above, a minimum of many weights lies on no minimum of the plane.
                    minima: minima.filter(|_| start.len() == 2).collect(),
                    window,
                    own: if plane.is_of_weights() {
                        problem.window
                    } else {
                        around(&shadows)
                    },
                    traces: Cow::Owned(shadows),
                    plane: Some(plane.clone()),
                    objective: Arc::new(Slice::new(problem.objective.clone(), plane)),
                })
            }
        };
        Ok(Self {
            contest,
            traces,
            epochs: None,
            now: None,
            view,
        })
    }

    /// The names of the runs, for legends.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.contest.contenders.iter().map(|c| &*c.label)
    }

    /// The names of the runs with how many steps each made: "Momentum (92 steps)".
    pub fn long_labels(&self) -> Vec<String> {
        let runs = self.labels().zip(self.traces);
        runs.map(|(name, trace)| label(name, trace)).collect()
    }

    /// The paths of the runs as they are seen on the plane, under these names.
    ///
    /// # Errors
    /// The problem has other than two weights, and no plane was named.
    pub fn paths<'s>(
        &'s self,
        labels: &'s [String],
        theme: &Theme,
    ) -> Result<Vec<Path<'s>>, Error> {
        let runs = self.view()?.traces.iter().zip(labels);
        let paths = runs.zip(self.styles(theme));
        let paths = paths.map(|((trace, label), style)| Path {
            trace,
            style,
            label,
        });
        Ok(paths.collect())
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
    pub fn view(&self) -> Result<&View<'a>, Error> {
        self.view.as_ref().ok_or_else(|| {
            let dim = self.contest.start.len();
            let weights = if dim == 1 { "weight" } else { "weights" };
            let help = if dim < 2 {
                String::new()
            } else {
                format!(", so it is seen on a plane: give --plane {CUTS}")
            };
            Error::Settings(format!("the problem has {dim} {weights}, not two{help}"))
        })
    }

    /// What a plane shows, where there is one.
    pub fn seen(&self) -> Option<&View<'a>> {
        self.view.as_ref()
    }

    /// Checks that there is what a figure asks for.
    ///
    /// # Errors
    /// There is not.
    pub fn check(&self, asks: &[Ask]) -> Result<(), Error> {
        for ask in asks {
            match ask {
                Ask::Runs if self.traces.is_empty() => {
                    let message = "this figure shows runs: name an optimizer with --with";
                    return Err(Error::Settings(message.to_owned()));
                }
                Ask::Plane => self.view().map(|_| ())?,
                Ask::Data => {
                    let network = self.contest.problem.network.as_ref();
                    let features = network.map(|network| network.data().dim());
                    let message = match features {
                        Some(2) => continue,
                        Some(n) => format!("this figure shows data of two features, not of {n}"),
                        None => "this figure shows data, and the problem has none".to_owned(),
                    };
                    return Err(Error::Settings(message));
                }
                Ask::Runs => {}
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
}

impl View<'_> {
    /// The part of the plane that is seen: what is asked for, or the problem's own, grown to hold the paths.
    pub fn window(&self) -> Window {
        self.window.unwrap_or_else(|| self.whole())
    }

    /// The window that was asked for.
    pub fn asked(&self) -> Option<Window> {
        self.window
    }

    /// The weights (dim) at a point of the plane.
    pub fn weights(&self, at: [f64; 2]) -> Vec<f64> {
        match &self.plane {
            Some(plane) => plane.point_at(at),
            None => at.to_vec(),
        }
    }

    /// Where weights (dim) are seen on the plane.
    pub fn place(&self, w: &[f64]) -> [f64; 2] {
        match &self.plane {
            Some(plane) => plane.coordinates(w),
            None => [w[0], w[1]],
        }
    }

    /// The loss in a window at `samples` x `samples` points.
    pub fn field(&self, window: Window, samples: usize) -> Field {
        Field::sample(&*self.objective, window, [samples, samples])
    }

    /// The problem's window, grown to hold the paths, but not those that went too far for anything else to be seen.
    pub fn whole(&self) -> Window {
        const FAR: f64 = 10.0;
        let reach = |[low, high]: [f64; 2]| [low - FAR * (high - low), high + FAR * (high - low)];
        let far = Window {
            w1: reach(self.own.w1),
            w2: reach(self.own.w2),
        };
        let near = |trace: &&Trace| trace.path().all(|w| far.contains(w));
        let traces = self.traces.iter().filter(near);
        self.own.including(traces.flat_map(Trace::path))
    }
}

/// A square around the start and the part of the runs that is not far above it, with room on all sides.
///
/// Far is as far as the lowest loss lies below: a run that goes out of all bounds must not hide the others.
fn around(traces: &[Trace]) -> Window {
    const ROOM: f64 = 0.3;
    let start = traces.first().map_or(f64::NAN, |t| t.losses[0]);
    let losses = traces.iter().flat_map(|t| &t.losses);
    let lowest = losses.copied().fold(start, f64::min);
    let (mut low, mut high) = ([0.0; 2], [0.0; 2]);
    let points = traces.iter().flat_map(|t| t.path().zip(&t.losses));
    let near = points.filter(|(_, loss)| **loss <= 2.0 * start - lowest);
    for (w, _) in near.filter(|(w, _)| w.iter().all(|v| v.is_finite())) {
        for i in 0..2 {
            low[i] = f64::min(low[i], w[i]);
            high[i] = f64::max(high[i], w[i]);
        }
    }
    let side = (high[0] - low[0]).max(high[1] - low[1]);
    // Where nothing has moved, a unit on each side.
    let half = if side > 0.0 { (0.5 + ROOM) * side } else { 1.0 };
    let span = |i: usize| {
        let middle = f64::midpoint(low[i], high[i]);
        [middle - half, middle + half]
    };
    Window {
        w1: span(0),
        w2: span(1),
    }
}
