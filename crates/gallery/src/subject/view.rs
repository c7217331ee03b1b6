//! The view of a problem and its runs: two weights, or a plane through more of them.

use super::bulk::{around_bulk, belongs, is_near};
use crate::map::{WINDOW_MARGIN, square_around};
use crate::prelude::*;
use std::{borrow::Cow, sync::Arc};
use thalweg::{
    objective::Objective,
    plane::{Plane, PlaneSpec},
    slice::Slice,
};

/// The plane of two weights, or another plane, as figures show it.
pub struct PlaneView<'a> {
    /// The loss on the plane as a function of two coordinates.
    pub objective: Arc<dyn Objective>,
    /// Names of the two weights, or of the directions of the plane.
    pub names: [String; 2],
    /// The initial point.
    pub start: [f64; 2],
    /// The known minima.
    pub minima: Vec<Vec<f64>>,
    /// The runs projected onto the plane: traces of two weights.
    pub traces: Cow<'a, [Trace]>,
    /// The plane's position in the weight space; `None` if the plane is the weight space.
    plane: Option<Plane>,
    /// The requested window.
    window: Option<Window>,
    /// The default window, which shows the problem.
    problem_window: Window,
}

/// A plane, and the runs projected onto it.
#[derive(Clone)]
pub struct ProjectedRuns {
    plane: Plane,
    traces: Vec<Trace>,
}

impl ProjectedRuns {
    /// Projects the current traces of an experiment onto a plane.
    ///
    /// # Errors
    /// The plane does not fit the number of weights.
    pub fn new(
        contest: &PreparedExperiment,
        traces: &[Trace],
        plane_spec: PlaneSpec,
    ) -> Result<Self, Error> {
        let path = traces.iter().take(1).flat_map(Trace::path);
        let plane = Plane::new(plane_spec, &contest.start, path)?;
        Ok(Self::on(plane, traces))
    }

    /// Projects traces onto a plane.
    pub fn on(plane: Plane, traces: &[Trace]) -> Self {
        let traces = traces.iter().map(|t| plane.project(t)).collect();
        Self { plane, traces }
    }

    /// Returns the plane.
    pub fn plane(&self) -> &Plane {
        &self.plane
    }
}

impl<'a> PlaneView<'a> {
    /// Creates the view of projected runs, or of two weights; returns `None` if there are neither two weights nor a
    /// plane.
    pub(super) fn new(
        contest: &'a PreparedExperiment,
        traces: &'a [Trace],
        projected: Option<Cow<'a, ProjectedRuns>>,
        window: Option<Window>,
    ) -> Option<Self> {
        let (problem, start) = (&contest.problem, &contest.start);
        match (projected, start.len()) {
            (None, 2) => Some(Self {
                objective: problem.objective.clone(),
                names: [0, 1].map(|i| problem.weight_names[i].clone()),
                start: [start[0], start[1]],
                minima: problem.minima.clone(),
                traces: Cow::Borrowed(traces),
                plane: None,
                window,
                problem_window: problem.window,
            }),
            (None, _) => None,
            (Some(projected), _) => {
                let plane = projected.plane.clone();
                let minima = problem.minima.iter().map(|m| plane.coordinates(m).to_vec());
                Some(Self {
                    names: plane.names(&problem.weight_names),
                    start: plane.coordinates(start),
                    // The projection of a minimum of many weights is not a minimum on the plane.
                    minima: minima.filter(|_| start.len() == 2).collect(),
                    window,
                    problem_window: if plane.is_of_weights() {
                        problem.window
                    } else {
                        around(&projected.traces)
                    },
                    traces: match projected {
                        Cow::Borrowed(projected) => Cow::Borrowed(&projected.traces),
                        Cow::Owned(projected) => Cow::Owned(projected.traces),
                    },
                    plane: Some(plane.clone()),
                    objective: Arc::new(Slice::new(problem.objective.clone(), plane)),
                })
            }
        }
    }
}

impl PlaneView<'_> {
    /// Returns the visible part of the plane: the requested window, or the default window extended to the paths.
    pub fn window(&self) -> Window {
        self.window.unwrap_or_else(|| self.full_window())
    }

    /// Returns the requested window.
    pub fn requested_window(&self) -> Option<Window> {
        self.window
    }

    /// Returns the weights (dim) at a point of the plane.
    pub fn weights(&self, at: [f64; 2]) -> Vec<f64> {
        match &self.plane {
            Some(plane) => plane.point_at(at),
            None => at.to_vec(),
        }
    }

    /// Returns the coordinates of weights (dim) on the plane.
    pub fn coordinates(&self, w: &[f64]) -> [f64; 2] {
        match &self.plane {
            Some(plane) => plane.coordinates(w),
            None => [w[0], w[1]],
        }
    }

    /// Returns the note for the title if the runs leave the plane, because the loss at the projected paths is then not
    /// theirs.
    pub fn projection_note(&self) -> &'static str {
        if self.leaves_plane() && !self.traces.is_empty() {
            ", paths projected onto a plane"
        } else {
            ""
        }
    }

    /// Returns whether the runs may leave the plane. The loss on the map below a path is then not the loss of the run.
    pub fn leaves_plane(&self) -> bool {
        self.plane.as_ref().is_some_and(Plane::has_outside)
    }

    /// Samples the loss in a window at `samples` x `samples` points.
    pub fn field(&self, window: Window, samples: usize) -> Field {
        Field::sample(&*self.objective, window, [samples, samples])
    }

    /// Returns the points that are not far outside of the map, or all points if there are none.
    pub(crate) fn near_points(&self, points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
        let (map, all) = (self.full_window(), points.collect::<Vec<_>>());
        let near: Vec<_> = all.iter().copied().filter(|w| is_near(map, w)).collect();
        if near.is_empty() { all } else { near }
    }

    /// Returns the square around points. It is large enough that the loss in it is not mostly rounding, and larger if
    /// all points are equal.
    pub(crate) fn square_around(
        &self,
        points: impl Iterator<Item = [f64; 2]> + Clone,
    ) -> Option<Window> {
        const SMALLEST: f64 = 1e-5;
        const STILL: f64 = 0.1;
        let whole = self.full_window();
        let side = (whole.w1[1] - whole.w1[0]).max(whole.w2[1] - whole.w2[0]);
        let mut others = points.clone();
        let first = others.next();
        let moved = others.any(|w| Some(w) != first);
        let least = side * if moved { SMALLEST } else { STILL };
        square_around(points, WINDOW_MARGIN, least)
    }

    /// Returns the problem's window, extended to the bulk of the paths.
    pub fn full_window(&self) -> Window {
        around_bulk(self.problem_window, &self.start, &self.traces)
    }
}

/// Returns a square around the initial point and the part of the runs whose loss is not far above it, with a margin.
///
/// The limit is as far above the initial loss as the lowest loss is below it, so that a diverging run does not hide the
/// others. A run that goes much farther than the others is left out.
fn around(traces: &[Trace]) -> Window {
    const ROOM: f64 = 0.3;
    let start = traces.first().map_or(f64::NAN, |t| t.losses[0]);
    let losses = traces.iter().flat_map(|t| &t.losses);
    let lowest = losses.copied().fold(start, f64::min);
    let near = |trace: &Trace| -> Vec<[f64; 2]> {
        let points = trace.path().zip(&trace.losses);
        let near = points.filter(|(_, loss)| **loss <= 2.0 * start - lowest);
        near.map(|(w, _)| [w[0], w[1]]).collect()
    };
    let paths: Vec<Vec<[f64; 2]>> = traces.iter().map(near).collect();
    let farthest = |path: &Vec<[f64; 2]>| {
        path.as_flattened()
            .iter()
            .fold(0.0, |far: f64, v| far.max(v.abs()))
    };
    let distances: Vec<f64> = paths.iter().map(farthest).collect();
    let near = paths.iter().zip(belongs(&distances));
    let near = near.filter(|(_, belongs)| *belongs);
    let near = near.flat_map(|(path, _)| path.iter().copied());
    // If nothing has moved, the window extends one unit to each side.
    let still = Window {
        w1: [-1.0, 1.0],
        w2: [-1.0, 1.0],
    };
    square_around(near.chain([[0.0; 2]]), ROOM, 0.0).unwrap_or(still)
}
