//! The sixteen figures in the article's order. Each is a figure of the gallery that shows some of the runs.

use super::{facts::SINGLE_STEPS, study::ArticleRuns};
use crate::prelude::*;
use crate::{
    drawing::FigureStyle,
    figures::REGISTRY,
    map::{WINDOW_MARGIN, points, square_around},
    subject::{
        FigureInput,
        algorithms::{ALL, GOLDEN_SEARCH, GRADIENT_DESCENT, IRPROP_PLUS, MOMENTUM, RPROP},
    },
};
use std::{iter::once, ops::RangeInclusive};
use thalweg::catalog::Text;

/// Title and description of each figure.
const DESCRIPTIONS: &str = include_str!("descriptions.md");
/// The paragraphs of each story that follow the description. They are a separate text, which the interactive page does
/// not contain.
const STORIES: &str = include_str!("stories.md");

/// One figure of the article.
pub struct ArticlePanel {
    /// Its name in file names and links.
    pub name: &'static str,
    /// The gallery figure that draws it, with settings.
    figure: &'static str,
    /// The indices of the algorithms that it shows.
    pub(crate) runs: &'static [usize],
    part: MapPart,
}

/// The part of the map that a figure shows.
enum MapPart {
    /// The whole map, extended to the paths.
    Whole,
    /// A given window.
    Window(Window),
    /// The square around the path of the first run between two epochs, with numbered steps.
    Epochs(RangeInclusive<usize>),
}

impl ArticlePanel {
    /// Draws the figure.
    ///
    /// # Errors
    /// Does not fail in practice: the experiment and the settings are constants.
    pub fn scene(&self, study: &ArticleRuns, theme: &Theme) -> Result<Scene, Error> {
        let (contest, traces) = study.of(self.runs)?;
        let mut subject = FigureInput::new(&contest, &traces, None, self.window(study))?;
        if let MapPart::Epochs(epochs) = &self.part {
            // Step n leads from epoch n - 1 to epoch n.
            subject.epochs = Some(epochs.start() + 1..=*epochs.end());
        }
        let (title, description) = self.texts();
        let look = FigureStyle {
            title: Some(&study.fill(title)),
            loss: "Mean squared error",
            ..FigureStyle::of(theme)
        };
        let drawing = REGISTRY.build(&self.figure.parse()?, None)?;
        let mut scene = drawing.draw(&subject, look)?;
        scene.description = study.fill(&unwrapped(description));
        Ok(scene)
    }

    /// Returns the window of the figure, or `None` if it shows the whole map.
    pub(crate) fn window(&self, study: &ArticleRuns) -> Option<Window> {
        match &self.part {
            MapPart::Whole => None,
            MapPart::Window(window) => Some(*window),
            MapPart::Epochs(epochs) => {
                let trace = &study.algorithms[self.runs[0]].trace;
                square_around(points(trace, epochs.clone()), WINDOW_MARGIN, 0.0)
            }
        }
    }

    /// Returns whether an interactive map of the same runs may replace it on the page.
    pub(crate) fn is_live(&self) -> bool {
        [MAP, STEPS, ARROWS].contains(&self.figure)
    }

    /// Returns the story: the description and further paragraphs, with the numbers of the runs.
    pub fn story(&self, study: &ArticleRuns) -> String {
        let paragraphs = self.section(STORIES).split("\n\n").map(unwrapped);
        let paragraphs = once(unwrapped(self.texts().1)).chain(paragraphs);
        study.fill(paragraphs.collect::<Vec<_>>().join("\n\n").trim_end())
    }

    /// Returns the title and the description.
    fn texts(&self) -> (&'static str, &'static str) {
        let section = self.section(DESCRIPTIONS);
        section.split_once("\n\n").unwrap_or_default()
    }

    /// Returns the part of a text that follows the name of the figure, which is empty if the text does not contain it.
    fn section(&self, text: &'static str) -> &'static str {
        let named = |part: &'static str| part.strip_prefix(self.name)?.strip_prefix('\n');
        text.split("# ").find_map(named).unwrap_or_default().trim()
    }
}

/// Returns a paragraph in one line.
fn unwrapped(paragraph: &str) -> String {
    paragraph.replace('\n', " ")
}

const MAP: &str = "contour";
const STEPS: &str = "zoom:inset=false,context=true,legend=false";
const ARROWS: &str = "zoom:inset=false,numbers=false,context=true,legend=false";
const RELIEF: &str = "surface:azimuth=-58,elevation=38,height=linear,legend=false";
const BARS: &str = "bars:show=epochs";
const DATA: &str = "data:origin=true";

const fn window(w1: [f64; 2], w2: [f64; 2]) -> MapPart {
    MapPart::Window(Window { w1, w2 })
}

/// Defines one figure per row: name, gallery figure, runs, part of the map.
macro_rules! figures {
    ($($name:literal: $figure:ident, $runs:expr, $part:expr;)*) => {
        /// The names of all figures.
        pub(super) const NAMES: &[Text] = &[$(Text::Borrowed($name)),*];

        /// All figures, in the article's order.
        pub const FIGURES: [ArticlePanel; NAMES.len()] = [$(ArticlePanel {
            name: $name,
            figure: $figure,
            runs: $runs,
            part: $part,
        }),*];
    };
}

figures! {
    "data-scatter": DATA, &[], MapPart::Whole;
    "error-contour": MAP, &[], MapPart::Whole;
    "gradient-descent": MAP, &[GRADIENT_DESCENT], MapPart::Whole;
    "gradient-descent-zoom": ARROWS, &[GRADIENT_DESCENT], MapPart::Window(SINGLE_STEPS);
    "momentum": MAP, &[MOMENTUM], MapPart::Whole;
    "momentum-zoom-speeding-up": ARROWS, &[MOMENTUM], window([-2.4, 0.9], [-4.2, -0.75]);
    "momentum-zoom-slowing-down": ARROWS, &[MOMENTUM], window([1.3, 2.65], [-2.65, -1.3]);
    "momentum-3d": RELIEF, &[MOMENTUM], window([-10.0, 10.0], [-12.0, 0.0]);
    "rprop": MAP, &[RPROP], MapPart::Whole;
    "rprop-first-11-steps": STEPS, &[RPROP], MapPart::Epochs(0..=13);
    "rprop-11th-to-14th": STEPS, &[RPROP], MapPart::Epochs(10..=16);
    "irprop-plus": MAP, &[IRPROP_PLUS], MapPart::Whole;
    "irprop-plus-second-part": STEPS, &[IRPROP_PLUS], MapPart::Epochs(11..=17);
    "golden-search": MAP, &[GOLDEN_SEARCH], MapPart::Whole;
    "all-algorithms": MAP, &ALL, MapPart::Whole;
    "compare-epochs": BARS, &ALL, MapPart::Whole;
}
