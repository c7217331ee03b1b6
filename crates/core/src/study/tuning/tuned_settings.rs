//! Which settings of an optimizer tuning searches: those that scale its steps.

use crate::{
    catalog::{EntryMetadata, Kind, Param, pick::Pick},
    objective::blocks::matrices,
    optimizers::{self, matrix::auxiliary},
    study::{
        components::component, contender::ComparedOptimizer, effective::SettingSource,
        experiment::PreparedExperiment,
    },
};

/// Returns the pick without the tuned settings that the user did not give, because they are defaults of another library. Otherwise
/// `torch.SGD` would keep a learning rate while other optimizers are tuned.
pub(super) fn without_library_defaults(pick: &Pick) -> Pick {
    let nested = optimizers::nested(pick);
    let is_tuned = |key: &str| {
        let mut params = nested.iter().filter_map(|(prefix, about)| {
            let name = key.strip_prefix(&**prefix)?;
            about
                .setting(name)
                .or_else(|| auxiliary_setting(about, name))
        });
        params.next().is_some_and(|param| param.tuned)
    };
    pick.without(|given| pick.library_defaults.contains(&given.key) && is_tuned(&given.key))
}

/// Returns the setting in which an optimizer selects the rule of the weights outside of matrices, if it has one.
pub(super) fn auxiliary_rule(about: &EntryMetadata) -> Option<&Param> {
    let is_rule = |param: &&Param| matches!(&param.kind, Kind::Part(kind) if *kind == auxiliary::REGISTRY.kind);
    about.settings().find(is_rule)
}

/// Returns a setting of the rule of the weights outside of matrices, given its dotted key.
pub(super) fn auxiliary_setting(about: &EntryMetadata, key: &str) -> Option<&'static Param> {
    let rule = auxiliary_rule(about)?;
    let name = key.strip_prefix(&*rule.name)?.strip_prefix('.')?;
    component(rule, &rule.preset.to_string())?.setting(name)
}

/// Returns the settings in effect that tuning searches unless they are given: keys, descriptions, and sources. A setting that
/// scales only steps of matrices, or of other weights, is not searched on a problem without them.
pub(super) fn tuned_settings(
    contest: &PreparedExperiment,
    contender: &ComparedOptimizer,
) -> Vec<(String, Param, SettingSource)> {
    let objective = &*contest.problem.objective;
    let in_matrices: usize = matrices(objective.blocks())
        .map(|block| block.range.len())
        .sum();
    let tuned = |key: &str| {
        let mut params = contender.abouts().filter_map(|(prefix, about)| {
            let name = key.strip_prefix(prefix)?;
            let (param, has_weights) = match (about.setting(name), auxiliary_rule(about)) {
                (Some(param), None) => (param, true),
                (Some(param), Some(_)) => (param, in_matrices > 0),
                (None, _) => {
                    let param = auxiliary_setting(about, name)?;
                    (param, in_matrices < objective.dim())
                }
            };
            Some((param.clone(), has_weights))
        });
        let (param, has_weights) = params.next()?;
        (param.tuned && has_weights).then_some(param)
    };
    let settings = contender.settings_in_effect().into_iter();
    let settings = settings.filter_map(|s| Some((tuned(&s.key)?, s)));
    settings
        .map(|(param, s)| (s.key, param, s.source))
        .collect()
}
