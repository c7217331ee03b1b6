//! `thalweg list`: lists the entries of the catalog.

use crate::prelude::*;
use thalweg::catalog::EntryMetadata;
use thalweg_explore::catalog::{self, CatalogList};

pub(crate) fn run(only: Option<&str>, as_json: bool) -> Result {
    let mut lists = Vec::from(catalog::lists());
    lists.retain(|list| only.is_none_or(|only| only == list.name));
    if as_json {
        return terminal::print(format!("{:#}\n", catalog::json(&lists)?));
    }
    let lists = lists.iter().map(|CatalogList { name, abouts, .. }| {
        let families = abouts.iter().any(|about| about.family.is_some());
        let row = |about: &&EntryMetadata| {
            let mut cells = vec![about.id.to_string(), about.summary.to_string()];
            if families {
                let family = about.family.map(|family| family.to_string());
                cells.insert(1, family.unwrap_or_default());
            }
            cells
        };
        let heads = format!("{name}{}", if families { "||" } else { "|" });
        table(&heads, abouts.iter().map(row), 3)
    });
    terminal::print(lists.collect::<Vec<_>>().join("\n"))
}
