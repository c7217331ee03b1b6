//! COCOB (continuous coin betting).

use crate::optimizers::prelude::*;

/// Bets a fraction of its winnings on the sign of each gradient: weights move far while their gradients agree.
///
/// ```text
/// L <- max(L, |g|)                          largest gradient, at first epsilon
/// G <- G + |g|                              sum of the absolute gradients
/// R <- max(R - g (w - w_0), 0)              winnings
/// C <- C - g                                sum of the negative gradients
/// w <- w_0 + C / (L max(G + L, alpha L)) (L + R)
/// ```
///
/// There is no learning rate. This is the second algorithm of the paper (COCOB-Backprop), as in optax.
#[derive(Clone, Debug, Describe)]
#[entry(id = "cocob", title = "COCOB", family = ParameterFree, cite = "orabona2017training", why = REASONS, optax = "optax.contrib.cocob")]
pub struct Cocob {
    /// The first bets are at most 1 / alpha of the winnings.
    #[param(default = 100.0, valid = positive, slider = 1.0..=1000.0, log, tuned, optax = "alpha")]
    pub alpha: f64,
    /// Initial value of the largest gradient.
    #[param(default = 1e-8, valid = positive, slider = 1e-12..=1.0, log, optax = "eps")]
    pub epsilon: f64,
}

/// The reasons for its steps.
const REASONS: &[StepReason] = &[StepReason::new(
    "moves to its initial value plus its bet: the sum of its negative gradients, scaled by its winnings",
    "[initial_weight + negative_sum / (max_gradient * max(gradient_sum + max_gradient, alpha * max_gradient)) * (max_gradient + winnings)] - weight",
)];

/// The state of COCOB.
#[derive(Clone, Debug, Inspect)]
pub struct CocobState {
    /// Largest absolute gradient L so far.
    #[quantity(Gradient)]
    pub max_gradient: Vec<f64>,
    /// Sum G of the absolute gradients.
    #[quantity(Gradient)]
    pub gradient_sum: Vec<f64>,
    /// Winnings R of the bets so far.
    #[quantity(Number)]
    pub winnings: Vec<f64>,
    /// Sum C of the negative gradients.
    #[quantity(Gradient)]
    pub negative_sum: Vec<f64>,
    /// Initial point.
    #[quantity(Position)]
    pub initial_weight: Vec<f64>,
}

impl GradientRule for Cocob {
    type State = CocobState;

    fn init(&self, w: &[f64], size: StateShape) -> CocobState {
        CocobState {
            max_gradient: vec![self.epsilon; size.weights()],
            initial_weight: w.to_vec(),
            ..CocobState::zeros(size.dim, size.runs)
        }
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, s: &mut CocobState) {
        let sums = s.max_gradient.iter_mut().zip(&mut s.gradient_sum);
        let bets = s.winnings.iter_mut().zip(&mut s.negative_sum);
        let points = s.initial_weight.iter().zip(here.weights);
        for ((d, (initial, w)), ((most, sum), (winnings, negative))) in
            d.iter_mut().zip(points).zip(sums.zip(bets))
        {
            let g = *d;
            *most = most.max(g.abs());
            *sum += g.abs();
            *winnings = (*winnings - g * (w - initial)).max(0.0);
            *negative -= g;
            let divisor = *most * (*sum + *most).max(self.alpha * *most);
            *d = initial + *negative / divisor * (*most + *winnings) - w;
        }
    }
}
