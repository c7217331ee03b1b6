//! Phrases and names that the language guide of CONTRIBUTING.md replaces.

use crate::files;
use anyhow::{Result, ensure};

/// The table of phrases and names: kind, pattern, and what to write instead.
const TABLE: &str = include_str!("language.tsv");
/// The path of the table.
const TABLE_PATH: &str = "xtask/src/test/language.tsv";
/// The beginning of the paths of the table and of this file, whose tests contain what the table forbids.
const OWN: &str = "xtask/src/test/language.";

/// Endings of files with text that people read.
const TEXTS: &[&str] = &[
    ".rs", ".md", ".toml", ".ts", ".mjs", ".html", ".css", ".json", ".py", ".sh", ".svg",
];
/// Endings of files with code in which names are checked.
const CODE: &[&str] = &[".rs", ".ts"];
/// The beginning of paths that programs write from checked sources.
const BUILT: &str = "app/dist/";

/// Names of other libraries that the table forbids, and the beginning of the paths that use these libraries.
const FOREIGN: &[(&str, &str)] = &[("Bound", "crates/python/")];

/// What the table asks for.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Phrase,
    Name,
}

/// One line of the table.
struct Rule {
    kind: Kind,
    pattern: &'static str,
    instead: &'static str,
}

/// Fails if a text uses a phrase of the table, or code a name of it.
pub(super) fn check() -> Result<()> {
    let rules = rules();
    let mut found = 0_usize;
    for path in files::listed(".")? {
        let has = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
        if !has(TEXTS) || path.starts_with(BUILT) || path.starts_with(OWN) {
            continue;
        }
        let text = files::text(&path)?;
        let is_foreign = |rule: &&Rule| {
            let mut foreign = FOREIGN.iter();
            foreign.any(|(name, folder)| rule.pattern == *name && path.starts_with(folder))
        };
        let rules: Vec<&Rule> = rules.iter().filter(|rule| !is_foreign(rule)).collect();
        for complaint in complaints(&text, &rules, has(CODE)) {
            println!("{path}:{complaint}");
            found += 1;
        }
    }
    ensure!(
        found == 0,
        "{found} phrases or names to replace, listed above; the table is {TABLE_PATH}"
    );
    Ok(())
}

fn rules() -> Vec<Rule> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let rule = |line: &'static str| {
        let mut cells = line.split('\t');
        let kind = match cells.next() {
            Some("phrase") => Kind::Phrase,
            Some("name") => Kind::Name,
            other => panic!("{TABLE_PATH}: {other:?} is neither `phrase` nor `name`"),
        };
        let mut cell = || cells.next().unwrap_or_default();
        Rule {
            kind,
            pattern: cell(),
            instead: cell(),
        }
    };
    lines.map(rule).collect()
}

/// Returns what a text breaks, each with its line number.
fn complaints(text: &str, rules: &[&Rule], is_code: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut complain = |line: usize, rule: &Rule| {
        let Rule {
            pattern, instead, ..
        } = rule;
        found.push((
            line,
            format!("{line}: `{pattern}`, write instead: {instead}"),
        ));
    };
    let (flat, lines) = flattened(text);
    for rule in rules.iter().filter(|rule| rule.kind == Kind::Phrase) {
        for at in words_at(&flat, rule.pattern) {
            complain(lines[at], rule);
        }
    }
    if is_code {
        for (i, line) in text.lines().enumerate() {
            let code = without_strings(line);
            let code = code.split("//").next().unwrap_or_default();
            for rule in rules.iter().filter(|rule| rule.kind == Kind::Name) {
                for _ in words_at(code, rule.pattern) {
                    complain(i + 1, rule);
                }
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, complaint)| complaint).collect()
}

/// A text in lower case in one line, so that a phrase is found across line ends, and the line number of each byte.
///
/// The marks of comments at the beginning of a line are omitted.
fn flattened(text: &str) -> (String, Vec<usize>) {
    let (mut flat, mut lines) = (String::new(), Vec::new());
    for (i, line) in text.lines().enumerate() {
        let marks = |c: char| c.is_whitespace() || "/!*#".contains(c);
        let words = line.trim_start_matches(marks).split_whitespace();
        for word in words {
            flat.push_str(&word.to_ascii_lowercase());
            flat.push(' ');
        }
        lines.resize(flat.len(), i + 1);
    }
    (flat, lines)
}

/// A line of code without what stands between quotation marks.
fn without_strings(line: &str) -> String {
    line.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Returns the places of whole words.
fn words_at<'a>(text: &'a str, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(pattern)
        .map(|(at, _)| at)
        .filter(move |at| {
            !text[..*at].ends_with(is_part) && !text[at + pattern.len()..].starts_with(is_part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_code: bool) -> Vec<String> {
        complaints(text, &rules().iter().collect::<Vec<_>>(), is_code)
    }

    #[test]
    fn a_phrase_is_found_across_the_lines_of_a_comment() {
        let text = "fine\n/// The loss to come\n/// down to is 0.1.\n";
        assert_eq!(
            found(text, true),
            ["2: `loss to come down to`, write instead: target loss"]
        );
        assert!(found("The almost epochs", false).is_empty(), "a whole word");
    }

    #[test]
    fn a_word_is_refused_as_a_name_only() {
        assert_eq!(
            found("let told = 1;\n", true),
            ["1: `told`, write instead: narrative, message, output"]
        );
        for fine in [
            "// It was told.\n",
            "let text = \"it was told\";\n",
            "told_by();\n",
        ] {
            assert!(found(fine, true).is_empty(), "{fine}");
        }
        assert!(found("It was told.\n", false).is_empty());
    }
}
