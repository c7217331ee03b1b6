//! Step `crates`: every external dependency has a comment with its purpose, on its line or on the line above.

use crate::files;
use anyhow::{Result, ensure};

pub(super) fn run() -> Result<()> {
    let mut missing = 0_usize;
    for path in files::listed(":(glob)**/Cargo.toml")? {
        for (line, name) in unexplained(&files::text(&path)?) {
            println!("{path}:{line}: `{name}` has no comment with its purpose");
            missing += 1;
        }
    }
    ensure!(
        missing == 0,
        "{missing} dependencies have no comment: add their purpose on the same line or on the line above"
    );
    Ok(())
}

/// Returns the line number and the name of each external dependency without a comment.
///
/// Parses the manifest line by line: one dependency per line, or one table per dependency. Dependencies from the workspace
/// or a path need no comment.
fn unexplained(manifest: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = manifest.lines().map(str::trim).collect();
    let mut found = Vec::new();
    let mut among_dependencies = false;
    for (i, &line) in lines.iter().enumerate() {
        let (code, comment) = split_comment(line);
        let mut check = |name: &str, declaration: &str| {
            let explained = !comment.is_empty() || i > 0 && is_comment(lines[i - 1]);
            if !explained && !is_own(declaration) {
                found.push((i + 1, name.to_owned()));
            }
        };
        if let Some(header) = table_header(code) {
            among_dependencies = header.ends_with("dependencies");
            if let Some((_, name)) = header.rsplit_once("dependencies.") {
                let body: Vec<&str> = lines[i + 1..]
                    .iter()
                    .copied()
                    .take_while(|line| table_header(line).is_none())
                    .collect();
                check(name, &body.join("\n"));
            }
        } else if among_dependencies && let Some((key, _)) = code.split_once('=') {
            let key = key.trim();
            // Other lines with an equals sign belong to a multi-line array or table.
            if !key.is_empty() && key.chars().all(is_key_char) {
                let name = key.split('.').next().unwrap_or(key);
                check(name, code);
            }
        }
    }
    found
}

/// Returns the name of a table header: `dependencies` for `[dependencies]`, with or without a comment.
fn table_header(line: &str) -> Option<&str> {
    let (code, _) = split_comment(line);
    code.trim().strip_prefix('[')?.strip_suffix(']')
}

/// Returns whether a dependency is declared in the workspace or is part of it.
fn is_own(declaration: &str) -> bool {
    let compact: String = declaration.chars().filter(|c| !c.is_whitespace()).collect();
    compact.contains("workspace=true") || compact.contains("path=\"")
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') && !split_comment(line).1.is_empty()
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.\"".contains(c)
}

/// Splits a line at the first `#` outside of quotes.
fn split_comment(line: &str) -> (&str, &str) {
    let mut quote = None;
    for (i, c) in line.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '#' => return (&line[..i], line[i..].trim_matches(['#', ' '])),
            _ => {}
        }
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::unexplained;

    fn names(manifest: &str) -> String {
        let names: Vec<String> = unexplained(manifest)
            .into_iter()
            .map(|(line, name)| format!("{line}:{name}"))
            .collect();
        names.join(" ")
    }

    #[test]
    fn a_comment_may_be_above_or_on_the_line() {
        let manifest =
            "[dependencies]\n# Reads JSON.\nserde_json = \"1\"\npng = \"0.18\" # Writes PNG.\n";
        assert_eq!(names(manifest), "");
    }

    #[test]
    fn a_comment_explains_one_line_only() {
        let manifest = "[dependencies]\n# Reads JSON.\nserde_json = \"1\"\nserde.version = \"1\"\n#\nurl = \"2#1\"\n";
        assert_eq!(names(manifest), "4:serde 6:url");
    }

    #[test]
    fn workspace_crates_need_no_comment() {
        let manifest = "[dependencies]\nthalweg = { path = \"../core\" }\npng.workspace = true\ngif = { workspace = true }\n[dependencies.plot]\npath = \"../plot\"\n";
        assert_eq!(names(manifest), "");
    }

    #[test]
    fn parses_every_kind_of_table() {
        let manifest = "[package]\nname = \"x\"\n[dev-dependencies]\na = \"1\"\n[target.'cfg(unix)'.dependencies]\nb = \"1\"\n[workspace.dependencies] # shared\nc = { version = \"1\", features = [\n    \"d\",\n] }\n[build-dependencies.e]\nversion = \"1\"\n[features]\nf = []\n";
        assert_eq!(names(manifest), "4:a 6:b 8:c 11:e");
    }
}
