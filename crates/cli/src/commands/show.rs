//! `thalweg show`: describes one entry of the catalog.

use crate::prelude::*;
use thalweg::{
    catalog::{DefaultValue, EntryMetadata, Kind, Param},
    references,
};
use thalweg_explore::catalog;

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
        let unknown = Error::UnknownId {
            kind: "entry",
            given: id.to_owned(),
            allowed: all().map(|about| about.id.clone()).collect(),
            meant: Box::default(),
        };
        return Err(unknown.into());
    };
    let texts = named.into_iter().map(|(kind, about)| {
        let variants = all().filter(|other| {
            !about.variants_of.is_empty() && other.variants_of == about.variants_of
        });
        let siblings: Vec<_> = variants
            .filter(|other| other.id != about.id.clone())
            .collect();
        explain(kind, about, &siblings)
    });
    let text = texts.collect::<Vec<_>>().join("\n");
    terminal::print(terminal::wrapped(&text))
}

/// Describes an entry. `siblings` are the other variants of the same method.
fn explain(kind: &str, about: &EntryMetadata, siblings: &[&&EntryMetadata]) -> String {
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
    if !siblings.is_empty() {
        let (method, variant) = (&about.variants_of, &about.variant);
        let _ = writeln!(out, "\nVariants of {method}; this variant: {variant}.");
        for other in siblings {
            let _ = writeln!(out, "    {}: {}", other.id, other.variant);
        }
    }
    if about.settings().next().is_some() {
        let _ = write!(out, "\n{}", settings_table(about));
    }
    for library in LIBRARIES {
        out += &names_in(&library, about);
    }
    if !about.needs.is_empty() {
        let needs: Vec<_> = about.needs.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "\nRequires {}.", needs.join(" and "));
    }
    if !about.channels.is_empty() {
        let rows = about.channels.iter();
        let rows = rows.map(|c| vec![c.name.to_string(), c.help.to_string()]);
        let _ = write!(out, "\n{}", table("inner state|description", rows, 2));
    }
    if let Some(r) = references::find(&about.cite) {
        let (authors, title, venue, year) = (r.authors, r.title, r.venue, r.year);
        let _ = writeln!(out, "\n{authors}: {title}. {venue}, {year}.");
        if !r.link.is_empty() {
            let _ = writeln!(out, "{}", r.link);
        }
    }
    out
}

/// Returns the table of the settings of an entry.
fn settings_table(about: &EntryMetadata) -> String {
    let row = |p: &Param| {
        let mut allowed = p.allowed();
        allowed.extend(p.at_most.as_ref().map(|other| format!(", at most {other}")));
        let rival = p.unless.as_ref();
        let rival = rival.filter(|other| about.setting(other).is_some());
        allowed.extend(rival.map(|other| format!(", not with {other}")));
        vec![p.name.to_string(), default(p), allowed, p.help.to_string()]
    };
    let rows = about.settings().map(row);
    table("setting|default|allowed values|description", rows, 4)
}

fn default(param: &Param) -> String {
    match (&param.preset, &param.kind) {
        (DefaultValue::None, Kind::File) => "required".to_owned(),
        (preset, _) => preset.to_string(),
    }
}

/// A library with accessors of the names in it.
struct Library {
    name: &'static str,
    entry: fn(&EntryMetadata) -> &str,
    setting: fn(&Param) -> &str,
}

const LIBRARIES: [Library; 2] = [
    Library {
        name: "PyTorch",
        entry: |about| &about.torch,
        setting: |param| &param.torch,
    },
    Library {
        name: "optax",
        entry: |about| &about.optax,
        setting: |param| &param.optax,
    },
];

/// Returns a line with the name of the entry in another library, and those of its settings that differ.
fn names_in(library: &Library, about: &EntryMetadata) -> String {
    let entry = (library.entry)(about);
    if entry.is_empty() {
        return String::new();
    }
    let setting = |p: &Param| {
        let name = Some((library.setting)(p)).filter(|name| !name.is_empty())?;
        Some(format!("{} is {name}", p.name))
    };
    let settings: Vec<String> = about.settings().filter_map(setting).collect();
    let mut line = format!("\nIn {}: {entry}", library.name);
    if !settings.is_empty() {
        let _ = write!(line, "; {}", settings.join(", "));
    }
    line + ".\n"
}
