//! The path of an optimizer on the map: arrows to scale, or a thin line where they would be too small.

use super::{
    cased_arrows::{CASING, HEAD, cased_arrows, head, is_thin, shafts},
    overlap::Overlap,
};
use crate::prelude::*;
use crate::{
    layout::{Frame, LegendEntry, LegendHandle, Mark, distance},
    scene::{GrowingPath, PathPiece},
};
use thalweg::trace::Trace;

/// The path of an optimizer on the map.
pub struct Trajectory<'a> {
    /// Trace; its first two weights are drawn.
    pub trace: &'a Trace,
    /// Traces whose paths are drawn below. Where this path coincides with them, both are visible in alternating dashes.
    pub below: Vec<&'a Trace>,
    /// Color and dashes of the line and the arrows.
    pub style: PathStyle,
    /// Width of the line in px.
    pub width: f64,
    /// Label in the legend.
    pub label: String,
}

/// Length of the head where a path leaves the picture, relative to other heads.
pub(crate) const EXIT: f64 = 1.2;
/// Heads that are closer to the tip at the edge, in lengths of its head, are omitted: they would look like a double head.
const CROWDED: f64 = 1.9;
/// Distance from the edge to the tip of the arrow where a path leaves the picture, in px.
const INSET: f64 = 1.5;
/// Coordinate in px for an infinite end of a step: outside of any picture.
const OUT: f64 = 1e5;

impl<'a> Trajectory<'a> {
    /// Returns all steps in px. A step to infinity ends far outside; a step to NaN is omitted.
    fn steps(&self, frame: &Frame) -> Vec<[Point; 2]> {
        let points: Vec<Point> = self.trace.path().map(|w| frame.px_from_data(w)).collect();
        let pairs = points.windows(2);
        pairs
            .filter_map(|pair| finite_step([pair[0], pair[1]]))
            .collect()
    }

    /// Returns where the path leaves the picture for the last time, or `None` if it ends inside or at NaN.
    fn exit(&self, frame: &Frame, arrows: &[[Point; 2]]) -> Option<Exit> {
        if frame.area.contains(frame.px_from_data(self.trace.last())) {
            return None;
        }
        let way_out = |(arrow, step): (usize, &[Point; 2])| {
            let exit = Exit::of(frame.area, *step)?;
            Some(Exit { arrow, ..exit })
        };
        arrows.iter().enumerate().rev().find_map(way_out)
    }

    /// Adds this path to the paths below those that are drawn next.
    pub fn add_to(&self, below: &mut Overlap, frame: &Frame) {
        add_path(self.trace, below, frame);
    }

    /// Returns the paths below in px.
    fn overlap(&self, frame: &Frame) -> Overlap {
        let mut overlap = Overlap::default();
        for trace in &self.below {
            add_path(trace, &mut overlap, frame);
        }
        overlap
    }

    fn arrows(frame: &Frame, steps: &[[Point; 2]]) -> Vec<[Point; 2]> {
        // The last step of a diverging run would be a very long line, so it is clipped.
        let near = frame.area.grown(4.0);
        let arrows = steps.iter().copied();
        arrows.filter(|[a, b]| near.meets(*a, *b)).collect()
    }

    /// Returns the growing path, as one line without dashes. All steps together look like the whole mark, except for the
    /// arrow at the edge.
    pub fn into_growing_path(self, frame: &Frame) -> GrowingPath<'a> {
        let arrows = Self::arrows(frame, &self.steps(frame));
        let width = self.line_width(&arrows);
        let overlap = self.overlap(frame);
        let ([x, y], near) = ([frame.x, frame.y], frame.area.grown(4.0));
        let trace = self.trace;
        let at = move |epoch: usize| {
            let w = trace.at(epoch);
            [x.px_from_data(w[0]), y.px_from_data(w[1])]
        };
        let arrow = move |step: usize| {
            let arrow = finite_step([at(step), at(step + 1)]);
            arrow.filter(|[from, to]| near.meets(*from, *to))
        };
        let step = move |step: usize| {
            let Some(this) = arrow(step) else {
                return PathPiece::default();
            };
            let before = step.checked_sub(1).and_then(arrow);
            let before = before.filter(|arrow| is_thin(arrow) && is_thin(&this));
            // The previous step is included for a round corner.
            let arrows: Vec<_> = before.into_iter().chain([this]).collect();
            let head = (!is_thin(&this)).then(|| head(this, HEAD * width));
            let lines = shafts(&arrows, HEAD * width, |_| false);
            let lines = lines.iter().filter_map(|line| clip_tail(line, near));
            PathPiece {
                lines: lines.flat_map(|line| overlap.visible(&line)).collect(),
                head: head
                    .filter(|head| overlap.shows_head(head))
                    .map(|head| head.to_vec()),
                dashes: None,
            }
        };
        GrowingPath {
            color: self.style.color,
            casing: frame.theme.casing(self.style.color),
            width,
            margin: CASING,
            step: Box::new(step),
        }
    }

    /// Returns the width of the line in px, which is smaller without arrows.
    fn line_width(&self, arrows: &[[Point; 2]]) -> f64 {
        let all_thin = arrows.iter().all(is_thin);
        if all_thin {
            0.8 * self.width
        } else {
            self.width
        }
    }
}

impl Trajectory<'_> {
    /// Draws the path above these paths instead of those of `below`. A stack of many paths is drawn faster with one
    /// [`Overlap`], which grows by [`add_to`](Self::add_to).
    pub fn draw_above(&self, overlap: &Overlap, frame: &Frame, out: &mut Vec<Node>) {
        let steps = self.steps(frame);
        let mut arrows = Self::arrows(frame, &steps);
        let width = self.line_width(&arrows);
        let length = HEAD * width;
        let exit = self.exit(frame, &arrows);
        if let Some(exit) = &exit {
            arrows.truncate(exit.arrow);
        }
        let long = EXIT * length;
        let edge = exit.as_ref().map(|exit| exit.at(0.0));
        let is_crowded =
            |arrow: &[Point; 2]| edge.is_some_and(|edge| distance(arrow[1], edge) < CROWDED * long);
        let crowded: Vec<bool> = arrows.iter().map(is_crowded).collect();
        let heads = arrows.iter().zip(&crowded);
        let heads = heads.filter(|(arrow, crowded)| !is_thin(arrow) && !**crowded);
        let mut heads: Vec<[Point; 3]> = heads.map(|(arrow, _)| head(*arrow, length)).collect();
        heads.retain(|head| overlap.shows_head(head));
        if let Some(exit) = &exit {
            // The head at the edge does not depend on the length of the step: it shows that the path continues.
            heads.push(head([exit.at(-2.0 * long), exit.at(0.0)], long));
            arrows.push([exit.from, exit.at(-(0.5 * long).min(exit.distance_to_edge))]);
        }
        let last = exit.map(|_| arrows.len() - 1);
        let is_joined = |i: usize| {
            let is_crowded = crowded.get(i).is_some_and(|crowded| *crowded);
            self.style.dash.is_some() || Some(i) == last || is_crowded
        };
        let shafts = shafts(&arrows, length, is_joined).into_iter();
        let shafts = shafts.flat_map(|line| overlap.visible(&line)).collect();
        let nodes = cased_arrows(shafts, &heads, self.style.stroke(width), frame.theme);
        out.push(group("path", nodes));
    }
}

impl Mark for Trajectory<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        self.draw_above(&self.overlap(frame), frame, out);
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let steps = self.steps(frame);
        let arrows = Self::arrows(frame, &steps);
        arrows.iter().map(|arrow| arrow.to_vec()).collect()
    }

    fn key(&self, theme: &Theme) -> Option<LegendEntry> {
        let line = self.style.stroke(self.width + 1.0);
        Some(LegendEntry::new(
            &self.label,
            LegendHandle::Line(line, Some(theme.cased(line))),
        ))
    }
}

fn add_path(trace: &Trace, below: &mut Overlap, frame: &Frame) {
    let points: Vec<Point> = trace.path().map(|w| frame.px_from_data(w)).collect();
    below.add(&frame.area.grown(4.0).pieces_of(&points));
}

/// Returns a step in px whose end is not too far away; `None` if the step has no direction.
fn finite_step([from, to]: [Point; 2]) -> Option<[Point; 2]> {
    let begins = from.iter().all(|px| px.is_finite());
    let ends = to.iter().all(|px| !px.is_nan());
    let reach = |i: usize| to[i].clamp(from[i] - OUT, from[i] + OUT);
    (begins && ends).then(|| [from, [reach(0), reach(1)]])
}

/// The point where a path leaves the picture.
pub(super) struct Exit {
    /// Index of the arrow that leaves the picture.
    arrow: usize,
    /// Start of this arrow.
    from: Point,
    /// Unit vector of its direction.
    along: Point,
    /// Distance from its start to the edge, in px.
    distance_to_edge: f64,
}

impl Exit {
    /// Returns where a step leaves an area, or `None` if it ends inside or is outside.
    pub(super) fn of(area: Rect, step: [Point; 2]) -> Option<Self> {
        let [a, b] = finite_step(step)?;
        let [_, t] = area.part_of(a, b)?;
        let whole = distance(a, b);
        (t < 1.0).then(|| Self {
            arrow: 0,
            from: a,
            along: [0, 1].map(|k| (b[k] - a[k]) / whole),
            distance_to_edge: t * whole - INSET,
        })
    }

    /// Returns the point at this distance before the edge, in px.
    pub(super) fn at(&self, behind: f64) -> Point {
        [0, 1].map(|k| self.from[k] + (self.distance_to_edge + behind) * self.along[k])
    }
}

/// Clips a line with two points.
fn clip_tail(line: &[Point], room: Rect) -> Option<Vec<Point>> {
    let &[a, b] = line else {
        return Some(line.to_vec());
    };
    let [s, t] = room.part_of(a, b)?;
    let at = |t: f64| [0, 1].map(|k| a[k] + t * (b[k] - a[k]));
    Some(vec![at(s), at(t)])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{layout::Scale, scene::Rect};
    use thalweg::run::StopReason;

    pub(in crate::marks) fn trace(points: &[Point]) -> Trace {
        Trace::of_path(points.concat(), StopReason::EpochLimit)
    }

    /// Returns the frame of a picture of 100 x 100 px.
    fn frame() -> Frame<'static> {
        let theme = &Theme::LIGHT;
        Frame {
            x: Scale::linear([0.0, 1.0], [0.0, 100.0]),
            y: Scale::linear([0.0, 1.0], [100.0, 0.0]),
            area: Rect {
                left: 0.0,
                top: 0.0,
                width: 100.0,
                height: 100.0,
            },
            theme,
        }
    }

    /// Returns the tips of all drawn heads in a picture of 100 x 100 px.
    fn tips(points: &[Point]) -> Vec<[i64; 2]> {
        let frame = frame();
        let theme = frame.theme;
        let trace = trace(points);
        let path = Trajectory {
            trace: &trace,
            below: Vec::new(),
            style: theme.path(0),
            width: 2.0,
            label: String::new(),
        };
        let mut nodes = Vec::new();
        path.draw(&frame, &mut nodes);
        let [Node::Group { nodes, .. }] = &nodes[..] else {
            panic!("a path is a group");
        };
        let tip = |node: &Node| match node {
            Node::Path {
                lines,
                fill: Some(_),
                ..
            } => Some(lines[0].points[0].map(|px| px.round() as i64)),
            _ => None,
        };
        nodes.iter().filter_map(tip).collect()
    }

    #[test]
    fn an_arrow_shows_where_a_path_leaves_the_picture() {
        // The path crosses the right edge; the tip is just before it.
        assert_eq!(tips(&[[0.5, 0.5], [2.0, 0.5]]), [[99, 50]]);
        let long_way = [[0.1, 0.5], [0.4, 0.5], [0.7, 0.5], [1.5, 0.5], [9.0, 9.0]];
        assert_eq!(tips(&long_way), [[40, 50], [70, 50], [99, 50]]);
        // The path returns to the frame and leaves it again at the left: only the last exit has an arrow.
        let twice = [[0.5, 0.5], [1.5, 0.5], [0.5, 0.4], [-0.5, 0.4]];
        assert_eq!(tips(&twice), [[150, 50], [50, 60], [2, 60]]);
        // A step that begins just before the edge, and steps that are too short for a head.
        assert_eq!(tips(&[[0.999, 0.5], [3.0, 0.5]]), [[99, 50]]);
        let small: Vec<Point> = (0..200)
            .map(|i| [0.9 + 0.001 * f64::from(i), 0.5])
            .collect();
        assert_eq!(tips(&small), [[99, 50]]);
    }

    #[test]
    fn short_steps_form_a_line_without_heads() {
        // Small heads on steps of 8 px would look like dashes.
        let steps: Vec<Point> = (0..10).map(|i| [0.1 + 0.08 * f64::from(i), 0.5]).collect();
        assert!(tips(&steps).is_empty());
    }

    #[test]
    fn the_arrow_at_the_edge_has_one_head() {
        // The last step begins just before the edge, where the previous step has its head.
        let path = [[0.1, 0.5], [0.5, 0.5], [0.9, 0.5], [1.3, 0.5]];
        assert_eq!(tips(&path), [[50, 50], [99, 50]]);
    }

    #[test]
    fn a_path_that_stays_has_no_arrow_at_the_edge() {
        assert_eq!(tips(&[[0.5, 0.5], [0.8, 0.5]]), [[80, 50]]);
        let back = [[0.5, 0.5], [1.5, 0.5], [0.5, 0.4]];
        assert_eq!(tips(&back), [[150, 50], [50, 60]]);
        assert!(tips(&[[0.5, 0.5]]).is_empty());
    }

    #[test]
    fn a_path_to_infinity_leaves_in_the_direction_of_its_last_step() {
        assert_eq!(tips(&[[0.5, 0.5], [f64::NEG_INFINITY, 0.5]]), [[2, 50]]);
        assert_eq!(tips(&[[0.5, 0.5], [0.5, f64::INFINITY]]), [[50, 2]]);
        // A step to NaN has no direction.
        let lost = [[0.5, 0.5], [0.8, 0.5], [f64::NAN, 0.5]];
        assert_eq!(tips(&lost), [[80, 50]]);
        assert_eq!(tips(&[[0.5, 0.5], [1.5, 0.5], [f64::NAN, 0.5]]), [[99, 50]]);
    }

    #[test]
    fn a_growing_path_shows_a_step_to_infinity_up_to_the_edge() {
        let trace = trace(&[[0.5, 0.5], [f64::INFINITY, 0.5], [f64::NAN, 0.5]]);
        let path = Trajectory {
            trace: &trace,
            below: Vec::new(),
            style: Theme::LIGHT.path(0),
            width: 2.0,
            label: String::new(),
        };
        let path = path.into_growing_path(&frame());
        let last = |step: usize| (path.step)(step).lines.concat().last().copied();
        assert_eq!(last(0), Some([104.0, 50.0]));
        assert_eq!(last(1), None);
    }
}
