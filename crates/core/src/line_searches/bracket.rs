//! Three steps with a minimum between them: where searches for the lowest point begin.

use crate::run::line::{NoStep, SearchLine};

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
pub(super) struct BracketPoint {
    pub(super) t: f64,
    pub(super) value: f64,
}

/// The loss at step `t`, endless where it is no number; none where the step has no end.
pub(super) fn probe(line: &mut SearchLine, t: f64) -> Result<BracketPoint, NoStep> {
    if !t.is_finite() {
        return Err(NoStep::Unbounded);
    }
    let value = line.value(t);
    let value = if value.is_nan() { f64::INFINITY } else { value };
    Ok(BracketPoint { t, value })
}

/// What the first step becomes where a bracket grown from it held no step.
const SHORTER: f64 = 0.01;

/// The step that `narrow` finds in a bracket grown from the `first`, or else from ever shorter ones.
///
/// A first step that is too long may reach over a hill: its bracket then holds a minimum that is not lower than the
/// beginning, or lies behind it, though the loss falls at first.
///
/// # Errors
/// [`NoStep`] where no step is lower than the beginning.
pub(super) fn lowest(
    line: &mut SearchLine,
    mut first: f64,
    narrow: impl Fn(&mut SearchLine, [BracketPoint; 3]) -> BracketPoint,
) -> Result<f64, NoStep> {
    loop {
        let points = bracket(line, first)?;
        let best = narrow(line, points);
        if best.t > 0.0 && best.value < line.value_at_zero {
            return Ok(best.t);
        }
        first *= SHORTER;
        if !line.begins_downhill() || !line.moves(first) {
            return Err(NoStep::NoDescent);
        }
    }
}

/// Three points in the order of their steps or against it, the middle one not higher than the others.
///
/// It grows from 0 and `first` by the golden ratio, or by a parabola through the last three points.
fn bracket(line: &mut SearchLine, first: f64) -> Result<[BracketPoint; 3], NoStep> {
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
fn parabola_vertex(a: BracketPoint, b: BracketPoint, c: BracketPoint) -> f64 {
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
