//! A keyword of a function: its declaration, its documentation, and the text that it becomes.

use crate::text::quoted;
use thalweg::spec::{ExperimentField, ExperimentSpec, FieldValueMut};
use thalweg_cli::embed::{ArgumentDescription, ValueKind};

/// Phrases of the help of the commands that differ in Python.
const REWORDED: [(&str, &str); 8] = [
    ("; can be repeated", "; one or more"),
    ("11..14", "`(11, 14)`"),
    ("such as 800x600", "such as `(800, 600)`"),
    ("`forever`", "`\"forever\"`"),
    ("without --resume", "without `resume`"),
    ("the picture or the .npy file", "the figure"),
    (
        "the picture, the table, or the .npy file",
        "the figure and the table",
    ),
    (
        "Number of initial points: C along the first weight, R along the second",
        "Number of initial points along the first and the second weight",
    ),
];

/// A keyword.
pub(crate) struct Keyword {
    /// Name in Python.
    pub(crate) name: String,
    /// Name on the command line.
    pub(crate) key: String,
    /// Type and default.
    pub(crate) declaration: String,
    /// An expression that returns its text for the command line.
    pub(crate) text: String,
    /// The text of the default, which is omitted.
    pub(crate) default: String,
    /// Documentation.
    pub(crate) help: String,
}

/// Type with default, function that writes the value, and text of the default.
type Form = (String, String, String);

impl Keyword {
    /// Returns the keyword of a field with the default of an experiment.
    pub(crate) fn of_field(field: &ExperimentField) -> Self {
        let default = field.write(&ExperimentSpec::default()).concat();
        let form = form_of_field(field, &default);
        Self::new(
            field.key,
            form,
            &field_help(field.help, field.values, field.otherwise),
        )
    }

    /// Returns the keyword of a field with the help and the default of a command.
    pub(crate) fn of_field_in_command(
        field: &ExperimentField,
        argument: &ArgumentDescription,
    ) -> Self {
        let form = form_of_field(field, &argument.default);
        let otherwise = if field.otherwise.is_empty() {
            ""
        } else {
            &argument.default
        };
        Self::new(field.key, form, &field_help(&argument.help, "", otherwise))
    }

    /// Returns the keyword of another argument.
    pub(crate) fn of_argument(argument: &ArgumentDescription) -> Self {
        let form = form_of_argument(argument);
        let has_value = argument.default.is_empty() || !form.2.starts_with("None");
        let otherwise = if has_value { "" } else { &argument.default };
        let mut help = argument.help.clone();
        for (shell, python) in REWORDED {
            help = help.replace(shell, python);
        }
        let words = argument.words.iter().map(|(word, help)| {
            let mut letters = help.chars();
            let first = letters.next().map(|c| c.to_ascii_lowercase());
            let help: String = first.into_iter().chain(letters).collect();
            format!("`{}` ({help})", quoted(word))
        });
        let words: Vec<String> = words.collect();
        if let Some((last, others)) = words.split_last() {
            let comma = if others.len() > 1 { "," } else { "" };
            help = format!("{help}: {}{comma} or {last}", others.join(", "));
        }
        Self::new(&argument.name, form, &field_help(&help, "", otherwise))
    }

    fn new(key: &str, (declaration, writer, default): Form, help: &str) -> Self {
        let name = key.replace('-', "_");
        let value = |writer: &str| match writer.split_once('(') {
            // `optional(count` becomes `optional(count, "batch", batch)`.
            Some((outer, inner)) => format!("{outer}({inner}, \"{name}\", {name})"),
            None if writer == "bool" => format!("bool({name})"),
            None => format!("{writer}(\"{name}\", {name})"),
        };
        Self {
            text: value(&writer),
            key: key.to_owned(),
            declaration,
            default,
            help: help.to_owned(),
            name,
        }
    }
}

/// Returns the documentation of a field.
fn field_help(help: &str, values: &str, otherwise: &str) -> String {
    let mut text = help.replace("`none`", "`None`");
    if !values.is_empty() {
        text = format!("{text}: {values}");
    }
    text += ".";
    if !otherwise.is_empty() {
        text = format!("{text} If omitted: {otherwise}.");
    }
    text
}

fn form(declaration: impl Into<String>, writer: &str, default: impl Into<String>) -> Form {
    (declaration.into(), writer.to_owned(), default.into())
}

/// Returns the form of a field. A field that the problem determines has the default `...`, because `None` is a value: no
/// target.
fn form_of_field(field: &ExperimentField, default: &str) -> Form {
    let spec = &mut ExperimentSpec::default();
    match (field.value)(spec) {
        FieldValueMut::Numbers(_) => {
            form("Numbers | EllipsisType = ...", "of_problem(numbers", "None")
        }
        FieldValueMut::Target(_) => {
            form("float | EllipsisType | None = ...", "target_loss", "None")
        }
        FieldValueMut::Whole(_) => form(format!("int = {default}"), "count", quoted(default)),
        FieldValueMut::Positive(_) => form("int | None = None", "optional(count", "None"),
        FieldValueMut::Number(number) => {
            form(format!("float = {number:?}"), "number", quoted(default))
        }
        FieldValueMut::OptionalNumber(_) => form("float | None = None", "optional(number", "None"),
        FieldValueMut::Switch(_) => form("bool = False", "bool", "False"),
        FieldValueMut::Window(_) => form("Numbers | None = None", "optional(numbers", "None"),
        FieldValueMut::Plane(_) => form("str | None = None", "optional(word", "None"),
        other => panic!("`{}` has no type in Python: {other:?}", field.key),
    }
}

fn form_of_argument(argument: &ArgumentDescription) -> Form {
    let default = &*argument.default;
    let is_number = default.parse::<f64>().is_ok();
    let words = argument.words.iter().map(|(word, _)| quoted(word));
    let words: Vec<String> = words.collect();
    match (argument.kind, &*argument.form) {
        (ValueKind::Switch, _) => form("bool = False", "bool", "False"),
        (ValueKind::Number, _) if is_number => {
            let number: f64 = default.parse().unwrap_or_default();
            form(
                format!("float = {number:?}"),
                "number",
                quoted(&number.to_string()),
            )
        }
        (ValueKind::Number, _) => form("float | None = None", "optional(number", "None"),
        (ValueKind::Whole, _) if is_number => {
            form(format!("int = {default}"), "count", quoted(default))
        }
        (ValueKind::Whole, _) => form("int | None = None", "optional(count", "None"),
        (ValueKind::Text, "N|A..B") => form(
            format!("int | tuple[int, int] = {default}"),
            "epochs_shown",
            quoted(default),
        ),
        (ValueKind::Text, "N|forever") => form(
            "int | Literal[\"forever\"] = \"forever\"",
            "count_or_word",
            quoted(default),
        ),
        (ValueKind::Text, "SIZE") => form(
            "str | tuple[int, int] | None = None",
            "optional(size_in_words",
            "None",
        ),
        (ValueKind::Text, "WxH" | "CxR") => {
            let sides = default.replace('x', ", ");
            form(
                format!("tuple[int, int] = ({sides})"),
                "size_in_words",
                quoted(default),
            )
        }
        (ValueKind::Text, "FILE") if argument.repeats => {
            let kind = "str | PathLike[str] | Sequence[str | PathLike[str]] = ()";
            form(kind, "paths", "[]")
        }
        (ValueKind::Text, _) if !words.is_empty() => {
            let kind = format!("Literal[{}] = {}", words.join(", "), quoted(default));
            form(kind, "word", quoted(default))
        }
        (ValueKind::Text, _) if default.is_empty() => {
            form("str | None = None", "optional(word", "None")
        }
        (ValueKind::Text, _) => form(
            format!("str = {}", quoted(default)),
            "word",
            quoted(default),
        ),
    }
}
