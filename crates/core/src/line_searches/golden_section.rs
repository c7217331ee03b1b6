//! Golden-section search.

use super::bracket::{BracketPoint, lowest, probe};
use crate::{
    catalog::choice,
    run::line::{LineSearch, NoStep, SearchLine},
};
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
///
/// With `bracket=doubling` it is the search of the article's library itself: the bracket is [0, b], where b doubles from
/// `min_step` as long as the loss falls, up to `max_step`; it is cut until its two inner points are within the
/// tolerance, now an absolute one (that library's is 1e-5), and the step is its middle. Where that is not lower than the
/// beginning, the library goes there all the same.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "golden-section",
    title = "Golden-section search",
    cite = "press2007numerical"
)]
pub struct GoldenSection {
    /// Width of the last bracket as a share of the step, or the width itself where the bracket doubles.
    #[param(default = 0.1, valid = open(0.0..1.0), slider = 1e-8..=0.5, log)]
    pub tolerance: f64,
    /// How the bracket grows.
    #[param(default = "press")]
    pub bracket: Bracketing,
    /// Where doubling begins.
    #[param(default = 1e-5, valid = positive, slider = 1e-8..=1.0, log, at_most = "max_step")]
    pub min_step: f64,
    /// Where doubling ends.
    #[param(default = 50.0, valid = positive, slider = 1.0..=1e4, log)]
    pub max_step: f64,
}

/// How a bracket grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracketing {
    /// By the golden ratio or a parabola, without end.
    Press,
    /// By doubling, up to a bound.
    Doubling,
}

choice!(Bracketing {
    "press": Press,
    "doubling": Doubling,
});

/// The larger part of a cut, to the digits of the published routine.
const CUT: f64 = 0.618_033_99;
/// The larger part of a cut, to the digits of the doubling form.
const FULL_CUT: f64 = 0.618_033_988_749_894_9;
/// The bracket shrinks by 0.618 each time: after so many cuts it is below any tolerance that numbers can show.
const MOST_CUTS: usize = 5000;

impl LineSearch for GoldenSection {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        match self.bracket {
            Bracketing::Press => lowest(line, first, |line, [a, b, c]| {
                narrow(line, [a.t, b.t, c.t], self.tolerance)
            }),
            Bracketing::Doubling => {
                let high = self.double(line)?;
                let t = middle(line, high, self.tolerance);
                let lower = line.value(t) < line.value_at_zero;
                lower.then_some(t).ok_or(NoStep::NoDescent)
            }
        }
    }
}

impl GoldenSection {
    /// The first of the doubled steps at which the loss is above the one before, or the longest that is allowed.
    fn double(&self, line: &mut SearchLine) -> Result<f64, NoStep> {
        let (mut before, mut t) = (f64::INFINITY, self.min_step);
        loop {
            let here = probe(line, t)?;
            if here.value > before || t >= self.max_step {
                return Ok(t);
            }
            before = here.value;
            t = (2.0 * t).min(self.max_step);
        }
    }
}

/// The middle of what is left of [0, `high`] once its two inner points are within the tolerance.
fn middle(line: &mut SearchLine, mut high: f64, tolerance: f64) -> f64 {
    let mut low = 0.0;
    let (mut x1, mut x2) = (high - FULL_CUT * high, FULL_CUT * high);
    let (mut f1, mut f2) = (line.value(x1), line.value(x2));
    for _ in 0..MOST_CUTS {
        if (x1 - x2).abs() <= tolerance {
            break;
        }
        if f1 < f2 {
            (high, x2, f2) = (x2, x1, f1);
            x1 = high - FULL_CUT * (high - low);
            f1 = line.value(x1);
        } else {
            (low, x1, f1) = (x1, x2, f2);
            x2 = low + FULL_CUT * (high - low);
            f2 = line.value(x2);
        }
    }
    f64::midpoint(low, high)
}

/// The better of the two inner points once the bracket is narrow, or so near to 0 that no weight moves.
fn narrow(line: &mut SearchLine, [a, b, c]: [f64; 3], tolerance: f64) -> BracketPoint {
    let (mut low, mut high) = (a, c);
    let (mut x1, mut x2) = if (c - b).abs() > (b - a).abs() {
        (b, b + (1.0 - CUT) * (c - b))
    } else {
        (b - (1.0 - CUT) * (b - a), b)
    };
    let (mut f1, mut f2) = (line.value(x1), line.value(x2));
    for _ in 0..MOST_CUTS {
        let narrow = (high - low).abs() <= tolerance * (x1.abs() + x2.abs());
        if narrow || !line.moves(low.abs().max(high.abs())) {
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
    let (t, value) = if f1 < f2 { (x1, f1) } else { (x2, f2) };
    BracketPoint { t, value }
}
