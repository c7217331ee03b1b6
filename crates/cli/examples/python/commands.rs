//! The module of the commands: one function per command, with the arguments and the texts of its help.

use crate::{
    functions::{FUNCTIONS, Function},
    keyword::Keyword,
    text::{in_docstring, wrapped},
};
use std::fmt::Write as _;
use thalweg::spec::ExperimentField;
use thalweg_cli::embed::{ArgumentDescription, describe_command, sweep_fields};

const HEAD: &str = r#""""The commands as functions. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from types import EllipsisType
from typing import Any, Literal

from thalweg._benchmark import Benchmark, benchmarked
from thalweg._comparison import Comparison, comparison
from thalweg._explore import Explorer, explored
from thalweg._export import exported
from thalweg._figure import Figure, Shown, animated, drawn
from thalweg._maps import SettingsMap, StartMap, settings_map, start_map
from thalweg._pick import Entry
from thalweg._runs import Run, Runs, compared
from thalweg._sweep import Seeds, Starts, swept
from thalweg._words import (
    Numbers,
    OptimizerLike,
    ProblemLike,
    changed,
    count,
    count_or_word,
    epochs_shown,
    number,
    numbers,
    of_problem,
    optional,
    paths,
    size_in_words,
    target_loss,
    word,
)
"#;

/// The arguments that runs contain already.
const OF_RUNS: [&str; 14] = [
    "on",
    "with",
    "start",
    "target",
    "batch",
    "shuffle",
    "gradient-noise",
    "seed",
    "tolerance",
    "tune",
    "tune-by",
    "studies",
    "trials",
    "budget",
];

pub(crate) fn module() -> String {
    let mut out = HEAD.to_owned();
    for function in FUNCTIONS {
        out.push_str(&function.code());
    }
    out
}

impl Function {
    fn code(&self) -> String {
        let command = describe_command(self.command).expect("the command exists");
        let keywords = self.keywords(command.arguments);
        let mut out = format!("\n\ndef {}(\n", self.name);
        for (name, kind, _) in self.positional {
            let _ = writeln!(out, "    {name}: {kind},");
        }
        out.push_str("    *,\n");
        for (declaration, _) in self.own {
            let _ = writeln!(out, "    {declaration},");
        }
        for keyword in &keywords {
            let (name, declaration) = (&keyword.name, &keyword.declaration);
            let _ = writeln!(out, "    {name}: {declaration},");
        }
        let _ = writeln!(out, ") -> {}:", self.result);
        out += &self.docstring(&summary(self, &command.summary), &keywords);
        out.push_str("    given = changed(\n");
        for keyword in &keywords {
            let (key, value, default) = (&keyword.key, &keyword.text, &keyword.default);
            let _ = writeln!(out, "        (\"{key}\", {value}, {default}),");
        }
        let positional = self.positional.iter().map(|(name, ..)| *name);
        let own = self
            .own
            .iter()
            .filter_map(|(declaration, _)| declaration.split(':').next());
        let arguments: Vec<&str> = positional.chain(own).chain(["given"]).collect();
        let result = if self.result == "None" { "" } else { "return " };
        out + &format!(
            "    )\n    {result}{}({})\n",
            self.call,
            arguments.join(", ")
        )
    }

    fn keywords(&self, arguments: Vec<ArgumentDescription>) -> Vec<Keyword> {
        let of_runs = |name: &str| {
            self.positional.iter().any(|(own, ..)| *own == "runs") && OF_RUNS.contains(&name)
        };
        let fields = sweep_fields().filter(|_| self.has_sweep_fields);
        let fields = fields.map(Keyword::of_field);
        let arguments = arguments.into_iter().filter(|argument| {
            let name = &*argument.name;
            !self.omitted.contains(&name) && !of_runs(name)
        });
        let is_limit = |name: &str| name == "epochs" && self.name == "draw";
        let arguments = arguments.map(|argument| match ExperimentField::named(&argument.name) {
            Some(field) if !is_limit(&argument.name) => {
                Keyword::of_field_in_command(field, &argument)
            }
            _ => Keyword::of_argument(&argument),
        });
        fields.chain(arguments).collect()
    }

    /// Returns the documentation: the help of the command, and that of all arguments.
    fn docstring(&self, summary: &str, keywords: &[Keyword]) -> String {
        let mut out = wrapped(&in_docstring(summary), "    \"\"\"", "    ");
        if !self.details.is_empty() {
            out += "\n";
            out += &wrapped(&in_docstring(self.details), "    ", "    ");
        }
        out += "\n    Args:\n";
        for (name, _, help) in self.positional {
            out += &argument(name, help);
        }
        for (declaration, help) in self.own {
            out += &argument(declaration.split(':').next().unwrap_or_default(), help);
        }
        for keyword in keywords {
            out += &argument(&keyword.name, &keyword.help);
        }
        out += "\n    Raises:\n        Error: The input is invalid.\n";
        if !self.raises.is_empty() {
            let _ = writeln!(out, "        {}", self.raises);
        }
        out + "    \"\"\"\n"
    }
}

/// Returns the first sentence of the documentation.
fn summary(function: &Function, summary: &str) -> String {
    // A function returns a page or writes the only format that it can; the command does more.
    let summary = match function.name {
        "animate" => "Writes an animation of runs as GIF or APNG",
        "explore" => {
            "Returns the interactive page with an experiment, on which the initial point can be dragged"
        }
        _ => summary,
    };
    format!("{summary}.")
}

fn argument(name: &str, help: &str) -> String {
    let text = format!("{name}: {}", in_docstring(help));
    wrapped(&text, "        ", "            ")
}
