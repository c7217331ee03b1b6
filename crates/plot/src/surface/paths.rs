//! Paths on a surface and their visible parts.

use super::space::SurfaceGeometry;
use crate::prelude::*;
use crate::{
    layout::{LegendEntry, LegendHandle, legend::distance},
    marks::{
        Marker, Overlap,
        cased_arrows::{HEAD, cased_arrows, head},
        draw_glyph,
        trajectory::EXIT,
    },
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

/// Draws the visible parts of a path, and the arrow where it leaves the box for good. Where it coincides with the paths
/// `below`, it alternates with them. The path is added to those.
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
    let head = last_exit(&corners).and_then(|step| exit_head(step, view, space));
    nodes.extend(head.map(|head| group("exit", cased_arrows(Vec::new(), &[head], line, theme))));
    nodes
}

/// Draws the initial point and the ends of the paths, where they are visible. Ends at the same place form rings.
pub(super) fn draw_ends(
    (start, paths): (Option<[f64; 2]>, &[SurfacePath]),
    view: &Camera,
    space: &SurfaceGeometry,
    theme: &Theme,
) -> Vec<Node> {
    /// Distance in px of ends that count as one place.
    const NEAR: f64 = 3.0;
    const RADIUS: f64 = 6.0;
    const RING: f64 = 2.5;
    let mut nodes = Vec::new();
    let place = |w: &[f64]| space.visible_point(space.floor([w[0], w[1]]), view);
    if let Some(at) = start.and_then(|w| place(&w)) {
        let (color, casing) = (theme.foreground, theme.casing(theme.foreground));
        draw_glyph(Marker::Cross, at, RADIUS, color, casing, &mut nodes);
    }
    let ends = paths.iter().filter_map(|path| {
        let at = place(path.trace.last())?;
        Some((at, path.style.color))
    });
    let ends: Vec<(Point, Color)> = ends.collect();
    for (i, (at, color)) in ends.iter().enumerate() {
        let above = ends[i + 1..].iter();
        let above = above.filter(|(other, _)| distance(*at, *other) <= NEAR);
        let radius = RADIUS + RING * above.count() as f64;
        let casing = theme.casing(*color);
        draw_glyph(Marker::Disc, *at, radius, *color, casing, &mut nodes);
    }
    nodes
}

/// The floor of the box.
const FLOOR: Rect = Rect::new([-1.0; 2], [2.0; 2]);

/// Returns the step on the floor with which a path leaves the box for good, if it ends outside.
fn last_exit(corners: &[[f64; 2]]) -> Option<[[f64; 2]; 2]> {
    if FLOOR.contains(*corners.last()?) {
        return None;
    }
    let steps = corners
        .windows(2)
        .map(|step| finite_step([step[0], step[1]]));
    let inside = |[from, to]: &[[f64; 2]; 2]| FLOOR.meets(*from, *to);
    steps.flatten().rev().find(inside)
}

/// Returns a step whose end is not too far away; `None` if it has no direction.
fn finite_step([from, to]: [[f64; 2]; 2]) -> Option<[[f64; 2]; 2]> {
    let is_known = from.iter().all(|v| v.is_finite()) && to.iter().all(|v| !v.is_nan());
    is_known.then(|| {
        [
            from,
            [0, 1].map(|k| to[k].clamp(from[k] - FAR, from[k] + FAR)),
        ]
    })
}

/// Returns the head of the arrow where a step on the floor leaves the box, if this place is visible.
pub(super) fn exit_head(
    step: [[f64; 2]; 2],
    view: &Camera,
    space: &SurfaceGeometry,
) -> Option<[Point; 3]> {
    const LENGTH: f64 = EXIT * HEAD * WIDTH;
    /// Length of the line outside of the box, so that the tip is not as wide as the line.
    const BEYOND: f64 = 0.7 * LENGTH;
    /// Length of the part of the step that determines the direction, relative to half the side of the box.
    const BACK: f64 = 0.05;
    let [from, to] = finite_step(step)?;
    let [first, last] = FLOOR.part_of(from, to)?;
    if last >= 1.0 {
        return None;
    }
    // Rounding must not move the point out of the box.
    let at = |t: f64| [0, 1].map(|k| (from[k] + t * (to[k] - from[k])).clamp(-1.0, 1.0));
    let edge = space.visible_point(at(last), view)?;
    let before = at((last - BACK / distance(from, to)).max(first));
    let before = view.px(space.on_surface(before)?);
    let length = distance(before, edge);
    let along = [0, 1].map(|k| (edge[k] - before[k]) / length);
    let beyond = |px: f64| [0, 1].map(|k| edge[k] + px * along[k]);
    (length > 0.0).then(|| head([beyond(BEYOND - 2.0 * LENGTH), beyond(BEYOND)], LENGTH))
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
