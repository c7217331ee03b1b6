//! Better messages for some of the arguments that clap rejects.

use crate::failure::{Failure, usage};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use thalweg_explore::catalog;

/// Returns the failure to show instead of clap's message, or `None` to keep that message.
pub(crate) fn failure(error: &clap::Error) -> Option<Failure> {
    match error.kind() {
        ErrorKind::InvalidUtf8 => not_utf8(),
        ErrorKind::UnknownArgument => setting_as_flag(error),
        ErrorKind::MissingRequiredArgument => without_tuning(error),
        _ => None,
    }
}

/// Names the arguments that have no effect without `--tune`.
fn without_tuning(error: &clap::Error) -> Option<Failure> {
    let missing = error.get(ContextKind::InvalidArg)?.to_string();
    (missing == "--tune").then(|| {
        usage!(
            "--tune-by, --studies, and --trials have no effect without --tune";
            "add --tune, or remove them"
        )
    })
}

/// Names the argument that is not UTF-8.
fn not_utf8() -> Option<Failure> {
    let words: Vec<_> = std::env::args_os().collect();
    let at = words.iter().position(|word| word.to_str().is_none())?;
    let word = words[at].to_string_lossy();
    let before = words[..at].last().and_then(|word| word.to_str());
    let what = match before {
        Some(flag) if flag.starts_with('-') => format!("{flag} {word}"),
        _ => word.into_owned(),
    };
    Some(usage!(
        "`{what}` is not valid UTF-8";
        "arguments must be UTF-8 text, including the names of files: rename the file"
    ))
}

/// Explains how to write a setting that was given as a flag.
fn setting_as_flag(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    if error.get(ContextKind::SuggestedArg).is_some() {
        return None;
    }
    let name = flag.strip_prefix("--")?.replace('-', "_");
    let (before, id) = catalog::lists().iter().find_map(|list| {
        let before = match list.name {
            "optimizers" => "--with ",
            "problems" => "--on ",
            "figures" => "",
            _ => return None,
        };
        let has =
            |about: &&&thalweg::catalog::EntryMetadata| about.settings().any(|s| s.name == name);
        let about = list.abouts.iter().find(has)?;
        Some((before, &*about.id))
    })?;
    let help =
        format!("`{name}` is a setting: write it after the id, as in {before}{id}:{name}=...");
    Some(usage!("there is no option {flag}"; &help))
}
