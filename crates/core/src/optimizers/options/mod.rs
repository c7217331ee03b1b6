//! The options that all rules share, as settings, and the rules that use them.
//!
//! Rules do not depend on options: a rule receives the changed gradient, and its displacement is changed afterwards.

mod weight_decay;

use crate::{
    Error,
    catalog::{
        DefaultValue, Describe, EntryMetadata, Param, Params, ResolvedSetting, Settings, Text,
        inspect::{Channel, Inspect, Zeros},
    },
    gradient_clips::GradientClipParams,
    objective::Objective,
    regularizers::RegularizerParams,
    run::{
        optimizer::{
            BatchRunner, ConfiguredOptimizer, GradientRule, Optimizer, StateShape, StepContext,
            Stepper,
            options::{OptionDefaults, OptionMemory, StepOptions},
        },
        oracle::Oracle,
        randomness::BatchParams,
    },
    schedules::{ScheduleParams, ScheduledRule, ScheduledState},
};
use std::marker::PhantomData;
use thalweg_macros::{Describe, vectorized};
use weight_decay::DecoupledParams;

/// The settings of every rule that change its gradient or its displacement. The defaults are those of the rule.
#[derive(Clone, Debug, Describe)]
#[expect(
    dead_code,
    reason = "only the table of its fields is used, with other defaults"
)]
struct OptionParams {
    /// Whether weights stay in place if their step would follow the gradient uphill. The other steps of the block become
    /// longer, so that the mean factor is 1.
    #[param(unless = "search")]
    cautious: Option<bool>,
    /// Scale gamma of the variance reduction of MARS, which adds a multiple of the change of the gradient; 0 for none.
    #[param(valid = 0.0.., slider = 0.0..=0.2, unless = "search")]
    mars: Option<f64>,
}

/// All settings that change a gradient, a displacement, or a learning rate.
pub(super) const GRADIENT_SETTINGS: &[&[Param]] = &[
    weight_decay::SETTINGS,
    OptionParams::PARAMS,
    DecoupledParams::PARAMS,
    GradientClipParams::PARAMS,
    ScheduleParams::PARAMS,
];

/// Returns the settings of the options with the defaults of a rule.
const fn rows(defaults: OptionDefaults) -> [Param; 4] {
    const ROWS: &[Param] = OptionParams::PARAMS;
    [
        weight_decay::coefficient(defaults),
        weight_decay::form(defaults),
        ROWS[0].with_preset(DefaultValue::Text(Text::Borrowed("false"))),
        ROWS[1].with_preset(DefaultValue::Number(defaults.mars)),
    ]
}

/// The tables of the shared settings of a rule.
struct RuleTables<R>(PhantomData<R>);

impl<R: GradientRule + Params> RuleTables<R> {
    const ROWS: &'static [Param] = &rows(R::OPTIONS);
    /// The settings of the options, without the coefficient of a rule that can add the weight decay itself.
    const OPTIONS: &'static [Param] = if has_setting(R::PARAMS, b"weight_decay") {
        Self::ROWS.split_at(1).1
    } else {
        Self::ROWS
    };
    const DECOUPLED: &'static [Param] = if R::OPTIONS.has_decoupled {
        DecoupledParams::PARAMS
    } else {
        &[]
    };
    const SCHEDULE: &'static [Param] = if has_setting(R::PARAMS, b"learning_rate") {
        ScheduleParams::PARAMS
    } else {
        &[]
    };
    const SHARED: &'static [&'static [Param]] = &[
        Self::SCHEDULE,
        Self::OPTIONS,
        Self::DECOUPLED,
        GradientClipParams::PARAMS,
        RegularizerParams::PARAMS,
        BatchParams::PARAMS,
    ];
    const READER: &'static OptionReader = &OptionReader {
        rows: Self::ROWS,
        own: R::PARAMS,
        idle_steps: R::OPTIONS.idle_steps,
    };
}

/// Reads the options of a rule. It does not depend on the type of the rule, so that the program contains it once.
struct OptionReader {
    /// The settings of the options with the defaults of the rule.
    rows: &'static [Param],
    /// The settings of the rule.
    own: &'static [Param],
    idle_steps: u64,
}

/// Returns whether one of these settings has this name.
pub(super) const fn has_setting(params: &[Param], name: &[u8]) -> bool {
    let mut i = 0;
    while i < params.len() {
        if let Text::Borrowed(own) = params[i].name
            && is_equal(own.as_bytes(), name)
        {
            return true;
        }
        i += 1;
    }
    false
}

/// Compares two names; constants cannot use `==`.
const fn is_equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Returns the description of a rule with its options.
pub(super) const fn about<R: Describe + GradientRule>() -> EntryMetadata {
    let channels = <<R as Optimizer>::State as Inspect>::CHANNELS;
    const { &R::ABOUT }.with(channels, R::NEEDS, RuleTables::<R>::SHARED, &[])
}

/// Builds a rule with the schedule and the options that its settings name. `batches` states that runs can be batched.
pub(super) fn configured<R: Describe + GradientRule>(
    mut rule: R,
    settings: &Settings,
    batches: bool,
) -> Result<ConfiguredRule<R>, Box<Error>> {
    let (mut options, unused) = RuleTables::<R>::READER.read(settings)?;
    weight_decay::hand_over(&mut options, &mut rule);
    let mut copy = rule.clone();
    let learning_rate = copy.learning_rate().copied();
    let schedule = ScheduleParams::from_settings(settings)?.schedule;
    let follows_loss = schedule.as_ref().is_some_and(|s| s.follows_loss());
    Ok(ConfiguredRule {
        rule: RuleWithOptions {
            rule: ScheduledRule { rule, schedule },
            learning_rate,
            options,
        },
        unused,
        batches: batches && !follows_loss,
    })
}

impl OptionReader {
    /// Reads the options. The second result names the settings of options that are off.
    fn read(&self, settings: &Settings) -> Result<(StepOptions, Vec<&'static str>), Box<Error>> {
        let [decay, form, cautious, mars] = [0, 1, 2, 3].map(|i| &self.rows[i]);
        let own = self.own.iter().find(|param| param.name == decay.name);
        let options = StepOptions {
            clip: GradientClipParams::from_settings(settings)?.gradient_clip,
            variance_reduction: settings.read::<f64>(mars)? * self.change_factor(settings)?,
            cautious: settings.read(cautious)?,
            weight_decay: settings.read(own.unwrap_or(decay))?,
            weight_decay_form: weight_decay::read_form(settings, form)?,
            idle_steps: self.idle_steps,
        };
        let is_decayed = options.weight_decay != 0.0;
        let has_form = is_decayed && !settings.gives("decoupled");
        let used = [
            (decay, is_decayed),
            (form, has_form),
            (cautious, options.cautious),
            (mars, options.variance_reduction != 0.0),
        ];
        let unused =
            used.into_iter()
                .zip(["weight_decay", "weight_decay_form", "cautious", "mars"]);
        let unused =
            unused.filter(|((param, is_used), _)| !is_used && !settings.gives(&param.name));
        Ok((options, unused.map(|(_, name)| name).collect()))
    }

    /// Returns beta / (1 - beta), the factor of the change of the gradient in MARS. Beta is that of the mean gradient of the
    /// rule.
    fn change_factor(&self, settings: &Settings) -> Result<f64, Box<Error>> {
        const USUAL_BETA: f64 = 0.9;
        let mut own = self.own.iter();
        let beta = match own.find(|param| param.name == "beta1" || param.name == "momentum") {
            Some(param) => settings.read(param)?,
            None => USUAL_BETA,
        };
        Ok(beta / (1.0 - beta))
    }
}

/// A rule with an optional schedule and its options.
#[derive(Clone)]
pub struct RuleWithOptions<R> {
    /// The rule with its schedule.
    pub rule: ScheduledRule<R>,
    /// The learning rate of the rule without a schedule, if the rule has one.
    pub learning_rate: Option<f64>,
    /// The options.
    pub options: StepOptions,
}

/// The state of a rule and the memory of its options.
#[derive(Clone, Debug)]
pub struct OptionsState<S> {
    rule: S,
    memory: OptionMemory,
}

impl<S: Inspect> Inspect for OptionsState<S> {
    const CHANNELS: &'static [Channel] = S::CHANNELS;
    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.rule.read(visit);
        StepOptions::read(&self.memory, visit);
    }
    fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        self.rule.vectors(visit);
        for buffer in [
            &mut self.memory.remembered_gradient,
            &mut self.memory.step_factor,
        ] {
            if !buffer.is_empty() {
                visit(buffer);
            }
        }
    }
}

impl<S: Zeros> Zeros for OptionsState<S> {
    fn zeros(dim: usize, runs: usize) -> Self {
        Self {
            rule: S::zeros(dim, runs),
            memory: OptionMemory::default(),
        }
    }
}

impl<R: GradientRule + Params> GradientRule for RuleWithOptions<R> {
    type State = OptionsState<ScheduledState<R::State>>;

    fn init(&self, w: &[f64], size: StateShape) -> Self::State {
        OptionsState {
            rule: self.rule.init(w, size),
            memory: self.options.memory(w.len()),
        }
    }

    fn gradient_point<'s>(&self, w: &[f64], state: &'s mut Self::State) -> Option<&'s [f64]> {
        self.rule.gradient_point(w, &mut state.rule)
    }

    #[vectorized]
    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut Self::State) {
        self.options.change_gradient(d, here, &mut state.memory);
        self.rule.displace(d, here, &mut state.rule);
        let rate = state.rule.learning_rate().or(self.learning_rate);
        let memory = &mut state.memory;
        self.options.change_displacement(d, here, rate, memory);
    }

    fn is_autonomous(&self) -> bool {
        GradientRule::is_autonomous(&self.rule)
    }

    fn ignores_step_number(&self) -> bool {
        self.rule.ignores_step_number() && self.options.ignore_step_number()
    }
}

/// A rule with its options, ready to run.
#[derive(Clone)]
pub struct ConfiguredRule<R> {
    rule: RuleWithOptions<R>,
    /// Settings of options that are off, which have no effect.
    unused: Vec<&'static str>,
    /// Whether runs can be batched: the rule treats every weight separately.
    batches: bool,
}

impl<R: GradientRule + Params> ConfiguredOptimizer for ConfiguredRule<R> {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        ConfiguredOptimizer::start(&self.rule, w, oracle)
    }

    fn resolved_settings(&self, _: &dyn Objective) -> Vec<ResolvedSetting> {
        let unused = self.unused.iter();
        unused.map(|key| ResolvedSetting::new(key, None)).collect()
    }

    fn description(&self, about: &EntryMetadata) -> Option<EntryMetadata> {
        self.rule.rule.rule.description(about)
    }

    fn options(&self) -> Option<&StepOptions> {
        Some(&self.rule.options)
    }

    fn is_gradient_rule(&self) -> bool {
        true
    }

    fn batch_runner(&self) -> Option<BatchRunner<'_>> {
        if !self.batches {
            return None;
        }
        Some(Box::new(|objective, starts, budget, ends| {
            crate::run::batch::run_batched(&self.rule, objective, starts, budget, ends);
        }))
    }
}
