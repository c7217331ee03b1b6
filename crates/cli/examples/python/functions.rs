//! The functions of the package that call commands.

/// A function of Python and the command that it calls.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// The words of the command.
    pub(crate) command: &'static [&'static str],
    /// The arguments with a position: name, type, and description.
    pub(crate) positional: &'static [(&'static str, &'static str, &'static str)],
    /// The keywords that the command does not have: declaration and description. The call receives their values.
    pub(crate) own: &'static [(&'static str, &'static str)],
    /// The arguments of the command that the function does not have, because other ones replace them.
    pub(crate) omitted: &'static [&'static str],
    /// Whether the description of a sweep contains arguments.
    pub(crate) has_sweep_fields: bool,
    /// What follows the summary.
    pub(crate) details: &'static str,
    pub(crate) result: &'static str,
    /// The function that receives the arguments with a position, the keywords of its own, and the changed options.
    pub(crate) call: &'static str,
    /// Exceptions besides `Error`.
    pub(crate) raises: &'static str,
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
const PROBLEMS_LIKE: (&str, &str, &str) = (
    "problems",
    "ProblemLike | Iterable[ProblemLike]",
    "One or more problems: ids, optionally with settings, CSV files, entries of `thalweg.problems`, or `Problem`s of your \
     functions.",
);
const OVER: &str = "Mapping[str, str | Sequence[float | str]]";
const CALLER: &str = "Functions of Python are called in the thread of the caller.";

/// The functions, in the order of the module.
pub(crate) const FUNCTIONS: &[Function] = &[
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
        positional: &[PROBLEMS_LIKE, OPTIMIZERS],
        omitted: &["on", "with", "output"],
        details: "The number of evaluations until the target loss judges an optimizer. `tune=True` varies the settings that scale the \
                  steps. Then each optimizer runs with its tuned settings in pairs that tuning has not seen, and a sign test over \
                  these pairs decides whether one is better. Functions of Python are called in the thread of the caller. The \
                  settings of optimizers that are written in Python are not tuned.",
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
