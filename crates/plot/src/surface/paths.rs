//! Paths on a surface and their visible parts.

use super::space::SurfaceGeometry;
use crate::prelude::*;
use crate::{
    layout::{LegendEntry, LegendHandle},
    marks::{Marker, Overlap, draw_glyph},
    surface::view::Camera,
};
use std::collections::BTreeMap;
use thalweg::trace::Trace;

/// Largest distance of path points in cells, so that the path follows the tiles.
pub(super) const STRIDE: f64 = 0.25;

/// Width of a path in px.
pub(super) const WIDTH: f64 = 3.5;

/// A path on a surface.
#[derive(Clone, Debug)]
pub struct SurfacePath<'a> {
    /// Trace of the optimizer; its first two weights are shown.
    pub trace: &'a Trace,
    /// Color and dashes.
    pub style: PathStyle,
    /// Label in the legend; without an entry if empty.
    pub label: String,
}

impl SurfacePath<'_> {
    pub(super) fn key(&self, theme: &Theme) -> LegendEntry {
        let line = self.style.stroke(WIDTH);
        LegendEntry::new(
            &self.label,
            LegendHandle::Line(line, Some(theme.cased(line))),
        )
    }
}

/// Draws the visible parts of a path, its start, and its end. Where it coincides with the paths `below`, it alternates with
/// them. The path is added to those.
pub(super) fn draw(
    path: &SurfacePath,
    below: &mut Overlap,
    view: &Camera,
    space: &SurfaceGeometry,
    theme: &Theme,
) -> Vec<Node> {
    let corners = corners(path, space);
    let px = dense(&corners, space).into_iter();
    let px: Vec<Option<Point>> = px.map(|p| space.visible_point(p, view)).collect();
    let pieces = px.split(Option::is_none).filter(|piece| !piece.is_empty());
    let seen = pieces.map(|piece| piece.iter().flatten().copied().collect());
    let whole: Vec<Vec<Point>> = seen.collect();
    let seen: Vec<Vec<Point>> = whole.iter().flat_map(|line| below.visible(line)).collect();
    below.add(&whole);
    let line = path.style.stroke(WIDTH);
    let mut nodes = vec![
        open_lines(seen.clone(), theme.cased(line)),
        open_lines(seen, line),
    ];
    let casing = theme.casing(path.style.color);
    let ends = [corners.first(), corners.last()].into_iter().flatten();
    for (p, glyph) in ends.zip([Marker::Cross, Marker::Disc]) {
        if let Some(at) = space.visible_point(*p, view) {
            draw_glyph(glyph, at, 6.0, path.style.color, casing, &mut nodes);
        }
    }
    nodes
}

/// Limit beyond which a path is not followed, relative to half the side of the box.
pub(super) const FAR: f64 = 100.0;

/// Smallest distance of distinguishable path points in cells.
const CLOSE: f64 = 0.04;

/// Returns the points of the path over the floor, without points that are too close to the previous one.
pub(super) fn corners(path: &SurfacePath, space: &SurfaceGeometry) -> Vec<[f64; 2]> {
    let least = CLOSE * 2.0 / (space.heights.xs.len() - 1) as f64;
    let mut points = path.trace.path().map(|w| space.floor([w[0], w[1]]));
    let mut corners: Vec<[f64; 2]> = points.next().into_iter().collect();
    let count = points.len();
    for (i, p) in points.enumerate() {
        let last = corners[corners.len() - 1];
        // The negated comparison also keeps NaN.
        let is_close = (p[0] - last[0]).abs() < least && (p[1] - last[1]).abs() < least;
        if !is_close || i + 1 == count {
            corners.push(p);
        }
    }
    corners
}

/// Returns points of a path that measure its visibility: one per visited patch of the floor, and the same number for
/// its two ends.
pub(super) fn samples(path: &SurfacePath, space: &SurfaceGeometry) -> Vec<[f64; 2]> {
    const PATCHES: f64 = 12.0;
    let points = dense(&corners(path, space), space);
    let inside = points.iter().filter(|p| p.iter().all(|v| v.abs() <= 1.0));
    let patch = |p: &[f64; 2]| p.map(|v| (PATCHES * v).floor() as i64);
    let patches: BTreeMap<[i64; 2], [f64; 2]> = inside.map(|p| (patch(p), *p)).collect();
    let mut samples: Vec<[f64; 2]> = patches.into_values().collect();
    let half = samples.len() / 2;
    for end in [points.first(), points.last()].into_iter().flatten() {
        samples.extend(std::iter::repeat_n(*end, half));
    }
    samples
}

/// The area in which a path is followed closely: the box with a margin.
const AROUND: Rect = Rect::new([-1.5; 2], [3.0; 2]);

/// Adds points between the points so that lines follow the tiles.
fn dense(corners: &[[f64; 2]], space: &SurfaceGeometry) -> Vec<[f64; 2]> {
    let stride = STRIDE * 2.0 / (space.heights.xs.len() - 1) as f64;
    let mut points = corners[..1].to_vec();
    for pair in corners.windows(2) {
        // Points outside of the box are invisible and may be far away.
        let way = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
        let finite = way.iter().all(|v| v.is_finite());
        let seen = finite.then(|| AROUND.part_of(pair[0], pair[1])).flatten();
        if let Some([begin, end]) = seen {
            let part = end - begin;
            let long = part * (way[0] * way[0] + way[1] * way[1]).sqrt();
            let pieces = (long / stride).ceil().clamp(1.0, 1e4);
            for i in 1..=pieces as usize {
                let t = begin + part * i as f64 / pieces;
                points.push([pair[0][0] + t * way[0], pair[0][1] + t * way[1]]);
            }
        }
        if seen.is_none_or(|[_, end]| end < 1.0) {
            points.push(pair[1]);
        }
    }
    points
}
