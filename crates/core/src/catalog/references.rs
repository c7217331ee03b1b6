//! All papers that the catalog cites.

/// The papers, one per line, ordered by key: key, authors, title, year, venue, and link, separated by tabs. `cargo
/// xtask codegen` writes it from `references.toml`.
const TABLE: &str = include_str!("references.tsv");

/// A paper or book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Key used in `cite`.
    pub key: &'static str,
    /// The authors, separated by commas.
    pub authors: &'static str,
    /// The title.
    pub title: &'static str,
    /// The year of publication.
    pub year: &'static str,
    /// Journal, conference, or publisher.
    pub venue: &'static str,
    /// Link to the paper; empty if there is no permanent link.
    pub link: &'static str,
}

/// Returns the paper with this key.
pub fn find(key: &str) -> Option<Reference> {
    all().find(|paper| paper.key == key)
}

/// Returns all papers, ordered by key.
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
