//! `cargo xtask codegen`: writes the files that are generated from other files of the repository.

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

/// The file with the hashes of the PNG pictures.
const HASHES: &str = "docs/pictures.sha256";

/// Generated files that contain the output of examples.
const EXAMPLES: [(&str, &str); 4] = [
    (
        "crates/plot/src/text/metrics.txt",
        "thalweg-plot --example metrics",
    ),
    // The distance of each optimizer to other implementations.
    ("docs/oracles.md", "thalweg --example oracles"),
    ("docs/comparison.md", "thalweg-gallery --example comparison"),
    // The types of the answers to the page.
    (
        "app/src/rpc/answers.ts",
        "thalweg-explore --example answers",
    ),
];

/// Generated modules of the Python package: the path, and the name of the list of the catalog.
const MODULES: [(&str, &str); 10] = [
    ("python/thalweg/_experiment.py", "experiment"),
    ("python/thalweg/optimizers.py", "optimizers"),
    ("python/thalweg/problems.py", "problems"),
    ("python/thalweg/data_sets.py", "data-sets"),
    ("python/thalweg/line_searches.py", "line-searches"),
    ("python/thalweg/schedules.py", "schedules"),
    ("python/thalweg/regularizers.py", "regularizers"),
    ("python/thalweg/gradient_clips.py", "gradient-clips"),
    ("python/thalweg/auxiliary_rules.py", "auxiliary-rules"),
    ("python/thalweg/figures.py", "figures"),
];

/// Generates all files and passes the path and the content of each to `file`.
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
    for (path, name) in MODULES {
        let example = format!("run --quiet -p thalweg-explore --example python -- {name}");
        file(path, process::output(&mut cargo(&example))?)?;
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

/// Writes all generated files. `--check` only compares them.
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

/// Fails if a committed file differs from the generated one. For pictures, writes a page that shows the difference.
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
    stale.push("run `cargo xtask codegen`, check the changes, and commit them".to_owned());
    bail!(stale.join("\n"))
}
