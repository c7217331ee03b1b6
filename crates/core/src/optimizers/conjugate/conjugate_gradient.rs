//! The nonlinear conjugate gradient method.

use super::Beta;
use crate::optimizers::prelude::*;

/// Searches along the negative gradient plus a multiple of the previous direction, so that the directions are conjugate.
///
/// ```text
/// p <- -g + beta p          w <- w + t p, t from the search
///
/// fletcher-reeves     g.g / o.o          hestenes-stiefel    g.y / p.y
/// polak-ribiere       g.y / o.o          dai-yuan            g.g / p.y
/// polak-ribiere-plus  the same, >= 0     liu-storey         -g.y / p.o
/// o the last gradient, y = g - o         conjugate-descent  -g.g / p.o
/// hager-zhang         (y - 2 p y.y / p.y).g / p.y, >= -1 / (|p| min(0.01, |o|))
/// ```
///
/// Fletcher and Reeves restart with the gradient every dim + 1 epochs. Here the default is every dim epochs, as in the library
/// of the article. The method also restarts if the direction is not a descent direction, which Fletcher and Reeves exclude by an
/// exact search. `CG_DESCENT` of Hager and Zhang is `beta=hager-zhang,restart=0,search=hager-zhang` with another initial step:
/// its beta gives descent directions with any search. CG of `SciPy` uses polak-ribiere-plus without periodic restarts and a
/// different line search, that of Moré and Thuente with an estimated initial step. Its path is therefore different.
#[derive(Clone, Describe)]
#[entry(
    id = "conjugate-gradient",
    title = "Conjugate Gradient",
    family = Conjugate,
    cite = "fletcher1964function",
    why = REASONS
)]
pub struct ConjugateGradient {
    /// Formula for the coefficient beta of the previous direction.
    #[param(default = "fletcher-reeves")]
    pub beta: Beta,
    /// Number of epochs between restarts with the gradient direction; 0 never restarts. The default is the number of weights.
    #[param(valid = 0.0..=1e9, slider = 0.0..=100.0)]
    pub restart: Option<u64>,
    /// Line search that selects the step size.
    #[param(default = "strong-wolfe")]
    pub search: Arc<dyn LineSearch>,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[
    StepReason::new(
        "moves against its gradient, scaled by the step size",
        "-factor * gradient",
    ),
    StepReason::new(
        "moves along the conjugate direction, which combines its gradient and its previous direction, scaled by the step size",
        "factor * direction",
    ),
];

/// The state of the conjugate gradient method.
#[derive(Clone, Debug, Inspect)]
pub struct ConjugateGradientState {
    /// Search direction p of this step; zero before the first step.
    #[quantity(Displacement)]
    direction: Vec<f64>,
    /// Gradient of this step; zero before the first step.
    #[quantity(Gradient)]
    gradient: Vec<f64>,
    /// Number of directions since the last restart, including this one.
    #[quantity(Number)]
    age: SharedScalar,
}

impl ConjugateGradient {
    /// Returns the number of epochs between restarts for `dim` weights.
    fn period(&self, dim: usize) -> u64 {
        self.restart.unwrap_or(dim as u64)
    }
}

impl Direction for ConjugateGradient {
    type State = ConjugateGradientState;

    fn search(&self) -> &dyn LineSearch {
        &*self.search
    }

    fn compute_direction(
        &self,
        w: &[f64],
        d: &mut [f64],
        s: &mut ConjugateGradientState,
        _: &mut Oracle,
    ) -> Result<(), StopReason> {
        let beta = self.beta.compute(d, &s.gradient, &s.direction);
        s.gradient.copy_from_slice(d);
        negate(d);
        let period = self.period(w.len());
        let restart_due = period > 0 && s.age.0 >= period as f64;
        // Before the first direction, the denominator of beta is 0, so beta is not finite.
        if !restart_due && beta.is_finite() {
            add_scaled(d, beta, &s.direction);
        }
        let downhill = dot(d, &s.gradient) < 0.0;
        let restarted = restart_due || !beta.is_finite() || !downhill;
        if restarted {
            d.copy_from_slice(&s.gradient);
            negate(d);
        }
        s.age = SharedScalar(if restarted { 1.0 } else { s.age.0 + 1.0 });
        s.direction.copy_from_slice(d);
        Ok(())
    }

    fn resolved_settings(&self, dim: usize) -> Vec<ResolvedSetting> {
        let restart = self.period(dim).to_string();
        vec![ResolvedSetting::new("restart", Some(restart))]
    }
}
