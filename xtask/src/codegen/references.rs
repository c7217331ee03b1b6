//! `crates/core/src/references.rs` from `references.toml`.

use std::fmt::Write as _;
use std::fs;

use crate::process;
use crate::{Failure, Result};

/// The papers as a table.
pub(super) fn code() -> Result<String> {
    let text = fs::read_to_string(process::root().join("references.toml"))
        .map_err(|e| Failure(format!("cannot read references.toml: {e}")))?;
    references_from(&text)
}

/// Texts of a paper; beside them there is the year.
const FIELDS: [&str; 4] = ["authors", "title", "venue", "link"];
const REFERENCES_HEAD: &str = include_str!("references_head.rs.txt");

fn references_from(text: &str) -> Result<String> {
    let papers: toml::Table = text
        .parse()
        .map_err(|e| Failure(format!("references.toml: {e}")))?;
    let mut out = REFERENCES_HEAD.to_owned();
    // A toml table is ordered by key.
    for (key, paper) in &papers {
        let field = |name: &str| paper.get(name).and_then(toml::Value::as_str);
        let needed = |name: &str| {
            field(name).ok_or_else(|| Failure(format!("references.toml: [{key}] has no {name}")))
        };
        let (authors, title, venue) = (needed("authors")?, needed("title")?, needed("venue")?);
        let year = paper.get("year").and_then(toml::Value::as_integer);
        let year = year.and_then(|year| u16::try_from(year).ok());
        let year = year.ok_or_else(|| Failure(format!("references.toml: [{key}] has no year")))?;
        // A link that is misspelt or no text would be lost in silence.
        let known = |(name, value): (&String, &toml::Value)| {
            name == "year" || FIELDS.contains(&name.as_str()) && value.is_str()
        };
        let entries = paper.as_table().into_iter().flatten();
        if let Some((name, _)) = entries.into_iter().find(|entry| !known(*entry)) {
            return Err(Failure(format!(
                "references.toml: [{key}] has a {name}; texts are {}",
                FIELDS.join(", ")
            )));
        }
        let _ = write!(
            out,
            "    Reference {{\n        key: {key:?},\n        authors: {authors:?},\n        title: {title:?},\n        \
             year: {year},\n        venue: {venue:?},\n        link: {:?},\n    }},\n",
            field("link").unwrap_or_default(),
        );
    }
    out.push_str("];\n");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = "[a1999b]\nauthors = 'A'\ntitle = 'The \"B\"'\nyear = 1999\nvenue = 'C'\n";

    #[test]
    fn writes_a_paper() {
        let code = references_from(PAPER).unwrap();
        assert!(code.ends_with("];\n"));
        for line in [
            r#"key: "a1999b","#,
            r#"title: "The \"B\"","#,
            "year: 1999,",
            r#"link: "","#,
        ] {
            assert!(code.contains(line), "{code}");
        }
    }

    #[test]
    fn names_what_is_missing() {
        for field in ["authors", "title", "year", "venue"] {
            let failure = references_from(&PAPER.replace(field, "other")).unwrap_err();
            let expected = format!("references.toml: [a1999b] has no {field}");
            assert_eq!(failure.0, expected);
        }
        let late = references_from(&PAPER.replace("1999\n", "199999\n")).unwrap_err();
        assert_eq!(late.0, "references.toml: [a1999b] has no year");
    }

    #[test]
    fn names_what_is_not_known() {
        for line in ["url = 'D'", "link = 1"] {
            let failure = references_from(&format!("{PAPER}{line}\n")).unwrap_err();
            assert!(failure.0.starts_with("references.toml: [a1999b] has a"));
        }
    }
}
