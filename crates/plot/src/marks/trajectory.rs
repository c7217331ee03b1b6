//! The way of an optimizer over the map: arrows to scale, a thin line where they would be too small to see.

use crate::{
    color::Color,
    figure::{Frame, Mark},
    legend::{Key, Sign, distance},
    scene::{Node, Point, Stroke},
    shapes::{open_lines, polygon},
    theme::Theme,
};
use thalweg::trace::Trace;

/// The way of an optimizer over the map.
pub struct Trajectory<'a> {
    /// Where it went; its first two weights are drawn.
    pub trace: &'a Trace,
    /// Colour of the line and the arrows.
    pub color: Color,
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
pub(super) const CASING: f64 = 1.0;

impl Trajectory<'_> {
    fn arrows(&self, frame: &Frame) -> Vec<[Point; 2]> {
        let points: Vec<Point> = self.trace.path().map(|w| frame.px_from_data(w)).collect();
        // A far step of a run that diverges would be a line across the whole picture of many thousand px.
        let near = frame.area.grown(4.0);
        let arrows = points.windows(2).map(|pair| [pair[0], pair[1]]);
        arrows.filter(|[a, b]| near.meets(*a, *b)).collect()
    }

    fn is_thin(arrow: &[Point; 2]) -> bool {
        distance(arrow[0], arrow[1]) < SHORTEST_ARROW
    }
}

impl Mark for Trajectory<'_> {
    fn draw(&self, frame: &Frame, out: &mut Vec<Node>) {
        let arrows = self.arrows(frame);
        let all_thin = arrows.iter().all(Self::is_thin);
        let width = if all_thin {
            0.8 * self.width
        } else {
            self.width
        };
        let heads = arrows.iter().filter(|arrow| !Self::is_thin(arrow));
        let heads: Vec<[Point; 3]> = heads.map(|arrow| head(*arrow, HEAD * width)).collect();
        let shafts = shafts(&arrows, HEAD * width);
        let casing = frame.theme.casing(self.color);
        let mut nodes = vec![open_lines(
            shafts.clone(),
            Stroke::new(casing, width + 2.0 * CASING),
        )];
        let outline = Stroke::new(casing, 2.0 * CASING);
        nodes.extend(
            heads
                .iter()
                .map(|head| polygon(head.to_vec(), None, Some(outline))),
        );
        nodes.push(open_lines(shafts, Stroke::new(self.color, width)));
        nodes.extend(
            heads
                .iter()
                .map(|head| polygon(head.to_vec(), Some(self.color), None)),
        );
        out.push(crate::shapes::group("path", nodes));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        self.arrows(frame)
            .iter()
            .map(|arrow| arrow.to_vec())
            .collect()
    }

    fn key(&self, theme: &Theme) -> Option<Key> {
        let casing = Stroke::new(theme.casing(self.color), self.width + 1.0 + 2.0 * CASING);
        Some(Key {
            label: self.label.clone(),
            sign: Sign::Line(Stroke::new(self.color, self.width + 1.0), Some(casing)),
        })
    }
}

/// Length of the head of an arrow.
pub(super) fn head_length(arrow: [Point; 2], wanted: f64) -> f64 {
    wanted.min(MOST_HEAD * distance(arrow[0], arrow[1]))
}

/// The three corners of an arrow's head, its tip first.
pub(super) fn head([tail, tip]: [Point; 2], wanted: f64) -> [Point; 3] {
    let length = head_length([tail, tip], wanted);
    let whole = distance(tail, tip);
    let along = [(tip[0] - tail[0]) / whole, (tip[1] - tail[1]) / whole];
    let base = [tip[0] - length * along[0], tip[1] - length * along[1]];
    let side = [-0.38 * length * along[1], 0.38 * length * along[0]];
    [
        tip,
        [base[0] + side[0], base[1] + side[1]],
        [base[0] - side[0], base[1] - side[1]],
    ]
}

/// The lines without their heads; thin arrows run on into one line.
fn shafts(arrows: &[[Point; 2]], wanted: f64) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for arrow in arrows {
        let [tail, tip] = *arrow;
        if Trajectory::is_thin(arrow) {
            match lines.last_mut() {
                Some(line) if line.last() == Some(&tail) => line.push(tip),
                _ => lines.push(vec![tail, tip]),
            }
        } else {
            // The line ends inside the head, so that it does not show beside the tip.
            let keep = 1.0 - 0.8 * head_length(*arrow, wanted) / distance(tail, tip);
            let end = [
                tail[0] + keep * (tip[0] - tail[0]),
                tail[1] + keep * (tip[1] - tail[1]),
            ];
            lines.push(vec![tail, end]);
        }
    }
    lines
}
