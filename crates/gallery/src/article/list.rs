//! The sixteen figures, in the article's order.

use super::{
    Study,
    figures::{self, GOLDEN_SEARCH, GRADIENT_DESCENT, IRPROP_PLUS, MOMENTUM, RPROP},
    story,
};
use thalweg_plot::{scene::Scene, theme::Theme};

/// One figure of the article.
pub struct ArticleFigure {
    /// Its name in files and links.
    pub name: &'static str,
    /// Draws it.
    pub draw: fn(&Study, &Theme) -> Scene,
    /// What it teaches: paragraphs with the numbers of the runs.
    pub story: fn(&Study) -> String,
    /// Which of the five algorithms a live map in its place shows; none where such a map is no match for it.
    pub(super) live: Option<&'static [usize]>,
}

impl ArticleFigure {
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
        draw,
        story,
        live: None,
    }
}

/// All figures, in the article's order.
pub const FIGURES: [ArticleFigure; 16] = [
    figure("data-scatter", figures::data_scatter, story::data_scatter),
    figure(
        "error-contour",
        figures::error_contour,
        story::error_contour,
    )
    .live(&[]),
    figure(
        "gradient-descent",
        figures::gradient_descent,
        story::gradient_descent,
    )
    .live(&[GRADIENT_DESCENT]),
    figure(
        "gradient-descent-zoom",
        figures::gradient_descent_zoom,
        story::gradient_descent_zoom,
    )
    .live(&[GRADIENT_DESCENT]),
    figure("momentum", figures::momentum, story::momentum).live(&[MOMENTUM]),
    figure(
        "momentum-zoom-speeding-up",
        figures::momentum_speeding_up,
        story::momentum_speeding_up,
    )
    .live(&[MOMENTUM]),
    figure(
        "momentum-zoom-slowing-down",
        figures::momentum_slowing_down,
        story::momentum_slowing_down,
    )
    .live(&[MOMENTUM]),
    figure("momentum-3d", figures::momentum_3d, story::momentum_3d),
    figure("rprop", figures::rprop, story::rprop).live(&[RPROP]),
    figure(
        "rprop-first-11-steps",
        figures::rprop_first_steps,
        story::rprop_first_steps,
    )
    .live(&[RPROP]),
    figure(
        "rprop-11th-to-14th",
        figures::rprop_turns,
        story::rprop_turns,
    )
    .live(&[RPROP]),
    figure("irprop-plus", figures::irprop_plus, story::irprop_plus).live(&[IRPROP_PLUS]),
    figure(
        "irprop-plus-second-part",
        figures::irprop_plus_turns,
        story::irprop_plus_turns,
    )
    .live(&[IRPROP_PLUS]),
    figure(
        "golden-search",
        figures::golden_search,
        story::golden_search,
    )
    .live(&[GOLDEN_SEARCH]),
    figure(
        "all-algorithms",
        figures::all_algorithms,
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
        figures::compare_epochs,
        story::compare_epochs,
    ),
];
