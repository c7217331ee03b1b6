//! Generates docs/catalog: a page with pictures for each entry of the catalog.

use super::FileReceiver;
use crate::{files, process, programs::program};
use anyhow::{Context as _, Result, ensure};
use std::{collections::BTreeSet, env, ffi::OsStr, fs, path::Path};

/// The folder of the pages.
const FOLDER: &str = "docs/catalog";
/// Limit of the bytes of all pictures.
const PICTURE_LIMIT: usize = 3_000_000;

pub(super) fn generate(file: &mut FileReceiver) -> Result<()> {
    let folder = env::temp_dir().join(format!("thalweg-{}-catalog", std::process::id()));
    process::run(program("examples/catalog", "")?.arg(&folder))?;
    let mut paths = BTreeSet::new();
    let mut bytes = 0;
    for name in names(&folder, "")? {
        let (path, content) = (format!("{FOLDER}/{name}"), fs::read(folder.join(&name))?);
        if Path::new(&name).extension() == Some(OsStr::new("png")) {
            bytes += content.len();
        }
        file(&path, Some(content))?;
        paths.insert(path);
    }
    fs::remove_dir_all(&folder)?;
    for path in files::listed(FOLDER)? {
        if !paths.contains(&path) {
            file(&path, None)?;
        }
    }
    ensure!(
        bytes <= PICTURE_LIMIT,
        "the pictures of {FOLDER} have {bytes} bytes; the limit is {PICTURE_LIMIT}: reduce their number or size in \
         crates/cli/examples/catalog/pictures.rs"
    );
    Ok(())
}

/// Returns the sorted names of all files below a folder. `inside` is the beginning of the names.
fn names(folder: &Path, inside: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).context("no catalog was written")? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            names.extend(self::names(&entry.path(), &format!("{name}/"))?);
        } else {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
