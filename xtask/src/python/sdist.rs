//! The source distribution of the Python package.

use super::environment::Environment;
use crate::{
    files,
    process::{self, root, tool},
};
use anyhow::{Context as _, Result, ensure};
use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

/// Builds the source distribution in a folder.
pub(super) fn build(tools: &Environment, folder: &Path) -> Result<()> {
    process::run(tools.program("maturin", "sdist --out").arg(folder))
}

/// Checks that the source distribution contains the package and all files that its Rust sources include. Crates that it lacks,
/// such as the tests, do not matter.
pub(super) fn test(tools: &Environment) -> Result<()> {
    let folder = root().join("target/wheels/sdist");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    build(tools, &folder)?;
    let archive = fs::read_dir(&folder)?.next();
    let archive = archive.context("maturin built no source distribution")??;
    let listed = process::output(tool("tar", "-tzf").arg(archive.path()))?;
    let inner = |path: &str| path.split_once('/').map(|(_, path)| path.to_owned());
    let contents: BTreeSet<String> = listed.lines().filter_map(inner).collect();
    let mut needed = files::listed("python/thalweg/*")?;
    let is_rust = |path: &str| Path::new(path).extension().is_some_and(|kind| kind == "rs");
    for source in &contents {
        if is_rust(source) && source.contains("/src/") {
            needed.extend(included(source)?);
        }
    }
    for path in needed {
        ensure!(
            contents.contains(&path),
            "the source distribution lacks {path}: add it to `include` in pyproject.toml"
        );
    }
    Ok(())
}

/// Returns the files that a Rust source includes as a text or as bytes. Documentation is included only in tests.
fn included(source: &str) -> Result<Vec<String>> {
    let text = files::text(source)?;
    let lines = text.lines().filter(|line| !line.starts_with("#[doc"));
    let names = lines.flat_map(|line| ["include_str!(\"", "include_bytes!(\""].map(|m| (line, m)));
    let names = names.filter_map(|(line, mark)| line.split_once(mark)?.1.split_once('"'));
    let folder = Path::new(source).parent().unwrap_or(Path::new(""));
    let paths = names.map(|(name, _)| normal(&folder.join(name)));
    Ok(paths
        .map(|path| path.to_string_lossy().into_owned())
        .collect())
}

/// Resolves the parts `..` of a path.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_files_are_found() {
        let found = included("crates/cli/src/commands/explore.rs").unwrap();
        assert_eq!(found, ["app/dist/thalweg.html"]);
        assert_eq!(
            included("crates/core/src/lib.rs").unwrap(),
            Vec::<String>::new()
        );
    }
}
