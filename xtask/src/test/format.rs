//! Step `fmt`: runs rustfmt on every Rust file by name, because `cargo fmt` does not find modules that are declared in a
//! macro.

use crate::{
    files,
    process::{self, tool},
};
use anyhow::{Result, bail, ensure};
use std::{collections::BTreeSet, path::Path};

pub(super) fn run() -> Result<()> {
    let sources = files::listed("*.rs")?;
    if sources.is_empty() {
        return Ok(());
    }
    let mut rustfmt = tool("rustfmt", "--check -l --edition 2024");
    let output = process::capture(rustfmt.args(&sources))?;
    if output.status.success() {
        return Ok(());
    }
    // Rustfmt reports a file once for itself and once for each of its parent modules.
    let root = process::root();
    let text = String::from_utf8_lossy(&output.stdout);
    let unformatted: BTreeSet<String> = text
        .lines()
        .map(|line| {
            let path = Path::new(line.trim());
            let path = path.strip_prefix(&root).unwrap_or(path);
            path.display().to_string()
        })
        .collect();
    ensure!(
        !unformatted.is_empty(),
        "rustfmt ended with {}",
        output.status
    );
    let paths: Vec<String> = unformatted.into_iter().collect();
    for path in &paths {
        println!("{path} is not formatted");
    }
    bail!(
        "to format these files: rustfmt --edition 2024 {}",
        paths.join(" ")
    )
}
