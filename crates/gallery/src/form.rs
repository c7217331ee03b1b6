//! A symmetric matrix of two weights: how a loss curves.

use thalweg::inspect::Shape;

/// Numbers of a channel as such a matrix: its two diagonal numbers and the one beside them.
pub(crate) fn symmetric(shape: Shape, numbers: &[f64]) -> Option<[f64; 3]> {
    let matrix = match (shape, numbers) {
        (Shape::Matrix, [a, up, low, c]) => [*a, *c, f64::midpoint(*up, *low)],
        (Shape::Vector, [a, c]) => [*a, *c, 0.0],
        _ => return None,
    };
    matrix.iter().all(|v| v.is_finite()).then_some(matrix)
}

/// Its two eigenvalues, the smaller first.
pub(crate) fn eigenvalues([a, c, mixed]: [f64; 3]) -> [f64; 2] {
    let (middle, half) = (f64::midpoint(a, c), (a - c) / 2.0);
    let spread = (half * half + mixed * mixed).sqrt();
    [middle - spread, middle + spread]
}
