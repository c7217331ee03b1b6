//! Linear algebra for the small dimensions of small networks.

pub use super::matrix::eigenvalues;

/// The error that a system of equations has no unique solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingularMatrix;

/// Returns the dot product of x and y.
pub fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// Adds `scale` y to x.
pub fn add_scaled(x: &mut [f64], scale: f64, y: &[f64]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += scale * y;
    }
}

/// Returns whether all elements of x are zero.
pub fn is_zero(x: &[f64]) -> bool {
    x.iter().all(|x| *x == 0.0)
}

/// Returns x - y.
pub fn difference(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x - y).collect()
}

/// Writes A x into `out` (n). `a` is (n, n), row-major.
pub fn product(a: &[f64], x: &[f64], out: &mut [f64]) {
    for (out, row) in out.iter_mut().zip(a.chunks_exact(x.len())) {
        *out = dot(row, x);
    }
}

/// Adds `scale` x y^T to `a`: (n, n) row-major.
pub fn add_outer(a: &mut [f64], scale: f64, x: &[f64], y: &[f64]) {
    for (row, x) in a.chunks_exact_mut(y.len()).zip(x) {
        for (a, y) in row.iter_mut().zip(y) {
            // In this order, x x^T is exactly symmetric.
            *a += scale * (x * y);
        }
    }
}

/// Adds `shift` to the diagonal of `a`: (n, n) row-major.
pub fn shift_diagonal(a: &mut [f64], n: usize, shift: f64) {
    for a in a.iter_mut().step_by(n + 1) {
        *a += shift;
    }
}

/// Whether a symmetric matrix is positive definite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definiteness {
    /// All eigenvalues are positive.
    Positive,
    /// At least one eigenvalue is negative.
    Indefinite,
    /// An eigenvalue may be zero, or an element is not finite.
    Unknown,
}

/// Returns the definiteness of the symmetric matrix `a`, (n, n) row-major, by its Cholesky factorization.
pub fn definiteness(a: &[f64], n: usize) -> Definiteness {
    let largest = a.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    let rounding = 16.0 * n as f64 * f64::EPSILON * largest;
    let mut a = a.to_vec();
    for k in 0..n {
        let pivot = a[k * n + k];
        if pivot < -rounding {
            return Definiteness::Indefinite;
        }
        if pivot <= rounding || !pivot.is_finite() {
            // A zero on the diagonal beside another number needs eigenvalues of both signs.
            let mut others = a[k * n + k + 1..(k + 1) * n].iter();
            return if others.any(|other| other * other > rounding * largest) {
                Definiteness::Indefinite
            } else {
                Definiteness::Unknown
            };
        }
        for i in k + 1..n {
            let factor = a[i * n + k] / pivot;
            for j in k + 1..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
        }
    }
    Definiteness::Positive
}

/// Solves A x = b in place by Gaussian elimination with partial pivoting. The solution replaces `b` (n); `a`, (n, n)
/// row-major, is overwritten.
///
/// The matrix may be indefinite, like the Hessian far from a minimum.
///
/// # Errors
/// A pivot is zero or NaN. If a matrix is singular except for rounding, the solution may have any length.
pub fn solve(a: &mut [f64], b: &mut [f64]) -> Result<(), SingularMatrix> {
    let n = b.len();
    assert_eq!(a.len(), n * n, "the matrix must be (n, n)");
    for k in 0..n {
        let size = |row: &usize| a[row * n + k].abs();
        let pivot = (k..n).max_by(|i, j| size(i).total_cmp(&size(j)));
        let pivot = pivot.unwrap_or(k);
        if !(size(&pivot) > 0.0 && size(&pivot).is_finite()) {
            return Err(SingularMatrix);
        }
        if pivot != k {
            b.swap(k, pivot);
            for j in k..n {
                a.swap(k * n + j, pivot * n + j);
            }
        }
        for i in k + 1..n {
            let factor = a[i * n + k] / a[k * n + k];
            for j in k + 1..n {
                a[i * n + j] -= factor * a[k * n + j];
            }
            b[i] -= factor * b[k];
        }
    }
    for k in (0..n).rev() {
        let known = dot(&a[k * n + k + 1..(k + 1) * n], &b[k + 1..]);
        b[k] = (b[k] - known) / a[k * n + k];
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn definiteness_has_the_signs_of_the_eigenvalues() {
        for (matrix, expected) in [
            ([2.0, 1.0, 1.0, 2.0], Definiteness::Positive),
            ([2e-30, 0.0, 0.0, 1e-30], Definiteness::Positive),
            ([1.0, 2.0, 2.0, 1.0], Definiteness::Indefinite),
            ([-1.0, 0.0, 0.0, 1.0], Definiteness::Indefinite),
            ([0.0, 1.0, 1.0, 0.0], Definiteness::Indefinite),
            ([1.0, 1.0, 1.0, 1.0], Definiteness::Unknown),
            ([0.0; 4], Definiteness::Unknown),
            ([f64::NAN; 4], Definiteness::Unknown),
        ] {
            assert_eq!(definiteness(&matrix, 2), expected, "{matrix:?}");
        }
    }

    #[test]
    fn solutions_match_another_library() {
        let mut random = Random::from_seed(6);
        for n in 1..8 {
            for symmetric in [false, true] {
                let a = DMatrix::from_fn(n, n, |_, _| random.normal());
                let a = if symmetric { &a + a.transpose() } else { a };
                let b = DVector::from_fn(n, |_, _| random.normal());
                let expected = a.clone().lu().solve(&b).unwrap();
                // The other library is column-major.
                let mut rows = a.transpose().as_slice().to_vec();
                let mut x = b.as_slice().to_vec();
                solve(&mut rows, &mut x).unwrap();
                for (x, expected) in x.iter().zip(&expected) {
                    assert!((x - expected).abs() <= 1e-10 * expected.abs().max(1.0));
                }
            }
        }
    }

    #[test]
    fn products_match_another_library() {
        let mut random = Random::from_seed(7);
        let mut a = DMatrix::from_fn(4, 4, |_, _| random.normal());
        let [x, y] = [0, 1].map(|_| DVector::from_fn(4, |_, _| random.normal()));
        let (mut rows, mut ax) = (a.transpose().as_slice().to_vec(), [0.0; 4]);
        product(&rows, x.as_slice(), &mut ax);
        let expected = &a * &x;
        assert!(ax.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-14));
        add_outer(&mut rows, 0.5, x.as_slice(), y.as_slice());
        shift_diagonal(&mut rows, 4, 2.0);
        a += 0.5 * x * y.transpose() + 2.0 * DMatrix::<f64>::identity(4, 4);
        let expected = a.transpose();
        assert!(
            rows.iter()
                .zip(expected.as_slice())
                .all(|(a, b)| (a - b).abs() < 1e-14)
        );
    }

    #[test]
    fn a_singular_matrix_is_an_error() {
        for mut a in [
            vec![0.0; 4],
            vec![1.0, 2.0, 2.0, 4.0],
            vec![f64::NAN, 0.0, 0.0, 1.0],
            vec![f64::INFINITY, 0.0, 0.0, 1.0],
        ] {
            assert_eq!(solve(&mut a, &mut [1.0, 1.0]), Err(SingularMatrix));
        }
    }
}
