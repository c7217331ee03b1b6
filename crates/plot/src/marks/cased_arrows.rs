//! Arrows with solid heads above a casing, which separates them from what is below.

use crate::layout::distance;
use crate::prelude::*;

/// Shorter arrows are drawn as a line, in px: their small heads would look like dashes.
const SHORTEST_ARROW: f64 = 12.0;
/// Length of a head relative to the width of the line.
pub(crate) const HEAD: f64 = 4.2;
/// Largest fraction of an arrow for its head.
const MAX_HEAD_SHARE: f64 = 0.55;
/// Visible width of the casing on each side in px.
pub(super) const CASING: f64 = 1.0;

/// Returns whether an arrow is drawn as a line without a head.
pub(super) fn is_thin(arrow: &[Point; 2]) -> bool {
    distance(arrow[0], arrow[1]) < SHORTEST_ARROW
}

/// Returns the length of the head of an arrow.
fn head_length(arrow: [Point; 2], wanted: f64) -> f64 {
    wanted.min(MAX_HEAD_SHARE * distance(arrow[0], arrow[1]))
}

/// Returns the three corners of the head of an arrow, the tip first.
pub(crate) fn head([tail, tip]: [Point; 2], wanted: f64) -> [Point; 3] {
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

/// Returns the arrows without heads. Thin arrows and `joined` arrows form one line; otherwise, dashes would restart at
/// every step.
pub(super) fn shafts(
    arrows: &[[Point; 2]],
    wanted: f64,
    joined: impl Fn(usize) -> bool,
) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for (i, arrow) in arrows.iter().enumerate() {
        let [tail, tip] = *arrow;
        if is_thin(arrow) || joined(i) {
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

/// Returns the line of an arrow. It ends inside the head, so that it is not visible beside the tip.
pub(super) fn shaft([tail, tip]: [Point; 2], wanted: f64) -> Vec<Point> {
    let keep = 1.0 - 0.8 * head_length([tail, tip], wanted) / distance(tail, tip);
    let end = [0, 1].map(|k| tail[k] + keep * (tip[k] - tail[k]));
    vec![tail, end]
}

/// Draws lines and solid heads of arrows above their casing.
pub(crate) fn cased_arrows(
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
