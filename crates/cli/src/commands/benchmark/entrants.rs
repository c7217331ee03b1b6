//! The optimizers of a benchmark.

use super::{
    super::sweep::{
        keys::picks,
        value::{ParseResult, check_known_keys, error_at, expect_list, type_error},
    },
    description::name,
};
use crate::{
    failure::DescriptionError,
    prelude::*,
    runs::same_optimizer::{REMOVE_ONE, is_same, twice},
};
use std::ops::Range;
use thalweg::{
    catalog::{EntryMetadata, Family},
    optimizers,
    tuning::TuningProtocol,
};
use toml::de::{DeTable, DeValue};

/// An optimizer of the benchmark.
pub(super) struct Entrant {
    pub(super) pick: Pick,
    /// Position of its text in the file.
    pub(super) span: Range<usize>,
    /// Whether the file names it, and not only its family. Other optimizers are left out if they cannot run on any problem.
    pub(super) is_named: bool,
}

/// Optimizers that are scored together.
pub(super) struct Group {
    /// Title of the ranking; empty if there is only one.
    pub(super) name: String,
    pub(super) entrants: Vec<Entrant>,
}

/// Reads the groups of optimizers, or the list `with` as one group without a name.
pub(super) fn groups(
    table: &DeTable,
    text: &str,
    protocol: TuningProtocol,
) -> ParseResult<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let Some(value) = table.get("group") else {
        let entrants = entrants(table, text, &groups, protocol)?;
        let name = String::new();
        return Ok(vec![Group { name, entrants }]);
    };
    if let Some(with) = table.get("with") {
        let message = "`with` and `[[group]]` are both given".to_owned();
        let help = "move the optimizers of `with` into a group, or remove it".to_owned();
        return Err(DescriptionError::at(with.span(), message).with_help(help));
    }
    let what = "a list of tables, each after a line [[group]]";
    for item in expect_list("group", what, value)? {
        let DeValue::Table(table) = item.get_ref() else {
            return Err(type_error("group", "a table after a line [[group]]", item));
        };
        check_known_keys(table, &["name", "with"])?;
        let name = name(table, "name", &format!("Group {}", groups.len() + 1))?;
        if groups.iter().any(|group| group.name == name) {
            let span = table
                .get("name")
                .map_or_else(|| item.span(), toml::Spanned::span);
            let message = format!("two groups have the name `{name}`");
            let help = "give one of them another `name`".to_owned();
            return Err(DescriptionError::at(span, message).with_help(help));
        }
        let entrants = entrants(table, text, &groups, protocol)?;
        groups.push(Group { name, entrants });
    }
    Ok(groups)
}

/// Reads the optimizers of a group: ids with settings, families, or `all`. None of them may be in an earlier group.
fn entrants(
    table: &DeTable,
    text: &str,
    groups: &[Group],
    protocol: TuningProtocol,
) -> ParseResult<Vec<Entrant>> {
    let mut spans = Vec::new();
    let texts = if let Some(value) = table.get("with") {
        picks("with", value, &mut spans)?
    } else {
        spans.push(0..0);
        vec![ALL.to_owned()]
    };
    let mut all: Vec<Entrant> = Vec::new();
    for (given, span) in texts.iter().zip(spans) {
        let members = members(given);
        let is_named = members.is_empty();
        let picks = if is_named {
            let pick = input::optimizer(given).and_then(|pick| Ok(protocol.pick(pick)?));
            vec![pick.map_err(|failure| place(text, &span, failure))?]
        } else {
            members
        };
        for pick in picks {
            let mut others = groups.iter().flat_map(|group| &group.entrants).chain(&all);
            if let Some(other) = others.find(|other| is_same(&other.pick, &pick)) {
                // A name of another library can mean an optimizer that is already there.
                let message =
                    if is_named && pick.text() != *given && pick.text() == other.pick.text() {
                        format!("`{given}` is `{pick}`, which is given twice")
                    } else {
                        twice(&other.pick, &pick)
                    };
                return Err(DescriptionError::at(span, message).with_help(REMOVE_ONE.to_owned()));
            }
            let span = span.clone();
            all.push(Entrant {
                pick,
                span,
                is_named,
            });
        }
    }
    Ok(all)
}

/// The word for the whole catalog.
const ALL: &str = "all";

/// Returns the optimizers of a family, or of all families without wrappers, recorded runs, and rules of users.
fn members(family: &str) -> Vec<Pick> {
    let others = [Family::Wrapper, Family::Recorded, Family::UserDefined].map(Some);
    let is_member = |about: &&EntryMetadata| {
        let own = about.family.filter(|_| !others.contains(&about.family));
        own.is_some_and(|own| family == ALL || own.to_string() == family)
    };
    let members = optimizers::REGISTRY.abouts().filter(is_member);
    members.filter_map(|about| about.id.parse().ok()).collect()
}

/// Adds the position in the file to a failure.
pub(super) fn place(text: &str, span: &Range<usize>, failure: Failure) -> DescriptionError {
    match failure {
        Failure::Input(error) => error_at(text, span.clone(), &error),
        Failure::Usage { message, help } => {
            DescriptionError::at(span.clone(), message).with_help(help)
        }
        other => DescriptionError::at(span.clone(), other.to_string()),
    }
}
