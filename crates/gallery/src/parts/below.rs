//! What stands below a figure: its legend, where it hides nothing, and sentences on what could not be shown.

use crate::prelude::*;
use thalweg_plot::{
    legend::rows,
    prose::broken,
    scene::Align,
    shapes::{group, text},
};

const MARGIN: f64 = 24.0;
/// From one line to the next, in sizes of the text.
const LINE: f64 = 1.4;

/// A legend and sentences below a figure of a certain width.
pub(crate) struct CaptionBlock<'a> {
    keys: Vec<LegendEntry>,
    lines: Vec<String>,
    /// Px from margin to margin.
    room: f64,
    theme: &'a Theme,
}

/// A figure with its legend below it instead of in it, where it has one, and then sentences: all of it in the figure's size.
pub(crate) fn with_below(figure: Figure, sentences: &[String], theme: &Theme) -> Scene {
    let keys = figure.marks.iter().filter_map(|mark| mark.key(theme));
    let keys = keys.filter(|_| figure.legend).collect();
    let [width, height] = figure.size;
    let below = CaptionBlock::new(keys, sentences, width, theme);
    let figure = Figure {
        size: [width, height - below.height()],
        legend: false,
        ..figure
    };
    let mut scene = figure.scene(theme);
    below.add_to(&mut scene);
    scene
}

impl<'a> CaptionBlock<'a> {
    /// The keys in rows, and the sentences broken into lines, for a figure `across` px wide.
    pub(crate) fn new(
        keys: Vec<LegendEntry>,
        sentences: &[String],
        across: f64,
        theme: &'a Theme,
    ) -> Self {
        let room = across - 2.0 * MARGIN;
        let lines = if sentences.is_empty() {
            Vec::new()
        } else {
            broken(&sentences.join(" "), theme.small, room)
        };
        Self {
            keys,
            lines,
            room,
            theme,
        }
    }

    /// How much higher it makes a figure, in px.
    pub(crate) fn height(&self) -> f64 {
        let lines = if self.lines.is_empty() {
            0.0
        } else {
            LINE * self.theme.small * self.lines.len() as f64 + 6.0
        };
        (self.legend([0.0; 2]).1 + lines).ceil()
    }

    fn legend(&self, at: [f64; 2]) -> (Vec<Node>, f64) {
        let (nodes, high) = rows(&self.keys, at, self.room, self.theme);
        (nodes, if high > 0.0 { high + 8.0 } else { 0.0 })
    }

    /// Writes all of it below the scene, which becomes as much higher.
    pub(crate) fn add_to(self, scene: &mut Scene) {
        let (theme, mut top) = (self.theme, scene.size[1]);
        scene.size[1] += self.height();
        let (legend, high) = self.legend([MARGIN, top]);
        if !legend.is_empty() {
            scene.nodes.push(group("legend", legend));
        }
        top += high;
        let lines = self.lines.into_iter().enumerate().map(|(i, line)| {
            let at = [MARGIN, top + theme.small * (0.6 + LINE * i as f64)];
            Node::Text(text(at, line, theme.small, theme.ink, Align::Start))
        });
        let lines: Vec<Node> = lines.collect();
        if !lines.is_empty() {
            scene.nodes.push(group("note", lines));
        }
    }
}
