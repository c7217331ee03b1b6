//! Golden-section search.

use crate::line::{Line, LineSearch, NoStep};
use thalweg_macros::Describe;

/// Brackets a minimum on the line, then narrows the bracket by the golden ratio.
///
/// ```text
/// bracket a < b < c with phi(b) < phi(a), phi(c), growing from 0 and the first step
/// until |c - a| <= tolerance (|x1| + |x2|): cut the larger part of [a, c] at 0.618
/// ```
///
/// The bracketing of Press et al. (growth by the golden ratio, or by a parabola through the last three points, at
/// most 110 times the last stride), as in the routine of `SciPy` that stands behind the article.
/// It asks for phi(0) and for the bracket's inner point once more than it must, as that routine does, so that its
/// cost is the one that the article's search paid.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "golden-section",
    title = "Golden-section search",
    cite = "press2007numerical"
)]
pub struct GoldenSection {
    /// Width of the last bracket as a share of the step.
    #[param(default = 0.1, valid = open(0.0..1.0), slider = 1e-8..=0.5, log)]
    pub tolerance: f64,
}

/// Growth of the bracket: the golden ratio to the digits of the published routine.
const GROWTH: f64 = 1.618_034;
/// The larger part of a cut, to the digits of the published routine.
const CUT: f64 = 0.618_033_99;
/// The parabola may reach so many strides ahead.
const REACH: f64 = 110.0;
/// Keeps the parabola's denominator off zero.
const TINY: f64 = 1e-21;
/// A thousand strides of at least the golden ratio pass every finite number.
const MOST_STRIDES: usize = 1000;
/// The bracket shrinks by 0.618 each time: after so many cuts it is below any tolerance that numbers can show.
const MOST_CUTS: usize = 5000;

impl LineSearch for GoldenSection {
    fn search(&self, line: &mut Line, first: f64) -> Result<f64, NoStep> {
        let bracket = bracket(line, first)?;
        let (t, value) = narrow(line, bracket, self.tolerance);
        if t > 0.0 && value < line.value_at_zero {
            Ok(t)
        } else {
            Err(NoStep::NoDescent)
        }
    }
}

/// A step and phi there.
#[derive(Clone, Copy)]
struct Point {
    t: f64,
    value: f64,
}

fn probe(line: &mut Line, t: f64) -> Result<Point, NoStep> {
    let value = line.value(t);
    if t.is_finite() && !value.is_nan() {
        Ok(Point { t, value })
    } else {
        Err(NoStep::Unbounded)
    }
}

/// Three steps, the middle one not higher than the others.
fn bracket(line: &mut Line, first: f64) -> Result<[f64; 3], NoStep> {
    let mut a = probe(line, 0.0)?;
    let mut b = probe(line, first)?;
    if a.value < b.value {
        (a, b) = (b, a);
    }
    let mut c = probe(line, b.t + GROWTH * (b.t - a.t))?;
    for _ in 0..MOST_STRIDES {
        if c.value >= b.value {
            return Ok([a.t, b.t, c.t]);
        }
        let ahead = c.t + GROWTH * (c.t - b.t);
        let limit = b.t + REACH * (c.t - b.t);
        let vertex = parabola_vertex(a, b, c);
        let next = if (vertex - c.t) * (b.t - vertex) > 0.0 {
            // Between b and c: the bracket may be complete already.
            let u = probe(line, vertex)?;
            if u.value < c.value {
                return Ok([b.t, u.t, c.t]);
            }
            if u.value > b.value {
                return Ok([a.t, b.t, u.t]);
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

/// The better of the two inner points once the bracket is narrow, and phi there.
fn narrow(line: &mut Line, [a, b, c]: [f64; 3], tolerance: f64) -> (f64, f64) {
    let (mut low, mut high) = (a, c);
    let (mut x1, mut x2) = if (c - b).abs() > (b - a).abs() {
        (b, b + (1.0 - CUT) * (c - b))
    } else {
        (b - (1.0 - CUT) * (b - a), b)
    };
    let (mut f1, mut f2) = (line.value(x1), line.value(x2));
    for _ in 0..MOST_CUTS {
        if (high - low).abs() <= tolerance * (x1.abs() + x2.abs()) {
            break;
        }
        if f2 < f1 {
            (low, x1, f1) = (x1, x2, f2);
            x2 = CUT * x1 + (1.0 - CUT) * high;
            f2 = line.value(x2);
        } else {
            (high, x2, f2) = (x2, x1, f1);
            x1 = CUT * x2 + (1.0 - CUT) * low;
            f1 = line.value(x1);
        }
    }
    if f1 < f2 { (x1, f1) } else { (x2, f2) }
}
