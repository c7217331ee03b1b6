//! Every paper that the catalog names.

/// The papers, one per line: key, authors, title, year, venue, and link with tabs between, ordered by key. `cargo xtask
/// codegen` writes it from `references.toml`.
const TABLE: &str = include_str!("references.tsv");

/// A paper or book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its key in `cite`.
    pub key: &'static str,
    /// The authors, with commas between.
    pub authors: &'static str,
    /// The title.
    pub title: &'static str,
    /// The year of publication.
    pub year: &'static str,
    /// Journal, conference or publisher.
    pub venue: &'static str,
    /// Where to find it; empty where it has no stable address.
    pub link: &'static str,
}

/// Returns the paper with this key.
pub fn find(key: &str) -> Option<Reference> {
    all().find(|paper| paper.key == key)
}

/// Returns all papers, by key.
pub fn all() -> impl Iterator<Item = Reference> {
    TABLE.lines().map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        Reference {
            key: cell(),
            authors: cell(),
            title: cell(),
            year: cell(),
            venue: cell(),
            link: cell(),
        }
    })
}
