//! Explains a step in words: what happened and why, then the calculation, then the details.
//!
//! The optimizer states the reasons. All other sentences follow from the shape and the quantity of each channel of its state,
//! so a new optimizer needs no text here. The figure of one step and the page show the same text.

mod explanation;
mod pieces;
mod sum;
mod terms;
mod why;

use crate::form::symmetric;
pub use explanation::{ending, explanation};
use pieces::{
    DIGITS, almost_equal, capitalize, channel_help, curvature, deviations, distinct_tuple,
    format_distinct, length, matrix_rows, name_in_sentence, number, points, tuple,
};
use std::borrow::Cow;
pub use terms::StepTerm;
use thalweg::{
    blocks::shapes,
    contender::ComparedOptimizer,
    inspect::{Quantity, Shape},
    linalg::difference,
    objective::Objective,
    optimizer::{StepContext, options::StepOptions},
    trace::{Series, Trace},
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

    /// Describes a channel after the step. Changes of step sizes are causes; the most important ones come first.
    fn channel(&self, series: &Series, causes: &mut Vec<String>, details: &mut Vec<String>) {
        let (then, now) = (series.at(self.epoch - 1), series.at(self.epoch));
        let (shape, quantity) = (series.channel.shape, series.channel.quantity);
        // A channel that has always been zero contains no information yet.
        let is_zero = |row: &[f64]| row.iter().all(|v| *v == 0.0);
        // The reason of the step describes its case.
        if quantity == Quantity::Case
            || now.is_empty()
            || now.len() > MAX_WRITTEN_NUMBERS
            || is_zero(now) && is_zero(then)
        {
            return;
        }
        if shape == Shape::Vector && quantity == Quantity::StepSize {
            let changes = (0..now.len()).map(|i| self.step_size(i, then[i], now[i]));
            let (main, others): (Vec<_>, Vec<_>) = changes.partition(|(is_main, _)| *is_main);
            causes.splice(0..0, main.into_iter().map(|(_, cause)| cause));
            causes.extend(others.into_iter().map(|(_, cause)| cause));
            return;
        }
        let mut value = self.value_of(shape, quantity, now);
        let more = match quantity {
            _ if is_zero(now) || matches!(shape, Shape::LeftFactors | Shape::RightFactors) => {
                String::new()
            }
            Quantity::GradientSquared => {
                if self.epoch == 1 {
                    value = format!("{value}, initially {}", tuple(then));
                }
                let roots: Vec<f64> = now.iter().map(|v| v.sqrt()).collect();
                let roots = tuple(&roots);
                format!("; its square root, {roots}, has the unit of the gradient")
            }
            Quantity::Curvature | Quantity::InverseCurvature => {
                // The diagonal alone does not determine the curvature in other directions.
                let matrix = symmetric(shape, now).filter(|_| shape == Shape::Matrix);
                matrix.map_or(String::new(), |m| curvature(m, quantity))
            }
            Quantity::Covariance => deviations(shape, now),
            Quantity::Displacement | Quantity::Position | Quantity::Gradient => String::new(),
            // Before the first step the value may be undefined.
            _ if !then.iter().all(|v| v.is_finite()) => String::new(),
            _ if now == then => ["", ", unchanged"][usize::from(self.epoch > 1)].to_owned(),
            _ => {
                let when = ["initially", "one step earlier"][usize::from(self.epoch > 1)];
                value = distinct_tuple(now, then);
                format!("; {when} {}", distinct_tuple(then, now))
            }
        };
        // A remembered gradient is zero without a meaning if the gradient of the step is not.
        let mut pairs = now.iter().zip(&self.gradient);
        let is_reset = quantity == Quantity::Gradient && pairs.any(|(v, g)| *v == 0.0 && *g != 0.0);
        let help = channel_help(&series.channel.help, is_reset);
        details.push(format!("{help}: {value}{more}."));
    }

    /// Writes the value `now` of a channel after the step.
    fn value_of(&self, shape: Shape, quantity: Quantity, now: &[f64]) -> String {
        match (shape, quantity) {
            (Shape::Matrix, _) => matrix_rows(now, self.trace.dim),
            (Shape::Points | Shape::Simplex, _) => points(now, self.trace.dim),
            (Shape::LeftFactors | Shape::RightFactors, _) => self.factors(shape, now),
            (_, Quantity::Displacement) if almost_equal(now, &self.displacement()) => {
                "equal to the step".to_owned()
            }
            (_, Quantity::Position) if almost_equal(now, self.trace.at(self.epoch)) => {
                "equal to the weights after the step".to_owned()
            }
            (Shape::Vector, Quantity::Gradient) if now == self.gradient => {
                "equal to the gradient above".to_owned()
            }
            _ => tuple(now),
        }
    }

    /// Writes the square factors of the blocks, those of a block row by row.
    fn factors(&self, shape: Shape, numbers: &[f64]) -> String {
        let (dim, mut rest, mut all) = (self.trace.dim, numbers, Vec::new());
        for side in shape.sides(dim, shapes(&self.trace.blocks, dim)) {
            let (matrix, more) = rest.split_at(side * side);
            all.push(matrix_rows(matrix, side));
            rest = more;
        }
        all.join(", then ")
    }

    /// Returns the numbers of a weight before and after the step in the channels of a quantity.
    fn changes(&self, quantity: Quantity, i: usize) -> impl Iterator<Item = [f64; 2]> {
        let inner = self.trace.inner.iter();
        let inner = inner.filter(move |s| s.channel.quantity == quantity);
        inner.filter_map(move |s| {
            let row = |epoch: usize| s.at(epoch).get(i).copied();
            Some([row(self.epoch - 1)?, row(self.epoch)?])
        })
    }

    /// Returns whether an optimizer with step sizes reverses the last step of a weight and resets its remembered gradient.
    fn is_undone(&self, i: usize) -> bool {
        let mut moves = self.changes(Quantity::Displacement, i);
        self.changes(Quantity::StepSize, i).next().is_some()
            && self
                .changes(Quantity::Gradient, i)
                .any(|[_, now]| now == 0.0)
            && moves.any(|[then, now]| now != 0.0 && now == -then)
    }

    /// Returns why a weight's step size stays, as the rest of a sentence.
    fn why_unchanged(&self, i: usize) -> String {
        let is_zero = |g: &[f64]| self.other_gradient.is_none() && g[i] == 0.0;
        let is_reset = self
            .changes(Quantity::Gradient, i)
            .any(|[then, _]| then == 0.0);
        if is_zero(&self.gradient) {
            " because its gradient is zero".to_owned()
        } else if !is_reset {
            String::new()
        } else if self.epoch == 1 {
            " because there is no earlier sign to compare with".to_owned()
        } else if self.before.as_ref().is_some_and(|g| is_zero(g)) {
            " because its last gradient was zero".to_owned()
        } else {
            let [from, to] = [2, 1].map(|ago| self.trace.at(self.epoch - ago)[i]);
            let last = self.epoch - 1;
            let what = if from == to {
                "left the weight in place"
            } else {
                "undid its last step"
            };
            format!(" because step {last} {what} and remembered no sign")
        }
    }

    /// Describes the change of a weight's step size, and whether it is a main cause: a changed sign of the gradient.
    fn step_size(&self, i: usize, then: f64, now: f64) -> (bool, String) {
        let name = name_in_sentence(&self.names[i]);
        let [from, to] = format_distinct([then, now], DIGITS);
        let is_undone = self.is_undone(i);
        let undone = if is_undone {
            " and its last step is undone"
        } else {
            ""
        };
        let setting = |name| self.contender.and_then(|one| one.number(name));
        let limits = [("max_step", "maximum"), ("min_step", "minimum")];
        let limit = limits.iter().find(|(name, _)| setting(name) == Some(now));
        if now == then {
            let limit = limit.map_or(String::new(), |(_, limit)| format!(", its {limit},"));
            let reason = if is_undone {
                undone.to_owned()
            } else {
                self.why_unchanged(i)
            };
            let words = format!("the step size of {name} stays {to}{limit}{reason}");
            return (is_undone, words.trim_end_matches(',').to_owned());
        }
        let before = self.before.as_ref();
        let signs = before.map_or(0.0, |before| self.gradient[i] * before[i]);
        let has_turned = signs < 0.0 && now < then;
        let what = if has_turned {
            format!("the gradient of {name} changed its sign, so its step size")
        } else if signs > 0.0 && now > then {
            format!("the gradient of {name} kept its sign, so its step size")
        } else {
            format!("the step size of {name}")
        };
        let change = if let Some((_, limit)) = limit {
            format!("is set to its {limit}")
        } else if now == then / 2.0 {
            "is halved".to_owned()
        } else if then == 0.0 {
            "grows".to_owned()
        } else {
            format!("is multiplied by {}", text::number(now / then, 3))
        };
        (
            has_turned,
            format!("{what} {change} ({from} to {to}){undone}"),
        )
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
