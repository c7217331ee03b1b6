//! The background of an animation: the map of the loss, or its surface.

use super::dashes::{PathDashes, StepLines};
use super::run_animation::{AnimationView, RunAnimation, RunPosition};
use crate::map::{LossMap, search_state, start_marker};
use crate::parts::camera::{FIRST_CAMERA, clearest_camera};
use crate::prelude::*;
use thalweg_plot::{
    animation::{GrowingPath, PathPiece},
    figure::Frame,
    legend::{distance, letters},
    marks::{Marker, Overlap, PathExits, Trajectory, draw_glyph},
    scale::Scale,
    scene::{Point, Rect},
    shapes::circle,
    surface::{Surface, SurfacePath, SurfaceProjection, spacing_of},
    theme::PathStyle,
};

/// Width of the paths on a map in px, and radius of their ends.
const LINE: f64 = 2.0;
/// The same on a surface.
const SURFACE_LINE: f64 = 3.5;
const HEAD: f64 = 4.0;
/// Additional radius in px of a run below another one at the same place.
const RING: f64 = 2.5;
/// Radius of a ball in px.
const BALL: f64 = 7.0;

/// The background of an animation.
pub(super) struct AnimationBackground<'a> {
    /// The part that does not change.
    pub(super) scene: Scene,
    /// The area of the paths, and of the legend.
    pub(super) frame: Frame<'a>,
    /// Lines that legends avoid.
    pub(super) lines: Vec<Vec<Point>>,
    /// The paths of the runs, which a legend must not cover.
    pub(super) paths: Vec<Vec<Point>>,
    /// Legend entries that do not belong to a run.
    pub(super) keys: Vec<LegendEntry>,
    /// The projection of a surface, if the background is a surface.
    projection: Option<SurfaceProjection>,
    /// The arrows at the edge of the map or surface where the paths leave it.
    exits: Vec<PathExits>,
}

impl<'a> AnimationBackground<'a> {
    pub(super) fn new(animation: &'a RunAnimation<'a>, size: [f64; 2]) -> Self {
        match animation.options.view {
            AnimationView::Map => Self::map(animation, size),
            AnimationView::Surface => Self::surface(animation, size),
        }
    }

    fn map(animation: &'a RunAnimation<'a>, size: [f64; 2]) -> Self {
        let [first, second] = &animation.view.names;
        let contest = animation.subject.contest;
        let map = LossMap {
            size,
            target: contest.budget.target,
            along: animation.along.clone(),
            ..LossMap::new(
                animation.subject.title(),
                [first, second, "Loss"],
                &animation.field,
            )
        };
        let figure = map.figure(animation.options.theme);
        let (scene, frame) = figure.laid_out(animation.options.theme);
        let marks = figure.marks.iter();
        let start = start_marker(&animation.view.start, animation.options.theme);
        let start_key = start.key(animation.options.theme);
        let keys = marks.clone().filter_map(|m| m.key(animation.options.theme));
        let keys = keys.chain(start_key);
        let mut lines: Vec<_> = marks.flat_map(|m| m.lines(&frame)).collect();
        let mut paths = Vec::new();
        for trace in animation.view.traces.iter() {
            paths.extend(trajectory(trace, PathStyle::solid(Color::hex(0))).lines(&frame));
        }
        let runs = animation.view.traces.iter().zip(&animation.styles);
        let exits = runs.map(|(trace, style)| PathExits::new(trace, &frame, style.stroke(LINE)));
        let start = frame.px_from_data(&animation.view.start);
        paths.push(vec![start, start]);
        lines.extend(paths.iter().cloned());
        Self {
            keys: keys.collect(),
            paths,
            scene,
            frame,
            lines,
            projection: None,
            exits: exits.collect(),
        }
    }

    fn surface(animation: &'a RunAnimation<'a>, size: [f64; 2]) -> Self {
        let theme = animation.options.theme;
        let [first, second] = animation.view.names.clone();
        let paths = animation.view.traces.iter().zip(&animation.styles);
        let paths = paths.map(|(trace, style)| SurfacePath {
            trace,
            style: *style,
            label: String::new(),
        });
        let mut surface = Surface {
            size,
            title: animation.subject.title(),
            description: String::new(),
            field: &animation.field,
            labels: [first, second, "Loss".to_owned()],
            paths: paths.collect(),
            // It lies above the growing paths.
            start: None,
            from: FIRST_CAMERA,
            height: spacing_of(&animation.field),
            floor: false,
        };
        surface.from = clearest_camera(&surface, [None; 2]);
        // The paths grow over the scene.
        surface.paths.clear();
        let (scene, projection) = surface.laid_out(theme);
        let seen = animation.view.traces.iter().flat_map(|trace| {
            let points: Vec<Point> = trace
                .path()
                .filter_map(|w| projection.visible_point(w))
                .collect();
            points.windows(2).map(<[Point]>::to_vec).collect::<Vec<_>>()
        });
        let window = animation.view.window();
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)];
        let corners = corners.map(|(i, j)| [window.w1[i], window.w2[j]]);
        let edges = corners.windows(2).map(|edge| [edge[0], edge[1]]);
        let edges = edges.flat_map(|edge| projection.along(edge));
        let start = start_marker(&animation.view.start, theme);
        // A surface has no axes in px; the legend only needs the area.
        let flat = Scale::linear([0.0, 1.0], [0.0, 1.0]);
        let paths: Vec<Vec<Point>> = seen.collect();
        let runs = animation.view.traces.iter().zip(&animation.styles);
        let exits = runs.map(|(trace, style)| projection.exits(trace, style.stroke(SURFACE_LINE)));
        let exits = exits.collect();
        Self {
            lines: paths.iter().cloned().chain(edges).collect(),
            paths,
            scene,
            frame: Frame {
                x: flat,
                y: flat,
                area: projection.area,
                theme,
            },
            keys: start.key(theme).into_iter().collect(),
            projection: Some(projection),
            exits,
        }
    }

    /// Returns the area to which the paths are clipped.
    pub(super) fn clip(&self) -> Rect {
        self.frame.area
    }

    /// Returns a line along each text, which a legend must not cover.
    pub(super) fn texts(&self) -> Vec<Vec<Point>> {
        let mut lines = Vec::new();
        add_texts(&self.scene.nodes, &mut lines);
        lines
    }

    /// Returns the width of a path in px.
    pub(super) fn line(&self) -> f64 {
        if self.projection.is_some() {
            SURFACE_LINE
        } else {
            LINE
        }
    }

    /// Returns a path that grows, and its dashes if it has any. It alternates with the paths `below` it where it coincides
    /// with them.
    pub(super) fn growing_path(
        &self,
        trace: &'a Trace,
        below: &'a [Trace],
        style: PathStyle,
        theme: &Theme,
    ) -> (GrowingPath<'a>, Option<PathDashes>) {
        let path = match &self.projection {
            None => {
                let path = Trajectory {
                    below: below.iter().collect(),
                    ..trajectory(trace, style)
                };
                path.into_growing_path(&self.frame)
            }
            Some(projection) => {
                let path = projection.growing_path(trace, style.color, theme);
                let overlap = self.overlap(below);
                let step = path.step;
                GrowingPath {
                    step: Box::new(move |i| {
                        let piece = step(i);
                        let lines = piece.lines.iter();
                        PathPiece {
                            lines: lines.flat_map(|line| overlap.visible(line)).collect(),
                            ..piece
                        }
                    }),
                    ..path
                }
            }
        };
        let Some(lengths) = style.dash else {
            return (path, None);
        };
        let lines = self.step_lines(trace);
        let dashes = PathDashes::new(lengths, &lines);
        let drawn = dashes.of_steps(&lines);
        let overlap = self.overlap(below);
        let step = path.step;
        let path = GrowingPath {
            step: Box::new(move |i| {
                let drawn = drawn[i].iter().flat_map(|line| overlap.visible(line));
                PathPiece {
                    dashes: Some(drawn.collect()),
                    ..step(i)
                }
            }),
            ..path
        };
        (path, Some(dashes))
    }

    /// Returns the paths below another one.
    fn overlap(&self, below: &[Trace]) -> Overlap {
        let mut overlap = Overlap::default();
        for trace in below {
            let pieces = if self.projection.is_some() {
                self.step_lines(trace).concat()
            } else {
                let points = trace.path().map(|w| self.frame.px_from_data(w));
                let points: Vec<Point> = points.collect();
                self.frame.area.pieces_of(&points)
            };
            overlap.add(&pieces);
        }
        overlap
    }

    /// Returns the visible lines of each step.
    fn step_lines(&self, trace: &Trace) -> Vec<StepLines> {
        let steps = 0..trace.epochs() as usize;
        let lines = steps.map(|step| self.line_between([trace.at(step), trace.at(step + 1)]));
        lines.collect()
    }

    /// Draws the points and covariances of a run's state after an epoch on a map. A surface does not show them.
    pub(super) fn search_state(
        &self,
        trace: &Trace,
        epoch: usize,
        style: PathStyle,
        out: &mut Vec<Node>,
    ) {
        if self.projection.is_none() {
            for mark in search_state(trace, epoch, style) {
                mark.draw(&self.frame, out);
            }
        }
    }

    /// Returns the part of the current step that is already done.
    pub(super) fn partial_step(&self, trace: &Trace, place: &RunPosition) -> Vec<Vec<Point>> {
        if place.share == 0.0 {
            return Vec::new();
        }
        let here = place.weights(trace);
        self.line_between([trace.at(place.epoch), &*here])
    }

    /// Returns the visible pieces of the straight line between two pairs of weights.
    fn line_between(&self, ends: [&[f64]; 2]) -> StepLines {
        if let Some(projection) = &self.projection {
            return projection.along(ends.map(|w| [w[0], w[1]]));
        }
        let [a, b] = ends.map(|w| self.frame.px_from_data(w));
        if ![a, b].iter().flatten().all(|v| v.is_finite()) {
            return Vec::new();
        }
        let part = self.frame.area.part_of(a, b);
        let at = |t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        part.map(|[s, t]| vec![at(s), at(t)]).into_iter().collect()
    }

    /// Draws the arrow at the edge of the map if a run is outside of it after an epoch.
    pub(super) fn exit(&self, run: usize, epoch: usize, theme: &Theme, out: &mut Vec<Node>) {
        if let Some(exits) = self.exits.get(run) {
            exits.draw(epoch, theme, out);
        }
    }

    /// Draws the initial point.
    pub(super) fn start(&self, w: &[f64], theme: &Theme, out: &mut Vec<Node>) {
        if let Some(px) = self.visible_point(w) {
            let outline = theme.casing(theme.foreground);
            draw_glyph(Marker::Cross, px, 6.0, theme.foreground, outline, out);
        }
    }

    /// Draws the position of a run, unless it is outside the picture or hidden. With `rings` later runs at the same place,
    /// it remains visible around them.
    pub(super) fn head(
        &self,
        w: &[f64],
        (ended, rings): (bool, usize),
        color: Color,
        theme: &Theme,
        out: &mut Vec<Node>,
    ) {
        let Some([x, y]) = self.visible_point(w) else {
            return;
        };
        let outline = theme.casing(color);
        if self.projection.is_none() {
            let radius = if ended { HEAD } else { HEAD + 1.0 } + RING * rings as f64;
            draw_glyph(Marker::Disc, [x, y], radius, color, outline, out);
            return;
        }
        // A ball lies on the surface, not in it.
        let center = [x, y - 0.7 * BALL];
        let outline = Stroke::new(outline, 1.5);
        let radius = BALL + RING * rings as f64;
        out.push(circle(center, radius, Some(color), Some(outline)));
        let highlight = [center[0] - 0.3 * BALL, center[1] - 0.35 * BALL];
        let light = theme.background.with_opacity(0.6);
        out.push(circle(highlight, 0.3 * BALL, Some(light), None));
    }

    /// Returns how many of the `later` runs are at the same place as these weights.
    pub(super) fn at_same_place(&self, w: &[f64], later: &[Vec<f64>]) -> usize {
        /// Distance in px of runs that count as one place.
        const NEAR: f64 = 2.0;
        let is_near = |other: &Vec<f64>| {
            let both = self.visible_point(w).zip(self.visible_point(other));
            both.is_some_and(|(a, b)| distance(a, b) <= NEAR)
        };
        later.iter().filter(|other| is_near(other)).count()
    }

    /// Returns the px coordinates of two weights if they are visible.
    fn visible_point(&self, w: &[f64]) -> Option<Point> {
        match &self.projection {
            Some(projection) => projection.visible_point(w),
            None => Some(self.frame.px_from_data(w)).filter(|px| self.frame.area.contains(*px)),
        }
    }
}

/// Adds the middle line of each text.
fn add_texts(nodes: &[Node], lines: &mut Vec<Vec<Point>>) {
    for node in nodes {
        match node {
            Node::Group { nodes, .. } => add_texts(nodes, lines),
            Node::Text(text) => {
                let place = letters(text);
                let [x, y] = place.middle();
                let ends = if text.turn == 0.0 {
                    [[place.left, y], [place.right(), y]]
                } else {
                    [[x, place.top], [x, place.bottom()]]
                };
                lines.push(ends.to_vec());
            }
            Node::Path { .. } | Node::Circle { .. } => {}
        }
    }
}

fn trajectory(trace: &Trace, style: PathStyle) -> Trajectory<'_> {
    Trajectory {
        trace,
        below: Vec::new(),
        style,
        width: LINE,
        label: String::new(),
    }
}
