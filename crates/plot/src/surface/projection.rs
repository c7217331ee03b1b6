//! Positions of surface points in the picture, for objects that move on the surface.

use super::{
    paths::{FAR, STRIDE, WIDTH, exit_head},
    space::SurfaceGeometry,
};
use crate::prelude::*;
use crate::{
    marks::PathExits,
    scene::{GrowingPath, PathPiece},
    surface::view::Camera,
};
use std::sync::Arc;
use thalweg::trace::Trace;

/// Positions of surface points in the picture.
#[derive(Clone)]
pub struct SurfaceProjection {
    /// The part of the picture that contains the box.
    pub area: Rect,
    pub(super) view: Camera,
    pub(super) space: Arc<SurfaceGeometry>,
}

/// Limit of the pieces of one step.
const PIECES: f64 = 1e4;

impl SurfaceProjection {
    /// Returns the position in px of the surface at two weights, if it is not hidden by the surface.
    pub fn visible_point(&self, w: &[f64]) -> Option<Point> {
        let place = self.space.floor([w[0], w[1]]);
        self.space.visible_point(place, &self.view)
    }

    /// Returns the visible pieces of the straight line from one pair of weights to another.
    pub fn along(&self, [from, to]: [[f64; 2]; 2]) -> Vec<Vec<Point>> {
        self.pieces(&self.between([from, to]))
    }

    /// Finds where a path, drawn with this stroke, leaves the box.
    pub fn exits(&self, trace: &Trace, stroke: Stroke) -> PathExits {
        let floor = |w: &[f64]| self.space.floor([w[0], w[1]]);
        let is_inside = |w: &[f64]| self.space.on_surface(floor(w)).is_some();
        let head_of = |step: [&[f64]; 2]| exit_head(step.map(floor), &self.view, &self.space);
        PathExits::of(trace, stroke, is_inside, head_of)
    }

    /// Returns a path that grows over the surface.
    pub fn growing_path<'a>(
        &self,
        trace: &'a Trace,
        color: Color,
        theme: &Theme,
    ) -> GrowingPath<'a> {
        let projection = self.clone();
        let at = |epoch: usize| [trace.at(epoch)[0], trace.at(epoch)[1]];
        let step = move |step: usize| {
            let mut places = Vec::new();
            if let Some(before) = step.checked_sub(1) {
                // The end of the previous step is included for a round corner.
                let before = projection.between([at(before), at(step)]);
                places.extend(before.iter().rev().nth(1));
            }
            places.extend(projection.between([at(step), at(step + 1)]));
            PathPiece {
                lines: projection.pieces(&places),
                ..PathPiece::default()
            }
        };
        GrowingPath {
            color,
            casing: theme.casing(color),
            width: WIDTH,
            margin: 1.0,
            step: Box::new(step),
        }
    }

    /// Returns points on the floor from one pair of weights to another, so close together that a line follows the tiles.
    fn between(&self, ends: [[f64; 2]; 2]) -> Vec<[f64; 2]> {
        let [from, to] = ends.map(|w| self.space.floor(w));
        let way = [to[0] - from[0], to[1] - from[1]];
        let stride = STRIDE * 2.0 / (self.space.heights.xs.len() - 1) as f64;
        let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
        // Points outside of the box are invisible and may be far away.
        let near = [from, to].iter().flatten().all(|v| v.abs() < FAR);
        let pieces = (length / stride).ceil();
        let pieces = if near { pieces.clamp(1.0, PIECES) } else { 1.0 };
        let place = |i: usize| {
            let t = i as f64 / pieces;
            [from[0] + t * way[0], from[1] + t * way[1]]
        };
        (0..=pieces as usize).map(place).collect()
    }

    fn pieces(&self, floor: &[[f64; 2]]) -> Vec<Vec<Point>> {
        let px = floor
            .iter()
            .map(|p| self.space.visible_point(*p, &self.view));
        let px: Vec<Option<Point>> = px.collect();
        let pieces = px.split(Option::is_none).filter(|piece| piece.len() > 1);
        pieces
            .map(|piece| piece.iter().flatten().copied().collect())
            .collect()
    }
}
