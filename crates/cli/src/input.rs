//! Experiments from arguments, with the files that they name.

use crate::{
    args::Numbers,
    failure::{Failure, Result},
};
use std::{fs, path::Path};
use thalweg::{experiment::Experiment, field::Window, pick::Pick, problems};

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
        let help = "give a CSV file whose first line names the columns";
        let content = self::text(Path::new(&name), "the data file", help)?;
        pick.files.push((name, content.into()));
    }
    Ok(pick)
}

/// The experiment that arguments name, with the problem's own start, target and limits.
pub(crate) fn experiment(on: &str, with: &[String]) -> Result<Experiment> {
    let with = with.iter().map(|text| text.parse());
    let with = with.collect::<std::result::Result<_, thalweg::Error>>()?;
    Ok(Experiment::new(problem(on)?, with))
}

/// The window of four numbers.
pub(crate) fn window(numbers: &Numbers) -> Result<Window> {
    let edges: [f64; 4] = numbers.0.clone().try_into().map_err(|given: Vec<f64>| {
        let message = format!("--window has {} numbers, not four", given.len());
        Failure::usage(message, "give w1min,w1max,w2min,w2max")
    })?;
    Ok(Window::new(edges)?)
}

/// The text of a file that was named as input; `what` it is stands in the message.
pub(crate) fn text(path: &Path, what: &str, help: &str) -> Result<String> {
    let name = path.display();
    let bytes = fs::read(path)
        .map_err(|error| Failure::usage(format!("could not read {what} {name}: {error}"), help))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at]
            .iter()
            .map(|b| usize::from(*b == b'\n'))
            .sum::<usize>();
        Failure::usage(format!("{name}, line {line}: this is no UTF-8 text"), "")
    })
}
