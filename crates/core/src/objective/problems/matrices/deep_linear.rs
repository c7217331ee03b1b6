//! A deep linear network: a matrix as the product of two or three matrices.

use super::{
    first_weights, orthogonal::orthogonal, product, rounded, shape::MatrixShape, transposed,
    weight_names,
};
use crate::{
    numeric::{
        float::{exp, ln},
        linalg::dot,
        random::Random,
    },
    objective::{
        LeastSquares, Objective, TwiceDifferentiable,
        blocks::Block,
        hessian_from_products,
        problems::{Problem, RateSource, prelude::*},
    },
};

/// A deep linear network: two or three matrices whose product approximates a matrix M.
///
/// ```text
/// P = W_1 W_2 (W_3)          E(W) = |P - M|^2 / 2
/// ```
///
/// The network is linear in its inputs, but not in its weights: the loss has a saddle where all weights are 0 and valleys
/// of equal minima. M is random; its singular values are a geometric sequence from 1 to 1 / `condition`. From small initial
/// weights, gradient descent learns the singular values one after another, the largest first, with plateaus between
/// them. With fewer hidden units than rows and columns, only the largest singular values can be learned.
///
/// Initial weights are uniform between -r and r, where r = sqrt(6 / (rows + columns)) times `initial_scale`.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "deep-linear",
    title = "Deep linear network",
    cite = "saxe2014exact"
)]
pub struct DeepLinear {
    /// Number of matrices: 2 or 3.
    #[param(default = 2, valid = 2.0..=3.0)]
    pub factors: u64,
    /// Numbers of rows and columns of the product, such as 4x4.
    #[param(default = "4x4")]
    pub shape: MatrixShape,
    /// Number of hidden units between two matrices.
    #[param(default = 4, valid = 1.0..=500.0, slider = 1.0..=16.0)]
    pub hidden: u64,
    /// Ratio of the largest and the smallest singular value of M.
    #[param(default = 10.0, valid = 1.0.., slider = 1.0..=1000.0, log)]
    pub condition: f64,
    /// Size of the initial weights, relative to the usual size.
    #[param(default = 0.5, valid = 0.0.., slider = 0.0..=2.0)]
    pub initial_scale: f64,
    /// Seed of M and of the initial weights.
    #[param(default = 1, valid = 0.0..=9e15, slider = 0.0..=100.0)]
    pub seed: u64,
}

impl Build<Problem> for DeepLinear {
    fn build(self) -> Result<Problem, Error> {
        let [rows, columns] = self.shape.sides();
        let mut random = Random::from_seed(self.seed);
        let singular = singular_values(rows.min(columns), self.condition);
        let network = DeepNetwork {
            goal: goal(&mut random, [rows, columns], &singular),
            factors: self.blocks(),
        };
        let (mut start, mut weight_names_of_all) = (Vec::new(), Vec::new());
        for (factor, number) in network.factors.iter().zip(1..) {
            let weights = first_weights(&mut random, factor.shape);
            start.extend(weights.into_iter().map(|w| self.initial_scale * w));
            weight_names_of_all.extend(weight_names(&format!("W{number}"), factor.shape));
        }
        // The hidden units can represent the largest singular values.
        let (learned, left) = singular.split_at(singular.len().min(self.hidden as usize));
        let target = 0.5 * (dot(left, left) + 0.01 * dot(learned, learned));
        Ok(Problem {
            title: format!("Product of {} matrices", self.factors).into(),
            weight_names: weight_names_of_all,
            start,
            window: Window::between([-2.0, 2.0, -2.0, 2.0]),
            target: Some(rounded(target)),
            minima: Vec::new(),
            // The greatest curvature at a balanced minimum is the number of factors.
            learning_rate: Some(0.5 / self.factors as f64),
            learning_rate_source: RateSource::Problem,
            notes: Vec::new(),
            resolved: Vec::new(),
            objective: Arc::new(network),
            network: None,
        })
    }
}

impl DeepLinear {
    /// Returns the blocks of the factors.
    fn blocks(&self) -> Vec<Block> {
        let ([rows, columns], hidden) = (self.shape.sides(), self.hidden as usize);
        let mut sides = vec![hidden; self.factors as usize + 1];
        (sides[0], sides[self.factors as usize]) = (rows, columns);
        let mut blocks: Vec<Block> = Vec::new();
        for (pair, number) in sides.windows(2).zip(1..) {
            let first = blocks.last().map_or(0, |block| block.range.end);
            let name = format!("factor {number}");
            blocks.push(Block::matrix(name, first, [pair[0], pair[1]]));
        }
        blocks
    }
}

/// Returns a geometric sequence from 1 to 1 / `condition`.
fn singular_values(count: usize, condition: f64) -> Vec<f64> {
    let last = (count - 1).max(1) as f64;
    let value = |i: usize| exp(-ln(condition) * (i as f64 / last));
    (0..count).map(value).collect()
}

/// Returns a random matrix (rows, columns) with these singular values.
fn goal(random: &mut Random, [rows, columns]: [usize; 2], singular: &[f64]) -> Vec<f64> {
    let left = orthogonal(random, rows);
    let right = orthogonal(random, columns);
    let mut goal = Vec::with_capacity(rows * columns);
    for x in left.chunks_exact(rows) {
        for y in right.chunks_exact(columns) {
            let terms = x.iter().zip(y).zip(singular);
            goal.push(terms.map(|((x, y), s)| x * s * y).sum());
        }
    }
    goal
}

/// The loss |P - M|^2 / 2.
struct DeepNetwork {
    /// M, row-major.
    goal: Vec<f64>,
    /// The blocks of the factors. The columns of a factor are the rows of the next one.
    factors: Vec<Block>,
}

/// Adds `y` to `x`.
fn add(x: &mut [f64], y: &[f64]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

impl DeepNetwork {
    /// Returns the products of the first factors: that of one factor, of two, and so on.
    fn products(&self, w: &[f64]) -> Vec<Vec<f64>> {
        let mut products = vec![w[self.factors[0].range.clone()].to_vec()];
        for (i, factor) in self.factors.iter().enumerate().skip(1) {
            let next = product(&products[i - 1], &w[factor.range.clone()], factor.shape);
            products.push(next);
        }
        products
    }

    /// Returns the products of the first factors and the residual P - M.
    fn forward(&self, w: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let products = self.products(w);
        let whole = &products[products.len() - 1];
        let residual = whole.iter().zip(&self.goal).map(|(p, m)| p - m).collect();
        (products, residual)
    }

    /// Returns the derivatives of the products of the first factors along `v`.
    fn derivatives(&self, products: &[Vec<f64>], w: &[f64], v: &[f64]) -> Vec<Vec<f64>> {
        let mut along = vec![v[self.factors[0].range.clone()].to_vec()];
        for (i, factor) in self.factors.iter().enumerate().skip(1) {
            let mut next = product(&along[i - 1], &w[factor.range.clone()], factor.shape);
            add(
                &mut next,
                &product(&products[i - 1], &v[factor.range.clone()], factor.shape),
            );
            along.push(next);
        }
        along
    }

    /// Returns X W^T for a matrix X with the columns of the factor W.
    fn pulled_back(&self, x: &[f64], i: usize, w: &[f64]) -> Vec<f64> {
        let factor = &self.factors[i];
        let [rows, columns] = factor.shape;
        let factor = transposed(&w[factor.range.clone()], factor.shape);
        product(x, &factor, [columns, rows])
    }

    /// Returns Q^T X, where Q is a product of the factors before the factor `i` and X has the columns of this factor.
    fn outer(&self, before: &[f64], i: usize, x: &[f64]) -> Vec<f64> {
        let [rows, columns] = self.factors[i].shape;
        let height = before.len() / rows;
        product(&transposed(before, [height, rows]), x, [height, columns])
    }

    /// Writes the gradient, given the products of the first factors and the gradient `x` with respect to P.
    fn backward(&self, products: &[Vec<f64>], w: &[f64], mut x: Vec<f64>, g: &mut [f64]) {
        for (i, factor) in self.factors.iter().enumerate().rev() {
            if i == 0 {
                g[factor.range.clone()].copy_from_slice(&x);
                return;
            }
            let gradient = self.outer(&products[i - 1], i, &x);
            g[factor.range.clone()].copy_from_slice(&gradient);
            x = self.pulled_back(&x, i, w);
        }
    }

    /// Writes the product of the Hessian and `v`, given the products of the first factors and the residual.
    fn curve(
        &self,
        [w, v]: [&[f64]; 2],
        (products, residual): &(Vec<Vec<f64>>, Vec<f64>),
        out: &mut [f64],
    ) {
        let along = self.derivatives(products, w, v);
        let (mut x, mut dx) = (residual.clone(), along[along.len() - 1].clone());
        for (i, factor) in self.factors.iter().enumerate().rev() {
            if i == 0 {
                out[factor.range.clone()].copy_from_slice(&dx);
                return;
            }
            let mut change = self.outer(&products[i - 1], i, &dx);
            add(&mut change, &self.outer(&along[i - 1], i, &x));
            out[factor.range.clone()].copy_from_slice(&change);
            dx = self.pulled_back(&dx, i, w);
            add(&mut dx, &self.pulled_back(&x, i, v));
            x = self.pulled_back(&x, i, w);
        }
    }
}

impl Objective for DeepNetwork {
    fn dim(&self) -> usize {
        self.factors[self.factors.len() - 1].range.end
    }

    fn blocks(&self) -> &[Block] {
        &self.factors
    }

    fn value(&self, w: &[f64]) -> f64 {
        let (_, residual) = self.forward(w);
        0.5 * dot(&residual, &residual)
    }

    fn value_and_gradient(&self, w: &[f64], g: &mut [f64]) -> f64 {
        let (products, residual) = self.forward(w);
        let loss = 0.5 * dot(&residual, &residual);
        self.backward(&products, w, residual, g);
        loss
    }

    fn curved(&self) -> Option<&dyn TwiceDifferentiable> {
        Some(self)
    }

    fn hessian_product(&self, w: &[f64], v: &[f64], product: &mut [f64]) -> bool {
        self.curve([w, v], &self.forward(w), product);
        true
    }

    fn least_squares(&self) -> Option<&dyn LeastSquares> {
        Some(self)
    }
}

impl TwiceDifferentiable for DeepNetwork {
    fn hessian(&self, w: &[f64], h: &mut [f64]) {
        let here = self.forward(w);
        hessian_from_products(self.dim(), h, |v, product| {
            self.curve([w, v], &here, product);
        });
    }
}

impl LeastSquares for DeepNetwork {
    fn residuals(&self) -> usize {
        self.goal.len()
    }

    fn residuals_and_jacobian(&self, w: &[f64], r: &mut [f64], j: &mut [f64]) -> f64 {
        let (products, residual) = self.forward(w);
        for (i, j) in j.chunks_exact_mut(self.dim()).enumerate() {
            let mut unit = vec![0.0; r.len()];
            unit[i] = 1.0;
            self.backward(&products, w, unit, j);
        }
        r.copy_from_slice(&residual);
        0.5 * dot(r, r)
    }
}
