//! The figures of the article, whatever the experiment.

mod rows;
mod story;
mod study;

pub use rows::{ArticleFigure, FIGURES};
pub use study::{Algorithm, Study};

use crate::prelude::*;
use crate::{
    drawing::{Drawing, Look},
    subject::{Ask, Subject},
};
use thalweg::catalog::{Kind, List, Param, Setting, Settings, Text, chosen};

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

const fn name(i: usize) -> Text {
    Text::Borrowed(FIGURES[i].name)
}

const NAMES: &[Text] = &[
    name(0),
    name(1),
    name(2),
    name(3),
    name(4),
    name(5),
    name(6),
    name(7),
    name(8),
    name(9),
    name(10),
    name(11),
    name(12),
    name(13),
    name(14),
    name(15),
];

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

    fn example(&self) -> &'static str {
        ""
    }

    fn draw(&self, _: &Subject, look: Look) -> Result<Scene, Error> {
        FIGURES[self.figure.0].scene(&Study::new()?, look.theme)
    }
}
