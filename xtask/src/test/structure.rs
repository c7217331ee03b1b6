//! Step `structure`: imports between the folders of a crate have one direction, and no folder has too many entries.

use crate::files;
use anyhow::{Context as _, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// The folders and files of each crate from top to bottom. An import may only point down. `lib.rs` and `main.rs` are
/// omitted, because they are above all others.
const ORDER: &[(&str, &str)] = &[
    (
        "core",
        "study optimizers line_searches schedules regularizers gradient_clips run objective catalog error need numeric",
    ),
    (
        "plot",
        "formats animation raster surface marks layout contour prelude theme scene text error",
    ),
    (
        "gallery",
        "article animation figures parts drawing maps subject words map html form prelude",
    ),
    (
        "explore",
        "typescript tuning settings_tile page pictures session address recipe shell catalog answer json",
    ),
    (
        "cli",
        "embed panic commands prelude runs output terminal args failure",
    ),
    (
        "python",
        "program studies comparison maps figure runs stored experiment problem optimizer objective returned arrays work failure",
    ),
    (
        "wasm",
        "session gif_writer tuning settings_tile field map shared",
    ),
    ("macros", "describe inspect doc"),
];

/// The maximum number of entries of a folder. A module with its folder counts as one entry; `mod.rs` does not count.
const MAX_ENTRIES: usize = 12;

/// Folders that may have more entries: one file per entry of a registry or per command, or one folder per family of entries.
const REGISTRIES: &[&str] = &[
    "cli/src/args",
    "cli/src/commands",
    "core/src/objective/problems/test_functions",
    "core/src/optimizers",
    "core/src/optimizers/adaptive",
    "core/src/schedules",
    "gallery/src/figures",
    "plot/src/marks",
];

pub(super) fn run() -> Result<()> {
    let mut found = Vec::new();
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files::listed("crates/*/src/*.rs")? {
        let text = files::text(&path)?;
        let inside = path.strip_prefix("crates/").unwrap_or(&path);
        let (krate, file) = inside.split_once("/src/").unwrap_or_default();
        let order = ORDER.iter().find(|(name, _)| *name == krate);
        let missing = || format!("the order of the folders of {krate} is not declared");
        let (_, order) = order.with_context(missing)?;
        let upward = upward_imports(file, &text, order);
        found.extend(
            upward
                .iter()
                .map(|complaint| format!("{path}: {complaint}")),
        );
        let (folder, name) = inside.rsplit_once('/').unwrap_or_default();
        let mut enter = |folder: &str, name: &str| {
            let names = entries.entry(folder.to_owned()).or_default();
            names.insert(name.to_owned());
        };
        // A module with its folder is an entry of the parent folder.
        match (name, folder.rsplit_once('/')) {
            ("mod.rs", Some((parent, folder))) => enter(parent, folder),
            ("mod.rs" | "lib.rs" | "main.rs", _) => {}
            _ => enter(folder, name),
        }
    }
    let imports = found.len();
    for (folder, names) in entries {
        let count = names.len();
        if count > MAX_ENTRIES && !REGISTRIES.contains(&&*folder) {
            found.push(format!(
                "crates/{folder}: {count} entries; at most {MAX_ENTRIES}"
            ));
        }
    }
    for complaint in &found {
        println!("{complaint}");
    }
    println!("    upward imports and cycles between folders: {imports}");
    let count = found.len();
    ensure!(count == 0, "{count} problems, listed above");
    Ok(())
}

/// Returns the complaints about one file: imports that do not point down, and folders that are not in the order.
fn upward_imports(file: &str, text: &str, order: &str) -> Vec<String> {
    let own = file.split('/').next().unwrap_or(file);
    let own = own.strip_suffix(".rs").unwrap_or(own);
    if ["lib", "main"].contains(&own) {
        return Vec::new();
    }
    let place = |folder: &str| order.split(' ').position(|known| known == folder);
    let Some(here) = place(own) else {
        return vec![format!("`{own}` is not in the order of folders")];
    };
    let mut found = Vec::new();
    for folder in imported(text) {
        match place(&folder) {
            _ if folder == own => {}
            Some(there) if there > here => {}
            Some(_) => found.push(format!("`{own}` imports `{folder}`, which is above it")),
            None => found.push(format!(
                "`crate::{folder}` is not a folder: import it from where it is defined"
            )),
        }
    }
    found
}

/// Returns the first names after `crate::` in a file without its tests and comments. Types and macros of the crate root
/// are ignored, because they do not belong to a folder.
fn imported(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code = code.lines().filter(is_code).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(first_names(list)),
            None => found.extend(name(rest)),
        }
    }
    found
}

/// Returns the first names of the items in a braced list. `list` starts after the opening brace.
fn first_names(list: &str) -> Vec<String> {
    let (mut depth, mut begin, mut names) = (1, 0, Vec::new());
    for (at, c) in list.char_indices() {
        let ends = depth == 1 && (c == ',' || c == '}');
        if ends {
            names.extend(name(list[begin..at].trim_start()));
            begin = at + 1;
        }
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            break;
        }
    }
    names
}

/// Returns the first name of a path if it is a module.
fn name(path: &str) -> Option<String> {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    let name = &path[..end.unwrap_or(path.len())];
    let is_module = path[name.len()..].starts_with("::") || path[name.len()..].trim().is_empty();
    let is_module = is_module && name.starts_with(|c: char| c.is_lowercase());
    is_module.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "study run numeric";

    #[test]
    fn imports_may_only_point_down() {
        let text = "use crate::{\n    Error,\n    numeric::{self, float},\n    run,\n};\n";
        assert_eq!(upward_imports("study/map.rs", text, ORDER), [""; 0]);
        let found = upward_imports("run/mod.rs", "use crate::study::map;\n", ORDER);
        assert_eq!(found, ["`run` imports `study`, which is above it"]);
        let inline = "fn f() { crate::run::begin() }";
        assert_eq!(upward_imports("numeric/float.rs", inline, ORDER).len(), 1);
    }

    #[test]
    fn reexported_paths_are_rejected() {
        let found = upward_imports("study/map.rs", "use crate::trace::Trace;\n", ORDER);
        assert!(found[0].starts_with("`crate::trace` is not a folder"));
        assert_eq!(upward_imports("new/mod.rs", "", ORDER).len(), 1);
    }

    #[test]
    fn comments_and_tests_are_ignored() {
        let text = "//! See crate::study::map.\n#[cfg(test)]\nmod tests {\n    use crate::study::map;\n}\n";
        assert_eq!(upward_imports("run/mod.rs", text, ORDER), [""; 0]);
    }
}
