//! A plane through the space of weights: what can be seen of a problem that has many of them.

use crate::{
    Error,
    catalog::inspect::{Quantity, Shape},
    numeric::{
        linalg::{difference, dot},
        random::Random,
    },
    objective::{LeastSquares, Objective, SampledObjective, TwiceDifferentiable},
    run::{
        oracle::Trial,
        trace::{Series, Trace},
    },
};
use std::{fmt, str::FromStr, sync::Arc};

/// Which plane to look at.
///
/// Written `w3,w7`, `seed:1` or `path`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaneSpec {
    /// Two weights, counted from 0; all others stay as they are at the start.
    Weights([usize; 2]),
    /// Through the start, in two directions drawn at random.
    Seed(u64),
    /// Through the start, the end and that point of the first path that is farthest from the line between them.
    Path,
}

/// What a plane can be, for messages.
pub const PLANE_FORMS: &str = "two weights such as w3,w7; seed:1 for a plane through the start in two random directions; path \
                        for the plane that holds the start, the end and the farthest turn of the first path";

impl FromStr for PlaneSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let weight = |name: &str| -> Option<usize> {
            let i: usize = name.trim().strip_prefix('w')?.parse().ok()?;
            i.checked_sub(1)
        };
        let read = || match text.split_once(',') {
            Some((first, second)) => Some(Self::Weights([weight(first)?, weight(second)?])),
            None if text == "path" => Some(Self::Path),
            None => text.strip_prefix("seed:")?.parse().ok().map(Self::Seed),
        };
        let wrong = || Error::Settings(format!("`{text}` is no plane: give {PLANE_FORMS}"));
        read().ok_or_else(wrong)
    }
}

impl fmt::Display for PlaneSpec {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weights([i, j]) => write!(out, "w{},w{}", i + 1, j + 1),
            Self::Seed(seed) => write!(out, "seed:{seed}"),
            Self::Path => out.write_str("path"),
        }
    }
}

/// A plane through the space of weights: all `origin + x a + y b`, where `a` and `b` are at right angles and of length 1.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearObjective {
    /// Where both coordinates are zero (dim).
    origin: Vec<f64>,
    /// `a` and `b` (dim each).
    axes: [Vec<f64>; 2],
    /// The two weights whose axes they are, if they are.
    weights: Option<[usize; 2]>,
}

impl LinearObjective {
    /// The plane that `cut` names, for runs that begin at `start` (dim) and the points of the first of them.
    ///
    /// # Errors
    /// A weight that the problem does not have, the same weight twice, or a path that stays on a line.
    pub fn new<'p>(
        cut: PlaneSpec,
        start: &[f64],
        path: impl Iterator<Item = &'p [f64]>,
    ) -> Result<Self, Error> {
        let dim = start.len();
        if dim < 2 {
            let message = format!("a plane needs two weights, and the problem has {dim}");
            return Err(Error::Settings(message));
        }
        match cut {
            PlaneSpec::Weights(weights) => Self::of_weights(weights, start),
            PlaneSpec::Seed(seed) => Ok(Self::at_random(seed, start)),
            PlaneSpec::Path => Self::along(start, path),
        }
    }

    fn of_weights(weights: [usize; 2], start: &[f64]) -> Result<Self, Error> {
        let dim = start.len();
        if let Some(i) = weights.into_iter().find(|i| *i >= dim) {
            let message = format!("there is no weight w{}: they are w1 to w{dim}", i + 1);
            return Err(Error::Settings(message));
        }
        if weights[0] == weights[1] {
            let message = format!("w{0},w{0} is a line: give two weights", weights[0] + 1);
            return Err(Error::Settings(message));
        }
        let mut origin = start.to_vec();
        let axes = weights.map(|i| {
            origin[i] = 0.0;
            let mut axis = vec![0.0; dim];
            axis[i] = 1.0;
            axis
        });
        Ok(Self {
            origin,
            axes,
            weights: Some(weights),
        })
    }

    fn at_random(seed: u64, start: &[f64]) -> Self {
        let mut random = Random::from_seed(seed);
        let mut direction = || -> Vec<f64> { start.iter().map(|_| random.normal()).collect() };
        let a = unit(direction());
        // Two directions that fall together are as likely as none at all.
        let b = unit(without(&direction(), &a));
        Self {
            origin: start.to_vec(),
            axes: [a, b],
            weights: None,
        }
    }

    fn along<'p>(start: &[f64], path: impl Iterator<Item = &'p [f64]>) -> Result<Self, Error> {
        let finite = path.filter(|w| w.iter().all(|v| v.is_finite()));
        let steps: Vec<Vec<f64>> = finite.map(|w| difference(w, start)).collect();
        let straight = || {
            let message = "the first path stays on a line, through which there are many planes: give two weights or a seed";
            Error::Settings(message.to_owned())
        };
        let end = steps.last().ok_or_else(straight)?;
        let length = dot(end, end);
        if !(length > 0.0 && length.is_finite()) {
            return Err(straight());
        }
        let a = unit(end.clone());
        let aside = steps.into_iter().map(|step| without(&step, &a));
        let farther = |best: Vec<f64>, next: Vec<f64>| {
            let farther = dot(&next, &next) > dot(&best, &best);
            if farther { next } else { best }
        };
        let b = aside.reduce(farther).ok_or_else(straight)?;
        // What is left of a line is rounding.
        if dot(&b, &b) <= 1e-20 * length {
            return Err(straight());
        }
        // Once more, for what rounding has left of `a`.
        let b = unit(without(&unit(b), &a));
        Ok(Self {
            origin: start.to_vec(),
            axes: [a, b],
            weights: None,
        })
    }

    /// Names of the two axes, where the weights have these names.
    pub fn names(&self, weights: &[String]) -> [String; 2] {
        match self.weights {
            Some(pair) => pair.map(|i| weights[i].clone()),
            None => ["first direction".to_owned(), "second direction".to_owned()],
        }
    }

    /// Whether its axes are those of two weights, so that its coordinates are weights.
    pub fn is_of_weights(&self) -> bool {
        self.weights.is_some()
    }

    /// Whether there is anything outside of it: more than two weights.
    pub fn has_outside(&self) -> bool {
        self.origin.len() > 2
    }

    /// The coordinates of the point of the plane that is nearest to `w` (dim).
    pub fn coordinates(&self, w: &[f64]) -> [f64; 2] {
        match self.weights {
            // Not a difference that would lose digits.
            Some(pair) => pair.map(|i| w[i]),
            None => self.components(&difference(w, &self.origin)),
        }
    }

    /// The components of a displacement or a gradient (dim) along the two axes.
    pub fn components(&self, d: &[f64]) -> [f64; 2] {
        match self.weights {
            Some(pair) => pair.map(|i| d[i]),
            None => [0, 1].map(|i| dot(&self.axes[i], d)),
        }
    }

    /// Writes the point with these coordinates into `w` (dim).
    pub fn point(&self, [x, y]: [f64; 2], w: &mut [f64]) {
        let [a, b] = &self.axes;
        for (((w, origin), a), b) in w.iter_mut().zip(&self.origin).zip(a).zip(b) {
            *w = origin + x * a + y * b;
        }
    }

    /// The point with these coordinates (dim).
    pub fn point_at(&self, at: [f64; 2]) -> Vec<f64> {
        let mut w = vec![0.0; self.origin.len()];
        self.point(at, &mut w);
        w
    }

    /// A run as it is seen from straight above the plane: a trace of two weights.
    ///
    /// Its losses and calls are those of the run. Of the inner state there is left what has a picture in the plane:
    /// moves, places, gradients and curvatures; what is counted along each weight's axis only where the plane's axes
    /// are weights.
    pub fn shadow(&self, trace: &Trace) -> Trace {
        let trials = trace.trials.iter().map(|trials| {
            let trial = |t: &Trial| Trial {
                weights: self.coordinates(&t.weights).to_vec(),
                ..t.clone()
            };
            trials.iter().map(trial).collect()
        });
        Trace {
            dim: 2,
            blocks: Vec::new(),
            weights: trace.path().flat_map(|w| self.coordinates(w)).collect(),
            losses: trace.losses.clone(),
            calls: trace.calls.clone(),
            needs: trace.needs.clone(),
            inner: trace.inner.iter().filter_map(|s| self.series(s)).collect(),
            trials: trials.collect(),
            stop: trace.stop,
        }
    }

    fn series(&self, series: &Series) -> Option<Series> {
        let rows = series.numbers.chunks_exact(series.width.max(1));
        let numbers: Vec<f64> = match (series.channel.shape, series.channel.quantity) {
            (Shape::Scalar, _) => return Some(series.clone()),
            (Shape::Vector, Quantity::Position) => rows.flat_map(|w| self.coordinates(w)).collect(),
            (Shape::Vector, Quantity::Displacement | Quantity::Gradient) => {
                rows.flat_map(|d| self.components(d)).collect()
            }
            (Shape::Vector, _) => {
                let pair = self.weights?;
                rows.flat_map(|row| pair.map(|i| row[i])).collect()
            }
            (Shape::Matrix, _) => rows.flat_map(|m| self.form(m)).collect(),
        };
        Some(Series {
            channel: series.channel.clone(),
            width: if series.channel.shape == Shape::Matrix {
                4
            } else {
                2
            },
            numbers,
        })
    }

    /// A symmetric matrix (dim, dim) seen in the plane: (2, 2), row-major, symmetric to the bit.
    fn form(&self, m: &[f64]) -> [f64; 4] {
        let dim = self.origin.len();
        let times = |axis: &[f64]| -> Vec<f64> {
            let rows = m.chunks_exact(dim);
            rows.map(|row| dot(row, axis)).collect()
        };
        let [a, b] = &self.axes;
        let (ma, mb) = (times(a), times(b));
        let mixed = dot(a, &mb);
        [dot(a, &ma), mixed, mixed, dot(b, &mb)]
    }
}

/// An objective on a plane: a function of two weights.
pub struct Slice {
    objective: Arc<dyn Objective>,
    plane: LinearObjective,
}

impl Slice {
    /// The objective on the plane.
    pub fn new(objective: Arc<dyn Objective>, plane: LinearObjective) -> Self {
        assert_eq!(
            objective.dim(),
            plane.origin.len(),
            "the plane lies elsewhere"
        );
        Self { objective, plane }
    }

    fn point(&self, w: &[f64]) -> Vec<f64> {
        self.plane.point_at([w[0], w[1]])
    }

    /// Answers with a loss and a gradient in all weights, of which the part in the plane is left.
    fn within(&self, g: &mut [f64], ask: impl FnOnce(&mut [f64]) -> f64) -> f64 {
        let mut whole = vec![0.0; self.plane.origin.len()];
        let loss = ask(&mut whole);
        g.copy_from_slice(&self.plane.components(&whole));
        loss
    }
}

impl Objective for Slice {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.objective.value(&self.point(w))
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let point = self.point(w);
        self.within(g, |g| self.objective.value_and_gradient(&point, g))
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        self.objective
            .curved()
            .map(|_| self as &dyn TwiceDifferentiable)
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        let door = self.objective.least_squares();
        door.map(|_| self as &dyn LeastSquares)
    }

    fn sampled(&self) -> Option<&dyn SampledObjective> {
        self.objective
            .sampled()
            .map(|_| self as &dyn SampledObjective)
    }
}

/// What lies behind a door that [`Slice`] opens only where the objective has one.
const CAPABILITY_MISSING: &str = "the door was closed";

impl TwiceDifferentiable for Slice {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let dim = self.plane.origin.len();
        let mut whole = vec![0.0; dim * dim];
        let door = self.objective.curved().expect(CAPABILITY_MISSING);
        door.hessian(&self.point(w), &mut whole);
        h.copy_from_slice(&self.plane.form(&whole));
    }
}

impl LeastSquares for Slice {
    fn residuals(&self) -> usize {
        self.objective
            .least_squares()
            .expect(CAPABILITY_MISSING)
            .residuals()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let dim = self.plane.origin.len();
        let mut whole = vec![0.0; r.len() * dim];
        let door = self.objective.least_squares().expect(CAPABILITY_MISSING);
        let loss = door.residuals_and_jacobian(&self.point(w), r, &mut whole);
        for (j, row) in j.chunks_exact_mut(2).zip(whole.chunks_exact(dim)) {
            j.copy_from_slice(&self.plane.components(row));
        }
        loss
    }
}

impl SampledObjective for Slice {
    fn samples(&self) -> usize {
        self.objective
            .sampled()
            .expect(CAPABILITY_MISSING)
            .samples()
    }

    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64 {
        let door = self.objective.sampled().expect(CAPABILITY_MISSING);
        door.value_on(rows, &self.point(w))
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let point = self.point(w);
        let door = self.objective.sampled().expect(CAPABILITY_MISSING);
        self.within(g, |g| door.value_and_gradient_on(rows, &point, g))
    }
}

/// The same direction with length 1.
fn unit(d: Vec<f64>) -> Vec<f64> {
    let length = dot(&d, &d).sqrt();
    d.into_iter().map(|d| d / length).collect()
}

/// What is left of `d` at right angles to `a`, which has length 1.
fn without(d: &[f64], a: &[f64]) -> Vec<f64> {
    let along = dot(d, a);
    d.iter().zip(a).map(|(d, a)| d - along * a).collect()
}
