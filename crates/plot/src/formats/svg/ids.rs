//! Ids of elements that are valid and unique in a page.

use std::collections::BTreeSet;

/// The ids of one picture.
pub(super) struct Ids {
    prefix: String,
    taken: BTreeSet<String>,
}

impl Ids {
    /// Creates the ids; all of them begin with the prefix.
    pub(super) fn new(prefix: &str) -> Self {
        Self {
            prefix: name(prefix),
            taken: BTreeSet::new(),
        }
    }

    /// Returns a unique id: the name, or the name with the first free number from 2 on.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let wanted = self.own(&name(wanted));
        let mut id = wanted.clone();
        let mut n = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{wanted}-{n}");
            n += 1;
        }
        id
    }

    /// Returns an id of an internal part. It contains a dot, so [`Self::unique`] never returns it.
    pub(super) fn own(&self, id: &str) -> String {
        let id = format!("{}{id}", self.prefix);
        if id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            id
        } else {
            format!("_{id}")
        }
    }
}

/// Replaces characters that would need escaping in XML, CSS, or an address.
fn name(text: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    text.chars()
        .map(|c| if allowed(c) { c } else { '-' })
        .collect()
}
