//! Eigenvalues and eigenvectors of symmetric matrices, and functions of such matrices.

use super::product::{multiply_symmetric, transpose};
use crate::numeric::linalg::shift_diagonal;

/// The eigenvalues and eigenvectors of a symmetric (n, n) matrix.
///
/// The eigenvectors of a repeated eigenvalue are determined only up to a rotation: any other basis of their space is as
/// correct.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues (n), ascending; NaN if an element of the matrix is not finite.
    pub values: Vec<f64>,
    /// The eigenvectors (n, n), one row each, in the order of the eigenvalues.
    pub vectors: Vec<f64>,
}

impl Eigen {
    /// Decomposes the symmetric matrix `a`: (n, n), row-major.
    pub fn new(a: &[f64], n: usize) -> Self {
        let (mut a, mut vectors) = (a.to_vec(), vec![0.0; n * n]);
        shift_diagonal(&mut vectors, n, 1.0);
        if !diagonalize(&mut a, n, Some(&mut vectors)) {
            return Self {
                values: vec![f64::NAN; n],
                vectors,
            };
        }
        let value = |i: usize| a[i * n + i];
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|i, j| value(*i).total_cmp(&value(*j)));
        Self {
            values: order.iter().map(|i| value(*i)).collect(),
            vectors: order
                .iter()
                .flat_map(|i| vectors[i * n..(i + 1) * n].iter().copied())
                .collect(),
        }
    }

    /// Returns the matrix with the same eigenvectors and with the eigenvalues `f` of the values: (n, n), row-major.
    pub fn function(&self, f: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = self.values.len();
        let (mut scaled, mut turned) = (self.vectors.clone(), vec![0.0; n * n]);
        for (row, value) in scaled.chunks_exact_mut(n.max(1)).zip(&self.values) {
            let factor = f(*value);
            for v in row {
                *v *= factor;
            }
        }
        transpose(&self.vectors, &mut turned, [n, n]);
        let mut out = vec![0.0; n * n];
        multiply_symmetric(&turned, &scaled, &mut out, [n, n]);
        out
    }

    /// Returns the largest eigenvalue that counts as zero: smaller ones are rounding errors of a singular matrix.
    pub fn cutoff(&self) -> f64 {
        let largest = self
            .values
            .iter()
            .fold(0.0_f64, |most, v| most.max(v.abs()));
        self.values.len() as f64 * f64::EPSILON * largest
    }
}

/// Returns the eigenvalues of a symmetric matrix, ascending, or NaN if an element is not finite. `a` is (n, n),
/// row-major, and is overwritten.
pub fn eigenvalues(a: &mut [f64], n: usize) -> Vec<f64> {
    if !diagonalize(a, n, None) {
        return vec![f64::NAN; n];
    }
    let mut values: Vec<f64> = (0..n).map(|i| a[i * n + i]).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Diagonalizes a symmetric matrix in place and rotates the rows of `vectors` in the same way. Returns false if an element
/// is not finite.
///
/// Jacobi's method: each rotation of two axes makes one off-diagonal element zero, until all of them are negligible.
fn diagonalize(a: &mut [f64], n: usize, mut vectors: Option<&mut [f64]>) -> bool {
    const MAX_SWEEPS: usize = 60;
    assert_eq!(a.len(), n * n, "the matrix must be (n, n)");
    if !a.iter().all(|v| v.is_finite()) {
        return false;
    }
    for _ in 0..MAX_SWEEPS {
        let mut turned = false;
        for p in 0..n {
            for q in p + 1..n {
                let Some(rotation) = rotate(a, n, p, q) else {
                    continue;
                };
                turned = true;
                if let Some(vectors) = &mut vectors {
                    rotate_rows(vectors, n, [p, q], rotation);
                }
            }
        }
        if !turned {
            break;
        }
    }
    true
}

/// Rotates the axes `p` and `q` so that their off-diagonal element becomes zero. Returns the cosine and the sine of the
/// rotation, or `None` if the element is already negligible.
fn rotate(a: &mut [f64], n: usize, p: usize, q: usize) -> Option<[f64; 2]> {
    let (app, aqq, apq) = (a[p * n + p], a[q * n + q], a[p * n + q]);
    if apq.abs() <= f64::EPSILON * (app.abs() * aqq.abs()).sqrt() || apq == 0.0 {
        return None;
    }
    // The smaller root of t^2 + 2 theta t - 1 = 0 gives the smaller of the two possible rotations.
    let theta = (aqq - app) / (2.0 * apq);
    let t = 1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (t * t + 1.0).sqrt();
    let sine = t * cosine;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        (a[k * n + p], a[k * n + q]) = (cosine * x - sine * y, sine * x + cosine * y);
    }
    rotate_rows(a, n, [p, q], [cosine, sine]);
    (a[p * n + q], a[q * n + p]) = (0.0, 0.0);
    Some([cosine, sine])
}

/// Rotates two rows of length `n`.
pub(super) fn rotate_rows(a: &mut [f64], n: usize, [p, q]: [usize; 2], [cosine, sine]: [f64; 2]) {
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        (a[p * n + k], a[q * n + k]) = (cosine * x - sine * y, sine * x + cosine * y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use nalgebra::DMatrix;

    #[test]
    fn eigenvalues_match_another_library() {
        let mut random = Random::from_seed(8);
        for n in 1..9 {
            let a = DMatrix::from_fn(n, n, |_, _| random.normal());
            let a = &a + a.transpose();
            let mut expected: Vec<f64> = a.symmetric_eigenvalues().iter().copied().collect();
            expected.sort_by(f64::total_cmp);
            let found = eigenvalues(&mut a.as_slice().to_vec(), n);
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 1e-12, "{found} {expected}");
            }
        }
        assert_eq!(eigenvalues(&mut [0.0; 9], 3), [0.0; 3]);
        let [low, high] = eigenvalues(&mut [2.0, 1.0, 1.0, 2.0], 2)[..] else {
            panic!("a 2 x 2 matrix has two eigenvalues");
        };
        assert!((low - 1.0).abs() < 1e-15 && (high - 3.0).abs() < 1e-15);
        assert!(eigenvalues(&mut [f64::NAN, 0.0, 0.0, 1.0], 2)[0].is_nan());
    }

    #[test]
    fn functions_of_a_matrix_use_its_eigenvectors() {
        let mut random = Random::from_seed(9);
        for n in 1..9 {
            let a = DMatrix::from_fn(n, n, |_, _| random.normal());
            let a = &a + a.transpose();
            let eigen = Eigen::new(a.as_slice(), n);
            let basis = DMatrix::from_row_slice(n, n, &eigen.vectors);
            assert!((&basis * basis.transpose() - DMatrix::identity(n, n)).amax() < 1e-13);
            let same = DMatrix::from_row_slice(n, n, &eigen.function(|v| v));
            assert!((&same - &a).amax() < 1e-12);
            let square = DMatrix::from_row_slice(n, n, &eigen.function(|v| v * v));
            assert!((&square - &a * &a).amax() < 1e-11);
        }
        assert!(Eigen::new(&[f64::NAN], 1).values[0].is_nan());
    }
}
