//! The figures of the article, whatever the experiment.

mod facts;
mod rows;
mod study;

pub use rows::{ArticleFigure, FIGURES};
pub use study::{Algorithm, Study};

use super::{Ask, Drawing, Look, Subject};
use crate::prelude::*;
use rows::NAMES;
use thalweg::catalog::{Kind, List, Param, Setting, Settings, chosen};

/// One of the sixteen figures of the article, with the article's own runs: no experiment changes it.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "article",
    title = "A figure of the article",
    cite = "shevchuk2015visualize"
)]
pub struct Article {
    /// Which figure.
    #[param(default = "all-algorithms")]
    pub figure: Name,
}

/// The name of a figure of the article, by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name(pub usize);

impl Setting for Name {
    const KIND: Kind = Kind::Choice(List::Borrowed(NAMES));

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        chosen(param, settings).map(Self)
    }
}

impl Drawing for Article {
    fn asks(&self) -> &'static [Ask] {
        &[]
    }

    fn draw(&self, _: &Subject, look: Look) -> Result<Scene, Error> {
        FIGURES[self.figure.0].scene(&Study::new()?, look.theme)
    }
}
