//! `thalweg list`: what there is.

use crate::{
    failure::Result,
    terminal::{self, table},
};
use thalweg::catalog::About;
use thalweg_explore::catalog::{self, List};

pub(crate) fn run(only: Option<&str>, as_json: bool) -> Result {
    let mut lists = Vec::from(catalog::lists());
    lists.retain(|list| only.is_none_or(|only| only == list.name));
    if as_json {
        return terminal::print(format!("{:#}\n", catalog::json(&lists)?));
    }
    let lists = lists.iter().map(|List { name, abouts, .. }| {
        let families = abouts.iter().any(|about| about.family.is_some());
        let row = |about: &&About| {
            let family = about.family.map(|family| family.to_string());
            let family = families.then(|| family.unwrap_or_default());
            let cells = [
                Some(about.id.to_string()),
                family,
                Some(about.summary.to_string()),
            ];
            cells.into_iter().flatten().collect()
        };
        let heads = [*name, "", ""];
        let heads = &heads[..if families { 3 } else { 2 }];
        table(heads, abouts.iter().map(row).collect(), heads.len())
    });
    terminal::print(lists.collect::<Vec<_>>().join("\n"))
}
