//! What an optimizer without gradients knows about the loss around its weights: points, a simplex, or a covariance.

use crate::form::{eigenvalues, symmetric};
use crate::prelude::*;
use std::f64::consts::TAU;
use thalweg::float::{atan2, cos, sin};
use thalweg_plot::{marks::Wireframe, theme::PathStyle};

/// Width of lines in px, thinner than a path.
const LINE: f64 = 1.2;
/// Radius of points in px, smaller than the end of a path.
const POINT: f64 = 2.2;
/// The edges of a simplex with more vertices would only be a dark area.
const MAX_VERTICES: usize = 12;
/// Number of straight parts of an ellipse.
const ELLIPSE: usize = 72;

/// Returns the marks of the points and covariances in one row of a run's state. The trace has two weights. A covariance is drawn
/// as the ellipse of one standard deviation in each direction.
pub fn search_state(trace: &Trace, row: usize, style: PathStyle) -> Vec<Wireframe> {
    let mark = |series: &Series| {
        let numbers = series.at(row);
        let (shape, quantity) = (series.channel.shape, series.channel.quantity);
        let mut mark = Wireframe {
            id: series.channel.name.replace('_', "-"),
            points: Vec::new(),
            radius: POINT,
            lines: Vec::new(),
            stroke: Stroke::new(style.color, LINE),
            label: Some(capitalized(&series.channel.words())),
        };
        match (shape, quantity) {
            (Shape::Points, Quantity::Position) => mark.points = pairs(numbers),
            (Shape::Simplex, Quantity::Position) => {
                mark.points = pairs(numbers);
                mark.lines = edges(&mark.points);
            }
            (Shape::Matrix, Quantity::Covariance) => {
                let center = trace.at(row);
                let line = ellipse([center[0], center[1]], symmetric(shape, numbers)?)?;
                mark.lines = vec![line];
            }
            _ => return None,
        }
        Some(mark)
    };
    trace.inner.iter().filter_map(mark).collect()
}

fn pairs(numbers: &[f64]) -> Vec<[f64; 2]> {
    numbers.chunks_exact(2).map(|p| [p[0], p[1]]).collect()
}

/// Returns the text with a capital first letter.
fn capitalized(words: &str) -> String {
    let (first, rest) = words.split_at_checked(1).unwrap_or(("", words));
    first.to_ascii_uppercase() + rest
}

/// Returns the edges between all pairs of vertices, unless they are too many.
fn edges(vertices: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    if vertices.len() > MAX_VERTICES {
        return Vec::new();
    }
    let ends = vertices.iter().enumerate();
    let edges = ends.flat_map(|(i, a)| vertices[i + 1..].iter().map(|b| vec![*a, *b]));
    edges.collect()
}

/// Returns the ellipse of one standard deviation around a point; `None` if the matrix is not a covariance.
fn ellipse([x, y]: [f64; 2], covariance: [f64; 3]) -> Option<Vec<[f64; 2]>> {
    let [low, high] = eigenvalues(covariance);
    // A direction without any deviation may have a tiny negative eigenvalue.
    let [short, long] = [low.max(0.0), high].map(f64::sqrt);
    if !(long > 0.0 && long.is_finite()) {
        return None;
    }
    let [a, c, mixed] = covariance;
    // The angle of the longer axis.
    let angle = 0.5 * atan2(2.0 * mixed, a - c);
    let (along, across) = (cos(angle), sin(angle));
    let point = |i: usize| {
        let turn = TAU * i as f64 / ELLIPSE as f64;
        let (u, v) = (long * cos(turn), short * sin(turn));
        [x + along * u - across * v, y + across * u + along * v]
    };
    Some((0..=ELLIPSE).map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ellipse_has_the_standard_deviations() {
        // Each point p of the ellipse satisfies p C^-1 p = 1.
        for [a, c, mixed] in [[4.0, 1.0, 0.0], [1.0, 9.0, 2.0], [2.0, 2.0, -1.5]] {
            let determinant = a * c - mixed * mixed;
            for [x, y] in ellipse([0.0; 2], [a, c, mixed]).unwrap() {
                let form = (c * x * x - 2.0 * mixed * x * y + a * y * y) / determinant;
                assert!((form - 1.0).abs() < 1e-12, "{form}");
            }
        }
        assert!(ellipse([0.0; 2], [0.0; 3]).is_none());
        assert!(ellipse([0.0; 2], [f64::NAN, 1.0, 0.0]).is_none());
        // A degenerate covariance is a line.
        let line = ellipse([1.0, 2.0], [1.0, 1.0, 1.0]).unwrap();
        assert!(
            line.iter()
                .all(|[x, y]| ((y - 2.0) - (x - 1.0)).abs() < 1e-12)
        );
    }

    #[test]
    fn a_simplex_has_an_edge_between_each_pair_of_vertices() {
        let corners = |count: usize| vec![[0.0; 2]; count];
        assert_eq!(edges(&corners(3)).len(), 3);
        assert_eq!(edges(&corners(MAX_VERTICES)).len(), 66);
        assert!(edges(&corners(MAX_VERTICES + 1)).is_empty());
    }
}
