//! The figures of the article, which do not depend on the experiment.

mod facts;
mod rows;
mod study;

pub use rows::{ArticlePanel, FIGURES};
pub use study::{Algorithm, ArticleRuns};

use super::{ConfiguredFigure, EpochSelection, FigureInput, FigureRequirement, FigureStyle};
use crate::prelude::*;
use rows::NAMES;
use thalweg::catalog::{Kind, List, Param, Setting, Settings, chosen};

/// One of the sixteen figures of the article with the article's own runs. It does not depend on the experiment.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "article",
    title = "A figure of the article",
    cite = "shevchuk2015visualize"
)]
pub struct ArticleFigure {
    /// Name of the figure.
    #[param(default = "all-algorithms")]
    pub figure: ArticleFigureName,
}

/// The name of a figure of the article, stored as its index from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleFigureName(pub usize);

impl Setting for ArticleFigureName {
    const KIND: Kind = Kind::Choice(List::Borrowed(NAMES));

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        chosen(param, settings).map(Self)
    }
}

impl ConfiguredFigure for ArticleFigure {
    fn requirements(&self) -> &'static [FigureRequirement] {
        &[]
    }

    fn epoch_selection(&self) -> EpochSelection {
        EpochSelection::WholeRuns
    }

    fn draw(&self, _: &FigureInput, look: FigureStyle) -> Result<Scene, Error> {
        FIGURES[self.figure.0].scene(&ArticleRuns::new()?, look.theme)
    }
}
