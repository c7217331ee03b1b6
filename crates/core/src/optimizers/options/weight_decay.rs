//! The weight decay as settings. Every rule has the three usual forms; some have one of their own, which is their default.

use crate::{
    Error,
    catalog::{DefaultValue, Kind, List, Param, Params, Setting, Settings, Text},
    run::optimizer::{
        GradientRule,
        options::{OptionDefaults, StepOptions, WeightDecayForm},
    },
};
use thalweg_macros::Describe;

/// The weight decay of most rules.
#[derive(Clone, Debug, Describe)]
#[expect(
    dead_code,
    reason = "only the table of its fields is used, with other defaults"
)]
struct DecayParams {
    /// Coefficient of the weight decay, which pulls the weights towards zero; 0 for none.
    #[param(valid = 0.0.., slider = 0.0..=0.1, unless = "search")]
    weight_decay: Option<f64>,
    /// Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it from the weights, times the
    /// learning rate; `cautious` does so only if it does not oppose the step.
    #[param(unless = "search")]
    weight_decay_form: Option<WeightDecayForm>,
}

/// The settings of most rules.
pub(super) const SETTINGS: &[Param] = DecayParams::PARAMS;

/// The form of the weight decay of rules that treat matrices and other weights differently.
#[derive(Clone, Debug, Describe)]
#[expect(dead_code, reason = "only the table of its fields is used")]
struct MatrixDecayParams {
    /// Form of the weight decay: `coupled` adds it to the gradient; `decoupled` subtracts it from all weights, times the
    /// learning rate; `cautious` only where it does not oppose the step; `matrices` from matrices only.
    weight_decay_form: Option<WeightDecayForm>,
}

/// The form of the weight decay of rules that scale the update of a layer.
#[derive(Clone, Debug, Describe)]
#[expect(dead_code, reason = "only the table of its fields is used")]
struct LayerDecayParams {
    /// Form of the weight decay: `layer-wise` adds it to the update before it is scaled; `coupled` adds it to the gradient;
    /// `decoupled` subtracts it from the weights, times the learning rate; `cautious` only where it does not oppose the step.
    weight_decay_form: Option<WeightDecayForm>,
}

/// The other name of the form of the weight decay.
#[derive(Clone, Debug, Describe)]
pub(super) struct DecoupledParams {
    /// The same as `weight_decay_form=decoupled`, or `coupled` if it is false.
    #[param(unless = "weight_decay_form", torch = "decoupled_weight_decay")]
    decoupled: Option<bool>,
}

/// Returns the coefficient as a setting, with the default of a rule.
pub(super) const fn coefficient(defaults: OptionDefaults) -> Param {
    const PARAM: &Param = &DecayParams::PARAMS[0];
    PARAM.with_preset(DefaultValue::Number(defaults.weight_decay))
}

/// Returns the form as a setting, with the forms and the default of a rule.
pub(super) const fn form(defaults: OptionDefaults) -> Param {
    const USUAL: &Param = &DecayParams::PARAMS[1];
    const KIND: &Kind = &WeightDecayForm::KIND;
    const WORDS: &[Text] = match KIND {
        Kind::Choice(List::Borrowed(words)) => words,
        _ => &[],
    };
    let words = WORDS.split_at(1).1.split_at(3).0;
    match defaults.weight_decay_form {
        WeightDecayForm::Coupled => USUAL.with_words("coupled", words),
        WeightDecayForm::Decoupled => USUAL.with_words("decoupled", words),
        WeightDecayForm::Cautious => USUAL.with_words("cautious", words),
        WeightDecayForm::LayerWise => {
            LayerDecayParams::PARAMS[0].with_words("layer-wise", WORDS.split_at(4).0)
        }
        WeightDecayForm::Matrices => {
            MatrixDecayParams::PARAMS[0].with_words("matrices", WORDS.split_at(1).1)
        }
    }
}

/// Reads the form of the weight decay.
pub(super) fn read_form(settings: &Settings, form: &Param) -> Result<WeightDecayForm, Box<Error>> {
    match DecoupledParams::from_settings(settings)?.decoupled {
        Some(true) => Ok(WeightDecayForm::Decoupled),
        Some(false) => Ok(WeightDecayForm::Coupled),
        None => settings.read(form),
    }
}

/// Moves the coefficient of the weight decay from the options to the rule if the rule adds the decay itself, in its own form.
pub(super) fn hand_over(options: &mut StepOptions, rule: &mut impl GradientRule) {
    let is_own = options.weight_decay_form == WeightDecayForm::LayerWise;
    if let Some(coefficient) = rule.own_weight_decay() {
        *coefficient = if is_own { options.weight_decay } else { 0.0 };
    }
    if is_own {
        options.weight_decay = 0.0;
    }
}
