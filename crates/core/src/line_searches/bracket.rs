//! Three steps with a minimum between them: where searches for the lowest point begin.

use crate::line::{Line, NoStep};

/// Growth of the bracket: the golden ratio to the digits of the published routine.
const GROWTH: f64 = 1.618_034;
/// The parabola may reach so many strides ahead.
const REACH: f64 = 110.0;
/// Keeps the parabola's denominator off zero.
const TINY: f64 = 1e-21;
/// A thousand strides of at least the golden ratio pass every finite number.
const MOST_STRIDES: usize = 1000;

/// A step and phi there.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) t: f64,
    pub(super) value: f64,
}

/// The loss at step `t`; none where it is no number.
pub(super) fn probe(line: &mut Line, t: f64) -> Result<Point, NoStep> {
    let value = line.value(t);
    if t.is_finite() && !value.is_nan() {
        Ok(Point { t, value })
    } else {
        Err(NoStep::Unbounded)
    }
}

/// Three points in the order of their steps or against it, the middle one not higher than the others.
///
/// It grows from 0 and `first` by the golden ratio, or by a parabola through the last three points.
pub(super) fn bracket(line: &mut Line, first: f64) -> Result<[Point; 3], NoStep> {
    let mut a = probe(line, 0.0)?;
    let mut b = probe(line, first)?;
    if a.value < b.value {
        (a, b) = (b, a);
    }
    let mut c = probe(line, b.t + GROWTH * (b.t - a.t))?;
    for _ in 0..MOST_STRIDES {
        if c.value >= b.value {
            return Ok([a, b, c]);
        }
        let ahead = c.t + GROWTH * (c.t - b.t);
        let limit = b.t + REACH * (c.t - b.t);
        let vertex = parabola_vertex(a, b, c);
        let next = if (vertex - c.t) * (b.t - vertex) > 0.0 {
            // Between b and c: the bracket may be complete already.
            let u = probe(line, vertex)?;
            if u.value < c.value {
                return Ok([b, u, c]);
            }
            if u.value > b.value {
                return Ok([a, b, u]);
            }
            probe(line, ahead)?
        } else if (vertex - limit) * (limit - c.t) >= 0.0 {
            probe(line, limit)?
        } else if (vertex - limit) * (c.t - vertex) > 0.0 {
            let u = probe(line, vertex)?;
            if u.value < c.value {
                (b, c) = (c, u);
                probe(line, c.t + GROWTH * (c.t - b.t))?
            } else {
                u
            }
        } else {
            probe(line, ahead)?
        };
        (a, b, c) = (b, c, next);
    }
    Err(NoStep::Unbounded)
}

/// Where the parabola through three points is lowest.
fn parabola_vertex(a: Point, b: Point, c: Point) -> f64 {
    let left = (b.t - a.t) * (b.value - c.value);
    let right = (b.t - c.t) * (b.value - a.value);
    let bend = right - left;
    let twice = if bend.abs() < TINY {
        2.0 * TINY
    } else {
        2.0 * bend
    };
    b.t - ((b.t - c.t) * right - (b.t - a.t) * left) / twice
}
