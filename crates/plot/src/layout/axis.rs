//! The frame around the marks, with ticks, tick labels, and axis labels.

use crate::prelude::*;
use crate::{
    layout::frame::{AxisSpan, Frame},
    text::fitted,
};

/// Length of a tick in px.
pub(crate) const TICK: f64 = 5.0;

/// Draws the frame, about `count` ticks per axis with their labels, and the axis labels.
pub(crate) fn draw(frame: &Frame, x: &AxisSpan, y: &AxisSpan, count: usize) -> Vec<Node> {
    let (theme, area) = (frame.theme, frame.area);
    let stroke = Stroke::new(theme.foreground, 1.0);
    let mut nodes = vec![area.node(None, Some(stroke))];
    let mut ticks = Vec::new();
    let small = |at, words, align| label(at, words, theme.small, theme.foreground, align);

    // A short axis has fewer tick labels.
    let up = count.min((area.height / 20.0) as usize).max(1);
    for (v, words) in fitting(frame, x, count) {
        let px = frame.x.px_from_data(v);
        ticks.push(vec![[px, area.bottom()], [px, area.bottom() + TICK]]);
        let at = [px, area.bottom() + TICK + 3.0 + theme.small];
        nodes.push(small(at, words, Align::Middle));
    }
    let beside = y.ticks(up);
    let widest = widest(&beside, theme);
    for (v, words) in beside {
        let px = frame.y.px_from_data(v);
        ticks.push(vec![[area.left - TICK, px], [area.left, px]]);
        let at = [area.left - TICK - 4.0, px + 0.36 * theme.small];
        nodes.push(small(at, words, Align::End));
    }
    nodes.push(open_lines(ticks, stroke));

    let middle = area.middle();
    let below = area.bottom() + TICK + theme.small + 12.0 + theme.text;
    let beside = area.left - TICK - 4.0 - widest - 12.0;
    if !x.label.is_empty() {
        let at = [middle[0], below];
        nodes.push(label(
            at,
            &x.label,
            theme.text,
            theme.foreground,
            Align::Middle,
        ));
    }
    if !y.label.is_empty() {
        let at = [beside, middle[1]];
        nodes.push(upright(at, &y.label, area.height, theme));
    }
    nodes
}

/// Returns the label of a vertical axis of this height. A long label is shrunk or truncated, because it would reach other
/// texts.
pub(crate) fn upright(at: Point, words: &str, height: f64, theme: &Theme) -> Node {
    const BEYOND: f64 = 8.0;
    let (words, size) = fitted(words, theme.text, height + BEYOND, theme.small);
    upwards(at, words, size, theme.foreground)
}

/// Returns the width in px of the longest tick label.
pub(crate) fn widest(ticks: &[(f64, String)], theme: &Theme) -> f64 {
    crate::text::widest(ticks.iter().map(|(_, words)| words), theme.small)
}

/// Returns at most about `count` ticks of the first axis, so few that their labels do not overlap.
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
    // If even two labels overlap, only one is shown.
    fewer.unwrap_or_else(|| x.ticks(1).into_iter().take(1).collect())
}

/// Returns the title above the frame in a picture that is `width` px wide.
pub(crate) fn title(words: &str, frame: &Frame, width: f64) -> Node {
    let size = frame.theme.text + 1.0;
    name(words, size, frame.area.top - 10.0, frame, width)
}

/// Returns text centered above or below the frame, moved so that it stays in a picture that is `width` px wide. A text
/// that is too long is shrunk, and truncated if necessary.
pub(crate) fn name(words: &str, size: f64, baseline: f64, frame: &Frame, width: f64) -> Node {
    let theme = frame.theme;
    let (words, size) = fitted(words, size, width - 8.0, theme.small);
    let half = crate::text::width(&words, size) / 2.0;
    let middle = frame.area.middle()[0];
    let middle = middle.min(width - half - 4.0).max(half + 4.0);
    label(
        [middle, baseline],
        words,
        size,
        theme.foreground,
        Align::Middle,
    )
}
