//! The description of a benchmark, a TOML file.

use super::super::{
    compare::{check_targets, workload},
    sweep::{
        IdentityHasher,
        keys::picks,
        sweep_fields,
        value::{
            ParseResult, TomlValue, check_known_keys, error_at, expect_integer, expect_list,
            expect_number, field_text, type_error,
        },
    },
};
use crate::{failure::DescriptionError, prelude::*};
use std::ops::Range;
use thalweg::{
    catalog::{EntryMetadata, Family, Kind, Setting as _},
    error::nearest,
    optimizers,
    spec::{ExperimentField, ExperimentSpec},
    tuning::{Search, TuningPlan, TuningProtocol, Workload},
};
use toml::de::{DeTable, DeValue};

/// The version of the format.
const VERSION: i64 = 1;

/// The default budget of a trial in evaluations.
const BUDGET: u64 = 1000;

/// A benchmark as plain data, with the positions of its parts in the file.
pub(super) struct Description {
    file: String,
    text: String,
    pub(super) title: String,
    pub(super) introduction: String,
    pub(super) discussion: String,
    with: Vec<Entrant>,
    protocol: TuningProtocol,
    problems: Vec<ProblemDescription>,
}

/// An optimizer of the benchmark.
struct Entrant {
    pick: Pick,
    /// Position of its text in the file.
    span: Range<usize>,
    /// Whether the file names it, and not only its family. Other optimizers are left out if they cannot run on any problem.
    is_named: bool,
}

/// One `[[problem]]`.
struct ProblemDescription {
    name: String,
    on: Pick,
    spec: ExperimentSpec,
    budget: u64,
    span: Range<usize>,
}

const KEYS: [&str; 10] = [
    "version",
    "title",
    "introduction",
    "discussion",
    "with",
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
        Self::parse(file.display().to_string(), text)
    }

    /// Parses the text of a file, which errors call `name`.
    pub(super) fn parse(name: String, text: String) -> Result<Self> {
        read(&name, &text).map_err(|wrong| wrong.in_file(&name, &text))
    }

    /// Lists all trials.
    pub(super) fn plan(&self) -> Result<TuningPlan> {
        let workloads = self.problems.iter().map(|problem| self.workload(problem));
        let workloads = workloads.collect::<Result<Vec<_>>>()?;
        let mut with = Vec::new();
        for entrant in &self.with {
            match TuningPlan::check_optimizer(&workloads, &entrant.pick) {
                Ok(()) => with.push(entrant.pick.clone()),
                Err(error) if entrant.is_named => {
                    return Err(self.failure(entrant.span.clone(), &error));
                }
                Err(_) => {}
            }
        }
        let plan = TuningPlan::new(workloads, &with, self.protocol)?;
        check_targets(&plan)?;
        Ok(plan)
    }

    fn workload(&self, problem: &ProblemDescription) -> Result<Workload> {
        let spec = &problem.spec;
        let experiment = spec.experiment(problem.on.clone(), Vec::new());
        let workload = workload(problem.name.clone(), &experiment, problem.budget);
        workload.map_err(|failure| match failure {
            Failure::Input(error) => self.failure(problem.span.clone(), &error),
            other => other,
        })
    }

    fn failure(&self, span: Range<usize>, error: &Error) -> Failure {
        error_at(&self.text, span, error).in_file(&self.file, &self.text)
    }

    /// Returns the hash of everything that determines the rows.
    pub(super) fn identity(&self, plan: &TuningPlan) -> String {
        let mut hash = IdentityHasher::new("thalweg benchmark 1");
        hash.list(plan.workloads(), |hash, workload| {
            hash.problem(&workload.contest.on, &workload.contest);
            hash.randomness(&workload.contest.randomness);
            hash.floats(workload.contest.budget.tolerance.as_slice());
            hash.number(workload.evaluations);
        });
        hash.list(plan.optimizers(), IdentityHasher::pick);
        let TuningProtocol {
            search,
            studies,
            trials,
            seed,
        } = plan.protocol();
        hash.text(search.word());
        for number in [studies, trials, seed] {
            hash.number(number);
        }
        hash.finish()
    }
}

fn read(name: &str, text: &str) -> ParseResult<Description> {
    let table = DeTable::parse(text).map_err(|e| {
        let end = text.len();
        let message = e.message().lines().collect::<Vec<_>>().join(", ");
        DescriptionError::at(e.span().unwrap_or(end..end), message)
    })?;
    let table = table.get_ref();
    check_version(table)?;
    let keys: Vec<&str> = KEYS.into_iter().chain(["problem"]).collect();
    check_known_keys(table, &keys)?;
    let usual = TuningProtocol::default();
    let whole = |key, usual| count(table, key, usual);
    let budget = whole("budget", BUDGET)?;
    let search = search(table)?;
    Ok(Description {
        file: name.to_owned(),
        text: text.to_owned(),
        title: words(table, "title", "Benchmark")?,
        introduction: words(table, "introduction", "")?,
        discussion: words(table, "discussion", "")?,
        with: entrants(table, text)?,
        protocol: TuningProtocol {
            search,
            studies: whole(
                "studies",
                if search == Search::Grid {
                    1
                } else {
                    usual.studies
                },
            )?,
            trials: whole("trials", usual.trials)?,
            seed: match table.get("seed") {
                Some(value) => expect_integer("seed", value, 0)? as u64,
                None => usual.seed,
            },
        },
        problems: problems(table, text, budget)?,
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
fn words(table: &DeTable, key: &str, usual: &str) -> ParseResult<String> {
    match table.get(key) {
        None => Ok(usual.to_owned()),
        Some(value) => match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(type_error(key, "a text", value)),
        },
    }
}

/// Reads a positive whole number.
fn count(table: &DeTable, key: &str, usual: u64) -> ParseResult<u64> {
    match table.get(key) {
        Some(value) => Ok(expect_integer(key, value, 1)? as u64),
        None => Ok(usual),
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

/// Reads the optimizers: ids with settings, families, or `all`.
fn entrants(table: &DeTable, text: &str) -> ParseResult<Vec<Entrant>> {
    let mut spans = Vec::new();
    let texts = match table.get("with") {
        Some(value) => picks("with", value, &mut spans)?,
        None => {
            spans.push(0..0);
            vec![ALL.to_owned()]
        }
    };
    let mut all: Vec<Entrant> = Vec::new();
    for (given, span) in texts.iter().zip(spans) {
        let members = members(given);
        let is_named = members.is_empty();
        let picks = if is_named {
            let pick = input::optimizer(given);
            vec![pick.map_err(|failure| place(text, &span, failure))?]
        } else {
            members
        };
        for pick in picks {
            if all.iter().any(|other| other.pick.text() == pick.text()) {
                let message = format!("`{pick}` is given twice; remove one");
                return Err(DescriptionError::at(span, message));
            }
            let span = span.clone();
            all.push(Entrant {
                pick,
                span,
                is_named,
            });
        }
    }
    Ok(all)
}

/// The word for the whole catalog.
const ALL: &str = "all";

/// Returns the optimizers of a family, or of all families without wrappers, recorded runs, and rules of users.
fn members(family: &str) -> Vec<Pick> {
    let others = [Family::Wrapper, Family::Recorded, Family::UserDefined].map(Some);
    let is_member = |about: &&EntryMetadata| {
        let own = about.family.filter(|_| !others.contains(&about.family));
        own.is_some_and(|own| family == ALL || own.to_string() == family)
    };
    let members = optimizers::REGISTRY.abouts().filter(is_member);
    members.filter_map(|about| about.id.parse().ok()).collect()
}

/// Adds the position in the file to a failure.
fn place(text: &str, span: &Range<usize>, failure: Failure) -> DescriptionError {
    match failure {
        Failure::Input(error) => error_at(text, span.clone(), &error),
        Failure::Usage { message, help } => {
            DescriptionError::at(span.clone(), message).with_help(help)
        }
        other => DescriptionError::at(span.clone(), other.to_string()),
    }
}

fn problems(table: &DeTable, text: &str, budget: u64) -> ParseResult<Vec<ProblemDescription>> {
    let Some(value) = table.get("problem") else {
        return Err(DescriptionError {
            span: None,
            message: "there is no problem".to_owned(),
            help: Some("add a line [[problem]], followed by on = \"article\"".to_owned()),
        });
    };
    let items = expect_list(
        "problem",
        "a list of tables, each after a line [[problem]]",
        value,
    )?;
    let mut problems: Vec<ProblemDescription> = Vec::new();
    for item in items {
        let problem = problem(item, text, budget)?;
        if problems.iter().any(|other| other.name == problem.name) {
            let message = format!("two problems have the name `{}`", problem.name);
            let help = "give one of them another `name`".to_owned();
            return Err(DescriptionError::at(problem.span, message).with_help(help));
        }
        problems.push(problem);
    }
    Ok(problems)
}

/// Returns the fields of an experiment that a problem can have, besides its initial point. The budget replaces the epoch limit.
fn fields() -> impl Iterator<Item = &'static ExperimentField> {
    sweep_fields().filter(|field| field.key != "epochs")
}

fn problem(item: &TomlValue, text: &str, budget: u64) -> ParseResult<ProblemDescription> {
    let DeValue::Table(table) = item.get_ref() else {
        return Err(type_error(
            "problem",
            "a table after a line [[problem]]",
            item,
        ));
    };
    let names: Vec<String> = fields().map(ExperimentField::name).collect();
    let own = ["on", "name", "budget", "start"].into_iter();
    let known: Vec<&str> = own.chain(names.iter().map(String::as_str)).collect();
    check_known_keys(table, &known)?;
    let Some(on) = table.get("on") else {
        let message = "a problem has no `on`".to_owned();
        let help = "give its id, such as on = \"article\"".to_owned();
        return Err(DescriptionError::at(item.span(), message).with_help(help));
    };
    let given = words(table, "on", "")?;
    let pick = input::problem(&given).map_err(|failure| place(text, &on.span(), failure))?;
    let mut spec = ExperimentSpec {
        epochs: u64::MAX,
        ..ExperimentSpec::default()
    };
    for field in fields() {
        let name = field.name();
        let Some(value) = table.get(&*name) else {
            continue;
        };
        let read = field.read(&mut spec, &field_text(field, &name, value)?);
        read.map_err(|error| error_at(text, value.span(), &error))?;
    }
    if let Some(value) = table.get("start") {
        let weights = expect_list("start", "a list of weights such as [-4, -4]", value)?;
        let weights = weights.iter().map(|w| expect_number("start", w));
        spec.start = Some(weights.collect::<ParseResult<_>>()?);
    }
    Ok(ProblemDescription {
        name: words(table, "name", &given)?,
        on: pick,
        spec,
        budget: count(table, "budget", budget)?,
        span: on.span(),
    })
}
