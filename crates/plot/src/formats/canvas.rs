//! Scenes as drawing commands for a canvas in a browser.
//!
//! The commands are numbers in one list. A number that represents a color or a text is an index into a list of texts.
//! A small interpreter on the page executes them ([`Drawing`] lists all commands), so the page computes no layout.
//!
//! The list only contains finite numbers: a line is broken at a corner that is not finite, and a circle or a text with such
//! a number is omitted.

use crate::prelude::*;
use std::collections::BTreeMap;

/// The first number of every list: the version of the format.
pub const VERSION: u8 = 1;

/// Drawing commands in px with y down.
///
/// The first number is [`VERSION`]; then each command is its number and its operands:
///
/// ```text
/// 0 clip      left, top, width, height: until 1
/// 1 unclip
/// 2 begin     forgets the path so far
/// 3 line      count, then x and y of each corner: adds an open line to the path
/// 4 ring      count, then x and y of each corner: adds a closed line to the path
/// 5 circle    x, y, radius: adds a circle to the path
/// 6 fill      color: fills the path by the even-odd rule
/// 7 stroke    color, width, dash, gap: strokes the path; without dashes both lengths are 0
/// 8 text      words, x, y, size, align, turn, color, halo, width of the halo: align is 0 for the left end, 1 for the
///             middle, and 2 for the right end, turn is clockwise in degrees; without a halo its width is 0
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The commands.
    pub numbers: Vec<f32>,
    /// The texts to which they refer: CSS colors and labels.
    pub texts: Vec<String>,
}

/// Returns the scene as drawing commands.
pub fn encode(scene: &Scene) -> Drawing {
    let whole = Rect::new([0.0; 2], scene.size);
    let mut writer = CanvasEncoder {
        drawing: Drawing::default(),
        known: BTreeMap::new(),
        scale: scene.scale,
    };
    writer.drawing.numbers.push(VERSION.into());
    writer.nodes(&[whole.node(Some(scene.background), None)]);
    // Lines far outside are invisible and slow to draw.
    writer.nodes(&scene.bounded().nodes);
    writer.drawing
}

/// Returns a CSS color.
pub fn css(color: Color) -> String {
    let [r, g, b] = color.rgb;
    if color.opacity < 1.0 {
        format!("rgba({r}, {g}, {b}, {})", color.opacity)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

struct CanvasEncoder {
    drawing: Drawing,
    /// Index of each text.
    known: BTreeMap<String, usize>,
    scale: f64,
}

impl CanvasEncoder {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { clip, nodes, .. } => self.group(*clip, nodes),
                Node::Path {
                    lines,
                    fill,
                    stroke,
                } => self.path(lines, *fill, *stroke),
                Node::Circle {
                    center,
                    radius,
                    fill,
                    stroke,
                } => {
                    let [x, y] = *center;
                    let (fill, stroke) = visible(*fill, *stroke);
                    let is_painted = fill.is_some() || stroke.is_some();
                    let is_finite = [x, y, *radius].iter().all(|px| px.is_finite());
                    if is_painted && is_finite && *radius > 0.0 {
                        self.command(2.0, &[]);
                        self.command(5.0, &[x, y, *radius]);
                        self.paint(fill, stroke);
                    }
                }
                Node::Text(text) => self.text(text),
            }
        }
    }

    fn group(&mut self, clip: Option<Rect>, nodes: &[Node]) {
        let Some(edge) = clip else {
            return self.nodes(nodes);
        };
        self.command(0.0, &[edge.left, edge.top, edge.width, edge.height]);
        self.nodes(nodes);
        self.command(1.0, &[]);
    }

    fn path(&mut self, lines: &[Polyline], fill: Option<Color>, stroke: Option<Stroke>) {
        let (fill, stroke) = visible(fill, stroke);
        // A canvas would fill open lines, too, so only closed lines are filled.
        if fill.is_some() && !lines.iter().all(Polyline::has_inside) {
            let closed = lines.iter().filter(|line| line.has_inside()).cloned();
            self.path(&closed.collect::<Vec<_>>(), fill, None);
            return self.path(lines, None, stroke);
        }
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let begin = self.drawing.numbers.len();
        self.command(2.0, &[]);
        for line in lines.iter().filter(|line| !line.points.is_empty()) {
            if line.has_inside() {
                self.line(4.0, &line.points);
            } else {
                line.for_each_part(|points, _| {
                    if points.len() > 1 {
                        self.line(3.0, points);
                    }
                });
            }
        }
        if self.drawing.numbers.len() > begin + 1 {
            self.paint(fill, stroke);
        } else {
            self.drawing.numbers.truncate(begin);
        }
    }

    fn line(&mut self, kind: f32, points: &[Point]) {
        self.drawing.numbers.extend([kind, points.len() as f32]);
        self.lengths(points.as_flattened());
    }

    /// Fills and strokes the path.
    fn paint(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        if let Some(color) = fill {
            let color = self.color(color);
            self.drawing.numbers.extend([6.0, color]);
        }
        if let Some(stroke) = stroke {
            let color = self.color(stroke.color);
            self.drawing.numbers.extend([7.0, color]);
            let [dash, gap] = stroke.dash.unwrap_or_default();
            self.lengths(&[stroke.width, dash, gap]);
        }
    }

    fn text(&mut self, text: &TextNode) {
        let [x, y] = text.at;
        if text.text.is_empty() || ![x, y].iter().all(|px| px.is_finite()) {
            return;
        }
        let words = self.index(text.text.clone());
        self.drawing.numbers.extend([8.0, words]);
        self.lengths(&[x, y, text.size]);
        let align = match text.align {
            Align::Start => 0.0,
            Align::Middle => 1.0,
            Align::End => 2.0,
        };
        let halo = text.halo.unwrap_or(Stroke::new(text.color, 0.0));
        let colors = [text.color, halo.color].map(|color| self.color(color));
        let last = [align, text.turn as f32, colors[0], colors[1]];
        self.drawing.numbers.extend(last);
        self.lengths(&[halo.width]);
    }

    fn command(&mut self, number: f32, lengths: &[f64]) {
        self.drawing.numbers.push(number);
        self.lengths(lengths);
    }

    fn lengths(&mut self, px: &[f64]) {
        let px = px.iter().map(|px| (px * self.scale) as f32);
        self.drawing.numbers.extend(px);
    }

    fn color(&mut self, color: Color) -> f32 {
        self.index(css(color))
    }

    /// Returns the index of a text.
    fn index(&mut self, text: String) -> f32 {
        let next = self.drawing.texts.len();
        let index = *self.known.entry(text).or_insert_with_key(|text| {
            self.drawing.texts.push(text.clone());
            next
        });
        index as f32
    }
}

/// Returns a fill and a stroke without what is invisible. A browser ignores a line width of 0 and would draw the stroke
/// with the previous width.
fn visible(fill: Option<Color>, stroke: Option<Stroke>) -> (Option<Color>, Option<Stroke>) {
    (
        fill.filter(|color| color.opacity > 0.0),
        stroke.filter(|stroke| stroke.color.opacity > 0.0 && stroke.width > 0.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    const RED: Color = Color::hex(0x00ff_0000);

    fn drawn(nodes: Vec<Node>) -> Drawing {
        let clear = RED.with_opacity(0.0);
        encode(&Scene {
            nodes,
            ..Scene::blank([10.0, 10.0], clear)
        })
    }

    #[test]
    fn a_dashed_line_is_clipped_and_broken() {
        let line = vec![[0.0, 1.0], [1e300, 1.0], [f64::NAN, 1.0], [3.0, 3.0]];
        let stroke = Stroke::new(RED, 2.0).dashed([5.0, 4.0]);
        let drawing = drawn(vec![open_lines([line], stroke)]);
        let expected = [
            1.0, 2.0, 3.0, 2.0, 0.0, 1.0, 20.0, 1.0, 7.0, 0.0, 2.0, 5.0, 4.0,
        ];
        assert_eq!(drawing.numbers, expected);
        assert_eq!(drawing.texts, ["#ff0000"]);
        let far = open_lines([vec![[50.0, 0.0], [50.0, 9.0]]], stroke);
        assert_eq!(drawn(vec![far]).numbers, [1.0]);
    }

    #[test]
    fn only_closed_lines_are_filled() {
        let corners = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]];
        let lines = [true, false].map(|closed| Polyline {
            points: corners.clone(),
            closed,
        });
        let path = Node::Path {
            lines: lines.to_vec(),
            fill: Some(RED),
            stroke: None,
        };
        let ring = [4.0, 3.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0];
        let numbers = drawn(vec![path]).numbers;
        let filled = [&[1.0, 2.0], &ring[..], &[6.0, 0.0]].concat();
        assert_eq!(numbers, filled);
    }

    #[test]
    fn equal_texts_are_stored_once() {
        let words = |y| {
            let words = text([1.0, y], "w1", 9.0, RED, Align::End);
            Node::Text(TextNode {
                halo: Some(Stroke::new(RED.with_opacity(0.5), 3.0)),
                ..words
            })
        };
        let drawing = drawn(vec![words(2.0), words(4.0)]);
        assert_eq!(drawing.texts, ["w1", "#ff0000", "rgba(255, 0, 0, 0.5)"]);
        let first = [1.0, 8.0, 0.0, 1.0, 2.0, 9.0, 2.0, 0.0, 1.0, 2.0, 3.0];
        assert_eq!(drawing.numbers[..11], first);
    }
}
