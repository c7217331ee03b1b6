//! `thalweg show`: all that is said about one entry.

use super::list::catalog;
use crate::{failure::Result, output, table::table};
use std::fmt::Write as _;
use thalweg::{
    Error,
    catalog::{About, Kind, Param, Preset},
    references,
};

pub(crate) fn run(id: &str) -> Result {
    let kinds = catalog();
    let all = || kinds.iter().flat_map(|(_, _, abouts)| abouts);
    let about = all()
        .find(|about| about.id == id)
        .ok_or_else(|| Error::UnknownId {
            kind: "entry",
            given: id.to_owned(),
            allowed: all().map(|about| about.id).collect(),
        })?;
    output::print(explain(about))
}

fn explain(about: &About) -> String {
    let mut out = format!("{} ({})", about.title, about.id);
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
    if !about.params.is_empty() {
        let row = |p: &Param| {
            let mut allowed = p.allowed();
            allowed.extend(p.at_most.map(|other| format!(", at most {other}")));
            allowed.extend(p.unless.map(|other| format!(", not with {other}")));
            vec![p.name.to_owned(), default(p), allowed, p.help.to_owned()]
        };
        let rows = about.params.iter().map(row).collect();
        let _ = write!(
            out,
            "\n{}",
            table(&["setting", "default", "allowed", ""], rows, 4)
        );
    }
    if !about.channels.is_empty() {
        let rows = about.channels.iter();
        let rows = rows
            .map(|c| vec![c.name.to_owned(), c.help.to_owned()])
            .collect();
        let _ = write!(out, "\n{}", table(&["inner state", ""], rows, 2));
    }
    if let Some(r) = references::find(about.cite) {
        let _ = writeln!(
            out,
            "\n{}: {}. {}, {}.",
            r.authors, r.title, r.venue, r.year
        );
        if !r.link.is_empty() {
            let _ = writeln!(out, "{}", r.link);
        }
    }
    out
}

fn default(param: &Param) -> String {
    match (param.preset, param.kind) {
        (Preset::None, Kind::File) => "must be given".to_owned(),
        (preset, _) => preset.to_string(),
    }
}
