//! Explains a step in words: what happened and why, then the calculation, then the details.
//!
//! The optimizer states the reasons. All other sentences follow from the shape and the quantity of each channel of its state,
//! so a new optimizer needs no text here. The figure of one step and the page show the same text.

mod channels;
mod explanation;
mod pieces;
mod sum;
mod terms;
mod why;

pub use explanation::{ending, explanation};
use pieces::{
    capitalize, distinct_tuple, format_distinct, length, name_in_sentence, number, tuple,
};
use std::borrow::Cow;
pub use terms::StepTerm;
use thalweg::{
    contender::ComparedOptimizer,
    inspect::Quantity,
    linalg::difference,
    objective::Objective,
    optimizer::{StepContext, options::StepOptions},
    trace::Trace,
};
use thalweg_plot::text;

/// Digits of a loss, which changes little from step to step near the end of a run.
const LOSS_DIGITS: u8 = 6;
/// A vector with more components is not written out.
const MAX_WRITTEN_NUMBERS: usize = 6;

/// The explanation of one step of a run.
pub struct StepNarrative<'a> {
    trace: &'a Trace,
    names: &'a [String],
    epoch: usize,
    /// What distinguishes the gradient that the optimizer uses from that of the loss, if anything does.
    other_gradient: Option<Cow<'static, str>>,
    /// The gradient (dim) before the step; at epoch 0, before the first step.
    pub gradient: Vec<f64>,
    /// The gradient (dim) that the formulas of the optimizer use: `gradient`, changed by the regularizer and the options.
    used: Vec<f64>,
    /// The gradient (dim) one step earlier, if the optimizer used both exact gradients.
    before: Option<Vec<f64>>,
    contender: Option<&'a ComparedOptimizer>,
}

/// Describes what an optimizer adds to the gradient of the loss; empty if it adds nothing.
fn additions(contender: &ComparedOptimizer) -> String {
    let options = contender.options();
    let added = [
        ("that of the regularizer", contender.regularizer().is_some()),
        (
            "a multiple of its last change",
            options.is_some_and(|all| all.variance_reduction != 0.0),
        ),
        (
            "the weight decay",
            options.is_some_and(StepOptions::decays_gradient),
        ),
    ];
    let added = added.into_iter().filter(|(_, is_added)| *is_added);
    let added: Vec<&str> = added.map(|(words, _)| words).collect();
    added.join(" and ")
}

impl<'a> StepNarrative<'a> {
    /// Creates the explanation of the step that led to `epoch`, or of the initial point if `epoch` is 0.
    ///
    /// `names` are the names of the weights (dim). `is_exact` states that the optimizer used the exact gradient, without
    /// mini-batches and noise.
    pub fn new(
        objective: &dyn Objective,
        names: &'a [String],
        trace: &'a Trace,
        epoch: usize,
        is_exact: bool,
    ) -> Self {
        let gradient = |epoch: usize| {
            let mut g = vec![0.0; trace.dim];
            objective.value_and_gradient(trace.at(epoch), &mut g);
            g
        };
        let at_start = gradient(epoch.saturating_sub(1));
        let other = (!is_exact).then_some("that of a mini-batch, or one with noise".into());
        Self {
            trace,
            names,
            epoch,
            other_gradient: other,
            used: at_start.clone(),
            gradient: at_start,
            before: (is_exact && epoch > 1).then(|| gradient(epoch - 2)),
            contender: None,
        }
    }

    /// Adds the reasons of the optimizer that made the step.
    #[must_use]
    pub fn with_optimizer(self, contender: &'a ComparedOptimizer) -> Self {
        let additions = additions(contender);
        let is_exact = self.other_gradient.is_none();
        let addition = (!additions.is_empty()).then(|| format!("it includes {additions}"));
        let mut added = Self {
            contender: Some(contender),
            before: self.before.filter(|_| addition.is_none()),
            other_gradient: self.other_gradient.or(addition.map(Cow::Owned)),
            ..self
        };
        // An optimizer with another point than the weights may evaluate the gradient there.
        let mut inner = added.trace.inner.iter();
        let has_point = inner.any(|series| series.channel.quantity == Quantity::Position);
        if is_exact && !has_point {
            added.used = added.changed_gradient(contender);
            if added.used == added.gradient {
                // What the optimizer adds is zero at this step.
                added.other_gradient = None;
            }
        }
        let clips = contender.options().is_some_and(|all| all.clip.is_some());
        if clips {
            added.add_clip(has_point);
        }
        added
    }

    /// Returns the gradient that the rule of the optimizer used: with the penalty, and changed by the options.
    fn changed_gradient(&self, contender: &ComparedOptimizer) -> Vec<f64> {
        let (mut used, last) = (self.gradient.clone(), self.epoch.saturating_sub(1));
        let weights = self.trace.at(last);
        if let Some(regularizer) = contender.regularizer() {
            regularizer.add_gradient(weights, &mut used);
        }
        let here = StepContext {
            weights,
            losses: &self.trace.losses[last..=last],
            epoch: last as u64,
            blocks: &self.trace.blocks,
        };
        if let Some(options) = contender.options() {
            let mut memory = options.memory(used.len());
            if let Some(series) = self.trace.series("remembered_gradient") {
                memory.remembered_gradient = series.at(last).to_vec();
            }
            options.change_gradient(&mut used, here, &mut memory);
        }
        used
    }

    /// Reports that the gradient is clipped. `has_point` states that it is evaluated at another point than the weights.
    fn add_clip(&mut self, has_point: bool) {
        match &mut self.other_gradient {
            Some(other) => other.to_mut().push_str(", and it may be clipped"),
            None if has_point => self.other_gradient = Some("it may be clipped".into()),
            None if self.used == self.gradient => {}
            None => {
                let numbers = if self.used.len() > MAX_WRITTEN_NUMBERS {
                    format!("with the norm {}", length(&self.used))
                } else {
                    tuple(&self.used)
                };
                self.other_gradient = Some(format!("it is clipped to {numbers}").into());
            }
        }
    }

    /// Returns one paragraph per statement. The first one says what happened and why.
    pub fn paragraphs(&self) -> Vec<String> {
        if self.epoch == 0 {
            return vec![self.initial_point(), self.slope()];
        }
        let (mut causes, mut details) = (Vec::new(), Vec::new());
        let equations = self.reasons(&mut causes);
        for series in &self.trace.inner {
            self.channel(series, &mut causes, &mut details);
        }
        let loss = self.loss_change();
        let mut causes = causes.iter();
        let first = match causes.next() {
            Some(cause) => format!("{cause}. {}", capitalize(&loss)),
            None => loss,
        };
        let mut all = vec![format!("Step {}: {first}.", self.epoch)];
        all.extend(causes.map(|cause| capitalize(cause) + "."));
        if !equations.is_empty() {
            all.push(format!("Calculation: {}.", equations.join(", ")));
        }
        all.extend([self.movement(), self.slope()]);
        all.extend(details);
        all.extend(self.search());
        all
    }

    fn initial_point(&self) -> String {
        let loss = text::number(self.trace.losses[0], LOSS_DIGITS);
        let at = if self.trace.dim <= MAX_WRITTEN_NUMBERS {
            format!(" {}", tuple(self.trace.at(0)))
        } else {
            String::new()
        };
        format!("At the initial point{at}, the loss is {loss}.")
    }

    fn loss_change(&self) -> String {
        let [before, after] = [self.epoch - 1, self.epoch].map(|e| self.trace.losses[e]);
        let [was, is] = format_distinct([before, after], LOSS_DIGITS);
        if !after.is_finite() {
            format!("the loss was {was} and is no longer finite")
        } else if after == before {
            format!("the loss stays at {is}")
        } else {
            let verb = if after < before { "falls" } else { "rises" };
            format!("the loss {verb} from {was} to {is}")
        }
    }

    fn movement(&self) -> String {
        let (trace, step) = (self.trace, self.displacement());
        if trace.dim > MAX_WRITTEN_NUMBERS {
            return format!("The step has length {}.", length(&step));
        }
        let to = distinct_tuple(trace.at(self.epoch), trace.at(self.epoch - 1));
        format!("The step is {} and leads to {to}.", tuple(&step))
    }

    fn displacement(&self) -> Vec<f64> {
        difference(self.trace.at(self.epoch), self.trace.at(self.epoch - 1))
    }

    /// Describes the gradient before the step, and which of its components have changed their signs.
    fn slope(&self) -> String {
        let g = &self.gradient;
        let place = ["there", "before the step"][self.epoch.min(1)];
        let norm = length(g);
        if g.len() > MAX_WRITTEN_NUMBERS {
            return format!("The gradient {place} has the norm {norm}.") + &self.caveat();
        }
        let mut words = format!("The gradient {place} is {}; its norm is {norm}.", tuple(g));
        if let Some(before) = &self.before {
            let turned = self.weights(&|i| g[i] * before[i] < 0.0);
            let sentence = match &*turned {
                [] => " No component of the gradient changed its sign.".to_owned(),
                [one] => format!(" The component of {one} changed its sign."),
                many => format!(
                    " The components of {} changed their signs.",
                    many.join(" and ")
                ),
            };
            words.push_str(&sentence);
        }
        words + &self.caveat()
    }

    fn caveat(&self) -> String {
        if self.contender.is_some_and(|one| !one.uses_gradient()) {
            return " The optimizer does not use it.".to_owned();
        }
        self.other_gradient.as_ref().map_or(String::new(), |other| {
            format!(" The optimizer uses another gradient: {other}.")
        })
    }

    /// Returns the names of the weights that fulfill a condition, as they appear in a sentence.
    fn weights(&self, are: &dyn Fn(usize) -> bool) -> Vec<String> {
        let chosen = (0..self.names.len()).filter(|i| are(*i));
        chosen.map(|i| name_in_sentence(&self.names[i])).collect()
    }

    /// Describes the line search of the step, or whether a proposed step was accepted, if there was one.
    pub fn search(&self) -> Option<String> {
        let trials = &self.trace.trials[self.epoch];
        if let [proposal] = &trials[..]
            && proposal.step == 0.0
        {
            let outcome = if proposal.weights == self.trace.at(self.epoch) {
                "accepted"
            } else {
                "rejected"
            };
            let loss = number(proposal.loss);
            return Some(format!(
                "The proposed step leads to the loss {loss} and is {outcome}."
            ));
        }
        let losses = trials.iter().map(|t| t.loss).filter(|v| v.is_finite());
        let lowest = losses.fold(f64::INFINITY, f64::min);
        let to = self.trace.at(self.epoch);
        let taken = trials.iter().rev().find(|t| t.weights == to);
        let tried = match trials.len() {
            0 => return None,
            1 => "one point".to_owned(),
            count => format!("{count} points"),
        };
        let chosen = match taken {
            None if trials.len() == 1 => "chose another one".to_owned(),
            None => "chose a point between them".to_owned(),
            Some(taken) => {
                let which = match trials.len() {
                    1 => "it",
                    _ if taken.loss <= lowest => "the one with the lowest loss",
                    _ => "one whose loss is not the lowest",
                };
                format!(
                    "chose {which}, at {} times the direction",
                    number(taken.step)
                )
            }
        };
        Some(format!("The line search tried {tried} and {chosen}."))
    }
}
