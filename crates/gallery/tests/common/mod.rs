//! Requirements of every picture: its texts are readable.
#![allow(dead_code, reason = "helpers of tests; not every test needs each")]

pub(crate) mod drawing;

use thalweg_plot::{
    scene::{Align, Node, Rect, Scene, TextNode},
    text,
};

/// The five algorithms of the article.
pub(crate) const FIVE: [&str; 5] = [
    "gradient-descent:learning_rate=0.3",
    "momentum:learning_rate=0.3",
    "rprop",
    "irprop-plus",
    "gradient-descent:search=golden-section",
];

/// Returns all texts of nodes.
pub(crate) fn texts<'a>(nodes: &'a [Node]) -> Vec<&'a TextNode> {
    let of_node = |node: &'a Node| match node {
        Node::Group { nodes, .. } => texts(nodes),
        Node::Text(text) => vec![text],
        _ => Vec::new(),
    };
    nodes.iter().flat_map(of_node).collect()
}

/// Returns the bounding box of a text's capital letters and digits.
pub(crate) fn letters(t: &TextNode) -> Rect {
    let width = text::width(&t.text, t.size);
    let before = match t.align {
        Align::Start => 0.0,
        Align::Middle => width / 2.0,
        Align::End => width,
    };
    let height = text::cap_height(t.size);
    if t.turn == 0.0 {
        Rect {
            left: t.at[0] - before,
            top: t.at[1] - height,
            width,
            height,
        }
    } else {
        assert_eq!(t.turn, -90.0, "{}", t.text);
        Rect {
            left: t.at[0] - height,
            top: t.at[1] - width + before,
            width: height,
            height: width,
        }
    }
}

/// Asserts that every text is in the font, inside the picture, and overlaps no other text.
pub(crate) fn assert_words_can_be_read(scene: &Scene) {
    let words = texts(&scene.nodes);
    let picture = Rect {
        left: 0.0,
        top: 0.0,
        width: scene.size[0],
        height: scene.size[1],
    };
    assert!(words.len() > 8, "{} has hardly a word", scene.title);
    for (i, t) in words.iter().enumerate() {
        assert!(text::has_glyphs(&t.text), "{}: {}", scene.title, t.text);
        let own = letters(t);
        let inside =
            picture.contains([own.left, own.top]) && picture.contains([own.right(), own.bottom()]);
        assert!(inside, "{}: {} is cut off", scene.title, t.text);
        for other in &words[..i] {
            assert!(
                !own.overlaps(&letters(other)),
                "{}: {} lies on {}",
                scene.title,
                t.text,
                other.text
            );
        }
    }
}
