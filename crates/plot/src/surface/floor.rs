//! The map and the paths on the floor below a surface.

use super::{
    paths::{SurfacePath, corners},
    space::SurfaceGeometry,
};
use crate::prelude::*;
use crate::{
    contour::{ContourPaths, Grid, Tracer},
    surface::view::{Camera, HEIGHT},
};

/// Number of contour bands on the floor.
const BANDS: usize = 16;

/// Draws the filled contour plot in the colors of the surface above it, and the paths seen from above.
pub(super) fn draw(
    paths: &[SurfacePath],
    view: &Camera,
    space: &SurfaceGeometry,
    theme: &Theme,
) -> Vec<Node> {
    let field = &space.heights;
    let mut tracer = Tracer::new(Grid::new(&field.xs, &field.ys, &field.values));
    let mut rings = ContourPaths::default();
    let on_floor = |[x, y]: [f64; 2]| view.px([x, y, 0.0]);
    let mut nodes = Vec::new();
    for band in 0..BANDS {
        let share = band as f64 / BANDS as f64;
        tracer.rings(space.low + HEIGHT * share, &mut rings);
        let px = |p: &[f64; 2]| on_floor(space.floor(*p));
        let lines = rings
            .iter()
            .map(|ring| Polyline::closed(ring.points.iter().map(px).collect()));
        // As on the surface, the color of the center of the band.
        let color = theme.ramp_at(share + 0.5 / BANDS as f64);
        nodes.push(path(lines.collect(), Some(color), None));
    }
    let floor = Rect::new([-1.0; 2], [2.0; 2]);
    let shadows = paths.iter().map(|path| {
        // Clipped at the edges of the floor.
        let pieces = floor.pieces_of(&corners(path, space)).into_iter();
        let lines = pieces.map(|piece| piece.into_iter().map(on_floor).collect());
        open_lines(lines, path.style.stroke(1.6))
    });
    nodes.push(group("shadows", shadows.collect()));
    nodes
}
