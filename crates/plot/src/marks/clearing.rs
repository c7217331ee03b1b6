//! Free space for labels between the axes.

use crate::layout::Frame;
use crate::prelude::*;

/// The free space in a frame between lines and labels.
pub(super) struct FreeSpace<'a> {
    frame: &'a Frame<'a>,
    lines: &'a [Vec<Point>],
    taken: Vec<Rect>,
}

impl<'a> FreeSpace<'a> {
    pub(super) fn new(frame: &'a Frame, lines: &'a [Vec<Point>]) -> Self {
        Self {
            frame,
            lines,
            taken: Vec::new(),
        }
    }

    /// Returns whether an area with a margin in px lies inside the frame and is free of lines and labels.
    pub(super) fn is_free(&self, place: &Rect, margin: f64) -> bool {
        let clear = place.grown(margin);
        let mut pieces = self.lines.iter().flat_map(|line| line.windows(2));
        self.is_apart(place, margin) && !pieces.any(|pair| clear.meets(pair[0], pair[1]))
    }

    /// Returns whether an area lies inside the frame and, with a margin in px, is free of labels.
    pub(super) fn is_apart(&self, place: &Rect, margin: f64) -> bool {
        let clear = place.grown(margin);
        let inside = self.frame.area.grown(-3.0);
        inside.encloses(place) && !self.taken.iter().any(|other| other.overlaps(&clear))
    }

    /// Reserves an area.
    pub(super) fn take(&mut self, place: Rect) {
        self.taken.push(place);
    }

    /// Creates the text node of a label in this area.
    pub(super) fn words(&self, words: String, place: Rect, size: f64) -> Node {
        let theme = self.frame.theme;
        let at = [place.middle()[0], place.bottom()];
        Node::Text(TextNode {
            halo: Some(Stroke::new(theme.background.with_opacity(0.85), 3.0)),
            ..text(at, words, size, theme.foreground, Align::Middle)
        })
    }
}
