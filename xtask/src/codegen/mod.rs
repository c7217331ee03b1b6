//! `cargo xtask codegen`: writes the files that are made from other files of the repository.

mod difference;
mod gallery;
mod pictures;
mod references;

use crate::{
    files,
    process::{self, cargo},
};
use anyhow::{Context as _, Result, bail};
use gallery::GalleryFigure;
use pictures::RenderedPicture;
use std::{ffi::OsStr, fmt::Write as _, path::Path};

/// Pictures of docs/maps.md.
const MAPS: [&str; 5] = [
    "docs/maps/learning-rate.svg",
    "docs/maps/first-step.svg",
    "docs/maps/both-settings.svg",
    "docs/maps/starts.svg",
    "docs/maps/basins.svg",
];

/// Where the hashes of the pictures' PNG are kept.
const HASHES: &str = "docs/pictures.sha256";

/// What examples of packages print.
const EXAMPLES: [(&str, &str); 3] = [
    (
        "crates/plot/src/text/metrics.txt",
        "thalweg-plot --example metrics",
    ),
    // How far each optimizer stays from other implementations.
    ("docs/oracles.md", "thalweg --example oracles"),
    ("docs/comparison.md", "thalweg-gallery --example comparison"),
];

/// Makes every generated file, one after the other: its path and what it should hold.
fn generate(mut file: impl FnMut(&str, String) -> Result<()>) -> Result<()> {
    file(
        "crates/core/src/catalog/references.tsv",
        references::table()?,
    )?;
    for (path, example) in EXAMPLES {
        file(
            path,
            process::output(&mut cargo(&format!("run --quiet -p {example}")))?,
        )?;
    }
    let figures = GalleryFigure::all()?;
    file("docs/gallery.md", gallery::page(&figures))?;

    let mut hashes = String::new();
    let mut picture = |path: &str, picture: RenderedPicture| {
        let _ = writeln!(hashes, "{}  {path}", picture.png);
        file(path, picture.svg)
    };
    let article = figures.iter().find(|figure| figure.id() == "article");
    let article = article.context("there is no figure `article`")?;
    for name in article.choices("figure") {
        let path = format!("docs/article/{name}.svg");
        let figure = format!("article:figure={name}");
        picture(&path, pictures::render_picture(&["draw", &figure], &path)?)?;
    }
    for path in MAPS {
        picture(path, pictures::of_page("docs/maps.md", path)?)?;
    }
    for figure in &figures {
        picture(&figure.path(), figure.picture()?)?;
    }
    file(HASHES, hashes)
}

/// Writes every generated file; with `--check` only compares.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    match arguments {
        [] => generate(|path, content| {
            files::write(path, content)?;
            println!("{path}");
            Ok(())
        }),
        [only] if only == "--check" => check(),
        _ => bail!("cargo xtask codegen [--check]"),
    }
}

/// Fails if a committed file is not what would be generated; of a picture both are left on a page, to see why.
pub(crate) fn check() -> Result<()> {
    let mut stale = Vec::new();
    generate(|path, content| {
        let committed = files::text(path).unwrap_or_default();
        if committed == content {
            return Ok(());
        }
        stale.push(if Path::new(path).extension() == Some(OsStr::new("svg")) {
            let page = difference::write_difference_page(path, &committed, &content)?;
            format!("{path} is stale: {page} shows the difference")
        } else {
            format!("{path} is stale")
        });
        Ok(())
    })?;
    if stale.is_empty() {
        return Ok(());
    }
    stale.push("run `cargo xtask codegen`, look at what has changed, and commit it".to_owned());
    bail!(stale.join("\n"))
}
