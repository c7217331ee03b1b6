//! A hash of the sources of the committed page, which detects a stale page.

use super::PAGE;
use crate::files::{self, hex};
use anyhow::{Result, ensure};
use sha2::{Digest as _, Sha256};

/// The file with the hash, in the folder of the page.
const RECORD: &str = "app/dist/thalweg.sources.txt";

/// The sources of the page, as git pathspecs.
const SOURCES: &[&str] = &[
    ":(glob)crates/macros/src/**",
    ":(glob)crates/core/src/**",
    ":(glob)crates/plot/src/**",
    ":(glob)crates/plot/assets/*.ttf",
    ":(glob)crates/gallery/src/**",
    ":(glob)crates/explore/src/**",
    ":(glob)crates/wasm/src/**",
    ":(glob)app/src/**",
    ":(glob)app/build/**",
    "app/index.html",
    "app/package-lock.json",
    "app/vite.config.ts",
    "xtask/src/app/wasm.rs",
];

/// Writes the hash of the sources after a build.
pub(super) fn record() -> Result<()> {
    files::write(RECORD, current_record()?)
}

/// Fails if the page was built from other sources, or was changed after the build.
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
            // The names and lengths ensure that different files cannot give the same bytes.
            sources.update(format!("{path} {}\n", bytes.len()));
            sources.update(bytes);
        }
    }
    let page = Sha256::digest(files::read(PAGE)?);
    let sources = hex(&sources.finalize());
    Ok(format!("sources {sources}\npage    {}\n", hex(&page)))
}
