//! The module of the commands: one function per command, with the arguments and the texts of its help.

use crate::{
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

/// A function of Python and the command that it calls.
struct Function {
    name: &'static str,
    /// The words of the command.
    command: &'static [&'static str],
    /// The arguments with a position: name, type, and description.
    positional: &'static [(&'static str, &'static str, &'static str)],
    /// The keywords that the command does not have: declaration and description. The call receives their values.
    own: &'static [(&'static str, &'static str)],
    /// The arguments of the command that the function does not have, because other ones replace them.
    omitted: &'static [&'static str],
    /// Whether the description of a sweep contains arguments.
    has_sweep_fields: bool,
    /// What follows the summary.
    details: &'static str,
    result: &'static str,
    /// The function that receives the arguments with a position, the keywords of its own, and the changed options.
    call: &'static str,
    /// Exceptions besides `Error`.
    raises: &'static str,
}

const PLAIN: Function = Function {
    name: "",
    command: &[],
    positional: &[],
    own: &[],
    omitted: &[],
    has_sweep_fields: false,
    details: "",
    result: "None",
    call: "",
    raises: "",
};

const PROBLEM: (&str, &str, &str) = (
    "problem",
    "ProblemLike",
    "Problem: its id, optionally with settings (`mlp:layers=2-3-1`), a CSV file whose last column is the target, an entry of \
     `thalweg.problems`, or a `Problem` of your function.",
);
const OPTIMIZERS: (&str, &str, &str) = (
    "optimizers",
    "OptimizerLike | Iterable[OptimizerLike]",
    "One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), entries of `thalweg.optimizers`, or \
     objects with the methods `init` and `update`.",
);
const PROBLEMS: (&str, &str, &str) = (
    "problems",
    "str | Entry | Iterable[str | Entry]",
    "One or more problems: ids, optionally with settings, entries of `thalweg.problems`, or CSV files.",
);
const ENTRIES: (&str, &str, &str) = (
    "optimizers",
    "str | Entry | Iterable[str | Entry]",
    "One or more optimizers: ids, optionally with settings, or entries of `thalweg.optimizers`.",
);
const OVER: &str = "Mapping[str, str | Sequence[float | str]]";
const CALLER: &str = "Functions of Python are called in the thread of the caller.";

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

const FUNCTIONS: &[Function] = &[
    Function {
        name: "train",
        command: &["train"],
        positional: &[PROBLEM, OPTIMIZERS],
        omitted: &[
            "on", "with", "window", "plane", "trace", "out", "terminal", "plain",
        ],
        details: "Every step is recorded. With `tune=True`, the notes contain the result of each search, and the labels state it. \
                  The settings of optimizers that are written in Python are not tuned.",
        result: "Runs",
        call: "compared",
        ..PLAIN
    },
    Function {
        name: "draw",
        command: &["draw"],
        positional: &[
            (
                "figure",
                "str | Entry | Sequence[str | Entry]",
                "The id of a figure, optionally with settings, such as `\"contour\"` or `\"loss:scale=log\"`, or an entry of \
                 `thalweg.figures`. Several become pages, or one column in formats without pages.",
            ),
            (
                "runs",
                "Shown | ProblemLike",
                "The runs to show, or a problem without runs.",
            ),
        ],
        omitted: &["output", "save-data", "terminal", "plain"],
        details: "The result can be shown in a notebook and saved.",
        result: "Figure",
        call: "drawn",
        ..PLAIN
    },
    Function {
        name: "animate",
        command: &["animate"],
        positional: &[
            ("runs", "Shown", "The runs to show."),
            (
                "path",
                "str | PathLike[str]",
                "Output file: .gif, .apng, or .png. The extension selects the format.",
            ),
        ],
        omitted: &["epochs", "output"],
        call: "animated",
        raises: "OSError: The file could not be written.",
        ..PLAIN
    },
    Function {
        name: "map_starts",
        command: &["map", "starts"],
        positional: &[PROBLEM, OPTIMIZERS],
        omitted: &["on", "with", "output", "table"],
        details: CALLER,
        result: "StartMap",
        call: "start_map",
        ..PLAIN
    },
    Function {
        name: "map_settings",
        command: &["map", "settings"],
        positional: &[
            PROBLEM,
            OPTIMIZERS,
            (
                "over",
                OVER,
                "One or two settings with their values: numbers, texts, or a range such as `\"1e-3..100:log:200\"`.",
            ),
        ],
        omitted: &["on", "with", "over", "output", "table"],
        details: CALLER,
        result: "SettingsMap",
        call: "settings_map",
        ..PLAIN
    },
    Function {
        name: "sweep",
        command: &["sweep"],
        positional: &[
            PROBLEMS,
            ENTRIES,
            ("out", "str | PathLike[str]", "Output table."),
        ],
        own: &[
            (
                "over: Mapping[str, str | Sequence[float | str]] | None = None",
                "Settings with several values, for the optimizers that have them: numbers, texts, or a range such as \
                 `\"1e-3..10:log:20\"`.",
            ),
            (
                "starts: Starts | None = None",
                "Initial points, or `{\"random\": n}` for n random ones per seed. If omitted: the problem's.",
            ),
            (
                "seeds: Seeds | None = None",
                "Seeds, or `{\"from\": first, \"count\": n}`. If omitted: 0.",
            ),
        ],
        omitted: &["out", "shard", "merge"],
        has_sweep_fields: true,
        details: "Writes one row per run to a CSV file, and returns its columns. The rows are ordered by problem, optimizer, \
                  settings, start, and seed. An interrupted sweep leaves its rows in a file beside `out`; the same call with \
                  `resume=True` continues after the last complete row.",
        result: "dict[str, list[Any]]",
        call: "swept",
        raises: "OSError: The table could not be written.",
    },
    Function {
        name: "compare",
        command: &["compare"],
        positional: &[PROBLEMS, ENTRIES],
        omitted: &["on", "with", "output"],
        details: "The number of evaluations until the target loss judges an optimizer. `tune=True` varies the settings that scale the \
                  steps. Then each optimizer runs with its tuned settings in pairs that tuning has not seen, and a sign test over \
                  these pairs decides whether one is better.",
        result: "Comparison",
        call: "comparison",
        ..PLAIN
    },
    Function {
        name: "benchmark",
        command: &["benchmark"],
        positional: &[(
            "description",
            "str | PathLike[str] | Mapping[str, Any]",
            "Description of the benchmark: a TOML file, or its content as a mapping, such as `{\"with\": [\"adam\", \"rprop\"], \
             \"problem\": [{\"on\": \"ravine\"}]}`. `thalweg benchmark --help` lists the keys.",
        )],
        own: &[(
            "out: str | PathLike[str] | None = None",
            "Folder for the tables, the report, and its figures. If omitted: no files are kept.",
        )],
        omitted: &["out", "report", "shard", "merge"],
        details: "An interrupted benchmark leaves its rows in `out`; the same call with `resume=True` continues after the last \
                  complete row.",
        result: "Benchmark",
        call: "benchmarked",
        raises: "OSError: A file could not be written.",
        ..PLAIN
    },
    Function {
        name: "export",
        command: &["export"],
        positional: &[
            (
                "problem",
                "Runs | Run | ProblemLike",
                "The run to repeat, with its tuned settings if it was tuned, or a problem of the catalog.",
            ),
            (
                "optimizers",
                "OptimizerLike | None = None",
                "An optimizer of the catalog. A run has its own.",
            ),
        ],
        own: &[
            (
                "library: Literal[\"torch\", \"optax\"] = \"torch\"",
                "Library of the script.",
            ),
            (
                "path: str | PathLike[str] | None = None",
                "Also writes the script to this file.",
            ),
        ],
        omitted: &["as", "on", "with", "output"],
        details: "Returns the script. It prints the epoch, the loss, and the weights as CSV, and computes in double precision. What \
                  the library lacks is refused.",
        result: "str",
        call: "exported",
        raises: "OSError: The file could not be written.",
        ..PLAIN
    },
    Function {
        name: "explore",
        command: &["explore"],
        positional: &[(
            "runs",
            "Runs | Run | ProblemLike",
            "The runs to show, or a problem.",
        )],
        own: &[("height: float = 800", "Height of the frame in px.")],
        omitted: &["epochs", "output"],
        details: "The page runs in a sandboxed frame without a kernel, so it also works in exported notebooks and on static \
                  sites. Its runs have the same bits as those of Python. With the package anywidget, the result is a widget: its \
                  attributes `problem`, `optimizers`, `start`, and `epoch` follow the page, and the page follows them.",
        result: "Explorer",
        call: "explored",
        ..PLAIN
    },
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
