//! All that there is, as lists and as JSON.

pub mod controls;

use crate::json::{Json, object};
use thalweg::{
    Error,
    catalog::{DefaultValue, EntryMetadata, Interval, Kind, Param},
    data_sets,
    inspect::Channel,
    line_searches, optimizers, problems, regularizers, schedules,
};
use thalweg_gallery::figures;

/// All entries of one kind.
pub struct CatalogList {
    /// The name of the list: `optimizers`.
    pub name: &'static str,
    /// What one entry is called in a sentence: `optimizer`.
    pub kind: &'static str,
    /// What is said about each entry.
    pub abouts: Vec<&'static EntryMetadata>,
    /// Returns the description of the entry with this id.
    pub(crate) named: fn(&str) -> Result<&'static EntryMetadata, Error>,
}

/// Every list of the catalogue.
pub fn lists() -> [CatalogList; 7] {
    macro_rules! list {
        ($name:literal, $module:ident) => {
            CatalogList {
                name: $name,
                kind: $module::REGISTRY.kind,
                abouts: $module::REGISTRY.abouts().collect(),
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
        list!("figures", figures),
    ]
}

/// Lists as one JSON object, entry by entry.
///
/// # Errors
/// None that a user could cause: a figure with its own settings cannot be built.
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

/// A figure tells what it needs and an example too.
fn figure(about: &EntryMetadata) -> Result<Json, Error> {
    let mut figure = entry(about);
    let drawing = figures::REGISTRY.build(&about.id.parse()?, None)?;
    let asks: Vec<String> = drawing.asks().iter().map(ToString::to_string).collect();
    figure.push("asks", asks);
    figure.push("follows", drawing.follows());
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
        "kin": &*about.kin,
        "variant": &*about.variant,
        "needs": about.needs.iter().map(|need| format!("{need:?}")).collect::<Vec<_>>(),
        "params": about.settings().map(param).collect::<Vec<_>>(),
        "channels": about.channels.iter().map(channel).collect::<Vec<_>>(),
    }
}

pub(crate) fn param(param: &Param) -> Json {
    let (kind, choices) = match &param.kind {
        Kind::Number => ("number", None),
        Kind::Whole => ("whole", None),
        Kind::Switch => ("switch", None),
        Kind::Choice(words) => ("choice", Some(Json::from(&**words))),
        Kind::Text => ("text", None),
        Kind::File => ("file", None),
        Kind::Part(part) => (&**part, None),
    };
    let number = matches!(param.kind, Kind::Number | Kind::Whole);
    object! {
        "name": &*param.name,
        "help": &*param.help,
        "kind": kind,
        "choices": choices,
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
        "per_gradient": param.per_gradient,
        "at_most": param.at_most.as_deref(),
        "unless": param.unless.as_deref(),
    }
}

/// The name of the list that a part is taken from.
pub(crate) fn list_of(kind: &Kind) -> Option<&'static str> {
    let Kind::Part(part) = kind else {
        return None;
    };
    let list = lists().into_iter().find(|list| list.kind == part)?;
    Some(list.name)
}

/// An infinite end is null.
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
