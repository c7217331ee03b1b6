//! The arguments that describe an experiment and its view, generated from the table of fields.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use thalweg::spec::{ExperimentField, ExperimentSpec, FieldValueMut};
use thalweg_explore::address::{Address, EPOCHS};

/// Defines a group of arguments by the keys of its fields and the experiment that supplies the defaults.
macro_rules! arguments {
    ($(#[$doc:meta])* $name:ident, $keys:expr, $defaults:expr) => {
        $(#[$doc])*
        pub(crate) struct $name(pub(crate) ExperimentSpec);

        impl Args for $name {
            fn augment_args(command: Command) -> Command {
                command.args($keys.iter().map(|key| argument(key, &$defaults)))
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                let mut given = Self($defaults);
                given.update_from_arg_matches(matches).map(|()| given)
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                $keys.iter().try_for_each(|key| read(key, matches, &mut self.0))
            }
        }
    };
}

/// The fields that decide how each step of a run is made, in the order of a recipe, which may not change.
const STEPS: [&str; 8] = [
    "on",
    "with",
    "start",
    "target",
    "batch",
    "shuffle",
    "gradient-noise",
    "seed",
];
/// The fields that decide what a picture shows of the space of weights.
const VIEW: [&str; 2] = ["window", "plane"];

/// All fields, in the order of a recipe.
fn all() -> Vec<&'static str> {
    [&STEPS[..], &["epochs"], &VIEW, &["tolerance"]].concat()
}

arguments!(
    /// An experiment.
    ExperimentArgs,
    all(),
    ExperimentSpec::default()
);
arguments!(
    /// An experiment with the defaults of the page.
    PageExperimentArgs,
    all(),
    Address::default().spec
);
arguments!(
    /// An experiment without its epoch limit and view.
    UnlimitedArgs,
    [&STEPS[..], &["tolerance"]].concat(),
    ExperimentSpec::default()
);
arguments!(
    /// The experiment of a script.
    ScriptExperimentArgs,
    [&STEPS[..], &["epochs", "tolerance"]].concat(),
    ExperimentSpec::default()
);
arguments!(
    /// The view: the part of the weight space that a picture shows.
    ViewArgs,
    VIEW,
    ExperimentSpec::default()
);
arguments!(
    /// The experiment of a map. The problem and the optimizers are required.
    MapExperimentArgs,
    ["on", "with", "window", "target", "epochs", "tolerance"],
    ExperimentSpec { on: String::new(), epochs: EPOCHS, ..ExperimentSpec::default() }
);
arguments!(
    /// The initial points of a map of settings.
    MapStartArgs, ["start", "seed"], ExperimentSpec::default()
);

arguments!(
    /// The experiments of a comparison without their problems. The budget is a number of evaluations.
    CompareExperimentArgs,
    [&STEPS[1..], &["tolerance"]].concat(),
    ExperimentSpec { epochs: u64::MAX, ..ExperimentSpec::default() }
);

/// Returns the argument of a field.
fn argument(key: &'static str, defaults: &ExperimentSpec) -> Arg {
    let (field, mut scratch) = (field(key), defaults.clone());
    let value = field.write(defaults).concat();
    let default = if value.is_empty() {
        field.otherwise
    } else {
        &value
    };
    let mut help = field.help.to_owned();
    if !field.values.is_empty() {
        help.extend([": ", field.values]);
    }
    if !default.is_empty() {
        help.extend([" [default: ", default, "]"]);
    }
    let arg = Arg::new(key).long(key).help(help);
    // A default experiment without a problem makes the problem and the optimizers required.
    let is_required = defaults.on.is_empty();
    let kind = (field.value)(&mut scratch);
    if matches!(kind, FieldValueMut::Switch(_)) {
        return arg.action(ArgAction::SetTrue);
    }
    let check = move |text: &str| {
        let read = field.read(&mut ExperimentSpec::default(), text);
        read.map(|()| text.to_owned()).map_err(|e| e.to_string())
    };
    let arg = arg.value_name(field.form).value_parser(check);
    match kind {
        FieldValueMut::Texts(_) => arg.action(ArgAction::Append).required(is_required),
        FieldValueMut::Numbers(_) | FieldValueMut::Target(_) | FieldValueMut::Window(_) => {
            arg.allow_hyphen_values(true)
        }
        FieldValueMut::Text(_) => arg.required(is_required),
        _ => arg.allow_negative_numbers(true),
    }
}

/// Reads the values of one field.
fn read(key: &str, matches: &ArgMatches, spec: &mut ExperimentSpec) -> Result<(), clap::Error> {
    let field = field(key);
    let texts = matches.get_raw(key).into_iter().flatten();
    let read = texts
        .filter_map(|text| text.to_str())
        .try_for_each(|text| field.read(spec, text));
    read.map_err(|error| clap::Error::raw(clap::error::ErrorKind::ValueValidation, error))
}

fn field(key: &str) -> &'static ExperimentField {
    ExperimentField::named(key).expect("the key is in the table of fields")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use thalweg::spec::FIELDS;

    #[test]
    fn commands_take_every_field_of_an_experiment() {
        let keys: BTreeSet<&str> = FIELDS.iter().map(|field| field.key).collect();
        assert_eq!(all().into_iter().collect::<BTreeSet<_>>(), keys);
    }
}
