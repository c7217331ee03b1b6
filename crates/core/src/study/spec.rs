//! An experiment as text, and the table of its fields.
//!
//! Arguments, addresses, sweep files, and other languages make what they accept and write from [`FIELDS`].

use crate::{
    Error,
    catalog::pick::Pick,
    error,
    numeric::number::{ShortestFloat, join, whole},
    objective::field::Window,
    run::{
        EPOCH_LIMIT,
        plane::{PLANE_FORMS, PlaneSpec},
        randomness::Randomness,
    },
    study::experiment::{Experiment, Target},
};

/// An experiment as it is written; nothing in it has been looked up yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentSpec {
    /// The problem's pick.
    pub on: String,
    /// The optimizers' picks.
    pub with: Vec<String>,
    /// The first weights, where they are not the problem's own.
    pub start: Option<Vec<f64>>,
    /// The target loss.
    pub target: Target,
    /// The epoch limit.
    pub epochs: u64,
    /// What is random.
    pub chance: Randomness,
    /// The part of the plane that is seen.
    pub window: Option<Window>,
    /// The plane on which more than two weights are seen.
    pub plane: Option<PlaneSpec>,
}

/// The article's problem without an optimizer.
impl Default for ExperimentSpec {
    fn default() -> Self {
        Self {
            on: "article".to_owned(),
            with: Vec::new(),
            start: None,
            target: Target::Problem,
            epochs: EPOCH_LIMIT,
            chance: Randomness::default(),
            window: None,
            plane: None,
        }
    }
}

/// One field of an experiment.
pub struct ExperimentField {
    /// Its key, words joined by `-`; files write `_` instead.
    pub key: &'static str,
    /// What a value looks like, such as `W1,W2`.
    pub form: &'static str,
    /// What it is, in a sentence without its end.
    pub help: &'static str,
    /// What a value can be, in words, where that is more than its kind says.
    pub values: &'static str,
    /// What holds where it is not given, in words; empty where a value of its own does.
    pub otherwise: &'static str,
    /// Another field without which it has no effect.
    pub needs: Option<&'static str>,
    /// Its place in an experiment.
    pub value: fn(&mut ExperimentSpec) -> FieldValueMut<'_>,
}

/// The place of a value, by what the value is.
#[derive(Debug)]
pub enum FieldValueMut<'a> {
    /// A text.
    Text(&'a mut String),
    /// Texts; the field may be given several times.
    Texts(&'a mut Vec<String>),
    /// Numbers with commas between them.
    Numbers(&'a mut Option<Vec<f64>>),
    /// A number, or `none`.
    Target(&'a mut Target),
    /// A whole number.
    Whole(&'a mut u64),
    /// A whole number of at least one.
    Positive(&'a mut Option<u64>),
    /// A number.
    Number(&'a mut f64),
    /// `true` or `false`.
    Switch(&'a mut bool),
    /// The edges of a window.
    Window(&'a mut Option<Window>),
    /// A plane.
    Plane(&'a mut Option<PlaneSpec>),
}

/// Makes the table: key, form, and help of each field, and its place in an experiment.
macro_rules! fields {
    ($($key:literal $form:literal $help:literal => $value:ident($($place:ident).+) $($more:ident: $what:expr)?;)*) => {
        /// All fields, in the order in which they are written.
        pub static FIELDS: &[ExperimentField] = &[$(ExperimentField {
            key: $key,
            form: $form,
            help: $help,
            value: |spec| FieldValueMut::$value(&mut spec.$($place).+),
            $($more: $what,)?
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
    "on" "PICK" "The problem: a pick, or a CSV file with a header, its last column the target" => Text(on);
    "with" "PICK" "An optimizer; give several to compare them" => Texts(with);
    "start" "W1,W2" "First weights" => Numbers(start) otherwise: "the problem's";
    "target" "LOSS" "Loss at which a run is done, or `none`" => Target(target) otherwise: "the problem's";
    "epochs" "N" "Most epochs of a run" => Whole(epochs);
    "batch" "N" "Samples of a mini-batch; an epoch is then one step on one batch" => Positive(chance.batch)
        otherwise: "all samples";
    "shuffle" "" "Take the samples in another order on each pass" => Switch(chance.shuffle) needs: Some("batch");
    "gradient-noise" "SD" "Standard deviation of normal noise on each component of each gradient"
        => Number(chance.gradient_noise);
    "seed" "N" "Fixes all that is random: the order of the samples and the noise" => Whole(chance.seed);
    "window" "W1,W1,W2,W2" "The part of the plane that a map shows" => Window(window)
        otherwise: "the problem's, grown to hold the paths";
    "plane" "PLANE" "The plane that is seen of more than two weights" => Plane(plane) values: PLANE_FORMS;
}

impl ExperimentField {
    /// Finds a field by its key.
    pub fn named(key: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.key == key)
    }

    /// Its name where a `-` cannot stand in one.
    pub fn name(&self) -> String {
        self.key.replace('-', "_")
    }

    /// Whether it is given without a value.
    pub fn is_switch(&self) -> bool {
        let spec = &mut ExperimentSpec::default();
        matches!((self.value)(spec), FieldValueMut::Switch(_))
    }

    /// Reads a value into an experiment.
    ///
    /// # Errors
    /// The text is not such a value.
    pub fn read(&self, spec: &mut ExperimentSpec, text: &str) -> Result<(), Error> {
        match (self.value)(spec) {
            FieldValueMut::Text(value) => text.clone_into(value),
            FieldValueMut::Texts(values) => values.push(text.to_owned()),
            FieldValueMut::Numbers(value) => *value = Some(numbers(text)?),
            FieldValueMut::Target(value) => *value = target(text)?,
            FieldValueMut::Whole(value) => *value = count(text, 0)?,
            FieldValueMut::Positive(value) => *value = Some(count(text, 1)?),
            FieldValueMut::Number(value) => *value = number(text)?,
            FieldValueMut::Switch(value) => *value = text == "true",
            FieldValueMut::Window(value) => *value = Some(Window::of(&numbers(text)?)?),
            FieldValueMut::Plane(value) => *value = Some(text.parse()?),
        }
        Ok(())
    }

    /// The values in an experiment as texts that read back.
    pub fn write(&self, spec: &ExperimentSpec) -> Vec<String> {
        let text = match (self.value)(&mut spec.clone()) {
            FieldValueMut::Text(value) => Some(value.clone()),
            FieldValueMut::Texts(values) => return values.clone(),
            FieldValueMut::Numbers(value) => value.as_ref().map(|numbers| join(numbers)),
            FieldValueMut::Target(Target::Problem) => None,
            FieldValueMut::Target(Target::None) => Some("none".to_owned()),
            FieldValueMut::Target(Target::Loss(value)) | FieldValueMut::Number(value) => {
                Some(ShortestFloat(*value).to_string())
            }
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
    /// The key and the text of each value that differs from `usual`.
    pub fn pairs(&self, usual: &Self) -> Vec<(&'static str, String)> {
        let pairs = FIELDS.iter().flat_map(|field| {
            let texts = Some(field.write(self)).filter(|texts| *texts != field.write(usual));
            let texts = texts.into_iter().flatten();
            texts.map(|text| (field.key, text))
        });
        pairs.collect()
    }

    /// The experiment of these picks, which are those of `on` and `with` with their files attached.
    pub fn experiment(&self, on: Pick, with: Vec<Pick>) -> Experiment {
        Experiment {
            on,
            with,
            start: self.start.clone(),
            target: self.target,
            epochs: self.epochs,
            chance: self.chance.clone(),
        }
    }
}

/// Reads numbers with commas between them.
///
/// # Errors
/// One of them is not a finite number.
pub fn numbers(text: &str) -> Result<Vec<f64>, Error> {
    text.split(',').map(number).collect()
}

/// Reads a number, with the minus sign of a keyboard or a typeset one.
///
/// # Errors
/// It is not a finite number.
pub fn number(text: &str) -> Result<f64, Error> {
    let text = text.trim();
    let read = text.replace('\u{2212}', "-").parse().ok();
    read.filter(|v: &f64| v.is_finite()).ok_or_else(|| {
        let given = shortened(text);
        Error::Settings(format!("`{given}` is no finite number"))
    })
}

/// Reads a whole number of at least `least`; `1e6` is one, too.
///
/// # Errors
/// It is not such a number.
pub fn count(text: &str, least: u64) -> Result<u64, Error> {
    let text = text.trim();
    let read = whole(text).filter(|number| *number >= least);
    read.ok_or_else(|| {
        let (given, most) = (shortened(text), u64::MAX);
        Error::Settings(format!(
            "`{given}` is no whole number from {least} to {most}"
        ))
    })
}

fn target(text: &str) -> Result<Target, Error> {
    if text == "none" {
        return Ok(Target::None);
    }
    let loss = number(text).map(Target::Loss);
    loss.map_err(|error| Error::Settings(format!("{error}, nor `none`")))
}

/// The beginning of a text that may be of any length, for messages.
pub fn shortened(text: &str) -> String {
    error::shortened(text, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let given = [
            ("on", "formula:x^2+y^2"),
            ("with", "rprop"),
            ("with", "adam:learning_rate=0.1"),
            ("start", "-4,0.5"),
            ("target", "none"),
            ("epochs", "7"),
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
    fn a_value_that_stands_where_none_is_given_is_allowed() {
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
