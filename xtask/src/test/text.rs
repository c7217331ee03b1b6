//! Step `text`: rejects local paths, registry hosts, and stray white space in text files.

use crate::files;
use anyhow::{Result, ensure};

/// Paths of one machine and hosts of package registries. They are written in two halves, so that this file passes the
/// check.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("/wo", "rk/"), "a path of one machine"),
    (concat!("/ro", "ot/"), "a path of one machine"),
    (concat!("crates", ".io/api"), "a package registry's host"),
    (concat!("index.", "crates.io"), "a package registry's host"),
    (concat!("pypi", ".org/simple"), "a package registry's host"),
    (
        concat!("registry", ".npmjs.org"),
        "a package registry's host",
    ),
];

/// Extensions of files that may not contain trailing white space.
const TIDY: &[&str] = &[".rs", ".toml", ".md"];

pub(super) fn run() -> Result<()> {
    let mut found = 0_usize;
    for path in files::listed(".")? {
        let bytes = files::read(&path)?;
        // Pictures, fonts, and archives are not text.
        let text = str::from_utf8(&bytes).ok();
        let text = text.filter(|text| !text.contains('\0'));
        for complaint in text.map_or_else(Vec::new, |text| complaints(&path, text)) {
            println!("{path}:{complaint}");
            found += 1;
        }
    }
    ensure!(found == 0, "{found} problems, listed above");
    Ok(())
}

/// Returns the complaints about a text, each with its line number.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let tidy = TIDY.iter().any(|ending| path.ends_with(ending));
    // `lines` would hide a carriage return.
    for (i, line) in text.split('\n').enumerate() {
        for (word, what) in FORBIDDEN {
            if contains_word(line, word) {
                found.push(format!("{}: `{word}` is {what}", i + 1));
            }
        }
        if tidy && line.ends_with(char::is_whitespace) {
            found.push(format!("{}: white space at the end of the line", i + 1));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        let last = text.split('\n').count();
        found.push(format!("{last}: the file does not end with a newline"));
    }
    found
}

/// Returns whether a line contains the word. A path must be absolute, not the middle of another path.
fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let inside = |c: char| c.is_alphanumeric() || "._-~)}".contains(c);
        !(word.starts_with('/') && line[..at].ends_with(inside))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_words_are_reported_with_their_line() {
        for (word, what) in FORBIDDEN {
            let text = format!("fine\nsee \"{word}x\"\n");
            let expected = format!("2: `{word}` is {what}");
            assert_eq!(complaints("notes.txt", &text), [expected]);
        }
    }

    #[test]
    fn a_relative_path_is_not_a_machine_path() {
        let (path, _) = FORBIDDEN[0];
        assert!(contains_word(&format!("cd {path}"), path));
        assert!(contains_word(&format!("{path}a"), path));
        assert!(!contains_word(&format!("https://example.org{path}a"), path));
        assert!(!contains_word(&format!("..{path}a"), path));
    }

    #[test]
    fn white_space_at_the_end_is_reported() {
        let newline = "1: the file does not end with a newline";
        let space = "1: white space at the end of the line";
        assert_eq!(complaints("a.svg", "x"), [newline]);
        assert_eq!(complaints("a.md", "x \n"), [space]);
        assert_eq!(complaints("a.rs", "x\r\n"), [space]);
        assert!(complaints("a.csv", "x \n").is_empty());
        assert!(complaints("a.rs", "").is_empty());
    }
}
