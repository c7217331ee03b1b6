//! A note in the middle of a picture in which nothing can be seen.

use crate::prelude::*;
use crate::{
    layout::{Frame, Mark},
    text::fitted,
};

/// A note in the middle of the picture.
pub struct Note(pub String);

impl Mark for Note {
    fn draw(&self, _: &Frame, _: &mut Vec<Node>) {}

    fn label(&self, frame: &Frame, _: &[Vec<Point>], out: &mut Vec<Node>) {
        let (theme, area) = (frame.theme, frame.area);
        let (words, size) = fitted(&self.0, theme.text, area.width - 16.0, theme.small);
        let middle = [area.middle()[0], area.top + area.height / 3.0];
        out.push(Node::Text(TextNode {
            halo: Some(Stroke::new(theme.background.with_opacity(0.85), 4.0)),
            ..text(middle, words, size, theme.foreground, Align::Middle)
        }));
    }

    fn lines(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let area = frame.area;
        let half = crate::text::width(&self.0, frame.theme.text) / 2.0;
        let (x, y) = (area.middle()[0], area.top + area.height / 3.0 - 5.0);
        vec![vec![[x - half, y], [x + half, y]]]
    }
}
