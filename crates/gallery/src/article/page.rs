//! Writes the reproduction of the article as one self-contained page: figures, text, and numbers, all computed from the
//! runs.

use super::summary::{HEADS, cells};
use crate::prelude::*;
use crate::{
    figures::article::{ArticlePanel, ArticleRuns, FIGURES},
    html::{self, escape},
};
use std::fmt::Write as _;
use thalweg::{pick::Pick, references};
use thalweg_plot::formats::svg;

const TITLE: &str = "Five training algorithms on one map";
/// Template of the page; names in braces are placeholders.
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// Replaces a picture by an interactive map. Without scripts the page has only the link to the map.
const SCRIPT: &str = include_str!("page.js");

/// An interactive page that the article page links to.
pub struct LivePage<'a> {
    /// Relative path of its file.
    pub file: &'a str,
    /// Returns the page's address of the article's problem with these optimizers and this window.
    pub address: &'a dyn Fn(&[&Pick], Option<Window>) -> String,
}

/// Returns the page. `scenes` are the figures in the order of [`FIGURES`].
pub fn html(study: &ArticleRuns, scenes: &[Scene], live: &LivePage) -> String {
    let source = references::find("shevchuk2015visualize").map_or_else(String::new, |r| {
        let (authors, title) = (escape(r.authors), escape(r.title));
        format!(
            "{authors}, <a href=\"{}\">{title}</a>, {} {}",
            r.link, r.venue, r.year
        )
    });
    let mut page = study.fill(PAGE);
    for (placeholder, text) in [
        ("{title}", TITLE),
        ("{source}", &source),
        (
            "{heads}",
            &HEADS.map(|head| format!("<th>{head}</th>")).concat(),
        ),
        ("{rows}", &rows(study)),
        ("{figures}", &figures(study, scenes, live)),
        ("{script}", SCRIPT),
    ] {
        page = page.replace(placeholder, text);
    }
    html::document(TITLE, STYLE, &page)
}

/// Returns a section for each figure.
fn figures(study: &ArticleRuns, scenes: &[Scene], live: &LivePage) -> String {
    let mut out = String::new();
    for (i, (figure, scene)) in FIGURES.iter().zip(scenes).enumerate() {
        let (n, name, title) = (i + 1, figure.name, escape(&scene.title));
        let picture = svg::encode_with_prefix(scene, &format!("f{n}-"));
        let link = link(study, figure, live);
        let story = escape(&figure.story(study)).replace("\n\n", "</p>\n<p>");
        let _ = write!(
            out,
            "<section id=\"{name}\">\n<h2>{n}. {title}</h2>\n\
             <figure>\n{picture}{link}</figure>\n<p>{story}</p>\n</section>\n"
        );
    }
    out
}

/// Returns the link to the interactive map of a figure's runs, or nothing if there is none.
fn link(study: &ArticleRuns, figure: &ArticlePanel, live: &LivePage) -> String {
    if !figure.is_live() {
        return String::new();
    }
    let picks: Vec<&Pick> = figure
        .runs
        .iter()
        .map(|i| &study.algorithms[*i].pick)
        .collect();
    let address = escape(&(live.address)(&picks, figure.window(study)));
    format!(
        "<figcaption><a class=\"live\" href=\"{}#{address}\">Explore it on its own page</a></figcaption>\n",
        live.file
    )
}

/// Returns a row of the table for each algorithm.
fn rows(study: &ArticleRuns) -> String {
    let mut out = String::new();
    for a in study.algorithms.iter().chain([&study.larger_rate]) {
        // A long pick may wrap between its settings.
        let pick = escape(a.pick.text()).replace(',', ",<wbr>");
        let (name, cells) = (escape(a.name), cells(a));
        let cells = cells.map(|cell| format!("<td>{}</td>", escape(&cell)));
        let cells = cells.concat();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{name}<br><code>{pick}</code></th>{cells}</tr>"
        );
    }
    out
}
