//! The description of a benchmark, a TOML file.

use super::{
    super::sweep::value::{
        ParseResult, check_known_keys, document, error_at, expect_integer, type_error,
    },
    entrants::{Group, groups},
    problem::{ProblemDescription, problems},
};
use crate::{failure::DescriptionError, prelude::*};
use std::ops::Range;
use thalweg::{
    catalog::{Kind, Setting as _},
    custom::Entrant,
    error::nearest,
    tuning::{DEFAULT_BUDGET, Search, TuningPlan, TuningProtocol, Workload},
};
use toml::de::{DeTable, DeValue};

/// The version of the format.
const VERSION: i64 = 1;

/// A benchmark as plain data, with the positions of its parts in the file.
pub(super) struct Description {
    file: String,
    text: String,
    pub(super) title: String,
    pub(super) introduction: String,
    pub(super) discussion: String,
    groups: Vec<Group>,
    protocol: TuningProtocol,
    problems: Vec<ProblemDescription>,
}

/// The name of a group and its optimizers, by their positions in the plan.
pub(super) type NamedGroup = (String, Range<usize>);

const KEYS: [&str; 12] = [
    "version",
    "title",
    "introduction",
    "discussion",
    "with",
    "group",
    "problem",
    "search",
    "studies",
    "trials",
    "budget",
    "seed",
];

impl Description {
    /// Reads the file and the data files of its problems.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let help = "give a TOML file; `thalweg benchmark --help` shows one";
        let text = input::text(file, "the benchmark", help)?;
        Self::parse(&file.display().to_string(), &text)
    }

    /// Parses the text of a file, which errors call `name`.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self> {
        read(name, text).map_err(|wrong| wrong.in_file(name, text))
    }

    /// Returns the paths of the files that the problems and the optimizers read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        let problems = self.problems.iter().map(|problem| &problem.on);
        let entrants = self.groups.iter().flat_map(|group| &group.entrants);
        let picks = problems.chain(entrants.map(|entrant| &entrant.pick));
        let files = picks.flat_map(|pick| &pick.files);
        files.map(|(name, _)| Path::new(name))
    }

    /// Lists all trials. Also returns the name and the optimizers of each group.
    pub(super) fn plan(&self) -> Result<(TuningPlan, Vec<NamedGroup>)> {
        let workloads = self.problems.iter().map(|problem| self.workload(problem));
        let workloads = workloads.collect::<Result<Vec<_>>>()?;
        let mut with = Vec::new();
        let mut groups = Vec::new();
        for group in &self.groups {
            let first = with.len();
            for entrant in &group.entrants {
                match TuningPlan::check_optimizer(&workloads, &entrant.pick) {
                    Ok(()) => with.push(entrant.pick.clone()),
                    Err(error) if entrant.is_named => {
                        return Err(self.failure(entrant.span.clone(), &error));
                    }
                    Err(_) => {}
                }
            }
            groups.push((group.name.clone(), first..with.len()));
        }
        let with = with.into_iter().map(Entrant::Cataloged).collect();
        let plan = TuningPlan::new(workloads, with, self.protocol)?;
        Ok((plan, groups))
    }

    fn workload(&self, problem: &ProblemDescription) -> Result<Workload> {
        let spec = &problem.spec;
        let experiment = spec.experiment(problem.on.clone(), Vec::new());
        let contest = experiment.prepare();
        let workload = Workload {
            name: problem.name.clone(),
            contest: contest.map_err(|error| self.failure(problem.span.clone(), &error))?,
            is_custom: false,
            evaluations: problem.budget,
        };
        if workload.contest.budget.target.is_none() {
            let message = format!(
                "{} has no target loss, so there is no time to it",
                problem.name
            );
            let wrong = DescriptionError::at(problem.span.clone(), message);
            let help = "add a line such as target = 0.1 to this problem".to_owned();
            return Err(wrong.with_help(help).in_file(&self.file, &self.text));
        }
        Ok(workload)
    }

    fn failure(&self, span: Range<usize>, error: &Error) -> Failure {
        error_at(&self.text, span, error).in_file(&self.file, &self.text)
    }
}

fn read(file: &str, text: &str) -> ParseResult<Description> {
    let table = &document(text)?;
    check_version(table)?;
    check_known_keys(table, &KEYS)?;
    let budget = count(table, "budget", DEFAULT_BUDGET)?;
    let search = search(table)?;
    let usual = TuningProtocol::usual(search);
    let protocol = TuningProtocol {
        search,
        studies: count(table, "studies", usual.studies)?,
        trials: trials(table, search, usual.trials)?,
        seed: match table.get("seed") {
            Some(value) => expect_integer("seed", value, 0)? as u64,
            None => usual.seed,
        },
        ..usual
    };
    let groups = groups(table, text, protocol)?;
    let entrants = groups.iter().flat_map(|group| &group.entrants);
    let with: Vec<Pick> = entrants.map(|entrant| entrant.pick.clone()).collect();
    Ok(Description {
        file: file.to_owned(),
        text: text.to_owned(),
        title: name(table, "title", "Benchmark")?,
        introduction: words(table, "introduction", "")?,
        discussion: words(table, "discussion", "")?,
        groups,
        protocol,
        problems: problems(table, text, budget, &with)?,
    })
}

/// Refuses a file of a newer version by name, before unknown keys are reported.
fn check_version(table: &DeTable) -> ParseResult<()> {
    let Some(value) = table.get("version") else {
        return Ok(());
    };
    let version = expect_integer("version", value, 1)?;
    if version > VERSION {
        let message = format!(
            "version {version} of the benchmark format is not known: this program knows version {VERSION}"
        );
        let help = "update the program, or write the file in the older format".to_owned();
        return Err(DescriptionError::at(value.span(), message).with_help(help));
    }
    Ok(())
}

/// Reads a text.
pub(super) fn words(table: &DeTable, key: &str, usual: &str) -> ParseResult<String> {
    match table.get(key) {
        None => Ok(usual.to_owned()),
        Some(value) => match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(type_error(key, "a text", value)),
        },
    }
}

/// Reads a name or a title, which must not be empty.
pub(super) fn name(table: &DeTable, key: &str, usual: &str) -> ParseResult<String> {
    let name = words(table, key, usual)?;
    match table.get(key) {
        Some(value) if name.trim().is_empty() => {
            let help = format!("give a text, or remove the line; the default is `{usual}`");
            Err(DescriptionError::at(value.span(), format!("`{key}` is empty")).with_help(help))
        }
        _ => Ok(name),
    }
}

/// Reads a positive whole number.
pub(super) fn count(table: &DeTable, key: &str, usual: u64) -> ParseResult<u64> {
    match table.get(key) {
        Some(value) => Ok(expect_integer(key, value, 1)? as u64),
        None => Ok(usual),
    }
}

/// Reads the number of quasi-random trials.
///
/// # Errors
/// The method does not choose the number of trials by it.
fn trials(table: &DeTable, search: Search, usual: u64) -> ParseResult<u64> {
    match table.get("trials") {
        Some(value) if search != Search::QuasiRandom => {
            let message = format!("`trials` has no effect with search = \"{}\"", search.word());
            let help = "remove it, or use search = \"quasi-random\"".to_owned();
            Err(DescriptionError::at(value.span(), message).with_help(help))
        }
        _ => count(table, "trials", usual),
    }
}

fn search(table: &DeTable) -> ParseResult<Search> {
    let Some(value) = table.get("search") else {
        return Ok(Search::QuasiRandom);
    };
    let given = words(table, "search", "")?;
    let mut all = Search::ALL.iter().copied();
    all.find(|search| search.word() == given).ok_or_else(|| {
        let Kind::Choice(allowed) = Search::KIND else {
            return type_error("search", "a method", value);
        };
        let help = match nearest(&given, &allowed) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the methods are {}", allowed.join(", ")),
        };
        let message = format!("there is no search `{given}`");
        DescriptionError::at(value.span(), message).with_help(help)
    })
}
