//! Chooses the scale and the range of an axis.

use thalweg::{
    choice,
    float::{exp, ln},
};
use thalweg_plot::{figure::AxisSpan, scale::Spacing};

/// The scale of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// Logarithmic if all numbers are positive and their ratio is large, else linear.
    Auto,
    /// Equal differences have equal lengths.
    Linear,
    /// Equal ratios have equal lengths.
    Log,
}

choice!(Scaling {
    "auto": Auto,
    "linear": Linear,
    "log": Log,
});

/// Numbers with a larger ratio are easier to distinguish on a logarithmic axis.
const WIDE: f64 = 50.0;
/// Margin at both ends of an axis, as a share of its length.
const ROOM: f64 = 0.05;

impl Scaling {
    /// Returns the spacing for these numbers. Numbers that are not finite are ignored.
    pub(crate) fn spacing(self, values: impl Iterator<Item = f64>) -> Spacing {
        match self {
            Self::Linear => Spacing::Linear,
            Self::Log => Spacing::Log,
            Self::Auto => match extent(values) {
                Some([low, high]) if low > 0.0 && high / low > WIDE => Spacing::Log,
                _ => Spacing::Linear,
            },
        }
    }
}

/// Returns the spacing that [`Scaling::Auto`] chooses if zeros may lie at the lower edge of a logarithmic axis.
pub(crate) fn spacing_with_zeros(values: impl Iterator<Item = f64> + Clone) -> Spacing {
    if values.clone().any(|v| v < 0.0) {
        return Spacing::Linear;
    }
    Scaling::Auto.spacing(values.filter(|v| *v > 0.0))
}

/// Returns the number that lies at the lower edge of a logarithmic axis, just inside, so that a line there is visible.
fn lower_edge(axis: &AxisSpan) -> f64 {
    const INSIDE: f64 = 0.01;
    let [low, high] = axis.range;
    low * exp(INSIDE * (ln(high) - ln(low)))
}

/// Returns whether a number lies at the lower edge of a logarithmic axis, because it is 0 or too small for the axis.
pub(crate) fn is_at_lower_edge(v: f64, axis: &AxisSpan) -> bool {
    axis.spacing == Spacing::Log && v >= 0.0 && v < lower_edge(axis)
}

/// Returns the number that an axis shows for a number: the number itself, or the lower edge.
pub(crate) fn placed(v: f64, axis: &AxisSpan) -> f64 {
    if is_at_lower_edge(v, axis) {
        lower_edge(axis)
    } else {
        v
    }
}

/// Returns whether an axis with this spacing can show a number.
pub(crate) fn has_place(v: f64, spacing: Spacing) -> bool {
    v.is_finite() && (spacing == Spacing::Linear || v > 0.0)
}

/// Returns the range of an axis for all numbers that it can show, with margins.
pub(crate) fn range(values: impl Iterator<Item = f64>, spacing: Spacing) -> [f64; 2] {
    /// Numbers whose relative difference is smaller count as equal.
    const NARROW: f64 = 1e-9;
    /// Smaller than the largest number, so that differences remain finite.
    const MOST: f64 = 1e300;
    let extent = extent(values.filter(|v| has_place(*v, spacing)));
    match (spacing, extent) {
        (Spacing::Linear, None) => [0.0, 1.0],
        (Spacing::Log, None) => [0.1, 10.0],
        (Spacing::Linear, Some([low, high])) => {
            let size = low.abs().max(high.abs()).min(MOST);
            let room = if high - low > NARROW * size {
                ROOM * (high - low)
            } else if size > 1.0 / MOST {
                0.5 * size
            } else {
                1.0
            };
            [(low - room).max(-MOST), (high + room).min(MOST)]
        }
        (Spacing::Log, Some([low, high])) => {
            let decades = ln(high) - ln(low);
            // A single number needs a range with two ticks.
            let room = exp((ROOM * decades).max(if decades > NARROW { 0.05 } else { 1.5 }));
            let high = (high * room).min(MOST);
            [(low / room).max(1.0 / MOST).min(high / 2.0), high]
        }
    }
}

/// Returns the horizontal position at which the line from `a`, inside of a vertical axis, to `b`, outside of it, crosses
/// its end.
pub(crate) fn crossing(a: [f64; 2], b: [f64; 2], y: &AxisSpan) -> f64 {
    let height = |v: f64| match y.spacing {
        Spacing::Linear => v,
        Spacing::Log => ln(v),
    };
    let end = if b[1] < y.range[0] {
        y.range[0]
    } else {
        y.range[1]
    };
    let (from, to) = (height(a[1]), height(b[1]));
    a[0] + (height(end) - from) / (to - from) * (b[0] - a[0])
}

/// Returns the highest end of an axis on which these numbers have at least half of the length.
pub(crate) fn highest_beside(calm: impl Iterator<Item = f64>, spacing: Spacing) -> f64 {
    /// A logarithmic axis may always extend to this many times the highest number.
    const FAR: f64 = 30.0;
    let shown = calm.filter(|v| has_place(*v, spacing));
    match (extent(shown), spacing) {
        (None, _) => f64::INFINITY,
        (Some([low, high]), Spacing::Log) => high * FAR.max(high / low),
        (Some([low, high]), Spacing::Linear) if low < high => high + (high - low),
        (Some([_, high]), Spacing::Linear) => high + FAR * high.abs(),
    }
}

/// Returns the range of an axis of whole numbers from the first to the last, with margins.
pub(crate) fn counts([first, last]: [f64; 2], spacing: Spacing) -> [f64; 2] {
    const SHORTEST: f64 = 1.0;
    const ROOM: f64 = 0.02;
    match spacing {
        Spacing::Linear => {
            let room = ROOM * (last - first).max(SHORTEST);
            [first - room, (last + room).max(first + SHORTEST)]
        }
        Spacing::Log => {
            let first = first.max(1.0);
            let room = exp(ROOM * ln(last / first).max(1.0));
            [first / room, (last * room).max(2.0 * first)]
        }
    }
}

/// Returns the minimum and the maximum of the finite numbers.
pub(crate) fn extent(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    let finite = values.filter(|v| v.is_finite());
    finite.fold(None, |extent, v| {
        let [low, high] = extent.unwrap_or([v, v]);
        Some([v.min(low), v.max(high)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_range_of_positive_numbers_is_logarithmic() {
        let auto = |values: &[f64]| Scaling::Auto.spacing(values.iter().copied());
        assert_eq!(auto(&[1.0, 49.0]), Spacing::Linear);
        assert_eq!(auto(&[1.0, 51.0, f64::NAN]), Spacing::Log);
        assert_eq!(auto(&[0.0, 51.0]), Spacing::Linear);
        assert_eq!(auto(&[]), Spacing::Linear);
    }

    #[test]
    fn a_range_is_never_empty() {
        let bad = [f64::NAN, f64::INFINITY, -1.0, 0.0];
        let few: [&[f64]; 6] = [
            &[],
            &bad,
            &[3.0],
            &[1.0, 1.0 + 1e-15],
            &[1e308, -1e308],
            &[5e-324],
        ];
        for values in few {
            for spacing in [Spacing::Linear, Spacing::Log] {
                let [low, high] = range(values.iter().copied(), spacing);
                assert!(
                    low < high && (high - low).is_finite(),
                    "{values:?} {low} {high}"
                );
                assert!(spacing == Spacing::Linear || low > 0.0);
            }
        }
    }

    #[test]
    fn numbers_beside_far_ones_keep_half_of_the_axis() {
        let highest = |calm: &[f64], spacing| highest_beside(calm.iter().copied(), spacing);
        assert_eq!(highest(&[-1.0, 4.0], Spacing::Linear), 9.0);
        assert_eq!(highest(&[2.0], Spacing::Linear), 62.0);
        assert_eq!(highest(&[0.0, 1e-2, 10.0], Spacing::Log), 1e4);
        assert_eq!(highest(&[5.0, 10.0], Spacing::Log), 300.0);
        assert_eq!(highest(&[], Spacing::Log), f64::INFINITY);
    }
}
