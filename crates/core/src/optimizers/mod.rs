//! The registry of optimizers. To add an optimizer, write its file in the folder of its family and add a line here.

use crate::{
    Error,
    catalog::{
        DefaultValue, Describe, Entry, EntryMetadata, Param, Params as _, Refusal, Registry,
        Settings, inspect::Inspect, pick::Pick,
    },
    need::Need,
    regularizers::{RegularizedOptimizer, RegularizerParams},
    run::{
        descent::{Direction, LineSearchOptimizer, SteepestDescent},
        optimizer::{ConfiguredOptimizer, GradientRule, Optimizer},
        randomness::BatchParams,
    },
    schedules::{ScheduleParams, ScheduledOptimizer},
};

pub mod adaptive;
pub mod conjugate;
pub mod derivative_free;
pub mod first_order;
pub mod layer_wise;
pub mod matrix;
mod options;
pub mod parameter_free;
mod prelude;
pub mod quasi_newton;
mod recorded;
pub mod second_order;
pub mod sign_based;
pub mod user_rule;
pub mod wrappers;

use first_order::GradientDescent;
pub use options::{ConfiguredRule, OptionsState, RuleWithOptions};
pub(crate) use recorded::replay_for;
pub use recorded::{RecordedOptimizer, check_can_run};
use wrappers::wrapper;
pub(crate) use wrappers::{Described, descriptions, nested, whole};

/// Noun for an entry. Wrappers, which are entries themselves, name the kind of the optimizer that they hold.
const KIND: &str = "optimizer";

/// All optimizers.
pub static REGISTRY: Registry<Box<dyn ConfiguredOptimizer>> = Registry {
    kind: KIND,
    entries: &[
        gradient_descent(),
        rule::<first_order::Momentum>(),
        rule::<first_order::Nesterov>(),
        // Nesterov look-ahead evaluates the gradient at another point than the weights, so it cannot batch runs.
        block_rule::<first_order::NesterovLookahead>(),
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
        // Adafactor combines the weights of a run, so it cannot batch runs.
        block_rule::<adaptive::Adafactor>(),
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
        // The position of an entry determines its color, so later entries follow.
        // Layer-wise and matrix rules combine the weights of a run, so they cannot batch runs.
        block_rule::<adaptive::Came>(),
        block_rule::<adaptive::Sm3>(),
        block_rule::<layer_wise::Lars>(),
        block_rule::<layer_wise::Lamb>(),
        block_rule::<layer_wise::NovoGrad>(),
        block_rule::<layer_wise::Fromage>(),
        block_rule::<matrix::Muon>(),
        block_rule::<matrix::SpectralDescent>(),
        block_rule::<matrix::Shampoo>(),
        block_rule::<matrix::Soap>(),
        block_rule::<matrix::Kron>(),
        block_rule::<matrix::GaLore>(),
        rule::<adaptive::Mars>(),
        wrapper::<wrappers::Lookahead>(),
        wrapper::<wrappers::SharpnessAware>(),
        wrapper::<wrappers::Averaged>(),
        wrapper::<wrappers::Accumulate>(),
        wrapper::<wrappers::Mechanize>(),
        rule::<first_order::Qhm>(),
        rule::<first_order::OptimisticGradientDescent>(),
        rule::<first_order::ScheduleFreeSgd>(),
        rule::<sign_based::Signum>(),
        rule::<adaptive::AdaBelief>(),
        rule::<adaptive::Yogi>(),
        rule::<adaptive::AdEmaMix>(),
        rule::<adaptive::Adopt>(),
        rule::<adaptive::LaProp>(),
        rule::<adaptive::QhAdam>(),
        rule::<adaptive::Adan>(),
        rule::<adaptive::AcProp>(),
        rule::<adaptive::Madgrad>(),
        rule::<adaptive::ScheduleFreeAdamW>(),
        rule::<parameter_free::Cocob>(),
        // As those above, these combine the weights of a run.
        block_rule::<parameter_free::PolyakSgd>(),
        block_rule::<parameter_free::Momo>(),
        block_rule::<parameter_free::MomoAdam>(),
        block_rule::<parameter_free::Dog>(),
        block_rule::<parameter_free::Dowg>(),
        block_rule::<parameter_free::DAdaptAdamW>(),
        block_rule::<parameter_free::Prodigy>(),
        rule::<adaptive::OptimisticAdam>(),
        rule::<first_order::AggMo>(),
        rule::<adaptive::Padam>(),
        rule::<adaptive::AdaBound>(),
        rule::<sign_based::Tiger>(),
        // These two combine the weights of a layer and of a run.
        block_rule::<adaptive::StableAdamW>(),
        block_rule::<adaptive::Swats>(),
        rule::<adaptive::Ftrl>(),
        rule::<adaptive::SimplifiedAdEmaMix>(),
        optimizer::<second_order::Sophia>(),
        optimizer::<second_order::AdaHessian>(),
        line_search_direction::<second_order::NewtonCg>(),
        optimizer::<second_order::TrustRegion>(),
        optimizer::<second_order::CubicNewton>(),
        derivative_free::<derivative_free::NelderMead>(),
        derivative_free::<derivative_free::Powell>(),
        derivative_free::<derivative_free::CmaEs>(),
        derivative_free::<derivative_free::ParticleSwarm>(),
        derivative_free::<derivative_free::DifferentialEvolution>(),
        derivative_free::<derivative_free::RandomSearch>(),
        derivative_free::<derivative_free::SimulatedAnnealing>(),
        Entry {
            about: options::about::<user_rule::UserRule>(),
            build: user_rule::build,
        },
    ],
};

/// Returns the names of the files that the settings of a pick refer to and whose contents must be attached.
pub fn files(pick: &Pick) -> Vec<String> {
    let mut files = Vec::new();
    for (prefix, about) in nested(pick) {
        let own = pick.settings_of_part(&prefix);
        files.extend(about.files(&own));
        if about.is_open {
            files.extend(user_rule::file(&own).map(str::to_owned));
        }
    }
    files
}

/// Returns whether a rule of the user in this pick contains a name, so that `key`, which ends with the name, can be a setting
/// of it.
pub fn has_rule_with(pick: &Pick, key: &str) -> bool {
    let mut rules = nested(pick).into_iter().filter(|(_, about)| about.is_open);
    rules.any(|(prefix, _)| {
        let own = pick.settings_of_part(&prefix);
        key.strip_prefix(&*prefix)
            .is_some_and(|name| user_rule::contains_name(&own, &pick.files, name))
    })
}

/// Returns the keys of settings in this pick that belong to a rule of the user, but whose names its text does not contain.
pub fn settings_without_rule(pick: &Pick) -> Vec<&str> {
    let mut keys = Vec::new();
    for (prefix, _) in nested(pick).iter().filter(|(_, about)| about.is_open) {
        let own = pick.settings_of_part(prefix);
        let named = pick.settings.iter().map(|setting| &*setting.key);
        keys.extend(named.filter(|key| {
            let name = key.strip_prefix(&**prefix).unwrap_or_default();
            user_rule::is_named_by_text(name) && !user_rule::contains_name(&own, &pick.files, name)
        }));
    }
    keys
}

/// Returns the descriptions of the rules of users in a pick, each with the beginning of the keys of its settings. A description
/// contains the settings that the text of the rule names. An invalid pick has none.
pub fn described_rules(pick: &Pick) -> Vec<(String, EntryMetadata)> {
    if nested(pick).iter().all(|(_, about)| !about.is_open) {
        return Vec::new();
    }
    let built = REGISTRY.build(pick, None);
    let all = built.map_or(Vec::new(), |recipe| descriptions(pick, &*recipe));
    let rules = all.into_iter().filter(|one| one.about.is_open);
    rules
        .map(|one| (one.prefix, one.about.into_owned()))
        .collect()
}

/// Returns the keys of the seeds whose default is the seed of the experiment: that of the optimizer, and those of optimizers inside
/// of wrappers.
pub(crate) fn optional_seeds(pick: &Pick) -> Vec<String> {
    let entries = nested(pick).into_iter();
    let seeds = entries.filter(|(_, about)| {
        about
            .setting("seed")
            .is_some_and(|seed| seed.preset == DefaultValue::None)
    });
    seeds.map(|(prefix, _)| format!("{prefix}seed")).collect()
}

/// Returns the entry of a gradient rule that treats the weights independently.
const fn rule<R: Describe + GradientRule>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: options::about::<R>(),
        build: |settings: &Settings| configured_rule(R::from_settings(settings)?, settings, true),
    }
}

/// Returns the entry of a gradient rule whose runs cannot be batched, such as one that combines the weights of a block.
const fn block_rule<R: Describe + GradientRule>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: options::about::<R>(),
        build: |settings: &Settings| configured_rule(R::from_settings(settings)?, settings, false),
    }
}

/// Returns the entry of any other optimizer.
const fn optimizer<O: Describe + Optimizer>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<O, O::State>(O::NEEDS),
        build: |settings: &Settings| {
            let scheduled = ScheduledOptimizer {
                optimizer: O::from_settings(settings)?,
                schedule: ScheduleParams::from_settings(settings)?.schedule,
            };
            regularized(Box::new(scheduled), settings)
        },
    }
}

/// Returns the entry of an optimizer that evaluates only the loss.
const fn derivative_free<O: Describe + Optimizer>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    const REFUSED: &[Refusal] = &[Refusal {
        settings: options::GRADIENT_SETTINGS,
        why: "it evaluates only the loss and has no gradient and no learning rate",
    }];
    Entry {
        about: const { &O::ABOUT }.with(
            O::State::CHANNELS,
            O::NEEDS,
            shared(O::PARAMS, O::NEEDS),
            REFUSED,
        ),
        build: |settings: &Settings| regularized(Box::new(O::from_settings(settings)?), settings),
    }
}

/// Returns the entry of gradient descent, which uses a line search if its settings name one.
const fn gradient_descent() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: options::about::<GradientDescent>(),
        build: |settings: &Settings| {
            let mut rule = GradientDescent::from_settings(settings)?;
            match rule.search.take() {
                Some(search) => regularized(
                    Box::new(LineSearchOptimizer(SteepestDescent { search })),
                    settings,
                ),
                None => configured_rule(rule, settings, true),
            }
        },
    }
}

/// Returns the entry of a search direction with its line search.
const fn line_search_direction<D: Describe + Direction>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: about::<D, D::State>(D::NEEDS),
        build: |settings: &Settings| {
            let direction = D::from_settings(settings)?;
            regularized(Box::new(LineSearchOptimizer(direction)), settings)
        },
    }
}

/// Returns the description of an optimizer without options: its settings, its state, and the shared settings.
const fn about<O: Describe, S: Inspect>(needs: &'static [Need]) -> EntryMetadata {
    const { &O::ABOUT }.with(S::CHANNELS, needs, shared(O::PARAMS, needs), &[])
}

/// Returns the shared settings of an optimizer with these settings and needs.
const fn shared(params: &[Param], needs: &[Need]) -> &'static [&'static [Param]] {
    let mut i = 0;
    while i < needs.len() {
        // A penalty cannot be added to residuals.
        if matches!(needs[i], Need::Residuals) {
            return &[BatchParams::PARAMS];
        }
        i += 1;
    }
    if options::has_setting(params, b"learning_rate") {
        &[
            ScheduleParams::PARAMS,
            RegularizerParams::PARAMS,
            BatchParams::PARAMS,
        ]
    } else {
        &[RegularizerParams::PARAMS, BatchParams::PARAMS]
    }
}

/// Returns a rule with the schedule, the options, and the regularizer that its settings name.
fn configured_rule<R: Describe + GradientRule>(
    rule: R,
    settings: &Settings,
    batches: bool,
) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    let rule = options::configured(rule, settings, batches)?;
    regularized(Box::new(rule), settings)
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
