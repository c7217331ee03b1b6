//! Builds experiments from arguments and reads the files that they name.

use crate::failure::{Failure, Result, refuse, usage};
use std::{
    fs::{self, File, FileType},
    io::Read as _,
    path::Path,
};
use thalweg::{
    catalog::{self, Describe as _},
    experiment::{Experiment, PreparedExperiment},
    field::Window,
    optimizers,
    pick::Pick,
    plane::{Plane, PlaneSpec},
    problems::{self, ImageProblem},
    record::LossLog,
    spec::{ExperimentField, ExperimentSpec, FIELDS},
    trace::Trace,
};
use thalweg_explore::shell;

/// Limit of the size of an input file in bytes.
const MAX_INPUT_BYTES: u64 = 1 << 30;

/// Parses the pick of a problem and attaches the content of its data file.
pub(crate) fn problem(text: &str) -> Result<Pick> {
    let mut pick = problems::pick(text)?;
    if problems::REGISTRY.find(&pick.id).is_none() && Path::new(text).is_file() {
        return Err(not_a_problem(text)?);
    }
    let (what, help) = if pick.id == ImageProblem::ABOUT.id {
        ("the picture", "give a PNG file")
    } else {
        ("the data file", DATA_HELP)
    };
    attach(&mut pick, problems::files, what, help)?;
    Ok(pick)
}

const DATA_HELP: &str = "give a CSV file with the column names in the first line";

/// Returns the failure for a file given as a problem: the pick that trains on it, or the reason why it cannot be read.
fn not_a_problem(file: &str) -> Result<Failure> {
    let plain = format!("csv:path={file}");
    let is_read = |text: &str| {
        let pick: Option<Pick> = text.parse().ok();
        pick.is_some_and(|pick| pick.settings.iter().all(|s| s.value == file))
    };
    let text = if is_read(&plain) {
        plain
    } else {
        format!("csv:path=\"{file}\"")
    };
    let mut pick: Pick = text.parse()?;
    attach(&mut pick, problems::files, "the data file", DATA_HELP)?;
    let help = match problems::build(&pick) {
        Ok(_) => format!("to train on this file, write --on {}", shell::quoted(&text)),
        // Help that leads to an error without help would be of no use.
        Err(error) => match error.help() {
            Some(help) => help,
            None => return Err(error.into()),
        },
    };
    Ok(usage!("`{file}` is a file, not a problem"; &help))
}

/// Parses the pick of an optimizer, translates the names of another library, and attaches the content of its file if it is a
/// recorded run.
pub(crate) fn optimizer(text: &str) -> Result<Pick> {
    let pick: Pick = text.parse()?;
    if optimizers::REGISTRY.find(&pick.id).is_none() && Path::new(text).is_file() {
        let content = bytes(Path::new(text), "the file", "")?;
        let help = if LossLog::is_log_file(text, &content) {
            format!("to draw this log of losses, write thalweg draw loss --log {text} -o loss.svg")
        } else {
            format!("to show the run recorded in this file, write --with recorded:path={text}")
        };
        refuse!("`{text}` is a file, not an optimizer"; &help);
    }
    let mut pick = optimizers::REGISTRY.native(pick)?;
    let is_recorded = pick.id == "recorded";
    let (what, help) = if is_recorded {
        (
            "the recorded run",
            "give a CSV file with the columns w1, w2, and so on, or a NumPy array (.npy)",
        )
    } else {
        (
            "the rule",
            "give a text file with statements such as w := w - 0.1*g",
        )
    };
    attach(&mut pick, optimizers::files, what, help)?;
    Ok(pick)
}

/// Attaches the content of the files that a pick names. `what` describes them in an error message.
fn attach(pick: &mut Pick, files: impl Fn(&Pick) -> Vec<String>, what: &str, help: &str) -> Result {
    for name in files(pick) {
        let content = bytes(Path::new(&name), what, help)?;
        pick.files.push((name, content.into()));
    }
    Ok(())
}

/// Returns an error if the experiment has no optimizer.
pub(crate) fn need_optimizer(command: &str, spec: &ExperimentSpec) -> Result {
    if spec.with.is_empty() {
        refuse!(
            "{command} needs an optimizer";
            "add one, such as --with rprop; `thalweg list optimizers` lists all"
        );
    }
    Ok(())
}

/// Builds the experiment that the arguments describe.
pub(crate) fn experiment(spec: &ExperimentSpec) -> Result<Experiment> {
    let with = spec.with.iter().map(|text| optimizer(text));
    let with = with.collect::<Result<Vec<Pick>>>()?;
    check_needs(spec, &with)?;
    Ok(spec.experiment(problem(&spec.on)?, with))
}

/// Refuses a field that has no effect because another one is missing.
pub(crate) fn check_needs(spec: &ExperimentSpec, with: &[Pick]) -> Result<()> {
    if let Some([key, other]) = missing_need(spec, with) {
        let help = format!(
            "add --{other}, or add `{other}` to the settings of an optimizer, or remove --{key}"
        );
        refuse!("--{key} has no effect without --{other}"; &help);
    }
    Ok(())
}

/// Returns the key of a field that has no effect, and that of the field that is missing. An optimizer can also have the latter as
/// a setting.
pub(crate) fn missing_need(spec: &ExperimentSpec, with: &[Pick]) -> Option<[&'static str; 2]> {
    let usual = ExperimentSpec::default();
    let is_given = |field: &ExperimentField| field.write(spec) != field.write(&usual);
    let has = |key: &str| {
        let mut settings = with.iter().flat_map(|pick| &pick.settings);
        settings.any(|setting| setting.key == key)
    };
    let mut needs = FIELDS.iter().filter_map(|field| {
        let other = field.needs.and_then(ExperimentField::named)?;
        Some([field, other])
    });
    let missing =
        needs.find(|[field, other]| is_given(field) && !is_given(other) && !has(other.key));
    missing.map(|pair| pair.map(|field| field.key))
}

/// Returns the plane and the window of the arguments.
///
/// # Errors
/// The problem cannot be shown on this plane, or a window is given without a map.
pub(crate) fn view(
    spec: &ExperimentSpec,
    contest: &PreparedExperiment,
) -> Result<(Option<PlaneSpec>, Option<Window>)> {
    let (cut, window) = (spec.plane, spec.window);
    let dim = contest.start.len();
    if window.is_some() && dim < 2 {
        refuse!("--window needs a map of two weights, but the problem has {dim}"; "remove --window");
    }
    if let Some(cut) = cut.filter(|cut| *cut != PlaneSpec::Path) {
        // Report mistakes before any work. Only the plane of a path needs the finished run.
        Plane::new(cut, &contest.start, std::iter::empty())?;
    }
    Ok((cut, window))
}

/// Returns the given plane, or the default one of finished runs.
pub(crate) fn plane(
    given: Option<PlaneSpec>,
    contest: &PreparedExperiment,
    traces: &[Trace],
) -> Option<PlaneSpec> {
    let path = traces.iter().take(1).flat_map(Trace::path);
    given.or_else(|| PlaneSpec::default_for(&contest.start, path))
}

/// Reads the text of an input file. `what` describes it in an error message.
pub(crate) fn text(path: &Path, what: &str, help: &str) -> Result<String> {
    let bytes = bytes(path, what, help)?;
    let text = catalog::utf8(&path.display().to_string(), &bytes)?;
    Ok(text.to_owned())
}

/// Reads the bytes of an input file. `what` describes it in an error message. A device or a pipe could be endless.
pub(crate) fn bytes(path: &Path, what: &str, help: &str) -> Result<Vec<u8>> {
    let name = path.display();
    let failed = |error| usage!("could not read {what} {name}: {error}"; help);
    let kind = fs::metadata(path).map_err(failed)?.file_type();
    if is_device(kind) {
        refuse!("could not read {what} {name}: it is a device"; "give a file");
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    let limited = &mut file.take(MAX_INPUT_BYTES + 1);
    limited.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_INPUT_BYTES {
        refuse!(
            "could not read {what} {name}: it has more than {} GiB", MAX_INPUT_BYTES >> 30;
            "reduce the file, for example to every tenth row"
        );
    }
    Ok(bytes)
}

#[cfg(unix)]
fn is_device(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    kind.is_char_device() || kind.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: FileType) -> bool {
    false
}
