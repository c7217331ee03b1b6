//! `thalweg list`: what there is.

use crate::{args::CatalogKind, failure::Result, output, table::table};
use serde_json::{Map, Value, json};
use thalweg::{
    catalog::{About, Interval, Kind, Param, Preset},
    data_sets,
    inspect::Channel,
    line_searches, optimizers, problems, regularizers, schedules,
};
use thalweg_gallery::figures;

/// The kinds with what is said about their entries.
pub(crate) fn catalog() -> [(CatalogKind, &'static str, Vec<&'static About>); 7] {
    [
        (
            CatalogKind::Optimizers,
            "optimizers",
            optimizers::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::Problems,
            "problems",
            problems::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::DataSets,
            "data-sets",
            data_sets::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::LineSearches,
            "line-searches",
            line_searches::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::Schedules,
            "schedules",
            schedules::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::Regularizers,
            "regularizers",
            regularizers::REGISTRY.abouts().collect(),
        ),
        (
            CatalogKind::Figures,
            "figures",
            figures::REGISTRY.abouts().collect(),
        ),
    ]
}

pub(crate) fn run(only: Option<CatalogKind>, as_json: bool) -> Result {
    let kinds = catalog();
    let kinds = kinds
        .iter()
        .filter(|(kind, ..)| only.is_none_or(|only| only == *kind));
    if as_json {
        let lists = kinds.map(|(kind, name, abouts)| {
            let entry = |about: &&About| match kind {
                CatalogKind::Figures => figure(about),
                _ => Ok(entry(about)),
            };
            let entries = abouts.iter().map(entry).collect::<Result<Value>>()?;
            Ok(((*name).to_owned(), entries))
        });
        let lists = lists.collect::<Result<Map<_, _>>>()?;
        return output::print(format!("{:#}\n", Value::Object(lists)));
    }
    let lists = kinds.map(|(_, name, abouts)| {
        let families = abouts.iter().any(|about| about.family.is_some());
        let row = |about: &&About| {
            let family = about.family.map(|family| family.to_string());
            let family = families.then(|| family.unwrap_or_default());
            let cells = [
                Some(about.id.to_owned()),
                family,
                Some(about.summary.to_owned()),
            ];
            cells.into_iter().flatten().collect()
        };
        let heads = [*name, "", ""];
        let heads = &heads[..if families { 3 } else { 2 }];
        table(heads, abouts.iter().map(row).collect(), heads.len())
    });
    output::print(lists.collect::<Vec<_>>().join("\n"))
}

fn entry(about: &About) -> Value {
    json!({
        "id": about.id,
        "title": about.title,
        "summary": about.summary,
        "formula": about.formula,
        "family": about.family.map(|family| family.to_string()),
        "cite": about.cite,
        "kin": about.kin,
        "variant": about.variant,
        "needs": about.needs.iter().map(|need| format!("{need:?}")).collect::<Vec<_>>(),
        "params": about.settings().map(param).collect::<Vec<_>>(),
        "channels": about.channels.iter().map(channel).collect::<Vec<_>>(),
    })
}

/// A figure tells what it needs and an example too.
fn figure(about: &About) -> Result<Value> {
    let mut figure = entry(about);
    let drawing = figures::REGISTRY.build(&about.id.parse()?, None)?;
    let asks: Vec<String> = drawing.asks().iter().map(ToString::to_string).collect();
    figure["asks"] = json!(asks);
    figure["example"] = json!(drawing.example());
    Ok(figure)
}

fn param(param: &Param) -> Value {
    let (kind, choices) = match param.kind {
        Kind::Number => ("number", None),
        Kind::Whole => ("whole", None),
        Kind::Switch => ("switch", None),
        Kind::Choice(words) => ("choice", Some(words)),
        Kind::Text => ("text", None),
        Kind::File => ("file", None),
        Kind::Part(part) => (part, None),
    };
    let number = matches!(param.kind, Kind::Number | Kind::Whole);
    json!({
        "name": param.name,
        "help": param.help,
        "kind": kind,
        "choices": choices,
        "default": match param.preset {
            Preset::None => Value::Null,
            Preset::Number(v) => json!(v),
            Preset::Text(text) if param.kind == Kind::Switch => json!(text == "true"),
            Preset::Text(text) => json!(text),
        },
        "valid": number.then(|| interval(&param.valid)),
        "slider": number.then(|| interval(&param.slider)),
        "scale": number.then_some(if param.log { "log" } else { "linear" }),
        "per_gradient": param.per_gradient,
        "at_most": param.at_most,
        "unless": param.unless,
    })
}

/// An infinite end is null.
fn interval(interval: &Interval) -> Value {
    let end = |v: f64| v.is_finite().then_some(v);
    json!({
        "low": end(interval.low),
        "high": end(interval.high),
        "open_low": interval.open_low,
        "open_high": interval.open_high,
    })
}

fn channel(channel: &Channel) -> Value {
    json!({
        "name": channel.name,
        "help": channel.help,
        "shape": format!("{:?}", channel.shape),
        "quantity": format!("{:?}", channel.quantity),
    })
}
