//! Arguments that clap refuses, where more can be said of them than clap knows.

use crate::failure::{Failure, usage};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use thalweg_explore::catalog;

/// What to say in the place of clap's own words; none where those are all there is to say.
pub(crate) fn failure(error: &clap::Error) -> Option<Failure> {
    match error.kind() {
        ErrorKind::InvalidUtf8 => no_text(),
        ErrorKind::UnknownArgument => a_setting(error),
        _ => None,
    }
}

/// Which argument is no text.
fn no_text() -> Option<Failure> {
    let words: Vec<_> = std::env::args_os().collect();
    let at = words.iter().position(|word| word.to_str().is_none())?;
    let word = words[at].to_string_lossy();
    let before = words[..at].last().and_then(|word| word.to_str());
    let what = match before {
        Some(flag) if flag.starts_with('-') => format!("{flag} {word}"),
        _ => word.into_owned(),
    };
    Some(usage!(
        "{what} is no UTF-8 text";
        "a pick is text, the names of files in it, too: give the file another name"
    ))
}

/// A flag that is none, but the name of a setting.
fn a_setting(error: &clap::Error) -> Option<Failure> {
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
    let help = format!("a setting is written behind what it is of, as in {before}{id}:{name}=...");
    Some(usage!("there is no {flag}"; &help))
}
