//! The way of an optimizer over the map: arrows to scale, a thin line where they would be too small to see.

use crate::prelude::*;
use crate::{
    layout::{Frame, LegendEntry, LegendHandle, Mark, distance},
    scene::{GrowingPath, PathPiece},
};
use thalweg::trace::Trace;

/// The way of an optimizer over the map.
pub struct Trajectory<'a> {
    /// Where it went; its first two weights are drawn.
    pub trace: &'a Trace,
    /// Colour and dashes of the line and the arrows.
    pub style: PathStyle,
    /// Width of the line in px.
    pub width: f64,
    /// Its name in the legend.
    pub label: String,
}

/// Arrows shorter than this many px are drawn as a line: their heads would be a px or two and look like dashes.
const SHORTEST_ARROW: f64 = 6.0;
/// A head is this many times as long as the line is wide, unless the arrow is too short for it.
pub(super) const HEAD: f64 = 4.2;
/// The most of an arrow that its head may take.
const MOST_HEAD: f64 = 0.55;
/// The casing shows by so many px on either side.
const CASING: f64 = 1.0;
/// The head at the edge, where a path leaves the picture, is this many times as long as others.
const EXIT: f64 = 1.2;
/// The tip of the arrow where a path leaves the picture lies this far from the edge, in px.
const INSET: f64 = 1.5;
/// Where a step goes that ends at no number, in px: out of any picture.
const OUT: f64 = 1e5;

impl<'a> Trajectory<'a> {
    /// All steps in px; one that ends at infinity goes far out, one that ends at no number is not there.
    fn steps(&self, frame: &Frame) -> Vec<[Point; 2]> {
        let points: Vec<Point> = self.trace.path().map(|w| frame.px_from_data(w)).collect();
        let step = |pair: &[Point]| {
            let [from, to] = [pair[0], pair[1]];
            let begins = from.iter().all(|px| px.is_finite());
            let ends = to.iter().all(|px| !px.is_nan());
            let reach = |i: usize| to[i].clamp(from[i] - OUT, from[i] + OUT);
            (begins && ends).then(|| [from, [reach(0), reach(1)]])
        };
        points.windows(2).filter_map(step).collect()
    }

    /// Where the path leaves the picture for good. None if it ends inside, or at no number.
    fn exit(&self, frame: &Frame, arrows: &[[Point; 2]]) -> Option<Exit> {
        if frame.area.contains(frame.px_from_data(self.trace.last())) {
            return None;
        }
        let way_out = |(arrow, [a, b]): (usize, &[Point; 2])| {
            let [_, t] = frame.area.part_of(*a, *b)?;
            let whole = distance(*a, *b);
            (t < 1.0).then(|| Exit {
                arrow,
                from: *a,
                along: [0, 1].map(|k| (b[k] - a[k]) / whole),
                way: t * whole - INSET,
            })
        };
        arrows.iter().enumerate().rev().find_map(way_out)
    }

    fn arrows(frame: &Frame, steps: &[[Point; 2]]) -> Vec<[Point; 2]> {
        // A far step of a run that diverges would be a line across the whole picture of many thousand px.
        let near = frame.area.grown(4.0);
        let arrows = steps.iter().copied();
        arrows.filter(|[a, b]| near.meets(*a, *b)).collect()
    }

    /// The same way as it grows, in one line without dashes: its steps together leave what the whole mark shows, but for
    /// the arrow at the edge.
    pub fn into_way(self, frame: &Frame) -> GrowingPath<'a> {
        let arrows = Self::arrows(frame, &self.steps(frame));
        let width = self.line_width(&arrows);
        let ([x, y], near) = ([frame.x, frame.y], frame.area.grown(4.0));
        let trace = self.trace;
        let at = move |epoch: usize| {
            let w = trace.at(epoch);
            [x.px_from_data(w[0]), y.px_from_data(w[1])]
        };
        let arrow = move |step: usize| {
            let arrow = [at(step), at(step + 1)];
            let finite = arrow.iter().flatten().all(|v| v.is_finite());
            (finite && near.meets(arrow[0], arrow[1])).then_some(arrow)
        };
        let step = move |step: usize| {
            let Some(this) = arrow(step) else {
                return PathPiece::default();
            };
            let before = step.checked_sub(1).and_then(arrow);
            let before = before.filter(|arrow| Self::is_thin(arrow) && Self::is_thin(&this));
            // With the step before it the line has a round corner where they meet.
            let arrows: Vec<_> = before.into_iter().chain([this]).collect();
            let head = (!Self::is_thin(&this)).then(|| head(this, HEAD * width).to_vec());
            let lines = shafts(&arrows, HEAD * width, |_| false);
            PathPiece {
                lines: lines.iter().filter_map(|line| cut(line, near)).collect(),
                head,
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

    /// Width of the line in px: less where it has no arrows.
    fn line_width(&self, arrows: &[[Point; 2]]) -> f64 {
        let all_thin = arrows.iter().all(Self::is_thin);
        if all_thin {
            0.8 * self.width
        } else {
            self.width
        }
    }

    fn is_thin(arrow: &[Point; 2]) -> bool {
        distance(arrow[0], arrow[1]) < SHORTEST_ARROW
    }
}

impl Mark for Trajectory<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let steps = self.steps(frame);
        let mut arrows = Self::arrows(frame, &steps);
        let width = self.line_width(&arrows);
        let length = HEAD * width;
        let exit = self.exit(frame, &arrows);
        if let Some(exit) = &exit {
            arrows.truncate(exit.arrow);
        }
        let heads = arrows.iter().filter(|arrow| !Self::is_thin(arrow));
        let mut heads: Vec<[Point; 3]> = heads.map(|arrow| head(*arrow, length)).collect();
        if let Some(exit) = &exit {
            // As large for a short step as for a long one: it says that the path goes on.
            let long = EXIT * length;
            heads.push(head([exit.at(-2.0 * long), exit.at(0.0)], long));
            arrows.push([exit.from, exit.at(-(0.5 * long).min(exit.way))]);
        }
        let last = exit.map(|_| arrows.len() - 1);
        let is_joined = |i| self.style.dash.is_some() || Some(i) == last;
        let shafts = shafts(&arrows, length, is_joined);
        let nodes = cased_arrows(shafts, &heads, self.style.stroke(width), frame.theme);
        out.push(group("path", nodes));
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

/// Where a path leaves the picture for good.
struct Exit {
    /// The number of the arrow that leads out.
    arrow: usize,
    /// Where this begins.
    from: Point,
    /// Its direction, of length 1.
    along: Point,
    /// From its beginning to the edge, in px.
    way: f64,
}

impl Exit {
    /// The place so many px behind the edge.
    fn at(&self, behind: f64) -> Point {
        [0, 1].map(|k| self.from[k] + (self.way + behind) * self.along[k])
    }
}

/// A line whose end, if it has only two, does not lie far outside.
fn cut(line: &[Point], room: Rect) -> Option<Vec<Point>> {
    let &[a, b] = line else {
        return Some(line.to_vec());
    };
    let [s, t] = room.part_of(a, b)?;
    let at = |t: f64| [0, 1].map(|k| a[k] + t * (b[k] - a[k]));
    Some(vec![at(s), at(t)])
}

/// Length of the head of an arrow.
fn head_length(arrow: [Point; 2], wanted: f64) -> f64 {
    wanted.min(MOST_HEAD * distance(arrow[0], arrow[1]))
}

/// The three corners of an arrow's head, its tip first.
pub(super) fn head([tail, tip]: [Point; 2], wanted: f64) -> [Point; 3] {
    let length = head_length([tail, tip], wanted);
    let whole = distance(tail, tip);
    let along = [0, 1].map(|k| (tip[k] - tail[k]) / whole);
    let base = [0, 1].map(|k| tip[k] - length * along[k]);
    let side = [-0.38 * length * along[1], 0.38 * length * along[0]];
    [
        tip,
        [base[0] + side[0], base[1] + side[1]],
        [base[0] - side[0], base[1] - side[1]],
    ]
}

/// The lines without their heads; thin arrows run on into one line, and so do those that are `joined`: dashes that began
/// anew with every step would be none.
fn shafts(arrows: &[[Point; 2]], wanted: f64, joined: impl Fn(usize) -> bool) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for (i, arrow) in arrows.iter().enumerate() {
        let [tail, tip] = *arrow;
        if Trajectory::is_thin(arrow) || joined(i) {
            match lines.last_mut() {
                Some(line) if line.last() == Some(&tail) => line.push(tip),
                _ => lines.push(vec![tail, tip]),
            }
        } else {
            lines.push(shaft(*arrow, wanted));
        }
    }
    lines
}

/// The line of an arrow. It ends inside the head, so that it does not show beside the tip.
pub(super) fn shaft([tail, tip]: [Point; 2], wanted: f64) -> Vec<Point> {
    let keep = 1.0 - 0.8 * head_length([tail, tip], wanted) / distance(tail, tip);
    let end = [0, 1].map(|k| tail[k] + keep * (tip[k] - tail[k]));
    vec![tail, end]
}

/// Lines and solid heads of arrows above their casing.
pub(super) fn cased_arrows(
    shafts: Vec<Vec<Point>>,
    heads: &[[Point; 3]],
    line: Stroke,
    theme: &Theme,
) -> Vec<Node> {
    let outline = Stroke::new(theme.casing(line.color), 2.0 * CASING);
    let drawn = |fill, stroke| {
        let head = move |head: &[Point; 3]| polygon(head.to_vec(), fill, stroke);
        heads.iter().map(head)
    };
    let mut nodes = vec![open_lines(shafts.clone(), theme.cased(line))];
    nodes.extend(drawn(None, Some(outline)));
    nodes.push(open_lines(shafts, line));
    nodes.extend(drawn(Some(line.color), None));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::Scale, scene::Rect};
    use thalweg::run::StopReason;

    fn trace(points: &[Point]) -> Trace {
        Trace {
            dim: 2,
            blocks: Vec::new(),
            weights: points.concat(),
            losses: vec![0.0; points.len()],
            calls: Vec::new(),
            needs: Vec::new(),
            inner: Vec::new(),
            trials: Vec::new(),
            stop: StopReason::EpochLimit,
        }
    }

    /// Tips of all heads that are painted, in px of a picture of 100 x 100.
    fn tips(points: &[Point]) -> Vec<[i64; 2]> {
        let theme = &Theme::LIGHT;
        let frame = Frame {
            x: Scale::linear([0.0, 1.0], [0.0, 100.0]),
            y: Scale::linear([0.0, 1.0], [100.0, 0.0]),
            area: Rect {
                left: 0.0,
                top: 0.0,
                width: 100.0,
                height: 100.0,
            },
            theme,
        };
        let trace = trace(points);
        let path = Trajectory {
            trace: &trace,
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
    fn a_path_that_leaves_the_picture_says_where() {
        // Over the right edge, up to a little before it.
        assert_eq!(tips(&[[0.5, 0.5], [2.0, 0.5]]), [[99, 50]]);
        let long_way = [[0.1, 0.5], [0.4, 0.5], [0.7, 0.5], [1.5, 0.5], [9.0, 9.0]];
        assert_eq!(tips(&long_way), [[40, 50], [70, 50], [99, 50]]);
        // It comes back in, and goes out again at the left: the last time alone.
        let twice = [[0.5, 0.5], [1.5, 0.5], [0.5, 0.4], [-0.5, 0.4]];
        assert_eq!(tips(&twice), [[150, 50], [50, 60], [2, 60]]);
        // A step from right before the edge, and steps too short for heads of their own.
        assert_eq!(tips(&[[0.999, 0.5], [3.0, 0.5]]), [[99, 50]]);
        let small: Vec<Point> = (0..200)
            .map(|i| [0.9 + 0.001 * f64::from(i), 0.5])
            .collect();
        assert_eq!(tips(&small), [[99, 50]]);
    }

    #[test]
    fn a_path_that_stays_has_no_arrow_at_the_edge() {
        assert_eq!(tips(&[[0.5, 0.5], [0.8, 0.5]]), [[80, 50]]);
        let back = [[0.5, 0.5], [1.5, 0.5], [0.5, 0.4]];
        assert_eq!(tips(&back), [[150, 50], [50, 60]]);
        assert!(tips(&[[0.5, 0.5]]).is_empty());
    }

    #[test]
    fn a_path_without_an_end_goes_where_its_last_step_leads() {
        assert_eq!(tips(&[[0.5, 0.5], [f64::NEG_INFINITY, 0.5]]), [[2, 50]]);
        assert_eq!(tips(&[[0.5, 0.5], [0.5, f64::INFINITY]]), [[50, 2]]);
        // To no number: nobody knows where.
        let lost = [[0.5, 0.5], [0.8, 0.5], [f64::NAN, 0.5]];
        assert_eq!(tips(&lost), [[80, 50]]);
        assert_eq!(tips(&[[0.5, 0.5], [1.5, 0.5], [f64::NAN, 0.5]]), [[99, 50]]);
    }
}
