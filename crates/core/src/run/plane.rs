//! Planes through the weight space, on which problems with many weights are drawn.

use crate::{
    Error,
    catalog::inspect::{Quantity, Shape},
    numeric::{
        linalg::{difference, dot},
        random::Random,
    },
    run::{
        oracle::Trial,
        trace::{Series, Trace},
    },
};
use std::{fmt, str::FromStr};

/// The plane that is drawn.
///
/// Its text is `w3,w7`, `seed:1`, or `path`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaneSpec {
    /// The plane of two weights, counted from 0; all other weights have the values of the initial point.
    Weights([usize; 2]),
    /// The plane through the initial point with two random directions.
    Seed(u64),
    /// The plane through the start of the first path, its end, and its point farthest from the line between them. A recorded path
    /// can start elsewhere than at the initial point.
    Path,
}

/// The allowed planes, for messages.
pub const PLANE_FORMS: &str = "two weights, such as w3,w7; `seed:1` for a plane through the initial point with two random directions; or `path` \
                        for the plane through the first path's start, its end, and the point farthest from their line";

impl PlaneSpec {
    /// Returns the default plane, given the initial point `start` (dim) and the points of the first path: `None` for at
    /// most two weights, and otherwise the plane of the path. A path that is missing or on a line defines no plane; then
    /// the directions are random.
    pub fn default_for<'p>(start: &[f64], path: impl Iterator<Item = &'p [f64]>) -> Option<Self> {
        let is_defined = || Plane::new(Self::Path, start, path).is_ok();
        match start.len() {
            0..=2 => None,
            _ if is_defined() => Some(Self::Path),
            _ => Some(Self::Seed(1)),
        }
    }
}

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
        let wrong = || Error::Settings(format!("`{text}` is not a plane; use {PLANE_FORMS}"));
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

/// A plane through the weight space: all points `origin + x a + y b`, where `a` and `b` are orthonormal.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The point with both coordinates zero (dim).
    origin: Vec<f64>,
    /// The directions `a` and `b` (dim each).
    axes: [Vec<f64>; 2],
    /// The two weights of the plane, if its axes are those of weights.
    weights: Option<[usize; 2]>,
}

impl Plane {
    /// Creates the plane that `spec` describes, given the initial point `start` (dim) and the points of the first path.
    ///
    /// # Errors
    /// The problem does not have a weight, both weights are the same, or all points of the path lie on a line.
    pub fn new<'p>(
        spec: PlaneSpec,
        start: &[f64],
        path: impl Iterator<Item = &'p [f64]>,
    ) -> Result<Self, Error> {
        let dim = start.len();
        if dim < 2 {
            let message = format!("a plane needs two weights, but the problem has {dim}");
            return Err(Error::Settings(message));
        }
        match spec {
            PlaneSpec::Weights(weights) => Self::of_weights(weights, start),
            PlaneSpec::Seed(seed) => Ok(Self::at_random(seed, start)),
            PlaneSpec::Path => Self::through_path(path),
        }
    }

    /// Returns the origin and both axes (3, dim), row-major.
    pub fn numbers(&self) -> Vec<f64> {
        let [a, b] = &self.axes;
        [&*self.origin, a, b].concat()
    }

    /// Creates a plane with the same points, given its [`numbers`](Self::numbers). Its axes have no names.
    ///
    /// # Errors
    /// There are not three points with `dim` numbers.
    pub fn from_numbers(numbers: &[f64], dim: usize) -> Result<Self, Error> {
        let mut points = numbers.chunks_exact(dim.max(1)).map(<[f64]>::to_vec);
        match (points.next(), points.next(), points.next()) {
            (Some(origin), Some(a), Some(b)) if numbers.len() == 3 * dim => Ok(Self {
                origin,
                axes: [a, b],
                weights: None,
            }),
            _ => {
                let count = numbers.len();
                let message = format!(
                    "a plane in the space of {dim} weights has three points with as many numbers, not {count} numbers"
                );
                Err(Error::Settings(message))
            }
        }
    }

    fn of_weights(weights: [usize; 2], start: &[f64]) -> Result<Self, Error> {
        let dim = start.len();
        if let Some(i) = weights.into_iter().find(|i| *i >= dim) {
            let message = format!("there is no weight w{}; use w1 to w{dim}", i + 1);
            return Err(Error::Settings(message));
        }
        if weights[0] == weights[1] {
            let message = format!(
                "w{0},w{0} is a line; use two different weights",
                weights[0] + 1
            );
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
        let a = normalize(direction());
        // The probability that both directions are parallel is zero.
        let b = normalize(orthogonalize(&direction(), &a));
        Self {
            origin: start.to_vec(),
            axes: [a, b],
            weights: None,
        }
    }

    fn through_path<'p>(path: impl Iterator<Item = &'p [f64]>) -> Result<Self, Error> {
        let is_line = || {
            let message =
                "the first path lies on a line, which is in many planes; use two weights or a seed";
            Error::Settings(message.to_owned())
        };
        let points: Vec<&[f64]> = path.filter(|w| w.iter().all(|v| v.is_finite())).collect();
        let (Some(&start), Some(&end)) = (points.first(), points.last()) else {
            return Err(is_line());
        };
        let end = difference(end, start);
        let length = dot(&end, &end);
        if !(length > 0.0 && length.is_finite()) {
            return Err(is_line());
        }
        let a = normalize(end);
        // A long path has many points, so only the farthest one is stored.
        let (mut farthest, mut distance) = (Vec::new(), 0.0);
        let mut step = vec![0.0; start.len()];
        for w in points {
            for ((step, w), start) in step.iter_mut().zip(w).zip(start) {
                *step = w - start;
            }
            let along = dot(&step, &a);
            for (step, a) in step.iter_mut().zip(&a) {
                *step -= along * a;
            }
            let square = dot(&step, &step);
            if square > distance {
                distance = square;
                farthest.clone_from(&step);
            }
        }
        // If the path is a line, only rounding errors remain.
        if distance <= 1e-20 * length {
            return Err(is_line());
        }
        // Orthogonalize again to remove the rounding error along `a`.
        let b = normalize(orthogonalize(&normalize(farthest), &a));
        Ok(Self {
            origin: start.to_vec(),
            axes: [a, b],
            weights: None,
        })
    }

    /// Returns the names of the two axes, given the names of the weights.
    pub fn names(&self, weights: &[String]) -> [String; 2] {
        match self.weights {
            Some(pair) => pair.map(|i| weights[i].clone()),
            None => ["first direction".to_owned(), "second direction".to_owned()],
        }
    }

    /// Returns whether the axes are those of two weights, so that coordinates are weights.
    pub fn is_of_weights(&self) -> bool {
        self.weights.is_some()
    }

    /// Returns the number of weights of the points on the plane.
    pub(super) fn dim(&self) -> usize {
        self.origin.len()
    }

    /// Returns whether there are points outside the plane, that is, more than two weights.
    pub fn has_outside(&self) -> bool {
        self.origin.len() > 2
    }

    /// Returns the coordinates of the point of the plane nearest to `w` (dim).
    pub fn coordinates(&self, w: &[f64]) -> [f64; 2] {
        match self.weights {
            // The difference to the origin would lose digits.
            Some(pair) => pair.map(|i| w[i]),
            None => self.components(&difference(w, &self.origin)),
        }
    }

    /// Returns the components of a displacement or gradient (dim) along the two axes.
    pub fn components(&self, d: &[f64]) -> [f64; 2] {
        match self.weights {
            Some(pair) => pair.map(|i| d[i]),
            None => [0, 1].map(|i| dot(&self.axes[i], d)),
        }
    }

    /// Returns the displacement (dim) with these components along the two axes.
    pub(super) fn displacement(&self, [x, y]: [f64; 2]) -> Vec<f64> {
        let [a, b] = &self.axes;
        a.iter().zip(b).map(|(a, b)| x * a + y * b).collect()
    }

    /// Writes the point with these coordinates into `w` (dim).
    pub fn point(&self, [x, y]: [f64; 2], w: &mut [f64]) {
        let [a, b] = &self.axes;
        for (((w, origin), a), b) in w.iter_mut().zip(&self.origin).zip(a).zip(b) {
            *w = origin + x * a + y * b;
        }
    }

    /// Returns the point with these coordinates (dim).
    pub fn point_at(&self, at: [f64; 2]) -> Vec<f64> {
        let mut w = vec![0.0; self.origin.len()];
        self.point(at, &mut w);
        w
    }

    /// Projects a trace onto the plane: returns a trace of two weights.
    ///
    /// The losses and the numbers of evaluations are those of the trace. Displacements, positions, gradients, and matrices of
    /// the inner state are projected. Other vectors have one number per weight and are kept only if the axes are weights.
    pub fn project(&self, trace: &Trace) -> Trace {
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
            inner: trace
                .inner
                .iter()
                .filter_map(|s| self.project_series(s))
                .collect(),
            trials: trials.collect(),
            sparse_epochs: trace.sparse_epochs.clone(),
            stop: trace.stop,
        }
    }

    fn project_series(&self, series: &Series) -> Option<Series> {
        let rows = series.numbers.chunks_exact(series.width.max(1));
        let numbers: Vec<f64> = match (series.channel.shape, series.channel.quantity) {
            (Shape::Scalar, _) => return Some(series.clone()),
            (Shape::Points | Shape::Simplex, quantity) => {
                return self.project_points(series, quantity);
            }
            (Shape::Vector, Quantity::Position) => rows.flat_map(|w| self.coordinates(w)).collect(),
            (Shape::Vector, Quantity::Displacement | Quantity::Gradient) => {
                rows.flat_map(|d| self.components(d)).collect()
            }
            (Shape::Vector, _) => {
                let pair = self.weights?;
                rows.flat_map(|row| pair.map(|i| row[i])).collect()
            }
            (Shape::Matrix, _) => rows.flat_map(|m| self.project_matrix(m)).collect(),
            // The factors of a block have no meaning in a plane of two weights.
            (Shape::LeftFactors | Shape::RightFactors, _) => return None,
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

    /// Projects a channel of several points or vectors; returns `None` if they are neither.
    fn project_points(&self, series: &Series, quantity: Quantity) -> Option<Series> {
        let dim = self.origin.len();
        let points = series.numbers.chunks_exact(dim);
        let numbers: Vec<f64> = match quantity {
            Quantity::Position => points.flat_map(|w| self.coordinates(w)).collect(),
            Quantity::Displacement => points.flat_map(|d| self.components(d)).collect(),
            _ => return None,
        };
        Some(Series {
            channel: series.channel.clone(),
            width: 2 * series.width / dim,
            numbers,
        })
    }

    /// Restricts a symmetric matrix (dim, dim) to the plane: (2, 2), row-major, exactly symmetric.
    pub(super) fn project_matrix(&self, m: &[f64]) -> [f64; 4] {
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

/// Scales a direction to length 1.
fn normalize(d: Vec<f64>) -> Vec<f64> {
    let length = dot(&d, &d).sqrt();
    d.into_iter().map(|d| d / length).collect()
}

/// Returns the component of `d` orthogonal to `a`, which has length 1.
fn orthogonalize(d: &[f64], a: &[f64]) -> Vec<f64> {
    let along = dot(d, a);
    d.iter().zip(a).map(|(d, a)| d - along * a).collect()
}
