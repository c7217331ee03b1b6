//! Orthonormal bases.

use crate::numeric::linalg::{add_scaled, dot};

/// Replaces the rows of `a` (n, n) by an orthonormal basis: the row i is the part of the row i that is orthogonal to the
/// rows before it, with length 1. These are the columns of Q in the QR factorization of the transpose, with signs that make
/// the diagonal of R positive.
///
/// A row that depends on the rows before it is replaced by the first axis that does not.
pub fn orthonormalize(a: &mut [f64], n: usize) {
    assert_eq!(a.len(), n * n, "the matrix must be (n, n)");
    for i in 0..n {
        let (before, rest) = a.split_at_mut(i * n);
        let row = &mut rest[..n];
        if normalized(row, before) {
            continue;
        }
        for axis in 0..n {
            row.fill(0.0);
            row[axis] = 1.0;
            if normalized(row, before) {
                break;
            }
        }
    }
}

/// Subtracts from a row its parts along the orthonormal rows `before` and scales the rest to length 1. Returns false if
/// nothing but rounding errors remains.
fn normalized(row: &mut [f64], before: &[f64]) -> bool {
    let size = dot(row, row).sqrt();
    // The second pass removes the rounding errors of the first one.
    for _ in 0..2 {
        for other in before.chunks_exact(row.len()) {
            let along = dot(row, other);
            add_scaled(row, -along, other);
        }
    }
    let length = dot(row, row).sqrt();
    let is_independent = length > row.len() as f64 * f64::EPSILON * size;
    if is_independent {
        for v in row {
            *v /= length;
        }
    }
    is_independent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use nalgebra::DMatrix;

    #[test]
    fn the_basis_matches_another_library() {
        let mut random = Random::from_seed(12);
        for n in 1..9 {
            let a = DMatrix::from_fn(n, n, |_, _| random.normal());
            let qr = a.clone().qr();
            let (q, r) = (qr.q(), qr.r());
            // The columns of the column-major matrix are the rows here.
            let mut rows = a.as_slice().to_vec();
            orthonormalize(&mut rows, n);
            for (j, row) in rows.chunks_exact(n).enumerate() {
                for (found, expected) in row.iter().zip(q.column(j).iter()) {
                    assert!((found - expected * r[(j, j)].signum()).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_singular_matrix_still_gives_a_basis() {
        let mut a = [1.0, 1.0, 2.0, 2.0];
        orthonormalize(&mut a, 2);
        let half = 0.5_f64.sqrt();
        for (found, expected) in a.iter().zip([half, half, half, -half]) {
            assert!((found - expected).abs() < 1e-15, "{a:?}");
        }
        let mut zero = [0.0; 4];
        orthonormalize(&mut zero, 2);
        assert_eq!(zero, [1.0, 0.0, 0.0, 1.0]);
    }
}
