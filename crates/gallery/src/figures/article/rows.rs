//! The sixteen figures, in the article's order: each is a figure of the gallery that shows some of the runs.

use super::{story, study::Study};
use crate::prelude::*;
use crate::{
    drawing::{Drawing, Look},
    figures::{
        bars::{Bars, Show},
        contour::Contour,
        data::Data,
        surface::Relief,
        zoom::Zoom,
    },
    map::{NEAR, points, square_around},
    parts::{moments::Moments, scaling::Scaling},
    subject::{
        Subject,
        algorithms::{
            ALGORITHMS, ALL, GOLDEN_SEARCH, GRADIENT_DESCENT, IRPROP_PLUS, MOMENTUM, RPROP,
        },
    },
};
use std::ops::RangeInclusive;

/// One figure of the article.
pub struct ArticleFigure {
    /// Its name in files and links.
    pub name: &'static str,
    title: &'static str,
    figure: &'static dyn Drawing,
    /// Which of the five algorithms it shows.
    pub(crate) runs: &'static [usize],
    part: Part,
    /// Whether a live map of the same runs may replace it on the page.
    pub(crate) is_live: bool,
    /// What it teaches: paragraphs with the numbers of the runs.
    pub story: fn(&Study) -> String,
}

/// Which part of the map a figure shows.
enum Part {
    /// All of it, and the paths where they leave it.
    Whole,
    /// This window.
    Window(Window),
    /// The square around the path of the first run between two epochs, whose steps are numbered.
    Epochs(RangeInclusive<usize>),
}

impl ArticleFigure {
    /// Draws the figure.
    ///
    /// # Errors
    /// None that a user could cause: the experiment and the settings are the article's.
    pub fn scene(&self, study: &Study, theme: &Theme) -> Result<Scene, Error> {
        let (contest, traces) = study.of(self.runs)?;
        let mut subject = Subject::new(&contest, &traces, None, self.window(study))?;
        if let Part::Epochs(epochs) = &self.part {
            subject.epochs = Some(epochs.clone());
        }
        let look = Look {
            title: Some(self.title),
            loss: "Mean squared error",
            ..Look::of(theme)
        };
        let mut scene = self.figure.draw(&subject, look)?;
        scene.description = story::first_paragraph(&(self.story)(study));
        Ok(scene)
    }

    /// The part of the map that it shows, if it does not show all of it.
    pub(crate) fn window(&self, study: &Study) -> Option<Window> {
        match &self.part {
            Part::Whole => None,
            Part::Window(window) => Some(*window),
            Part::Epochs(epochs) => {
                let trace = &study.algorithms[self.runs[0]].trace;
                square_around(points(trace, epochs.clone()), NEAR, 0.0)
            }
        }
    }
}

const MAP: Contour = Contour { legend: true };
const STEPS: Zoom = Zoom {
    inset: false,
    numbers: true,
    legend: false,
};
const ARROWS: Zoom = Zoom {
    numbers: false,
    ..STEPS
};
const RELIEF: Relief = Relief {
    azimuth: Some(-58.0),
    elevation: Some(38.0),
    cells: 56,
    height: Scaling::Linear,
    floor: false,
    legend: false,
};
const BARS: Bars = Bars { show: Show::Epochs };
/// Without a run there is no border, after whichever epochs.
static DATA: Data = Data {
    epochs: Moments(Vec::new()),
    origin: true,
    legend: true,
};

/// What most rows have: the whole map, for which a live one may stand.
const ROW: ArticleFigure = ArticleFigure {
    name: "",
    title: "",
    figure: &MAP,
    runs: &[],
    part: Part::Whole,
    is_live: true,
    story: story::error_contour,
};

const fn window(w1: [f64; 2], w2: [f64; 2]) -> Part {
    Part::Window(Window { w1, w2 })
}

/// All figures, in the article's order.
pub const FIGURES: [ArticleFigure; 16] = [
    ArticleFigure {
        name: "data-scatter",
        title: "The data: six points of two classes",
        figure: &DATA,
        is_live: false,
        story: story::data_scatter,
        ..ROW
    },
    ArticleFigure {
        name: "error-contour",
        title: "The error of every network with two weights",
        ..ROW
    },
    ArticleFigure {
        name: "gradient-descent",
        title: ALGORITHMS[GRADIENT_DESCENT][0],
        runs: &[GRADIENT_DESCENT],
        story: story::gradient_descent,
        ..ROW
    },
    ArticleFigure {
        name: "gradient-descent-zoom",
        title: "Gradient Descent: single steps",
        figure: &ARROWS,
        runs: &[GRADIENT_DESCENT],
        part: Part::Window(story::SINGLE_STEPS),
        story: story::gradient_descent_zoom,
        ..ROW
    },
    ArticleFigure {
        name: "momentum",
        title: ALGORITHMS[MOMENTUM][0],
        runs: &[MOMENTUM],
        story: story::momentum,
        ..ROW
    },
    ArticleFigure {
        name: "momentum-zoom-speeding-up",
        title: "Momentum: speeding up",
        figure: &ARROWS,
        runs: &[MOMENTUM],
        part: window([-2.4, 0.9], [-4.2, -0.75]),
        story: story::momentum_speeding_up,
        ..ROW
    },
    ArticleFigure {
        name: "momentum-zoom-slowing-down",
        title: "Momentum: slowing down",
        figure: &ARROWS,
        runs: &[MOMENTUM],
        part: window([1.3, 2.65], [-2.65, -1.3]),
        story: story::momentum_slowing_down,
        ..ROW
    },
    ArticleFigure {
        name: "momentum-3d",
        title: "Momentum: a ball in a half-pipe",
        figure: &RELIEF,
        runs: &[MOMENTUM],
        part: window([-10.0, 10.0], [-12.0, 0.0]),
        is_live: false,
        story: story::momentum_3d,
    },
    ArticleFigure {
        name: "rprop",
        title: ALGORITHMS[RPROP][0],
        runs: &[RPROP],
        story: story::rprop,
        ..ROW
    },
    ArticleFigure {
        name: "rprop-first-11-steps",
        title: "RPROP: the first 11 steps",
        figure: &STEPS,
        runs: &[RPROP],
        part: Part::Epochs(0..=13),
        story: story::rprop_first_steps,
        ..ROW
    },
    ArticleFigure {
        name: "rprop-11th-to-14th",
        title: "RPROP: where the signs change",
        figure: &STEPS,
        runs: &[RPROP],
        part: Part::Epochs(10..=16),
        story: story::rprop_turns,
        ..ROW
    },
    ArticleFigure {
        name: "irprop-plus",
        title: ALGORITHMS[IRPROP_PLUS][0],
        runs: &[IRPROP_PLUS],
        story: story::irprop_plus,
        ..ROW
    },
    ArticleFigure {
        name: "irprop-plus-second-part",
        title: "iRPROP+: the second part",
        figure: &STEPS,
        runs: &[IRPROP_PLUS],
        part: Part::Epochs(11..=17),
        story: story::irprop_plus_turns,
        ..ROW
    },
    ArticleFigure {
        name: "golden-search",
        title: ALGORITHMS[GOLDEN_SEARCH][0],
        runs: &[GOLDEN_SEARCH],
        story: story::golden_search,
        ..ROW
    },
    ArticleFigure {
        name: "all-algorithms",
        title: "All five algorithms",
        runs: &ALL,
        story: story::all_algorithms,
        ..ROW
    },
    ArticleFigure {
        name: "compare-epochs",
        title: "Epochs until the error is down to the target",
        figure: &BARS,
        runs: &ALL,
        is_live: false,
        story: story::compare_epochs,
        ..ROW
    },
];
