//! A step in words: why each weight moves as it does, as the optimizer's file says, and a sentence for each thing that it
//! shows, made from shapes and quantities, whatever its name.
//!
//! The figure of one step and the page say the same.

mod pieces;
mod sum;
mod why;

use crate::form::symmetric;
use pieces::{apart, curved, label, length, number, place, rows, same, spoken, tuple};
use thalweg::{
    contender::ComparedOptimizer,
    inspect::{Quantity, Shape},
    linalg::difference,
    objective::Objective,
    trace::{Series, Trace},
};
use thalweg_plot::text;

/// Digits of a loss, which changes little from step to step near its end.
const LOSS_DIGITS: u8 = 6;
/// A vector of more numbers is not written out.
const MOST: usize = 6;

/// One step of a run, to be told.
pub struct StepNarrative<'a> {
    trace: &'a Trace,
    names: &'a [String],
    epoch: usize,
    seen: bool,
    /// The gradient (dim) where the step began; at the start, where the first one will begin.
    pub gradient: Vec<f64>,
    /// The gradient (dim) one step earlier, if the optimizer saw both.
    before: Option<Vec<f64>>,
    contender: Option<&'a ComparedOptimizer>,
}

impl<'a> StepNarrative<'a> {
    /// The step that led to `epoch`, or the start, of a run on `objective`; `names` are those of the weights (dim), and
    /// `seen` tells whether the optimizer saw the gradient itself, not one of a mini-batch or with noise.
    pub fn new(
        objective: &dyn Objective,
        names: &'a [String],
        trace: &'a Trace,
        epoch: usize,
        seen: bool,
    ) -> Self {
        let gradient = |epoch: usize| {
            let mut g = vec![0.0; trace.dim];
            objective.value_and_gradient(trace.at(epoch), &mut g);
            g
        };
        Self {
            trace,
            names,
            epoch,
            seen,
            gradient: gradient(epoch.saturating_sub(1)),
            before: (seen && epoch > 1).then(|| gradient(epoch - 2)),
            contender: None,
        }
    }

    /// The same with the reasons of the optimizer that made the step.
    #[must_use]
    pub fn by(self, contender: &'a ComparedOptimizer) -> Self {
        Self {
            contender: Some(contender),
            ..self
        }
    }

    /// What there is to say, a paragraph for each thing.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut all = vec![self.way(), self.slope()];
        if self.epoch > 0 {
            all.extend(self.reasons());
            for series in &self.trace.inner {
                self.channel(series, &mut all);
            }
            all.extend(self.search());
        }
        all
    }

    /// Where the step led, and what became of the loss.
    fn way(&self) -> String {
        let (trace, epoch) = (self.trace, self.epoch);
        let is_told = trace.dim <= MOST;
        if epoch == 0 {
            let loss = text::number(trace.losses[0], LOSS_DIGITS);
            return if is_told {
                let at = tuple(trace.at(0));
                format!("At the start, {at}, the loss is {loss}.")
            } else {
                format!("At the start the loss is {loss}.")
            };
        }
        let step = self.displacement();
        let moves = if is_told {
            let to = place(trace.at(epoch), trace.at(epoch - 1));
            format!("{} to {to}", tuple(&step))
        } else {
            format!("the length {}", length(&step))
        };
        let (before, after) = (trace.losses[epoch - 1], trace.losses[epoch]);
        let [was, is] = apart([before, after], LOSS_DIGITS);
        let loss = if !after.is_finite() {
            format!(", {was} before, is no finite number any more")
        } else if after == before {
            format!(" stays at {is}")
        } else {
            let way = if after < before { "falls" } else { "rises" };
            format!(" {way} from {was} to {is}")
        };
        format!("Epoch {epoch} moves by {moves}: the loss{loss}.")
    }

    fn displacement(&self) -> Vec<f64> {
        difference(self.trace.at(self.epoch), self.trace.at(self.epoch - 1))
    }

    /// The gradient where the step began, and which of its signs have changed.
    fn slope(&self) -> String {
        let g = &self.gradient;
        let begins = ["there", "where it begins"][self.epoch.min(1)];
        let length = length(g);
        let mut words = if g.len() > MOST {
            format!("The gradient {begins} has the length {length}")
        } else {
            let g = tuple(g);
            format!("The gradient {begins} is {g}, its length {length}")
        };
        if let Some(before) = self.before.as_ref().filter(|_| g.len() <= MOST) {
            let turned = self.weights(&|i| g[i] * before[i] < 0.0);
            let change = match &*turned {
                [] => "; no sign has changed since the epoch before".to_owned(),
                [one] => format!("; that of {one} has changed its sign"),
                many => format!("; those of {} have changed their signs", many.join(" and ")),
            };
            words.push_str(&change);
        }
        words.push('.');
        if !self.seen {
            words.push_str(" The optimizer saw another one: of a mini-batch, or with noise.");
        }
        words
    }

    /// The names of some weights, as they are spoken.
    fn weights(&self, are: &dyn Fn(usize) -> bool) -> Vec<String> {
        let chosen = (0..self.names.len()).filter(|i| are(*i));
        chosen.map(|i| spoken(&self.names[i])).collect()
    }

    /// What a channel shows after the step.
    fn channel(&self, series: &Series, all: &mut Vec<String>) {
        let (then, now) = (series.at(self.epoch - 1), series.at(self.epoch));
        let (shape, quantity) = (series.channel.shape, series.channel.quantity);
        // What has never been anything but zero says nothing.
        let is_zero = |row: &[f64]| row.iter().all(|v| *v == 0.0);
        if now.is_empty() || now.len() > MOST || is_zero(now) && is_zero(then) {
            return;
        }
        if shape == Shape::Vector && quantity == Quantity::StepSize {
            all.extend((0..now.len()).map(|i| self.step_size(i, then[i], now[i])));
            return;
        }
        let said = match (shape, quantity) {
            (Shape::Matrix, _) => rows(now, self.trace.dim),
            (_, Quantity::Displacement) if same(now, &self.displacement()) => {
                "the step itself".to_owned()
            }
            (Shape::Vector, Quantity::Gradient) if now == self.gradient => {
                "the gradient above".to_owned()
            }
            _ => tuple(now),
        };
        let more = match quantity {
            _ if is_zero(now) => String::new(),
            Quantity::GradientSquared => {
                let roots: Vec<f64> = now.iter().map(|v| v.sqrt()).collect();
                let roots = tuple(&roots);
                format!("; its root, {roots}, is in units of the gradient")
            }
            Quantity::Curvature | Quantity::InverseCurvature => {
                symmetric(shape, now).map_or(String::new(), |m| curved(m, quantity))
            }
            Quantity::Displacement | Quantity::Position | Quantity::Gradient => String::new(),
            // Before the first step it may not be known.
            _ if !then.iter().all(|v| v.is_finite()) => String::new(),
            _ if now == then => ["", ", as before"][usize::from(self.epoch > 1)].to_owned(),
            _ => {
                let when = ["; at the start ", "; a step earlier "][usize::from(self.epoch > 1)];
                format!("{when}{}", tuple(then))
            }
        };
        let help = label(&series.channel.help, now);
        all.push(format!("{help}: {said}{more}."));
        if shape == Shape::Vector && quantity == Quantity::Displacement {
            let back = self.weights(&|i| now[i] != 0.0 && now[i] == -then[i]);
            if !back.is_empty() {
                let back = back.join(" and ");
                all.push(format!("The last step of {back} is taken back."));
            }
        }
    }

    /// What became of the step size of a weight; where its gradient is the reason, that is said.
    fn step_size(&self, i: usize, then: f64, now: f64) -> String {
        let name = spoken(&self.names[i]);
        let (from, to) = (number(then), number(now));
        if now == then {
            let kept = |s: &Series| {
                s.channel.quantity == Quantity::Gradient
                    && s.at(self.epoch - 1).get(i) == Some(&0.0)
            };
            let reason = if self.trace.inner.iter().any(kept) {
                ", for no earlier sign is kept to compare with"
            } else {
                ""
            };
            return format!("The step size of {name} stays {to}{reason}.");
        }
        let before = self.before.as_ref();
        let signs = before.map_or(0.0, |before| self.gradient[i] * before[i]);
        let what = if signs < 0.0 && now < then {
            format!("The gradient of {name} changed its sign, so its step size")
        } else if signs > 0.0 && now > then {
            format!("The gradient of {name} kept its sign, so its step size")
        } else {
            format!("The step size of {name}")
        };
        let change = if now == then / 2.0 {
            "is halved,".to_owned()
        } else if then == 0.0 {
            "grows".to_owned()
        } else {
            format!("is multiplied by {},", text::number(now / then, 3))
        };
        format!("{what} {change} from {from} to {to}.")
    }

    /// What the line search did, if there was one.
    pub fn search(&self) -> Option<String> {
        let trials = &self.trace.trials[self.epoch];
        let losses = trials.iter().map(|t| t.loss).filter(|v| v.is_finite());
        let lowest = losses.fold(f64::INFINITY, f64::min);
        let to = self.trace.at(self.epoch);
        let taken = trials.iter().rev().find(|t| t.weights == to);
        let tried = match trials.len() {
            0 => return None,
            1 => "one point".to_owned(),
            count => format!("{count} points"),
        };
        let took = match taken {
            None if trials.len() == 1 => "took another".to_owned(),
            None => "took one between them".to_owned(),
            Some(taken) => {
                let which = match trials.len() {
                    1 => "",
                    _ if taken.loss <= lowest => ", the lowest of them",
                    _ => ", not the lowest of them",
                };
                format!("took {} times its direction{which}", number(taken.step))
            }
        };
        Some(format!("The line search tried {tried} and {took}."))
    }
}
