//! The quadratic model of the loss at a point, and the step of limited length that minimizes it.

use crate::{numeric::matrix::Eigen, optimizers::prelude::*};

/// What limits the length of the step.
#[derive(Clone, Copy, Debug)]
pub(super) enum StepLimit {
    /// The length is at most this radius.
    Radius(f64),
    /// The model has the term M/6 |p|^3, where M is this weight.
    Cubic(f64),
}

/// A step with the damping that defines it.
#[derive(Clone, Debug)]
pub(super) struct ModelStep {
    /// The step p (dim).
    pub(super) step: Vec<f64>,
    /// The damping lambda: (H + lambda I) p = -g.
    pub(super) damping: f64,
    /// Whether the limit shortens the step.
    pub(super) is_limited: bool,
}

/// The quadratic model of the loss at the weights.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalModel {
    /// The gradient g (dim).
    pub(super) gradient: Vec<f64>,
    /// The Hessian H (dim, dim), row-major.
    pub(super) hessian: Vec<f64>,
    loss: f64,
    /// Whether the last step was rejected, so that the model still belongs to the weights.
    is_current: bool,
}

impl LocalModel {
    /// Creates a model of `dim` weights.
    pub(super) fn new(dim: usize) -> Self {
        Self {
            gradient: vec![0.0; dim],
            hessian: vec![0.0; dim * dim],
            ..Self::default()
        }
    }

    /// Evaluates the model at `w` (dim), unless it is current.
    pub(super) fn evaluate(&mut self, w: &[f64], oracle: &mut Oracle) {
        if !(self.is_current && oracle.is_deterministic()) {
            self.loss = oracle.value_and_gradient(w, &mut self.gradient);
            oracle.hessian(w, &mut self.hessian);
        }
    }

    /// Returns p.H p for a step `p` (dim).
    pub(super) fn curvature(&self, p: &[f64]) -> f64 {
        let mut image = vec![0.0; p.len()];
        product(&self.hessian, p, &mut image);
        dot(p, &image)
    }

    /// Returns the decrease of the loss that the model predicts for a step `p` (dim).
    pub(super) fn predicted_decrease(&self, p: &[f64]) -> f64 {
        -(dot(&self.gradient, p) + 0.5 * self.curvature(p))
    }

    /// Writes the Hessian plus the damping into `into` (dim, dim).
    pub(super) fn write_damped(&self, damping: f64, into: &mut Matrix) {
        into.0.copy_from_slice(&self.hessian);
        shift_diagonal(&mut into.0, self.gradient.len(), damping);
    }

    /// Makes the step `p` as [`try_step`](Self::try_step) does, stores its ratio, and returns the outcome of this epoch.
    pub(super) fn step(
        &mut self,
        w: &mut [f64],
        p: &[f64],
        limits: [f64; 2],
        ratio: &mut f64,
        oracle: &mut Oracle,
    ) -> StepOutcome {
        if is_zero(p) && is_zero(&self.gradient) && oracle.is_deterministic() {
            return StepOutcome::AtRest;
        }
        match self.try_step(w, p, limits, oracle) {
            Ok(found) => *ratio = found,
            Err(why) => return StepOutcome::Stop(why),
        }
        StepOutcome::Continue
    }

    /// Evaluates the loss after the step `p` from `w`, takes the step if the decrease divided by the `predicted` one exceeds
    /// `acceptance`, and returns this ratio: minus infinity if the loss is not finite.
    ///
    /// # Errors
    /// The step is too short to change the weights, or the model predicts no decrease.
    fn try_step(
        &mut self,
        w: &mut [f64],
        p: &[f64],
        [predicted, acceptance]: [f64; 2],
        oracle: &mut Oracle,
    ) -> Result<f64, StopReason> {
        let mut point = w.to_vec();
        add_scaled(&mut point, 1.0, p);
        if point == w || predicted <= 0.0 {
            return Err(StopReason::NoStep(NoStep::Model));
        }
        let ratio = (self.loss - oracle.try_proposal(&point)) / predicted;
        let ratio = if ratio.is_nan() {
            f64::NEG_INFINITY
        } else {
            ratio
        };
        self.is_current = ratio <= acceptance;
        if !self.is_current {
            w.copy_from_slice(&point);
        }
        Ok(ratio)
    }
}

/// Limits the search for the damping. It converges quadratically, or halves an interval of numbers.
const MAX_ROUNDS: usize = 200;
/// A component of the gradient of at most this, relative to the gradient, is a rounding error.
const NEGLIGIBLE: f64 = 1e-14;

impl StepLimit {
    /// Returns the length to which the damping `damping` belongs.
    fn length(self, damping: f64) -> f64 {
        match self {
            Self::Radius(radius) => radius,
            Self::Cubic(weight) => 2.0 * damping / weight,
        }
    }

    /// Returns the derivative of the inverse of [`length`](Self::length).
    fn inverse_slope(self, damping: f64) -> f64 {
        match self {
            Self::Radius(_) => 0.0,
            Self::Cubic(weight) => -0.5 * weight / (damping * damping),
        }
    }

    /// Returns an excess damping at which the step is short enough, for a gradient of this `norm` and this `lowest` eigenvalue.
    fn greatest_excess(self, norm: f64, lowest: f64) -> f64 {
        match self {
            Self::Radius(radius) => norm / radius,
            // The positive root x of x (x + |lowest|) = weight norm / 2.
            Self::Cubic(weight) => {
                let product = weight * norm;
                product / (lowest.abs() + (lowest * lowest + 2.0 * product).sqrt())
            }
        }
    }

    /// Returns the global minimum p of the model g.p + p.H p / 2 with this limit, by the eigenvalues of H.
    ///
    /// More and Sorensen (1983) and Nesterov and Polyak (2006) show that (H + lambda I) p = -g, where H + lambda I is positive
    /// semidefinite. With a radius, lambda is 0 or |p| is the radius; with a cubic term, lambda is M |p| / 2. If the gradient
    /// has no component along the lowest eigenvector, a multiple of this vector can be a part of p (the hard case).
    ///
    /// # Errors
    /// A number is not finite.
    pub(super) fn minimize(self, model: &LocalModel) -> Result<ModelStep, StopReason> {
        let eigen = Eigen::new(&model.hessian, model.gradient.len());
        let spectrum = Spectrum::new(&eigen, &model.gradient);
        if !(spectrum.norm.is_finite() && eigen.values.iter().all(|v| v.is_finite())) {
            return Err(StopReason::Singular);
        }
        let cutoff = eigen.cutoff();
        let is_definite = spectrum.lowest > cutoff;
        if let Self::Radius(radius) = self
            && is_definite
            && spectrum.length(0.0) <= radius
        {
            return Ok(ModelStep {
                is_limited: false,
                ..spectrum.step(0.0, 0.0)
            });
        }
        if !is_definite && spectrum.is_hard() {
            // The rest of the gradient may not need the whole length at the least damping.
            let rest = spectrum.without_lowest();
            let [own, all] = [rest.length(0.0), self.length(spectrum.least_damping())];
            if own <= all {
                // Without negative curvature, a part along the lowest eigenvector would not lower the model.
                let is_concave = spectrum.lowest < -cutoff;
                let square = if is_concave {
                    (all - own) * (all + own)
                } else {
                    0.0
                };
                return Ok(rest.step(0.0, square.sqrt()));
            }
        }
        Ok(spectrum.step(self.find_excess(&spectrum), 0.0))
    }

    /// Returns the excess damping at which the step has the length of its damping.
    fn find_excess(self, spectrum: &Spectrum) -> f64 {
        let least = spectrum.least_damping();
        let mut low = 0.0;
        let mut high = self.greatest_excess(spectrum.norm, spectrum.lowest);
        let mut excess = high;
        for _ in 0..MAX_ROUNDS {
            // The difference of the inverse lengths is almost linear, so Newton's method converges fast.
            let damping = least + excess;
            let [own, slope] = spectrum.inverse_length(excess);
            let error = own - 1.0 / self.length(damping);
            if error >= 0.0 {
                high = excess;
            } else {
                low = excess;
            }
            let next = excess - error / (slope - self.inverse_slope(damping));
            if next == excess || error.abs() <= f64::EPSILON * own {
                break;
            }
            excess = if low < next && next < high {
                next
            } else {
                f64::midpoint(low, high)
            };
            if excess <= low || excess >= high {
                break;
            }
        }
        excess
    }
}

/// The gradient in the basis of the eigenvectors.
struct Spectrum<'a> {
    eigen: &'a Eigen,
    /// The lowest eigenvalue.
    lowest: f64,
    /// The components of the gradient along the eigenvectors (dim).
    components: Vec<f64>,
    /// The norm of the gradient.
    norm: f64,
}

impl<'a> Spectrum<'a> {
    fn new(eigen: &'a Eigen, g: &[f64]) -> Self {
        let vectors = eigen.vectors.chunks_exact(g.len());
        Self {
            eigen,
            lowest: eigen.values[0],
            components: vectors.map(|vector| dot(vector, g)).collect(),
            norm: dot(g, g).sqrt(),
        }
    }

    /// Returns whether an eigenvalue is the lowest one up to rounding.
    fn is_lowest(&self, value: f64) -> bool {
        value - self.lowest <= self.eigen.cutoff()
    }

    /// Returns whether the gradient has no component along the eigenvectors of the lowest eigenvalue.
    fn is_hard(&self) -> bool {
        let mut pairs = self.components.iter().zip(&self.eigen.values);
        pairs.all(|(c, value)| !self.is_lowest(*value) || c.abs() <= NEGLIGIBLE * self.norm)
    }

    /// Returns the spectrum without the components along the eigenvectors of the lowest eigenvalue.
    fn without_lowest(&self) -> Self {
        let pairs = self.components.iter().zip(&self.eigen.values);
        let rest = pairs.map(|(c, value)| if self.is_lowest(*value) { 0.0 } else { *c });
        Self {
            components: rest.collect(),
            ..*self
        }
    }

    /// Returns the least damping that makes the damped Hessian positive semidefinite.
    fn least_damping(&self) -> f64 {
        (-self.lowest).max(0.0)
    }

    /// Returns the coefficients of the step whose damping exceeds the least one by `excess`.
    fn coefficients(&self, excess: f64) -> impl Iterator<Item = f64> {
        let (pairs, least) = (
            self.components.iter().zip(&self.eigen.values),
            self.least_damping(),
        );
        // A component of zero has no step, also if its damped eigenvalue is zero.
        pairs.map(move |(c, value)| {
            if *c == 0.0 {
                0.0
            } else {
                -c / (value + least + excess)
            }
        })
    }

    /// Returns the length of the step.
    fn length(&self, excess: f64) -> f64 {
        self.coefficients(excess).map(|c| c * c).sum::<f64>().sqrt()
    }

    /// Returns the inverse of the length and its derivative with respect to the damping.
    fn inverse_length(&self, excess: f64) -> [f64; 2] {
        let (length, least) = (self.length(excess), self.least_damping());
        let slope = self.coefficients(excess).zip(&self.eigen.values);
        let slope: f64 = slope
            .filter(|(c, _)| *c != 0.0)
            .map(|(c, value)| {
                let share = c / length;
                share * share / (value + least + excess)
            })
            .sum();
        [1.0 / length, slope / length]
    }

    /// Returns the step with `extra` times the lowest eigenvector. The sign of the vector is such that its largest component is
    /// positive, because both signs are minima.
    fn step(&self, excess: f64, extra: f64) -> ModelStep {
        let dim = self.components.len();
        let mut step = vec![0.0; dim];
        let vectors = self.eigen.vectors.chunks_exact(dim);
        for (c, vector) in self.coefficients(excess).zip(vectors) {
            add_scaled(&mut step, c, vector);
        }
        if extra > 0.0 {
            let lowest = &self.eigen.vectors[..dim];
            let largest = lowest.iter().max_by(|a, b| a.abs().total_cmp(&b.abs()));
            let sign = largest.map_or(1.0, |v| 1.0_f64.copysign(*v));
            add_scaled(&mut step, sign * extra, lowest);
        }
        ModelStep {
            step,
            damping: self.least_damping() + excess,
            is_limited: true,
        }
    }
}
