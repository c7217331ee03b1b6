//! The legend of a picture whose text is too small for the terminal.

use thalweg_plot::{
    formats::blocks::{self, ColorDepth},
    scene::{Node, Scene},
};

/// Returns one line per legend entry of a scene: a sign in its color, and its name.
pub(super) fn lines(scene: &Scene, depth: ColorDepth) -> String {
    let mut entries = Vec::new();
    collect(&scene.nodes, &mut entries);
    let background = scene.background.rgb;
    let lines = entries.iter().map(|(color, name)| {
        let sign = blocks::colored(" ━━ ", *color, background, depth);
        format!("{sign} {name}\n")
    });
    lines.collect()
}

/// The color and the name of an entry.
type Entry = ([u8; 3], String);

fn collect(nodes: &[Node], entries: &mut Vec<Entry>) {
    for node in nodes {
        if let Node::Group { id, nodes, .. } = node {
            if id == "legend" || id.ends_with("-legend") {
                read(nodes, entries);
            } else {
                collect(nodes, entries);
            }
        }
    }
}

/// Reads the nodes of a legend: the sign of an entry, then the lines of its name.
fn read(nodes: &[Node], entries: &mut Vec<Entry>) {
    let (mut color, mut is_new) = (None, false);
    for node in nodes {
        match node {
            Node::Path { fill, stroke, .. } | Node::Circle { fill, stroke, .. } => {
                let own = stroke.as_ref().map(|stroke| stroke.color).or(*fill);
                color = own.map(|color| color.rgb).or(color);
                is_new = true;
            }
            Node::Text(text) => {
                let is_known = entries.iter().any(|(_, name)| *name == text.text);
                if let Some(color) = color.filter(|_| is_new && !is_known) {
                    entries.push((color, text.text.clone()));
                } else if let Some((_, name)) = entries.last_mut().filter(|_| !is_new) {
                    name.push(' ');
                    name.push_str(&text.text);
                }
                is_new = false;
            }
            Node::Group { nodes, .. } => read(nodes, entries),
        }
    }
}
