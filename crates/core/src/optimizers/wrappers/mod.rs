//! Wrappers: optimizers that hold another one and change its gradient or its path.
//!
//! A wrapper is one file and one line in the registry. It can hold another wrapper.

use super::{KIND, REGISTRY};
use crate::{
    Error,
    catalog::{
        Describe, Entry, EntryMetadata, Family, Kind, Param, Params as _, ResolvedSetting, Setting,
        Settings, Text,
        inspect::{Channel, Inspect, StepReason},
        pick::Pick,
    },
    need::Need,
    objective::Objective,
    run::{
        optimizer::{ConfiguredOptimizer, StepOutcome, Stepper},
        oracle::Oracle,
        randomness::BatchParams,
    },
};
use std::{borrow::Cow, iter::successors, sync::Arc};

mod accumulate;
mod averaged;
mod lookahead;
mod mechanize;
mod sharpness_aware;

pub use self::{
    accumulate::Accumulate,
    averaged::{AverageKind, Averaged, ReportedPoint},
    lookahead::Lookahead,
    mechanize::Mechanize,
    sharpness_aware::SharpnessAware,
};

/// The key of the wrapped optimizer.
const OF: &str = "of";

/// An optimizer that holds another one.
pub trait Wrapper: Clone + Send + Sync + 'static {
    /// The state of the wrapper, without that of the wrapped optimizer.
    type State: Inspect + Clone + Send;

    /// Whether the wrapped optimizer must use one gradient per step, without a line search or second derivatives.
    const NEEDS_GRADIENT_RULE: bool;

    /// Returns the wrapped optimizer.
    fn of(&self) -> &Arc<dyn ConfiguredOptimizer>;

    /// Returns the state before the first step from `w` (dim).
    fn begin(&self, w: &[f64]) -> Self::State;

    /// Updates the weights `w` (dim) by one step, with the wrapped optimizer `inner`.
    fn step(
        &self,
        w: &mut [f64],
        state: &mut Self::State,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> StepOutcome;

    /// Writes the gradient that a step from `w` would use into `g` (both dim), without a step, and returns the loss.
    fn evaluate_gradient(
        &self,
        w: &[f64],
        g: &mut [f64],
        _state: &mut Self::State,
        inner: &mut Box<dyn Stepper>,
        oracle: &mut Oracle,
    ) -> f64 {
        inner.evaluate_gradient(w, g, oracle)
    }

    /// Returns whether the wrapper depends only on the weights and its channels, and not on the number of the step.
    fn is_autonomous(&self) -> bool;
}

/// A wrapper with the wrapped optimizer, ready to run.
pub struct ConfiguredWrapper<W>(pub W);

impl<W: Wrapper> ConfiguredOptimizer for ConfiguredWrapper<W> {
    fn start(&self, w: &[f64], oracle: &mut Oracle) -> Box<dyn Stepper> {
        Box::new(RunningWrapper {
            inner: self.0.of().start(w, oracle),
            state: self.0.begin(w),
            wrapper: self.0.clone(),
        })
    }

    fn resolved_settings(&self, objective: &dyn Objective) -> Vec<ResolvedSetting> {
        let mut inner = self.0.of().resolved_settings(objective);
        for setting in &mut inner {
            setting.key = format!("{OF}.{}", setting.key).into();
        }
        inner
    }

    fn is_gradient_rule(&self) -> bool {
        self.0.of().is_gradient_rule()
    }

    fn wrapped(&self) -> Option<&dyn ConfiguredOptimizer> {
        Some(&**self.0.of())
    }
}

struct RunningWrapper<W: Wrapper> {
    wrapper: W,
    state: W::State,
    inner: Box<dyn Stepper>,
}

impl<W: Wrapper> Stepper for RunningWrapper<W> {
    fn step(&mut self, w: &mut [f64], oracle: &mut Oracle) -> StepOutcome {
        self.wrapper
            .step(w, &mut self.state, &mut self.inner, oracle)
    }

    fn evaluate_gradient(&mut self, w: &[f64], g: &mut [f64], oracle: &mut Oracle) -> f64 {
        self.wrapper
            .evaluate_gradient(w, g, &mut self.state, &mut self.inner, oracle)
    }

    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        self.inner.read(&mut |channel, numbers| {
            if is_own::<W::State>(channel) {
                visit(&renamed(channel), numbers);
            } else {
                visit(channel, numbers);
            }
        });
        self.state.read(visit);
    }

    fn needs(&self) -> &[Need] {
        self.inner.needs()
    }

    fn is_autonomous(&self) -> bool {
        self.wrapper.is_autonomous() && self.inner.is_autonomous()
    }
}

fn is_own<S: Inspect>(channel: &Channel) -> bool {
    S::CHANNELS.iter().any(|own| own.name == channel.name)
}

/// Returns a channel of the wrapped optimizer with another name, because the wrapper has one of this name.
fn renamed(channel: &Channel) -> Channel {
    Channel {
        name: format!("{OF}_{}", channel.name).into(),
        ..channel.clone()
    }
}

/// Returns the entry of a wrapper.
pub(super) const fn wrapper<W: Describe + Wrapper>() -> Entry<Box<dyn ConfiguredOptimizer>> {
    Entry {
        about: const { &W::ABOUT }.with(W::State::CHANNELS, &[], &[BatchParams::PARAMS], &[]),
        build: |settings: &Settings| {
            let wrapper = W::from_settings(settings)?;
            if W::NEEDS_GRADIENT_RULE && !wrapper.of().is_gradient_rule() {
                let of = settings.text_of(&W::PARAMS[0]).unwrap_or_default();
                let message = format!(
                    "`{}` cannot hold `{of}`: it needs an optimizer that uses one gradient per step, without a line \
                     search or second derivatives; choose one such as adam",
                    W::ABOUT.id
                );
                let error = Box::new(Error::Settings(message));
                return Err(Box::new(Error::Blame { key: OF, error }));
            }
            check_follows_weights::<W>(settings)?;
            Ok(Box::new(ConfiguredWrapper(wrapper)))
        },
    }
}

/// Checks that the wrapped optimizer continues from the weights, which the wrapper can change.
fn check_follows_weights<W: Describe>(settings: &Settings) -> Result<(), Box<Error>> {
    let of = settings.text_of(&W::PARAMS[0]).unwrap_or_default();
    let family = REGISTRY.find(of).and_then(|entry| entry.about.family);
    if family != Some(Family::DerivativeFree) {
        return Ok(());
    }
    let message = format!(
        "`{}` cannot hold `{of}`: a derivative-free optimizer continues from points of its own instead of the weights; \
         choose another one, such as adam",
        W::ABOUT.id
    );
    let error = Box::new(Error::Settings(message));
    Err(Box::new(Error::Blame { key: OF, error }))
}

/// The setting that selects the wrapped optimizer.
impl Setting for Arc<dyn ConfiguredOptimizer> {
    const KIND: Kind = Kind::Part(Text::Borrowed(KIND));

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        if settings.text_of(param) == Some("recorded") {
            return Err(Error::Settings(
                "a wrapper cannot hold a recorded run, which makes no steps of its own; choose an optimizer such as adam"
                    .to_owned(),
            ));
        }
        let batch = format!("{}.batch", param.name);
        if let Some(error) = settings.refuse(&batch, "has no effect: give `batch` without `of.`") {
            return Err(error);
        }
        settings.part(param, &REGISTRY, None).map(Self::from)
    }
}

/// Returns the entry that a pick selects, and those inside of it if it is a wrapper, the outermost one first, each with the
/// beginning of the keys of its settings, such as `of.`.
pub(crate) fn nested(pick: &Pick) -> Vec<(String, &'static EntryMetadata)> {
    let (mut entries, mut prefix, mut id) = (Vec::new(), String::new(), pick.id.clone());
    while let Some(Entry { about, .. }) = REGISTRY.find(&id) {
        entries.push((prefix.clone(), about));
        let Some(of) = about.setting(OF) else {
            break;
        };
        let key = format!("{prefix}{OF}");
        let mut settings = pick.settings.iter();
        // A value without a key belongs to the first setting, which is the wrapped optimizer.
        let given = settings.find(|s| s.key == key || s.key.is_empty() && key == OF);
        id = given.map_or_else(|| of.preset.to_string(), |s| s.value.clone());
        prefix = format!("{key}.");
    }
    entries
}

/// Returns the descriptions of the optimizer that a pick selects and of those inside of it if it is a wrapper, the outermost one
/// first, each with the beginning of the keys of its settings. That of a rule contains the settings and the variables of its text.
pub(crate) fn descriptions(pick: &Pick, recipe: &dyn ConfiguredOptimizer) -> Vec<Described> {
    let recipes = successors(Some(recipe), |recipe| recipe.wrapped());
    let entries = nested(pick).into_iter().zip(recipes);
    let described = entries.map(|((prefix, about), recipe)| Described {
        prefix,
        about: described(about, recipe),
    });
    described.collect()
}

/// The description of an optimizer that a pick selects.
#[derive(Clone)]
pub(crate) struct Described {
    /// The beginning of the keys of its settings, such as `of.`.
    pub(crate) prefix: String,
    /// Its description.
    pub(crate) about: Cow<'static, EntryMetadata>,
}

/// Returns the description of a whole optimizer from those of [`descriptions`]: that of a wrapper contains the channels, the needs,
/// and the reasons of the wrapped one.
pub(crate) fn whole(descriptions: &[Described]) -> Option<Cow<'static, EntryMetadata>> {
    let (innermost, wrappers) = descriptions.split_last()?;
    let wrappers = wrappers.iter().rev();
    Some(wrappers.fold(innermost.about.clone(), |part, wrapper| {
        Cow::Owned(combined(&wrapper.about, &part))
    }))
}

/// Returns the description of an optimizer, without that of a wrapped one.
fn described(
    about: &'static EntryMetadata,
    recipe: &dyn ConfiguredOptimizer,
) -> Cow<'static, EntryMetadata> {
    let own = recipe.description(about);
    let mut described = own.map_or(Cow::Borrowed(about), Cow::Owned);
    // Most rules have no such option, and a description is expensive to copy.
    if let Some(options) = recipe.options().filter(|options| options.change_steps()) {
        let has_rate = about.setting("learning_rate").is_some();
        described.to_mut().why = options.reasons(&described.why, has_rate).into();
    }
    described
}

/// Returns the description of a wrapper around an optimizer.
fn combined(about: &EntryMetadata, part: &EntryMetadata) -> EntryMetadata {
    let is_own = |channel: &Channel| about.channels.iter().any(|own| own.name == channel.name);
    let inner = part.channels.iter();
    let inner = inner.map(|channel| {
        if is_own(channel) {
            renamed(channel)
        } else {
            channel.clone()
        }
    });
    let channels: Vec<Channel> = inner.chain(about.channels.iter().cloned()).collect();
    // The reasons of the wrapper are more special than those of the wrapped optimizer.
    let why: Vec<StepReason> = about.why.iter().chain(&*part.why).cloned().collect();
    EntryMetadata {
        title: format!("{} of {}", about.title, part.title).into(),
        channels: channels.into(),
        why: why.into(),
        needs: part.needs.clone(),
        ..about.clone()
    }
}
