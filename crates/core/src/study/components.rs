//! The descriptions of components: entries of other registries that a setting selects.

use crate::{
    catalog::{EntryMetadata, Kind, Param, Registry},
    gradient_clips, line_searches,
    objective::data_sets,
    optimizers::{self, matrix::auxiliary},
    regularizers, schedules,
};

/// Returns the description of the component that `value` selects in a setting, such as a line search. Returns `None` if
/// the setting does not select a component, or if there is none of this name.
pub(crate) fn component(param: &Param, value: &str) -> Option<&'static EntryMetadata> {
    fn of<T>(registry: &Registry<T>, kind: &str, id: &str) -> Option<&'static EntryMetadata> {
        let entry = (registry.kind == kind).then(|| registry.find(id)).flatten();
        entry.map(|entry| &entry.about)
    }
    let Kind::Part(kind) = &param.kind else {
        return None;
    };
    let (data_set, _) = data_sets::resolve_csv(value);
    of(&line_searches::REGISTRY, kind, value)
        .or_else(|| of(&schedules::REGISTRY, kind, value))
        .or_else(|| of(&regularizers::REGISTRY, kind, value))
        .or_else(|| of(&gradient_clips::REGISTRY, kind, value))
        .or_else(|| of(&auxiliary::REGISTRY, kind, value))
        .or_else(|| of(&optimizers::REGISTRY, kind, value))
        .or_else(|| of(&data_sets::REGISTRY, kind, data_set))
}
