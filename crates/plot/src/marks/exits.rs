//! The arrow at the edge of the picture while a path is outside of it.

use super::{
    cased_arrows::{HEAD, cased_arrows, head},
    trajectory::{EXIT, Exit},
};
use crate::layout::Frame;
use crate::prelude::*;
use thalweg::trace::Trace;

/// The arrows at the edge of the picture where a path leaves it, after each epoch.
pub struct PathExits {
    /// Epochs after which the arrow changes, ascending, and the arrow from then on.
    changes: Vec<(usize, Option<[Point; 3]>)>,
    stroke: Stroke,
}

impl PathExits {
    /// Finds where a path, drawn with this stroke, leaves a frame.
    pub fn new(trace: &Trace, frame: &Frame, stroke: Stroke) -> Self {
        let long = EXIT * HEAD * stroke.width;
        let is_inside = |w: &[f64]| frame.area.contains(frame.px_from_data(w));
        let head_of = |step: [&[f64]; 2]| {
            let exit = Exit::of(frame.area, step.map(|w| frame.px_from_data(w)))?;
            Some(head([exit.at(-2.0 * long), exit.at(0.0)], long))
        };
        Self::of(trace, stroke, is_inside, head_of)
    }

    /// Finds where a path leaves the visible part of the weights. `head_of` returns the corners in px of the arrow where a
    /// step leaves it.
    pub(crate) fn of(
        trace: &Trace,
        stroke: Stroke,
        is_inside: impl Fn(&[f64]) -> bool,
        head_of: impl Fn([&[f64]; 2]) -> Option<[Point; 3]>,
    ) -> Self {
        let mut changes: Vec<(usize, Option<[Point; 3]>)> = Vec::new();
        let mut from = None;
        for (epoch, to) in trace.path().enumerate() {
            let arrow = if is_inside(to) {
                Some(None)
            } else {
                from.and_then(|from| head_of([from, to])).map(Some)
            };
            let before = changes.last().and_then(|(_, arrow)| *arrow);
            if let Some(arrow) = arrow.filter(|arrow| *arrow != before) {
                changes.push((epoch, arrow));
            }
            from = Some(to);
        }
        Self { changes, stroke }
    }

    /// Draws the arrow at the edge if the path is outside of the picture after an epoch.
    pub fn draw(&self, epoch: usize, theme: &Theme, out: &mut Vec<Node>) {
        let after = self.changes.partition_point(|(change, _)| *change <= epoch);
        let last = after.checked_sub(1).and_then(|i| self.changes[i].1);
        if let Some(head) = last {
            out.extend(cased_arrows(Vec::new(), &[head], self.stroke, theme));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::Scale, marks::trajectory::tests::trace};

    #[test]
    fn an_arrow_is_at_the_edge_while_the_path_is_outside() {
        let theme = &Theme::LIGHT;
        let frame = Frame {
            x: Scale::linear([0.0, 1.0], [0.0, 100.0]),
            y: Scale::linear([0.0, 1.0], [100.0, 0.0]),
            area: Rect::new([0.0; 2], [100.0, 100.0]),
            theme,
        };
        let path = [
            [0.5, 0.5],
            [1.5, 0.5],
            [9.0, 0.5],
            [0.5, 0.4],
            [0.5, f64::NEG_INFINITY],
            [f64::NAN, 0.0],
        ];
        let exits = PathExits::new(&trace(&path), &frame, Stroke::new(theme.foreground, 2.0));
        let tip = |epoch: usize| {
            let mut nodes = Vec::new();
            exits.draw(epoch, theme, &mut nodes);
            nodes.iter().rev().find_map(|node| match node {
                Node::Path {
                    lines,
                    fill: Some(_),
                    ..
                } => Some(lines[0].points[0].map(f64::round)),
                _ => None,
            })
        };
        let tips: Vec<_> = (0..6).map(tip).collect();
        let right = Some([99.0, 50.0]);
        let below = Some([50.0, 99.0]);
        assert_eq!(tips, [None, right, right, None, below, below]);
    }
}
