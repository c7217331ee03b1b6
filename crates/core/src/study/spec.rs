//! An experiment as text, and the table of its fields.
//!
//! Arguments, addresses, and sweep files are read and written with the table [`FIELDS`].

use crate::{
    Error,
    catalog::pick::Pick,
    error,
    numeric::number::{ShortestFloat, join, whole},
    objective::{field::Window, problems},
    optimizers,
    run::{
        EPOCH_LIMIT,
        plane::{PLANE_FORMS, PlaneSpec},
        randomness::Randomness,
    },
    study::experiment::{Experiment, Target},
};

/// An experiment as text. The picks are not resolved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentSpec {
    /// The pick of the problem.
    pub on: String,
    /// The picks of the optimizers.
    pub with: Vec<String>,
    /// The initial point, or `None` for that of the problem.
    pub start: Option<Vec<f64>>,
    /// The target loss.
    pub target: Target,
    /// The epoch limit.
    pub epochs: u64,
    /// The tolerance at which a run has converged.
    pub tolerance: Option<f64>,
    /// Randomness of the runs.
    pub randomness: Randomness,
    /// The visible part of the plane.
    pub window: Option<Window>,
    /// The plane through a space of more than two weights.
    pub plane: Option<PlaneSpec>,
}

/// The problem of the article without an optimizer.
impl Default for ExperimentSpec {
    fn default() -> Self {
        Self {
            on: "article".to_owned(),
            with: Vec::new(),
            start: None,
            target: Target::Problem,
            epochs: EPOCH_LIMIT,
            tolerance: None,
            randomness: Randomness::default(),
            window: None,
            plane: None,
        }
    }
}

/// One field of an experiment.
pub struct ExperimentField {
    /// Key with `-` between words; sweep files use `_` instead.
    pub key: &'static str,
    /// Form of a value, such as `W1,W2`.
    pub form: &'static str,
    /// Description without a final period.
    pub help: &'static str,
    /// Description of the allowed values, if the type alone does not define them.
    pub values: &'static str,
    /// Description of the default; empty if the default is a value.
    pub otherwise: &'static str,
    /// Another field that this one requires.
    pub needs: Option<&'static str>,
    /// Accessor of the field.
    pub value: fn(&mut ExperimentSpec) -> FieldValueMut<'_>,
}

/// A mutable reference to a field, by the type of its value.
#[derive(Debug)]
pub enum FieldValueMut<'a> {
    /// A text.
    Text(&'a mut String),
    /// Texts; the field may be given several times.
    Texts(&'a mut Vec<String>),
    /// Numbers separated by commas.
    Numbers(&'a mut Option<Vec<f64>>),
    /// A number, or `none`.
    Target(&'a mut Target),
    /// A whole number.
    Whole(&'a mut u64),
    /// A positive whole number.
    Positive(&'a mut Option<u64>),
    /// A number that cannot be negative.
    Number(&'a mut f64),
    /// A number that cannot be negative, or `none`.
    OptionalNumber(&'a mut Option<f64>),
    /// `true` or `false`.
    Switch(&'a mut bool),
    /// The edges of a window.
    Window(&'a mut Option<Window>),
    /// A plane.
    Plane(&'a mut Option<PlaneSpec>),
}

/// Makes the table from key, form, help, and accessor of each field.
macro_rules! fields {
    ($($key:literal $form:literal $help:literal => $value:ident($($place:ident).+) $($more:ident: $what:expr),*;)*) => {
        /// All fields, in the order in which they are written.
        pub static FIELDS: &[ExperimentField] = &[$(ExperimentField {
            key: $key,
            form: $form,
            help: $help,
            value: |spec| FieldValueMut::$value(&mut spec.$($place).+),
            $($more: $what,)*
            ..PLAIN
        }),*];
    };
}

const PLAIN: ExperimentField = ExperimentField {
    key: "",
    form: "",
    help: "",
    values: "",
    otherwise: "",
    needs: None,
    value: |spec| FieldValueMut::Text(&mut spec.on),
};

fields! {
    "on" "PROBLEM" "Problem: its id, optionally with settings (`mlp:layers=2-3-1`), or a CSV file whose last column is the target" => Text(on);
    "with" "OPTIMIZER" "Optimizer: its id, optionally with settings (`adam:learning_rate=0.1`); can be repeated to compare several" => Texts(with);
    "start" "W1,W2,..." "Initial point" => Numbers(start) otherwise: "the problem's";
    "target" "LOSS" "Target loss at which a run ends, or `none`" => Target(target) otherwise: "the problem's";
    "epochs" "N" "Epoch limit of a run" => Whole(epochs);
    "tolerance" "NUMBER" "Ends a run when the largest component of the gradient, or the improvement of the best loss in 100 epochs (relative to max(1, loss)), is at most this"
        => OptionalNumber(tolerance) otherwise: "none";
    "batch" "N" "Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one step on one mini-batch" => Positive(randomness.batch)
        otherwise: "all samples";
    "shuffle" "" "Shuffles the samples before each pass over them" => Switch(randomness.shuffle) needs: Some("batch");
    "gradient-noise" "SD" "Standard deviation of the normal noise added to each component of each gradient"
        => Number(randomness.gradient_noise);
    "seed" "N" "Seed of the sample order and of the noise" => Whole(randomness.seed);
    "window" "MIN1,MAX1,MIN2,MAX2" "Part of the plane that a map shows" => Window(window)
        otherwise: "the problem's, extended to contain the paths";
    "plane" "PLANE" "Plane on which more than two weights are shown" => Plane(plane) values: PLANE_FORMS, otherwise: "path";
}

impl ExperimentField {
    /// Finds a field by its key.
    pub fn named(key: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.key == key)
    }

    /// Returns the key with `_` instead of `-`.
    pub fn name(&self) -> String {
        self.key.replace('-', "_")
    }

    /// Returns whether the field is a switch, which is given without a value.
    pub fn is_switch(&self) -> bool {
        let spec = &mut ExperimentSpec::default();
        matches!((self.value)(spec), FieldValueMut::Switch(_))
    }

    /// Reads a value into an experiment.
    ///
    /// # Errors
    /// The text is not a valid value.
    pub fn read(&self, spec: &mut ExperimentSpec, text: &str) -> Result<(), Error> {
        match (self.value)(spec) {
            FieldValueMut::Text(_) | FieldValueMut::Texts(_) if text.trim().is_empty() => {
                let message = format!("it is empty: give a value, {}", self.form);
                return Err(Error::Settings(message));
            }
            FieldValueMut::Text(value) => *value = problems::REGISTRY.canonical_text(text),
            FieldValueMut::Texts(values) => {
                // The names of another library are translated when the pick is used: tuning distinguishes a default of the
                // library from a given value.
                let is_foreign = text.parse().is_ok_and(|pick: Pick| pick.id.contains('.'));
                values.push(if is_foreign {
                    text.to_owned()
                } else {
                    optimizers::REGISTRY.canonical_text(text)
                });
            }
            FieldValueMut::Numbers(value) => *value = Some(numbers(text)?),
            FieldValueMut::Target(value) => *value = target(text)?,
            FieldValueMut::Whole(value) => *value = count(text, 0)?,
            FieldValueMut::Positive(value) => *value = Some(count(text, 1)?),
            FieldValueMut::Number(value) => *value = unsigned_number(text)?,
            FieldValueMut::OptionalNumber(value) => {
                *value = (text != "none")
                    .then(|| unsigned_number(text))
                    .transpose()?;
            }
            FieldValueMut::Switch(value) => *value = switch(text)?,
            FieldValueMut::Window(value) => *value = Some(Window::of(&numbers(text)?)?),
            FieldValueMut::Plane(value) => *value = Some(text.parse()?),
        }
        Ok(())
    }

    /// Writes the values of the field as texts that can be read again.
    pub fn write(&self, spec: &ExperimentSpec) -> Vec<String> {
        let text = match (self.value)(&mut spec.clone()) {
            FieldValueMut::Text(value) => Some(value.clone()),
            FieldValueMut::Texts(values) => {
                let texts = values.iter();
                return texts
                    .map(|text| optimizers::REGISTRY.canonical_text(text))
                    .collect();
            }
            FieldValueMut::Numbers(value) => value.as_ref().map(|numbers| join(numbers)),
            FieldValueMut::Target(Target::Problem) => None,
            FieldValueMut::Target(Target::None) => Some("none".to_owned()),
            FieldValueMut::Target(Target::Loss(value)) | FieldValueMut::Number(value) => {
                Some(ShortestFloat(*value).to_string())
            }
            FieldValueMut::OptionalNumber(value) => value.map(|v| ShortestFloat(v).to_string()),
            FieldValueMut::Whole(value) => Some(value.to_string()),
            FieldValueMut::Positive(value) => value.map(|count| count.to_string()),
            FieldValueMut::Switch(value) => value.then(|| "true".to_owned()),
            FieldValueMut::Window(value) => {
                value.map(|window| join(&[window.w1, window.w2].concat()))
            }
            FieldValueMut::Plane(value) => value.map(|cut| cut.to_string()),
        };
        text.into_iter().collect()
    }
}

impl ExperimentSpec {
    /// Translates the names of other libraries, so that the texts of the optimizers are those of the catalog.
    pub fn translate_names(&mut self) {
        for text in &mut self.with {
            *text = optimizers::REGISTRY.canonical_text(text);
        }
    }

    /// Returns the key and the text of each value that differs from `usual`.
    pub fn pairs(&self, usual: &Self) -> Vec<(&'static str, String)> {
        let pairs = FIELDS.iter().flat_map(|field| {
            let texts = Some(field.write(self)).filter(|texts| *texts != field.write(usual));
            let texts = texts.into_iter().flatten();
            texts.map(|text| (field.key, text))
        });
        pairs.collect()
    }

    /// Creates the experiment. The arguments are the picks in `on` and `with`, with their files attached.
    pub fn experiment(&self, on: Pick, with: Vec<Pick>) -> Experiment {
        Experiment {
            on,
            with,
            start: self.start.clone(),
            target: self.target,
            epochs: self.epochs,
            tolerance: self.tolerance,
            randomness: self.randomness.clone(),
        }
    }
}

/// Reads numbers separated by commas.
///
/// # Errors
/// One of them is not a finite number.
pub fn numbers(text: &str) -> Result<Vec<f64>, Error> {
    text.split(',').map(number).collect()
}

/// Reads a number. The minus sign may be `-` or U+2212.
///
/// # Errors
/// It is not a finite number.
pub fn number(text: &str) -> Result<f64, Error> {
    number_such_as(text, "-1.5")
}

/// Reads a number as [`number`] does. The error of a setting that accepts no negative numbers suggests none.
///
/// # Errors
/// It is not a finite number.
pub fn unsigned_number(text: &str) -> Result<f64, Error> {
    number_such_as(text, "1.5")
}

fn number_such_as(text: &str, example: &str) -> Result<f64, Error> {
    let text = text.trim();
    let read = text.replace('\u{2212}', "-").parse().ok();
    read.filter(|v: &f64| v.is_finite()).ok_or_else(|| {
        let given = shortened(text);
        let help =
            error::decimal_comma(text).unwrap_or_else(|| format!("a number such as {example}"));
        Error::Settings(format!("`{given}` is not a finite number: give {help}"))
    })
}

/// Reads a whole number of at least `least`, such as `1000000` or `1e6`.
///
/// # Errors
/// The text is not a whole number, or the number is too small.
pub fn count(text: &str, least: u64) -> Result<u64, Error> {
    let text = text.trim();
    let read = whole(text).filter(|number| *number >= least);
    read.ok_or_else(|| {
        let (given, most) = (shortened(text), u64::MAX);
        Error::Settings(format!(
            "`{given}` is not allowed: give a whole number from {least} to {most}"
        ))
    })
}

fn switch(text: &str) -> Result<bool, Error> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Error::Settings(format!(
            "`{}` is not allowed: give true or false",
            shortened(text)
        ))),
    }
}

fn target(text: &str) -> Result<Target, Error> {
    if text == "none" {
        return Ok(Target::None);
    }
    let loss = number(text).map(Target::Loss);
    loss.map_err(|error| Error::Settings(format!("{error}, or `none`")))
}

/// Returns the beginning of a text, for messages.
pub fn shortened(text: &str) -> String {
    error::shortened(text, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_of_an_optional_number_can_be_given() {
        let field = ExperimentField::named("tolerance").unwrap();
        let mut spec = ExperimentSpec::default();
        field.read(&mut spec, "1e-6").unwrap();
        field.read(&mut spec, "none").unwrap();
        assert_eq!(spec, ExperimentSpec::default());
    }

    #[test]
    fn written_values_can_be_read_again() {
        let given = [
            ("on", "formula:x^2+y^2"),
            ("with", "rprop"),
            ("with", "adam:learning_rate=0.1"),
            ("start", "-4,0.5"),
            ("target", "none"),
            ("epochs", "7"),
            ("tolerance", "1e-12"),
            ("batch", "4"),
            ("shuffle", "true"),
            ("gradient-noise", "0.1"),
            ("seed", "3"),
            ("window", "-1,1,-2,2.5"),
            ("plane", "w1,w2"),
        ];
        let mut spec = ExperimentSpec::default();
        for (key, text) in given {
            ExperimentField::named(key)
                .unwrap()
                .read(&mut spec, text)
                .unwrap();
        }
        let written = spec.pairs(&ExperimentSpec::default());
        let written: Vec<_> = written.iter().map(|(key, text)| (*key, &**text)).collect();
        assert_eq!(written, given);
        assert_eq!(spec.pairs(&spec), []);
    }

    #[test]
    fn default_values_are_allowed() {
        let usual = ExperimentSpec::default();
        for field in FIELDS {
            let mut spec = ExperimentSpec::default();
            for text in field.write(&usual) {
                field.read(&mut spec, &text).unwrap();
            }
            assert_eq!(spec, usual, "{}", field.key);
        }
    }
}
