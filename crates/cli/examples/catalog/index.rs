//! The index of the pages.

use crate::{
    FIGURES,
    markdown::{escaped, table},
};
use std::fmt::Write as _;
use thalweg::catalog::EntryMetadata;
use thalweg_explore::catalog::CatalogList;

const HEAD: &str = "\
# Catalog

Every entry of the catalog has a page with its formula, settings, inner state, names in other libraries, and paper.
Pictures show optimizers on the problem of the article and on a problem with their typical behavior. Each picture
contains the command that made it; `thalweg redraw FILE` runs this command again. `thalweg show ID` prints a page
without pictures. `cargo xtask codegen` writes all pages.
";

pub(crate) fn text(lists: &[CatalogList]) -> String {
    let mut out = HEAD.to_owned();
    for list in lists {
        let _ = writeln!(out, "\n## {}\n", capitalized(&list.name.replace('-', " ")));
        if list.name == FIGURES {
            out += "The [gallery](../gallery.md) shows all figures.\n";
            continue;
        }
        for family in list.abouts.chunk_by(|a, b| a.family == b.family) {
            if let Some(name) = family[0].family {
                let _ = writeln!(out, "### {}\n", capitalized(&name.to_string()));
            }
            out += &entries(list, family);
            out.push('\n');
        }
        out.pop();
    }
    out
}

/// Returns the table of some entries of a list.
fn entries(list: &CatalogList, abouts: &[&EntryMetadata]) -> String {
    let row = |about: &&EntryMetadata| {
        let link = format!("[`{0}`]({1}/{0}.md)", about.id, list.name);
        [link, escaped(&about.title), escaped(&about.summary)]
    };
    table(["entry", "title", "summary"], abouts.iter().map(row))
}

fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
