//! Standard output and standard error.

use crate::{
    failure::{Failure, Result},
    terminal::{host::Host, wrap::wrapped_for_stderr},
};
use std::{
    collections::BTreeSet,
    fmt,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    sync::Once,
};
use thalweg::error::printable;
use thalweg_plot::scene::Scene;

/// Prints to standard output. A closed pipe ends the program without an error.
pub(crate) fn print(text: impl fmt::Display) -> Result {
    if let Some(host) = Host::current() {
        host.print(&text.to_string());
        return Ok(());
    }
    let mut out = io::stdout().lock();
    let written = write!(out, "{text}").and_then(|()| out.flush());
    written.map_err(Failure::standard_output)
}

/// Prints plain text to standard error, without control characters. Ignores write errors, because no other channel could
/// report them.
pub(crate) fn print_stderr(text: impl fmt::Display) {
    let text = escaped_lines(&text.to_string());
    match Host::current() {
        Some(host) => host.note(&text),
        None => print_report(&wrapped_for_stderr(&text)),
    }
}

/// Prints a text with colors to standard error.
pub(super) fn print_report(text: &str) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// Escapes the control characters in each line.
pub(crate) fn escaped_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// Prints a note that lists the characters missing from the embedded font, at most once per run of the program. A host
/// receives it for each picture.
pub(crate) fn warn_of_missing_characters(pictures: &[Scene]) {
    static WARNING: Once = Once::new();
    let missing: BTreeSet<char> = pictures
        .iter()
        .flat_map(Scene::missing_characters)
        .collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.iter().map(|c| format!("`{c}`")).collect();
    let warn = || {
        print_stderr(format_args!(
            "note: the embedded font lacks {}, so the picture shows boxes; SVG and HTML use the viewer's fonts instead\n",
            names.join(", ")
        ));
    };
    match Host::current() {
        Some(_) => warn(),
        None => WARNING.call_once(warn),
    }
}

/// Prints the path of a written file or folder if standard error is a terminal.
pub(crate) fn report_written(path: &Path) {
    if Host::current().is_none() && io::stderr().is_terminal() {
        let path = path.display().to_string();
        print_stderr(format_args!("wrote {}\n", printable(&path)));
    }
}
