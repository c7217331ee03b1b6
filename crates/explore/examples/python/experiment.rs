//! The module of the settings that all runs of an experiment share.

use crate::text::{in_docstring, wrapped};
use std::fmt::Write as _;
use thalweg::spec::{ExperimentField, ExperimentSpec, FIELDS, FieldValueMut};

/// The fields that have arguments of their own: the problem, the optimizers, and the view.
const OTHERS: [&str; 4] = ["on", "with", "window", "plane"];

const HEAD: &str = r#""""Training, and the settings that all runs share. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from collections.abc import Iterable
from types import EllipsisType

from thalweg._runs import Runs, compare
from thalweg._words import Numbers, OptimizerLike, ProblemLike, count, number, numbers


def settings(
    *,
"#;

const TRAIN: &str = r"

def train(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
";

const TRAIN_HELP: &str = r#") -> Runs:
    """Trains with one optimizer or compares several, and records every step.

    Args:
"#;

const OPTIMIZERS: &str = "One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), or entries of \
    `thalweg.optimizers`.";

pub(crate) fn module() -> String {
    let fields = || FIELDS.iter().filter(|field| !OTHERS.contains(&field.key));
    let mut out = HEAD.to_owned();
    fields().for_each(|field| out.push_str(&parameter(field)));
    out += ") -> dict[str, str | bool]:\n    \"\"\"Returns the texts of the given settings by their keys on the command line.\"\"\"\n";
    out += "    given: dict[str, str | bool] = {}\n";
    fields().for_each(|field| out.push_str(&conversion(field)));
    out += "    return given\n";
    out += TRAIN;
    fields().for_each(|field| out.push_str(&parameter(field)));
    out += TRAIN_HELP;
    let problem = ExperimentField::named("on").expect("the field exists").help;
    out += &argument(
        "problem",
        &format!("{problem}, or an entry of `thalweg.problems`."),
    );
    out += &argument("optimizers", OPTIMIZERS);
    for field in fields() {
        let otherwise = match field.otherwise {
            "" => String::new(),
            otherwise => format!(". If omitted: {otherwise}"),
        };
        let help = field.help.replace("`none`", "`None`");
        out += &argument(&field.name(), &format!("{help}{otherwise}."));
    }
    out += "\n    Raises:\n        Error: The input is invalid.\n    \"\"\"\n";
    out += "    given = settings(\n";
    for field in fields() {
        let _ = writeln!(out, "        {0}={0},", field.name());
    }
    out + "    )\n    return compare(problem, optimizers, given)\n"
}

fn argument(name: &str, help: &str) -> String {
    let text = format!("{name}: {}", in_docstring(help));
    wrapped(&text, "        ", "            ")
}

/// Returns the declaration of an argument. A field that the problem determines has the default `...`, because `None` is a
/// value: no target.
fn parameter(field: &ExperimentField) -> String {
    let spec = &mut ExperimentSpec::default();
    let kind = match (field.value)(spec) {
        FieldValueMut::Numbers(_) => "Numbers | EllipsisType = ...".to_owned(),
        FieldValueMut::Target(_) => "float | EllipsisType | None = ...".to_owned(),
        FieldValueMut::Whole(default) => format!("int = {default}"),
        FieldValueMut::Positive(_) => "int | None = None".to_owned(),
        FieldValueMut::Number(default) => format!("float = {default:?}"),
        FieldValueMut::OptionalNumber(_) => "float | None = None".to_owned(),
        FieldValueMut::Switch(_) => "bool = False".to_owned(),
        other => panic!("`{}` has no type in Python: {other:?}", field.key),
    };
    format!("    {}: {kind},\n", field.name())
}

/// Returns the statements that write a given value as text.
fn conversion(field: &ExperimentField) -> String {
    let (name, key) = (field.name(), field.key);
    let spec = &mut ExperimentSpec::default();
    let (condition, value) = match (field.value)(spec) {
        FieldValueMut::Numbers(_) => ("is not ...".to_owned(), "numbers"),
        FieldValueMut::Target(_) => {
            return format!(
                "    if {name} is None:\n        given[\"{key}\"] = \"none\"\n    elif {name} is not ...:\n        \
                 given[\"{key}\"] = number(\"{name}\", {name})\n"
            );
        }
        FieldValueMut::Whole(default) => (format!("!= {default}"), "count"),
        FieldValueMut::Positive(_) => ("is not None".to_owned(), "count"),
        FieldValueMut::Number(default) => (format!("!= {default:?}"), "number"),
        FieldValueMut::OptionalNumber(_) => ("is not None".to_owned(), "number"),
        _ => return format!("    if {name}:\n        given[\"{key}\"] = True\n"),
    };
    format!("    if {name} {condition}:\n        given[\"{key}\"] = {value}(\"{name}\", {name})\n")
}
