//! Random orthogonal matrices, and symmetric matrices with given eigenvalues.

use super::uniform;
use crate::numeric::{linalg::dot, random::Random};

/// Returns a random orthogonal matrix (n, n), row-major: the product of n reflections, each across the plane orthogonal to a
/// vector of numbers that are uniform between -1 and 1.
pub(super) fn orthogonal(random: &mut Random, n: usize) -> Vec<f64> {
    let mut q = vec![0.0; n * n];
    for i in 0..n {
        q[i * n + i] = 1.0;
    }
    for _ in 0..n {
        let v = uniform(random, n, 1.0);
        let scale = 2.0 / dot(&v, &v);
        for row in q.chunks_exact_mut(n) {
            let along = scale * dot(row, &v);
            for (q, v) in row.iter_mut().zip(&v) {
                *q -= along * v;
            }
        }
    }
    q
}

/// Returns the symmetric matrix Q diag(`eigenvalues`) Q^T, symmetric to the bit. `q` is (n, n), row-major.
pub(super) fn symmetric(q: &[f64], eigenvalues: &[f64]) -> Vec<f64> {
    let n = eigenvalues.len();
    let element = |i: usize, j: usize| -> f64 {
        let rows = q[i * n..][..n].iter().zip(&q[j * n..][..n]);
        rows.zip(eigenvalues).map(|((x, y), e)| x * y * e).sum()
    };
    (0..n)
        .flat_map(|i| (0..n).map(move |j| (i, j)))
        .map(|(i, j)| element(i, j))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::linalg::eigenvalues;

    #[test]
    fn rows_are_orthonormal() {
        for n in 1..9 {
            let q = orthogonal(&mut Random::from_seed(3), n);
            for (i, a) in q.chunks_exact(n).enumerate() {
                for (j, b) in q.chunks_exact(n).enumerate() {
                    let expected = if i == j { 1.0 } else { 0.0 };
                    assert!((dot(a, b) - expected).abs() < 1e-14, "{n}: {i} {j}");
                }
            }
        }
    }

    #[test]
    fn the_eigenvalues_are_those_given() {
        let q = orthogonal(&mut Random::from_seed(1), 4);
        let mut matrix = symmetric(&q, &[0.5, 1.0, 2.0, 8.0]);
        for (found, expected) in eigenvalues(&mut matrix, 4).iter().zip([0.5, 1.0, 2.0, 8.0]) {
            assert!((found - expected).abs() < 1e-13, "{found} {expected}");
        }
    }
}
