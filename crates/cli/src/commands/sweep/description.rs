//! The description of a sweep, a TOML file.

use super::{
    header,
    keys::{self, over, picks},
    value::{
        ParseResult, TomlValue, check_known_keys, check_needs, document, error_at, field_text,
    },
};
use crate::{failure::DescriptionError, prelude::*};
use std::ops::Range;
use thalweg::{
    spec::{ExperimentField, ExperimentSpec},
    sweep::{Plan, Seeds, Starts, Sweep, SweepError, SweepPart},
};
use toml::de::{DeTable, DeValue};

/// A sweep and the positions of its parts in the file.
pub(super) struct Description {
    file: String,
    text: String,
    sweep: Sweep,
    places: SweepSpans,
}

/// The positions of the parts of a sweep in its text, in bytes.
#[derive(Default)]
struct SweepSpans {
    on: Vec<Range<usize>>,
    with: Vec<Range<usize>>,
    over: Vec<Range<usize>>,
    starts: Range<usize>,
    seeds: Range<usize>,
    /// The positions of the shared fields, by key.
    fields: Vec<(&'static str, Range<usize>)>,
}

/// The keys of the parts that differ between runs.
const LISTS: [&str; 5] = ["on", "with", "over", "starts", "seeds"];

/// The fields that all runs of an experiment share.
const SHARED: [&str; 6] = [
    "epochs",
    "target",
    "tolerance",
    "batch",
    "shuffle",
    "gradient-noise",
];

/// Returns all keys of a description.
fn keys() -> Vec<String> {
    let lists = LISTS.iter().map(|key| (*key).to_owned());
    lists
        .chain(sweep_fields().map(ExperimentField::name))
        .collect()
}

/// Returns the fields of an experiment that a sweep shares.
pub(crate) fn sweep_fields() -> impl Iterator<Item = &'static ExperimentField> {
    SHARED.iter().filter_map(|key| ExperimentField::named(key))
}

impl Description {
    /// Reads the file and the data files of its problems.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let help = "give a TOML file; `thalweg sweep --help` shows one";
        let text = input::text(file, "the sweep", help)?;
        Self::parse(file.display().to_string(), text)
    }

    /// Parses the text of a file, which errors call `name`, and reads the data files of its problems.
    pub(super) fn parse(name: String, text: String) -> Result<Self> {
        let (sweep, places) = read(&text).map_err(|wrong| wrong.in_file(&name, &text))?;
        Ok(Self {
            file: name,
            text,
            sweep,
            places,
        })
    }

    /// Returns the plan of all runs.
    pub(super) fn plan(&self) -> Result<Plan> {
        self.sweep
            .plan()
            .map_err(|sweep_error| self.failure(sweep_error))
    }

    /// Returns the hash of everything that determines the rows.
    pub(super) fn identity(&self, plan: &Plan) -> String {
        header::identity(&self.sweep, plan)
    }

    /// Returns the paths of the files that the problems and the optimizers read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        let picks = self.sweep.on.iter().chain(&self.sweep.with);
        let files = picks.flat_map(|pick| &pick.files);
        files.map(|(name, _)| Path::new(name))
    }

    /// Returns whether several seeds repeat the same runs because nothing in the sweep is random.
    pub(super) fn has_duplicate_runs(&self) -> bool {
        let several = match &self.sweep.seeds {
            Seeds::List(seeds) => seeds.len() > 1,
            Seeds::Span { count, .. } => *count > 1,
        };
        several && !self.sweep.is_random()
    }

    /// Turns an error in the sweep into a failure with its position in the file.
    pub(super) fn failure(&self, sweep_error: SweepError) -> Failure {
        let SweepError { place, error } = sweep_error;
        let error = *error;
        let places = &self.places;
        let field = |key| places.fields.iter().find(|(other, _)| *other == key);
        let span = match place {
            SweepPart::On(i) => Some(&places.on[i]),
            SweepPart::With(i) => Some(&places.with[i]),
            SweepPart::Over(i) => Some(&places.over[i]),
            SweepPart::Starts => Some(&places.starts),
            SweepPart::Seeds => Some(&places.seeds),
            SweepPart::Field(key) => field(key).map(|(_, span)| span),
            SweepPart::Whole => None,
        };
        let mut wrong = match span {
            Some(span) => error_at(&self.text, span.clone(), &error),
            None => DescriptionError {
                span: None,
                message: error.to_string(),
                help: error.help(),
            },
        };
        if let Error::NobodyHas { given, .. } = &error
            && keys().contains(given)
        {
            wrong.help = Some(misplaced_key_hint(given));
        }
        wrong.in_file(&self.file, &self.text)
    }
}

fn read(text: &str) -> ParseResult<(Sweep, SweepSpans)> {
    let table = &document(text)?;
    check_known_keys(
        table,
        &keys().iter().map(String::as_str).collect::<Vec<_>>(),
    )?;
    let mut places = SweepSpans::default();
    let on = required(table, "on", "the problems, such as [\"article\"]")?;
    let on = picks("on", on, &mut places.on)?;
    let optimizers = "the optimizers, such as [\"momentum\", \"rprop\"]";
    let with = required(table, "with", optimizers)?;
    let with = picks("with", with, &mut places.with)?;
    let spec = spec(table, &mut places, text)?;
    let sweep = Sweep {
        on: each(&on, &places.on, text, input::problem)?,
        with: each(&with, &places.with, text, |pick| {
            Ok(thalweg::optimizers::REGISTRY.native(pick.parse()?)?)
        })?,
        over: match table.get("over") {
            Some(value) => over(value, &mut places.over, text)?,
            None => Vec::new(),
        },
        starts: optional(table, "starts", &mut places.starts, keys::starts)?
            .unwrap_or(Starts::Problem),
        seeds: optional(table, "seeds", &mut places.seeds, keys::seeds)?
            .unwrap_or(Seeds::Span { from: 0, count: 1 }),
        target: spec.target,
        epochs: spec.epochs,
        tolerance: spec.tolerance,
        randomness: spec.randomness.clone(),
    };
    let mut over = sweep.over.iter().map(|setting| setting.key.as_str());
    if !over.any(|key| key == "batch") {
        check_needs(table, &spec, &sweep.with)?;
    }
    Ok((sweep, places))
}

fn required<'v, 't>(
    table: &'v DeTable<'t>,
    key: &str,
    what: &str,
) -> ParseResult<&'v TomlValue<'t>> {
    let missing = || {
        let inside = table.get("over").and_then(|over| over.get_ref().as_table());
        let help = match inside.filter(|over| over.contains_key(key)) {
            Some(_) => misplaced_key_hint(key),
            None => format!("give {what}"),
        };
        DescriptionError {
            span: None,
            message: format!("`{key}` is missing"),
            help: Some(help),
        }
    };
    table.get(key).ok_or_else(missing)
}

/// Reads an optional key and stores the position of its value.
fn optional<'t, T>(
    table: &DeTable<'t>,
    key: &str,
    place: &mut Range<usize>,
    read: impl Fn(&TomlValue<'t>) -> ParseResult<T>,
) -> ParseResult<Option<T>> {
    let Some(value) = table.get(key) else {
        return Ok(None);
    };
    *place = value.span();
    read(value).map(Some)
}

/// Reads the fields that all runs share.
fn spec(table: &DeTable, places: &mut SweepSpans, text: &str) -> ParseResult<ExperimentSpec> {
    let mut spec = ExperimentSpec::default();
    for field in sweep_fields() {
        let name = field.name();
        let Some(value) = table.get(&*name) else {
            continue;
        };
        let read = field.read(&mut spec, &field_text(field, &name, value)?);
        read.map_err(|error| error_at(text, value.span(), &error))?;
        places.fields.push((field.key, value.span()));
        let is_given = field.write(&spec) != field.write(&ExperimentSpec::default());
        let needs = field.needs.filter(|other| !has_key(table, other));
        if let (Some(other), true) = (needs, is_given) {
            let message = format!("`{name}` has no effect without `{other}`");
            let help = format!("add `{other}`, or remove `{name}`");
            return Err(DescriptionError::at(value.span(), message).with_help(help));
        }
    }
    Ok(spec)
}

/// Returns whether a description has this key, as a field or as a setting of an optimizer.
fn has_key(table: &DeTable, key: &str) -> bool {
    let over = table.get("over").and_then(|over| over.get_ref().as_table());
    let with = table.get("with").map(toml::Spanned::get_ref);
    let texts: Vec<&str> = match with {
        Some(DeValue::String(text)) => vec![text],
        Some(DeValue::Array(all)) => all
            .iter()
            .filter_map(|one| one.get_ref().as_str())
            .collect(),
        _ => Vec::new(),
    };
    let picks = texts.iter().filter_map(|text| text.parse::<Pick>().ok());
    table.contains_key(key)
        || over.is_some_and(|over| over.contains_key(key))
        || picks.flat_map(|pick| pick.settings).any(|s| s.key == key)
}

/// Explains how to fix a key that follows the line `[over]` and therefore belongs to that table, a common mistake.
fn misplaced_key_hint(key: &str) -> String {
    format!("`{key}` is in the table [over]; move it above the line [over]")
}

/// Reads picks. `places` are their positions in the file.
fn each(
    picks: &[String],
    places: &[Range<usize>],
    text: &str,
    read: impl Fn(&str) -> Result<Pick>,
) -> ParseResult<Vec<Pick>> {
    let pick = |(pick, span): (&String, &Range<usize>)| {
        let read = read(pick).and_then(checked);
        read.map_err(|failure| match failure {
            Failure::Input(error) => error_at(text, span.clone(), &error),
            Failure::Usage { message, help } => {
                DescriptionError::at(span.clone(), message).with_help(help)
            }
            other => DescriptionError::at(span.clone(), other.to_string()),
        })
    };
    picks.iter().zip(places).map(pick).collect()
}

/// Rejects a pick with a line break, because each row of the table is one line.
fn checked(pick: Pick) -> Result<Pick> {
    if pick.text().contains(char::is_control) {
        let message = "a problem or an optimizer of a sweep must not contain line breaks or other control characters";
        return Err(Error::Grammar(message.to_owned()).into());
    }
    Ok(pick)
}
