//! Symmetric matrices of two weights: the curvature of a loss.

use thalweg::inspect::Shape;

/// Returns the numbers of a channel as a symmetric matrix: its two diagonal elements and the off-diagonal element.
pub(crate) fn symmetric(shape: Shape, numbers: &[f64]) -> Option<[f64; 3]> {
    let matrix = match (shape, numbers) {
        (Shape::Matrix, [a, up, low, c]) => [*a, *c, f64::midpoint(*up, *low)],
        (Shape::Vector, [a, c]) => [*a, *c, 0.0],
        _ => return None,
    };
    matrix.iter().all(|v| v.is_finite()).then_some(matrix)
}

/// Returns the two eigenvalues in ascending order.
pub(crate) fn eigenvalues([a, c, mixed]: [f64; 3]) -> [f64; 2] {
    let (middle, half) = (f64::midpoint(a, c), (a - c) / 2.0);
    let spread = (half * half + mixed * mixed).sqrt();
    [middle - spread, middle + spread]
}
