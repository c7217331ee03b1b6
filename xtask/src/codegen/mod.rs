//! `cargo xtask codegen`: writes the files that are generated from other files of the repository.

mod catalog;
mod difference;
mod gallery;
mod pictures;
mod references;

use crate::{choices, files, process, programs::program};
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
    ("crates/plot/src/text/metrics.txt", "metrics"),
    // The distance of each optimizer to other implementations.
    ("docs/oracles.md", "oracles"),
    ("docs/comparison.md", "comparison"),
    // The types of the answers to the page.
    ("app/src/rpc/answers.ts", "answers"),
];

/// Generated modules of the Python package: the path, and the name of the list of the catalog.
const MODULES: [(&str, &str); 10] = [
    ("python/thalweg/_commands.py", "commands"),
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

/// Receives the path of a generated file and its content. A file without content must not exist.
type FileReceiver<'a> = dyn FnMut(&str, Option<Vec<u8>>) -> Result<()> + 'a;

/// Some of the generated files, which can be generated alone.
struct Part {
    name: &'static str,
    generate: fn(&mut FileReceiver) -> Result<()>,
}

/// All parts. A part may depend on files of earlier ones.
const PARTS: &[Part] = &[
    Part {
        name: "references",
        generate: generate_references,
    },
    Part {
        name: "examples",
        generate: generate_examples,
    },
    Part {
        name: "python",
        generate: generate_modules,
    },
    Part {
        name: "pictures",
        generate: generate_pictures,
    },
    Part {
        name: "catalog",
        generate: catalog::generate,
    },
];

fn generate_references(file: &mut FileReceiver) -> Result<()> {
    let table = references::table()?;
    file(
        "crates/core/src/catalog/references.tsv",
        Some(table.into_bytes()),
    )
}

fn generate_examples(file: &mut FileReceiver) -> Result<()> {
    EXAMPLES.iter().try_for_each(|(path, example)| {
        let text = process::output(&mut program(&format!("examples/{example}"), "")?)?;
        file(path, Some(text.into_bytes()))
    })
}

fn generate_modules(file: &mut FileReceiver) -> Result<()> {
    MODULES.iter().try_for_each(|(path, name)| {
        let text = process::output(&mut program("examples/python", name)?)?;
        file(path, Some(text.into_bytes()))
    })
}

fn generate_pictures(file: &mut FileReceiver) -> Result<()> {
    let figures = GalleryFigure::all()?;
    file(
        "docs/gallery.md",
        Some(gallery::page(&figures).into_bytes()),
    )?;

    let mut hashes = String::new();
    let mut picture = |path: &str, picture: RenderedPicture| {
        let _ = writeln!(hashes, "{}  {path}", picture.png);
        file(path, Some(picture.svg.into_bytes()))
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
    file(HASHES, Some(hashes.into_bytes()))
}

const USAGE: &str = "cargo xtask codegen [--check] [--only PART]...";

/// Writes all generated files. `--check` only compares them, and `--only PART` selects a part of them.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (checks, arguments): (Vec<_>, Vec<_>) = arguments
        .iter()
        .cloned()
        .partition(|word| word == "--check");
    let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    let chosen = choices(&arguments, &["--only"], "part", &names, USAGE)?;
    let is_chosen =
        |part: &&Part| chosen.is_empty() || chosen.iter().any(|(_, name)| *name == part.name);
    let parts = PARTS.iter().filter(is_chosen);
    if checks.is_empty() {
        write(parts)
    } else {
        check_parts(parts)
    }
}

/// Writes the files of some parts and prints their paths.
fn write<'a>(mut parts: impl Iterator<Item = &'a Part>) -> Result<()> {
    let mut file = |path: &str, content: Option<Vec<u8>>| {
        match content {
            Some(content) => files::write(path, content)?,
            None => files::remove(path)?,
        }
        println!("{path}");
        Ok(())
    };
    parts.try_for_each(|part| (part.generate)(&mut file))
}

/// Fails if a committed file differs from the generated one.
pub(crate) fn check() -> Result<()> {
    check_parts(PARTS.iter())
}

/// Fails if a committed file of some parts differs from the generated one. For SVG pictures, writes a page that shows the
/// difference.
fn check_parts<'a>(mut parts: impl Iterator<Item = &'a Part>) -> Result<()> {
    let mut stale = Vec::new();
    let mut file = |path: &str, content: Option<Vec<u8>>| {
        let committed = files::read(path).unwrap_or_default();
        let Some(content) = content else {
            stale.push(format!("{path} is no longer generated"));
            return Ok(());
        };
        if committed == content {
            return Ok(());
        }
        stale.push(if Path::new(path).extension() == Some(OsStr::new("svg")) {
            let texts = [&committed, &content].map(|bytes| String::from_utf8_lossy(bytes));
            let page = difference::write_difference_page(path, &texts[0], &texts[1])?;
            format!("{path} is stale: {page} shows the difference")
        } else {
            format!("{path} is stale")
        });
        Ok(())
    };
    parts.try_for_each(|part| (part.generate)(&mut file))?;
    if stale.is_empty() {
        return Ok(());
    }
    stale.push("run `cargo xtask codegen`, check the changes, and commit them".to_owned());
    bail!(stale.join("\n"))
}
