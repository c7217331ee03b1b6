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
    // A data set and the problem that uses it may have the same id.
    let named = lists.iter().flat_map(|list| {
        let named = list.abouts.iter().filter(|about| about.id == id);
        named.map(|about| (list.kind, about))
    });
    let mut named = named.peekable();
    if named.peek().is_none() {
        let unknown = Error::UnknownId {
            kind: "entry",
            given: id.to_owned(),
            allowed: all().map(|about| about.id.clone()).collect(),
        };
        return Err(unknown.into());
    }
    let texts = named.map(|(kind, about)| {
        let variants = all().filter(|other| {
            !about.variants_of.is_empty() && other.variants_of == about.variants_of
        });
        let siblings: Vec<_> = variants
            .filter(|other| other.id != about.id.clone())
            .collect();
        explain(kind, about, &siblings)
    });
    terminal::print(texts.collect::<Vec<_>>().join("\n"))
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
    if !siblings.is_empty() {
        let (method, variant) = (&about.variants_of, &about.variant);
        let _ = writeln!(out, "\nVariants of {method}; this variant: {variant}.");
        for other in siblings {
            let _ = writeln!(out, "    {}: {}", other.id, other.variant);
        }
    }
    if about.settings().next().is_some() {
        let row = |p: &Param| {
            let mut allowed = p.allowed();
            allowed.extend(p.at_most.as_ref().map(|other| format!(", at most {other}")));
            let rival = p.unless.as_ref();
            let rival = rival.filter(|other| about.setting(other).is_some());
            allowed.extend(rival.map(|other| format!(", not with {other}")));
            vec![p.name.to_string(), default(p), allowed, p.help.to_string()]
        };
        let table = table(
            "setting|default|allowed values|description",
            about.settings().map(row),
            4,
        );
        let _ = write!(out, "\n{table}");
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

fn default(param: &Param) -> String {
    match (&param.preset, &param.kind) {
        (DefaultValue::None, Kind::File) => "required".to_owned(),
        (preset, _) => preset.to_string(),
    }
}
