//! The catalog as lists and as JSON.

pub mod changes;
pub mod controls;
pub(crate) mod formula;
pub mod texts;

use crate::json::{Json, object};
use thalweg::{
    Error,
    catalog::{DefaultValue, EntryMetadata, Interval, Kind, Param},
    data_sets, gradient_clips,
    inspect::Channel,
    line_searches,
    optimizers::{self, matrix::auxiliary},
    problems, regularizers, schedules,
};
use thalweg_gallery::figures;

/// All entries of one kind.
pub struct CatalogList {
    /// Name of the list, such as `optimizers`.
    pub name: &'static str,
    /// Name of one entry in a sentence, such as `optimizer`.
    pub kind: &'static str,
    /// Descriptions of the entries, ordered by family.
    pub abouts: Vec<&'static EntryMetadata>,
    /// Returns the description of the entry with this id.
    pub(crate) named: fn(&str) -> Result<&'static EntryMetadata, Error>,
}

/// Returns all lists of the catalog.
pub fn lists() -> [CatalogList; 9] {
    macro_rules! list {
        ($name:literal, $module:ident) => {
            CatalogList {
                name: $name,
                kind: $module::REGISTRY.kind,
                abouts: by_family($module::REGISTRY.abouts()),
                named: |id| Ok(&$module::REGISTRY.named(id)?.about),
            }
        };
    }
    [
        list!("optimizers", optimizers),
        list!("problems", problems),
        list!("data-sets", data_sets),
        list!("line-searches", line_searches),
        list!("schedules", schedules),
        list!("regularizers", regularizers),
        list!("gradient-clips", gradient_clips),
        list!("auxiliary-rules", auxiliary),
        list!("figures", figures),
    ]
}

/// Returns the descriptions ordered by family. In the registry, the position of an entry determines its color.
fn by_family(abouts: impl Iterator<Item = &'static EntryMetadata>) -> Vec<&'static EntryMetadata> {
    let mut abouts: Vec<_> = abouts.collect();
    abouts.sort_by_key(|about| about.family);
    abouts
}

/// Writes lists as one JSON object, entry by entry.
///
/// # Errors
/// Does not fail in practice: every figure can be built with its defaults.
pub fn json(lists: &[CatalogList]) -> Result<Json, Error> {
    let of = |list: &CatalogList| {
        let entry = |about: &&'static EntryMetadata| match list.name {
            "figures" => figure(about),
            _ => Ok(entry(about)),
        };
        let entries = list
            .abouts
            .iter()
            .map(entry)
            .collect::<Result<Json, Error>>()?;
        Ok((list.name.into(), entries))
    };
    let lists = lists.iter().map(of);
    Ok(Json::Object(lists.collect::<Result<_, Error>>()?))
}

/// Adds the requirements and the example of a figure.
fn figure(about: &EntryMetadata) -> Result<Json, Error> {
    let mut figure = entry(about);
    let drawing = figures::REGISTRY.build(&about.id.parse()?, None)?;
    let asks: Vec<String> = drawing
        .requirements()
        .iter()
        .map(ToString::to_string)
        .collect();
    figure.push("asks", asks);
    figure.push("follows", drawing.follows_playhead());
    figure.push("example", drawing.example());
    Ok(figure)
}

fn entry(about: &EntryMetadata) -> Json {
    object! {
        "id": &*about.id,
        "title": &*about.title,
        "summary": &*about.summary,
        "formula": &*about.formula,
        "family": about.family.map(|family| family.to_string()),
        "cite": &*about.cite,
        "torch": or_null(&about.elsewhere.torch),
        "optax": or_null(&about.elsewhere.optax),
        "kin": &*about.variants_of,
        "variant": &*about.variant,
        "needs": about.needs.iter().map(|need| format!("{need:?}")).collect::<Vec<_>>(),
        "params": about.settings().map(param).collect::<Vec<_>>(),
        "channels": about.channels.iter().map(channel).collect::<Vec<_>>(),
    }
}

pub(crate) fn param(param: &Param) -> Json {
    let number = matches!(param.kind, Kind::Number | Kind::Whole);
    object! {
        "name": &*param.name,
        "help": &*param.help,
        "kind": kind(&param.kind),
        "choices": choices(&param.kind),
        "list": list_of(&param.kind),
        "default": match &param.preset {
            DefaultValue::None => Json::Null,
            DefaultValue::Number(v) => Json::from(*v),
            DefaultValue::Text(text) if param.kind == Kind::Switch => Json::from(text == "true"),
            DefaultValue::Text(text) => Json::from(&**text),
        },
        "valid": number.then(|| interval(&param.valid)),
        "slider": number.then(|| interval(&param.slider)),
        "scale": number.then_some(if param.log { "log" } else { "linear" }),
        "tuned": param.tuned,
        "per_gradient": param.per_gradient,
        "loss_bound": param.loss_bound,
        "at_most": param.at_most.as_deref(),
        "unless": param.unless.as_deref(),
        "torch": or_null(&param.torch.name),
        "optax": or_null(&param.optax.name),
    }
}

/// Returns the name of a kind of values.
pub(crate) fn kind(kind: &Kind) -> &str {
    match kind {
        Kind::Number => "number",
        Kind::Whole => "whole",
        Kind::Switch => "switch",
        Kind::Choice(_) => "choice",
        Kind::Text => "text",
        Kind::File => "file",
        Kind::Part(part) => part,
    }
}

/// Returns the possible values, if they have names.
pub(crate) fn choices(kind: &Kind) -> Option<Vec<String>> {
    match kind {
        Kind::Choice(words) => Some(words.iter().map(ToString::to_string).collect()),
        _ => None,
    }
}

/// Returns the name of the list that contains the possible values of a part.
pub(crate) fn list_of(kind: &Kind) -> Option<&'static str> {
    let Kind::Part(part) = kind else {
        return None;
    };
    let list = lists().into_iter().find(|list| list.kind == part)?;
    Some(list.name)
}

/// An empty text becomes null.
fn or_null(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Infinite limits become null.
fn interval(interval: &Interval) -> Json {
    let end = |v: f64| v.is_finite().then_some(v);
    object! {
        "low": end(interval.low),
        "high": end(interval.high),
        "open_low": interval.open_low,
        "open_high": interval.open_high,
    }
}

fn channel(channel: &Channel) -> Json {
    object! {
        "name": &*channel.name,
        "help": &*channel.help,
        "shape": format!("{:?}", channel.shape),
        "quantity": format!("{:?}", channel.quantity),
    }
}
