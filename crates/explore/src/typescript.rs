//! The types of the answers to the page in TypeScript.

use crate::{
    catalog::controls::{Panel, Setting, SliderRange},
    page::{
        addresses::{Link, ParsedAddress, ViewState},
        explanation::Step,
        failure::{Failure, MarkedError},
        menus::{CatalogEntry, CatalogList},
        tables::{Colors, Experiment, ExperimentInput, PathColors, Report, Row, Score},
    },
    pictures::map::{Scale, ScaleTarget},
    settings_tile::Cell,
    tuning::Tuned,
};

/// Returns the types of all answers in TypeScript.
pub fn declarations() -> String {
    let declarations = [
        MarkedError::declaration(),
        Failure::declaration(),
        CatalogEntry::declaration(),
        CatalogList::declaration(),
        Row::declaration(),
        Report::declaration(),
        Score::declaration(),
        SliderRange::declaration(),
        Setting::declaration(),
        Panel::declaration(),
        ExperimentInput::declaration(),
        Experiment::declaration(),
        PathColors::declaration(),
        Colors::declaration(),
        ViewState::declaration(),
        ParsedAddress::declaration(),
        Link::declaration(),
        ScaleTarget::declaration(),
        Scale::declaration(),
        Step::declaration(),
        Tuned::declaration(),
        Cell::declaration(),
    ];
    let head = "// The answers of the WebAssembly. This file is generated from crates/explore by `cargo xtask codegen`.\n";
    format!("{head}\n{}", declarations.join("\n"))
}
