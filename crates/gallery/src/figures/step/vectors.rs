//! Pairs of numbers as vectors.

/// Returns the two numbers if there are two and both are finite.
pub(super) fn as_pair(numbers: &[f64]) -> Option<[f64; 2]> {
    let pair = <[f64; 2]>::try_from(numbers).ok()?;
    pair.iter().all(|v| v.is_finite()).then_some(pair)
}

/// a - b.
pub(super) fn minus(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

/// a + t b.
pub(super) fn plus(a: [f64; 2], t: f64, b: [f64; 2]) -> [f64; 2] {
    [a[0] + t * b[0], a[1] + t * b[1]]
}

/// Returns the length of a vector.
pub(super) fn length(a: [f64; 2]) -> f64 {
    (a[0] * a[0] + a[1] * a[1]).sqrt()
}

/// Compares two vectors and tolerates floating-point rounding.
pub(super) fn same(a: [f64; 2], b: [f64; 2]) -> bool {
    length(minus(a, b)) <= 1e-9 * length(a).max(length(b))
}

/// Returns whether two vectors are parallel or nearly parallel.
pub(super) fn parallel(a: [f64; 2], b: [f64; 2]) -> bool {
    const NEARLY: f64 = 0.05;
    (a[0] * b[1] - a[1] * b[0]).abs() <= NEARLY * length(a) * length(b)
}
