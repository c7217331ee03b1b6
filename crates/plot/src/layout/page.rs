//! Several scenes in one picture, in rows.

use crate::prelude::*;
pub use crate::scene::placed;

/// Several scenes in one picture.
pub struct Page {
    /// Title in the metadata; each scene shows its own title.
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Background color.
    pub background: Color,
    /// Rows from top to bottom, each from left to right.
    pub rows: Vec<Vec<Scene>>,
}

impl Page {
    /// Arranges scenes below each other, at least one. The page has the title of the first one.
    pub fn column(scenes: Vec<Scene>) -> Self {
        let descriptions: Vec<&str> = scenes.iter().map(|s| &*s.description).collect();
        Self {
            title: scenes[0].title.clone(),
            description: descriptions.join(" "),
            background: scenes[0].background,
            rows: scenes.into_iter().map(|scene| vec![scene]).collect(),
        }
    }

    /// Combines the scenes into one, each with its output size. The scenes of a row are beside each other and centered.
    pub fn scene(self) -> Scene {
        let width = |row: &[Scene]| row.iter().map(|s| s.px()[0]).sum::<f64>();
        let widest = self.rows.iter().map(|row| width(row)).fold(0.0, f64::max);
        let (mut nodes, mut top, mut part) = (Vec::new(), 0.0, 0);
        for row in self.rows {
            let height = row.iter().map(|s| s.px()[1]).fold(0.0, f64::max);
            let mut left = ((widest - width(&row)) / 2.0).round();
            for scene in row {
                part += 1;
                let [width, _] = scene.px();
                let id = format!("part-{part}");
                let prefix = format!("{id}-");
                let placed = placed(scene.nodes, [left, top], scene.scale, &prefix);
                nodes.push(group(&id, placed));
                left += width;
            }
            top += height;
        }
        let words = [&self.title, &self.description];
        Scene::titled([widest, top], words, self.background, nodes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Align, group, open_lines, text};

    fn scene(size: [f64; 2]) -> Scene {
        let black = Color::hex(0);
        let line = open_lines([vec![[0.0, 0.0], size]], Stroke::new(black, 1.0));
        let label = text([1.0, 2.0], "a", 10.0, black, Align::Start);
        Scene {
            nodes: vec![group("marks", vec![line, Node::Text(label)])],
            ..Scene::blank(size, black)
        }
    }

    #[test]
    fn parts_lie_in_rows() {
        let page = Page {
            title: "all".to_owned(),
            description: String::new(),
            background: Color::hex(0),
            rows: vec![
                vec![scene([30.0, 20.0]), scene([50.0, 40.0])],
                vec![scene([60.0, 10.0])],
            ],
        };
        let page = page.scene();
        assert_eq!(page.size, [80.0, 50.0]);
        let ids_and_texts: Vec<_> = page.nodes.iter().map(first_text).collect();
        let expected = [
            ("part-1-marks", [1.0, 2.0]),
            ("part-2-marks", [31.0, 2.0]),
            ("part-3-marks", [11.0, 42.0]),
        ];
        assert_eq!(ids_and_texts, expected);
    }

    #[test]
    fn a_part_keeps_its_output_size() {
        let page = Page::column(vec![
            scene([30.0, 20.0]).magnified(2.0),
            scene([30.0, 20.0]),
        ]);
        let page = page.scene();
        assert_eq!((page.size, page.scale), ([60.0, 60.0], 1.0));
        let parts: Vec<_> = page.nodes.iter().map(first_text).collect();
        assert_eq!(
            parts,
            [("part-1-marks", [2.0, 4.0]), ("part-2-marks", [16.0, 42.0])]
        );
    }

    fn first_text(part: &Node) -> (&str, Point) {
        let Node::Group { nodes, .. } = part else {
            panic!("a part is a group");
        };
        let [Node::Group { id, nodes, .. }] = &nodes[..] else {
            panic!("the scene has one group");
        };
        let [_, Node::Text(text)] = &nodes[..] else {
            panic!("the group has a line and a text");
        };
        (id, text.at)
    }

    #[test]
    fn a_smaller_picture_has_thinner_lines() {
        let small = placed(scene([30.0, 20.0]).nodes, [5.0, 6.0], 0.5, "inset-");
        let [Node::Group { id, nodes, .. }] = &small[..] else {
            panic!("the scene has one group");
        };
        let [Node::Path { lines, stroke, .. }, Node::Text(text)] = &nodes[..] else {
            panic!("the group has a line and a text");
        };
        assert_eq!(id, "inset-marks");
        assert_eq!(lines[0].points, [[5.0, 6.0], [20.0, 16.0]]);
        assert_eq!(stroke.map(|s| s.width), Some(0.5));
        assert_eq!((text.at, text.size), ([5.5, 7.0], 5.0));
    }
}
