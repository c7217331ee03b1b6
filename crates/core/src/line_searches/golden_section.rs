//! Golden-section search.

use super::bracket::{BracketPoint, lowest, probe};
use crate::{
    catalog::choice,
    run::line::{LineSearch, NoStep, SearchLine},
};
use thalweg_macros::Describe;

/// Brackets a minimum along the direction and narrows the bracket by the golden ratio.
///
/// ```text
/// phi(t) = f(w + t p), p = the direction, x1 and x2 = the inner points of the bracket
/// bracket a < b < c with phi(b) < phi(a), phi(c), growing from 0 and the first step
/// until |c - a| <= tolerance (|x1| + |x2|): cut the larger part of [a, c] at 0.618
/// ```
///
/// The bracketing is that of Press et al.: growth by the golden ratio or by a parabola through the last three points, at most
/// 110 times the last stride. The routine of `SciPy` that the article uses does the same. Like that routine, the search
/// evaluates phi(0) and the inner point of the bracket once more than necessary, so the numbers of evaluations agree.
///
/// With `bracket=doubling`, the search is that of the library of the article. The bracket is [0, b]: b starts at `min_step` and
/// doubles while the loss falls, up to `max_step`. The bracket is narrowed until its two inner points are within the tolerance,
/// which is absolute here (1e-5 in that library). The step is the middle of the bracket. If it does not lower the loss, that
/// library takes it nevertheless.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(
    id = "golden-section",
    title = "Golden-section search",
    cite = "press2007numerical"
)]
pub struct GoldenSection {
    /// Accuracy of the step size: relative, or absolute with `bracket=doubling`.
    #[param(default = 0.1, valid = open(0.0..1.0), slider = 1e-8..=0.5, log)]
    pub tolerance: f64,
    /// Whether the bracket grows as described by Press et al. or by doubling.
    #[param(default = "press")]
    pub bracket: Bracketing,
    /// First step size of `bracket=doubling`.
    #[param(default = 1e-5, valid = positive, slider = 1e-8..=1.0, log, at_most = "max_step")]
    pub min_step: f64,
    /// Maximum step size of `bracket=doubling`.
    #[param(default = 50.0, valid = positive, slider = 1.0..=1e4, log)]
    pub max_step: f64,
}

/// How a bracket grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracketing {
    /// By the golden ratio or a parabola, without a limit.
    Press,
    /// By doubling, up to `max_step`.
    Doubling,
}

choice!(Bracketing {
    "press": Press,
    "doubling": Doubling,
});

/// Larger fraction of a cut, with the digits of the published routine.
const CUT: f64 = 0.618_033_99;
/// Larger fraction of a cut, with all digits, for the doubling form.
const FULL_CUT: f64 = 0.618_033_988_749_894_9;
/// Limits the loops: each cut shrinks the bracket to 0.618 of its width, so this number suffices for any tolerance.
const MAX_CUTS: usize = 5000;

impl LineSearch for GoldenSection {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        match self.bracket {
            Bracketing::Press => lowest(line, first, |line, [a, b, c]| {
                narrow(line, [a.t, b.t, c.t], self.tolerance)
            }),
            Bracketing::Doubling => {
                let high = self.double(line)?;
                let t = middle(line, high, self.tolerance);
                let is_lower = line.value(t) < line.value_at_zero;
                is_lower.then_some(t).ok_or(NoStep::NoDescent)
            }
        }
    }
}

impl GoldenSection {
    /// Returns the first doubled step at which the loss rises, or `max_step`.
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

/// Narrows [0, `high`] until its two inner points are within the tolerance, and returns the middle.
fn middle(line: &mut SearchLine, mut high: f64, tolerance: f64) -> f64 {
    let mut low = 0.0;
    let (mut x1, mut x2) = (high - FULL_CUT * high, FULL_CUT * high);
    let (mut f1, mut f2) = (line.value(x1), line.value(x2));
    for _ in 0..MAX_CUTS {
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

/// Narrows a bracket and returns the lower of its inner points.
///
/// It ends when the width is within the tolerance or the steps are too short to change any weight.
fn narrow(line: &mut SearchLine, [a, b, c]: [f64; 3], tolerance: f64) -> BracketPoint {
    let (mut low, mut high) = (a, c);
    let (mut x1, mut x2) = if (c - b).abs() > (b - a).abs() {
        (b, b + (1.0 - CUT) * (c - b))
    } else {
        (b - (1.0 - CUT) * (b - a), b)
    };
    let (mut f1, mut f2) = (line.value(x1), line.value(x2));
    for _ in 0..MAX_CUTS {
        let is_narrow = (high - low).abs() <= tolerance * (x1.abs() + x2.abs());
        if is_narrow || !line.changes_weights(low.abs().max(high.abs())) {
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
