//! The module of one list of the catalog: one class per entry.

use crate::text::{class_name, in_docstring, quoted, wrapped};
use std::fmt::Write as _;
use thalweg::catalog::{DefaultValue, EntryMetadata, Kind, Param};
use thalweg_explore::catalog::{CatalogList, texts};

/// Words that cannot name an argument; an underscore follows them.
const RESERVED: &[&str] = &["class", "from", "in", "is", "lambda", "not", "self", "with"];

pub(crate) fn module(list: &CatalogList) -> String {
    let title = list.name.replace('-', " ");
    let mut out = format!(
        "\"\"\"The {title} of the catalog. `cargo xtask codegen` writes this module.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from os import PathLike\n\
         from types import EllipsisType\n\
         from typing import ClassVar, Literal\n\n\
         from thalweg._pick import Entry\n\n\
         __all__ = [\n"
    );
    let mut names: Vec<String> = list
        .abouts
        .iter()
        .map(|about| class_name(&about.id))
        .collect();
    names.sort();
    for name in names {
        let _ = writeln!(out, "    {},", quoted(&name));
    }
    out.push_str("]\n");
    for about in &list.abouts {
        out.push_str(&class(about));
    }
    out
}

fn class(about: &EntryMetadata) -> String {
    let mut out = format!(
        "\n\nclass {}(Entry):\n{}\n    id: ClassVar[str] = {}\n\n",
        class_name(&about.id),
        docstring(about),
        quoted(&about.id)
    );
    let params: Vec<&Param> = about.settings().collect();
    if params.is_empty() {
        out.push_str("    def __init__(self) -> None:\n        super().__init__()\n");
        return out;
    }
    out.push_str("    def __init__(\n        self,\n");
    for (i, param) in params.iter().enumerate() {
        // A value without a key sets the first setting.
        if i == 1 {
            out.push_str("        *,\n");
        }
        let (kind, default) = (annotation(param), default(param));
        let _ = writeln!(out, "        {}: {kind} = {default},", name(param));
    }
    out.push_str("    ) -> None:\n        super().__init__(\n");
    for param in params {
        let _ = writeln!(out, "            {0}={0},", name(param));
    }
    out.push_str("        )\n");
    out
}

/// Returns the name of the argument of a setting.
fn name(param: &Param) -> String {
    let is_reserved = RESERVED.contains(&&*param.name);
    format!("{}{}", param.name, if is_reserved { "_" } else { "" })
}

/// Returns the type of a setting.
fn annotation(param: &Param) -> String {
    let kind = match &param.kind {
        Kind::Number => "float".to_owned(),
        Kind::Whole => "int".to_owned(),
        Kind::Switch => "bool".to_owned(),
        Kind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("Literal[{}]", words.join(", "))
        }
        Kind::Text => "str".to_owned(),
        Kind::File => "str | PathLike[str]".to_owned(),
        Kind::Part(_) => "str | Entry".to_owned(),
    };
    match (&param.preset, &param.kind) {
        (_, _) if is_of_problem(param) => format!("{kind} | EllipsisType"),
        (DefaultValue::None, _) => format!("{kind} | None"),
        (DefaultValue::Text(_), Kind::Number | Kind::Whole) => format!("{kind} | str"),
        _ => kind,
    }
}

/// Returns whether the problem determines the default.
fn is_of_problem(param: &Param) -> bool {
    (param.per_gradient || param.loss_bound) && param.kind == Kind::Number
}

fn default(param: &Param) -> String {
    if is_of_problem(param) {
        return "...".to_owned();
    }
    match (&param.preset, &param.kind) {
        (DefaultValue::None, _) => "None".to_owned(),
        (DefaultValue::Text(text), Kind::Switch) => class_name(text),
        (DefaultValue::Text(text), _) => quoted(text),
        (DefaultValue::Number(number), Kind::Number) => format!("{number:?}"),
        (DefaultValue::Number(number), _) => number.to_string(),
    }
}

/// Returns the documentation of an entry: summary, formula, settings with their ranges and what tuning searches, state, names
/// elsewhere, and paper.
fn docstring(about: &EntryMetadata) -> String {
    let mut out = wrapped(&in_docstring(&about.summary), "    \"\"\"", "    ");
    if !about.formula.is_empty() {
        out.push('\n');
        for line in about.formula.lines() {
            let line = format!("        {}", in_docstring(line));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    if !about.variant.is_empty() {
        let variant = format!("Variant of {}: {}.", about.variants_of, about.variant);
        out += &("\n".to_owned() + &wrapped(&in_docstring(&variant), "    ", "    "));
    }
    if let Some(sentence) = texts::search_space(about) {
        out += &("\n".to_owned() + &wrapped(&in_docstring(&sentence), "    ", "    "));
    }
    section(
        &mut out,
        "Args",
        about.settings().map(|p| (name(p), argument(p))),
    );
    let channels = about.channels.iter();
    section(
        &mut out,
        "State",
        channels.map(|c| (c.name.to_string(), c.help.to_string())),
    );
    for known in texts::foreign_names(about) {
        let name = in_docstring(known.entry);
        let _ = writeln!(out, "\n    In {}: {name}.", known.library);
    }
    if let Some((paper, link)) = texts::paper(about) {
        let text = format!("{paper} {link}");
        out += "\n    Reference:\n";
        out += &wrapped(&in_docstring(&text), "        ", "        ");
    }
    out + "    \"\"\"\n"
}

fn section(out: &mut String, head: &str, rows: impl Iterator<Item = (String, String)>) {
    for (i, (name, help)) in rows.enumerate() {
        if i == 0 {
            let _ = write!(out, "\n    {head}:\n");
        }
        let text = format!("{name}: {}", in_docstring(&help));
        out.push_str(&wrapped(&text, "        ", "            "));
    }
}

/// Describes a setting: its meaning, the allowed values, and a default that the signature does not show.
fn argument(param: &Param) -> String {
    let help = param.help.trim_end_matches('.');
    let mut text = format!("{help}; {}", param.allowed());
    if let Some(other) = &param.at_most {
        let _ = write!(text, ", at most `{other}`");
    }
    if is_of_problem(param) {
        let _ = match &param.preset {
            DefaultValue::None => write!(text, ". The problem determines the default"),
            preset => write!(
                text,
                ". The default is that of the problem, or else {preset}"
            ),
        };
    }
    text + "."
}
