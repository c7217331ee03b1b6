//! How much of the last direction is kept.

use crate::optimizers::prelude::*;

/// The formula for the share beta of the last direction that is kept.
///
/// On a quadratic with exact line searches all are the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beta {
    /// Fletcher and Reeves 1964: g.g / o.o.
    FletcherReeves,
    /// Polak and Ribière 1969: g.y / o.o.
    PolakRibiere,
    /// The same, but not below zero: Gilbert and Nocedal 1992.
    PolakRibierePlus,
    /// Hestenes and Stiefel 1952: g.y / p.y.
    HestenesStiefel,
    /// Liu and Storey 1991: -g.y / p.o.
    LiuStorey,
    /// Dai and Yuan 1999: g.g / p.y.
    DaiYuan,
    /// Fletcher 1987: -g.g / p.o.
    ConjugateDescent,
}

choice!(Beta {
    "fletcher-reeves": FletcherReeves,
    "polak-ribiere": PolakRibiere,
    "polak-ribiere-plus": PolakRibierePlus,
    "hestenes-stiefel": HestenesStiefel,
    "liu-storey": LiuStorey,
    "dai-yuan": DaiYuan,
    "conjugate-descent": ConjugateDescent,
});

impl Beta {
    /// The share, from the gradient `g`, the one before, `o`, and the direction `p` in between; may be no number.
    pub fn share(self, g: &[f64], o: &[f64], p: &[f64]) -> f64 {
        // x.y with y = g - o.
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
        }
    }
}
