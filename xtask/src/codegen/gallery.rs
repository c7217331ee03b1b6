//! Generates the gallery page.

use super::pictures::{self, RenderedPicture};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fmt::Write as _;

/// A figure of the gallery, read from the JSON list of the program.
pub(super) struct GalleryFigure(Value);

/// Formats a text unchanged, null as a dash, and any other value as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string().trim_end_matches(".0").to_owned(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

impl GalleryFigure {
    /// Returns all figures.
    pub(super) fn all() -> Result<Vec<Self>> {
        let json = pictures::capture_output(&["list", "figures", "--json"])?;
        let lists: Value =
            serde_json::from_str(&json).context("the list of figures is not JSON")?;
        let figures = lists["figures"].as_array();
        let figures = figures.context("the list of figures is missing")?;
        Ok(figures.iter().cloned().map(Self).collect())
    }

    pub(super) fn id(&self) -> String {
        text(&self.0["id"])
    }

    /// Returns the allowed words of a setting.
    pub(super) fn choices(&self, name: &str) -> Vec<String> {
        let mut settings = list(&self.0["params"]).iter();
        let setting = settings.find(|setting| setting["name"] == name);
        setting.map_or_else(Vec::new, |setting| texts(&setting["choices"]))
    }

    /// Returns the path of the example picture.
    pub(super) fn path(&self) -> String {
        format!("docs/gallery/{}.svg", self.id())
    }

    /// Draws the example picture.
    pub(super) fn picture(&self) -> Result<RenderedPicture> {
        let command = self.command();
        let words: Vec<&str> = command.split_whitespace().collect();
        pictures::render_picture(&words, &self.path())
    }

    /// Returns the arguments that draw the example.
    fn command(&self) -> String {
        let example = text(&self.0["example"]);
        format!("draw {} {example}", self.id())
            .trim_end()
            .to_owned()
    }

    fn section(&self) -> String {
        let [id, title, summary] = ["id", "title", "summary"].map(|key| text(&self.0[key]));
        let mut out = format!("## `{id}`: {title}\n\n{summary}");
        let asks = texts(&self.0["asks"]);
        if !asks.is_empty() {
            let _ = write!(out, " Requires {}.", asks.join(" and "));
        }
        let command = self.command();
        let _ = write!(
            out,
            "\n\n    thalweg {command} -o {id}.svg\n\n![{title}](gallery/{id}.svg)\n"
        );
        let settings = list(&self.0["params"]);
        if !settings.is_empty() {
            out += "\n| setting | default | allowed | description |\n|---|---|---|---|\n";
        }
        for setting in settings {
            let [name, default, kind, help] =
                ["name", "default", "kind", "help"].map(|key| text(&setting[key]));
            let allowed = match &*texts(&setting["choices"]) {
                [] if kind == "switch" => "true or false".to_owned(),
                [] if kind == "whole" => "whole number".to_owned(),
                [] => kind,
                choices => choices.join(", "),
            };
            let _ = writeln!(out, "| `{name}` | {default} | {allowed} | {help} |");
        }
        out
    }
}

/// Returns the text of the gallery page.
pub(super) fn page(figures: &[GalleryFigure]) -> String {
    let mut out = include_str!("gallery_head.md").to_owned();
    for figure in figures {
        out.push('\n');
        out += &figure.section();
    }
    out
}
