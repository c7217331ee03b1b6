//! The registry of optimizers. To add an optimizer, write its file in the folder of its family and add a line here.

use crate::{
    Error,
    catalog::{
        Describe, Entry, EntryMetadata, Param, Params, Registry, Settings, Text, inspect::Inspect,
        pick::Pick,
    },
    gradient_clips::{ClippedOptimizer, ClippedRule, GradientClipParams},
    need::Need,
    regularizers::{RegularizedOptimizer, RegularizerParams},
    run::{
        descent::{Direction, LineSearchOptimizer, SteepestDescent},
        optimizer::{BatchedRule, ConfiguredOptimizer, GradientRule, Optimizer},
        randomness::BatchParams,
    },
    schedules::{ScheduleParams, ScheduledOptimizer, ScheduledRule},
};

pub mod adaptive;
pub mod conjugate;
pub mod first_order;
pub mod layer_wise;
pub mod matrix;
mod prelude;
pub mod quasi_newton;
mod recorded;
pub mod second_order;
pub mod sign_based;
mod weight_decay;

use first_order::GradientDescent;
pub(crate) use recorded::replay_for;
pub use recorded::{RecordedOptimizer, check_can_run};

/// All optimizers.
pub static REGISTRY: Registry<Box<dyn ConfiguredOptimizer>> = Registry {
    kind: "optimizer",
    entries: &[
        gradient_descent(),
        rule::<first_order::Momentum>(),
        rule::<first_order::Nesterov>(),
        optimizer::<first_order::NesterovLookahead>(),
        rule::<first_order::AveragedSgd>(),
        rule::<sign_based::Rprop>(),
        rule::<sign_based::RpropMinus>(),
        rule::<sign_based::IrpropPlus>(),
        rule::<sign_based::IrpropMinus>(),
        rule::<sign_based::SignSgd>(),
        rule::<sign_based::Lion>(),
        rule::<adaptive::Adagrad>(),
        rule::<adaptive::Adadelta>(),
        rule::<adaptive::RmsProp>(),
        rule::<adaptive::Adam>(),
        rule::<adaptive::AmsGrad>(),
        rule::<adaptive::Adamax>(),
        rule::<adaptive::NAdam>(),
        rule::<adaptive::RAdam>(),
        rule::<adaptive::AdamW>(),
        // These rules combine the weights of a run, so they cannot batch runs.
        optimizer::<adaptive::Adafactor>(),
        optimizer::<adaptive::Came>(),
        optimizer::<adaptive::Sm3>(),
        optimizer::<layer_wise::Lars>(),
        optimizer::<layer_wise::Lamb>(),
        optimizer::<layer_wise::NovoGrad>(),
        optimizer::<layer_wise::Fromage>(),
        optimizer::<matrix::Muon>(),
        optimizer::<matrix::SpectralDescent>(),
        optimizer::<matrix::Shampoo>(),
        optimizer::<matrix::Soap>(),
        optimizer::<matrix::Kron>(),
        optimizer::<matrix::GaLore>(),
        line_search_direction::<conjugate::ConjugateGradient>(),
        line_search_direction::<quasi_newton::Bfgs>(),
        line_search_direction::<quasi_newton::Dfp>(),
        line_search_direction::<quasi_newton::Sr1>(),
        line_search_direction::<quasi_newton::Psb>(),
        line_search_direction::<quasi_newton::Lbfgs>(),
        line_search_direction::<second_order::Newton>(),
        optimizer::<second_order::HessianDiagonal>(),
        line_search_direction::<second_order::GaussNewton>(),
        optimizer::<second_order::LevenbergMarquardt>(),
        Entry {
            about: RecordedOptimizer::ABOUT,
            build: recorded::build,
        },
    ],
};

/// Returns the names of the files that the settings of a pick refer to and whose contents must be attached.
pub fn files(pick: &Pick) -> Vec<String> {
    REGISTRY
        .find(&pick.id)
        .map_or_else(Vec::new, |entry| entry.about.files(&pick.settings))
}

/// Returns the entry of a gradient rule that treats the weights independently.
const fn rule<R: Describe + GradientRule>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<R, <R as Optimizer>::State>(R::NEEDS, true),
        build: |settings: &Settings| batched_rule(R::from_settings(settings)?, settings),
    }
}

/// Returns the entry of any other optimizer.
const fn optimizer<O: Describe + Optimizer>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<O, O::State>(O::NEEDS, O::NEEDS.is_empty()),
        build: |settings: &Settings| {
            let scheduled = ScheduledOptimizer {
                optimizer: O::from_settings(settings)?,
                schedule: ScheduleParams::from_settings(settings)?.schedule,
            };
            let clip = GradientClipParams::from_settings(settings)?.gradient_clip;
            let optimizer = Box::new(scheduled);
            match clip {
                Some(clip) => regularized(Box::new(ClippedOptimizer { optimizer, clip }), settings),
                None => regularized(optimizer, settings),
            }
        },
    }
}

/// Returns the entry of gradient descent, which uses a line search if its settings name one.
const fn gradient_descent() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<GradientDescent, ()>(&[], true),
        build: |settings: &Settings| {
            let mut rule = GradientDescent::from_settings(settings)?;
            match rule.search.take() {
                Some(search) => regularized(
                    Box::new(LineSearchOptimizer(SteepestDescent { search })),
                    settings,
                ),
                None => batched_rule(rule, settings),
            }
        },
    }
}

/// Returns the entry of a search direction with its line search.
const fn line_search_direction<D: Describe + Direction>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<D, D::State>(D::NEEDS, false),
        build: |settings: &Settings| {
            let direction = D::from_settings(settings)?;
            regularized(Box::new(LineSearchOptimizer(direction)), settings)
        },
    }
}

/// Returns the description of an optimizer: its settings, its state, and the shared settings. `clips` states that it can clip its
/// gradient.
const fn about<O: Describe, S: Inspect>(needs: &'static [Need], clips: bool) -> EntryMetadata {
    const { &O::ABOUT }.with(S::CHANNELS, needs, shared(O::PARAMS, needs, clips))
}

/// Returns the shared settings of an optimizer with these settings and needs.
const fn shared(params: &[Param], needs: &[Need], clips: bool) -> &'static [&'static [Param]] {
    let mut i = 0;
    while i < needs.len() {
        // A penalty cannot be added to residuals.
        if matches!(needs[i], Need::Residuals) {
            return &[BatchParams::PARAMS];
        }
        i += 1;
    }
    match (has_learning_rate(params), clips) {
        (true, true) => &[
            ScheduleParams::PARAMS,
            RegularizerParams::PARAMS,
            GradientClipParams::PARAMS,
            BatchParams::PARAMS,
        ],
        (true, false) => &[
            ScheduleParams::PARAMS,
            RegularizerParams::PARAMS,
            BatchParams::PARAMS,
        ],
        (false, true) => &[
            RegularizerParams::PARAMS,
            GradientClipParams::PARAMS,
            BatchParams::PARAMS,
        ],
        (false, false) => &[RegularizerParams::PARAMS, BatchParams::PARAMS],
    }
}

/// Returns whether one of these settings is the learning rate, which a schedule can change.
const fn has_learning_rate(params: &[Param]) -> bool {
    let mut i = 0;
    while i < params.len() {
        if let Text::Borrowed(name) = params[i].name
            && matches!(name.as_bytes(), b"learning_rate")
        {
            return true;
        }
        i += 1;
    }
    false
}

/// Returns a rule with the schedule that its settings name, if any; its runs can be batched with and without one.
fn batched_rule<R: Params + GradientRule>(
    rule: R,
    settings: &Settings,
) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    let schedule = ScheduleParams::from_settings(settings)?.schedule;
    let rule = ClippedRule {
        rule: ScheduledRule { rule, schedule },
        clip: GradientClipParams::from_settings(settings)?.gradient_clip,
    };
    regularized(Box::new(BatchedRule(rule)), settings)
}

/// Returns an optimizer with the regularizer that its settings name, if any.
fn regularized(
    optimizer: Box<dyn ConfiguredOptimizer>,
    settings: &Settings,
) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    Ok(
        match RegularizerParams::from_settings(settings)?.regularizer {
            Some(regularizer) => Box::new(RegularizedOptimizer {
                optimizer,
                regularizer,
            }),
            None => optimizer,
        },
    )
}
