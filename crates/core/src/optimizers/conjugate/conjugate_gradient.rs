//! The conjugate gradient method for functions that are not quadratic.

use super::Beta;
use crate::optimizers::prelude::*;

/// Goes downhill, bent towards the last direction so that what was gained there is not lost again.
///
/// ```text
/// p <- -g + beta p          w <- w + t p, t from the search
///
/// fletcher-reeves     g.g / o.o          hestenes-stiefel    g.y / p.y
/// polak-ribiere       g.y / o.o          dai-yuan            g.g / p.y
/// polak-ribiere-plus  the same, >= 0     liu-storey         -g.y / p.o
/// o the last gradient, y = g - o         conjugate-descent  -g.g / p.o
/// ```
///
/// Fletcher and Reeves begin anew with the gradient every dim + 1 epochs; here it is every dim, as in the article's
/// library, or as often as is asked for. It begins anew too where the direction would not go downhill, which they
/// exclude by an exact search. `SciPy`'s CG takes polak-ribiere-plus, never begins anew on a count, and has a search
/// of its own (of Moré and Thuente, from a step that it guesses), so that its path is another.
#[derive(Clone, Describe)]
#[entry(
    id = "conjugate-gradient",
    title = "Conjugate Gradient",
    family = Conjugate,
    cite = "fletcher1964function",
    why = WHY
)]
pub struct ConjugateGradient {
    /// Formula for the share beta of the last direction that is kept.
    #[param(default = "fletcher-reeves")]
    pub beta: Beta,
    /// Begins anew with the gradient every so many epochs: as many as there are weights where none is given, never for 0.
    #[param(valid = 0.0..=1e9, slider = 0.0..=100.0)]
    pub restart: Option<u64>,
    /// Line search that says how far to go in each step.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// Why its steps are as they are.
const WHY: &[StepReason] = &[
    StepReason::new(
        "goes straight against its gradient, as far as the line search says",
        "-factor * gradient",
    ),
    StepReason::new(
        "goes along the direction, in which its gradient is joined by a share of the direction before, as far as the line search says",
        "factor * direction",
    ),
];

/// What the conjugate gradient method remembers.
#[derive(Clone, Debug, Inspect)]
pub struct ConjugateGradientState {
    /// Direction p of the step; zero before the first.
    #[quantity(Displacement)]
    direction: Vec<f64>,
    /// Gradient that it was made from; zero before the first.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
    /// Number of directions since they began anew with the gradient, this one among them.
    #[quantity(Number)]
    age: SharedScalar,
}

impl Direction for ConjugateGradient {
    type State = ConjugateGradientState;

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn direct(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut ConjugateGradientState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        let beta = self.beta.share(d, &s.gradient, &s.direction);
        s.gradient.copy_from_slice(d);
        negate(d);
        let period = self.restart.unwrap_or(w.len() as u64);
        let due = period > 0 && s.age.0 >= period as f64;
        // Before the first direction there is no share: it is 0 / 0.
        if !due && beta.is_finite() {
            add_scaled(d, beta, &s.direction);
        }
        let downhill = dot(d, &s.gradient) < 0.0;
        let fresh = due || !beta.is_finite() || !downhill;
        if fresh {
            d.copy_from_slice(&s.gradient);
            negate(d);
        }
        s.age = SharedScalar(if fresh { 1.0 } else { s.age.0 + 1.0 });
        s.direction.copy_from_slice(d);
        Ok(())
    }
}
