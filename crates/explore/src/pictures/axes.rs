//! The axes of the map, which are drawn inside its edges.

use super::overlay::transparent_scene;
use thalweg_plot::{
    figure::{AxisSpan, Frame},
    formats::canvas::{self, Drawing},
    scene::{Align, Node, Point, Stroke, TextNode},
    shapes::{open_lines, text},
    text,
};

/// Length of an axis tick in px.
const TICK: f64 = 5.0;
/// Minimum distance in px of a tick label from the corner with the axis names.
const CORNER: f64 = 16.0;
/// Space for a tick label in px.
const TICK_ROOM: f64 = 80.0;

/// Draws tick labels and names inside the edges, so that the map fills the picture.
pub(super) fn axes(frame: &Frame, [first, second]: &[String; 2]) -> Drawing {
    let (theme, area) = (frame.theme, frame.area);
    let size = theme.small;
    let halo = Stroke::new(theme.background, 3.0);
    let mut words = Vec::new();
    let mut write = |words_of: &str, at: Point, align: Align| {
        words.push(Node::Text(TextNode {
            halo: Some(halo),
            ..text(at, words_of, size, theme.foreground, align)
        }));
    };
    let mut lines = Vec::new();
    let below = area.height - TICK - 4.0;
    // A tick label keeps the same distance from the name of the axis as from the corner.
    let name = area.width - 6.0 - text::width(first, size);
    let room = CORNER..=name - CORNER;
    for (v, label) in ticks(frame.x.data, area.width) {
        let (x, half) = (frame.x.px_from_data(v), text::width(&label, size) / 2.0);
        if room.contains(&(x - half)) && room.contains(&(x + half)) {
            lines.push(vec![[x, area.height], [x, area.height - TICK]]);
            write(&label, [x, below], Align::Middle);
        }
    }
    write(first, [area.width - 6.0, below], Align::End);
    for (v, label) in ticks(frame.y.data, area.height) {
        let y = frame.y.px_from_data(v);
        if (2.0 * CORNER..=area.height - 2.0 * CORNER).contains(&y) {
            lines.push(vec![[0.0, y], [TICK, y]]);
            write(&label, [TICK + 4.0, y + 0.36 * size], Align::Start);
        }
    }
    write(second, [6.0, 14.0], Align::Start);
    let line = Stroke::new(theme.foreground, 1.0);
    let mut nodes = [halo, line]
        .map(|stroke| open_lines(lines.clone(), stroke))
        .to_vec();
    nodes.extend(words);
    canvas::encode(&transparent_scene(frame, nodes))
}

/// Returns the ticks of an axis with this length in px, and their labels.
fn ticks(range: [f64; 2], length: f64) -> Vec<(f64, String)> {
    let count = (length / TICK_ROOM).round().max(1.0) as usize;
    AxisSpan::linear("", range).ticks(count)
}
