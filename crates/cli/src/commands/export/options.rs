//! Writes the options of an optimizer in Python: the limit on the gradient, the weight decay, and the schedule.

use super::{call::value_of, framework::Framework, schedule};
use crate::prelude::*;
use thalweg::{catalog::EntryMetadata, effective::EffectiveSetting};

/// The options of an optimizer that are not arguments of the optimizer of the library.
pub(super) struct Options {
    /// The learning rate of each step, as an expression in `base` and `t`.
    pub(super) rate: Option<String>,
    /// The limit on the gradient.
    pub(super) clip: Option<Clip>,
    /// Coefficient of a weight decay that is added to the gradient.
    pub(super) coupled_decay: Option<String>,
}

/// A limit on the gradient.
pub(super) enum Clip {
    /// On its norm.
    Norm(String),
    /// On each component.
    Value(String),
    /// On the norm relative to the weights: the limit and the smallest norm of weights.
    Adaptive(String, String),
}

/// Reads the options from the settings in effect.
pub(super) fn of(
    framework: Framework,
    about: &EntryMetadata,
    settings: &[EffectiveSetting],
) -> Result<Options> {
    refuse_others(settings)?;
    Ok(Options {
        rate: schedule::rate(framework, settings)?,
        clip: clip(framework, settings)?,
        coupled_decay: coupled_decay(framework, about, settings)?,
    })
}

/// Refuses the options that no library has.
fn refuse_others(settings: &[EffectiveSetting]) -> Result {
    let is_on = |key: &str| {
        let value = value_of(settings, key);
        value.is_some_and(|value| value != "false" && value != "0")
    };
    for key in ["cautious", "mars", "batch"] {
        if is_on(key) {
            refuse!("`{key}` cannot be exported, because the library does not have it"; &format!("remove {key}"));
        }
    }
    if let Some(penalty) = value_of(settings, "regularizer") {
        refuse!("the regularizer `{penalty}` cannot be exported"; "use weight_decay; the penalty l2 with rate=r is weight_decay=2r of gradient descent");
    }
    Ok(())
}

fn clip(framework: Framework, settings: &[EffectiveSetting]) -> Result<Option<Clip>> {
    let Some(id) = value_of(settings, "gradient_clip") else {
        return Ok(None);
    };
    let setting = |key: &str| {
        let value = value_of(settings, &format!("gradient_clip.{key}"));
        value.unwrap_or_default().to_owned()
    };
    Ok(Some(match (id, framework) {
        ("norm", _) => Clip::Norm(setting("limit")),
        ("value", _) => Clip::Value(setting("limit")),
        ("adaptive", Framework::Jax) => Clip::Adaptive(setting("limit"), setting("min_norm")),
        _ => {
            refuse!("the gradient clip `{}` cannot be exported as torch", id; "use gradient_clip=norm, or export --as optax")
        }
    }))
}

/// Returns the coefficient of a weight decay that the optimizer of the library does not have, but that can be added to the gradient
/// before it.
fn coupled_decay(
    framework: Framework,
    about: &EntryMetadata,
    settings: &[EffectiveSetting],
) -> Result<Option<String>> {
    let coefficient = value_of(settings, "weight_decay").filter(|value| *value != "0");
    let Some(coefficient) = coefficient else {
        return Ok(None);
    };
    let library = framework.library();
    let name = library.name(about);
    let has = |key: &str| {
        library
            .settings(about)
            .iter()
            .any(|setting| setting.key == key)
    };
    let usual = about
        .setting("weight_decay_form")
        .map(|param| param.preset.to_string());
    let usual = usual.unwrap_or_default();
    let form = match (
        value_of(settings, "decoupled"),
        value_of(settings, "weight_decay_form"),
    ) {
        (Some("true"), _) => "decoupled",
        (Some(_), _) => "coupled",
        (None, form) => form.unwrap_or(&usual),
    };
    let is_argument = has("weight_decay") && (form == usual || has("decoupled"));
    match (form, framework) {
        _ if is_argument => Ok(None),
        ("coupled", Framework::Jax) if !has("weight_decay") => Ok(Some(coefficient.to_owned())),
        _ => refuse!(
            "{} has no {} weight decay", name, form;
            "use weight_decay_form=coupled with adam or momentum, or adamw, whose weight decay is decoupled"
        ),
    }
}
