//! The frame around the marks, with ticks, numbers and names.

use crate::prelude::*;
use crate::{
    layout::frame::{AxisSpan, Frame},
    text::fitted,
};

/// Length of a tick in px.
pub(crate) const TICK: f64 = 5.0;

/// The frame, about `count` ticks an axis with their numbers, and the axes' names.
pub(crate) fn draw(frame: &Frame, x: &AxisSpan, y: &AxisSpan, count: usize) -> Vec<Node> {
    let (theme, area) = (frame.theme, frame.area);
    let stroke = Stroke::new(theme.ink, 1.0);
    let mut nodes = vec![area.node(None, Some(stroke))];
    let mut ticks = Vec::new();
    let small = |at, words, align| Node::Text(text(at, words, theme.small, theme.ink, align));

    // A low axis has room for fewer numbers.
    let up = count.min((area.height / 20.0) as usize).max(1);
    for (v, label) in fitting(frame, x, count) {
        let px = frame.x.px_from_data(v);
        ticks.push(vec![[px, area.bottom()], [px, area.bottom() + TICK]]);
        let at = [px, area.bottom() + TICK + 3.0 + theme.small];
        nodes.push(small(at, label, Align::Middle));
    }
    let mut widest: f64 = 0.0;
    for (v, label) in y.ticks(up) {
        let px = frame.y.px_from_data(v);
        widest = widest.max(crate::text::width(&label, theme.small));
        ticks.push(vec![[area.left - TICK, px], [area.left, px]]);
        let at = [area.left - TICK - 4.0, px + 0.36 * theme.small];
        nodes.push(small(at, label, Align::End));
    }
    nodes.push(open_lines(ticks, stroke));

    let middle = [area.left + area.width / 2.0, area.top + area.height / 2.0];
    let below = area.bottom() + TICK + theme.small + 12.0 + theme.text;
    let beside = area.left - TICK - 4.0 - widest - 12.0;
    let name = |at, words: &str| text(at, words, theme.text, theme.ink, Align::Middle);
    let names = [
        name([middle[0], below], &x.label),
        Text {
            turn: -90.0,
            ..name([beside, middle[1]], &y.label)
        },
    ];
    let names = names.into_iter().filter(|name| !name.text.is_empty());
    nodes.extend(names.map(Node::Text));
    nodes
}

/// About `count` ticks of the first axis, or as many fewer as it takes that their numbers stand apart.
pub(crate) fn fitting(frame: &Frame, x: &AxisSpan, count: usize) -> Vec<(f64, String)> {
    const APART: f64 = 6.0;
    let apart = |ticks: &[(f64, String)]| {
        ticks.windows(2).all(|pair| {
            let [a, b] = [&pair[0], &pair[1]];
            let half = |label: &str| crate::text::width(label, frame.theme.small) / 2.0;
            let way = frame.x.px_from_data(b.0) - frame.x.px_from_data(a.0);
            half(&a.1) + half(&b.1) + APART <= way.abs()
        })
    };
    let counts = (1..=count).rev();
    let fewer = counts
        .map(|count| x.ticks(count))
        .find(|ticks| apart(ticks));
    // Where not even two stand apart, one says more than a heap of them.
    fewer.unwrap_or_else(|| x.ticks(1).into_iter().take(1).collect())
}

/// The figure's name above the frame, moved so that it stays in a picture `width` px wide; where it is too long even then, it
/// is shrunk as far as can be read, and loses its end.
pub(crate) fn title(words: &str, frame: &Frame, width: f64) -> Node {
    let (theme, area) = (frame.theme, frame.area);
    let (words, size) = fitted(words, theme.text + 1.0, width - 8.0, theme.small);
    let half = crate::text::width(&words, size) / 2.0;
    let middle = area.left + area.width / 2.0;
    let middle = middle.min(width - half - 4.0).max(half + 4.0);
    let at = [middle, area.top - 10.0];
    Node::Text(text(at, words, size, theme.ink, Align::Middle))
}
