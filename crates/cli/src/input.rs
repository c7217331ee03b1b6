//! Picks from arguments, with the files that they name.

use crate::failure::{Failure, Result};
use std::{fs, path::Path};
use thalweg::{pick::Pick, problems};

/// The problem that `text` names, the text of its data file attached.
pub(crate) fn problem(text: &str) -> Result<Pick> {
    let mut pick = problems::pick(text)?;
    if problems::REGISTRY.find(&pick.id).is_none() && Path::new(text).is_file() {
        return Err(Failure::usage(
            format!("there is no problem `{text}`, but a file"),
            &format!("to learn from it: --on csv:path={text}"),
        ));
    }
    for name in problems::files(&pick) {
        let path = Path::new(&name);
        let bytes = fs::read(path).map_err(|error| {
            let message = format!("could not read the data file {name}: {error}");
            Failure::usage(
                message,
                "give a CSV file whose first line names the columns",
            )
        })?;
        let content = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..at]
                .iter()
                .map(|b| usize::from(*b == b'\n'))
                .sum::<usize>();
            Failure::usage(format!("{name}, line {line}: this is no UTF-8 text"), "")
        })?;
        pick.files.push((name, content.into()));
    }
    Ok(pick)
}
