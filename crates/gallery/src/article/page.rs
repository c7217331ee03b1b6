//! The article retold on one page that needs nothing else: figures, words and numbers, all from the runs.

use super::summary;
use crate::prelude::*;
use crate::{
    figures::article::{ArticleFigure, FIGURES, Study},
    html::{self, escape},
};
use std::fmt::Write as _;
use thalweg::{pick::Pick, references};
use thalweg_plot::{formats::svg, text};

const TITLE: &str = "Five training algorithms on one map";
const STYLE: &str = include_str!("page.css");
/// Puts a live map where a picture is. Without scripts the link to it is all there is.
const SCRIPT: &str = include_str!("page.js");

/// A page beside this one that shows runs live.
pub struct Live<'a> {
    /// Its file, seen from here.
    pub file: &'a str,
    /// Its address of the article's problem with these optimizers, seen in this part of the map.
    pub address: &'a dyn Fn(&[&Pick], Option<Window>) -> String,
}

/// The page; `scenes` are the figures in the order of [`FIGURES`].
pub fn html(study: &Study, scenes: &[Scene], live: &Live) -> String {
    let mut out = String::new();
    let target = study
        .problem
        .target
        .map_or_else(String::new, |t| text::number(t, 4));
    let source = references::find("shevchuk2015visualize").map_or_else(String::new, |r| {
        let (authors, title) = (escape(r.authors), escape(r.title));
        format!(
            "{authors}, <a href=\"{}\">{title}</a>, {} {}",
            r.link, r.venue, r.year
        )
    });
    let _ = write!(
        out,
        "<header>\n<h1>{TITLE}</h1>\n\
         <p>A network with two weights is small enough to see: its error is a landscape, and training is a walk in it. \
         Five algorithms start at the same place, and each stops as soon as the error is not above {target}. \
         This page retells {source}; every number and every picture on it was made by the run that wrote it.</p>\n\
         <p>Most of the pictures can be played with: drag the start, move every setting, go through the steps one by \
         one.</p>\n\
         </header>\n<main>\n",
    );
    out += &table(study);
    for (i, (figure, scene)) in FIGURES.iter().zip(scenes).enumerate() {
        let picture = svg::encode_with_prefix(scene, &format!("f{}-", i + 1));
        let _ = write!(
            out,
            "<section id=\"{}\">\n<h2>{}. {}</h2>\n<figure>\n{picture}{}</figure>\n",
            figure.name,
            i + 1,
            escape(&scene.title),
            link(study, figure, live),
        );
        for paragraph in (figure.story)(study).split("\n\n") {
            let _ = writeln!(out, "<p>{}</p>", escape(paragraph));
        }
        out += "</section>\n";
    }
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n");
    html::document(TITLE, STYLE, &out)
}

/// The link to the live map of a figure's runs, where there may be one.
fn link(study: &Study, figure: &ArticleFigure, live: &Live) -> String {
    if !figure.is_live {
        return String::new();
    }
    let picks: Vec<&Pick> = figure
        .runs
        .iter()
        .map(|i| &study.algorithms[*i].pick)
        .collect();
    let address = escape(&(live.address)(&picks, figure.window(study)));
    format!(
        "<figcaption><a class=\"live\" href=\"{}#{address}\">Explore it on a page of its own</a></figcaption>\n",
        live.file
    )
}

fn table(study: &Study) -> String {
    let mut out = "<section id=\"summary\">\n<h2>The result</h2>\n<div class=\"wide\" role=\"region\" aria-label=\"Result\" tabindex=\"0\"><table>\n<thead><tr><th>algorithm</th>".to_owned();
    for head in summary::HEADS {
        let _ = write!(out, "<th>{head}</th>");
    }
    out += "</tr></thead>\n<tbody>\n";
    for a in study.algorithms.iter().chain([&study.larger_rate]) {
        let row = summary::row(a);
        let (name, pick) = (escape(&row.name), escape(a.pick.text()));
        // A long pick may wrap between its settings.
        let pick = pick.replace(',', ",<wbr>");
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{name}<br><code>{pick}</code></th>"
        );
        for cell in row.cells {
            let _ = write!(out, "<td>{}</td>", escape(&cell));
        }
        out += "</tr>\n";
    }
    let (gd, larger) = (&study.algorithms[0], &study.larger_rate);
    let golden = study.algorithms[4].trace.total();
    let _ = write!(
        out,
        "</tbody>\n</table></div>\n\
         <p>The last row is the first algorithm again with another learning rate: {} epochs instead of {}. A step size \
         decides as much as the algorithm does.</p>\n\
         <p>Epochs are not costs. A gradient call is one pass forward through the network and one back; an error call is a \
         pass forward. Golden search is done after {} gradients, but asked for the error {} times on the way.</p>\n\
         </section>\n",
        larger.trace.epochs(),
        gd.trace.epochs(),
        golden.gradient,
        golden.value,
    );
    out
}
