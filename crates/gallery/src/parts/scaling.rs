//! Which scale an axis gets, and from where to where it goes.

use thalweg::{
    choice,
    float::{exp, ln},
};
use thalweg_plot::scale::Spacing;

/// How the numbers of an axis are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// By ratios where all are above zero and the greatest is many times the least, else by distances.
    Auto,
    /// Equal distances are equally long.
    Linear,
    /// Equal ratios are equally long.
    Log,
}

choice!(Scaling {
    "auto": Auto,
    "linear": Linear,
    "log": Log,
});

/// The ratio from which numbers are better told apart on a logarithmic axis.
const WIDE: f64 = 50.0;
/// Room at both ends of an axis, as a share of its length.
const ROOM: f64 = 0.05;

impl Scaling {
    /// The spacing for these numbers; those that are not finite do not count.
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

/// Whether an axis of this spacing has a place for a number.
pub(crate) fn has_place(v: f64, spacing: Spacing) -> bool {
    v.is_finite() && (spacing == Spacing::Linear || v > 0.0)
}

/// The ends of an axis on which all of these numbers lie that it has places for, with room around them.
pub(crate) fn range(values: impl Iterator<Item = f64>, spacing: Spacing) -> [f64; 2] {
    /// Numbers nearer to each other than this share of their size count as one.
    const NARROW: f64 = 1e-9;
    /// Far enough from the largest number that differences are finite.
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
            // At least so much that a single number stands between two ticks.
            let room = exp((ROOM * decades).max(if decades > NARROW { 0.05 } else { 1.5 }));
            let high = (high * room).min(MOST);
            // The ratio of the ends must be a number too.
            [
                (low / room)
                    .max(1.0 / MOST)
                    .max(high / MOST)
                    .min(high / 2.0),
                high,
            ]
        }
    }
}

/// The ends of an axis of whole numbers that count on from the first one to the last, with room at both ends.
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

/// The least and the greatest of the finite numbers.
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
    fn an_axis_is_logarithmic_where_that_helps() {
        let auto = |values: &[f64]| Scaling::Auto.spacing(values.iter().copied());
        assert_eq!(auto(&[1.0, 49.0]), Spacing::Linear);
        assert_eq!(auto(&[1.0, 51.0, f64::NAN]), Spacing::Log);
        assert_eq!(auto(&[0.0, 51.0]), Spacing::Linear);
        assert_eq!(auto(&[]), Spacing::Linear);
    }

    #[test]
    fn a_range_has_an_inside_whatever_is_shown() {
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
}
