//! The sixteen figures, in the article's order.

use super::{
    drawn::{self, GOLDEN_SEARCH, GRADIENT_DESCENT, IRPROP_PLUS, MOMENTUM, RPROP},
    story,
    study::Study,
    zoom::Zoom,
};
use thalweg::field::Window;
use thalweg_plot::{scene::Scene, theme::Theme};

/// One figure of the article.
pub struct ArticleFigure {
    /// Its name in files and links.
    pub name: &'static str,
    /// Draws it.
    draw: Draw,
    /// What it teaches: paragraphs with the numbers of the runs.
    pub story: fn(&Study) -> String,
    /// Which of the five algorithms a live map in its place shows; none where such a map is no match for it.
    pub(crate) live: Option<&'static [usize]>,
}

/// How a figure is drawn.
enum Draw {
    Whole(fn(&Study, &Theme) -> Scene),
    /// A part of the map.
    Part(fn(&Study) -> Zoom),
}

impl ArticleFigure {
    /// The figure, drawn.
    pub fn scene(&self, study: &Study, theme: &Theme) -> Scene {
        match self.draw {
            Draw::Whole(draw) => draw(study, theme),
            Draw::Part(zoom) => zoom(study).scene(study, theme),
        }
    }

    /// The part of the map that it shows, if it shows a part.
    pub(crate) fn window(&self, study: &Study) -> Option<Window> {
        match self.draw {
            Draw::Whole(_) => None,
            Draw::Part(zoom) => Some(zoom(study).window),
        }
    }

    /// The same figure, for which a live map may stand.
    const fn live(mut self, algorithms: &'static [usize]) -> Self {
        self.live = Some(algorithms);
        self
    }
}

const fn figure(
    name: &'static str,
    draw: fn(&Study, &Theme) -> Scene,
    story: fn(&Study) -> String,
) -> ArticleFigure {
    ArticleFigure {
        name,
        draw: Draw::Whole(draw),
        story,
        live: None,
    }
}

/// A figure of a part of the map; a live map may stand for it.
const fn part(
    name: &'static str,
    zoom: fn(&Study) -> Zoom,
    story: fn(&Study) -> String,
    algorithms: &'static [usize],
) -> ArticleFigure {
    ArticleFigure {
        name,
        draw: Draw::Part(zoom),
        story,
        live: Some(algorithms),
    }
}

/// All figures, in the article's order.
pub const FIGURES: [ArticleFigure; 16] = [
    figure("data-scatter", drawn::data_scatter, story::data_scatter),
    figure("error-contour", drawn::error_contour, story::error_contour).live(&[]),
    figure(
        "gradient-descent",
        drawn::gradient_descent,
        story::gradient_descent,
    )
    .live(&[GRADIENT_DESCENT]),
    part(
        "gradient-descent-zoom",
        drawn::gradient_descent_zoom,
        story::gradient_descent_zoom,
        &[GRADIENT_DESCENT],
    ),
    figure("momentum", drawn::momentum, story::momentum).live(&[MOMENTUM]),
    part(
        "momentum-zoom-speeding-up",
        drawn::momentum_speeding_up,
        story::momentum_speeding_up,
        &[MOMENTUM],
    ),
    part(
        "momentum-zoom-slowing-down",
        drawn::momentum_slowing_down,
        story::momentum_slowing_down,
        &[MOMENTUM],
    ),
    figure("momentum-3d", drawn::momentum_3d, story::momentum_3d),
    figure("rprop", drawn::rprop, story::rprop).live(&[RPROP]),
    part(
        "rprop-first-11-steps",
        drawn::rprop_first_steps,
        story::rprop_first_steps,
        &[RPROP],
    ),
    part(
        "rprop-11th-to-14th",
        drawn::rprop_turns,
        story::rprop_turns,
        &[RPROP],
    ),
    figure("irprop-plus", drawn::irprop_plus, story::irprop_plus).live(&[IRPROP_PLUS]),
    part(
        "irprop-plus-second-part",
        drawn::irprop_plus_turns,
        story::irprop_plus_turns,
        &[IRPROP_PLUS],
    ),
    figure("golden-search", drawn::golden_search, story::golden_search).live(&[GOLDEN_SEARCH]),
    figure(
        "all-algorithms",
        drawn::all_algorithms,
        story::all_algorithms,
    )
    .live(&[
        GRADIENT_DESCENT,
        MOMENTUM,
        RPROP,
        IRPROP_PLUS,
        GOLDEN_SEARCH,
    ]),
    figure(
        "compare-epochs",
        drawn::compare_epochs,
        story::compare_epochs,
    ),
];
