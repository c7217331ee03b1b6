//! The registry of optimizers. To add one: write its file in its family's folder, add its line here.

use crate::{
    Error,
    catalog::{
        Describe, Entry, EntryMetadata, Param, Params, Registry, Settings, Text, inspect::Inspect,
        pick::Pick,
    },
    need::Need,
    regularizers::{RegularizedOptimizer, RegularizerParams},
    run::{
        descent::{Direction, LineSearchOptimizer, SteepestDescent},
        optimizer::{BatchedRule, ConfiguredOptimizer, GradientRule, Optimizer},
    },
    schedules::{ScheduleParams, ScheduledOptimizer, ScheduledRule},
};

pub mod adaptive;
pub mod conjugate;
pub mod first_order;
mod prelude;
pub mod quasi_newton;
mod recorded;
pub mod second_order;
pub mod sign_based;
mod weight_decay;

use first_order::GradientDescent;
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
        // Looks across the weights of a run, so that runs cannot lie side by side.
        optimizer::<adaptive::Adafactor>(),
        directed::<conjugate::ConjugateGradient>(),
        directed::<quasi_newton::Bfgs>(),
        directed::<quasi_newton::Dfp>(),
        directed::<quasi_newton::Sr1>(),
        directed::<quasi_newton::Psb>(),
        directed::<quasi_newton::Lbfgs>(),
        directed::<second_order::Newton>(),
        optimizer::<second_order::HessianDiagonal>(),
        directed::<second_order::GaussNewton>(),
        optimizer::<second_order::LevenbergMarquardt>(),
        Entry {
            about: RecordedOptimizer::ABOUT,
            build: recorded::build,
        },
    ],
};

/// Names of the files that a pick's settings name and whose contents it needs attached.
pub fn files(pick: &Pick) -> Vec<String> {
    REGISTRY
        .find(&pick.id)
        .map_or_else(Vec::new, |entry| entry.about.files(&pick.settings))
}

/// The entry of a gradient rule that treats every weight by itself.
const fn rule<R: Describe + GradientRule>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<R, <R as Optimizer>::State>(R::NEEDS),
        build: |settings: &Settings| side_by_side(R::from_settings(settings)?, settings),
    }
}

/// The entry of an optimizer in general.
const fn optimizer<O: Describe + Optimizer>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<O, O::State>(O::NEEDS),
        build: |settings: &Settings| {
            let recipe = ScheduledOptimizer {
                optimizer: O::from_settings(settings)?,
                schedule: ScheduleParams::from_settings(settings)?.schedule,
            };
            regularized(Box::new(recipe), settings)
        },
    }
}

/// The entry of gradient descent, which takes a line search where its settings name one.
const fn gradient_descent() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<GradientDescent, ()>(&[]),
        build: |settings: &Settings| {
            let mut rule = GradientDescent::from_settings(settings)?;
            match rule.search.take() {
                Some(search) => regularized(
                    Box::new(LineSearchOptimizer(SteepestDescent { search })),
                    settings,
                ),
                None => side_by_side(rule, settings),
            }
        },
    }
}

/// The entry of a direction with its line search.
const fn directed<D: Describe + Direction>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<D, D::State>(D::NEEDS),
        build: |settings: &Settings| {
            let direction = D::from_settings(settings)?;
            regularized(Box::new(LineSearchOptimizer(direction)), settings)
        },
    }
}

/// The description of an optimizer: what is written beside its settings, its state, and what it shares with others.
const fn about<O: Describe, S: Inspect>(needs: &'static [Need]) -> EntryMetadata {
    const { &O::ABOUT }.with(S::CHANNELS, needs, shared(O::PARAMS, needs))
}

/// What an optimizer with these settings and needs takes beside its own settings.
const fn shared(params: &[Param], needs: &[Need]) -> &'static [&'static [Param]] {
    let mut i = 0;
    while i < needs.len() {
        // A penalty is no sum of squares of residuals.
        if matches!(needs[i], Need::Residuals) {
            return &[];
        }
        i += 1;
    }
    let mut i = 0;
    while i < params.len() {
        if let Text::Borrowed(name) = params[i].name
            && matches!(name.as_bytes(), b"learning_rate")
        {
            return &[ScheduleParams::PARAMS, RegularizerParams::PARAMS];
        }
        i += 1;
    }
    &[RegularizerParams::PARAMS]
}

/// A rule with its schedule, if its settings name one: runs march in step either way.
fn side_by_side<R: Params + GradientRule>(
    rule: R,
    settings: &Settings,
) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    let schedule = ScheduleParams::from_settings(settings)?.schedule;
    let rule = ScheduledRule { rule, schedule };
    regularized(Box::new(BatchedRule(rule)), settings)
}

/// A recipe with its penalty, if its settings name one.
fn regularized(
    recipe: Box<dyn ConfiguredOptimizer>,
    settings: &Settings,
) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    Ok(
        match RegularizerParams::from_settings(settings)?.regularizer {
            Some(regularizer) => Box::new(RegularizedOptimizer {
                recipe,
                regularizer,
            }),
            None => recipe,
        },
    )
}
