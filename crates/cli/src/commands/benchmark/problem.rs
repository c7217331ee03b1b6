//! The problems of a benchmark.

use super::{
    super::sweep::{
        sweep_fields,
        value::{
            ParseResult, TomlValue, check_known_keys, check_needs, error_at, expect_list,
            expect_number, field_text, type_error,
        },
    },
    description::{count, name, words},
    entrants::place,
};
use crate::{failure::DescriptionError, prelude::*};
use std::ops::Range;
use thalweg::spec::{ExperimentField, ExperimentSpec};
use toml::de::{DeTable, DeValue};

/// One `[[problem]]`.
pub(super) struct ProblemDescription {
    pub(super) name: String,
    pub(super) on: Pick,
    pub(super) spec: ExperimentSpec,
    pub(super) budget: u64,
    pub(super) span: Range<usize>,
}

/// Reads the problems; `budget` is the default budget, and `with` are the optimizers.
pub(super) fn problems(
    table: &DeTable,
    text: &str,
    budget: u64,
    with: &[Pick],
) -> ParseResult<Vec<ProblemDescription>> {
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
        let problem = problem(item, text, budget, with)?;
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

fn problem(
    item: &TomlValue,
    text: &str,
    budget: u64,
    with: &[Pick],
) -> ParseResult<ProblemDescription> {
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
        let key = field.name();
        let Some(value) = table.get(&*key) else {
            continue;
        };
        let read = field.read(&mut spec, &field_text(field, &key, value)?);
        read.map_err(|error| error_at(text, value.span(), &error))?;
    }
    check_needs(table, &spec, with)?;
    if let Some(value) = table.get("start") {
        let weights = expect_list("start", "a list of weights such as [-4, -4]", value)?;
        let weights = weights.iter().map(|w| expect_number("start", w));
        spec.start = Some(weights.collect::<ParseResult<_>>()?);
    }
    Ok(ProblemDescription {
        name: name(table, "name", &given)?,
        on: pick,
        spec,
        budget: count(table, "budget", budget)?,
        span: on.span(),
    })
}
