//! `thalweg show`: describes one entry of the catalog.

use crate::prelude::*;
use thalweg::{catalog::EntryMetadata, optimizers};
use thalweg_explore::catalog::{
    self,
    texts::{self, ForeignName},
};

pub(crate) fn run(id: &str) -> Result {
    let lists = catalog::lists();
    let all = || lists.iter().flat_map(|list| &list.abouts);
    let found = |is: &dyn Fn(&EntryMetadata) -> bool| {
        let found = lists.iter().flat_map(|list| {
            let found = list.abouts.iter().filter(|about| is(about));
            found.map(|about| (list.kind, *about))
        });
        found.collect::<Vec<_>>()
    };
    // A data set and the problem that uses it may have the same id. An id precedes the name in another library.
    let named = [
        found(&|about| about.id == id),
        found(&|about| about.is_plainly_known_as(id)),
        found(&|about| about.is_known_as(id)),
    ];
    let Some(named) = named.into_iter().find(|named| !named.is_empty()) else {
        // The error for a name in another library lists only the names there.
        if let Ok(pick) = id.parse() {
            optimizers::REGISTRY.native(pick)?;
        }
        let unknown = Error::UnknownId {
            kind: "entry",
            given: id.to_owned(),
            allowed: all().map(|about| about.id.clone()).collect(),
            meant: Box::default(),
        };
        return Err(unknown.into());
    };
    let texts = named.into_iter().map(|(kind, about)| explain(kind, about));
    let text = texts.collect::<Vec<_>>().join("\n");
    terminal::print(terminal::wrapped(&text))
}

/// Describes an entry.
fn explain(kind: &str, about: &EntryMetadata) -> String {
    let mut out = format!("{} ({}), {kind}", about.title, about.id);
    if let Some(family) = about.family {
        let _ = write!(out, ", {family}");
    }
    let _ = write!(out, "\n\n{}\n", about.summary);
    if !about.formula.is_empty() {
        out.push('\n');
        for line in about.formula.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    for paragraph in about.details.lines() {
        let _ = writeln!(out, "\n{paragraph}");
    }
    if !about.without_matrices.is_empty() {
        let simpler = &about.without_matrices;
        let _ = writeln!(out, "\nIf no weight is part of a matrix, it is {simpler}.");
    }
    let siblings = texts::siblings(about);
    if !siblings.is_empty() {
        let (method, variant) = (&about.variants_of, &about.variant);
        let _ = writeln!(out, "\nVariants of {method}; this variant: {variant}.");
        for other in siblings {
            let _ = writeln!(out, "    {}: {}", other.id, other.variant);
        }
    }
    if about.settings().next().is_some() {
        let rows = about.settings();
        let rows = rows.map(|param| texts::setting_row(about, param).into());
        let heads = texts::SETTING_COLUMNS.join("|");
        let _ = write!(out, "\n{}", table(&heads, rows, 4));
    }
    if let Some(sentence) = texts::search_space(about) {
        let _ = writeln!(out, "\n{sentence}");
    }
    for known in texts::foreign_names(about) {
        out += &names_in(&known);
    }
    if let Some(sentence) = texts::requirements(about) {
        let _ = writeln!(out, "\n{sentence}");
    }
    if !about.channels.is_empty() {
        let rows = about.channels.iter();
        let rows = rows.map(|c| vec![c.name.to_string(), c.help.to_string()]);
        let _ = write!(out, "\n{}", table("inner state|description", rows, 2));
    }
    if let Some((paper, link)) = texts::paper(about) {
        let _ = writeln!(out, "\n{paper}");
        if !link.is_empty() {
            let _ = writeln!(out, "{link}");
        }
    }
    out
}

/// Returns the name of the entry in another library, and a table of the settings whose names or defaults differ there.
fn names_in(known: &ForeignName) -> String {
    let steps = if known.differs {
        ", which makes other steps with the same settings"
    } else {
        ""
    };
    let line = format!("\nIn {}: {}{steps}\n", known.library, known.entry);
    if known.settings.is_empty() {
        return line;
    }
    let rows = known.settings.iter().map(|[key, name, preset]| {
        // The library acts as if a setting that it does not have were this value.
        let [name, preset] = match *name {
            "" => ["-".to_owned(), format!("always {preset}")],
            _ => [name, preset].map(|&cell| cell.to_owned()),
        };
        vec![(*key).to_owned(), name, preset]
    });
    let heads = format!("setting|{}|default there", known.library);
    line + "\n" + &table(&heads, rows, 3)
}
