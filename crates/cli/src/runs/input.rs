//! Experiments from arguments, with the files that they name.

use crate::failure::{Result, refuse, usage};
use std::{fs, path::Path};
use thalweg::{
    catalog,
    experiment::{Experiment, PreparedExperiment},
    field::Window,
    optimizers,
    pick::Pick,
    plane::{LinearObjective, PLANE_FORMS, PlaneSpec},
    problems,
    spec::ExperimentSpec,
};

/// The problem that `text` names, the content of its data file attached.
pub(crate) fn problem(text: &str) -> Result<Pick> {
    let mut pick = problems::pick(text)?;
    if problems::REGISTRY.find(&pick.id).is_none() && Path::new(text).is_file() {
        let help = format!("to learn from it: --on csv:path={text}");
        refuse!("there is no problem `{text}`, but a file"; &help);
    }
    let help = "give a CSV file whose first line names the columns";
    attach(&mut pick, problems::files, "the data file", help)?;
    Ok(pick)
}

/// The optimizer that `text` names, the content of its record attached where it is one.
fn optimizer(text: &str) -> Result<Pick> {
    let mut pick: Pick = text.parse()?;
    if optimizers::REGISTRY.find(&pick.id).is_none() && Path::new(text).is_file() {
        let help = format!("to follow the run that it records: --with recorded:path={text}");
        refuse!("there is no optimizer `{text}`, but a file"; &help);
    }
    let help = "give a CSV file with the columns w1, w2 and so on, or a NumPy array .npy";
    attach(&mut pick, optimizers::files, "the record", help)?;
    Ok(pick)
}

/// Attaches the content of the files that a pick names; `what` they are stands in the message.
fn attach(pick: &mut Pick, files: impl Fn(&Pick) -> Vec<String>, what: &str, help: &str) -> Result {
    for name in files(pick) {
        let content = bytes(Path::new(&name), what, help)?;
        pick.files.push((name, content.into()));
    }
    Ok(())
}

/// Refuses an experiment without an optimizer.
pub(crate) fn need_optimizer(command: &str, spec: &ExperimentSpec) -> Result {
    if spec.with.is_empty() {
        refuse!(
            "{command} needs an optimizer";
            "name at least one, such as --with rprop; `thalweg list optimizers` names all"
        );
    }
    Ok(())
}

/// The experiment that arguments describe.
pub(crate) fn experiment(spec: &ExperimentSpec) -> Result<Experiment> {
    let with = spec.with.iter().map(|text| optimizer(text));
    let with = with.collect::<Result<_>>()?;
    Ok(spec.experiment(problem(&spec.on)?, with))
}

/// The plane and the window that arguments name, which the problem must be able to show.
pub(crate) fn view(
    spec: &ExperimentSpec,
    contest: &PreparedExperiment,
) -> Result<(Option<PlaneSpec>, Option<Window>)> {
    let (cut, window) = (spec.plane, spec.window);
    let dim = contest.start.len();
    if window.is_some() && cut.is_none() && dim != 2 {
        let help = format!("give --plane {PLANE_FORMS}");
        let help = if dim < 2 { "" } else { &help };
        refuse!("--window is for a map, and the problem has {dim} weights, not two"; help);
    }
    if let Some(cut) = cut.filter(|cut| *cut != PlaneSpec::Path) {
        // Before any work: only the plane of a path needs the path.
        LinearObjective::new(cut, &contest.start, std::iter::empty())?;
    }
    Ok((cut, window))
}

/// The text of a file that was named as input; `what` it is stands in the message.
pub(crate) fn text(path: &Path, what: &str, help: &str) -> Result<String> {
    let bytes = bytes(path, what, help)?;
    let text = catalog::utf8(&path.display().to_string(), &bytes)?;
    Ok(text.to_owned())
}

/// All that stands in a file that was named as input; `what` it is stands in the message.
fn bytes(path: &Path, what: &str, help: &str) -> Result<Vec<u8>> {
    fs::read(path)
        .map_err(|error| usage!("could not read {what} {}: {error}", path.display(); help))
}
