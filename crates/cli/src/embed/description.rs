//! Descriptions of commands and their arguments, for a program that offers them as functions.

use super::request::CommandError;
use crate::{args::Args, commands, failure::Failure};
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use std::any::TypeId;
use thalweg::spec::ExperimentField;

/// A command with the arguments that have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandDescription {
    /// A sentence without a final period.
    pub summary: String,
    /// The arguments.
    pub arguments: Vec<ArgumentDescription>,
}

/// An argument of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentDescription {
    /// Name of the flag without the leading hyphens, such as `gradient-noise`.
    pub name: String,
    /// Form of the value, such as `WxH`.
    pub form: String,
    /// Description without a final period and without the default.
    pub help: String,
    /// Type of the value.
    pub kind: ValueKind,
    /// The allowed words with their descriptions; empty if other values are allowed, too.
    pub words: Vec<(String, String)>,
    /// The default value, or what is used instead, in words; empty if there is no default.
    pub default: String,
    /// Whether it can be given several times.
    pub repeats: bool,
}

/// The type of the value of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// The argument has no value.
    Switch,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// A text of a certain form.
    Text,
}

/// Describes a command, such as `["map", "starts"]`.
///
/// # Errors
/// There is no such command.
pub fn describe_command(words: &[&str]) -> Result<CommandDescription, CommandError> {
    let mut command = Args::command();
    for word in words {
        let inner = command.find_subcommand(word).cloned();
        let missing = || Failure::usage(format!("there is no command `{word}`"), "");
        command = inner.ok_or_else(missing)?;
    }
    Ok(CommandDescription {
        summary: about(&command),
        arguments: command.get_arguments().filter_map(describe).collect(),
    })
}

/// Returns the fields of an experiment that the description of a sweep can contain.
pub fn sweep_fields() -> impl Iterator<Item = &'static ExperimentField> {
    commands::sweep_fields()
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Returns the description of an argument, unless its position is its name.
fn describe(arg: &Arg) -> Option<ArgumentDescription> {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let (help, otherwise) = match help.split_once(" [default: ") {
        Some((help, default)) => (help.to_owned(), default.trim_end_matches(']').to_owned()),
        None => (help, String::new()),
    };
    let default = arg.get_default_values().first();
    let kind = kind(arg);
    let words = arg.get_possible_values().into_iter().map(|word| {
        let help = word.get_help().map(ToString::to_string);
        (word.get_name().to_owned(), help.unwrap_or_default())
    });
    Some(ArgumentDescription {
        name: arg.get_long()?.to_owned(),
        form: arg.get_value_names().unwrap_or_default().concat(),
        help,
        kind,
        words: words.filter(|_| kind != ValueKind::Switch).collect(),
        default: default.map_or(otherwise, |value| value.to_string_lossy().into_owned()),
        repeats: matches!(arg.get_action(), ArgAction::Append),
    })
}

fn kind(arg: &Arg) -> ValueKind {
    if !arg.get_action().takes_values() {
        return ValueKind::Switch;
    }
    let value = arg.get_value_parser().type_id();
    if value == TypeId::of::<f64>() {
        ValueKind::Number
    } else if value == TypeId::of::<u64>() || value == TypeId::of::<usize>() {
        ValueKind::Whole
    } else {
        ValueKind::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_have_their_types_and_defaults() {
        let animate = describe_command(&["animate"]).unwrap();
        assert!(animate.summary.starts_with("Writes an animation"));
        let named = |name: &str| {
            let mut arguments = animate.arguments.iter();
            arguments.find(|argument| argument.name == name).unwrap()
        };
        let fps = named("fps");
        assert_eq!((fps.kind, &*fps.default), (ValueKind::Number, "25"));
        assert_eq!(named("view").words[0].0, "map");
        assert_eq!(named("shuffle").kind, ValueKind::Switch);
        assert!(named("duration").default.starts_with("one frame per epoch"));
        assert!(!named("duration").help.contains("default"));
        let starts = describe_command(&["map", "settings"]).unwrap();
        let starts = starts.arguments.into_iter().find(|a| a.name == "starts");
        assert_eq!(starts.unwrap().kind, ValueKind::Whole);
        assert!(describe_command(&["dance"]).is_err());
    }
}
