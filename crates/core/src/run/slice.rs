//! Objectives restricted to a plane.

use crate::{
    objective::{LeastSquares, Objective, SampledObjective, TwiceDifferentiable, symmetrize},
    run::plane::Plane,
};
use std::sync::Arc;

/// An objective restricted to a plane: a function of two weights.
pub struct Slice {
    objective: Arc<dyn Objective>,
    plane: Plane,
}

impl Slice {
    /// Restricts an objective to a plane.
    pub fn new(objective: Arc<dyn Objective>, plane: Plane) -> Self {
        assert_eq!(
            objective.dim(),
            plane.dim(),
            "the points of the plane must have one coordinate per weight of the objective"
        );
        Self { objective, plane }
    }

    fn point(&self, w: &[f64]) -> Vec<f64> {
        self.plane.point_at([w[0], w[1]])
    }

    /// Evaluates the loss and the gradient in all weights and projects the gradient onto the plane.
    fn project_gradient(&self, g: &mut [f64], evaluate: impl FnOnce(&mut [f64]) -> f64) -> f64 {
        let mut whole = vec![0.0; self.plane.dim()];
        let loss = evaluate(&mut whole);
        g.copy_from_slice(&self.plane.components(&whole));
        loss
    }
}

impl Objective for Slice {
    fn dim(&self) -> usize {
        2
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.objective.value(&self.point(w))
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let point = self.point(w);
        self.project_gradient(g, |g| self.objective.value_and_gradient(&point, g))
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        self.objective
            .curved()
            .map(|_| self as &dyn TwiceDifferentiable)
    }

    fn hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        let mut whole = vec![0.0; self.plane.dim()];
        let direction = self.plane.displacement([v[0], v[1]]);
        let is_known = self
            .objective
            .hessian_product(&self.point(w), &direction, &mut whole);
        product.copy_from_slice(&self.plane.components(&whole));
        is_known
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        let capability = self.objective.least_squares();
        capability.map(|_| self as &dyn LeastSquares)
    }

    fn sampled(&self) -> Option<&dyn SampledObjective> {
        self.objective
            .sampled()
            .map(|_| self as &dyn SampledObjective)
    }
}

/// The panic message if a method of a capability is called although the objective does not have it.
const CAPABILITY_MISSING: &str = "the objective must have this capability";

impl TwiceDifferentiable for Slice {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        // Two products cost less than the Hessian in all weights.
        for (unit, row) in [[1.0, 0.0], [0.0, 1.0]].iter().zip(h.chunks_exact_mut(2)) {
            assert!(self.hessian_product(w, unit, row), "{CAPABILITY_MISSING}");
        }
        symmetrize(h, 2);
    }
}

impl LeastSquares for Slice {
    fn residuals(&self) -> usize {
        self.objective
            .least_squares()
            .expect(CAPABILITY_MISSING)
            .residuals()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let dim = self.plane.dim();
        let mut whole = vec![0.0; r.len() * dim];
        let capability = self.objective.least_squares().expect(CAPABILITY_MISSING);
        let loss = capability.residuals_and_jacobian(&self.point(w), r, &mut whole);
        for (j, row) in j.chunks_exact_mut(2).zip(whole.chunks_exact(dim)) {
            j.copy_from_slice(&self.plane.components(row));
        }
        loss
    }
}

impl SampledObjective for Slice {
    fn samples(&self) -> usize {
        self.objective
            .sampled()
            .expect(CAPABILITY_MISSING)
            .samples()
    }

    fn value_on(&self, rows: &[usize], w: &[f64]) -> f64 {
        let capability = self.objective.sampled().expect(CAPABILITY_MISSING);
        capability.value_on(rows, &self.point(w))
    }

    fn value_and_gradient_on(&self, rows: &[usize], w: &[f64], g: &mut [f64]) -> f64 {
        let point = self.point(w);
        let capability = self.objective.sampled().expect(CAPABILITY_MISSING);
        self.project_gradient(g, |g| capability.value_and_gradient_on(rows, &point, g))
    }
}
