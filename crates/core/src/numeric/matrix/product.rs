//! Products of matrices.
#![allow(
    clippy::inline_always,
    reason = "code in a SIMD region must be inlined to be compiled with its instructions"
)]

use crate::numeric::float::{EightLanes, Lanes, Scalar};
use fearless_simd::{Level, dispatch};

/// Rows and columns of the part of a product that is computed in registers.
const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// Writes A B into `out` (m, n). `a` is (m, k) and `b` is (k, n). Each sum runs from the first to the last of the k terms.
pub fn multiply(a: &[f64], b: &[f64], out: &mut [f64], [m, k, n]: [usize; 3]) {
    check(a, b, out, [m, k, n]);
    let level = Level::new();
    dispatch!(level, simd => fill(EightLanes(simd), a, b, out, Part { k, n, symmetric: false }));
}

/// Writes A B, which must be symmetric, into `out` (m, m). `a` is (m, k) and `b` is (k, m), for example the transpose of
/// `a`. Half of the product is computed, and the other half is its mirror image.
pub fn multiply_symmetric(a: &[f64], b: &[f64], out: &mut [f64], [m, k]: [usize; 2]) {
    check(a, b, out, [m, k, m]);
    let level = Level::new();
    dispatch!(level, simd => fill(EightLanes(simd), a, b, out, Part { k, n: m, symmetric: true }));
    for i in 0..m {
        for j in i + 1..m {
            out[j * m + i] = out[i * m + j];
        }
    }
}

/// Writes the transpose of `a` (rows, columns) into `out` (columns, rows).
pub fn transpose(a: &[f64], out: &mut [f64], [rows, columns]: [usize; 2]) {
    assert_eq!(
        a.len(),
        rows * columns,
        "the matrix must be (rows, columns)"
    );
    assert_eq!(out.len(), a.len(), "both matrices must have the same size");
    for (i, row) in a.chunks_exact(columns.max(1)).enumerate() {
        for (j, a) in row.iter().enumerate() {
            out[j * rows + i] = *a;
        }
    }
}

fn check(a: &[f64], b: &[f64], out: &[f64], [m, k, n]: [usize; 3]) {
    assert_eq!(a.len(), m * k, "the first factor must be (m, k)");
    assert_eq!(b.len(), k * n, "the second factor must be (k, n)");
    assert_eq!(out.len(), m * n, "the product must be (m, n)");
}

/// The inner and outer dimension of a product, and whether only its upper triangle is needed.
#[derive(Clone, Copy)]
struct Part {
    k: usize,
    n: usize,
    symmetric: bool,
}

/// Computes the rows of a product, [`ROWS`] at a time. Of a symmetric product, the columns left of the rows are omitted.
#[inline(always)]
fn fill<L: Lanes>(l: L, a: &[f64], b: &[f64], out: &mut [f64], part: Part) {
    let (k, n) = (part.k, part.n);
    if k == 0 || n == 0 {
        out.fill(0.0);
        return;
    }
    for (tile, out) in out.chunks_mut(ROWS * n).enumerate() {
        let first = if part.symmetric {
            tile * ROWS / COLUMNS * COLUMNS
        } else {
            0
        };
        let a = &a[tile * ROWS * k..];
        if out.len() == ROWS * n {
            fill_rows::<L, ROWS>(l, a, b, out, [k, n, first]);
        } else {
            for (a, out) in a.chunks_exact(k).zip(out.chunks_exact_mut(n)) {
                fill_rows::<L, 1>(l, a, b, out, [k, n, first]);
            }
        }
    }
}

/// Computes `R` rows of a product, from the column `first` on.
#[inline(always)]
fn fill_rows<L: Lanes, const R: usize>(
    l: L,
    a: &[f64],
    b: &[f64],
    out: &mut [f64],
    [k, n, first]: [usize; 3],
) {
    let rows: [&[f64]; R] = std::array::from_fn(|r| &a[r * k..(r + 1) * k]);
    let mut j = first;
    while j + COLUMNS <= n {
        fill_tile::<L, R>(l, rows, b, out, [n, j]);
        j += COLUMNS;
    }
    while j < n {
        fill_tile::<Scalar, R>(Scalar, rows, b, out, [n, j]);
        j += 1;
    }
}

/// Computes the columns of one register of lanes, from the column `j` on.
#[inline(always)]
fn fill_tile<L: Lanes, const R: usize>(
    l: L,
    rows: [&[f64]; R],
    b: &[f64],
    out: &mut [f64],
    [n, j]: [usize; 2],
) {
    let mut sums = [l.splat(0.0); R];
    for (i, b) in b.chunks_exact(n).enumerate() {
        let b = l.load(&b[j..j + L::COUNT]);
        for r in 0..R {
            sums[r] = sums[r] + l.splat(rows[r][i]) * b;
        }
    }
    for r in 0..R {
        l.store(sums[r], &mut out[r * n + j..r * n + j + L::COUNT]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;

    /// Returns the product with one sum per element, in the order of the terms.
    fn plain(a: &[f64], b: &[f64], [m, k, n]: [usize; 3]) -> Vec<f64> {
        let sum = |i: usize, j: usize| (0..k).fold(0.0, |sum, t| sum + a[i * k + t] * b[t * n + j]);
        (0..m * n).map(|at| sum(at / n, at % n)).collect()
    }

    #[test]
    fn products_have_the_bits_of_plain_sums() {
        let mut random = Random::from_seed(3);
        for size in [
            [1, 1, 1],
            [2, 3, 1],
            [4, 8, 8],
            [5, 7, 9],
            [13, 4, 17],
            [9, 16, 24],
        ] {
            let [m, k, n] = size;
            let mut normals = |count| (0..count).map(|_| random.normal()).collect::<Vec<_>>();
            let (a, b) = (normals(m * k), normals(k * n));
            let mut out = vec![f64::NAN; m * n];
            multiply(&a, &b, &mut out, size);
            assert_eq!(out, plain(&a, &b, size), "{size:?}");
            let (mut turned, mut gram) = (vec![0.0; m * k], vec![f64::NAN; m * m]);
            transpose(&a, &mut turned, [m, k]);
            multiply_symmetric(&a, &turned, &mut gram, [m, k]);
            assert_eq!(gram, plain(&a, &turned, [m, k, m]), "{size:?}");
        }
    }
}
