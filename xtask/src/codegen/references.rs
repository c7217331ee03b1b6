//! Generates `crates/core/src/catalog/references.tsv` from `references.toml`.

use crate::files;
use anyhow::{Context as _, Result, bail};

/// Returns the papers as tab-separated rows.
pub(super) fn table() -> Result<String> {
    references_from(&files::text("references.toml")?)
}

/// The text fields of a paper. The year is the only other field.
const FIELDS: [&str; 4] = ["authors", "title", "venue", "link"];

fn references_from(text: &str) -> Result<String> {
    let papers: toml::Table = text.parse().context("references.toml")?;
    let mut out = String::new();
    // A `toml::Table` is sorted by key.
    for (key, paper) in &papers {
        let field = |name: &str| paper.get(name).and_then(toml::Value::as_str);
        let missing = |name: &str| format!("references.toml: [{key}] has no {name}");
        let needed = |name: &str| field(name).with_context(|| missing(name));
        let (authors, title, venue) = (needed("authors")?, needed("title")?, needed("venue")?);
        let year = paper.get("year").and_then(toml::Value::as_integer);
        let year = year.and_then(|year| u16::try_from(year).ok());
        let year = year.with_context(|| missing("year"))?;
        // Without this check, a misspelled key or a link that is not text would be ignored silently.
        let known = |(name, value): (&String, &toml::Value)| {
            name == "year" || FIELDS.contains(&name.as_str()) && value.is_str()
        };
        let entries = paper.as_table().into_iter().flatten();
        if let Some((name, _)) = entries.into_iter().find(|entry| !known(*entry)) {
            let texts = FIELDS.join(", ");
            bail!(
                "references.toml: [{key}] has an invalid field {name}; the text fields are {texts}"
            );
        }
        let link = field("link").unwrap_or_default();
        let row = [key, authors, title, &year.to_string(), venue, link];
        if row.iter().any(|cell| cell.contains(['\t', '\n'])) {
            bail!("references.toml: a text of [{key}] contains a tab or a line break; remove it");
        }
        out.push_str(&row.join("\t"));
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = "[a1999b]\nauthors = 'A'\ntitle = 'The \"B\"'\nyear = 1999\nvenue = 'C'\n";

    #[test]
    fn writes_a_paper() {
        let row = references_from(PAPER).unwrap();
        assert_eq!(row, "a1999b\tA\tThe \"B\"\t1999\tC\t\n");
        let failure = references_from(&PAPER.replace("'C'", "\"a\\tb\"")).unwrap_err();
        assert!(
            failure.to_string().contains("contains a tab"),
            "{failure:?}"
        );
    }

    #[test]
    fn reports_missing_fields() {
        for field in ["authors", "title", "year", "venue"] {
            let failure = references_from(&PAPER.replace(field, "other")).unwrap_err();
            let expected = format!("references.toml: [a1999b] has no {field}");
            assert_eq!(failure.to_string(), expected);
        }
        let late = references_from(&PAPER.replace("1999\n", "199999\n")).unwrap_err();
        assert_eq!(late.to_string(), "references.toml: [a1999b] has no year");
    }

    #[test]
    fn reports_invalid_fields() {
        for line in ["url = 'D'", "link = 1"] {
            let failure = references_from(&format!("{PAPER}{line}\n")).unwrap_err();
            assert!(
                failure
                    .to_string()
                    .starts_with("references.toml: [a1999b] has an invalid field")
            );
        }
    }
}
