//! `cargo xtask codegen`: writes the files that are made from other files of the repository.

use std::fmt::Write as _;
use std::fs;

use crate::process;
use crate::{Failure, Result};

/// A file and what makes its content.
struct Generated {
    path: &'static str,
    make: fn() -> Result<String>,
}

/// Every generated file.
const FILES: &[Generated] = &[
    Generated {
        path: "crates/core/src/references.rs",
        make: references,
    },
    Generated {
        path: "docs/oracles.md",
        make: oracles,
    },
    Generated {
        path: "docs/all-algorithms.svg",
        make: readme_picture,
    },
    Generated {
        path: "docs/maps/learning-rate.svg",
        make: || map("docs/maps/learning-rate.svg"),
    },
    Generated {
        path: "docs/maps/first-step.svg",
        make: || map("docs/maps/first-step.svg"),
    },
    Generated {
        path: "docs/maps/both-settings.svg",
        make: || map("docs/maps/both-settings.svg"),
    },
    Generated {
        path: "docs/maps/starts.svg",
        make: || map("docs/maps/starts.svg"),
    },
    Generated {
        path: "docs/maps/basins.svg",
        make: || map("docs/maps/basins.svg"),
    },
];

/// Writes every generated file; with `--check` only compares.
pub(crate) fn run(arguments: &[String]) -> Result {
    match arguments {
        [] => {
            for file in FILES {
                let path = process::root().join(file.path);
                fs::write(&path, (file.make)()?)
                    .map_err(|e| Failure(format!("cannot write {}: {e}", file.path)))?;
                println!("{}", file.path);
            }
            Ok(())
        }
        [only] if only == "--check" => check(),
        _ => Err(Failure("cargo xtask codegen [--check]".to_owned())),
    }
}

/// Fails if a committed file is not what would be generated.
pub(crate) fn check() -> Result {
    for file in FILES {
        let committed = fs::read_to_string(process::root().join(file.path)).unwrap_or_default();
        if committed != (file.make)()? {
            return Err(Failure(format!(
                "{} is stale: run `cargo xtask codegen` and commit it",
                file.path
            )));
        }
    }
    Ok(())
}

/// How far each optimizer stays from other implementations.
fn oracles() -> Result<String> {
    let arguments = ["run", "--quiet", "-p", "thalweg", "--example", "oracles"];
    process::output(&mut process::cargo(&arguments))
}

/// The article's fifteenth figure, as the program draws it.
fn readme_picture() -> Result<String> {
    let folder = std::env::temp_dir().join(format!("thalweg-codegen-{}", std::process::id()));
    let out = folder.to_string_lossy();
    let arguments = [
        "run",
        "--quiet",
        "-p",
        "thalweg-cli",
        "--",
        "article",
        "--out",
        &out,
    ];
    process::output(&mut process::cargo(&arguments))?;
    let figure = folder.join("figures/15-all-algorithms.svg");
    let svg = fs::read_to_string(figure).map_err(|e| Failure(format!("no figure was drawn: {e}")));
    fs::remove_dir_all(&folder).map_err(|e| Failure(format!("cannot remove {out}: {e}")))?;
    svg
}

/// A picture of docs/maps.md, by the command that stands above it there.
fn map(picture: &str) -> Result<String> {
    let page = fs::read_to_string(process::root().join("docs/maps.md"))
        .map_err(|e| Failure(format!("cannot read docs/maps.md: {e}")))?;
    let Some(command) = command_for(&page, picture) else {
        return Err(Failure(format!(
            "docs/maps.md has no command for {picture}"
        )));
    };
    let name = picture.replace('/', "-");
    let file = std::env::temp_dir().join(format!("thalweg-{}-{name}", std::process::id()));
    let out = file.to_string_lossy();
    let mut arguments = vec!["run", "--quiet", "-p", "thalweg-cli", "--"];
    let given = command.iter().map(|word| &**word);
    arguments.extend(given.map(|word| if word == picture { &*out } else { word }));
    // A table that the command prints as well is of no use here.
    process::output(&mut process::cargo(&arguments))?;
    let svg = fs::read_to_string(&file).map_err(|e| Failure(format!("no map was drawn: {e}")))?;
    fs::remove_file(&file).map_err(|e| Failure(format!("cannot remove {out}: {e}")))?;
    Ok(svg)
}

/// The arguments of the page's command that writes a file; a line that ends in a backslash goes on in the next one.
fn command_for(page: &str, file: &str) -> Option<Vec<String>> {
    let page = page.replace("\\\n", " ");
    let commands = page
        .lines()
        .filter_map(|line| line.strip_prefix("    thalweg "));
    let words = |command: &str| command.split_whitespace().map(str::to_owned).collect();
    let mut commands = commands.map(words);
    commands.find(|words: &Vec<String>| words.iter().any(|word| word == file))
}

/// The papers as a table.
fn references() -> Result<String> {
    let text = fs::read_to_string(process::root().join("references.toml"))
        .map_err(|e| Failure(format!("cannot read references.toml: {e}")))?;
    references_from(&text)
}

/// Texts of a paper; beside them there is the year.
const FIELDS: [&str; 4] = ["authors", "title", "venue", "link"];
const REFERENCES_HEAD: &str = include_str!("codegen/references_head.rs.txt");

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
    fn finds_a_command() {
        let page = "Text\n\n    thalweg map a \\\n        -o x.svg --table\n\n    thalweg map b -o y.svg\n";
        let words = |file| command_for(page, file).map(|words| words.join(" "));
        assert_eq!(words("x.svg").as_deref(), Some("map a -o x.svg --table"));
        assert_eq!(words("y.svg").as_deref(), Some("map b -o y.svg"));
        assert_eq!(words("z.svg"), None);
    }

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
