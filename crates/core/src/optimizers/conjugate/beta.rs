//! The coefficient beta of the previous direction.

use crate::optimizers::prelude::*;

/// The formula for the coefficient beta of the previous direction.
///
/// All formulas give the same number on a quadratic function with exact line searches. The variables are the gradient g,
/// the previous gradient o, the previous direction p, and y = g - o.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beta {
    /// Fletcher and Reeves 1964: g.g / o.o.
    FletcherReeves,
    /// Polak and Ribière 1969: g.y / o.o.
    PolakRibiere,
    /// Polak and Ribière, limited to nonnegative values (Gilbert and Nocedal 1992).
    PolakRibierePlus,
    /// Hestenes and Stiefel 1952: g.y / p.y.
    HestenesStiefel,
    /// Liu and Storey 1991: -g.y / p.o.
    LiuStorey,
    /// Dai and Yuan 1999: g.g / p.y.
    DaiYuan,
    /// Fletcher 1987: -g.g / p.o.
    ConjugateDescent,
    /// Hager and Zhang 2005: (y - 2 p y.y / p.y).g / p.y, at least -1 / (|p| min(0.01, |o|)).
    HagerZhang,
}

choice!(Beta {
    "fletcher-reeves": FletcherReeves,
    "polak-ribiere": PolakRibiere,
    "polak-ribiere-plus": PolakRibierePlus,
    "hestenes-stiefel": HestenesStiefel,
    "liu-storey": LiuStorey,
    "dai-yuan": DaiYuan,
    "conjugate-descent": ConjugateDescent,
    "hager-zhang": HagerZhang,
});

/// The constant eta of Hager and Zhang: an upper bound of the gradient norm in their lower bound of beta.
const MAX_NORM: f64 = 0.01;

impl Beta {
    /// Returns beta for the gradient `g`, the previous gradient `o`, and the previous direction `p` (all dim).
    ///
    /// The result is NaN or infinite if the denominator is zero.
    pub fn compute(self, g: &[f64], o: &[f64], p: &[f64]) -> f64 {
        // Returns x.y with y = g - o.
        let dot_change = |x: &[f64]| {
            let change = g.iter().zip(o).map(|(g, o)| g - o);
            x.iter().zip(change).map(|(x, y)| x * y).sum::<f64>()
        };
        match self {
            Self::FletcherReeves => dot(g, g) / dot(o, o),
            Self::PolakRibiere => dot_change(g) / dot(o, o),
            Self::PolakRibierePlus => (dot_change(g) / dot(o, o)).max(0.0),
            Self::HestenesStiefel => dot_change(g) / dot_change(p),
            Self::LiuStorey => -dot_change(g) / dot(p, o),
            Self::DaiYuan => dot(g, g) / dot_change(p),
            Self::ConjugateDescent => -dot(g, g) / dot(p, o),
            Self::HagerZhang => {
                let (change, norm) = (difference(g, o), |x: &[f64]| dot(x, x).sqrt());
                let curvature = dot(p, &change);
                let along = dot(&change, &change) / curvature;
                let beta = (dot(&change, g) - 2.0 * along * dot(p, g)) / curvature;
                let lowest = -1.0 / (norm(p) * norm(o).min(MAX_NORM));
                // `max` would replace NaN, which stands for a denominator of zero, by the bound.
                if beta < lowest { lowest } else { beta }
            }
        }
    }
}
