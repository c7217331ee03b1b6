//! The line search of Hager and Zhang.

use crate::run::line::{LineSearch, NoStep, SearchLine};
use thalweg_macros::Describe;

/// Finds a step with the Wolfe conditions, or close to a minimum with approximate ones, which rounding does not disturb.
///
/// ```text
/// phi(t) = f(w + t p), where p is the direction
/// Wolfe:        phi(t) <= phi(0) + c1 t phi'(0)               and  phi'(t) >= c2 phi'(0)
/// approximate:  (2 c1 - 1) phi'(0) >= phi'(t) >= c2 phi'(0)   and  phi(t) <= phi(0) + tolerance |phi(0)|
/// expand t from 1 until phi' changes its sign, then narrow the interval by two secant steps and a bisection
/// ```
///
/// The approximate conditions compare slopes instead of losses. They are those of a parabola, and they can be met where the
/// decrease of the loss is smaller than its rounding error; the step can then increase the loss by the tolerance. Hager and
/// Zhang estimate the first step from the last one; here it is the natural step of the direction.
#[derive(Clone, Copy, Debug, Describe)]
#[entry(id = "hager-zhang", title = "Hager-Zhang", cite = "hager2005new")]
pub struct HagerZhang {
    /// Required fraction of the predicted decrease.
    #[param(default = 0.1, valid = open(0.0..0.5), slider = 1e-6..=0.49, log, at_most = "c2")]
    pub c1: f64,
    /// Maximum of the final slope relative to the initial slope, both negative.
    #[param(default = 0.9, valid = open(0.0..1.0), slider = 0.01..=0.99)]
    pub c2: f64,
    /// Increase of the loss that the approximate conditions tolerate, relative to the loss.
    #[param(default = 1e-6, valid = 0.0..=1.0, slider = 1e-12..=0.01, log)]
    pub tolerance: f64,
    /// Factor that lengthens the step while the loss falls.
    #[param(default = 5.0, valid = open(1.0..), slider = 1.5..=10.0)]
    pub growth: f64,
    /// An interval that a round of secant steps does not shorten to this fraction is halved.
    #[param(default = 0.66, valid = open(0.0..1.0), slider = 0.1..=0.9)]
    pub shrink: f64,
}

/// Limits the rounds: each at least multiplies the interval by the larger of `shrink` and 1/2, and ends where no weight changes.
const MAX_ROUNDS: usize = 10_000;

/// A step t with phi(t) and the slope phi'(t).
#[derive(Clone, Copy)]
struct SlopePoint {
    t: f64,
    value: f64,
    slope: f64,
}

/// Why a search ends.
enum SearchEnd {
    /// The conditions hold at this step.
    Found(f64),
    /// No step was found.
    Failed(NoStep),
}

/// A search with its line, and the limits that follow from its settings.
struct RunningSearch<'s, 'a, 'p> {
    settings: HagerZhang,
    line: &'s mut SearchLine<'a, 'p>,
    /// Maximum loss of the approximate conditions.
    roof: f64,
}

impl LineSearch for HagerZhang {
    fn search(&self, line: &mut SearchLine, first: f64) -> Result<f64, NoStep> {
        if !line.is_descent_direction() {
            return Err(NoStep::NoDescent);
        }
        let roof = line.value_at_zero + self.tolerance * line.value_at_zero.abs();
        let mut search = RunningSearch {
            settings: *self,
            line,
            roof,
        };
        let end = match search.bracket(first) {
            Ok(bracket) => search.narrow(bracket),
            Err(end) => end,
        };
        match end {
            SearchEnd::Found(t) => Ok(t),
            SearchEnd::Failed(why) => Err(why),
        }
    }
}

impl RunningSearch<'_, '_, '_> {
    /// Evaluates the step `t`.
    ///
    /// # Errors
    /// The search ends: the conditions hold at `t`, or `t` is not finite.
    fn probe(&mut self, t: f64) -> Result<SlopePoint, SearchEnd> {
        if !t.is_finite() {
            return Err(SearchEnd::Failed(NoStep::Unbounded));
        }
        let [value, slope] = self.line.value_and_slope(t);
        let here = SlopePoint { t, value, slope };
        if self.meets_conditions(here) {
            return Err(SearchEnd::Found(t));
        }
        Ok(here)
    }

    /// Returns whether the Wolfe conditions or the approximate ones hold.
    fn meets_conditions(&self, here: SlopePoint) -> bool {
        let HagerZhang { c1, c2, .. } = self.settings;
        let (value, slope) = (self.line.value_at_zero, self.line.slope_at_zero);
        let falls = here.value <= value + c1 * here.t * slope && here.value < value;
        let is_near = here.value <= self.roof && here.slope <= (2.0 * c1 - 1.0) * slope;
        here.slope >= c2 * slope && (falls || is_near)
    }

    /// Returns whether the loss falls at a point that is not too high, so that a minimum lies beyond it.
    fn descends(&self, here: SlopePoint) -> bool {
        here.slope < 0.0 && here.value <= self.roof
    }

    /// Lengthens the step `t` until the interval up to it contains a minimum.
    fn bracket(&mut self, mut t: f64) -> Result<[SlopePoint; 2], SearchEnd> {
        let start = SlopePoint {
            t: 0.0,
            value: self.line.value_at_zero,
            slope: self.line.slope_at_zero,
        };
        let mut low = start;
        for _ in 0..MAX_ROUNDS {
            let here = self.probe(t)?;
            if here.slope >= 0.0 {
                return Ok([low, here]);
            }
            if !self.descends(here) {
                return self.contract(start, here);
            }
            low = here;
            t *= self.settings.growth;
        }
        Err(SearchEnd::Failed(NoStep::Unbounded))
    }

    /// Halves an interval from a descending point to one that is too high, until the slope at its end is not negative.
    fn contract(
        &mut self,
        mut low: SlopePoint,
        mut high: SlopePoint,
    ) -> Result<[SlopePoint; 2], SearchEnd> {
        loop {
            let here = self.probe(self.middle([low, high])?)?;
            if here.slope >= 0.0 {
                return Ok([low, here]);
            }
            if self.descends(here) {
                low = here;
            } else {
                high = here;
            }
        }
    }

    /// Returns the middle of an interval.
    ///
    /// # Errors
    /// The interval is too short to change any weight; the search ends at its beginning if this lowers the loss.
    fn middle(&self, [low, high]: [SlopePoint; 2]) -> Result<f64, SearchEnd> {
        let middle = f64::midpoint(low.t, high.t);
        let is_inside = low.t < middle && middle < high.t;
        if is_inside && self.line.changes_weights(high.t - low.t) {
            return Ok(middle);
        }
        Err(if low.t > 0.0 && low.value < self.line.value_at_zero {
            SearchEnd::Found(low.t)
        } else {
            SearchEnd::Failed(NoStep::NoDescent)
        })
    }

    /// Narrows an interval until the conditions hold.
    fn narrow(&mut self, mut bracket: [SlopePoint; 2]) -> SearchEnd {
        for _ in 0..MAX_ROUNDS {
            match self.round(bracket) {
                Ok(next) => bracket = next,
                Err(end) => return end,
            }
        }
        SearchEnd::Failed(NoStep::NoDescent)
    }

    /// Narrows an interval by two secant steps, and by its middle if they do not shorten it enough.
    fn round(&mut self, [low, high]: [SlopePoint; 2]) -> Result<[SlopePoint; 2], SearchEnd> {
        let next = self.secant_steps([low, high])?;
        let width = |[low, high]: [SlopePoint; 2]| high.t - low.t;
        if width(next) <= self.settings.shrink * width([low, high]) {
            return Ok(next);
        }
        let middle = self.middle(next)?;
        self.update(next, middle)
    }

    /// Makes a secant step, and a second one from the end that the first one replaced.
    fn secant_steps(&mut self, [low, high]: [SlopePoint; 2]) -> Result<[SlopePoint; 2], SearchEnd> {
        let t = secant(low, high);
        let next = self.update([low, high], t)?;
        if next[1].t == t {
            self.update(next, secant(high, next[1]))
        } else if next[0].t == t {
            self.update(next, secant(low, next[0]))
        } else {
            Ok(next)
        }
    }

    /// Replaces one end of an interval by the step `t`, if `t` lies inside.
    fn update(
        &mut self,
        [low, high]: [SlopePoint; 2],
        t: f64,
    ) -> Result<[SlopePoint; 2], SearchEnd> {
        // Also false if the secant has no zero.
        let is_inside = low.t < t && t < high.t;
        if !is_inside {
            return Ok([low, high]);
        }
        let here = self.probe(t)?;
        if here.slope >= 0.0 {
            Ok([low, here])
        } else if self.descends(here) {
            Ok([here, high])
        } else {
            self.contract(low, here)
        }
    }
}

/// Returns the step at which the line through two slopes is zero; NaN or infinite if the slopes are equal.
fn secant(a: SlopePoint, b: SlopePoint) -> f64 {
    (a.t * b.slope - b.t * a.slope) / (b.slope - a.slope)
}
