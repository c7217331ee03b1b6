//! Writes docs/catalog into a folder: `catalog FOLDER`. There is one page per entry of the catalog, with pictures that the
//! command `draw` draws, and an index. `cargo xtask codegen` compares the folder with the committed files.

mod index;
mod markdown;
mod page;
mod pictures;

use pictures::Picture;
use rayon::prelude::*;
use std::{error::Error, fs, path::Path};
use thalweg::catalog::EntryMetadata;
use thalweg_cli::embed::{Host, run_command};
use thalweg_explore::catalog::{self, CatalogList};

/// The list whose entries docs/gallery.md describes.
const FIGURES: &str = "figures";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the name of a folder")?;
    let folder = Path::new(&folder);
    let lists = catalog::lists();
    let mut drawings = Vec::new();
    for list in lists.iter().filter(|list| list.name != FIGURES) {
        let folder = folder.join(list.name);
        fs::create_dir_all(&folder)?;
        for about in &list.abouts {
            let pictures = pictures::of(list, about)?;
            let page = page::text(list, about, &pictures);
            fs::write(folder.join(format!("{}.md", about.id)), page)?;
            drawings.extend(
                pictures
                    .into_iter()
                    .map(|picture| (folder.clone(), picture)),
            );
        }
    }
    fs::write(folder.join("README.md"), index::text(&lists))?;
    let drawings = drawings.par_iter();
    Ok(drawings.try_for_each(|(folder, picture)| draw(picture, folder))?)
}

/// Draws a picture into a folder.
fn draw(picture: &Picture, folder: &Path) -> Result<(), String> {
    let file = folder.join(&picture.file).display().to_string();
    let words = picture.words().map(str::to_owned);
    let words: Vec<String> = words.chain(["-o".to_owned(), file]).collect();
    // The host receives the notes, which are not part of the pages.
    let drawn = Host::default().run(|| run_command(&words));
    drawn.map_err(|error| format!("thalweg {}: {error}", words.join(" ")))
}

/// Returns the link from a page to an entry of a list.
fn link(list: &CatalogList, about: &EntryMetadata) -> String {
    format!("[`{}`](../{}/{}.md)", about.id, list.name, about.id)
}
