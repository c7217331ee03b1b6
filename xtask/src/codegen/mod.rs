//! `cargo xtask codegen`: writes the files that are made from other files of the repository.

mod difference;
mod gallery;
mod pictures;
mod references;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::process;
use crate::{Failure, Result};
use gallery::Figure;
use pictures::Picture;

/// A file and what it should hold.
struct Generated {
    path: String,
    content: String,
}

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

/// Makes every generated file, one after the other.
fn generate(mut take: impl FnMut(Generated) -> Result) -> Result {
    let mut file = |path: &str, content: String| {
        take(Generated {
            path: path.to_owned(),
            content,
        })
    };
    file(
        "crates/core/src/catalog/references.tsv",
        references::table()?,
    )?;
    file(
        "crates/plot/src/text/metrics.rs",
        example("thalweg-plot", "metrics")?,
    )?;
    // How far each optimizer stays from other implementations.
    file("docs/oracles.md", example("thalweg", "oracles")?)?;
    file(
        "docs/comparison.md",
        example("thalweg-gallery", "comparison")?,
    )?;
    let figures = Figure::all()?;
    file("docs/gallery.md", gallery::page(&figures))?;

    let mut hashes = String::new();
    let mut picture = |path: &str, picture: Picture| {
        let _ = writeln!(hashes, "{}  {path}", picture.png);
        file(path, picture.svg)
    };
    for name in article_figures(&figures)? {
        let path = format!("docs/article/{name}.svg");
        let figure = format!("article:figure={name}");
        picture(&path, pictures::drawn(&["draw", &figure], &path)?)?;
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
pub(crate) fn run(arguments: &[String]) -> Result {
    match arguments {
        [] => generate(|file| {
            let path = process::root().join(&file.path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|e| {
                    Failure(format!("cannot make the folder of {}: {e}", file.path))
                })?;
            }
            fs::write(&path, file.content)
                .map_err(|e| Failure(format!("cannot write {}: {e}", file.path)))?;
            println!("{}", file.path);
            Ok(())
        }),
        [only] if only == "--check" => check(),
        _ => Err(Failure("cargo xtask codegen [--check]".to_owned())),
    }
}

/// Fails if a committed file is not what would be generated; of a picture both are left on a page, to see why.
pub(crate) fn check() -> Result {
    let mut stale = Vec::new();
    generate(|file| {
        let committed = fs::read_to_string(process::root().join(&file.path)).unwrap_or_default();
        if committed == file.content {
            return Ok(());
        }
        stale.push(
            if Path::new(&file.path).extension() == Some(OsStr::new("svg")) {
                let page = difference::leave(&file.path, &committed, &file.content)?;
                format!("{} is stale: {page} shows the difference", file.path)
            } else {
                format!("{} is stale", file.path)
            },
        );
        Ok(())
    })?;
    if stale.is_empty() {
        return Ok(());
    }
    stale.push("run `cargo xtask codegen`, look at what has changed, and commit it".to_owned());
    Err(Failure(stale.join("\n")))
}

/// What an example of a package prints.
fn example(package: &str, name: &str) -> Result<String> {
    let arguments = ["run", "--quiet", "-p", package, "--example", name];
    process::output(&mut process::cargo(&arguments))
}

/// The names of the article's figures, as the figure `article` has them.
fn article_figures(figures: &[Figure]) -> Result<Vec<String>> {
    let article = figures.iter().find(|figure| figure.id == "article");
    let names = article.and_then(|figure| figure.choices("figure"));
    names.ok_or_else(|| Failure("there is no figure `article`".to_owned()))
}
