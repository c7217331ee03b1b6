//! The figures of the article, whatever the experiment.

use super::{Ask, Drawing, Look, Subject};
use crate::article::{FIGURES, Study};
use thalweg::{
    Error,
    catalog::{Kind, Param, Setting, Settings, chosen},
};
use thalweg_macros::Describe;
use thalweg_plot::scene::Scene;

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

const NAMES: [&str; FIGURES.len()] = {
    let (mut names, mut i) = ([""; FIGURES.len()], 0);
    while i < names.len() {
        names[i] = FIGURES[i].name;
        i += 1;
    }
    names
};

impl Setting for Name {
    const KIND: Kind = Kind::Choice(&NAMES);

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
        Ok(FIGURES[self.figure.0].scene(&Study::new()?, look.theme))
    }
}
