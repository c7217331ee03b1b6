//! From what the committed page was made: a hash that tells when it is stale.

use super::PAGE;
use crate::files::{self, hex};
use anyhow::{Result, ensure};
use sha2::{Digest as _, Sha256};

/// Beside the page.
const RECORD: &str = "app/dist/thalweg.sources.txt";

/// What the page is made of, as git's pathspecs.
const SOURCES: &[&str] = &[
    ":(glob)crates/macros/src/**",
    ":(glob)crates/core/src/**",
    ":(glob)crates/plot/src/**",
    ":(glob)crates/plot/assets/*.ttf",
    ":(glob)crates/gallery/src/**",
    ":(glob)crates/explore/src/**",
    ":(glob)crates/wasm/src/**",
    ":(glob)app/src/**",
    "app/index.html",
    "app/package-lock.json",
    "app/vite.config.ts",
    "xtask/src/app/wasm.rs",
];

/// Writes down what the page that was just built is made of.
pub(super) fn record() -> Result<()> {
    files::write(RECORD, current_record()?)
}

/// Fails where the page was made from other sources, or was changed since.
pub(super) fn compare() -> Result<()> {
    let committed = files::text(RECORD).unwrap_or_default();
    ensure!(
        committed == current_record()?,
        "{PAGE} is stale: run `cargo xtask app` and commit app/dist"
    );
    Ok(())
}

fn current_record() -> Result<String> {
    let mut sources = Sha256::new();
    for pathspec in SOURCES {
        for path in files::listed(pathspec)? {
            let bytes = files::read(&path)?;
            // Names and lengths too, so that nothing can slip from one file into another.
            sources.update(format!("{path} {}\n", bytes.len()));
            sources.update(bytes);
        }
    }
    let page = Sha256::digest(files::read(PAGE)?);
    let sources = hex(&sources.finalize());
    Ok(format!("sources {sources}\npage    {}\n", hex(&page)))
}
