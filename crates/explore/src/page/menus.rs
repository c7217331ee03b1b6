//! The lists from which the page creates its menus.

use crate::{answer::answers, catalog};
use thalweg::{
    Error,
    catalog::{EntryMetadata, Kind},
};
use thalweg_gallery::figures;

answers! {
    /// An entry of a list of the catalog.
    pub struct CatalogEntry {
        /// Id.
        pub id: String,
        /// Title, or a phrase for an entry whose title is a part of the user's text.
        pub title: String,
        /// A sentence on it.
        pub summary: String,
        /// Whether one of its settings is a file.
        pub needs_file: bool,
        /// Whether it is a figure that depends on the position of the player.
        pub follows: bool,
    }

    /// A list of the catalog.
    pub struct CatalogList {
        /// Name of the list, such as `optimizers`.
        pub name: String,
        /// Its entries.
        pub entries: Vec<CatalogEntry>,
    }
}

/// Returns all lists of the catalog.
///
/// # Errors
/// Does not fail in practice: every figure can be built with its defaults.
pub fn lists() -> Result<Vec<CatalogList>, Error> {
    let lists = catalog::lists();
    let lists = lists.iter().map(|list| {
        let entries = list
            .abouts
            .iter()
            .map(|about| entry(about, list.name == "figures"));
        Ok(CatalogList {
            name: list.name.to_owned(),
            entries: entries.collect::<Result<_, Error>>()?,
        })
    });
    lists.collect()
}

fn entry(about: &EntryMetadata, is_figure: bool) -> Result<CatalogEntry, Error> {
    let follows = is_figure
        && figures::REGISTRY
            .build(&about.id.parse()?, None)?
            .follows_playhead();
    Ok(CatalogEntry {
        id: about.id.to_string(),
        title: if about.is_open {
            "Your own rule".to_owned()
        } else {
            about.title.to_string()
        },
        summary: about.summary.to_string(),
        needs_file: about.settings().any(|param| param.kind == Kind::File),
        follows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menus_know_files_and_figures_that_follow_the_player() {
        let lists = lists().unwrap();
        let find = |list: &str, id: &str| {
            let list = lists.iter().find(|one| one.name == list).unwrap();
            list.entries
                .iter()
                .find(|entry| entry.id == id)
                .unwrap()
                .clone()
        };
        assert!(find("problems", "csv").needs_file);
        assert!(!find("problems", "article").needs_file);
        assert!(find("figures", "loss").follows);
        assert!(!find("figures", "starts").follows);
        assert!(!find("optimizers", "adam").follows);
        assert_eq!(find("optimizers", "rule").title, "Your own rule");
    }
}
