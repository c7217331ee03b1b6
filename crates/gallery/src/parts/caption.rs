//! The caption below a figure: its legend, where it hides nothing, and notes about omitted values.

use crate::prelude::*;
use thalweg_plot::{
    legend::rows,
    prose::broken,
    scene::Align,
    shapes::{group, text},
};

const MARGIN: f64 = 24.0;
/// Line spacing in sizes of the text.
const LINE: f64 = 1.4;

/// A legend and sentences below a figure.
pub(crate) struct CaptionBlock<'a> {
    keys: Vec<LegendEntry>,
    lines: Vec<String>,
    /// Available width in px.
    available: f64,
    theme: &'a Theme,
}

/// Draws a figure with its legend and sentences below it, within the size of the figure.
pub(crate) fn add_caption(figure: Figure, sentences: &[String], theme: &Theme) -> Scene {
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
    /// Arranges the legend entries in rows and breaks the sentences into lines for a figure that is `across` px wide.
    pub(crate) fn new(
        keys: Vec<LegendEntry>,
        sentences: &[String],
        across: f64,
        theme: &'a Theme,
    ) -> Self {
        let available = across - 2.0 * MARGIN;
        let lines = if sentences.is_empty() {
            Vec::new()
        } else {
            broken(&sentences.join(" "), theme.small, available)
        };
        Self {
            keys,
            lines,
            available,
            theme,
        }
    }

    /// Returns the additional height in px.
    pub(crate) fn height(&self) -> f64 {
        let lines = if self.lines.is_empty() {
            0.0
        } else {
            LINE * self.theme.small * self.lines.len() as f64 + 6.0
        };
        (self.legend([0.0; 2]).1 + lines).ceil()
    }

    fn legend(&self, at: [f64; 2]) -> (Vec<Node>, f64) {
        let (nodes, high) = rows(&self.keys, at, self.available, self.theme);
        (nodes, if high > 0.0 { high + 8.0 } else { 0.0 })
    }

    /// Appends everything below the scene and increases its height.
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
            Node::Text(text(at, line, theme.small, theme.foreground, Align::Start))
        });
        let lines: Vec<Node> = lines.collect();
        if !lines.is_empty() {
            scene.nodes.push(group("note", lines));
        }
    }
}
