//! The page of one entry.

use crate::{
    link,
    markdown::{block, code, escaped, table},
    pictures::Picture,
};
use std::fmt::Write as _;
use thalweg::{catalog::EntryMetadata, inspect::StepReason};
use thalweg_explore::catalog::{
    CatalogList,
    texts::{self, SETTING_COLUMNS},
};

pub(crate) fn text(list: &CatalogList, about: &EntryMetadata, pictures: &[Picture]) -> String {
    let mut out = format!("# {}\n\n", escaped(&about.title));
    let family = about.family.map(|family| format!(", {family}"));
    let _ = writeln!(
        out,
        "`{}`: {}{}, in the [catalog](../README.md)\n\n{}",
        about.id,
        list.kind,
        family.unwrap_or_default(),
        escaped(&about.summary)
    );
    if !about.formula.is_empty() {
        let _ = write!(out, "\n{}", block(&about.formula));
    }
    for paragraph in about.details.lines() {
        let _ = writeln!(out, "\n{}", escaped(paragraph));
    }
    if !about.without_matrices.is_empty() {
        let simpler = escaped(&about.without_matrices);
        let _ = writeln!(out, "\nIf no weight is part of a matrix, it is {simpler}.");
    }
    if let Some(sentence) = texts::requirements(about) {
        let _ = writeln!(out, "\n{sentence}");
    }
    for picture in pictures {
        out += &section_of(picture, &about.title);
    }
    for part in [variants(list, about), settings(about), names(about)] {
        out += &part;
    }
    for part in [state(about), reasons(about), reference(about)] {
        out += &part;
    }
    out
}

/// Returns a picture below the command that draws it.
fn section_of(picture: &Picture, title: &str) -> String {
    let Picture { file, arguments } = picture;
    let svg = file.replace(".png", ".svg");
    let command = block(&format!("thalweg draw {arguments} -o {svg}"));
    format!("\n{command}\n![{}]({file})\n", escaped(title))
}

fn variants(list: &CatalogList, about: &EntryMetadata) -> String {
    let siblings = texts::siblings(about);
    if siblings.is_empty() {
        return String::new();
    }
    let (method, variant) = (escaped(&about.variants_of), escaped(&about.variant));
    let row = |other: &EntryMetadata| [link(list, other), escaped(&other.variant)];
    let rows = siblings.into_iter().map(row);
    format!(
        "\n## Variants\n\nVariants of {method}; this variant: {variant}.\n\n{}",
        table(["other variant", "difference"], rows)
    )
}

fn settings(about: &EntryMetadata) -> String {
    if about.settings().next().is_none() {
        return String::new();
    }
    let row = |param| {
        let [name, default, allowed, help] = texts::setting_row(about, param);
        [
            code(&name),
            escaped(&default),
            escaped(&allowed),
            escaped(&help),
        ]
    };
    let rows = about.settings().map(row);
    let tuned = texts::search_space(about).map(|sentence| format!("\n{}\n", escaped(&sentence)));
    let table = table(SETTING_COLUMNS, rows);
    format!("\n## Settings\n\n{table}{}", tuned.unwrap_or_default())
}

fn names(about: &EntryMetadata) -> String {
    let known = texts::foreign_names(about);
    if known.is_empty() {
        return String::new();
    }
    let rows = known.iter().map(|known| {
        let name = |[ours, theirs]: [&str; 2]| format!("`{ours}` is `{theirs}`");
        let names = known.renamed().map(name).collect::<Vec<_>>().join(", ");
        let defaults: Vec<String> = known.defaults().iter().map(|value| code(value)).collect();
        let (library, defaults) = (known.library.to_owned(), defaults.join(", "));
        [library, code(known.entry), names, defaults]
    });
    let heads = [
        "library",
        "name",
        "settings with other names",
        "other defaults",
    ];
    format!("\n## Names in other libraries\n\n{}", table(heads, rows))
}

fn state(about: &EntryMetadata) -> String {
    if about.channels.is_empty() {
        return String::new();
    }
    let rows = about.channels.iter();
    let rows = rows.map(|channel| [code(&channel.name), escaped(&channel.help)]);
    let heads = ["variable", "description"];
    format!("\n## Inner state\n\n{}", table(heads, rows))
}

fn reasons(about: &EntryMetadata) -> String {
    if about.why.is_empty() {
        return String::new();
    }
    let row = |reason: &StepReason| {
        let formula = Some(&reason.step).filter(|step| !step.is_empty());
        let formula = formula.map(|step| code(step)).unwrap_or_default();
        [format!("The weight {}.", escaped(&reason.words)), formula]
    };
    let heads = ["reason", "step of the weight"];
    let rows = about.why.iter().map(row);
    format!("\n## Reasons of a step\n\n{}", table(heads, rows))
}

fn reference(about: &EntryMetadata) -> String {
    let Some((paper, link)) = texts::paper(about) else {
        return String::new();
    };
    let link = if link.is_empty() {
        String::new()
    } else {
        format!(" <{link}>")
    };
    format!("\n## Reference\n\n{}{link}\n", escaped(&paper))
}
