//! What is seen of a problem and of the runs on it: two weights, or a plane through more of them.

use crate::map::{NEAR, square_around};
use crate::prelude::*;
use std::{borrow::Cow, sync::Arc};
use thalweg::{
    objective::Objective,
    plane::{Plane, PlaneSpec, Slice},
};

/// The plane of two weights, or another plane, as a figure shows it.
pub struct PlaneView<'a> {
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

/// A plane, and the runs as they are seen on it.
#[derive(Clone)]
pub struct ProjectedRuns {
    plane: Plane,
    traces: Vec<Trace>,
}

impl ProjectedRuns {
    /// The runs of a contest, all that they have done so far, on the plane of `cut`.
    ///
    /// # Errors
    /// The plane cannot be laid through these weights.
    pub fn new(
        contest: &PreparedExperiment,
        traces: &[Trace],
        cut: PlaneSpec,
    ) -> Result<Self, Error> {
        let path = traces.iter().take(1).flat_map(Trace::path);
        let plane = Plane::new(cut, &contest.start, path)?;
        let traces = traces.iter().map(|t| plane.project(t)).collect();
        Ok(Self { plane, traces })
    }
}

impl<'a> PlaneView<'a> {
    /// What is seen: on a plane where the runs have shadows on one; none where there are other than two weights and no plane.
    pub(super) fn new(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        shadows: Option<Cow<'a, ProjectedRuns>>,
        window: Option<Window>,
    ) -> Option<Self> {
        let (problem, start) = (&contest.problem, &contest.start);
        match (shadows, start.len()) {
            (None, 2) => Some(Self {
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
            (Some(shadows), _) => {
                let plane = shadows.plane.clone();
                let minima = problem.minima.iter().map(|m| plane.coordinates(m).to_vec());
                Some(Self {
                    names: plane.names(&problem.weight_names),
                    start: plane.coordinates(start),
                    // Seen from above, a minimum of many weights lies on no minimum of the plane.
                    minima: minima.filter(|_| start.len() == 2).collect(),
                    window,
                    own: if plane.is_of_weights() {
                        problem.window
                    } else {
                        around(&shadows.traces)
                    },
                    traces: match shadows {
                        Cow::Borrowed(shadows) => Cow::Borrowed(&shadows.traces),
                        Cow::Owned(shadows) => Cow::Owned(shadows.traces),
                    },
                    plane: Some(plane.clone()),
                    objective: Arc::new(Slice::new(problem.objective.clone(), plane)),
                })
            }
        }
    }
}

impl PlaneView<'_> {
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

    /// What stands in a title behind the problem's name where the runs leave the plane, so that the loss below their paths
    /// is not theirs; else nothing.
    pub fn shadows(&self) -> &'static str {
        let leaves = self.plane.as_ref().is_some_and(Plane::has_outside);
        if leaves && !self.traces.is_empty() {
            ", paths as shadows on a plane"
        } else {
            ""
        }
    }

    /// The loss in a window at `samples` x `samples` points.
    pub fn field(&self, window: Window, samples: usize) -> Field {
        Field::sample(&*self.objective, window, [samples, samples])
    }

    /// The square around points, where there is one: not so small that the loss in it is mostly rounding, and around points
    /// that are all the same large enough to see the place.
    pub(crate) fn square_around(
        &self,
        points: impl Iterator<Item = [f64; 2]> + Clone,
    ) -> Option<Window> {
        const SMALLEST: f64 = 1e-5;
        const STILL: f64 = 0.1;
        let whole = self.whole();
        let side = (whole.w1[1] - whole.w1[0]).max(whole.w2[1] - whole.w2[0]);
        let mut others = points.clone();
        let first = others.next();
        let moved = others.any(|w| Some(w) != first);
        let least = side * if moved { SMALLEST } else { STILL };
        square_around(points, NEAR, least)
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
    let points = traces.iter().flat_map(|t| t.path().zip(&t.losses));
    let near = points.filter(|(_, loss)| **loss <= 2.0 * start - lowest);
    let near = near.map(|(w, _)| [w[0], w[1]]);
    // Where nothing has moved, a unit on each side.
    let still = Window {
        w1: [-1.0, 1.0],
        w2: [-1.0, 1.0],
    };
    square_around(near.chain([[0.0; 2]]), ROOM, 0.0).unwrap_or(still)
}
