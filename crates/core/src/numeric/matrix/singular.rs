//! Singular values, and the orthogonal factor of a matrix.

use super::{eigen::rotate_rows, product::transpose};
use crate::numeric::linalg::{add_outer, dot, shift_diagonal};

/// The singular value decomposition A = sum of `value` times `left` `right`^T of a matrix (m, n), of rank at most r =
/// min(m, n).
///
/// The vectors of a repeated singular value are determined only up to a rotation.
#[derive(Clone, Debug, PartialEq)]
pub struct SingularValues {
    /// The singular values (r), descending; NaN if an element of the matrix is not finite.
    pub values: Vec<f64>,
    /// The left singular vectors (r, m), one row each. The vector of a value 0 is 0.
    pub left: Vec<f64>,
    /// The right singular vectors (r, n), one row each. The vector of a value 0 is 0 in one of the two lists.
    pub right: Vec<f64>,
}

impl SingularValues {
    /// Decomposes `a`: (m, n), row-major.
    ///
    /// One-sided Jacobi method: rotations make the rows of the matrix orthogonal, or its columns if there are fewer columns.
    /// Small singular values are as accurate as large ones.
    pub fn new(a: &[f64], [m, n]: [usize; 2]) -> Self {
        if m > n {
            let mut turned = vec![0.0; a.len()];
            transpose(a, &mut turned, [m, n]);
            let Self {
                values,
                left,
                right,
            } = Self::of_rows(turned, [n, m]);
            return Self {
                values,
                left: right,
                right: left,
            };
        }
        Self::of_rows(a.to_vec(), [m, n])
    }

    /// Decomposes a matrix with at most as many rows `r` as columns `n`.
    fn of_rows(mut rows: Vec<f64>, [r, n]: [usize; 2]) -> Self {
        assert_eq!(rows.len(), r * n, "the matrix must be (rows, columns)");
        let mut rotated = vec![0.0; r * r];
        shift_diagonal(&mut rotated, r, 1.0);
        // Without the scale, squares of large or small elements would overflow or underflow.
        let scale = rows.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if !rows.iter().all(|v| v.is_finite()) {
            return Self {
                values: vec![f64::NAN; r],
                left: rotated,
                right: rows,
            };
        }
        if scale > 0.0 {
            for v in &mut rows {
                *v /= scale;
            }
            orthogonalize(&mut rows, &mut rotated, [r, n]);
        }
        let row = |i: usize| &rows[i * n..(i + 1) * n];
        let lengths: Vec<f64> = (0..r).map(|i| dot(row(i), row(i)).sqrt()).collect();
        let mut order: Vec<usize> = (0..r).collect();
        order.sort_by(|i, j| lengths[*j].total_cmp(&lengths[*i]));
        let unit = |i: &usize| {
            let length = lengths[*i];
            let divide = move |v: &f64| if length > 0.0 { v / length } else { 0.0 };
            row(*i).iter().map(divide).collect::<Vec<_>>()
        };
        Self {
            values: order.iter().map(|i| scale * lengths[*i]).collect(),
            left: order
                .iter()
                .flat_map(|i| rotated[i * r..(i + 1) * r].iter().copied())
                .collect(),
            right: order.iter().flat_map(unit).collect(),
        }
    }

    /// Returns the largest singular value that counts as zero, for a matrix (m, n).
    pub fn cutoff(&self, [m, n]: [usize; 2]) -> f64 {
        let largest = self.values.first().copied().unwrap_or(0.0);
        m.max(n) as f64 * f64::EPSILON * largest
    }
}

/// Rotates pairs of rows until all rows are orthogonal, and rotates the rows of `rotated` (r, r) in the same way.
fn orthogonalize(rows: &mut [f64], rotated: &mut [f64], [r, n]: [usize; 2]) {
    const MAX_SWEEPS: usize = 60;
    for _ in 0..MAX_SWEEPS {
        let mut turned = false;
        for p in 0..r {
            for q in p + 1..r {
                let [x, y] = [p, q].map(|i| &rows[i * n..(i + 1) * n]);
                let (xx, yy, xy) = (dot(x, x), dot(y, y), dot(x, y));
                if xy.abs() <= f64::EPSILON * (xx * yy).sqrt() || xy == 0.0 {
                    continue;
                }
                let theta = (yy - xx) / (2.0 * xy);
                let t = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cosine = 1.0 / (t * t + 1.0).sqrt();
                rotate_rows(rows, n, [p, q], [cosine, t * cosine]);
                rotate_rows(rotated, r, [p, q], [cosine, t * cosine]);
                turned = true;
            }
        }
        if !turned {
            break;
        }
    }
}

/// Writes the orthogonal factor U V^T of `a` = U S V^T into `out` (both (m, n), row-major) and returns the singular values.
///
/// Of a matrix without full rank, only the singular vectors of singular values above the rounding error count: the factor
/// has as many singular values 1 as the matrix has rank, and the others are 0. The factor of a zero matrix is 0.
pub fn polar_factor(a: &[f64], out: &mut [f64], shape: [usize; 2]) -> Vec<f64> {
    let [m, n] = shape;
    let decomposed = SingularValues::new(a, shape);
    let cutoff = decomposed.cutoff(shape);
    out.fill(if cutoff.is_nan() { f64::NAN } else { 0.0 });
    let left = decomposed.left.chunks_exact(m.max(1));
    let vectors = left.zip(decomposed.right.chunks_exact(n.max(1)));
    for (value, (left, right)) in decomposed.values.iter().zip(vectors) {
        if *value > cutoff {
            add_outer(out, 1.0, left, right);
        }
    }
    decomposed.values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use nalgebra::DMatrix;

    #[test]
    fn decompositions_match_another_library() {
        let mut random = Random::from_seed(11);
        for [m, n] in [[1, 1], [1, 4], [3, 3], [8, 8], [16, 4], [4, 9]] {
            let a = DMatrix::from_fn(m, n, |_, _| random.normal());
            let rows = a.transpose().as_slice().to_vec();
            let found = SingularValues::new(&rows, [m, n]);
            let svd = a.clone().svd(true, true);
            for (found, expected) in found.values.iter().zip(svd.singular_values.iter()) {
                assert!((found - expected).abs() < 1e-13 * svd.singular_values[0]);
            }
            let mut factor = vec![0.0; m * n];
            polar_factor(&rows, &mut factor, [m, n]);
            let expected = svd.u.unwrap() * svd.v_t.unwrap();
            let factor = DMatrix::from_row_slice(m, n, &factor);
            assert!((factor - expected).amax() < 1e-12, "{m} x {n}");
        }
    }

    #[test]
    fn the_factor_of_a_singular_matrix_has_its_rank() {
        let mut factor = [0.0; 6];
        let values = polar_factor(&[0.0; 6], &mut factor, [2, 3]);
        assert_eq!((&values[..], factor), (&[0.0; 2][..], [0.0; 6]));
        let (x, y) = ([1.0, 2.0, 2.0], [3.0, 4.0]);
        let mut a = [0.0; 6];
        add_outer(&mut a, 1e-200, &x, &y);
        let values = polar_factor(&a, &mut factor, [3, 2]);
        assert!(
            (values[0] - 15e-200).abs() < 1e-214 && values[1] < 1e-214,
            "{values:?}"
        );
        for (found, expected) in factor.iter().zip(a) {
            assert!((found - expected / 15e-200).abs() < 1e-14);
        }
        polar_factor(&[f64::NAN, 0.0, 0.0, 1.0], &mut factor[..4], [2, 2]);
        assert!(factor[0].is_nan());
    }
}
